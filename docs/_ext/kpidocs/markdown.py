"""Small pieces of Markdown, with everything escaped that Markdown would take for its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_OWN = re.compile(r"([\\`*_\[\]<>{}#|$~])")
_CODE = re.compile(r"(`[^`]+`)")


def escaped(text: str) -> str:
    r"""Text that shows as it is.

    >>> print(escaped("2*3 <b> [x]"))
    2\*3 \<b\> \[x\]
    """
    return _OWN.sub(r"\\\1", text)


def prose(text: str) -> str:
    r"""Text in which only pieces between backticks are Markdown.

    >>> print(prose("`a|b*` and *"))
    `a|b*` and \*
    """
    pieces = _CODE.split(text)
    return "".join(piece if at % 2 else escaped(piece) for at, piece in enumerate(pieces))


def code(text: str) -> str:
    """Text as code, fenced by more backticks than it holds.

    >>> code("≥90%"), code("a`b")
    ('`≥90%`', '`` a`b ``')
    """
    if not text:
        return ""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest or text[0] == " " else f"{fence}{text}{fence}"


def codes(texts: Iterable[str]) -> str:
    """Several texts as code, set apart by spaces."""
    return " ".join(code(text) for text in texts)


def heading(level: int, title: str, anchor: str = "") -> str:
    """A heading, with a name by which links find it whatever its words are."""
    named = f"({anchor})=\n" if anchor else ""
    return f"{named}{'#' * level} {title}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    r"""A table of cells that are Markdown already; only what would end a cell is escaped.

    >>> print(table(["a", "b"], [["`x|y`", "2"]]))
    | a | b |
    |---|---|
    | `x\|y` | 2 |
    """
    lines = [_row(heads), "|" + "---|" * len(heads), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    inside = (re.sub(r"(?<!\\)\|", r"\\|", " ".join(cell.split())) for cell in cells)
    return f"| {' | '.join(inside)} |"


def fenced(text: str, kind: str = "text") -> str:
    """A block of code."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    fence = "`" * (longest + 1)
    return f"{fence}{kind}\n{text.rstrip()}\n{fence}"


def joined(blocks: Iterable[str]) -> str:
    """Blocks set apart by empty lines; empty ones are left out."""
    return "\n\n".join(block.strip("\n") for block in blocks if block.strip()) + "\n"
