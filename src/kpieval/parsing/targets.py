"""The door for targets: plain ones by their shape, all others by the grammar."""

from __future__ import annotations

from functools import cache, lru_cache

from kpieval.constraints import Target
from kpieval.parsing.days import deadline
from kpieval.parsing.plain import PlainTargets
from kpieval.parsing.rows import Row


def parse_target(
    text: str,
    *,
    year: int | None = None,
    sign: str | None = None,
    unit: str | None = None,
    name: str | None = None,
    level1: str | None = None,
    level2: str | None = None,
    repair: bool = False,
) -> Target:
    """Read one indicator value. ``year`` is the table's; the rest are the row's other columns.

    ``level1`` and ``level2`` say what kind of indicator it is; no reading hangs on them so far.
    Amounts are exact, in the unit that was written, with 万 and 亿 multiplied out.

    Raises a :class:`~kpieval.errors.ReadingError` with a code and the place of the fault when the
    text is not understood whole. Damage by character recognition is only repaired with
    ``repair``, and then noted.

    >>> parse_target("≤2.7万元").constraint
    AtMost(value=Amount(27000 元))
    """
    row = Row(year, sign, unit, name)
    if row.is_long:
        return _by_grammar(text, row, repair)
    return deadline(text, row) or _plain().target(text, row) or _remembered(text, row, repair)


@cache
def _plain() -> PlainTargets:
    return PlainTargets(lambda text, row: _remembered(text, row, False))


@lru_cache(maxsize=4096)
def _remembered(text: str, row: Row, repair: bool) -> Target:
    return _by_grammar(text, row, repair)


def _by_grammar(text: str, row: Row, repair: bool) -> Target:
    # Here and not above: a table of plain values never loads the parser.
    from kpieval.parsing.target_grammar import by_grammar

    return by_grammar(text, row, repair=repair)


def forget() -> None:
    """Forget the texts that were read, as a benchmark must; shapes stay known."""
    _remembered.cache_clear()
