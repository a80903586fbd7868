"""Hypothesis strategies for rows, actuals and whole projects, as texts that tables hold."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from attrs import field, frozen
from hypothesis import settings
from hypothesis import strategies as st

from kpieval import exact
from kpieval.actuals import MISSING, Actual, Measured, Reading
from kpieval.amounts import money
from kpieval.constraints import Target
from kpieval.intervals import Bound, Interval
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.scoring import score_indicator, score_project
from kpieval.tables import ActualEntry, Actuals, Indicator, Project
from kpieval.units import parse_unit

MOF = policy("mof-2020")
YEAR = 2024
CENT = Fraction(1, 100)
BLANKS = ("", " ", "无", "/", "—", "暂无")


def few(examples: int) -> settings:
    """Fewer examples for a slow law: so many of every 300 that the profile asks for."""
    return settings(max_examples=max(1, settings.default.max_examples * examples // 300))


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
    numbers = st.integers(low, high)
    digits = st.integers(0, places)
    return st.one_of(
        st.integers(max(low, -20), min(high, 20)).map(Fraction),
        st.builds(lambda number, place: Fraction(number, 10**place), numbers, digits),
    )


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
UNITS = ("人", "万元", "%", "天", "个", "元/人")


@st.composite
def number_rows(draw: st.DrawFn) -> Row:
    """A bound, a range, or about, with an exact actual."""
    goal, unit = draw(decimals()), draw(st.sampled_from(UNITS))
    actual = said(draw(near(goal)), unit)
    form = draw(st.sampled_from((*SIGNS, "range", "about")))
    if form == "about":
        return Row(f"约{said(goal, unit)}", actual, draw(weights()))
    if form == "range":
        upper = goal + draw(decimals(high=1000))
        return Row(f"{said(goal, unit)}～{said(upper, unit)}", actual, draw(weights()))
    return Row(f"{form}{said(goal, unit)}", actual, draw(weights()))


def signed(number: Fraction) -> str:
    """A change as text."""
    return f"增长{exact.text(number)}%" if number >= 0 else f"下降{exact.text(-number)}%"


@st.composite
def change_rows(draw: st.DrawFn) -> Row:
    """A change with the change that was measured."""
    goal = draw(decimals(high=10_000))
    way, sign = draw(st.sampled_from(("增长", "下降"))), draw(st.sampled_from(SIGNS))
    actual = draw(st.one_of(near(goal), near(goal).map(lambda number: -number)))
    return Row(f"同比{way}{sign}{said(goal, '%')}", signed(actual), draw(weights()))


days = st.dates(dt.date(YEAR - 1, 11, 1), dt.date(YEAR + 1, 2, 28))


def spoken(day: dt.date) -> str:
    """A day as text."""
    return f"{day.year}年{day.month}月{day.day}日"


DATES = ("12月底前", "12月31日前", "12月前", "6月20日前", "2024年3月起", "2024年1月-2024年6月")


@st.composite
def date_rows(draw: st.DrawFn) -> Row:
    """A date with the day, or the month, on which it was done."""
    actual = draw(st.one_of(days.map(spoken), st.integers(1, 12).map(lambda month: f"{month}月")))
    return Row(draw(st.sampled_from(DATES)), actual, draw(weights()))


WORDS = ("达成", "部分达成", "未达成", "完成", "工作有序推进", "优", "良", "是", "否", "应保尽保")


@st.composite
def word_rows(draw: st.DrawFn) -> Row:
    """Words against words, numbers and dates."""
    target = draw(st.sampled_from(("应保尽保", "优", "良", "是", "≥90%", "100%", "12月底前")))
    return Row(target, draw(st.sampled_from(WORDS)), draw(weights()))


@st.composite
def rough_rows(draw: st.DrawFn) -> Row:
    """An actual that is known only within bounds."""
    goal, low = draw(st.integers(0, 500)), draw(st.integers(0, 500))
    form = draw(st.sampled_from(("约{0}人", "≥{0}人", "≤{0}人", "超过{0}人", "{0}-{1}人")))
    actual = form.format(low, low + draw(st.integers(1, 300)))
    return Row(f"{draw(st.sampled_from(SIGNS))}{goal}人", actual, draw(weights()))


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
def shares(draw: st.DrawFn, count: int, whole: int) -> list[Fraction]:
    """Weights in cents, none of them nothing, that make a whole."""
    free = whole * 100 - count
    cuts = sorted(draw(st.lists(st.integers(0, free), min_size=count - 1, max_size=count - 1)))
    edges = [0, *cuts, free]
    return [Fraction(1 + edges[i + 1] - edges[i], 100) for i in range(count)]


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
