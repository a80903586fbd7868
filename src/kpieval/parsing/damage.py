"""Damage by character recognition: detected and a repair proposed, never repaired unasked."""

from __future__ import annotations

import re
from collections.abc import Callable

from attrs import evolve

from kpieval import wordlists
from kpieval.constraints import AtLeast, Bare, Constraint, Target
from kpieval.errors import OcrDamageError, ReadingError
from kpieval.notes import Note, merged
from kpieval.units import parse_unit

Read = Callable[[str], Target]

_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}[ ]*年")


def proposal(text: str, read: Read) -> Target | None:
    """The reading of the text with its first character taken for a damaged ≥, if it has one."""
    stripped = text.strip()
    if _YEAR.match(stripped):
        return None
    for sign in wordlists.context()["ocr"]["for_at_least"]:
        if stripped.startswith(sign) and len(stripped) > len(sign):
            try:
                target = read(f"≥{stripped.removeprefix(sign)}")
            except ReadingError:
                continue
            if isinstance(target.constraint, AtLeast):
                return target
    return None


def explained(text: str, error: ReadingError, read: Read, *, repair: bool) -> Target:
    """The repaired target when asked for; else an error that proposes the repair, or the first."""
    target = proposal(text, read)
    if target is None:
        raise error
    if not repair:
        raise OcrDamageError(text, proposal=target.canonical) from None
    return _repaired(text, target)


def suspected(target: Target, read: Read, *, repair: bool) -> Target:
    """A bare percentage above 100 % may be a damaged ≥: noted, or repaired when asked for."""
    if not _is_over_whole(target.constraint):
        return target
    guess = proposal(target.source, read)
    if guess is None or not isinstance(guess.constraint, AtLeast):
        return target
    if guess.constraint.value.value > 100:
        return target
    if repair:
        return _repaired(target.source, guess)
    note = Note.of("ocr.suspected", proposal=guess.canonical)
    return evolve(target, notes=merged(target.notes, (note,)))


def _is_over_whole(constraint: Constraint) -> bool:
    if not isinstance(constraint, Bare):
        return False
    return constraint.value.unit == parse_unit("%") and constraint.value.value > 100


def _repaired(text: str, target: Target) -> Target:
    note = Note.of("ocr.repaired", source=text, repaired=target.canonical)
    return evolve(target, source=text, notes=merged((note,), target.notes))
