"""The page of the command line: the help of every verb, as it prints it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

from kpidocs import markdown, saying
from kpieval.cli import main
from kpieval.cli.app import Verbs


def verbs(lang: str) -> list[str]:
    """The names of all verbs."""
    group = Verbs(name="kpieval", lang=lang)
    return group.list_commands(None)  # type: ignore[arg-type]  # the list asks nothing of it


def help_of(lang: str, *verb: str) -> str:
    """What ``kpieval VERB --help`` prints."""
    raw = io.BytesIO()
    printed = io.TextIOWrapper(raw, encoding="utf-8", write_through=True)
    with contextlib.redirect_stdout(printed):
        code = main([*verb, "--help", "--lang", lang])
    if code:
        raise RuntimeError(f"kpieval {' '.join(verb)} --help gives {code}")
    return raw.getvalue().decode("utf-8")


def page(lang: str) -> str:
    """The page."""
    return markdown.joined(_blocks(lang))


def _blocks(lang: str) -> Iterator[str]:
    yield markdown.heading(1, saying.word("commands.title", lang), f"{lang}-commands")
    yield saying.word("commands.about", lang)
    yield markdown.fenced(help_of(lang))
    for verb in verbs(lang):
        yield markdown.heading(2, f"`kpieval {verb}`", f"{lang}-command-{verb}")
        yield markdown.fenced(help_of(lang, verb))
