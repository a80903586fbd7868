"""Folding: look-alike characters become the ones the grammar knows, place by place.

The folded text has the length of the source, so that spans found in one hold in the other. There
is no Unicode normalisation: it would turn 2² into 22.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from attrs import frozen

from kpieval.errors import ForbiddenCharacterError, TooLongError
from kpieval.notes import Note
from kpieval.resources import grammar_text
from kpieval.showing import Shown

MAX_TEXT = 1000
MAX_DIGITS = 30

_HIDDEN_CATEGORIES = {"Cf", "Cc", "Co", "Cs", "Cn", "Mn", "Me", "Zl", "Zp"}
# Letters that show nothing: Hangul fillers, the Khmer inherent vowels, the braille blank.
# And what stands for something that is not shown: an object, or a character that was lost.
_HIDDEN_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u17b4\u17b5\u2800\ufffc\ufffd")
_BREAKS = frozenset("\t\n\r\u00a0\u3000\u2002\u2003\u2009\u202f")
# Punctuation that is simply Chinese: changing its width changes no reading.
_UNREMARKABLE = frozenset("，。；：（）／～、“”　")


@frozen(repr=False)
class Folded(Shown):
    """The text as the grammar sees it, and the look-alikes that were mapped."""

    text: str
    notes: tuple[Note, ...]


@cache
def lookalikes() -> tuple[dict[str, str], dict[str, str]]:
    """(single characters, pairs) -> the spelling that the grammar knows.

    >>> lookalikes()[0]["％"], lookalikes()[1][">="]
    ('%', '≥')
    """
    single: dict[str, str] = {}
    pairs: dict[str, str] = {}
    for line in grammar_text("lookalikes.txt").splitlines():
        if not line or line.startswith("#"):
            continue
        known, *spellings = line.split()
        for spelling in spellings:
            (single if len(spelling) == 1 else pairs)[spelling] = known
    for code in range(0xFF01, 0xFF5F):
        single.setdefault(chr(code), chr(code - 0xFEE0))
    return single, pairs


def fold(source: str) -> Folded:
    """Map look-alikes one to one; refuse what cannot be seen, and what is far too long.

    >>> fold("＞＝９０％").text, fold("≧90%").text
    ('≥ 90%', '≥90%')
    """
    _refuse_length(source)
    plain = _unremarkable(source)
    if plain is not None:
        return Folded(plain, ())
    singles, _ = lookalikes()
    mapped: list[str] = []
    remarkable: list[str] = []
    for position, char in enumerate(_paired(source, remarkable)):
        if char in _BREAKS:
            mapped.append(" ")
            continue
        _refuse_hidden(source, position, char)
        target = singles.get(char, char)
        mapped.append(target)
        if target != char and char not in _UNREMARKABLE:
            remarkable.append(f"{char}→{target}")
    text = _refolded(_paired("".join(mapped), remarkable), remarkable)
    if not remarkable:
        return Folded(text, ())
    pairs_text = "、".join(dict.fromkeys(remarkable))
    return Folded(text, (Note.of("fold.lookalike", pairs=pairs_text),))


def _unremarkable(source: str) -> str | None:
    """The text with Chinese punctuation mapped, where nothing else can be; None where it may."""
    only, mapped, punctuation = _plain()
    if only.fullmatch(source) is None or mapped.search(source) is not None:
        return None
    return source.translate(punctuation)


@cache
def _plain() -> tuple[re.Pattern[str], re.Pattern[str], dict[int, str]]:
    """What a plain text is made of, what none has, and how its punctuation is mapped.

    Every pair has one of the signs that none has: an = or a first sign of its own.
    """
    singles, pairs = lookalikes()
    signs = {"=" if "=" in pair else pair[0] for pair in pairs}
    punctuation = {
        ord(sign): " " if sign in _BREAKS else singles.get(sign, sign) for sign in _UNREMARKABLE
    }
    only = re.compile(f"[ -~≥≤{''.join(_UNREMARKABLE)}\u4e00-\u9fa5]*")
    return only, re.compile(f"[{''.join(signs | (singles.keys() - _UNREMARKABLE))}]"), punctuation


def _paired(text: str, remarkable: list[str]) -> str:
    """The text with spellings of two characters mapped: >= and ——."""
    for spelling, known in lookalikes()[1].items():
        if spelling in text:
            text = text.replace(spelling, known.ljust(len(spelling)))
            remarkable.append(f"{spelling}→{known}")
    return text


def _refolded(text: str, remarkable: list[str]) -> str:
    """Signs that only stand together after the first mapping: ＞ ＝ beside a space."""
    for spelling, known in (("> =", "≥  "), ("< =", "≤  ")):
        if spelling in text:
            text = text.replace(spelling, known)
            remarkable.append(f"{spelling}→{known.strip()}")
    return text


def _refuse_length(source: str) -> None:
    if len(source) > MAX_TEXT:
        raise TooLongError(source, (MAX_TEXT, len(source)), limit=MAX_TEXT, length=len(source))
    if len(source) <= MAX_DIGITS:
        return
    run = 0
    for position, char in enumerate(source):
        run = run + 1 if char.isdigit() else run if char in ",，." else 0
        if run > MAX_DIGITS:
            span = (position - MAX_DIGITS, position + 1)
            raise TooLongError(source, span, limit=MAX_DIGITS, length=run)


def _refuse_hidden(source: str, position: int, char: str) -> None:
    if char.isascii() and char.isprintable():
        return
    if char in _HIDDEN_LETTERS or unicodedata.category(char) in _HIDDEN_CATEGORIES:
        name = unicodedata.name(char, "control character")
        raise ForbiddenCharacterError(
            source, (position, position + 1), code=f"U+{ord(char):04X}", name=name
        )
