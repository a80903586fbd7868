"""Hypothesis strategies for rows, actuals and whole projects, as texts that tables hold."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from types import EllipsisType

from attrs import field, frozen
from hypothesis import reject
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from kpieval import exact
from kpieval.actuals import MISSING, Actual, Measured, Reading
from kpieval.amounts import money
from kpieval.constraints import (
    About,
    AtLeast,
    AtMost,
    Between,
    By,
    Change,
    During,
    Equal,
    LessThan,
    MoreThan,
    NotBefore,
    Target,
)
from kpieval.intervals import Bound, Interval
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.rendering import canonical
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.scoring import score_indicator, score_project
from kpieval.strategies import actuals, constraints
from kpieval.strategies.amounts import magnitudes
from kpieval.strategies.tables import shares
from kpieval.tables import ActualEntry, Actuals, Indicator, Project
from kpieval.units import parse_unit

MOF = policy("mof-2020")
YEAR = 2024
CENT = Fraction(1, 100)
BLANKS = ("", " ", "无", "/", "—", "暂无")


@frozen
class Row:
    """One row as a table has it; an actual of None is no line at all."""

    target: str
    actual: str | None
    weight: Fraction | None = field(default=Fraction(10))
    level1: str = "产出指标"
    level2: str = "数量指标"
    name: str = "指标"

    @property
    def indicator(self) -> Indicator:
        """The row with its target read."""
        read = parse_target(
            self.target, year=YEAR, name=self.name, level1=self.level1, level2=self.level2
        )
        return Indicator(self.level1, self.level2, self.name, self.target, read, weight=self.weight)


def scored(row: Row, by: Policy = MOF) -> IndicatorResult:
    """The row judged under a policy."""
    made = row.indicator
    assert isinstance(made.target, Target)
    if row.actual is None:
        return score_indicator(made, MISSING, by)
    return score_indicator(made, parse_actual(row.actual, like=made.target, year=YEAR), by)


def measured(target: str, reading: Reading, weight: Fraction = Fraction(10)) -> IndicatorResult:
    """A row judged with a reading that was made, not read."""
    row = Row(target, None, weight)
    return score_indicator(row.indicator, Actual("", reading), MOF)


# Numbers ----------------------------------------------------------------------------------------


def decimals(low: int = 0, high: int = 10**6, places: int = 3) -> st.SearchStrategy[Fraction]:
    """Finite decimals; small and round ones often."""
    small = st.integers(max(low, -20), min(high, 20)).map(Fraction)
    return st.one_of(small, magnitudes(min_value=low, max_value=high, places=places))


def near(target: Fraction) -> st.SearchStrategy[Fraction]:
    """Numbers on, just beside and far from a target; never below zero where it is not."""
    step = Fraction(1, 1000)
    close = st.integers(-3, 3).map(lambda count: target + count * step)
    share = st.integers(0, 400).map(lambda percent: target * percent / 100)
    found = st.one_of(st.just(target), close, share, decimals())
    return found.map(lambda number: number if target < 0 else max(number, Fraction(0)))


def weights() -> st.SearchStrategy[Fraction]:
    """Weights in whole cents, above nothing."""
    return st.integers(2, 10_000).map(lambda cents: Fraction(cents, 100))


def said(number: Fraction, unit: str) -> str:
    """An amount as text."""
    return f"{exact.text(number)}{unit}"


# Rows -------------------------------------------------------------------------------------------

SIGNS = ("≥", "＞", "≤", "＜", "=")
DECIDED = (AtLeast, MoreThan, AtMost, LessThan, Equal, Between, About)


@st.composite
def rows_of(
    draw: st.DrawFn, *kinds: type, exact: bool = True, met: bool | EllipsisType | None = ...
) -> Row:
    """A target of such a kind with an actual on one side of it, or on any, or undecidable."""
    constraint = draw(constraints(kinds))
    try:
        found = actuals(constraint, met, exact=exact, policy=MOF)
    except InvalidArgument:  # no change is smaller than nothing
        reject()
    actual = draw(found)
    return Row(canonical(constraint), actual.source, draw(weights()))


def decided_rows(*, met: bool) -> st.SearchStrategy[Row]:
    """Rows of every kind that numbers or dates decide, met or missed."""
    return rows_of(*DECIDED, Change, By, NotBefore, During, exact=False, met=met)


def number_rows() -> st.SearchStrategy[Row]:
    """A bound, a range, or about, with an exact actual."""
    return rows_of(*DECIDED)


def signed(number: Fraction) -> str:
    """A change as text."""
    return f"增长{exact.text(number)}%" if number >= 0 else f"下降{exact.text(-number)}%"


def change_rows() -> st.SearchStrategy[Row]:
    """A change with the change that was measured."""
    return rows_of(Change)


days = st.dates(dt.date(YEAR - 1, 11, 1), dt.date(YEAR + 1, 2, 28))


def spoken(day: dt.date) -> str:
    """A day as text."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_rows() -> st.SearchStrategy[Row]:
    """A date with the day, or the days, on which it was done."""
    return rows_of(By, NotBefore, During, exact=False)


