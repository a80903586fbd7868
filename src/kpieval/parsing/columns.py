"""What stands beside a value: the sign, unit and name columns of its row."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import assert_never

from attrs import evolve, frozen
from lark.exceptions import LarkError

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
from kpieval.errors import ContradictionError, ReadingError
from kpieval.meaning import amounts_of
from kpieval.parsing.faults import unknown_unit_error
from kpieval.parsing.folding import MAX_TEXT, fold
from kpieval.parsing.language import parser
from kpieval.parsing.rules import Hint
from kpieval.units import NO_UNIT

KEPT = 4096
"""Names, and signs or units on their own, whose sense is kept: tables repeat them in every row."""

_YEAR = re.compile(r"(?:19|20|21)\d\d")
_YEAR_IN_NAME = re.compile(r"(?:19|20)[0-9]{2}(?=年)")
_YEAR_AND_MONTH = re.compile(r"((?:19|20|21)\d\d)[.年/-](0?[1-9]|1[0-2])月?")
_BRACKETED = re.compile(r"\(([^()]*)\)\s*$")


@frozen(cache_hash=True)
class Sense:
    """All that reading a value takes from the name of its row; ``listed`` is for 分别."""

    is_date: bool
    may_be_length: bool
    speaks_of_change: bool
    listed: int
    years: tuple[int, ...]
    hint: Hint | None


@frozen
class Row:
    """What the caller knows about the row of a value; every part may be missing."""

    year: int | None = None
    sign: str | None = None
    unit: str | None = None
    name: str | None = None

    @property
    def is_long(self) -> bool:
        """Whether a column holds more than a cell of a table would: nothing of it is kept."""
        return any(len(it) > MAX_TEXT for it in (self.sign, self.unit, self.name) if it)

    @property
    def sense(self) -> Sense:
        """What the name says about the value."""
        name = self.name or ""
        return sense_of.__wrapped__(name) if self.is_long else sense_of(name)

    @property
    def has_sign(self) -> bool:
        """Whether the sign column holds a sign."""
        written = (self.sign or "").strip()
        return bool(written) and written not in wordlists.words("columns", "no_sign")


@lru_cache(maxsize=KEPT)
def sense_of(name: str) -> Sense:
    """What a name says about the value beside it.

    A name that says the value is a date keeps ≤7月 from being a count of months. M can mean 米
    where the name speaks of a length, or where there is no name.

    >>> sense_of("完成时间").is_date, sense_of("补助（万元）").hint.factor
    (True, 10000)
    """
    return Sense(
        is_date=wordlists.contains_any(name, "date", "names"),
        may_be_length=not name or wordlists.contains_any(name, "length", "names"),
        speaks_of_change=any(word in name for word in wordlists.spellings("_LAST_YEAR")),
        listed=_listed(name),
        years=tuple(map(int, _YEAR_IN_NAME.findall(name))),
        hint=_bracketed(name),
    )


def _listed(name: str) -> int:
    """How many things a name lists."""
    if not name:
        return 0
    *listed, last = re.split("[、，,]", name)
    # 和 joins two names only where both have a name's length: not in 及时率 or 参与率.
    return len(listed) + len(re.split(r"(?<=..)(?:以及|[和及与])(?=..)(?!时)", last))


def _bracketed(name: str) -> Hint | None:
    """The sign and unit in the brackets that end a name: （≥**人）, （%）, （万美元）."""
    try:
        bracket = _BRACKETED.search(fold(name).text)
    except ReadingError:
        return None
    return hint_of(bracket[1]) if bracket and bracket[1].strip() else None


def hint_of(text: str) -> Hint | None:
    """What a sign or unit on its own says; None when it says nothing that is known.

    >>> hint_of("万元").factor
    10000
    """
    return None if len(text) > MAX_TEXT else _hint_of(text)


@lru_cache(maxsize=KEPT)
def _hint_of(text: str) -> Hint | None:
    try:
        read = parser().parse(fold(text).text.strip(), start="hint")
    except (LarkError, ReadingError):
        return None
    return read if isinstance(read, Hint) else None


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


def loosely_spelled(written: str) -> str:
    """The unit that a loose spelling of a unit column stands for (人/次 for 人次)."""
    loose: dict[str, str] = wordlists.context()["columns"]["loose"]
    return loose.get(written, written)


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
        return f"{month[1]}年{month[2]}月"
    return text


def _is_year(during: During) -> bool:
    whole = dates.year(during.end.year)
    return (during.start, during.end) == (whole.start, whole.end)


def _fits(written: units.Unit, hint: units.Unit) -> bool:
    """Whether a unit is the column's, or a rate of it (每年3次 in a column of 次)."""
    above = units.Unit(tuple(factor for factor in written.factors if factor[1] > 0))
    return units.comparable(written, hint) or units.comparable(above, hint)


def check_units(constraint: Constraint, hint: Hint | None, source: str) -> None:
    """Refuse a text whose unit contradicts its unit column (28.8万元 in a column of %)."""
    if hint is None or hint.unit is None:
        return
    for amount in amounts_of(constraint):
        if amount.unit != NO_UNIT and not _fits(amount.unit, hint.unit):
            raise ContradictionError(source, what=f"{amount.unit.name} / {hint.unit.name}")
