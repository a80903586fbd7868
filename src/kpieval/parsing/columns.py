"""What stands beside a value: the sign, unit and name columns of its row."""

from __future__ import annotations

import re
from typing import assert_never

from attrs import evolve

from kpieval import dates, units, wordlists
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Change,
    Constraint,
    During,
    Equal,
    LessThan,
    Level,
    MoreThan,
    NotBefore,
    Size,
    Statement,
    YesNo,
)
from kpieval.errors import ContradictionError
from kpieval.meaning import amounts_of
from kpieval.parsing.faults import unknown_unit_error
from kpieval.parsing.hints import hint_of, loosely_spelled
from kpieval.parsing.rows import Row
from kpieval.parsing.rules import Hint
from kpieval.units import NO_UNIT

_YEAR = re.compile(r"(?:19|20|21)\d\d")
_YEAR_AND_MONTH = re.compile(r"((?:19|20|21)\d\d)(?:[.年/-](0?[1-9]|1[0-2])月?|(0[1-9]|1[0-2]))")


def unit_column(source: str, row: Row) -> Hint | None:
    """The unit column as a hint; an unknown unit there is refused with the text."""
    written = (row.unit or "").strip()
    if not written or written in wordlists.words("empty", "words"):
        return None
    hint = hint_of(loosely_spelled(written))
    if hint is None or (hint.unit is None and hint.factor == 1):
        if written in wordlists.words("columns", "no_unit"):
            return None
        raise unknown_unit_error(source, None, written)
    return hint


def with_sign(constraint: Constraint, source: str, row: Row) -> Constraint:
    """The constraint with the sign of its own column; two signs that disagree are refused."""
    if not row.has_sign:
        return constraint
    written = (row.sign or "").strip()
    hint = hint_of(written)
    if hint is None or hint.sign is None:
        raise ContradictionError(source, what=f"{written} / {source}")
    if hint.sign is AtMost and isinstance(constraint, During) and _is_year(constraint):
        return By(constraint.end)
    return signed(constraint, hint.sign, source, written)


def signed(constraint: Constraint, sign: type[Size], source: str, written: str) -> Constraint:
    """The constraint with a sign that was said elsewhere; ContradictionError if they disagree."""
    match constraint:
        case Bare(value=value):
            made: Constraint = sign(value)  # type: ignore[call-arg]
            return made
        case Change(constraint=Bare(value=value)):
            return evolve(constraint, constraint=sign(value))  # type: ignore[call-arg]
        case Change(constraint=size) if isinstance(size, sign):
            agrees = True
        case AtLeast() | MoreThan() | AtMost() | LessThan() | Equal():
            agrees = isinstance(constraint, sign)
        case About() | Between() | Change() | AllOf():
            agrees = sign is Equal
        case By():
            agrees = sign in (AtMost, Equal)
        case NotBefore() | Level():
            agrees = sign in (AtLeast, Equal)
        case During() | YesNo():
            agrees = sign is Equal
        case Statement():
            agrees = True
        case _:
            assert_never(constraint)
    if not agrees:
        raise ContradictionError(source, what=f"{written} / {source}")
    return constraint


def with_date_unit(text: str, row: Row) -> str:
    """The text with its unit column, where the two together are a date: 2024 and 年.

    12 with 月 is a month in a date row alone; 2024.12 with 年月 is one everywhere.
    """
    unit, figures = (row.unit or "").strip(), text.strip()
    if row.sense.is_date and unit in wordlists.words("columns", "date_units"):
        return f"{figures}{unit}" if figures.isdigit() else text
    if unit in wordlists.words("columns", "year_units") and _YEAR.fullmatch(figures):
        return f"{figures}年"
    month = _YEAR_AND_MONTH.fullmatch(figures)
    if unit in wordlists.words("columns", "month_units") and month:
        return f"{month[1]}年{month[2] or month[3]}月"
    return text


def _is_year(during: During) -> bool:
    whole = dates.year(during.end.year)
    return (during.start, during.end) == (whole.start, whole.end)


def _fits(written: units.Unit, hint: units.Unit) -> bool:
    """Whether a unit is the column's, or a rate of it (每年3次 in a column of 次)."""
    above = units.Unit(tuple(factor for factor in written.factors if factor[1] > 0))
    if units.comparable(written, hint):
        return _times(written) == _times(hint)  # 5000元/年 is no 5000元/月
    return units.comparable(above, hint)


def _times(unit: units.Unit) -> set[str]:
    """The times that a rate is per."""
    below = {name for name, power in unit.factors if power < 0}
    return {name for name in below if units.is_duration(units.parse_unit(name))}


def check_units(constraint: Constraint, hint: Hint | None, source: str) -> None:
    """Refuse a text whose unit contradicts its unit column (28.8万元 in a column of %)."""
    if hint is None or hint.unit is None:
        return
    for amount in amounts_of(constraint):
        if amount.unit != NO_UNIT and not _fits(amount.unit, hint.unit):
            raise ContradictionError(source, what=f"{amount.unit.name} / {hint.unit.name}")
