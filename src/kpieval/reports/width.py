"""How wide text is on a terminal, and how it is cut, filled and wrapped to a width.

East Asian characters take two columns. Characters whose width a terminal decides (``…``, ``·``)
count as one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import accumulate

ELLIPSIS = "…"

_OPENING = "([{（〔【《「『“‘"
_CLOSING = ")]}）〕】》」』”’，。；：、！？,.;:!?%％"
_TOKEN = re.compile(
    rf"[{re.escape(_OPENING)}]*(?:[!-~–]+|[^\s])[{re.escape(_CLOSING)}]*|\s+", re.ASCII
)


@cache
def _columns(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def display_width(text: str) -> int:
    """The columns that a text takes.

    >>> display_width("≤2.7万元")
    8
    """
    return sum(map(_columns, text))


def pad(text: str, width: int, *, right: bool = False) -> str:
    """The text filled with blanks to a width; ``right`` puts the blanks first."""
    blanks = " " * (width - display_width(text))
    return blanks + text if right else text + blanks


def cut(text: str, width: int) -> str:
    """The text, its end replaced by ``…`` when it is wider than ``width``.

    >>> cut("补助资金发放合规率", 9)
    '补助资金…'
    """
    if display_width(text) <= width:
        return text
    return _head(text, width - 1) + ELLIPSIS


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most ``width``; punctuation stays with its word.

    >>> wrap("实际 26500元，达标。", 9)
    ['实际', '26500元，', '达标。']
    """
    lines = [""]
    for token in _TOKEN.findall(text):
        while display_width(lines[-1]) + display_width(token.rstrip()) > width:
            if lines[-1].strip():
                lines[-1] = lines[-1].rstrip()
                lines.append("")
                token = token.lstrip()
            else:
                head = _head(token, width) or token[:1]
                lines[-1], token = head, token[len(head) :]
                lines.append("")
        lines[-1] += token if lines[-1] else token.lstrip()
    return [line.rstrip() for line in lines if line.strip()] or [""]


def _head(text: str, width: int) -> str:
    """As much of the text's beginning as fits."""
    ends = accumulate(map(_columns, text))
    return "".join(char for char, end in zip(text, ends, strict=True) if end <= width)
