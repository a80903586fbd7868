"""Laws of deciding, comparing and scoring: what holds for every target and every actual."""

from __future__ import annotations

import decimal
import json
import operator
import pickle
from fractions import Fraction

import pytest
from attrs import evolve
from generated_rows import (
    CENT,
    MOF,
    YEAR,
    Case,
    Rough,
    Row,
    change_rows,
    compound_rows,
    date_rows,
    days,
    decided_rows,
    decimals,
    measured,
    missing_rows,
    near,
    number_rows,
    projects,
    rough_rows,
    roughly,
    rows,
    said,
    scored,
    signed,
    spoken,
    totalled,
    weights,
    word_rows,
)
from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st
from profiles import few

from kpieval.actuals import Measured, Missing
from kpieval.amounts import Amount
from kpieval.constraints import Constraint, Equal, Target
from kpieval.errors import DecisionError
from kpieval.formulas import Formula, Ladder, Linear, PassGate, Ratio, Step
from kpieval.intervals import Bound, Interval
from kpieval.matching import match
from kpieval.outcomes import Met, Score, Undetermined, Unmet
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import Policy
from kpieval.rendering import canonical
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.scoring import score_project
from kpieval.strategies import amounts, constraints
from kpieval.tables import ActualEntry, Actuals
from kpieval.units import parse_unit
from kpieval.verdicts import evaluate
from kpieval.weighting import weigh
from kpieval.wire.values import from_wire, to_wire

FORMULAS: tuple[Formula, ...] = (
    Ratio(),
    Linear(),
    PassGate(Fraction(3, 5)),
    Ladder(((Fraction(1), Fraction(1)), (Fraction(4, 5), Fraction(1, 2)))),
    Step(Fraction(1)),
)
POLICIES = tuple(evolve(MOF, floor=one, ceiling=one) for one in FORMULAS)
policies = st.sampled_from(POLICIES)


def score(result: IndicatorResult | ProjectResult) -> Score:
    """The score, which is there."""
    assert result.score is not None
    return result.score


def judgement(result: IndicatorResult) -> tuple[object, ...]:
    """What a row comes to, whatever its spelling."""
    return type(result.verdict), result.judgement.attainment, result.score


# Units ------------------------------------------------------------------------------------------

EQUIVALENT = (
    ("元", 10_000, "万元", 1),
    ("万元", 10_000, "亿元", 1),
    ("小时", 24, "天", 1),
    ("分钟", 60, "小时", 1),
    ("‰", 10, "%", 1),
    ("%", 10, "成", 1),
    ("‰", 100, "成", 1),
    ("平方米", 2000, "亩", 3),
    ("米", 1000, "千米", 1),
    ("元/人", 10_000, "万元/人", 1),
)
"""So many of the first are so many of the second."""


@few(100)
@given(
    st.sampled_from(EQUIVALENT),
    st.sampled_from(("≥", "＞", "≤", "＜", "=", "约")),
    st.integers(1, 10**6),
    st.integers(0, 3),
    st.data(),
)
def test_a_change_of_units_changes_nothing(
    pair: tuple[str, int, str, int], sign: str, number: int, places: int, data: st.DataObject
) -> None:
    small, many, large, few = pair
    goal = Fraction(number, 10**places)
    reached = data.draw(near(goal))
    results = [
        scored(Row(f"{sign}{said(goal * one, name)}", said(reached * other, unit)))
        for name, one in ((small, many), (large, few))
        for unit, other in ((small, many), (large, few))
    ]
    assert len({judgement(result) for result in results}) == 1


@given(decimals(high=1000), decimals(high=1000))
def test_a_fraction_in_a_rate_row_is_the_percentage(goal: Fraction, reached: Fraction) -> None:
    share = goal / 1000
    assume(share > 0)
    target = Row(f"≥{said(share, '')}", said(reached, "%"), name="合格率")
    same = Row(f"≥{said(share * 100, '%')}", said(reached, "%"), name="合格率")
    assert judgement(scored(target)) == judgement(scored(same))


# Better is never worse --------------------------------------------------------------------------


@few(150)
@given(
    st.sampled_from(("≥", "＞")),
    decimals(low=-1000),
    st.data(),
    weights(),
    policies,
)
def test_more_of_what_is_wanted_never_scores_less(
    sign: str, goal: Fraction, data: st.DataObject, weight: Fraction, by: Policy
) -> None:
    numbers = st.one_of(near(goal), decimals(low=-1000))
    worse, better = sorted((data.draw(numbers), data.draw(numbers)))
    found = [
        score(scored(Row(f"{sign}{said(goal, '%')}", said(one, "%"), weight), by)).low
        for one in (worse, better)
    ]
    assert found[0] <= found[1]


