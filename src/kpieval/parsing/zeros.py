"""Zero said in words: 零投诉 says nothing of accidents."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from kpieval import wordlists
from kpieval.constraints import Target
from kpieval.errors import UnattainedError
from kpieval.notes import Note
from kpieval.parsing.folding import fold
from kpieval.parsing.tries import any_of

IN_WORDS = "zero.words"
"""The note of a zero that is said in words."""


def refuse_other(source: str, notes: Iterable[Note], like: Target | None, name: str = "") -> None:
    """Refuse an actual that says in words that none occurred of another thing than its target.

    An actual may leave words of the target or the row's name out: 无事故 is more than 无安全事故.

    >>> from kpieval.parsing import parse_actual, parse_target
    >>> parse_actual("未发生事故", like=parse_target("零事故")).reading.interval.is_point
    True
    >>> parse_actual("零投诉", like=parse_target("零事故"))
    Traceback (most recent call last):
    kpieval.errors.UnattainedError: ...
    """
    if like is None or not is_in_words(like.notes) or not is_in_words(notes):
        return
    said, wanted = _named(fold(source).text), [_named(fold(like.source).text), _named(name)]
    if said and any(wanted) and not any(said in text for text in wanted):
        raise UnattainedError(source, (0, len(source)))


def is_in_words(notes: Iterable[Note]) -> bool:
    """Whether a zero was said in words."""
    return any(note.code == IN_WORDS for note in notes)


def _named(text: str) -> str:
    """What there is none of."""
    return _nothing().sub("", text)


@cache
def _nothing() -> re.Pattern[str]:
    carrying = {*wordlists.words("zero", "nothing"), *wordlists.spellings("FILLER")}
    return re.compile(rf"{any_of(carrying)}|[\s,;。、.()0]")
