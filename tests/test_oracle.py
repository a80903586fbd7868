"""The engine against the oracle: same verdicts, attainments, scores and totals on generated cases.

The oracle is plain Python written from the meaning of the texts, without any of the package's code.
"""

from __future__ import annotations

import os
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from oracle.cases import cases
from oracle.judging import judge
from oracle.policies import MODIFIED, PRESETS
from oracle.projects import judge_project, projects

from kpieval.actuals import MISSING
from kpieval.amounts import Amount
from kpieval.constraints import AtMost, Target, TargetError
from kpieval.errors import ReadingError, UnknownPolicyError
from kpieval.outcomes import Met, Score, Unmet, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.scoring import score_indicator, score_project
from kpieval.tables import ActualEntry, Actuals, Indicator, Project

COUNT = int(os.environ.get("KPIEVAL_ORACLE_CASES", "6000"))

RULES = {name: [name] for name in PRESETS} | {
    f"{name}, modified": names for name, names in MODIFIED.items()
}
"""The policies that are compared together; each group has its own share of the cases."""

chosen = cache(policy)


def share(count: int, group: str) -> int:
    """The cases of one group: three of four go to the presets as they are."""
    parts = 4 * len(PRESETS)
    return -(-count * (3 if group in PRESETS else 1) // parts)


def shipped(group: str) -> list[str]:
    """The policies of a group, where the package has them."""
    try:
        for name in RULES[group]:
            chosen(name)
    except UnknownPolicyError as error:
        pytest.skip(str(error))
    return RULES[group]


def _target(case: dict[str, Any]) -> Target | TargetError:
    try:
        return parse_target(
            case["target"],
            year=case["year"],
            name=case["name"],
            level1=case["level1"],
            level2=case["level2"],
        )
    except ReadingError as error:
        return TargetError(case["target"], error)


def indicator_of(case: dict[str, Any]) -> Indicator:
    """A case as a row of a table."""
    return Indicator(
        level1=case["level1"],
        level2=case["level2"],
        name=case["name"],
        text=case["target"],
        target=_target(case),
        direction=case["direction"] or "",
        weight=None if case["weight"] is None else Fraction(case["weight"]),
    )


def word_of(verdict: Verdict) -> str:
    """The verdict in the oracle's terms."""
    match verdict:
        case Met():
            return "met"
        case Unmet():
            return "unmet"
        case _:
            return "undetermined"


def points_of(score: Score | None) -> dict[str, Fraction] | None:
    """A score in the oracle's terms."""
    return None if score is None else {"low": score.low, "high": score.high}


def engine(case: dict[str, Any]) -> dict[str, Any]:
    """The engine's judgement of a case, in the oracle's terms."""
    indicator = indicator_of(case)
    target = indicator.target
    like = target if isinstance(target, Target) else None
    actual, unread = MISSING, isinstance(target, TargetError)
    if case["actual"] is not None:
        try:
            actual = parse_actual(case["actual"], like=like, year=case["year"])
        except ReadingError:
            unread = True
    result = score_indicator(indicator, actual, chosen(case["policy"]))
    reached = result.judgement.attainment
    return {
        "verdict": word_of(result.verdict),
        "attainment": reached and {"low": reached.low, "high": reached.high},
        "score": points_of(result.score),
        "error": unread,
    }


def _amount(text: str | None) -> Amount | None:
    if text is None:
        return None
    constraint = parse_target("≤" + text).constraint
    assert isinstance(constraint, AtMost)
    return constraint.value


def _entries(project: dict[str, Any]) -> Actuals:
    given = [(row["name"], row["actual"]) for row in project["rows"]]
    given.append(("全年执行数", project["executed"]))
    return Actuals(tuple(ActualEntry(name, text) for name, text in given if text is not None))


def engine_of_projects(project: dict[str, Any], rule: Policy) -> dict[str, Any]:
    """The engine's result of a project, in the oracle's terms."""
    table = Project(
        name=project["name"],
        indicators=tuple(indicator_of(row) for row in project["rows"]),
        year=project["year"],
        budget=_amount(project["budget"]),
    )
    result = score_project(table, _entries(project), rule)
    execution = result.execution
    assert execution is not None
    return {
        "rows": [
            {
                "name": row.indicator.name,
                "verdict": word_of(row.verdict),
                "weight": row.weight,
                "score": points_of(row.score),
            }
            for row in result.indicators
        ],
        "execution": {"rate": execution.rate, "score": points_of(execution.score)},
        "score": points_of(result.score),
        "grades": list(result.grades),
        "alternative": points_of(result.alternative),
        "met": result.compliance.met,
        "unmet": result.compliance.unmet,
        "undetermined": result.compliance.undetermined,
    }


@pytest.mark.parametrize("group", RULES)
def test_engine_and_oracle_agree(group: str) -> None:
    names, seed = shipped(group), 2024 + list(RULES).index(group)
    differing = []
    for case in cases(seed, share(COUNT, group), names):
        expected, found = judge(case), engine(case)
        keys = ("verdict", "attainment", "score")
        if any(expected[key] != found[key] for key in keys) or (
            bool(expected.get("error")) != found["error"]
        ):
            differing.append((case, expected, found))
    assert not differing, f"{len(differing)} differ, first: {differing[0]}"


@pytest.mark.parametrize("group", RULES)
def test_engine_and_oracle_agree_on_projects(group: str) -> None:
    names, seed = shipped(group), 4048 + list(RULES).index(group)
    differing = []
    for project in projects(seed, share(COUNT // 40, group), names):
        expected = judge_project(project)
        found = engine_of_projects(project, chosen(project["policy"]))
        # Rows that were dropped for another row's sake say nothing of their own.
        counted = {row["name"] for row in expected["rows"]}
        found["rows"] = [row for row in found["rows"] if row["name"] in counted]
        differing += [
            (key, project, expected[key], found[key])
            for key in expected
            if expected[key] != found[key]
        ]
    assert not differing, f"{len(differing)} differ, first: {differing[0]}"
