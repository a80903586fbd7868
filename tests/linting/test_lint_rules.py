"""Every rule fires on the bad tables of its docstring and is silent on the good ones."""

from __future__ import annotations

import pytest

from kpieval.linting import LintConfig, lint_tables
from kpieval.linting.pages import Example, page
from kpieval.linting.rule import Rule
from kpieval.linting.rules import RULES

EXAMPLES = [
    pytest.param(rule, example, fires, id=f"{rule.code}-{word}{number}")
    for rule in RULES
    for fires, word in ((True, "bad"), (False, "good"))
    for number, example in enumerate(getattr(page(rule), word), start=1)
]


@pytest.mark.parametrize(("rule", "example", "fires"), EXAMPLES)
def test_the_examples_of_its_page(rule: Rule, example: Example, fires: bool) -> None:
    config = LintConfig(select=(rule.code,))
    found = lint_tables([example.project], config=config, history=example.history)
    assert bool(found) is fires, [each.message() for each in found] or example.text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_page_says_what_and_why_and_shows_both_kinds_of_tables(rule: Rule, lang: str) -> None:
    shown = page(rule, lang)
    assert shown.title and shown.what and shown.why
    assert shown.bad and shown.good


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_finding_says_what_to_do_in_both_languages(rule: Rule) -> None:
    for example in page(rule).bad:
        config = LintConfig(select=(rule.code,))
        for found in lint_tables([example.project], config=config, history=example.history):
            for lang in ("zh", "en"):
                assert found.message(lang) and found.advice(lang)


def test_codes_stand_once_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
