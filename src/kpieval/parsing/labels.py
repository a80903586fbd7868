"""Which part of an actual belongs to which named part of its target: 农村85%，城市95%."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import evolve

from kpieval.actuals import Dated, Every, Measured, Reading
from kpieval.constraints import AllOf, Target
from kpieval.errors import UnpairedActualError
from kpieval.notes import Note
from kpieval.pairing import kind_of, paired


def in_order(source: str, reading: Reading, notes: Iterable[Note], like: Target | None) -> Reading:
    """The reading with its parts in the order of the target's names.

    Raises UnpairedActualError where names on both sides do not fit, or where one part would stand
    for several that are named. Parts without names are taken in their order, as many as they are.

    >>> from kpieval.parsing import parse_actual, parse_target
    >>> target = parse_target("城市≥90%，农村≥80%")
    >>> found = parse_actual("农村85%，城市95%", like=target)
    >>> [part.interval.lower.value for part in found.reading.parts]
    [Fraction(95, 1), Fraction(85, 1)]
    """
    if like is None or not isinstance(like.constraint, AllOf):
        return reading
    wanted = _named(like.notes)
    if len(wanted) != len(like.constraint.parts) or not isinstance(
        reading, Every | Measured | Dated
    ):
        return reading
    parts = reading.parts if isinstance(reading, Every) else (reading,)
    said = _named(notes)
    places = [_place(name, wanted) for name in said]
    if len(said) == len(parts) == len(wanted) and set(places) == set(range(len(wanted))):
        assert isinstance(reading, Every)  # no target of several parts has fewer names
        return evolve(reading, parts=tuple(parts[places.index(at)] for at in range(len(wanted))))
    taken = [found for _, found in paired(like.constraint.parts, reading) if found is not None]
    of_one_kind = len(set(map(kind_of, like.constraint.parts))) < len(wanted)
    astray = any(
        place != at and (place is not None or of_one_kind) for at, place in enumerate(places)
    )
    if astray or len(taken) > len({id(found) for found in taken}):
        raise UnpairedActualError(source, names="、".join(wanted))
    return reading


def _named(notes: Iterable[Note]) -> list[str]:
    """The names before the parts, in their order."""
    return [dict(note.params)["words"] for note in notes if note.code == "reading.subject"]


def _place(name: str, wanted: list[str]) -> int | None:
    """Which of the names it is, or the only one that holds it or is held by it."""
    if name in wanted:
        return wanted.index(name)
    like = [at for at, other in enumerate(wanted) if name in other or other in name]
    return like[0] if len(like) == 1 else None
