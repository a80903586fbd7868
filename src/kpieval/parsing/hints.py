"""A sign or a unit that stands alone: in a column of its own, in a header, in brackets."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from kpieval import wordlists
from kpieval.errors import ReadingError
from kpieval.parsing.folding import MAX_TEXT, fold

if TYPE_CHECKING:
    from kpieval.parsing.rules import Hint

KEPT = 4096
"""Names, and signs or units on their own, whose sense is kept: tables repeat them in every row."""


def hint_of(text: str) -> Hint | None:
    """What a sign or unit on its own says; None when it says nothing that is known.

    >>> hint_of("万元").factor
    10000
    """
    return None if len(text) > MAX_TEXT else _hint_of(text)


@lru_cache(maxsize=KEPT)
def _hint_of(text: str) -> Hint | None:
    # Here and not above: a table without such a text is read without the parser.
    from lark.exceptions import LarkError

    from kpieval.parsing.language import parser
    from kpieval.parsing.rules import Hint

    try:
        read = parser().parse(fold(text).text.strip(), start="hint")
    except (LarkError, ReadingError):
        return None
    return read if isinstance(read, Hint) else None


def loosely_spelled(written: str) -> str:
    """The unit that a loose spelling of a unit column stands for (人/次 for 人次)."""
    loose: dict[str, str] = wordlists.context()["columns"]["loose"]
    return loose.get(written, written)
