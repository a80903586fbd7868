"""The page of the lint's rules, from their docstrings."""

from __future__ import annotations

from collections.abc import Iterator

from kpidocs import markdown, saying
from kpieval.linting.pages import Example
from kpieval.linting.pages import page as rule_page
from kpieval.linting.rule import Rule
from kpieval.linting.rules import RULES
from kpieval.phrases import phrase


def page(lang: str) -> str:
    """The page."""
    return markdown.joined(_blocks(lang))


def _blocks(lang: str) -> Iterator[str]:
    yield markdown.heading(1, saying.word("lint.title", lang), f"{lang}-lint")
    yield saying.word("lint.about", lang, number=len(RULES))
    heads = [saying.word(f"codes.{head}", lang) for head in ("code", "title", "severity")]
    yield markdown.table(heads, (_line(rule, lang) for rule in RULES))
    for rule in RULES:
        yield from _rule(rule, lang)


def _line(rule: Rule, lang: str) -> list[str]:
    link = f"[{markdown.code(rule.code)}](#{lang}-{rule.code.lower()})"
    return [link, markdown.prose(rule_page(rule, lang).title), _severity(rule, lang)]


def _severity(rule: Rule, lang: str) -> str:
    word = phrase(f"severity.{rule.severity.value}", lang)
    return word if rule.default else saying.word("lint.off", lang, severity=word)


def _rule(rule: Rule, lang: str) -> Iterator[str]:
    shown = rule_page(rule, lang)
    title = f"{markdown.code(rule.code)} {markdown.prose(shown.title)}"
    yield markdown.heading(2, title, f"{lang}-{rule.code.lower()}")
    yield f"{_severity(rule, lang)}{saying.word('lint.stop', lang)}{markdown.prose(shown.what)}"
    yield markdown.prose(phrase("lint.page.why", lang, why=shown.why))
    yield phrase("lint.page.bad", lang)
    yield from map(_table, shown.bad)
    yield phrase("lint.page.good", lang)
    yield from map(_table, shown.good)


def _table(example: Example) -> str:
    return markdown.fenced(example.text)