@few(150)
@given(
    st.sampled_from(("≤", "＜")),
    decimals(low=-1000),
    st.data(),
    weights(),
    policies,
)
def test_less_of_what_is_not_wanted_never_scores_less(
    sign: str, goal: Fraction, data: st.DataObject, weight: Fraction, by: Policy
) -> None:
    numbers = st.one_of(near(goal), decimals(low=-1000))
    better, worse = sorted((data.draw(numbers), data.draw(numbers)))
    found = [
        score(scored(Row(f"{sign}{said(goal, '%')}", said(one, "%"), weight), by)).low
        for one in (worse, better)
    ]
    assert found[0] <= found[1]


@given(st.sampled_from(("12月底前", "12月31日前", "6月20日前", "12月前")), days, days, weights())
def test_earlier_never_scores_less(target: str, one: object, other: object, w: Fraction) -> None:
    early, late = sorted((one, other))  # type: ignore[type-var]
    found = [score(scored(Row(target, spoken(day), w))) for day in (late, early)]  # type: ignore[arg-type]
    assert found[0].low <= found[1].low
    assert found[0].high <= found[1].high


@few(100)
@given(
    st.sampled_from(("增长", "下降")),
    st.sampled_from(("≥", "＞")),
    decimals(high=1000),
    st.data(),
    weights(),
)
def test_a_larger_change_the_right_way_never_scores_less(
    way: str, sign: str, goal: Fraction, data: st.DataObject, weight: Fraction
) -> None:
    changes = st.one_of(near(goal), near(goal).map(lambda number: -number))
    worse, better = sorted((data.draw(changes), data.draw(changes)))
    if way == "下降":
        worse, better = -worse, -better
        worse, better = max(worse, better), min(worse, better)
    found = [
        score(scored(Row(f"同比{way}{sign}{said(goal, '%')}", signed(one), weight))).low
        for one in (worse, better)
    ]
    assert found[0] <= found[1]


@few(100)
@given(st.sampled_from(("≤", "＜")), decimals(high=1000), st.data(), weights())
def test_a_smaller_change_under_a_ceiling_never_scores_less(
    sign: str, goal: Fraction, data: st.DataObject, weight: Fraction
) -> None:
    better, worse = sorted((data.draw(near(goal)), data.draw(near(goal))))
    found = [
        score(scored(Row(f"下降{sign}{said(goal, '%')}", f"下降{said(one, '%')}", weight))).low
        for one in (worse, better)
    ]
    assert found[0] <= found[1]


# Strict and exact -------------------------------------------------------------------------------

HOLDS = {
    "≥": operator.ge,
    "＞": operator.gt,
    "≤": operator.le,
    "＜": operator.lt,
    "=": operator.eq,
}


@few(150)
@given(st.sampled_from(tuple(HOLDS)), decimals(low=-1000), st.data())
def test_an_exact_actual_is_met_when_the_plain_comparison_holds(
    sign: str, goal: Fraction, data: st.DataObject
) -> None:
    reached = data.draw(st.one_of(near(goal), decimals(low=-1000)))
    verdict = scored(Row(f"{sign}{said(goal, '%')}", said(reached, "%"))).verdict
    assert type(verdict) is (Met if HOLDS[sign](reached, goal) else Unmet)


# Points and verdicts ----------------------------------------------------------------------------


@few(150)
@given(rows(), policies)
def test_points_lie_between_nothing_and_the_weight(row: Row, by: Policy) -> None:
    found = score(scored(row, by))
    assert row.weight is not None
    assert 0 <= found.low <= found.high <= row.weight


@few(100)
@given(number_rows(), st.integers(1, 10_000).map(lambda number: Fraction(number, 1000)))
@example(Row("≥10人", "10人"), Fraction("5.625"))
def test_points_never_exceed_a_weight_with_three_places(row: Row, weight: Fraction) -> None:
    assert score(scored(evolve(row, weight=weight))).high <= weight


