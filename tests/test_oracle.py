"""The engine against the oracle: same verdicts, attainments, scores and totals on generated cases.

The oracle is plain Python written from the meaning of the texts, without any of the package's code.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from oracle.cases import cases
from oracle.judging import judge
from oracle.opened import opened
from oracle.policies import ALL, MODIFIED, OWNED, PRESETS
from oracle.projects import judge_project, projects
from oracle.summaries import summarise
from oracle_terms import (
    chosen,
    engine,
    engine_of_projects,
    entries_of,
    indicator_of,
    points_of,
    same_row,
    table_of,
)

from kpieval.auditing import audit_project
from kpieval.errors import UnknownPolicyError
from kpieval.scoring import score_tables
from kpieval.tables import Actuals, Project, Published

Record = Callable[[str, object], None]
COUNT = int(os.environ.get("KPIEVAL_ORACLE_CASES", "6000"))

RULES = {
    **{name: [name] for name in PRESETS},
    **{f"{name}, modified": names for name, names in MODIFIED.items()},
    **{f"{name}, a user's": names for name, names in OWNED.items()},
}
"""The policies that are compared together; each group has its own share of the cases."""


def share(count: int, group: str) -> int:
    """The cases of one group: three of five go to the presets as they are."""
    parts = 5 * len(PRESETS)
    return -(-count * (3 if group in PRESETS else 1) // parts)


def shipped(group: str) -> list[str]:
    """The policies of a group, where the package has them."""
    try:
        for name in RULES[group]:
            chosen(name)
    except UnknownPolicyError as error:
        pytest.skip(str(error))
    return RULES[group]


@pytest.mark.parametrize("group", RULES)
def test_engine_and_oracle_agree(group: str, record_property: Record) -> None:
    names, seed = shipped(group), 2024 + list(RULES).index(group)
    differing = []
    record_property("pairs", share(COUNT, group))
    for case in cases(seed, share(COUNT, group), names):
        expected = {"error": False, **judge(case)}
        found = engine(case)
        if not same_row(case, expected, found):
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


@pytest.mark.parametrize("group", RULES)
def test_engine_and_oracle_agree_on_summaries(group: str) -> None:
    names, seed = shipped(group), 6072 + list(RULES).index(group)
    for number in range(max(4, share(COUNT // 240, group))):
        name = names[number % len(names)]
        these = [
            {**project, "name": f"项目{place}"}
            for place, project in enumerate(projects(seed + 100 * number, 1 + number % 3, [name]))
        ]
        entries = [entry for project in these for entry in entries_of(project).entries]
        tables = [table_of(project) for project in these]
        found = score_tables(tables, Actuals(tuple(entries)), chosen(name))
        assert summarise(these) == {
            "mean": points_of(found.mean),
            "by budget": points_of(found.weighted_mean),
            "met": found.compliance.met,
            "unmet": found.compliance.unmet,
            "undetermined": found.compliance.undetermined,
        }, these


def audited(case: dict[str, Any], published: str) -> bool | None:
    """What the audit says of a published score of a row."""
    table = Project(name="项目", indicators=(indicator_of(case),), year=case["year"])
    actuals = Actuals.from_mapping({case["name"]: case["actual"]})
    scores = Published.from_mapping({case["name"]: published})
    return audit_project(table, actuals, scores, chosen(case["policy"])).rows[0].checked.consistent


def test_engine_and_oracle_agree_on_rows_opened_to_change() -> None:
    said = []
    for case in cases(8096, max(400, COUNT // 20), ALL):
        open_row, weight, score = opened(case), Fraction(case["weight"]), judge(case)["score"]
        if open_row is None or weight < 1 or score["low"] != score["high"]:
            continue
        # No rule ends on a third of the weight and seven thousandths.
        odd = f"{(weight * 100 / 3).__floor__()}7".rjust(4, "0")
        said.append(audited(case, f"{odd[:-3]}.{odd[-3:]}"))
        assert said[-1] is (None if open_row else False), case
    assert {*said} == {None, False}
