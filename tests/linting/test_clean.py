"""Tables without a fault: no rule finds an error or a warning in them, nor in any part it needs."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

from kpieval.constraints import Target
from kpieval.findings import Severity
from kpieval.linting import lint_project
from kpieval.linting.pages import examples
from kpieval.tables import Project

TEXT = Path(__file__).with_name("clean_tables.txt").read_text(encoding="utf-8")
PROJECTS = [each.project for each in examples(re.sub("(?m)^#.*\n", "", TEXT).strip())]


def test_the_tables_are_whole() -> None:
    assert len(PROJECTS) == 4
    assert sum(len(project.indicators) for project in PROJECTS) >= 40
    for project in PROJECTS:
        assert project.budget is not None and project.funds and project.goals, project.name
        assert all(isinstance(row.target, Target) for row in project.indicators), project.name
        total = sum((row.weight or Fraction(0) for row in project.indicators), Fraction(0))
        assert total == 90, project.name


@pytest.mark.parametrize("project", PROJECTS, ids=lambda project: project.name)
def test_no_rule_finds_an_error_or_a_warning(project: Project) -> None:
    grave = [
        (found.code, found.indicator, found.message())
        for found in lint_project(project)
        if found.severity is not Severity.NOTE
    ]
    assert grave == []