@few(100)
@given(st.one_of(decided_rows(met=True), word_rows(), compound_rows()), policies)
def test_met_earns_the_weight_and_words_a_band(row: Row, by: Policy) -> None:
    result = scored(row, by)
    assume(isinstance(result.verdict, Met))
    assert row.weight is not None
    found = score(result)
    assert found.high == row.weight
    if row.target in ("应保尽保", "优", "良", "是") or row.actual == "达成":
        assert abs(found.low - row.weight * Fraction(4, 5)) <= CENT / 2
    else:
        assert found.low == row.weight


@few(150)
@given(st.one_of(decided_rows(met=False), word_rows(), compound_rows()), policies)
def test_a_missed_row_never_shows_full_points(row: Row, by: Policy) -> None:
    result = scored(row, by)
    assume(isinstance(result.verdict, Unmet))
    assert row.weight is not None
    size = getattr(result.resolved, "constraint", result.resolved)
    exceeded = isinstance(size, Equal) and score(result).is_exact
    assert score(result).high < row.weight or exceeded


@few(100)
@given(st.one_of(rows(), missing_rows()))
def test_an_open_row_says_why_and_may_still_earn_everything(row: Row) -> None:
    result = scored(row)
    assume(isinstance(result.verdict, Undetermined))
    assert isinstance(result.verdict, Undetermined)
    assert result.verdict.reason.message("zh") and result.verdict.reason.message("en")
    assert score(result).high == row.weight


@few(100)
@given(rows())
def test_a_verdict_has_no_truth_value(row: Row) -> None:
    with pytest.raises(TypeError):
        bool(scored(row).verdict)


@few(100)
@given(missing_rows())
def test_a_missing_actual_is_never_zero(row: Row) -> None:
    result = scored(row)
    assert isinstance(result.actual.reading, Missing)
    assert isinstance(result.verdict, Undetermined)
    assert row.weight is not None
    assert score(result) == Score(Fraction(0), row.weight)
    assert result.judgement.attainment is None


@few(150)
@given(compound_rows(), st.integers(0, 30), st.integers(0, 600))
@example(Row("≥3次；≥200人", "2次"), 0, 200)
def test_a_missing_part_of_an_actual_is_never_zero(row: Row, times: int, people: int) -> None:
    assert row.actual is not None
    assume("；" not in row.actual)
    rest = f"{people}人" if row.actual.endswith("次") else f"{times}次"
    open_, whole = score(scored(row)), score(scored(evolve(row, actual=f"{row.actual}；{rest}")))
    assert open_.low <= whole.low <= whole.high <= open_.high


# What is known only within bounds ---------------------------------------------------------------

BOUNDS = ("≥{}人", "＞{}人", "≤{}人", "＜{}人")
TARGETS = (*BOUNDS, "={}人", "{}-900人")


def verdicts_agree(rough: IndicatorResult, exact_: IndicatorResult) -> None:
    if not isinstance(rough.verdict, Undetermined):
        assert type(rough.verdict) is type(exact_.verdict)


@few(150)
@given(st.sampled_from(TARGETS), roughly(lowest=-500), weights())
def test_what_is_decided_roughly_is_decided_exactly(
    target: str, rough: Rough, weight: Fraction
) -> None:
    text = target.format(rough.goal)
    verdicts_agree(measured(text, rough.reading, weight), measured(text, rough.inside, weight))


@few(100)
@given(st.sampled_from(TARGETS), roughly(lowest=-500))
def test_nothing_is_left_open_that_every_exact_actual_decides_alike(
    target: str, rough: Rough
) -> None:
    text = target.format(rough.goal)
    whole = measured(text, rough.reading)
    assume(isinstance(whole.verdict, Undetermined))
    edge = Fraction(1, 1000)
    bounds = (rough.reading.interval.lower, rough.reading.interval.upper)
    ends = [bound.value for bound in bounds if bound is not None] + [
        Fraction(rough.goal),
        Fraction(900),
    ]
    tried = [Interval.point(end + step) for end in ends for step in (-edge, Fraction(0), edge)]
    found = {
        type(measured(text, evolve(rough.inside, interval=one)).verdict)
        for one in tried
        if rough.reading.interval.contains(one)
    }
    assert found == {Met, Unmet}


@few(150)
@given(st.sampled_from(TARGETS), roughly(), weights())
def test_the_score_of_a_rough_actual_holds_that_of_every_exact_one_to_the_cent(
    target: str, rough: Rough, weight: Fraction
) -> None:
    text = target.format(rough.goal)
    outer, inner = (score(measured(text, one, weight)) for one in (rough.reading, rough.inside))
    assert outer.low - CENT <= inner.low <= inner.high <= outer.high


