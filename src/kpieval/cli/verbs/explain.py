"""``kpieval explain``: the page of a code, or a value step by step."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

import click
from attrs import frozen

from kpieval import messages
from kpieval.cli.language import language
from kpieval.cli.options import Command, lang_option, option, year_option
from kpieval.cli.streams import is_terminal, write_text
from kpieval.phrases import phrase

_PLACE = re.compile(r"\{\w+\}")
"""A place of a message that is filled in where it is told."""

# What looks like KP101, L05, A01 or date.boundary_day is a code; anything else is a value.
_CODE = re.compile(r"KP\d+|[AL]\d{2}|[a-z_]+\.[a-z_]+")
_LINT = re.compile(r"L\d{2}")


@frozen
class Choices:
    """The arguments of the verb."""

    what: str
    year: int | None
    sign: str | None
    unit: str | None
    actual: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    return Command(
        "explain",
        lang=lang,
        help=phrase("help.explain_verb", lang),
        params=[
            click.Argument(["what"], metavar="CODE|TEXT"),
            year_option(lang),
            option("--sign", lang, default=None, metavar="S"),
            option("--unit", lang, default=None, metavar="U"),
            option("--actual", lang, default=None, metavar="TEXT"),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Print the page or the steps; 1 when the value was refused."""
    lang = language(choices.lang, terminal=is_terminal())
    rule = _rule(choices.what.upper(), lang)
    if rule is not None:
        write_text(rule)
        return 0
    page = messages.page(choices.what, lang)
    if page is not None:
        write_text(_page(choices.what, page, lang))
        return 0
    if _CODE.fullmatch(choices.what):
        raise click.UsageError(_unknown(choices.what, lang))
    return _value(choices, lang)


def _rule(code: str, lang: str) -> str | None:
    """The page of a rule of the lint; None for what is no code of one."""
    if not _LINT.fullmatch(code):
        return None
    from kpieval.linting.rules import rule_of
    from kpieval.reports.linted.page import rendered

    found = rule_of(code)
    return None if found is None else rendered(found, lang)


def _page(code: str, page: Mapping[str, str], lang: str) -> str:
    parts = [phrase("explain.page_title", lang, code=code, title=page.get("title", ""))]
    shown = _PLACE.sub("…", page["message"])
    parts.append(phrase("explain.page_message", lang, message=shown))
    parts.append(page.get("page", "").strip())
    return "\n\n".join(part for part in parts if part) + "\n"


def _unknown(code: str, lang: str) -> str:
    from kpieval.linting.rules import RULES

    known = [*messages.codes("error"), *messages.codes("note"), *(rule.code for rule in RULES)]
    near = get_close_matches(code, known, n=5, cutoff=0.5)
    return phrase("cli.no_code", lang, code=code, near=phrase("list", lang).join(near) or "-")


def _value(choices: Choices, lang: str) -> int:
    from kpieval.constraints import TargetError
    from kpieval.errors import ReadingError
    from kpieval.explaining import value_steps
    from kpieval.parsing import parse_target

    try:
        year, sign, unit = choices.year, choices.sign, choices.unit
        target = parse_target(choices.what, year=year, sign=sign, unit=unit)
    except ReadingError as error:
        refused = TargetError(choices.what, error)
        write_text("".join(line + "\n" for line in value_steps(refused, lang)))
        return 1
    lines = value_steps(target, lang)
    if choices.actual is not None:
        from kpieval.explaining import comparison_steps
        from kpieval.parsing import parse_actual
        from kpieval.verdicts import evaluate

        actual = parse_actual(choices.actual, like=target, year=choices.year)
        lines += comparison_steps(actual, evaluate(target, actual), lang)
    write_text("".join(line + "\n" for line in lines))
    return 0
