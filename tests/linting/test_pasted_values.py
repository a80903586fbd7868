"""A value that a rule offers to paste can be pasted: it is read, and the rule is silent then."""

from __future__ import annotations

import pytest
from attrs import evolve

from kpieval.findings import Finding
from kpieval.linting import LintConfig, lint_tables
from kpieval.linting.pages import Example, page
from kpieval.linting.rule import Rule
from kpieval.linting.rules import RULES
from kpieval.parsing import parse_target
from kpieval.tables import Indicator, Project


def pasted(project: Project, found: Finding) -> Project:
    """The project with the value in its cell."""

    def mended(row: Indicator) -> Indicator:
        if (row.name, row.text) != (found.indicator, found.text):
            return row
        return evolve(row, text=found.paste, target=parse_target(found.paste, year=project.year))

    return evolve(project, indicators=tuple(map(mended, project.indicators)))


def findings(rule: Rule, example: Example) -> list[Finding]:
    """What the rule finds in a table."""
    config = LintConfig(select=(rule.code,))
    return list(lint_tables([example.project], config=config, history=example.history))


def offers(rule: Rule, example: Example) -> list[Finding]:
    """What it finds and has a value for."""
    return [found for found in findings(rule, example) if found.paste and found.indicator]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_is_offered_can_be_pasted(rule: Rule) -> None:
    for example in page(rule).bad:
        for found in offers(rule, example):
            again = findings(rule, evolve(example, project=pasted(example.project, found)))
            assert [each for each in again if each.indicator == found.indicator] == []


def test_values_are_offered() -> None:
    assert sum(len(offers(rule, one)) for rule in RULES for one in page(rule).bad) > 30
