"""Laws of every policy: the shipped ones, their modifiers, and what a user makes of them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from attrs import evolve
from generated_policies import any_policy
from generated_rows import (
    Rough,
    Row,
    days,
    decimals,
    near,
    roughly,
    rows,
    said,
    scored,
    signed,
    spoken,
    weights,
)
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import few

from kpieval import exact
from kpieval.actuals import Actual
from kpieval.constraints import AtLeast, Equal, MoreThan
from kpieval.explaining import explanation, steps
from kpieval.formulas import Binary, Formula, Grace, Ladder, Linear, PassGate, PerDay, Ratio, Step
from kpieval.outcomes import Met, Score, Undetermined, Unmet
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.results import IndicatorResult
from kpieval.scoring import score_indicator

SATISFACTION = "满意度指标"
levels = st.sampled_from(("产出指标", "成本指标", SATISFACTION))
fine_weights = st.one_of(weights(), st.integers(1, 10_000).map(lambda n: Fraction(n, 1000)))


def score(result: IndicatorResult) -> Score:
    """The score, which is there."""
    assert result.score is not None
    return result.score


def is_by_actual(row: Row, by: Policy) -> bool:
    """Whether the row's first level earns by its own percentage."""
    return any(rule.level1 in row.level1 for rule in by.by_actual)


def earns_by_steps(result: IndicatorResult) -> bool:
    """Whether steps, not the verdict alone, gave the points of a met row."""
    return any(
        step.code in ("step.by_actual", "step.over_ladder") for step in result.judgement.steps
    )


@st.composite
def leveled(draw: st.DrawFn) -> Row:
    """A row of any kind in any first level, at times with a weight finer than a cent."""
    return evolve(draw(rows()), level1=draw(levels), weight=draw(fine_weights))


# Better is never worse --------------------------------------------------------------------------


def never_less(by: Policy, worse: Row, better: Row) -> None:
    """Neither end of the better row's score lies below that of the worse."""
    low, high = score(scored(worse, by)), score(scored(better, by))
    assert low.low <= high.low
    assert low.high <= high.high


@given(
    st.sampled_from(("≥", "＞")),
    decimals(low=-1000),
    st.data(),
    fine_weights,
    any_policy(over=False),
    levels,
)
def test_more_of_what_is_wanted_never_earns_less(
    sign: str, goal: Fraction, data: st.DataObject, weight: Fraction, by: Policy, level1: str
) -> None:
    numbers = st.one_of(near(goal), decimals(low=-1000))
    worse, better = sorted((data.draw(numbers), data.draw(numbers)))
    target = f"{sign}{said(goal, '%')}"
    never_less(by, *(Row(target, said(one, "%"), weight, level1) for one in (worse, better)))


@given(
    st.sampled_from(("≤", "＜")),
    decimals(low=-1000),
    st.data(),
    fine_weights,
    any_policy(),
)
def test_less_of_what_is_not_wanted_never_earns_less(
    sign: str, goal: Fraction, data: st.DataObject, weight: Fraction, by: Policy
) -> None:
    numbers = st.one_of(near(goal), decimals(low=-1000))
    better, worse = sorted((data.draw(numbers), data.draw(numbers)))
    target = f"{sign}{said(goal, '万元')}"
    never_less(by, *(Row(target, said(one, "万元"), weight) for one in (worse, better)))


@given(st.integers(1, 500), st.data(), fine_weights, any_policy(over=False))
def test_closer_to_a_range_never_earns_less(
    low: int, data: st.DataObject, weight: Fraction, by: Policy
) -> None:
    high = low + data.draw(st.integers(1, 300))
    closer, away = sorted(data.draw(st.tuples(decimals(high=1000), decimals(high=1000))))
    target = f"{low}～{high}人"
    below = [max(Fraction(0), low - one) for one in (away, closer)]
    never_less(by, *(Row(target, said(one, "人"), weight) for one in below))
    above = [high + one for one in (away, closer)]
    never_less(by, *(Row(target, said(one, "人"), weight) for one in above))


@given(
    st.sampled_from(("12月底前", "12月31日前", "6月20日前", "12月前")),
    days,
    days,
    fine_weights,
    any_policy(),
)
def test_earlier_never_earns_less(
    target: str, one: dt.date, other: dt.date, weight: Fraction, by: Policy
) -> None:
    early, late = sorted((one, other))
    never_less(by, *(Row(target, spoken(day), weight) for day in (late, early)))