@few(150)
@given(st.sampled_from(TARGETS), roughly())
def test_the_attainment_of_a_rough_actual_holds_that_of_every_exact_one(
    target: str, rough: Rough
) -> None:
    text = target.format(rough.goal)
    outer, inner = (
        measured(text, one).judgement.attainment for one in (rough.reading, rough.inside)
    )
    if outer is None or inner is None or inner.high is None:
        return
    assert outer.low <= inner.low
    assert outer.high is None or inner.high <= outer.high


HUNDREDS = Measured(Interval(Bound(Fraction(200)), Bound(Fraction(300), False)), parse_unit("人"))
AROUND_ZERO = Measured(Interval(Bound(Fraction(-5)), Bound(Fraction(2))), parse_unit("人"))
BELOW_FIVE = Measured(Interval(Bound(Fraction(-1)), Bound(Fraction(5), False)), parse_unit("人"))


def exactly(rough: Measured, number: int) -> Measured:
    """One of the numbers that a rough actual may be."""
    return evolve(rough, interval=Interval.point(Fraction(number)))


def holds(target: str, rough: Rough, weight: Fraction) -> None:
    """The score of the rough actual is an interval that holds that of the exact one."""
    text = target.format(rough.goal)
    outer, inner = (score(measured(text, one, weight)) for one in (rough.reading, rough.inside))
    assert outer.low <= inner.low <= inner.high <= outer.high


@given(st.sampled_from(BOUNDS), roughly(lowest=-500), weights())
@example("＞{}人", Rough(200, HUNDREDS, exactly(HUNDREDS, 200)), Fraction(10))
@example("≥{}人", Rough(3, AROUND_ZERO, exactly(AROUND_ZERO, -5)), Fraction(10))
@example("≥{}人", Rough(10, BELOW_FIVE, exactly(BELOW_FIVE, 4)), Fraction(10))
def test_the_score_of_a_rough_actual_holds_that_of_every_exact_one(
    target: str, rough: Rough, weight: Fraction
) -> None:
    holds(target, rough, weight)


@few(150)
@given(st.sampled_from((*BOUNDS, "{}-900人")), roughly(), weights())
def test_the_score_of_a_rough_actual_from_zero_up_holds_that_of_every_exact_one(
    target: str, rough: Rough, weight: Fraction
) -> None:
    holds(target, rough, weight)


@settings(phases=[Phase.explicit])
@given(st.just("{}-900人"), roughly(lowest=-500), weights())
@example("{}-900人", Rough(10, BELOW_FIVE, exactly(BELOW_FIVE, 4)), Fraction(10))
def test_the_score_of_a_rough_actual_under_a_range_holds_that_of_every_exact_one(
    target: str, rough: Rough, weight: Fraction
) -> None:
    holds(target, rough, weight)


ALMOST = Measured(Interval(Bound(Fraction(9996)), Bound(Fraction(10_000))), parse_unit("人"))


@settings(phases=[Phase.explicit])
@given(st.just("={}人"), roughly(lowest=-500), weights())
@example("={}人", Rough(10_000, ALMOST, exactly(ALMOST, 9996)), Fraction(10))
def test_the_score_of_a_rough_actual_under_an_equal_holds_that_of_every_exact_one(
    target: str, rough: Rough, weight: Fraction
) -> None:
    holds(target, rough, weight)


@given(
    st.sampled_from(("12月底前", "6月20日前", "12月前", "2024年3月起", "2024年1月-2024年6月")),
    st.integers(1, 12),
    st.integers(1, 28),
)
def test_a_month_holds_each_of_its_days(target: str, month: int, day: int) -> None:
    rough, exact_ = (
        scored(Row(target, text)) for text in (f"{month}月", f"{YEAR}年{month}月{day}日")
    )
    verdicts_agree(rough, exact_)
    outer, inner = score(rough), score(exact_)
    assert outer.low <= inner.low <= inner.high <= outer.high


# Projects ---------------------------------------------------------------------------------------


@few(40)
@given(projects())
def test_a_total_is_the_sum_of_what_is_shown(case: Case) -> None:
    result = totalled(case)
    parts = [score(row) for row in result.indicators]
    if result.execution is not None:
        parts.append(result.execution.score)
    total = score(result)
    assert total.low == sum((part.low for part in parts), Fraction(0))
    assert total.high == sum((part.high for part in parts), Fraction(0))
    assert 0 <= total.low <= total.high <= 100
    for part in (*parts, total):
        assert (part.low / CENT).denominator == (part.high / CENT).denominator == 1


