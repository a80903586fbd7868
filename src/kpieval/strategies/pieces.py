"""A text from its pieces: put together so that each piece is read as itself, then disguised.

A piece is one token of the grammar, or several that nothing can part. Two pieces may not stand
together where their letters make a longer word (增长 and 至少 begin as 增长至): a person would not
write so either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum
from functools import cache
from typing import TypeVar, assert_never

from attrs import frozen
from hypothesis import strategies as st

from kpieval import units, wordlists
from kpieval.parsing.folding import lookalikes

T = TypeVar("T")

LONGEST = 12
"""More characters than any word of the lists needs, to look for longer words at a place."""

_SCALES = tuple("十百千万亿")


class Role(Enum):
    """What a piece is, and so which longer words it could be taken for."""

    WORD = "word"
    FIGURES = "figures"
    UNIT = "unit"
    WHOLE = "whole"
    """Read as one whatever follows: a date."""


@frozen
class Piece:
    """A piece of text; ``guard`` says which neighbours it needs or refuses."""

    text: str
    role: Role = Role.WHOLE
    guard: str = ""


Pieces = tuple[Piece, ...]


def pick(draw: st.DrawFn, found: Sequence[T]) -> T:
    """One of several; the first is the simplest."""
    return draw(st.sampled_from(found)) if len(found) > 1 else found[0]


def word(draw: st.DrawFn, *terminals: str) -> Piece:
    """One of the words of the terminals; the sign (≥) as often as many words together."""
    found = words(*terminals)
    return found[0] if not draw(st.integers(0, 3)) else pick(draw, found)


def otherwise(draw: st.DrawFn) -> bool:
    """Whether to write it otherwise than the simplest way."""
    return draw(st.booleans())


@cache
def words(*terminals: str) -> tuple[Piece, ...]:
    """Every spelling of the terminals as a piece, the shortest first.

    >>> words("_AT_LEAST")[0].text, words("_OR_LESS")[0].text
    ('≥', '内')
    """
    found = [
        Piece(word, Role.WORD, guard)
        for terminal in terminals
        for word, guard in (
            *((word, "") for word in wordlists.spellings(terminal)),
            *wordlists.guarded(terminal),
        )
    ]
    return tuple(sorted(found, key=lambda piece: len(piece.text)))


@cache
def _wordings() -> frozenset[str]:
    spelled = {word for name in wordlists.terminals() for word in wordlists.spellings(name)}
    return frozenset(spelled | set(wordlists.words("beside", "idioms")))


@cache
def _units() -> frozenset[str]:
    return frozenset(units.words()) | wordlists.words("beside", "not_units")


def text_of(pieces: Iterable[Piece], blank: str = "") -> str:
    """The pieces as one text; a blank never stands beside a piece with a guard."""
    text, last = "", None
    for piece in pieces:
        apart = last is not None and not last.guard and not piece.guard
        text += (blank if apart else "") + piece.text
        last = piece
    return text


def is_clear(pieces: Pieces) -> bool:
    """Whether each piece can be read as itself where it stands.

    >>> is_clear((Piece("增长", Role.WORD), Piece("至少", Role.WORD)))
    False
    """
    text, start = text_of(pieces), 0
    for piece in pieces:
        end = start + len(piece.text)
        if not _stands(piece, text, start, end):
            return False
        start = end
    return True


def _stands(piece: Piece, text: str, start: int, end: int) -> bool:
    if piece.guard and not re.compile(piece.guard).match(text, start):
        return False
    match piece.role:
        case Role.WORD if piece.text in (",", ".") and text[start - 1].isdigit():
            # After a figure it would part thousands, or begin decimal places.
            return piece.text == "," and not text[end : end + 1].isdigit()
        case Role.WORD:
            return not _runs_on(text, start, end, _wordings())
        case Role.UNIT:
            return not _runs_on(text, start, end, _units())
        case Role.FIGURES if piece.text[-1] in _SCALES and text[end : end + 1] in _SCALES:
            return False
        case Role.FIGURES if _runs_on(text, start, end, wordlists.words("beside", "idioms")):
            return False
        case Role.FIGURES:
            return not any(_runs_on(text, at, end, _units()) for at in range(start, end))
        case Role.WHOLE:
            return True
        case _:
            assert_never(piece.role)


def _runs_on(text: str, start: int, end: int, known: frozenset[str]) -> bool:
    """Whether a word of the list begins at a place and ends behind the piece."""
    longest = min(len(text), start + LONGEST)
    return any(text[start:stop] in known for stop in range(end + 1, longest + 1))


def written(draw: st.DrawFn, pieces: Pieces) -> str:
    """A text of the pieces: as they are, with blanks between them, or with look-alikes."""
    # Among other parts, 五 人 with a blank would be two words that count nothing.
    parts = any(piece.text == ";" for piece in pieces)
    said = any(piece.role is Role.FIGURES and not piece.text.isascii() for piece in pieces)
    text = text_of(pieces, pick(draw, ("",) if parts and said else ("", " ", "\u3000", "\t")))
    mapped: set[str] = set()
    for known, other in draw(st.lists(st.sampled_from(disguises(text)), max_size=2)):
        # What the first put in is no longer what the grammar knows.
        text = text if known in mapped else text.replace(known, other)
        mapped |= {*other}
    return text


@cache
def _by_known() -> dict[str, tuple[str, ...]]:
    """The look-alikes of each character that the grammar knows."""
    found: dict[str, list[str]] = {}
    for table in lookalikes():
        for other, known in table.items():
            found.setdefault(known, []).append(other)
    return {known: tuple(others) for known, others in found.items()}


def disguises(text: str) -> list[tuple[str, str]]:
    """What may be replaced in a text, sign by sign.

    >>> ("≥", "≧") in disguises("≥3"), ("≥", ">=") in disguises("≥3")
    (True, True)
    """
    found = [
        (known, other)
        for known in dict.fromkeys(text)
        for other in _by_known().get(known, ())
        # Two characters for one: not where the one is doubled already (~~).
        if len(other) == 1 or known * 2 not in text
    ]
    return found or [("", "")]