@given(
    st.sampled_from(("≥", "＞")),
    decimals(high=1000),
    st.data(),
    weights(),
    any_policy(over=False),
)
def test_a_larger_rise_never_earns_less(
    sign: str, goal: Fraction, data: st.DataObject, weight: Fraction, by: Policy
) -> None:
    changes = st.one_of(near(goal), near(goal).map(lambda number: -number))
    worse, better = sorted((data.draw(changes), data.draw(changes)))
    target = f"同比增长{sign}{said(goal, '%')}"
    never_less(by, *(Row(target, signed(one), weight) for one in (worse, better)))


# Bounds of the points ---------------------------------------------------------------------------


@given(leveled(), any_policy())
def test_points_lie_between_nothing_and_the_weight(row: Row, by: Policy) -> None:
    found = score(scored(row, by))
    assert row.weight is not None
    assert 0 <= found.low <= found.high <= row.weight


@given(leveled(), any_policy())
def test_met_earns_the_weight_unless_steps_say_otherwise(row: Row, by: Policy) -> None:
    result = scored(row, by)
    if not isinstance(result.verdict, Met) or earns_by_steps(result):
        return
    found = score(result)
    assert found.high == row.weight
    if row.target in ("应保尽保", "优", "良", "是") or row.actual == "达成":
        least = by.qualitative.fully.low * found.high
        assert abs(found.low - least) <= exact.rounding_unit(by.rounding.places)
    else:
        assert found.low == row.weight


@given(leveled(), any_policy())
def test_steps_are_used_only_where_the_policy_has_them(row: Row, by: Policy) -> None:
    result = scored(row, by)
    codes = {step.code for step in result.judgement.steps}
    if "step.by_actual" in codes:
        assert is_by_actual(row, by)
    if "step.over_ladder" in codes:
        size = getattr(result.resolved, "constraint", result.resolved)
        assert by.over_completion.ladder and isinstance(size, AtLeast | MoreThan)
        assert isinstance(result.verdict, Met)


@given(leveled(), any_policy())
def test_a_missed_row_never_shows_full_points(row: Row, by: Policy) -> None:
    result = scored(row, by)
    if not isinstance(result.verdict, Unmet) or is_by_actual(row, by):
        return
    size = getattr(result.resolved, "constraint", result.resolved)
    exceeded = isinstance(size, Equal) and score(result).is_exact
    assert row.weight is not None
    assert score(result).high < row.weight or exceeded


EXTREME = tuple(Fraction(text) for text in ("0", "1", "-1", "1e25", "-1e25", "1e-12", "-0.0001"))
extremes = st.sampled_from(EXTREME)


@given(st.sampled_from(("≥", "＞", "≤", "＜", "=", "约")), extremes, extremes, any_policy(), levels)
def test_nothing_is_too_small_too_large_or_nothing(
    sign: str, goal: Fraction, reached: Fraction, by: Policy, level1: str
) -> None:
    found = score(scored(Row(f"{sign}{said(goal, '%')}", said(reached, "%"), level1=level1), by))
    assert 0 <= found.low <= found.high <= 10


@given(leveled(), any_policy())
def test_a_weight_of_nothing_earns_nothing(row: Row, by: Policy) -> None:
    assert score(scored(evolve(row, weight=Fraction(0)), by)) == Score(Fraction(0), Fraction(0))


# What the formulas say, computed another way ----------------------------------------------------


