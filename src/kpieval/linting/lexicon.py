"""The word lists of ``grammar/lint.toml``, which a clerk can read and extend."""

from __future__ import annotations

from functools import cache
from typing import Any

from kpieval.resources import grammar_lists

_FILE = "lint.toml"


@cache
def _lists() -> dict[str, Any]:
    return grammar_lists(_FILE)


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """A list of the file, longest word first.

    >>> "死亡" in words("bad", "events")
    True
    """
    return tuple(sorted(_lists()[section][key], key=lambda word: (-len(word), word)))


def holds(text: str, section: str, key: str) -> bool:
    """Whether one of the words of a list stands in the text."""
    return any(word in text for word in words(section, key))


def ends(text: str, section: str, key: str) -> bool:
    """Whether the text ends in one of the words of a list."""
    return text.endswith(words(section, key))


def category(*levels: str) -> str:
    """The first level in the words of today; "" where none of the texts names one.

    >>> category("产出指标"), category("效果指标"), category("成本指标", "经济成本指标")
    ('产出', '效益', '成本')
    """
    return _named("category", levels)


def kind(*levels: str) -> str:
    """The second level in the words of today.

    >>> kind("进度指标"), kind("生态环境成本指标")
    ('时效', '成本')
    """
    return _named("kind", levels)


def _named(section: str, levels: tuple[str, ...]) -> str:
    for level in levels:
        for name, spellings in _lists()[section].items():
            if any(spelling in level for spelling in spellings):
                return str(name)
    return ""
