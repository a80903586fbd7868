"""Hypothesis strategies for constraints, actuals and rows, used by the laws."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from kpieval import units
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
from kpieval.dates import half, month, quarter, year
from kpieval.wordlists import scales

UNITS = tuple(name for name in units.canonical_names() if name != "比")


@st.composite
def unit(draw: st.DrawFn) -> units.Unit:
    """A unit of the table, at times per one or two others."""
    made = units.parse_unit(draw(st.sampled_from(UNITS)))
    for name in draw(st.lists(st.sampled_from(("人", "天", "月", "年", "亩")), max_size=2)):
        made = made / units.parse_unit(name)
    return made


def magnitudes(*, signed: bool = True) -> st.SearchStrategy[Decimal]:
    """Exact decimals as tables hold them: up to 12 figures before the point, 4 after."""
    low = -(10**6) if signed else 0
    return st.builds(
        lambda number, places: Decimal(f"{number}E-{places}"),
        st.integers(low, 10**12),
        st.integers(0, 4),
    )


@st.composite
def amounts(draw: st.DrawFn, *, signed: bool = True) -> Amount:
    """An amount with any unit."""
    return Amount(draw(magnitudes(signed=signed)), draw(unit()))


@st.composite
def ranges(draw: st.DrawFn, *, signed: bool = True) -> Between:
    """A range that is not empty."""
    of = draw(unit())
    ends = draw(
        st.lists(magnitudes(signed=signed), min_size=2, max_size=2, unique=True).map(sorted)
    )
    return Between(
        Amount(ends[0], of), Amount(ends[1], of), draw(st.booleans()), draw(st.booleans())
    )


KINDS = (AtLeast, MoreThan, AtMost, LessThan, Equal, Bare, About)


def sizes(*, signed: bool = True) -> st.SearchStrategy[Size]:
    """Constraints on amounts."""
    singles = [st.builds(kind, amounts(signed=signed)) for kind in KINDS]
    return st.one_of(*singles, ranges(signed=signed))


days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> During:
    """Civil days from one to another."""
    start, end = sorted((draw(days), draw(days)))
    return During(start, end)


@st.composite
def bounds_of_periods(draw: st.DrawFn) -> By:
    """A deadline whose bound is a whole month, quarter, half-year or year."""
    number = draw(st.integers(2000, 2099))
    made = draw(
        st.one_of(
            st.integers(1, 12).map(lambda n: month(number, n)),
            st.integers(1, 4).map(lambda n: quarter(number, n)),
            st.integers(1, 2).map(lambda n: half(number, n)),
            st.just(year(number)),
        )
    )
    return By(made.end, made.start)


BASES = (None, "previous_year", "previous_period", "annual_average", "2020", "table_year")


def changes() -> st.SearchStrategy[Change]:
    """Changes; their sizes are positive."""
    return st.builds(
        Change, st.sampled_from(Direction), st.sampled_from(BASES), sizes(signed=False)
    )


LEVELS = tuple(dict.fromkeys(word for scale in scales() for word in scale))


def levels() -> st.SearchStrategy[Level]:
    """Words of the known scales, with the scale in which each is found first."""
    from kpieval.wordlists import scale_of

    return st.sampled_from(LEVELS).map(lambda word: Level(word, scale_of(word)))


statements = st.sampled_from(
    ("维护社会安定", "有效提升", "效果明显", "持续改善营商环境", "应保尽保", "严格执行相关制度规定")
).map(Statement)

dates = st.one_of(st.builds(By, days), bounds_of_periods(), st.builds(NotBefore, days), periods())


def singles() -> st.SearchStrategy[Constraint]:
    """Every constraint type but AllOf."""
    return st.one_of(
        sizes(), dates, changes(), levels(), st.builds(YesNo, st.booleans()), statements
    )


def compounds() -> st.SearchStrategy[AllOf]:
    """Compounds of amounts, changes and dates."""
    parts = st.lists(st.one_of(sizes(), dates, changes()), min_size=2, max_size=4)
    return parts.map(lambda found: AllOf(tuple(found)))


def constraints() -> st.SearchStrategy[Constraint]:
    """Every constraint type."""
    return st.one_of(singles(), compounds())