WORDS = ("达成", "部分达成", "未达成", "完成", "工作有序推进", "优", "良", "是", "否", "应保尽保")


@st.composite
def word_rows(draw: st.DrawFn) -> Row:
    """Words against words, numbers and dates."""
    target = draw(st.sampled_from(("应保尽保", "优", "良", "是", "≥90%", "100%", "12月底前")))
    return Row(target, draw(st.sampled_from(WORDS)), draw(weights()))


def rough_rows() -> st.SearchStrategy[Row]:
    """An actual that may be known only within bounds."""
    return rows_of(*DECIDED[:-1], exact=False)


@st.composite
def compound_rows(draw: st.DrawFn) -> Row:
    """Two parts, and actuals for both, one or none of them."""
    first, second = draw(st.integers(1, 20)), draw(st.integers(1, 500))
    parts = [f"{draw(st.integers(0, 30))}次", f"{draw(st.integers(0, 600))}人"]
    given_ = draw(st.sampled_from((parts, parts[::-1], parts[:1], parts[1:])))
    return Row(f"≥{first}次；≥{second}人", "；".join(given_), draw(weights()))


@st.composite
def missing_rows(draw: st.DrawFn) -> Row:
    """Any target without an actual."""
    row = draw(st.one_of(number_rows(), change_rows(), date_rows(), word_rows(), compound_rows()))
    return Row(row.target, draw(st.sampled_from((None, *BLANKS))), row.weight)


def rows() -> st.SearchStrategy[Row]:
    """Rows of every kind."""
    return st.one_of(
        number_rows(),
        change_rows(),
        date_rows(),
        word_rows(),
        rough_rows(),
        compound_rows(),
        missing_rows(),
    )


# What is known only within bounds ---------------------------------------------------------------

PEOPLE = parse_unit("人")


@frozen
class Rough:
    """A target number, an interval as actual, and one number that lies in the interval."""

    goal: int
    reading: Measured
    inside: Measured


@st.composite
def roughly(draw: st.DrawFn, *, lowest: int = 0) -> Rough:
    """An interval of people and a number inside it; the target is often one of its ends."""
    goal = draw(st.integers(0, 800))
    width = draw(decimals(high=1000, places=1).filter(bool))
    above, below = Fraction(goal), max(Fraction(goal) - width, Fraction(lowest))
    anywhere = decimals(low=lowest, high=1000, places=1)
    low = draw(st.one_of(anywhere, st.just(above), st.just(below)))
    share = Fraction(draw(st.integers(0, 8)), 8)
    left, right = draw(st.booleans()), draw(st.booleans())
    inner = low + width * share
    inner += width / 100 * ((share == 0 and not left) - (share == 1 and not right))
    lower: Bound[Fraction] | None = Bound(low, left)
    upper: Bound[Fraction] | None = Bound(low + width, right)
    ends = draw(st.sampled_from(("both", "lower", "upper")))
    interval = Interval(lower if ends != "upper" else None, upper if ends != "lower" else None)
    return Rough(goal, Measured(interval, PEOPLE), Measured(Interval.point(inner), PEOPLE))


# Projects ---------------------------------------------------------------------------------------

LEVELS = ("产出指标", "效益指标", "满意度指标", "成本指标")


@frozen
class Case:
    """A project as rows with their actuals, and its spending in 元."""

    rows: tuple[Row, ...]
    spending: str | None
    budget: int | None = 1_000_000

    @property
    def project(self) -> Project:
        """The project of the table of targets."""
        return Project(
            "项目甲",
            tuple(row.indicator for row in self.rows),
            year=YEAR,
            budget=None if self.budget is None else money(self.budget),
        )

    @property
    def entries(self) -> tuple[ActualEntry, ...]:
        """The lines of the table of actuals."""
        made = [ActualEntry(row.name, row.actual) for row in self.rows if row.actual is not None]
        if self.spending is not None:
            made.append(ActualEntry("全年执行数", self.spending))
        return tuple(made)


def totalled(case: Case, by: Policy = MOF) -> ProjectResult:
    """The project scored."""
    return score_project(case.project, Actuals(case.entries), by)


@st.composite
def projects(draw: st.DrawFn, *, weighted: bool | None = None) -> Case:
    """Projects with and without weights, with and without spending."""
    found = draw(st.lists(rows(), min_size=1, max_size=6))
    has_weights = draw(st.booleans()) if weighted is None else weighted
    whole = draw(st.sampled_from((90, 100)))
    points: list[Fraction | None] = [None] * len(found)
    if has_weights:
        points = list(draw(shares(len(found), whole)))
    made = tuple(
        Row(
            row.target,
            row.actual,
            points[index],
            draw(st.sampled_from(LEVELS[:3] if row.target.startswith("约") else LEVELS)),
            draw(st.sampled_from(("数量指标", "质量指标", "时效指标"))),
            f"指标{index}",
        )
        for index, row in enumerate(found)
    )
    spent = st.integers(0, 2_000_000).map(lambda yuan: f"{yuan}元")
    spending = draw(st.one_of(st.none(), spent, st.sampled_from(("999999.6元", "100万元", "92.5"))))
    return Case(made, spending, draw(st.sampled_from((None, 0, 3, 1_000_000))))
