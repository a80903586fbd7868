"""Strategies of constraints of every type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from functools import cache
from typing import Any, get_args

from hypothesis import strategies as st

from kpieval import wordlists
from kpieval.amounts import Amount
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
    Direction,
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
from kpieval.dates import Period, half, month, quarter, year
from kpieval.parsing import parse_target
from kpieval.strategies.amounts import SIMPLEST, amounts, magnitudes, unit_of, units_of
from kpieval.strategies.kinds import Kind, chosen
from kpieval.units import NO_UNIT, Unit

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
"""The days that a text can name."""

_EARLIEST, _LATEST = dt.date(1901, 1, 1), dt.date(2198, 12, 31)
"""The days of constraints, so that there are days before and after them."""

STATEMENTS = (
    "应保尽保",
    "有效提升",
    "效果明显",
    "维护社会安定",
    "持续改善营商环境",
    "严格执行相关制度规定",
)

OF_ONE_VALUE = (AtLeast, MoreThan, AtMost, LessThan, Equal, Bare, About)

BASES = (None, "previous_year", "previous_period", "annual_average", "table_year")


@cache
def constraints(
    kind: Kind | tuple[Kind, ...] | None = None, unit: str | None = None
) -> st.SearchStrategy[Any]:
    """Constraints of a type, of several, or of every type; with one unit, or with any.

    ``kind`` is a constraint type, its word of the JSON form, or a tuple of them. Every constraint
    can be said: it has a canonical text, and :func:`~kpieval.strategies.texts` has the others.

    >>> from hypothesis import find
    >>> find(constraints("at_least"), lambda constraint: True)
    AtLeast(value=Amount(1 个))
    >>> find(constraints((AtMost, Between), unit="%"), lambda found: isinstance(found, Between))
    Between(lower=Amount(1 %), upper=Amount(2 %), lower_closed=True, upper_closed=True)
    """
    _warm()
    named = unit_of(SIMPLEST if unit is None else unit)[0]
    kinds = chosen(kind, unit)
    # A failing example ends here, if any will do, rather than at a word.
    simplest = [st.just(one(Amount(1, named))) for one in kinds if one in OF_ONE_VALUE][:1]
    return st.one_of([*simplest, *(_MAKERS[one](unit) for one in kinds)])


@cache
def _warm() -> None:
    """Have the parser built, which takes half a second, before a test with a deadline needs it."""
    for text in ("≥1个", "3个以上", "3~5%", "同比增长5%", "2024年12月底前", "1人；2次"):
        parse_target(text)


def _of_one_value(kind: Callable[[Amount], Size]) -> Callable[[str | None], Any]:
    return lambda unit: st.builds(kind, amounts(unit))


def _betweens(unit: str | None, low: int | None = None) -> st.SearchStrategy[Between]:
    return st.builds(
        _between,
        magnitudes(min_value=low),
        magnitudes(min_value=0).filter(bool),
        units_of(unit),
        st.sampled_from((True, False)),
        st.sampled_from((True, False)),
    ).filter(lambda found: not _looks_like_years(found))


def _between(low: Fraction, width: Fraction, unit: Unit, left: bool, right: bool) -> Between:
    return Between(Amount(low, unit), Amount(low + width, unit), left, right)


def _looks_like_years(found: Between) -> bool:
    """Whether its text would be one of months and years: 1999.1~2000 without a unit."""
    lower = found.lower.value
    return found.lower.unit == NO_UNIT and 1900 <= lower < 2200 and lower.denominator != 1


def days() -> st.SearchStrategy[dt.date]:
    """Days that a text can name; those of our time first."""
    return st.one_of(
        st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)), st.dates(_EARLIEST, _LATEST)
    )


def periods() -> st.SearchStrategy[Period]:
    """Months, quarters, half-years and years, each by a day that it holds."""
    return st.builds(_period, days(), st.sampled_from((1, 3, 6, 12)))


def _period(day: dt.date, months: int) -> Period:
    number = (day.month - 1) // months + 1
    match months:
        case 1:
            return month(day.year, number)
        case 3:
            return quarter(day.year, number)
        case 6:
            return half(day.year, number)
        case _:
            return year(day.year)


def _by(_: str | None = None) -> st.SearchStrategy[By]:
    return st.one_of(st.builds(By, days()), periods().map(lambda found: By(found.end, found.start)))


def _not_before(_: str | None = None) -> st.SearchStrategy[NotBefore]:
    return st.builds(NotBefore, days())


def _during(_: str | None = None) -> st.SearchStrategy[During]:
    pairs = st.tuples(days(), days()).map(sorted)
    return st.one_of(
        periods().map(lambda found: During(found.start, found.end)),
        pairs.map(lambda ends: During(*ends)),
    )


def _change(unit: str | None) -> st.SearchStrategy[Change]:
    sizes = [
        _betweens(unit, low=0) if kind is Between else st.builds(kind, amounts(unit, min_value=0))
        for kind in get_args(Size)
    ]
    years = st.integers(FIRST_DAY.year, LAST_DAY.year).map(str)
    bases = st.one_of(st.sampled_from(BASES), years)
    return st.builds(Change, st.sampled_from(Direction), bases, st.one_of(sizes))


def _level(_: str | None = None) -> st.SearchStrategy[Level]:
    words = tuple(dict.fromkeys(word for scale in wordlists.scales() for word in scale))
    return st.sampled_from(words).map(lambda word: Level(word, wordlists.scale_of(word)))


def _yes_no(_: str | None = None) -> st.SearchStrategy[YesNo]:
    return st.sampled_from((YesNo(True), YesNo(False)))


def _statement(_: str | None = None) -> st.SearchStrategy[Statement]:
    return st.sampled_from(STATEMENTS).map(Statement)


def _all_of(unit: str | None) -> st.SearchStrategy[AllOf]:
    """Compounds of amounts and changes, and of dates where no unit is asked for."""
    kinds = [*get_args(Size), Change] + ([By, NotBefore, During] if unit is None else [])
    parts = st.one_of([_MAKERS[kind](unit) for kind in kinds])
    found = st.lists(parts, min_size=2, max_size=4)
    return st.builds(AllOf, found.map(tuple))


_MAKERS: dict[type, Callable[[str | None], st.SearchStrategy[Constraint]]] = {
    **{kind: _of_one_value(kind) for kind in OF_ONE_VALUE},
    Between: _betweens,
    By: _by,
    NotBefore: _not_before,
    During: _during,
    Change: _change,
    Level: _level,
    YesNo: _yes_no,
    Statement: _statement,
    AllOf: _all_of,
}
"""How each type of the closed sum is made, with a unit or with any."""