def told(formula: Formula, goal: Fraction, reached: Fraction, weight: Fraction) -> Fraction:
    """The points of a floor that is missed, by school arithmetic; ``goal`` above nothing."""
    match formula:
        case Ratio():
            points = weight * reached / goal
        case Linear():
            points = weight * (2 * reached - goal) / reached if reached else Fraction(0)
        case PassGate(at=at):
            points = weight * (reached - at * goal) / (goal - at * goal)
        case Ladder(steps=steps):
            points = weight * max((part for at, part in steps if reached >= at * goal), default=0)
        case Step(points=lost):
            short = goal - reached
            points = weight - lost * (short.numerator // short.denominator + (short % 1 > 0))
    return max(points, Fraction(0))


@given(st.integers(1, 500), st.data(), fine_weights, any_policy(over=False))
def test_a_missed_floor_earns_what_its_formula_says_at_its_places(
    goal: int, data: st.DataObject, weight: Fraction, by: Policy
) -> None:
    reached = data.draw(decimals(high=500, places=2).filter(lambda number: number < goal))
    found = score(scored(Row(f"≥{goal}人", said(reached, "人"), weight), by))
    places = by.rounding.places
    unit = Fraction(1, 10**places)
    plain = told(by.floor, Fraction(goal), reached, weight)
    half_up = (plain / unit + Fraction(1, 2)) // 1 * unit
    most = max(Fraction(0), weight // unit * unit - unit)
    assert found == Score.exactly(min(half_up, most))


@given(leveled(), any_policy())
def test_points_have_the_places_of_the_policy_or_are_the_whole_weight(row: Row, by: Policy) -> None:
    found = score(scored(row, by))
    for end in (found.low, found.high):
        assert end == row.weight or end * 10**by.rounding.places % 1 == 0


@pytest.mark.parametrize(("places", "points"), [(0, "8"), (1, "7.5"), (2, "7.50"), (3, "7.500")])
def test_a_half_is_rounded_up_at_the_place_that_the_policy_says(places: int, points: str) -> None:
    by = evolve(policy(), rounding=evolve(policy().rounding, places=places))
    assert score(scored(Row("≥4人", "3人"), by)) == Score.exactly(Fraction(points))


# Late dates -------------------------------------------------------------------------------------


@given(days, fine_weights, any_policy())
def test_a_late_day_earns_what_the_rule_says(day: dt.date, weight: Fraction, by: Policy) -> None:
    late = (day - dt.date(2024, 6, 20)).days
    found = score(scored(Row("6月20日前", spoken(day), weight), by))
    match by.dates:
        case Binary():
            share = Fraction(0)
        case Grace(days=allowed, share=part):
            share = part * (late <= allowed)
        case PerDay(share=part):
            share = max(1 - part * late, Fraction(0))
    unit = exact.rounding_unit(by.rounding.places)
    most = max(Fraction(0), exact.cut(weight, by.rounding.places) - unit)
    missed = min(exact.half_up(share * weight, by.rounding.places), most)
    assert found == Score.exactly(missed if late > 0 else weight)


@given(st.sampled_from(("3月起", "2024年3月起")), any_policy())
def test_what_began_too_soon_earns_nothing(target: str, by: Policy) -> None:
    assert score(scored(Row(target, "2024年2月28日"), by)) == Score.exactly(Fraction(0))


# Units ------------------------------------------------------------------------------------------

SPELT = (
    ("元", 10_000, "万元"),
    ("小时", 24, "天"),
    ("‰", 10, "%"),
    ("米", 1000, "千米"),
    ("元/人", 10_000, "万元/人"),
)


@given(
    st.sampled_from(SPELT),
    st.sampled_from(("≥", "＞", "≤", "＜", "=", "约")),
    st.integers(1, 10**5),
    st.data(),
    any_policy(),
    levels,
)
def test_the_unit_of_an_actual_changes_nothing(
    pair: tuple[str, int, str],
    sign: str,
    number: int,
    data: st.DataObject,
    by: Policy,
    level1: str,
) -> None:
    small, many, large = pair
    goal = Fraction(number, 100)
    reached = data.draw(near(goal))
    for of, factor in ((small, many), (large, 1)):
        target = f"{sign}{said(goal * factor, of)}"
        made = [
            scored(Row(target, said(reached * other, unit), level1=level1), by)
            for unit, other in ((small, many), (large, 1))
        ]
        assert made[0].score == made[1].score
        assert type(made[0].verdict) is type(made[1].verdict)


@given(
    st.sampled_from(SPELT),
    st.sampled_from(("≥", "＞", "≤", "＜", "=", "约")),
    st.integers(1, 10**5),
    st.data(),
    any_policy(),
)
def test_the_unit_of_a_target_changes_nothing_unless_units_are_counted(
    pair: tuple[str, int, str], sign: str, number: int, data: st.DataObject, by: Policy
) -> None:
    assume(not isinstance(by.floor, Step) and not isinstance(by.ceiling, Step))
    goal = Fraction(number, 100)
    reached = said(data.draw(near(goal)), pair[2])
    made = [scored(Row(f"{sign}{said(goal * n, of)}", reached), by) for of, n in pair_of(pair)]
    assert made[0].score == made[1].score


def pair_of(pair: tuple[str, int, str]) -> tuple[tuple[str, int], tuple[str, int]]:
    """Both units, each with how many of it make one of the larger."""
    small, many, large = pair
    return (small, many), (large, 1)


def test_a_step_counts_the_units_that_the_target_was_written_in() -> None:
    by = policy("mof-2020+step(1)")
    points = {
        target: score(scored(Row(target, "29000元"), by)).low for target in ("≤2.7万元", "≤27000元")
    }
    assert points == {"≤2.7万元": 9, "≤27000元": 0}


# What is known only within bounds ---------------------------------------------------------------

TARGETS = ("≥{}人", "＞{}人", "≤{}人", "＜{}人", "={}人", "{}-900人")


def lies_in(outer: Score, inner: Score) -> None:
    """Both ends of the inner score lie within the outer."""
    assert outer.low <= inner.low <= inner.high <= outer.high


@given(st.sampled_from(TARGETS), roughly(), fine_weights, any_policy())
def test_the_score_of_a_rough_actual_holds_that_of_every_exact_one(
    target: str, rough: Rough, weight: Fraction, by: Policy
) -> None:
    row = Row(target.format(rough.goal), None, weight)
    outer, inner = (
        score(score_indicator(row.indicator, Actual("", reading), by))
        for reading in (rough.reading, rough.inside)
    )
    lies_in(outer, inner)


@given(
    st.sampled_from(("≥{}%", "≤{}%")),
    st.integers(0, 120),
    st.integers(0, 120),
    st.integers(0, 40),
    st.sampled_from(("{0}%-{1}%", "≥{0}%", "≤{1}%")),
    st.data(),
    any_policy(),
)
def test_the_score_of_a_rough_satisfaction_holds_that_of_every_exact_one(
    target: str,
    goal: int,
    low: int,
    width: int,
    form: str,
    data: st.DataObject,
    by: Policy,
) -> None:
    high = low + width
    least, most = (0 if form == "≤{1}%" else low), (150 if form == "≥{0}%" else high)
    assume(least <= most)
    inside = data.draw(st.integers(least, most))
    outer, inner = (
        score(scored(Row(target.format(goal), text, level1=SATISFACTION), by))
        for text in (form.format(low, high), f"{inside}%")
    )
    lies_in(outer, inner)


@given(st.integers(1, 120), st.integers(1, 120), st.integers(-100, 100), any_policy(), levels)
def test_the_score_of_about_holds_that_of_everything_it_may_be(
    goal: int, about: int, percent: int, by: Policy, level1: str
) -> None:
    inside = about * (1 + by.about_tolerance * percent / 100)
    outer, inner = (
        score(scored(Row(f"≥{goal}%", text, level1=level1), by))
        for text in (f"约{about}%", said(exact.half_up(inside, 6), "%"))
    )
    assume(exact.half_up(inside, 6) == inside)
    lies_in(outer, inner)


@given(
    st.sampled_from(("12月底前", "6月20日前", "12月前", "2024年3月起", "2024年1月-2024年6月")),
    st.integers(1, 12),
    st.integers(1, 28),
    fine_weights,
    any_policy(),
)
def test_a_month_holds_each_of_its_days(
    target: str, month: int, day: int, weight: Fraction, by: Policy
) -> None:
    outer, inner = (
        score(scored(Row(target, text, weight), by))
        for text in (f"{month}月", f"2024年{month}月{day}日")
    )
    lies_in(outer, inner)


@given(leveled(), st.sampled_from((None, "", "—", "尚未统计")), any_policy())
def test_an_open_row_holds_whatever_may_be_filled_in(
    row: Row, blank: str | None, by: Policy
) -> None:
    outer = scored(evolve(row, actual=blank), by)
    assert isinstance(outer.verdict, Undetermined)
    lies_in(score(outer), score(scored(row, by)))


@given(
    st.integers(1, 20),
    st.integers(1, 500),
    st.integers(0, 30),
    st.integers(0, 600),
    st.booleans(),
    any_policy(),
)
def test_a_missing_part_may_still_be_anything(
    first: int, second: int, times: int, people: int, is_first: bool, by: Policy
) -> None:
    target = f"≥{first}次；≥{second}人"
    given_ = f"{times}次" if is_first else f"{people}人"
    outer = scored(Row(target, given_), by)
    lies_in(score(outer), score(scored(Row(target, f"{times}次；{people}人"), by)))


# Sentences --------------------------------------------------------------------------------------


@few(100)
@given(leveled(), any_policy(), st.sampled_from(("zh", "en")))
def test_every_result_can_be_explained(row: Row, by: Policy, lang: str) -> None:
    result = scored(row, by)
    sentence = explanation(result, lang)
    assert sentence.endswith(("。", "."))
    assert all(steps(result, lang))
    assert "{" not in sentence.replace(row.target, "").replace(row.actual or "", "")
