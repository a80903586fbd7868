"""The document about the lint is the one that its generator makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from measure import lint
from measure.__main__ import between_markers

from kpieval.linting.rule import Rule
from kpieval.linting.rules import RULES

PAGE = (Path(__file__).parents[2] / "docs" / "lint.md").read_text("utf-8")


def test_the_pages_of_the_rules_are_those_of_their_docstrings() -> None:
    assert between_markers(PAGE, "rules") == lint.rules()


def test_the_shares_are_those_of_the_answers() -> None:
    assert between_markers(PAGE, "lint") == lint.section()


def test_every_answer_belongs_to_one_finding() -> None:
    answers = lint.answers()
    judged = [one for one in lint.findings() if lint.key(one) in answers]
    assert len(judged) > 60
    grave, kept = lint.overall()
    assert kept / grave >= 0.9


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_has_its_page_where_docstrings_are_left_out(
    rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As ``python -OO`` does."""
    written = rule.doc
    monkeypatch.setattr(rule.check, "__doc__", None)
    assert rule.doc == written
