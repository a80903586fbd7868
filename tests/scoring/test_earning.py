"""From verdict and attainment to points: formula, cap, rounding, bands, under mof-2020."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from scored import MOF, codes, judged, outcome, points, why

from kpieval.formulas import Linear, PassGate, Rounding, Step
from kpieval.parsing import parse_actual, parse_target
from kpieval.requirements import requirements
from kpieval.resolving import RowContext

CONTEXT = RowContext("", "", "")
STEP = evolve(MOF, floor=Step(Fraction(1)), ceiling=Step(Fraction(1)))
LINEAR = evolve(MOF, ceiling=Linear())


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        # Floors: W·A/T.
        ("≥10人", "10人", "Met 10"),
        ("≥10人", "1000人", "Met 10"),
        ("≥10人", "9人", "Unmet 9"),
        ("≥3次", "2次", "Unmet 6.67"),
        ("≥3次", "1次", "Unmet 3.33"),
        ("≥10人", "0人", "Unmet 0"),
        ("＞10人", "10人", "Unmet 9.99"),
        # Ceilings: W·T/A.
        ("≤10天", "10天", "Met 10"),
        ("≤10天", "12天", "Unmet 8.33"),
        ("≤10天", "40天", "Unmet 2.5"),
        ("＜10天", "10天", "Unmet 9.99"),
        ("≤10天", "0天", "Met 10"),
        # Ranges: the missed bound.
        ("3-5个", "4个", "Met 10"),
        ("3-5个", "2个", "Unmet 6.67"),
        ("3-5个", "6个", "Unmet 8.33"),
        ("超过3个且低于5个", "5个", "Unmet 9.99"),
        # Equal: exceeded is unmet with full points.
        ("=12次", "12次", "Met 10"),
        ("=12次", "9次", "Unmet 7.5"),
        ("=12次", "13次", "Unmet 10"),
        ("=12次", "1200次", "Unmet 10"),
        # T ≤ 0 and opposite signs: a missed row scores 0.
        ("=0起", "0起", "Met 10"),
        ("=0起", "1起", "Unmet 0"),
        ("≤0起", "1起", "Unmet 0"),
        ("≥-2%", "-2%", "Met 10"),
        ("≥-2%", "-3%", "Unmet 0"),
        ("≥-2%", "5%", "Met 10"),
        ("≤-2%", "-3%", "Met 10"),
        ("≤-2%", "1%", "Unmet 0"),
        ("≥2%", "-2%", "Unmet 0"),
        ("≤2%", "-2%", "Met 10"),
        ("=-2%", "-1%", "Unmet 0"),
        # About: ± 10 %.
        ("约200人", "180人", "Met 10"),
        ("约200人", "90人", "Unmet 5"),
        ("约200人", "440人", "Unmet 5"),
        # Dates: binary.
        ("12月31日前", "2024年12月31日", "Met 10"),
        ("12月底前", "12月", "Met 10"),
        ("12月底前", "2025年1月1日", "Unmet 0"),
        ("12月前", "2024年12月10日", "Undetermined 0 10"),
        # Changes.
        ("同比增长≥5%", "增长4%", "Unmet 8"),
        ("同比增长≥5%", "下降4%", "Unmet 0"),
        ("同比增长≥5%", "-4%", "Unmet 0"),
        ("同比增长≥5%", "4%", "Undetermined 0 10"),
        ("下降≥5%", "下降4%", "Unmet 8"),
        ("下降≤5%", "下降10%", "Unmet 5"),
        ("增长=5%", "增长6%", "Unmet 10"),
        # Compound targets: the smallest part.
        ("≥4次；≥200人", "3次；100人", "Unmet 5"),
        ("≥4次；12月底前", "3次；11月", "Unmet 7.5"),
        ("≥4次；12月底前", "4次；2025年1月", "Unmet 0"),
        # Units.
        ("≤2.7万元", "30000元", "Unmet 9"),
        ("≥3人", "3个", "Undetermined 0 10"),
        ("≥90%", "0.953", "Undetermined 0 10"),
        # Rough actuals.
        ("≥250人", "200余人", "Undetermined 8 10"),
        ("≥300人", "200余人", "Unmet 6.67 9.99"),
        ("≥400人", "200余人", "Unmet 5 7.5"),
        ("≤250人", "200余人", "Undetermined 8.33 10"),
        ("≥10人", "约9人", "Unmet 8.1 9.9"),
    ],
)
def test_points_of_ten(target: str, actual: str, expected: str) -> None:
    assert outcome(judged(target, actual)) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥1000000人", "999996人", "Unmet 9.99"),
        ("≥100%", "99.9996%", "Unmet 9.99"),
        ("≤100人", "100.0004人", "Unmet 9.99"),
        ("≥1000人", "999.4人", "Unmet 9.99"),
        ("3-5个", "5.0001个", "Unmet 9.99"),
        ("增长≥5%", "增长4.99999%", "Unmet 9.99"),
    ],
)
def test_a_missed_row_never_shows_full_points(target: str, actual: str, expected: str) -> None:
    result = judged(target, actual)
    assert outcome(result) == expected


def test_the_cap_is_said_and_only_when_it_was_needed() -> None:
    assert "step.capped" in codes(judged("≥1000000人", "999996人").judgement.steps)
    assert "step.capped" not in codes(judged("≥1000人", "999人").judgement.steps)
    assert "step.equal_exceeded" in codes(judged("=12次", "13次").judgement.steps)
    assert "step.no_ratio" in codes(judged("=0起", "3起").judgement.steps)


@pytest.mark.parametrize(
    ("actual", "weight", "expected"),
    [
        # 10 · 0.9985 = 9.985, 10 · 0.8985 = 8.985: half-up, not to even.
        ("99.85%", "10", "9.99"),
        ("89.85%", "10", "8.99"),
        ("89.849%", "10", "8.98"),
        ("0.05%", "10", "0.01"),
        ("0.049%", "10", "0"),
        ("12.5%", "0.2", "0.03"),
        ("12.5%", "0.6", "0.08"),
        ("66.5%", "1", "0.67"),
        ("2.675%", "100", "2.68"),
        ("33.5%", "3", "1.01"),
    ],
)
def test_half_a_cent_rounds_up(actual: str, weight: str, expected: str) -> None:
    assert points(judged("≥100%", actual, weight=weight)) == (expected, expected)


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥90%", "达成", "Met 8 10"),
        ("≥90%", "部分达成", "Unmet 6 7.99"),
        ("≥90%", "基本达到", "Unmet 6 7.99"),
        ("≥90%", "未达成", "Unmet 0 5.99"),
        ("12月底前", "达成年度指标", "Met 8 10"),
        ("应保尽保", "应保尽保", "Met 8 10"),
        ("应保尽保", "部分达成", "Unmet 6 7.99"),
        ("应保尽保", "各项工作有序推进", "Undetermined 0 10"),
        ("优", "优", "Met 8 10"),
        ("优", "良", "Unmet 0 7.99"),
        ("是", "是", "Met 8 10"),
        ("是", "否", "Unmet 0 7.99"),
        ("≥90%", "", "Undetermined 0 10"),
        ("≤90%", "", "Undetermined 0 10"),
        ("100%", "完成", "Met 10"),
        ("≥95%", "完成", "Undetermined 0 10"),
    ],
)
def test_words_earn_a_band(target: str, actual: str, expected: str) -> None:
    assert outcome(judged(target, actual)) == expected


def test_ratio_undefined_is_noted_on_a_missed_row() -> None:
    assert "ratio.undefined" in codes(judged("=0起", "1起").notes)
    assert "ratio.undefined" in codes(judged("≥2%", "-2%").notes)


def test_ratio_undefined_is_noted_on_a_missed_compound_row() -> None:
    result = judged("=0起；≥3次", "1起；3次")
    assert outcome(result) == "Unmet 0"
    assert "ratio.undefined" in codes(result.notes)


@pytest.mark.parametrize(("target", "actual"), [("≤5天", "0天"), ("=0起", "0起"), ("≥3人", "3个")])
def test_ratio_undefined_is_not_noted_on_other_rows(target: str, actual: str) -> None:
    assert "ratio.undefined" not in codes(judged(target, actual).notes)


@pytest.mark.parametrize(
    ("target", "rough", "exact"),
    [
        ("＞200人", "200余人", "200人"),
        ("≥200人", "199.9999-300人", "199.9999人"),
        ("＜200人", "100-200人", "200人"),
    ],
)
def test_an_open_row_can_still_turn_out_just_missed(target: str, rough: str, exact: str) -> None:
    open_, missed = judged(target, rough).score, judged(target, exact).score
    assert open_ is not None and missed is not None
    assert open_.low <= missed.low


@pytest.mark.parametrize("rough", ["-5%~2%", "-5%~5%"])
def test_an_actual_that_may_be_below_zero_can_still_score_nothing(rough: str) -> None:
    assert outcome(judged("≥3%", "-5%")) == "Unmet 0"
    assert points(judged("≥3%", rough))[0] == "0"


def test_a_missing_part_is_not_zero() -> None:
    assert outcome(judged("≥3次；≥200人", "2次；200人")) == "Unmet 6.67"
    assert outcome(judged("≥3次；≥200人", "2次")) == "Unmet 0 6.67"


@pytest.mark.parametrize("weight", ["5.625", "1.875", "0.005"])
def test_no_row_earns_more_than_its_weight(weight: str) -> None:
    result = judged("≥10人", "10人", weight=weight)
    assert result.score is not None
    assert result.score.high <= Fraction(weight)


def test_a_band_holds_all_the_cents_below_its_end() -> None:
    # 部分达成 of 3.33 is [1.998, 2.664): 2.66 lies inside, 1.99 does not.
    assert points(judged("应保尽保", "部分达成", weight="3.33"))[1] == "2.66"


def test_words_never_earn_full_points_for_a_missed_row() -> None:
    assert points(judged("应保尽保", "部分达成", weight="0.01"))[1] != "0.01"


def test_a_weight_of_nothing_earns_nothing() -> None:
    for actual in ("10人", "9人", "", "达成", "部分达成"):
        assert points(judged("≥10人", actual, weight="0")) == ("0", "0")


def test_without_a_weight_there_is_a_verdict_and_no_score() -> None:
    result = judged("≥10人", "9人", weight=None)
    assert result.score is None
    assert result.judgement.attainment is not None


def test_linear_ceilings() -> None:
    for actual, expected in (("10天", "10"), ("15天", "5"), ("20天", "0"), ("30天", "0")):
        assert points(judged("≤10天", actual, by=LINEAR))[0] == expected
    assert points(judged("≥10人", "9人", by=LINEAR))[0] == "9"
    assert points(judged("≤10天", "0天", by=LINEAR))[0] == "10"
    assert points(judged("下降≤5%", "下降7%", by=LINEAR))[0] == "6"


def test_a_gate() -> None:
    gate = evolve(MOF, floor=PassGate(Fraction(3, 5)), ceiling=PassGate(Fraction(3, 5)))
    assert points(judged("≥10人", "8人", by=gate))[0] == "5"
    assert points(judged("≥10人", "5人", by=gate))[0] == "0"
    assert points(judged("≤8天", "10天", by=gate))[0] == "5"


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [("≥90%", "88%", "8"), ("≥90%", "88.5%", "8"), ("≤3天", "5天", "8"), ("80%-100%", "78%", "8")],
)
def test_steps_count_the_units_short(target: str, actual: str, expected: str) -> None:
    assert points(judged(target, actual, by=STEP))[0] == expected


def test_steps_above_a_range_count_from_its_upper_bound() -> None:
    assert points(judged("80%-100%", "120%", by=STEP, weight="50"))[0] == "30"


def test_rounding_to_whole_points() -> None:
    whole = evolve(MOF, rounding=Rounding(0))
    assert points(judged("≥100%", "84.9%", by=whole))[0] == "8"
    assert points(judged("≥100%", "85%", by=whole))[0] == "9"
    assert points(judged("≥100%", "99%", by=whole))[0] == "9"
    assert points(judged("应保尽保", "部分达成", by=whole)) == ("6", "7")


def test_the_way_to_the_points_is_told_in_order() -> None:
    steps = judged("≥3次", "2次").judgement.steps
    (step,) = set(steps)
    assert step.code == "step.formula"
    said = dict(step.params)
    assert (said["formula"], said["weight"], said["points"]) == ("Ratio", "10", "6.67")
    assert codes(judged("≥3次", "3次").judgement.steps) == ["step.full"]
    assert codes(judged("≥3次", "").judgement.steps) == ["step.open"]


def test_a_range_asks_for_a_floor_and_a_ceiling() -> None:
    found = requirements(
        parse_target("80%-100%").constraint, parse_actual("120%").reading, CONTEXT, MOF
    )
    assert [type(one.verdict).__name__ for one in found] == ["Met", "Unmet"]
    twelve = requirements(
        parse_target("=12次").constraint, parse_actual("15次").reading, CONTEXT, MOF
    )
    assert [one.earning.low for one in twelve] == [Fraction(5, 4)]


def test_a_missed_compound_with_an_exceeded_equal_stays_below_full_points() -> None:
    assert outcome(judged("=3次；≥200人", "5次；100人")) == "Unmet 5"
    assert outcome(judged("=3次；≥200人", "3次；200人")) == "Met 10"


@pytest.mark.parametrize("name", ["指标", "增长率"])
@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        # Without a unit it is per cent, as the actual is; the 1 of 1-5 is no 100 %.
        ("1-5", "0.5%", "Unmet 5"),
        ("1-5", "7%", "Unmet 7.14"),
        ("1-5", "3%", "Met 10"),
        ("1-5", "30‰", "Unmet 1.67"),
        ("-5-1", "2%", "Unmet 5"),
    ],
)
def test_both_ends_of_a_range_are_of_one_unit(
    name: str, target: str, actual: str, expected: str
) -> None:
    assert outcome(judged(target, actual, name=name)) == expected


@pytest.mark.parametrize(("actual", "expected"), [("增长0.5%", "Unmet 5"), ("增长4%", "Met 10")])
def test_both_ends_of_a_change_are_of_one_unit(actual: str, expected: str) -> None:
    assert outcome(judged("增长1-5", actual)) == expected


def test_a_range_of_shares_is_missed_by_its_fractions() -> None:
    missed = judged("0.8-1", "60%", name="合格率")
    assert outcome(missed) == "Unmet 7.5"
    assert why(judged("0.8-1", "60%").verdict) == "unit.fraction_or_percent"


def test_a_word_that_nobody_reported_may_still_earn_anything() -> None:
    for policy in (MOF, STEP, LINEAR):
        found = judged("≥5人；优", "5人", by=policy)
        assert outcome(found) == "Undetermined 0 10"
        assert why(found.verdict) == "actual.part_missing"


def test_an_open_scale_leaves_all_points_open() -> None:
    # 1000人 is above 300; of 5万 to 300万 it is below both, and so far below 5万 that only one of
    # the two bounds could have been meant without the scale.
    found = judged("5-300", "0.1万人")
    assert why(found.verdict) == "unit.scale_open"
    assert outcome(found) == "Undetermined 0 10"