@few(40)
@given(projects())
def test_the_execution_lies_between_nothing_and_its_weight(case: Case) -> None:
    execution = totalled(case).execution
    assume(execution is not None)
    assert execution is not None
    assert execution.weight == 10
    assert 0 <= execution.score.low <= execution.score.high <= 10
    assert execution.score.is_exact == (execution.rate is not None)
    if execution.rate is not None:
        assert (execution.score.low == 10) == (execution.rate >= 1)


@few(40)
@given(projects(weighted=False))
def test_allocated_weights_make_exactly_ninety(case: Case) -> None:
    result = totalled(case)
    found = [row.weight for row in result.indicators if row.weight is not None]
    assert len(found) == len(case.rows)
    assert sum(found) == 90
    assert all(weight >= 0 and (weight / CENT).denominator == 1 for weight in found)
    assert any(note.code.startswith("weights.by_") for note in result.notes)
    assert sum(weight or 0 for weight in weigh(case.project, MOF).rows) == 90


@few(40)
@given(projects())
def test_grades_are_those_of_every_total_in_between(case: Case) -> None:
    result = totalled(case)
    total, names = score(result), MOF.grades.names
    steps = {total.low, total.high} | {
        least for _, least in MOF.grades.steps if total.low <= least <= total.high
    }
    between = {MOF.grades.of(step) for step in steps}
    assert set(result.grades) == between
    assert list(result.grades) == [name for name in names if name in result.grades]
    assert (result.grade is None) == (len(result.grades) > 1)


