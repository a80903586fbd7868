"""The corners of the rules: fine weights, open ends, steps, dates, compounds, what is left over."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from scored import MOF, indicator, judged, kind, outcome, points, scored, table

from kpieval.explaining import explanation
from kpieval.formulas import Band, Grace, Ladder, Rounding
from kpieval.policies import NotApplicable, OverCompletion, Policy
from kpieval.presets import policy
from kpieval.readers import read_tables
from kpieval.scoring import score_tables
from kpieval.weighting import weigh

CORE = policy("mof-2021-core")
STEP = policy("mof-2020+step(1)")
PLATFORM = policy("platform-standard")
SATISFACTION = "满意度指标"
HALF_OFF = evolve(
    MOF,
    over_completion=OverCompletion(
        Fraction(6, 5),
        Fraction(13, 10),
        ladder=((Fraction(3, 2), Fraction(1)), (Fraction(13, 10), Fraction(1, 2))),
        document="某财绩〔2024〕1号",
    ),
)


# Weights finer than the policy rounds -----------------------------------------------------------


def test_a_satisfaction_row_earns_no_more_than_a_fine_weight() -> None:
    row = judged("≥95%", "92%", by=CORE, weight="5.625", level1=SATISFACTION)
    assert outcome(row) == "Unmet 5.625"


def test_a_ladder_that_takes_nothing_off_leaves_the_fine_weight() -> None:
    assert outcome(judged("≥10人", "≥12人", by=HALF_OFF, weight="5.625")) == "Met 0 5.625"


@pytest.mark.parametrize(
    ("spent", "expected"),
    [("100万元", ("12.5", "12.5")), ("99.99万元", ("12", "12")), ("", ("0", "12.5"))],
)
def test_the_execution_row_earns_no_more_than_a_fine_weight(
    spent: str, expected: tuple[str, str]
) -> None:
    plan = evolve(MOF.weights, level1=(("产出", Fraction("87.5")),), joined=(), handed_on=())
    execution = evolve(MOF.execution, weight=Fraction("12.5"))
    by = evolve(MOF, weights=plan, execution=execution, rounding=Rounding(0))
    result = scored(table(indicator("≥10人", weight="87.5")), by, 指标="10人", 全年执行数=spent)
    assert result.execution is not None
    assert points(result.execution) == expected


def test_the_upper_end_of_a_closed_band_has_the_places_of_the_policy() -> None:
    fully = Band(Fraction(4, 5), Fraction(19, 20), closed=True)
    by = evolve(MOF, qualitative=evolve(MOF.qualitative, fully=fully))
    assert outcome(judged("应保尽保", "达成", by=by, weight="3.33")) == "Met 2.66 3.16"


# What is known only within bounds ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("约85%", "Unmet 5 10"),  # 76.5 % to 93.5 %
        ("≥85%", "Undetermined 8 10"),
        ("80%-89%", "Unmet 8"),
        ("≤85%", "Unmet 0 8"),
    ],
)
def test_satisfaction_within_bounds_earns_whatever_it_may(actual: str, expected: str) -> None:
    assert outcome(judged("≥95%", actual, by=CORE, level1=SATISFACTION)) == expected


def test_steps_above_a_hundred_per_cent_are_reached_by_an_open_end() -> None:
    rungs = ((Fraction(6, 5), Fraction(1)), (Fraction(1), Fraction(1, 2)))
    by = evolve(CORE, by_actual=(evolve(CORE.by_actual[0], steps=rungs),))
    row = judged("≥95%", "≥96%", by=by, level1=SATISFACTION)
    assert points(row) == ("0", "10")


def test_an_open_row_may_still_turn_out_far_over() -> None:
    assert outcome(judged("≥10人", "9-12人", by=HALF_OFF)) == "Undetermined 9 10"
    assert outcome(judged("≥10人", "9-14人", by=HALF_OFF)) == "Undetermined 5 10"
    assert outcome(judged("≥10人", "≥9人", by=HALF_OFF)) == "Undetermined 0 10"


# Steps count units, and dates have none ---------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual"),
    [("3月起", "2024年2月28日"), ("2024年3月-2024年6月", "2024年2月28日")],
)
def test_what_began_too_soon_has_no_units_to_count(target: str, actual: str) -> None:
    assert outcome(judged(target, actual, by=STEP)) == "Unmet 0"


def test_a_deadline_inside_the_actual_may_still_be_missed_under_a_step() -> None:
    assert outcome(judged("6月20日前", "6月", by=STEP)) == "Undetermined 0 10"
    assert outcome(judged("6月20日前", "2024年6月25日", by=STEP)) == "Unmet 0"


@pytest.mark.parametrize("share", ["92", "92.0"])
def test_a_step_counts_percentage_points(share: str) -> None:
    assert outcome(judged("≥95%", f"{share}%", by=STEP, name="合格率")) == "Unmet 7"


def test_a_step_counts_percentage_points_of_a_fraction_too() -> None:
    assert outcome(judged("≥0.95", "92%", by=STEP, name="合格率")) == "Unmet 7"


def test_an_actual_without_an_end_may_pass_a_ceiling_by_any_number_of_units() -> None:
    assert outcome(judged("≤1%", "≥1%", by=STEP)) == "Undetermined 0 10"
    assert outcome(judged("≤1%", "≥2%", by=STEP)) == "Unmet 0 9"


def test_the_opposite_direction_earns_nothing_under_a_step() -> None:
    assert outcome(judged("同比增长≥5%", "下降2%", by=STEP)) == "Unmet 0"
    assert outcome(judged("同比增长＞0%", "下降2%", by=STEP)) == "Unmet 0"
    assert outcome(judged("同比增长≥5%", "增长0%", by=STEP)) == "Unmet 5"


@pytest.mark.parametrize(
    "by", [STEP, evolve(MOF, floor=Ladder(((Fraction(0), Fraction(1, 2)),)))], ids=["step", "rung"]
)
def test_an_open_row_that_may_lie_below_zero_may_earn_nothing(by: Policy) -> None:
    assert points(judged("≥3万元", "-5万元", by=by)) == ("0", "0")
    assert points(judged("≥3万元", "-5至5万元", by=by))[0] == "0"


def test_satisfaction_as_a_fraction_earns_like_the_percentage() -> None:
    for target, actual in (("≥95%", "92%"), ("≥0.95", "0.92")):
        row = judged(target, actual, by=CORE, name="满意率", level1=SATISFACTION)
        assert points(row) == ("10", "10")


# Compounds --------------------------------------------------------------------------------------

COMPOUND = "every compound goes by the floor's formula, on one ratio without units or dates"


def test_a_compound_of_ceilings_goes_by_the_formula_of_ceilings() -> None:
    alone = points(judged("≤10万元", "20万元", by=PLATFORM))
    assert alone == ("0", "0")
    assert points(judged("≤10万元；≤5天", "20万元；5天", by=PLATFORM)) == alone


def test_a_compound_counts_the_units_of_its_parts() -> None:
    assert points(judged("≥12次", "6次", by=STEP)) == ("4", "4")
    assert points(judged("≥12次；≥200人", "6次；200人", by=STEP)) == ("4", "4")


def test_a_late_date_in_a_compound_earns_what_it_earns_alone() -> None:
    by = evolve(MOF, dates=Grace(30, Fraction(1, 2)))
    assert points(judged("6月20日前", "2024年6月25日", by=by)) == ("5", "5")
    both = judged("6月20日前；≥10人", "2024年6月25日；10人", by=by)
    assert kind(both.verdict) == "Unmet"
    assert points(both) == ("5", "5")


# Weights of what is left ------------------------------------------------------------------------


def test_no_row_is_left_with_less_than_nothing() -> None:
    rows = [indicator("≥10人", name=f"指标{n}", weight="1.5") for n in range(60)]
    by = evolve(MOF, rounding=Rounding(0), not_applicable=NotApplicable.RESCALE)
    found = weigh(table(*rows), by, left_out=frozenset({0})).rows
    kept = [weight for weight in found if weight is not None]
    assert sum(kept) == 90
    assert min(kept) >= 0


def test_points_that_are_spread_are_whole_cents() -> None:
    levels = ("成本指标", "产出指标", "满意度指标")
    rows = [indicator("≥10人", name=level, weight=None, level1=level) for level in levels]
    found = weigh(table(*rows), CORE)
    assert found.rows == tuple(Fraction(weight) for weight in ("25.71", "51.42", "12.87"))


def test_rows_of_a_first_level_without_points_are_named() -> None:
    plan = evolve(MOF.weights, level1=(("产出", Fraction(90)), ("效益", Fraction(0))), handed_on=())
    row = indicator("≥10人", name="效果", weight=None, level1="效益指标")
    result = scored(table(row), evolve(MOF, weights=plan), 效果="10人")
    assert result.score is None
    assert [problem.code for problem in result.problems] == ["KP208"]
    assert kind(result.indicators[0].verdict) == "Met"


def test_allocated_weights_are_equal_to_the_cent_though_points_are_whole() -> None:
    rows = [indicator("≥10人", name=f"指标{n}", weight=None) for n in range(60)]
    by = evolve(MOF, rounding=Rounding(0))
    found = [weight for weight in weigh(table(*rows), by).rows if weight is not None]
    assert max(found) - min(found) < 1


# Retraced by hand -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_points_taken_off_a_met_row_are_explained_with_the_document(lang: str) -> None:
    row = judged("≥10人", "14人", by=HALF_OFF)
    assert outcome(row) == "Met 5"
    assert "某财绩〔2024〕1号" in explanation(row, lang)


@pytest.mark.parametrize(("lang", "said"), [("zh", "6×1"), ("en", "6×1")])
def test_a_step_tells_the_units_and_the_points_for_each(lang: str, said: str) -> None:
    assert said in explanation(judged("≥12次", "6次", by=STEP), lang)


def test_what_cannot_be_compared_earns_no_exact_points() -> None:
    row = judged("≥95次", "92%", by=CORE, level1=SATISFACTION)
    assert outcome(row) == "Undetermined 0 10"


# A column of deductions -------------------------------------------------------------------------


def test_the_deduction_modifier_takes_the_points_off(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    head = "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值,扣减分数\n"
    file.write_text(head + "甲,产出指标,数量指标,培训人数,≥10人,10人,90,2\n", "utf-8")
    tables = read_tables(file)
    (result,) = score_tables(tables.projects, tables.actuals, policy("mof-2020+deduction")).projects
    assert points(result) == ("88", "98")


def test_a_deduction_is_never_more_than_the_points_and_is_told(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    head = "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值,扣减分数\n"
    rows = "甲,产出指标,数量指标,a,≥10人,1人,45,20\n甲,产出指标,数量指标,b,≥10人,10人,45,两分\n"
    file.write_text(head + rows, "utf-8")
    tables = read_tables(file)
    (result,) = score_tables(tables.projects, tables.actuals, policy("mof-2020+deduction")).projects
    first, second = result.indicators
    assert str(first.score) == "0" and "扣 20 分" in explanation(first)
    assert str(second.score) == "45" and second.error is not None and second.error.code == "KP213"
    (plain,) = score_tables(tables.projects, tables.actuals, policy("mof-2020")).projects
    assert "deduction.left" in {note.code for note in plain.indicators[0].notes}
