"""The page of the types: what a target can say, one constraint type after the other."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

from kpidocs import examples, markdown, saying
from kpidocs.examples import ExampleError, Shown
from kpieval.constraints import Constraint
from kpieval.parsing import parse_target


@cache
def _examples() -> dict[str, dict[str, Any]]:
    """The examples of types and numbers."""
    text = (Path(__file__).parent / "words" / "examples.toml").read_text("utf-8")
    return tomllib.loads(text)


def names() -> list[str]:
    """The names of all constraint types, in the order of their union.

    >>> names()[0], names()[-1]
    ('AtLeast', 'AllOf')
    """
    return [kind.__name__ for kind in get_args(Constraint)]


def page(lang: str) -> str:
    """The page."""
    return markdown.joined(_blocks(lang))


def _blocks(lang: str) -> Iterator[str]:
    yield markdown.heading(1, saying.word("types.title", lang), f"{lang}-types")
    yield saying.word("types.about", lang)
    for name in names():
        yield markdown.heading(2, saying.word(f"type.{name}", lang), f"{lang}-type-{name.lower()}")
        yield saying.word("types.name", lang, name=name)
        yield saying.word(f"type_about.{name}", lang)
        yield examples.table([_typed(name, text, lang) for text in _examples()["type"][name]], lang)
    yield markdown.heading(2, saying.word("numbers.title", lang), f"{lang}-numbers")
    yield saying.word("numbers.about", lang)
    yield examples.table([_number(*pair, lang) for pair in _examples()["number"].items()], lang)


def _typed(name: str, text: str, lang: str) -> Shown:
    read = type(parse_target(text, year=examples.YEAR).constraint).__name__
    if read != name:
        raise ExampleError(f"{text!r} is read as {read}, not as {name}")
    return examples.target(text, lang, prose=name == "Statement")


def _number(text: str, wanted: str, lang: str) -> Shown:
    shown = examples.target(text, lang)
    if shown.reading != wanted:
        raise ExampleError(f"{text!r} is read as {shown.reading!r}, not as {wanted!r}")
    return shown
