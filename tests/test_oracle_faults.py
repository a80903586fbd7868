"""Answers of the engine that were wrong until the comparison with the oracle found them."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from oracle.judging import judge
from oracle.opened import opened
from oracle.projects import judge_project
from oracle_terms import (
    DEDUCTIONS,
    chosen,
    engine,
    engine_of_projects,
    entries_of,
    indicator_of,
    points_of,
    table_of,
)

from kpieval.auditing import audit_project
from kpieval.parsing import parse_actual
from kpieval.scoring import score_indicator, score_project
from kpieval.tables import Actuals, Project, Published


def row_of(target: str, actual: str | None, **context: Any) -> dict[str, Any]:
    return {
        "target": target,
        "actual": actual,
        "weight": "10",
        "year": 2024,
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "主要工作开展情况",
        "direction": None,
        **context,
    }


def project_of(
    rule: str, rows: list[tuple[str, str, str]], executed: str = "100万元"
) -> dict[str, Any]:
    return {
        "policy": rule,
        "name": "年度重点项目",
        "year": 2024,
        "budget": "100万元",
        "executed": executed,
        "rows": [
            row_of(target, actual, weight=weight, name=f"任务{place}")
            for place, (target, actual, weight) in enumerate(rows)
        ],
    }


HAPPY = {"level1": "满意度指标", "name": "群众满意度"}


@pytest.mark.parametrize(
    ("rule", "target", "actual", "context"),
    [
        # far over on a change: the ladder knows it as a floor, the remarks do not
        ("mof-2020", "同比增长≥5%", "增长6%", {}),
        ("mof-2020+mandatory", "下降3%", "下降6%", {}),
        # the first remark is for floors; = has only the reason that is a duty
        ("guangxi-reason", "=100场", "120场", {}),
        # an end that is never reached does not reach the step either
        ("mof-2020+ladder(2:1/1.2:0.5/1.1:0)", "≥100次", "100余次", {}),
        # all of a weight with more places than the points is the weight
        ("mof-2021-core+places(1)", "≥90%", "92%", {**HAPPY, "weight": "8.33"}),
        ("mof-2020+places(1)", "=100场", "≥100场", {"weight": "8.33"}),
    ],
)
def test_what_was_once_wrong_of_a_row(
    rule: str, target: str, actual: str, context: dict[str, Any]
) -> None:
    case = row_of(target, actual, policy=rule, **context)
    expected, found = {"error": False, **judge(case)}, engine(case)
    expected["remarks"].sort()
    assert expected == found


def test_what_was_once_wrong_of_rescaled_weights() -> None:
    project = project_of(
        "ratio-with-rescale+places(0)",
        [("≥1场", "不适用", "13.69"), ("≥1场", "1场", "76.16"), ("≥1场", "1场", "0.15")],
    )
    found = engine_of_projects(project, chosen(project["policy"]))
    expected = [row["weight"] for row in judge_project(project)["rows"]]
    assert [row["weight"] for row in found["rows"] if row["weight"] is not None] == expected


def test_what_was_once_wrong_of_a_deduction_from_the_execution() -> None:
    project = project_of("mof-2020+deduction", [("≥1场", "1场", "90")])
    entries = entries_of(project).entries
    spending = evolve(entries[-1], deduction="3")
    result = score_project(
        table_of(project), Actuals((*entries[:-1], spending)), chosen("mof-2020+deduction")
    )
    assert result.execution is not None
    said = [note.code for note in (*result.notes, *result.execution.notes)]
    assert points_of(result.execution.score) == {"low": 7, "high": 7} or set(said) & {*DEDUCTIONS}


def test_what_was_once_wrong_of_a_sentence_beside_the_ladder() -> None:
    rule = chosen("mof-2020+ladder(1.5:0.3/1.3:0.1)")
    result = score_indicator(indicator_of(row_of("≥100场", None)), parse_actual("150场"), rule)
    said = " ".join(note.message("en") for note in (*result.notes, *result.judgement.steps))
    assert "nothing is taken off" not in said


def test_what_was_once_wrong_of_the_sentence_on_overspending() -> None:
    project = project_of("mof-2021-core", [("≥1场", "1场", "90")], executed="120万元")
    result = score_project(table_of(project), entries_of(project), chosen("mof-2021-core"))
    assert result.execution is not None
    said = " ".join(note.message("en") for note in result.execution.notes)
    assert "scored as 100%" not in said


def test_what_was_once_wrong_of_a_strict_ceiling_that_is_just_reached() -> None:
    case = row_of("<300场", "300场", policy="platform-standard")
    table = Project(name="项目", indicators=(indicator_of(case),), year=2024)
    audited = audit_project(
        table,
        Actuals.from_mapping({case["name"]: "300场"}),
        Published.from_mapping({case["name"]: "3.337"}),
        chosen("platform-standard"),
    )
    assert opened(case) or audited.rows[0].checked.consistent is False