@few(20)
@given(projects(weighted=True), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(case: Case, random: object) -> None:
    shuffled = list(case.rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = totalled(case), totalled(evolve(case, rows=tuple(shuffled)))
    assert one.score == other.score
    assert (one.grades, one.execution, one.compliance) == (
        other.grades,
        other.execution,
        other.compliance,
    )
    by_name = {row.indicator.name: row for row in other.indicators}
    assert [by_name[row.indicator.name] for row in one.indicators] == list(one.indicators)


@few(20)
@given(projects(), st.randoms(use_true_random=False))
def test_the_order_of_actuals_changes_nothing(case: Case, random: object) -> None:
    shuffled = list(case.entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = totalled(case), score_project(case.project, Actuals(tuple(shuffled)), MOF)
    assert one == other
    assert [str(fault) for fault in one.problems] == [str(fault) for fault in other.problems]


@few(20)
@given(projects(), rows(), st.data())
def test_changing_one_actual_changes_its_row_and_the_totals_alone(
    case: Case, other: Row, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(case.rows) - 1))
    changed = list(case.rows)
    changed[index] = evolve(changed[index], actual=other.actual)
    before, after = totalled(case), totalled(evolve(case, rows=tuple(changed)))
    for position, (old, new) in enumerate(zip(before.indicators, after.indicators, strict=True)):
        assert position == index or old == new
    assert before.execution == after.execution
    old_row, new_row = score(before.indicators[index]), score(after.indicators[index])
    assert score(after).low - score(before).low == new_row.low - old_row.low
    assert score(after).high - score(before).high == new_row.high - old_row.high


@few(20)
@given(projects())
def test_filling_in_an_actual_only_narrows_the_total(case: Case) -> None:
    blank = evolve(case, rows=tuple(evolve(row, actual=None) for row in case.rows))
    outer, inner = score(totalled(blank)), score(totalled(case))
    assert outer.low <= inner.low <= inner.high <= outer.high


@few(20)
@given(projects(weighted=True), st.integers(0, 30), st.integers(0, 30))
def test_a_better_row_never_lowers_the_total(case: Case, one: int, other: int) -> None:
    worse, better = sorted((one, other))
    first, *rest = case.rows
    totals = [
        score(totalled(evolve(case, rows=(evolve(first, target="≥17场", actual=f"{n}场"), *rest))))
        for n in (worse, better)
    ]
    assert totals[0].low <= totals[1].low
    assert totals[0].high <= totals[1].high


names = st.sampled_from(("指标0", "指标1", "指标2", "没有", "全年执行数"))
lines = st.builds(
    ActualEntry,
    names,
    st.sampled_from(("5人", "6人", "7")),
    project=st.sampled_from(("", "项目甲", "项目乙")),
)


@few(40)
@given(projects(), st.lists(lines, max_size=6))
def test_every_actual_is_used_or_named(case: Case, given_: list[ActualEntry]) -> None:
    found = match([case.project], Actuals(tuple(given_)))
    used = [id(one) for one in (*found.rows.values(), *found.executed.values())]
    doubled = sum(int(str(fault.params["count"])) for fault in found.doubled.values())
    lost = [fault for fault in found.problems if fault.code == "KP206"]
    spent = [
        line for line in given_ if line.name == "全年执行数" and line.project in ("", "项目甲")
    ]
    spent_twice = len(spent) if len(spent) > 1 else 0
    assert len(used) == found.count == len(set(used))
    assert len(used) + len(lost) + doubled + spent_twice == len(given_)


# Nothing around it matters ----------------------------------------------------------------------


def hostile() -> decimal.Context:
    """A host program's context in which nearly every operation on decimals is refused."""
    return decimal.Context(prec=3, Emax=9, Emin=-9, traps=list(decimal.Context().flags))


@few(100)
@given(rows())
def test_the_decimal_context_of_the_host_changes_no_row(row: Row) -> None:
    calm = scored(row)
    with decimal.localcontext(hostile()):
        rough = scored(row)
        assert judgement(rough) == judgement(calm)
        assert rough.notes == calm.notes
        assert str(rough.score) == str(calm.score)
        assert to_wire(rough.verdict) == to_wire(calm.verdict)
    assert rough == calm


@few(20)
@given(projects())
def test_the_decimal_context_of_the_host_changes_no_total(case: Case) -> None:
    calm = totalled(case)
    with decimal.localcontext(hostile()):
        rough = totalled(case)
        written = to_wire(rough)
    assert rough == calm
    assert written == to_wire(calm)


@few(100)
@given(rows())
def test_scoring_twice_gives_the_same(row: Row) -> None:
    assert scored(row) == scored(row)


# There and back ---------------------------------------------------------------------------------


def through_json(data: dict[str, object]) -> dict[str, object]:
    """What a reader of the JSON gets."""
    back: dict[str, object] = json.loads(json.dumps(data, ensure_ascii=False))
    return back


@few(100)
@given(st.one_of(number_rows(), date_rows(), word_rows(), change_rows(), rough_rows()))
def test_verdicts_and_notes_come_back_from_the_wire(row: Row) -> None:
    result = scored(row)
    assert from_wire(through_json(to_wire(result.verdict))) == result.verdict
    for note in result.notes:
        assert from_wire(through_json(to_wire(note))) == note


@few(100)
@given(rows())
@example(Row("≤2.7万元", "2.6万元"))
def test_actuals_come_back_from_the_wire(row: Row) -> None:
    actual = scored(row).actual
    assert from_wire(through_json(to_wire(actual))) == actual
    assert from_wire(through_json(to_wire(actual.reading))) == actual.reading


@few(100)
@given(rows())
@example(Row("≤2.7万元", "2.6"))
def test_a_target_from_the_wire_reads_actuals_alike(row: Row) -> None:
    target = parse_target(row.target, year=YEAR)
    back = from_wire(through_json(to_wire(target)))
    assert isinstance(back, Target)
    text = row.actual or ""
    assert parse_actual(text, like=back, year=YEAR) == parse_actual(text, like=target, year=YEAR)


@few(100)
@given(constraints())
def test_constraints_survive_pickling(constraint: Constraint) -> None:
    assert pickle.loads(pickle.dumps(constraint)) == constraint
    target = parse_target(canonical(constraint), year=YEAR)
    again = pickle.loads(pickle.dumps(target))
    assert again == target
    assert again.notes == target.notes


@given(amounts())
def test_amounts_survive_pickling(amount: Amount) -> None:
    again = pickle.loads(pickle.dumps(amount))
    assert again == amount
    assert again.base == amount.base
    assert hash(again) == hash(amount)


@few(100)
@given(rows())
def test_results_survive_pickling_and_compare_alike(row: Row) -> None:
    result = scored(row)
    again = pickle.loads(pickle.dumps(result))
    assert again == result
    assert isinstance(again.indicator.target, Target)
    assert evaluate(again.indicator.target, again.actual, policy=MOF) == evaluate(
        parse_target(row.target, year=YEAR), result.actual, policy=MOF
    )


@given(st.sampled_from(("认定得分", "认定理由")))
def test_errors_survive_pickling(what: str) -> None:
    error = DecisionError(where="a.csv:3", what=what, found="—")
    again = pickle.loads(pickle.dumps(error))
    assert again.message() == error.message()
