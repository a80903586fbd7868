"""Numbers with numbers, days with days, changes with changes."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from scored import MOF, YEAR, codes, kind, why

from kpieval import comparing
from kpieval.actuals import Changed, Dated, Measured
from kpieval.comparing import compare_change, compare_dates, compare_numbers, is_still, widened
from kpieval.constraints import Change
from kpieval.intervals import Bound, Interval
from kpieval.meaning import Dates, Decided
from kpieval.outcomes import Met, Undetermined, Unmet, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.resolving import RowContext
from kpieval.verdicts import evaluate

RATE = RowContext(name="合格率")


def numbers(
    target: str, actual: str, context: RowContext | None = None, *, own_unit: bool = False
) -> Verdict:
    read = parse_target(target)
    assert isinstance(read.constraint, Decided)
    measured = parse_actual(actual, like=None if own_unit else read).reading
    assert isinstance(measured, Measured)
    return compare_numbers(read.constraint, measured, context, MOF)


def days(target: str, actual: str) -> Verdict:
    read = parse_target(target, year=YEAR)
    assert isinstance(read.constraint, Dates)
    dated = parse_actual(actual, like=read, year=YEAR).reading
    assert isinstance(dated, Dated)
    return compare_dates(read.constraint, dated.interval)


def changes(target: str, actual: str) -> Verdict:
    read = parse_target(target)
    assert isinstance(read.constraint, Change)
    changed = parse_actual(actual, like=read).reading
    assert isinstance(changed, Changed)
    return compare_change(read.constraint, changed, None, MOF)


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("≥90%", "90%", "Met"),
        ("≥90%", "89.9999%", "Unmet"),
        ("＞90%", "90%", "Unmet"),
        ("＞90%", "90.0001%", "Met"),
        ("≤5天", "5天", "Met"),
        ("≤5天", "5.01天", "Unmet"),
        ("＜5天", "5天", "Unmet"),
        ("=12次", "12次", "Met"),
        ("=12次", "11次", "Unmet"),
        ("=12次", "13次", "Unmet"),
        ("=0起", "0起", "Met"),
        ("=0起", "1起", "Unmet"),
        ("3-5个", "3个", "Met"),
        ("3-5个", "5个", "Met"),
        ("3-5个", "2个", "Unmet"),
        ("3-5个", "6个", "Unmet"),
        ("≥-2%", "-2%", "Met"),
        ("≥-2%", "-2.01%", "Unmet"),
        ("≤0起", "0起", "Met"),
        ("≥200人", "200余人", "Met"),
        ("＞200人", "200余人", "Undetermined"),
        ("≥250人", "200余人", "Undetermined"),
        ("≥300人", "200余人", "Unmet"),
        ("≤300人", "200余人", "Met"),
        ("≥266米", "≥266米", "Met"),
        ("≥267米", "≥266米", "Undetermined"),
        ("≤265米", "≥266米", "Unmet"),
    ],
)
def test_containment_is_met_and_no_overlap_is_unmet(target: str, actual: str, verdict: str) -> None:
    assert kind(numbers(target, actual)) == verdict


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("≤2.7万元", "27000元", "Met"),
        ("≤2.7万元", "27000.01元", "Unmet"),
        ("≥1天", "24小时", "Met"),
        ("≤24小时", "1天", "Met"),
        ("≤23小时", "1天", "Unmet"),
        ("≥90%", "900‰", "Met"),
        ("≥90%", "9成", "Met"),
        ("＞90%", "九成", "Unmet"),
        ("≥1年", "12个月", "Met"),
        ("≥3亩", "2000平方米", "Met"),
        ("≥3亩", "1999.99平方米", "Unmet"),
    ],
)
def test_units_of_one_dimension_convert_exactly(target: str, actual: str, verdict: str) -> None:
    assert kind(numbers(target, actual)) == verdict


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥3人", "3个"),
        ("≥3人次", "3人"),
        ("≥3人次", "3人天"),
        ("≥100元", "100美元"),
        ("≥1月", "30天"),
        ("≥2%", "2个百分点"),
        ("≥10个工作日", "10天"),
    ],
)
def test_other_dimensions_are_not_unmet_but_undetermined(target: str, actual: str) -> None:
    assert why(numbers(target, actual)) == "unit.not_comparable"


def test_what_cannot_be_compared_is_named() -> None:
    verdict = numbers("≥3人", "3个")
    assert "人" in verdict.reason.message() and "个" in verdict.reason.message()  # type: ignore[union-attr]


def test_a_fraction_meets_a_percentage_in_a_rate_row_only() -> None:
    met = numbers("≥0.97", "97%", RATE)
    assert kind(met) == "Met"
    assert codes(met.notes) == ["unit.fraction_as_percent"]
    assert kind(numbers("≥0.97", "96.9%", RATE)) == "Unmet"
    assert why(numbers("≥0.97", "97%", RowContext(name="其他"))) == "unit.fraction_or_percent"
    assert why(numbers("≥0.97", "97%")) == "unit.fraction_or_percent"


def test_a_bare_share_against_a_percentage_is_asked_about() -> None:
    assert why(numbers("≥90%", "0.953")) == "actual.share_or_percent"
    assert why(numbers("≥90%", "0.953", RATE)) == "actual.share_or_percent"


def test_a_target_without_a_unit_takes_that_of_the_actual() -> None:
    met = numbers("≥200", "210人")
    assert kind(met) == "Met"
    assert codes(met.notes) == ["unit.from_actual"]
    assert kind(numbers("≥12", "13万元")) == "Met"
    assert kind(numbers("≥12", "11万元")) == "Unmet"


def test_a_scale_that_decides_and_could_be_left_out_is_asked_for() -> None:
    assert why(numbers("≥200", "0.03万人")) == "unit.scale_open"
    assert kind(numbers("≥200", "2.1万人")) == "Unmet"


def test_a_scale_in_the_target_is_not_doubled_by_that_of_the_actual() -> None:
    assert kind(numbers("≥2万", "2.5万人")) == "Met"


def test_an_actual_without_a_unit_that_nobody_gave_one() -> None:
    assert why(numbers("≥200人", "210", own_unit=True)) == "actual.no_unit"


def test_about_needs_a_policy() -> None:
    read = parse_target("≥10人").constraint
    rough = parse_actual("约12人").reading
    assert isinstance(read, Decided) and isinstance(rough, Measured)
    assert why(compare_numbers(read, rough)) == "about.open"
    met = compare_numbers(read, rough, policy=MOF)
    assert kind(met) == "Met"
    assert codes(met.notes) == ["actual.about_width"]
    assert kind(numbers("≥10人", "约10人")) == "Undetermined"
    assert kind(numbers("≥10人", "约9人")) == "Unmet"


@pytest.mark.parametrize(
    ("target", "actual", "distance"),
    [
        ("≤2.7万元", "26500元", "500元"),
        ("≥90%", "92%", "2百分点"),
        ("3-5个", "4个", "1个"),
        ("=12次", "12次", "0次"),
    ],
)
def test_margin(target: str, actual: str, distance: str) -> None:
    verdict = numbers(target, actual)
    assert isinstance(verdict, Met)
    assert verdict.margin == distance


@pytest.mark.parametrize(
    ("target", "actual", "distance"),
    [
        ("≤2.7万元", "27500元", "500元"),
        ("≥90%", "88.5%", "1.5百分点"),
        ("3-5个", "2个", "1个"),
        ("3-5个", "9个", "4个"),
        ("＞5人", "5人", "0人"),
    ],
)
def test_gap(target: str, actual: str, distance: str) -> None:
    verdict = numbers(target, actual)
    assert isinstance(verdict, Unmet)
    assert verdict.gap == distance


def test_no_distance_of_a_rough_actual() -> None:
    met, unmet = numbers("≥100人", "200余人"), numbers("≥300人", "200余人")
    assert isinstance(met, Met) and met.margin is None
    assert isinstance(unmet, Unmet) and unmet.gap is None


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("12月31日前", "2024年12月31日", "Met"),
        ("12月31日前", "2024年12月30日", "Met"),
        ("12月31日前", "2025年1月1日", "Unmet"),
        ("12月底前", "2024年12月31日", "Met"),
        ("12月底前", "12月", "Met"),
        ("12月底前", "2025年1月", "Unmet"),
        ("6月20日前", "6月", "Undetermined"),
        ("12月前", "11月", "Met"),
        ("12月前", "2024年11月30日", "Met"),
        ("12月前", "2024年12月1日", "Undetermined"),
        ("12月前", "2024年12月31日", "Undetermined"),
        ("12月前", "12月", "Undetermined"),
        ("12月前", "2025年1月1日", "Unmet"),
        ("第四季度前", "9月", "Met"),
        ("第四季度前", "11月", "Undetermined"),
        ("第四季度前", "2025年1月", "Unmet"),
        ("2024年3月起", "2024年3月1日", "Met"),
        ("2024年3月起", "2024年2月29日", "Unmet"),
        ("2024年1月-2024年6月", "3月", "Met"),
        ("2024年1月-2024年6月", "2024年7月1日", "Unmet"),
        ("2024年1月-2024年6月", "2023年12月31日", "Unmet"),
    ],
)
def test_dates(target: str, actual: str, verdict: str) -> None:
    assert kind(days(target, actual)) == verdict


def test_a_day_inside_the_bounding_period_says_which_period() -> None:
    verdict = days("12月前", "2024年12月10日")
    assert why(verdict) == "date.inside_period"
    assert why(days("6月20日前", "6月")) == "date.spans_bound"


def test_days_late_and_days_early() -> None:
    late, early = days("12月底前", "2025年1月2日"), days("2024年3月1日起", "2024年2月28日")
    assert isinstance(late, Unmet) and late.gap == "2天"
    assert isinstance(early, Unmet) and early.gap == "2天"


@pytest.mark.parametrize(
    ("target", "actual", "verdict"),
    [
        ("同比增长≥5%", "增长5%", "Met"),
        ("同比增长≥5%", "增长4.99%", "Unmet"),
        ("同比增长≥5%", "下降6%", "Unmet"),
        ("同比增长≥5%", "+6%", "Met"),
        ("同比增长≥5%", "-6%", "Unmet"),
        ("同比增长≥5%", "增长0%", "Unmet"),
        ("下降≥5%", "下降6%", "Met"),
        ("下降≥5%", "-6%", "Met"),
        ("下降≥5%", "增长6%", "Unmet"),
        ("增长≤5%", "增长5%", "Met"),
        ("增长≤5%", "增长6%", "Unmet"),
        ("增长≤5%", "下降0%", "Met"),
        ("增长3%-5%", "增长4%", "Met"),
        ("增长3%-5%", "增长6%", "Unmet"),
        ("提高≥2个百分点", "提高3个百分点", "Met"),
        ("提高≥2个百分点", "提高3%", "Undetermined"),
        ("同比增长≥5%", "环比增长6%", "Undetermined"),
    ],
)
def test_changes(target: str, actual: str, verdict: str) -> None:
    assert kind(changes(target, actual)) == verdict


def test_the_other_way_is_said() -> None:
    assert codes(changes("同比增长≥5%", "下降6%").notes) == ["change.opposite"]
    assert why(changes("同比增长≥5%", "环比增长6%")) == "change.other_basis"
    found = changes("同比增长≥5%", "环比增长6%")
    assert isinstance(found, Undetermined)
    assert found.reason.params == (("target", "previous_year"), ("actual", "previous_period"))


def test_the_other_way_is_unmet_also_when_the_target_has_no_unit() -> None:
    assert kind(changes("同比增长≥5", "下降6%")) == "Unmet"


def test_a_change_that_may_be_large_enough_is_undetermined() -> None:
    target = parse_target("同比增长≥2%")
    assert kind(evaluate(target, parse_actual("-2%~3%", like=target))) == "Undetermined"


def test_nothing_changed_has_any_direction() -> None:
    nothing = parse_actual("下降0%").reading
    something = parse_actual("下降1%").reading
    assert isinstance(nothing, Changed) and is_still(nothing)
    assert isinstance(something, Changed) and not is_still(something)


def test_widened_away_from_the_number_on_both_sides_of_zero() -> None:
    tenth = Fraction(1, 10)
    assert widened(Interval.point(Fraction(10)), tenth) == Interval(
        Bound(Fraction(9)), Bound(Fraction(11))
    )
    assert widened(Interval.point(Fraction(-10)), tenth) == Interval(
        Bound(Fraction(-11)), Bound(Fraction(-9))
    )
    assert widened(Interval.point(Fraction(0)), tenth).is_point


def test_scaled_by_a_factor() -> None:
    assert comparing.scaled(Interval.at_least(Fraction(2), closed=False), Fraction(3)) == (
        Interval.at_least(Fraction(6), closed=False)
    )


def test_one_day_is_exact() -> None:
    day = dt.date(2024, 2, 29)
    assert kind(days("2月底前", "2024年2月29日")) == "Met"
    assert parse_target("2月底前", year=2024).constraint.date == day  # type: ignore[union-attr]


@pytest.mark.parametrize("target", ["100-200", "=100"])
def test_a_scale_that_decides_on_which_side_it_is_missed_is_asked_for(target: str) -> None:
    # 300人 is above, and 300 of 100万人 below.
    assert why(numbers(target, "0.03万人")) == "unit.scale_open"


def test_a_scale_that_misses_on_one_side_whatever_it_is_needs_no_asking() -> None:
    missed = numbers("2-3", "13万人")
    assert missed == Unmet("100000人", missed.notes)
    assert codes(missed.notes) == ["unit.from_actual"]


@pytest.mark.parametrize("actual", ["一级", "三级", "1级以上"])
def test_nobody_can_tell_whether_more_of_a_grade_is_better(actual: str) -> None:
    assert why(numbers("二级以上", actual)) == "rank.order"


def test_a_grade_that_is_the_target_meets_it() -> None:
    assert isinstance(numbers("二级以上", "二级"), Met)


@pytest.mark.parametrize(
    ("actual", "reason"),
    [("280000", "actual.no_unit"), ("280,000", "actual.no_unit"), ("3000000", "actual.no_unit")],
)
def test_a_number_near_the_target_without_its_scale_is_asked_for(actual: str, reason: str) -> None:
    assert why(numbers("≤30万元", actual)) == reason


@pytest.mark.parametrize("actual", ["28", "28.5", "3000001", "29999", "28万", "280000元"])
def test_a_number_that_is_clearly_of_one_scale_is_compared(actual: str) -> None:
    assert isinstance(numbers("≤30万元", actual), Met | Unmet)
