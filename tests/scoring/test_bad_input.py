"""Bad input under every policy: each fault is named, and nothing else in the table suffers."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from commands import run
from scored import entry, faults, indicator, kind, points, scored, table, why

from kpieval.amounts import money
from kpieval.errors import KpiEvalError
from kpieval.policies import Policy
from kpieval.presets import policies, policy
from kpieval.results import ProjectResult
from kpieval.scoring import score_project, score_tables
from kpieval.tables import Actuals, Project

POLICIES = (*policies(), policy("mof-2020+step(1)"))
each = pytest.mark.parametrize("by", POLICIES, ids=lambda it: it.name)


def two(by: Policy, first: str | None, second: str | None, **spent: str) -> ProjectResult:
    """Two rows that are met, with these weights."""
    rows = (
        indicator("≥10人", name="人数", weight=first),
        indicator("≤5天", name="天数", weight=second),
    )
    return scored(table(*rows), by, 人数="10人", 天数="5天", **spent)


def named(result: ProjectResult, code: str, *words: str) -> None:
    """The fault is told in both languages, with the words that say where and what."""
    (fault,) = (problem for problem in result.problems if problem.code == code)
    for lang in ("zh", "en"):
        assert all(word in fault.message(lang) for word in words)


def verdicts(result: ProjectResult) -> list[str]:
    """The verdicts of the rows."""
    return [kind(row.verdict) for row in result.indicators]


# Weights ----------------------------------------------------------------------------------------


@each
def test_a_negative_weight(by: Policy) -> None:
    result = two(by, "-5", "95")
    named(result, "KP203", "人数", "-5")
    assert result.score is None and result.grades == ()
    assert verdicts(result) == ["Met", "Met"]
    assert result.indicators[0].score is None
    assert points(result.indicators[1]) == ("95", "95")


@each
def test_a_missing_weight(by: Policy) -> None:
    result = two(by, None, "90")
    named(result, "KP201", "人数")
    assert result.score is None
    assert verdicts(result) == ["Met", "Met"]
    assert points(result.indicators[1]) == ("90", "90")


@each
def test_weights_that_do_not_add_up(by: Policy) -> None:
    result = two(by, "40", "41.5", 全年执行数="100万元")
    named(result, "KP202", "81.5")
    assert result.score is None
    assert verdicts(result) == ["Met", "Met"]
    assert [points(row) for row in result.indicators] == [("40", "40"), ("41.5", "41.5")]
    assert result.execution is not None and result.execution.rate == 1


@each
def test_all_negative_weights_are_named_each(by: Policy) -> None:
    result = two(by, "-1", "-2")
    assert faults(result.problems) == ["KP203", "KP203"]


@each
def test_one_project_with_bad_weights_does_not_touch_the_other(by: Policy) -> None:
    good = evolve(table(indicator("≥10人", name="人数", weight="100")), name="乙")
    bad = evolve(table(indicator("≥10人", name="人数", weight="-100")), name="甲")
    entries = tuple(entry("人数", "10人", project=name) for name in "甲乙")
    summary = score_tables([bad, good], Actuals(entries), by)
    assert [project.score is None for project in summary.projects] == [True, False]
    assert points(summary.projects[1]) == ("100", "100")
    assert faults(summary.projects[1].problems) == []


# Decisions --------------------------------------------------------------------------------------


@each
@pytest.mark.parametrize("given", ["50.01", "1000", "-1", "-0.01"])
def test_points_above_the_weight_or_below_nothing(by: Policy, given: str) -> None:
    rows = (
        indicator("≥10人", name="人数", weight="50"),
        indicator("≤5天", name="天数", weight="50"),
    )
    entries = (entry("人数", "5人", decided=("", given, "复核")), entry("天数", "5天"))
    result = score_project(table(*rows), Actuals(entries), by)
    named(result, "KP204", "人数", given)
    assert result.indicators[0].decision is None
    assert verdicts(result) == ["Unmet", "Met"]
    alone = score_project(table(*rows), Actuals((entry("人数", "5人"), entries[1])), by)
    assert result.score == alone.score


# Execution --------------------------------------------------------------------------------------


def spent(text: str, by: Policy, budget: int | None = 100) -> ProjectResult:
    """A met row beside this spending; the budget in 元."""
    row = indicator("≥10人", name="人数", weight=str(100 - by.execution.weight))
    made = evolve(table(row), budget=None if budget is None else money(budget))
    return scored(made, by, 人数="10人", 全年执行数=text)


@each
@pytest.mark.parametrize("text", ["100.01元", "150元", "1亿元"])
def test_more_than_the_whole_budget_never_earns_more_than_the_weight(by: Policy, text: str) -> None:
    result = spent(text, by)
    assert result.execution is not None
    assert result.execution.rate is not None and result.execution.rate > 1
    assert result.execution.score.high <= by.execution.weight
    assert "execution.over" in {note.code for note in result.execution.notes}
    assert result.score is not None and result.score.high <= 100


@each
@pytest.mark.parametrize("budget", [0, -1, None])
def test_a_budget_of_nothing(by: Policy, budget: int | None) -> None:
    result = spent("50元", by, budget)
    assert result.execution is not None
    assert result.execution.rate is None
    assert (result.execution.score.low, result.execution.score.high) == (0, by.execution.weight)
    assert {note.code for note in result.execution.notes} == {"execution.no_budget"}
    assert verdicts(result) == ["Met"]
    assert result.score is not None and result.score.low == 100 - by.execution.weight


@each
@pytest.mark.parametrize("text", ["5人", "50", "-5元", "很多", "50美元", "≥50元"])
def test_spending_that_is_no_amount_of_money(by: Policy, text: str) -> None:
    result = spent(text, by)
    assert len(result.problems) == 1
    (fault,) = result.problems
    assert all(fault.message(lang) for lang in ("zh", "en"))
    assert result.execution is not None
    assert (result.execution.score.low, result.execution.score.high) == (0, by.execution.weight)
    assert verdicts(result) == ["Met"]


# Actuals ----------------------------------------------------------------------------------------


@each
@pytest.mark.parametrize("level1", ["产出指标", "满意度指标"])
@pytest.mark.parametrize(
    ("target", "actual"), [("≥10人", "10个"), ("≤5天", "3万元"), ("≥95%", "92次"), ("=3元", "3人")]
)
def test_an_actual_of_another_dimension_is_open_and_says_both_units(
    by: Policy, target: str, actual: str, level1: str
) -> None:
    rows = (
        indicator(target, name="坏", weight="40", level1=level1),
        indicator("≤5天", name="好", weight="60"),
    )
    result = scored(table(*rows), by, 坏=actual, 好="5天")
    assert verdicts(result) == ["Undetermined", "Met"]
    assert why(result.indicators[0].verdict) == "unit.not_comparable"
    assert points(result.indicators[0]) == ("0", "40")
    assert points(result) == ("60", "100")


@each
def test_an_actual_that_is_not_read_is_named_and_open(by: Policy) -> None:
    rows = (
        indicator("≥10人", name="坏", weight="40"),
        indicator("≥10外星币", name="更坏", weight="20"),
        indicator("≤5天", name="好", weight="40"),
    )
    result = scored(table(*rows), by, 坏="1,20人", 更坏="10", 好="5天")
    assert verdicts(result) == ["Undetermined", "Undetermined", "Met"]
    assert [row.error is None for row in result.indicators] == [False, False, True]
    assert points(result) == ("40", "100")


# From one end to the other ----------------------------------------------------------------------

HEAD = "项目名称,一级指标,二级指标,三级指标,指标值,实际完成值,分值,认定得分,认定理由\n"
ROWS = """\
甲,产出指标,数量指标,人数,≥10人,10人,50,,
甲,产出指标,数量指标,天数,≤5天,3个,,,
乙,产出指标,数量指标,人数,≥10人,5人,-90,,
丙,产出指标,数量指标,人数,≥10人,5人,70,,
丁,产出指标,数量指标,人数,≥10人,5人,100,101,复核
戊,产出指标,数量指标,人数,≥10人,9人,100,,
"""


@each
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_fault_of_a_file_is_named_and_the_rest_scored(
    by: Policy, lang: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HEAD + ROWS, "utf-8")
    args = ("score", str(file), "--policy", by.name, "--lang", lang, "--format", "json")
    code, out, _ = run(capsys, *args)
    assert code == 0
    document = json.loads(out)
    found = {
        project["name"]: {problem["code"] for problem in project["problems"]}
        for project in document["projects"]
    }
    assert found == {
        "甲": {"KP201"},
        "乙": {"KP203"},
        "丙": {"KP202"},
        "丁": {"KP204"},
        "戊": set(),
    }
    totals = {project["name"]: project["score"] for project in document["projects"]}
    assert [totals[name] for name in "甲乙丙"] == [None] * 3
    assert totals["丁"] is not None and totals["戊"] is not None


def test_no_fault_is_raised_out_of_a_table() -> None:
    bad = Project("坏", (indicator("≥10人", weight="-1"), indicator("≥10人", weight=None)))
    for by in POLICIES:
        try:
            result = score_project(bad, Actuals((entry("指标", "5人"),)), by)
        except KpiEvalError as error:  # pragma: no cover - the failure that is tested for
            pytest.fail(f"{by.name}: {error}")
        assert result.score is None
        assert all(row.weight is None or row.weight >= Fraction(0) for row in result.indicators)
