"""The word lists of ``grammar/context.toml`` and the spellings of ``grammar/wording.lark``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from kpieval.resources import grammar_text

_TERMINAL = re.compile(r"^(_?[A-Z_]+)(?:\.\d+)?:(.*(?:\n[ \t]+\|.*)*)", re.MULTILINE)
_LITERAL = re.compile(r'"([^"]+)"')
# A word that only certain neighbours make: /内(?![容部])/.
_GUARDED = re.compile(r"/(\w+)(\(\?[=!][^/]*\))/")


@cache
def context() -> dict[str, Any]:
    """The whole of ``context.toml``."""
    return tomllib.loads(grammar_text("context.toml"))


@cache
def words(section: str, key: str) -> frozenset[str]:
    """A list of ``context.toml`` as a set.

    >>> "达成" in words("stated", "fully")
    True
    """
    return frozenset(context()[section][key])


def contains_any(text: str, section: str, key: str) -> bool:
    """Whether one of the words of a list stands in the text."""
    return any(word in text for word in words(section, key))


@cache
def spellings(terminal: str) -> tuple[str, ...]:
    """All spellings of a terminal of ``wording.lark``, longest first.

    >>> "不低于" in spellings("_AT_LEAST")
    True
    """
    return _all_spellings()[terminal]


@cache
def guarded(terminal: str) -> tuple[tuple[str, str], ...]:
    """The words of a terminal that depend on what follows, each with its regular expression.

    >>> guarded("_REACH")
    (('达', '达(?!标)'),)
    """
    body = _LITERAL.sub("", _bodies()[terminal])
    return tuple((word, word + guard) for word, guard in _GUARDED.findall(body))


def terminals() -> tuple[str, ...]:
    """The names of all terminals of ``wording.lark``."""
    return tuple(_all_spellings())


@cache
def _all_spellings() -> dict[str, tuple[str, ...]]:
    return {
        name: tuple(sorted(_LITERAL.findall(body), key=lambda word: (-len(word), word)))
        for name, body in _bodies().items()
    }


@cache
def _bodies() -> dict[str, str]:
    return dict(_TERMINAL.findall(grammar_text("wording.lark")))


@cache
def scales() -> tuple[tuple[str, ...], ...]:
    """The known scales, each best first."""
    return tuple(tuple(scale) for scale in context()["level"]["scales"])


def scale_of(word: str) -> tuple[str, ...]:
    """The first scale that holds the word; empty if none does."""
    return next((scale for scale in scales() if word in scale), ())


def same_level(word: str) -> str:
    """The word that stands for a level in all its spellings (优秀 is 优)."""
    same: dict[str, str] = context()["level"]["same"]
    return same.get(word, word)
