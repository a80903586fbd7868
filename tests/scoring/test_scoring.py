"""A row, a project, all projects: totals, grades, and that nothing is lost on the way."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve
from scored import (
    ALL_MET,
    BENEFIT,
    MOF,
    SATISFACTION,
    codes,
    ends,
    entry,
    faults,
    indicator,
    judged,
    kind,
    outcome,
    points,
    scored,
    table,
    three_levels,
    why,
)

from kpieval.actuals import MISSING
from kpieval.constraints import AtLeast, AtMost, Between
from kpieval.errors import WeightValueError
from kpieval.judging import context_of
from kpieval.outcomes import Undetermined
from kpieval.parsing import parse_actual
from kpieval.scoring import score_indicator, score_project, score_tables
from kpieval.tables import ActualEntry, Actuals, Place, Project

UNREAD = "KP101"
"""The code of an actual that is no figure of any kind."""


def test_the_whole_way_of_a_row() -> None:
    result = judged("≤2.7万元", "26500元", level2="成本指标")
    assert outcome(result) == "Met 10"
    assert result.judgement.attainment is not None
    assert result.judgement.attainment.low == Fraction(54, 53)
    assert isinstance(result.resolved, AtMost)
    assert result.weight == 10


def test_the_weight_of_the_table_is_taken_when_none_is_given() -> None:
    row = indicator("≥10人", weight="8")
    assert score_indicator(row, parse_actual("9人"), MOF).weight == 8
    bare = evolve(row, weight=None)
    assert score_indicator(bare, parse_actual("9人"), MOF, weight=Fraction(5)).weight == 5
    assert score_indicator(bare, parse_actual("9人"), MOF).score is None


def test_what_was_assumed_stands_in_the_notes() -> None:
    result = judged("500", "400万元", level2="成本指标")
    assert {"bare", "bare.cost_open"} & set(codes(result.notes))
    result = judged("约200人", "195")
    assert codes(result.notes) == ["about", "unit.from_target", "about.width"]
    assert isinstance(result.resolved, Between)


def test_context_of_a_row() -> None:
    row = indicator("5天", name="投诉率", level1="产出指标", level2="成本指标", direction="反向")
    context = context_of(row)
    assert (context.is_cost, context.is_rate, context.is_bad) == (True, True, True)
    assert context.direction == "反向"


@pytest.mark.parametrize(
    ("target", "actual", "note"),
    [
        ("≥100人", "119人", None),
        ("≥100人", "120人", "over.noted"),
        ("≥100人", "129.99人", "over.noted"),
        ("≥100人", "130人", "over.reason"),
        ("≤100人", "10人", None),
        ("=100人", "200人", None),
        ("80-100人", "100人", None),
    ],
)
def test_far_exceeded_floors_are_noted_and_nothing_is_deducted(
    target: str, actual: str, note: str | None
) -> None:
    result = judged(target, actual)
    found = [code for code in codes(result.notes) if code.startswith("over.")]
    assert found == ([] if note is None else [note])
    assert points(result) == ("10", "10")


def test_a_target_that_is_not_read_leaves_the_row_open() -> None:
    row = indicator("≥")
    result = score_indicator(row, parse_actual("5人"), MOF)
    assert why(result.verdict) == "target.unread"
    assert points(result) == ("0", "10")
    assert result.error is not None and result.error.code == "KP105"


def test_a_project_is_the_sum_of_its_rows_and_the_execution() -> None:
    result = scored(three_levels(), 数量="9人", 效果="10场", 满意="5件", 全年执行数="80万元")
    assert [points(row)[0] for row in result.indicators] == ["45", "30", "5"]
    assert result.execution is not None and points(result.execution) == ("8", "8")
    assert points(result) == ("88", "88")
    assert result.grade == "良"


def test_rows_are_rounded_before_they_are_added() -> None:
    thirds = {"第0": "1", "第1": "1", "第2": "88"}
    rows = [indicator("≥3次", name=name, weight=weight) for name, weight in thirds.items()]
    result = scored(table(*rows), 第0="1次", 第1="1次", 第2="3次", 全年执行数="0元")
    assert points(result) == ("88.66", "88.66")


def test_without_actuals_everything_is_open_and_nothing_is_zero() -> None:
    result = scored(three_levels())
    assert points(result) == ("0", "100")
    assert result.grades == ("优", "良", "中", "差")
    assert result.grade is None
    assert all(isinstance(row.verdict, Undetermined) for row in result.indicators)
    assert result.compliance.rate is None


def test_a_missing_ceiling_is_not_met() -> None:
    result = scored(table(indicator("≤10人", weight="90")), 全年执行数="100万元")
    assert points(result) == ("10", "100")


@pytest.mark.parametrize(
    ("spending", "grades"),
    [
        ("100万元", ("优",)),
        ("50万元", ("优",)),
        ("49.9万元", ("良",)),
        ("0元", ("良",)),
        (None, ("优", "良")),
    ],
)
def test_a_grade_only_when_both_ends_agree(spending: str | None, grades: tuple[str, ...]) -> None:
    project = table(indicator("≥90人", weight="90"))
    actuals = {"指标": "85人"} | ({} if spending is None else {"全年执行数": spending})
    result = scored(project, **actuals)
    assert result.grades == grades
    assert result.grade == (grades[0] if len(grades) == 1 else None)


def test_grades_that_are_possible_in_between_are_named_too() -> None:
    project = table(
        indicator("≥10人", name="a", weight="55"), indicator("≥10人", name="b", weight="35")
    )
    result = scored(project, a="10人", 全年执行数="100万元")
    assert points(result) == ("65", "100")
    assert result.grades == ("优", "良", "中")


@pytest.mark.parametrize(
    "weights", [("50", None, None), ("50", "30", "15"), ("95", "-5", "0"), ("1", "1", "1")]
)
def test_without_usable_weights_there_is_no_total_and_the_verdicts_stand(
    weights: tuple[str | None, ...],
) -> None:
    result = scored(three_levels(weights), 数量="10人", 效果="9场")
    assert result.score is None
    assert result.grades == () and result.grade is None
    assert [kind(row.verdict) for row in result.indicators] == ["Met", "Unmet", "Undetermined"]
    assert result.problems


def test_a_refused_weight_gives_no_points() -> None:
    result = scored(three_levels(("95", "-5", "0")), 数量="10人", 效果="10场")
    score = result.indicators[1].score
    assert score is None or score.low >= 0


def test_an_unread_weight_gives_no_total() -> None:
    project = three_levels(("50", "40", None))
    unread = evolve(project.indicators[2], problems=(WeightValueError(value="十"),))
    result = scored(evolve(project, indicators=(*project.indicators[:2], unread)))
    assert result.score is None
    assert faults(result.problems) == ["KP203"]


def test_a_first_level_without_points_gives_no_total() -> None:
    project = table(
        indicator("≥10人", name="a", weight=None),
        indicator("≥10人", name="b", weight=None, level1="其他"),
    )
    result = scored(project, a="10人", b="9人")
    assert result.score is None
    assert faults(result.problems) == ["KP208"]
    assert [kind(row.verdict) for row in result.indicators] == ["Met", "Unmet"]


def test_a_project_without_rows_has_no_grade() -> None:
    assert scored(Project("空", ()), 全年执行数="1元").grade is None


def levels_apart(actuals: dict[str, str]) -> tuple[tuple[str, str], tuple[str, str] | None]:
    """A project whose two ways of allocating differ: four rows in one group, one in another."""
    rows = [
        indicator("≥10人", name=f"n{number}", weight=None, level2="数量指标") for number in range(4)
    ]
    rows.append(indicator("≥10人", name="q", weight=None, level2="质量指标"))
    rows.append(indicator("≥10人", name="e", weight=None, level1=BENEFIT))
    rows.append(indicator("≥10人", name="s", weight=None, level1=SATISFACTION))
    result = scored(table(*rows), **actuals)
    other = result.alternative
    return points(result), None if other is None else ends(other)


def test_both_totals_are_shown_when_the_ways_to_allocate_disagree_on_the_grade() -> None:
    met = dict.fromkeys(("n0", "n1", "n2", "n3", "e", "s"), "10人") | {"全年执行数": "100万元"}
    # 质量 is missed at 0: it weighs 10 by rows and 25 by second levels.
    assert levels_apart(met | {"q": "0人"}) == (("90", "90"), ("75", "75"))
    assert levels_apart(met | {"q": "10人"}) == (("100", "100"), None)
    # 95 and 87.5: 优 and 良.
    assert levels_apart(met | {"q": "5人"}) == (("95", "95"), ("87.5", "87.5"))
    # 99 and 97.5 agree.
    assert levels_apart(met | {"q": "9人"}) == (("99", "99"), None)


def test_no_alternative_when_weights_are_given() -> None:
    assert scored(three_levels(("50", "30", "10")), **ALL_MET).alternative is None


def test_all_projects_of_a_table() -> None:
    one = evolve(three_levels(), name="项目甲")
    other = evolve(three_levels(), name="项目乙", year=2023)
    given = Actuals(
        (
            entry("数量", "10人", project="项目甲"),
            entry("数量", "9人", project="项目乙"),
            entry("数量", "8人", project="项目丙"),
            entry("没有", "7人"),
        )
    )
    summary = score_tables([one, other], given, MOF)
    assert [points(project) for project in summary.projects] == [("50", "100"), ("45", "95")]
    assert summary.matched == 2
    assert faults(summary.problems) == ["KP206", "KP206"]
    assert summary.year is None
    assert score_tables([one], Actuals(), MOF).year == 2024
    assert summary.policy == "mof-2020"


def test_actuals_of_other_projects_are_passed_over() -> None:
    given = Actuals((entry("数量", "10人", project="项目乙"), entry("数量", "9人")))
    result = score_project(three_levels(), given, MOF)
    assert points(result.indicators[0]) == ("45", "45")
    assert result.problems == ()


@pytest.mark.parametrize(
    "given",
    [
        (entry("没有", "7人"),),
        (entry("数量", "9人"), entry("数量", "10人")),
        (entry("没有", "7人", project="项目甲"),),
        (entry("全年执行数", "9万元"), entry("全年执行数", "8万元")),
    ],
)
def test_score_project_names_every_actual_that_it_cannot_use(
    given: tuple[ActualEntry, ...],
) -> None:
    assert score_project(three_levels(), Actuals(given), MOF).problems


def test_a_row_with_two_actuals_says_so() -> None:
    given = Actuals((entry("数量", "9人"), entry("数量", "10人")))
    row = score_tables([three_levels()], given, MOF).projects[0].indicators[0]
    assert row.error is not None and row.error.code == "KP207"


def test_every_row_stays_and_keeps_its_place() -> None:
    project = table(
        indicator("≥10人", name="a", weight="40"),
        indicator("≥", name="b", weight="10"),
        indicator("≥10人", name="c", weight="20"),
        indicator("很好", name="d", weight="20"),
    )
    result = scored(project, a="abc12#", c="9人")
    assert [row.indicator.name for row in result.indicators] == ["a", "b", "c", "d"]
    errors = [row.error and row.error.code for row in result.indicators]
    assert errors == [UNREAD, "KP105", None, None]
    assert points(result) == ("18", "98")


def test_an_actual_that_is_not_read_is_named_with_its_place() -> None:
    given = ActualEntry("数量", "abc12#", place=Place("a.csv", row=3))
    result = score_project(three_levels(), Actuals((given,)), MOF)
    assert faults(result.problems) == [UNREAD]
    assert result.problems[0].where == "a.csv:3"
    (row, *_) = result.indicators
    assert row.error is result.problems[0]
    assert row.actual.source == "abc12#"
    assert points(row) == ("0", "50")


def test_an_actual_that_is_not_read_is_not_called_missing() -> None:
    result = scored(three_levels(), 数量="abc12#")
    assert why(result.indicators[0].verdict) == "actual.unread"


def test_both_errors_of_a_row_are_named() -> None:
    result = scored(table(indicator("≥", weight="90")), 指标="abc12#")
    row = result.indicators[0]
    assert {UNREAD, "KP105"} <= {*faults(result.problems), row.error.code if row.error else ""}


def test_the_previous_value_turns_a_level_into_a_change() -> None:
    project = table(indicator("同比增长≥5%", weight="90"))
    given = ActualEntry("指标", "110万元", previous="100万元")
    result = score_project(project, Actuals((given,)), MOF)
    (row,) = result.indicators
    assert kind(row.verdict) == "Met"
    assert "change.from_previous" in codes(row.notes)


@pytest.mark.parametrize(
    ("target", "value", "previous", "expected"),
    [
        ("同比增长≥5%", "104万元", "100万元", "Unmet"),
        ("同比增长≥5%", "90万元", "100万元", "Unmet"),
        ("同比下降≥5%", "90万元", "100万元", "Met"),
        ("同比增长≥5万元", "110万元", "100万元", "Met"),
        ("同比增长≥5%", "110万元", "0万元", "Undetermined"),
        ("同比增长≥5%", "110万元", "100人", "Undetermined"),
        ("同比增长≥5%", "约110万元", "100万元", "Undetermined"),
        ("同比增长≥5%", "110万元", "", "Undetermined"),
    ],
)
def test_a_change_is_computed_only_from_two_exact_values_of_one_kind(
    target: str, value: str, previous: str, expected: str
) -> None:
    given = ActualEntry("指标", value, previous=previous)
    rows = table(indicator(target, weight="90"))
    (row,) = score_project(rows, Actuals((given,)), MOF).indicators
    assert kind(row.verdict) == expected
    assert ("change.from_previous" in codes(row.notes)) == (expected != "Undetermined")


def test_changing_one_actual_changes_its_row_and_the_total_alone() -> None:
    before = scored(three_levels(), **ALL_MET)
    after = scored(three_levels(), **(ALL_MET | {"效果": "9场"}))
    same = [one == other for one, other in zip(before.indicators, after.indicators, strict=True)]
    assert same == [True, False, True]
    assert before.execution == after.execution
    assert points(after) == ("97", "97")


def test_a_row_that_is_missing_has_the_missing_actual() -> None:
    assert scored(three_levels()).indicators[0].actual == MISSING


def test_a_bare_cost_met_exactly_has_the_attainment_one() -> None:
    result = judged("30天", "30天", level2="成本指标")
    assert result.judgement.attainment is not None
    assert result.judgement.attainment.low == result.judgement.attainment.high == 1
    assert result.resolved is None
    floor = judged("30天", "30天").resolved
    assert isinstance(floor, AtLeast)


def test_a_weight_below_zero_is_refused() -> None:
    row = indicator("≥10人", weight="8")
    with pytest.raises(WeightValueError) as caught:
        score_indicator(row, parse_actual("9人"), MOF, weight=Fraction(-1))
    assert caught.value.code == "KP203"


def test_a_weight_is_exact() -> None:
    row, actual = indicator("≥10人", weight="8"), parse_actual("10人")
    assert score_indicator(row, actual, MOF, weight=Decimal("8.35")).weight == Fraction("8.35")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="no float"):
        score_indicator(row, actual, MOF, weight=8.5)  # type: ignore[arg-type]
