"""Actuals that are one word: nothing at all, 达成, 是, or the target's own words."""

from __future__ import annotations

from kpieval import wordlists
from kpieval.actuals import Actual, Answered, Attained, Graded, Missing, Stated
from kpieval.constraints import Level, Statement, Target
from kpieval.notes import Note
from kpieval.parsing.folding import fold

TRAILING = " 。."
"""What may stand behind a word."""

_STATED = {"fully": Attained.FULLY, "partly": Attained.PARTLY, "not": Attained.NOT}


def is_blank(text: str) -> bool:
    """Whether a cell holds no actual: nothing, a dash, 无.

    >>> is_blank(" — "), is_blank("0")
    (True, False)
    """
    word = text.strip()
    blanks: str = wordlists.context()["empty"]["blanks"]
    return word.strip(blanks) == "" or word in wordlists.words("empty", "words")


def answer(text: str, word: str, like: Target | None) -> Actual | None:
    """The actual that a folded text is as a whole; None where it must be read."""
    if word in wordlists.words("stated", "not_applicable"):
        return Actual(text, Missing("not_applicable"))
    if is_blank(word):
        return Actual(text, Missing("blank"))
    for key, attained in _STATED.items():
        if word in wordlists.words("stated", key):
            return Actual(text, Stated(word, attained))
    if word in wordlists.words("stated", "done"):
        return Actual(text, Stated(word, done=True))
    if like is not None and _repeats(word, like):
        return Actual(text, _repeated(word, like), (Note.of("actual.repeats_target"),))
    if word in wordlists.words("stated", "yes"):
        return Actual(text, Answered(True))
    if word in wordlists.words("stated", "no"):
        return Actual(text, Answered(False))
    return None


def _repeats(word: str, like: Target) -> bool:
    """Whether the actual is the target's own words, where the target is words."""
    if not isinstance(like.constraint, Statement | Level):
        return False
    return word == fold(like.source).text.strip().rstrip(TRAILING)


def _repeated(word: str, like: Target) -> Stated | Graded:
    if isinstance(like.constraint, Level):
        return Graded(like.constraint.level, like.constraint.scale)
    return Stated(word, Attained.FULLY)
