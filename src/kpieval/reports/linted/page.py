"""The page of a rule: what it looks at, why, and tables that it finds fault with or not."""

from __future__ import annotations

from kpieval.linting.pages import Example, page
from kpieval.linting.rule import Rule
from kpieval.phrases import phrase
from kpieval.reports.linted.report import severity_word


def rendered(rule: Rule, lang: str) -> str:
    """The page as text.

    >>> from kpieval.linting.rules import rule_of
    >>> print(rendered(rule_of("L04"), "en").splitlines()[0])
    L04 A cost has only a floor
    """
    shown = page(rule, lang)
    severity = phrase("lint.page.severity", lang, severity=severity_word(rule.severity, lang))
    paragraphs = [
        f"{rule.code} {shown.title}",
        severity,
        shown.what,
        phrase("lint.page.why", lang, why=shown.why),
        _tables(phrase("lint.page.bad", lang), shown.bad),
        _tables(phrase("lint.page.good", lang), shown.good),
    ]
    return "\n\n".join(paragraphs) + "\n"


def _tables(head: str, examples: tuple[Example, ...]) -> str:
    tables = (
        "\n".join(f"    {line}" for line in example.text.splitlines()) for example in examples
    )
    return "\n".join([head, "\n\n".join(tables)])
