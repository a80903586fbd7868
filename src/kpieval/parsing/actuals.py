"""The door for actuals: plain ones by their shape, all others by the grammar."""

from __future__ import annotations

from kpieval.actuals import Actual
from kpieval.constraints import Target
from kpieval.parsing.measures import plain


def parse_actual(
    text: str, *, like: Target | None = None, year: int | None = None, name: str | None = None
) -> Actual:
    """Read one actual. ``like`` is its target: a bare number takes the target's unit, noted.

    ``name`` is the row's: what it says an actual may say, 流失2人 where 人员流失人数 is asked for.

    Blank, 无 and a dash are Missing, never zero. Stated words (达成, 部分达成, 未达成) and prose
    are kept as words; a text with figures that is not understood raises a ReadingError, a day
    without a year where no ``year`` is given a MissingYearError. Intervals stand in base units.

    >>> parse_actual("26500元").reading.interval.lower.value
    Fraction(26500, 1)
    """
    found = plain(text, like)
    if found is not None:
        return found
    # Here and not above: a table of plain values never loads the parser.
    from kpieval.parsing.actual_grammar import by_grammar

    return by_grammar(text, like, year, name or "")
