"""The page of the look-alikes: characters that are read as the one that the grammar knows."""

from __future__ import annotations

from collections.abc import Iterator

from kpidocs import examples, markdown, saying
from kpidocs.examples import ExampleError
from kpieval.parsing.folding import fold

FILE = "lookalikes.txt"

SHOWN = ("＞＝９０％", "≦10萬元", "２０２４年１２月底前", "≧1，200人次", "＜5億圓")
"""Whole values with look-alikes in them."""


def entries(text: str) -> dict[str, list[str]]:
    """The spelling that the grammar knows, with those that are read as it.

    >>> entries("# x\\n% ﹪ ٪")
    {'%': ['﹪', '٪']}
    """
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            known, *others = line.split()
            found.setdefault(known, []).extend(it for it in others if it not in found[known])
    return found


def page(text: str, lang: str) -> str:
    """The page, from the text of the file."""
    return markdown.joined(_blocks(text, lang))


def _blocks(text: str, lang: str) -> Iterator[str]:
    yield markdown.heading(1, saying.word("lookalikes.title", lang), f"{lang}-lookalikes")
    yield saying.word("lookalikes.about", lang)
    yield examples.table([examples.target(value, lang) for value in SHOWN], lang)
    heads = [saying.word(f"lookalikes.{head}", lang) for head in ("known", "others")]
    yield markdown.table(heads, (_row(*entry) for entry in entries(text).items()))


def _row(known: str, others: list[str]) -> list[str]:
    for other in others:
        if fold(other).text.strip() != known:
            raise ExampleError(f"{FILE}: {other} is read as {fold(other).text!r}, not {known!r}")
    return [markdown.code(known), markdown.codes(others)]
