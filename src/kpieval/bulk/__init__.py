"""Many rows at once: an Arrow record batch in, the same rows with verdicts and scores out.

Exact like everything else here. A text is read once, whatever number of rows holds it; rows of
plain numbers and days are compared and scored as columns of whole numbers, and every other row goes
the way that a single row goes. Needs the extra ``bulk``.
"""

from __future__ import annotations

from kpieval.errors import MissingExtraError

try:
    import polars as _polars  # noqa: F401
    import pyarrow as _pyarrow  # noqa: F401
except ModuleNotFoundError as fault:
    raise MissingExtraError(
        where="kpieval.bulk", extra="bulk", library=fault.name or "polars"
    ) from None

from kpieval.bulk.scoring import output_schema, score_batch

__all__ = ["output_schema", "score_batch"]
