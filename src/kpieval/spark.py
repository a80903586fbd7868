"""The rows of a DataFrame scored by the workers of a Spark cluster, as they would be here.

A frame in and a frame out: each worker gets record batches and runs :mod:`kpieval.bulk` on them, so
that every value is the one of a local run. Needs the extra ``spark``, on the workers too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from kpieval.errors import MissingExtraError
from kpieval.versions import SEMANTICS_VERSION

try:
    import pyarrow as pa
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import StructType
except ModuleNotFoundError as fault:
    raise MissingExtraError(
        where="kpieval.spark", extra="spark", library=fault.name or "pyspark"
    ) from None

from kpieval.bulk import score_batch
from kpieval.bulk.columns import RESULTS, layout_of
from kpieval.bulk.files import plain, plain_schema
from kpieval.bulk.limits import limits_of
from kpieval.bulk.memo import Memo, memo_for
from kpieval.policies import Policy
from kpieval.presets import policy as preset
from kpieval.readers.faults import Malformed
from kpieval.tables import Place

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

__all__ = ["output_schema", "score_frame"]

HERE = Place("DataFrame")

ROWS = 2**17
"""Rows that are scored at a time: Spark hands over 10,000, where each call costs as much again."""

_POLICIES = 2


def score_frame(
    frame: DataFrame, policy: Policy | None = None, *, year: int | None = None
) -> DataFrame:
    """The rows of a frame with their verdicts, attainments, scores, codes and notes.

    The columns are those of :func:`kpieval.bulk.score_batch`, words as plain text. Nothing is
    shuffled, and nothing runs before the frame is asked for. Raises MissingColumnError,
    MalformedFileError and ImpossiblePolicyError at once; a row that cannot be read stays, with its
    code. What was read is kept from task to task by each worker process.
    """
    chosen = policy or preset()
    limits_of(chosen)
    schema = output_schema(frame.schema)
    return frame.mapInArrow(Scorer(chosen, year, SEMANTICS_VERSION), schema)


def output_schema(schema: StructType) -> StructType:
    """The columns that :func:`score_frame` gives for those of a frame.

    >>> from pyspark.sql.types import StringType
    >>> rows = StructType().add("target", StringType()).add("actual", StringType())
    >>> output_schema(rows).names[2:4], output_schema(rows)["score_low"].dataType.simpleString()
    (['verdict', 'attainment_num'], 'decimal(18,6)')
    """
    layout_of(to_arrow_schema(schema), HERE)
    return StructType([*schema.fields, *from_arrow_schema(plain_schema(RESULTS)).fields])


@attrs.frozen
class Scorer:
    """What a worker runs on the batches of a partition; it travels there as its settings alone."""

    policy: Policy
    year: int | None
    semantics: str

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The batches scored, in their order."""
        if self.semantics != SEMANTICS_VERSION:
            raise Malformed("semantics", where=HERE, here=SEMANTICS_VERSION, wanted=self.semantics)
        memo = _memo(self.policy, self.year)
        for batch in together(batches, ROWS):
            yield plain(score_batch(batch, memo=memo))


@lru_cache(maxsize=_POLICIES)
def _memo(policy: Policy, year: int | None) -> Memo:
    """The memo of this process: Spark keeps its workers, so that later tasks find it warm."""
    return memo_for(policy, HERE, year)


def together(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """The rows of small batches in larger ones, of ``rows`` or somewhat more.

    >>> one = pa.RecordBatch.from_pydict({"target": ["≥1人", "≥2人"]})
    >>> [batch.num_rows for batch in together([one] * 5, 4)]
    [4, 4, 2]
    """
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count >= rows:
            yield pa.concat_batches(held)
            held, count = [], 0
    if held:
        yield pa.concat_batches(held)
