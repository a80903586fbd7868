"""Many words as one compact regular expression: common beginnings are written once."""

from __future__ import annotations

import re
from collections.abc import Iterable

_Node = dict[str, "_Node"]
_END = ""


def any_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest that fits.

    >>> any_of(["人", "人次", "人天", "次"])
    '(?:人(?:天|次)?|次)'
    """
    root: _Node = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(char, {})
        node[_END] = {}
    return _pattern(root)


def _pattern(node: _Node) -> str:
    branches = [re.escape(char) + _pattern(node[char]) for char in sorted(node) if char != _END]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if _END not in node:
        return joined
    return f"(?:{joined})?" if len(branches) == 1 else f"{joined}?"
