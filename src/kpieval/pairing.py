"""Which part of a compound actual belongs to which part of a compound target."""

from __future__ import annotations

from kpieval.actuals import Answered, Changed, Dated, Every, Graded, Measured, Part, Reading, Stated
from kpieval.constraints import (
    By,
    Change,
    During,
    Level,
    NotBefore,
    Single,
    Statement,
    YesNo,
)
from kpieval.meaning import amounts_of

Kind = tuple[object, ...]


def paired(parts: tuple[Single, ...], reading: Reading) -> list[tuple[Single, Part | None]]:
    """Each target part with the actual part of its kind; None where there is none or no telling.

    Parts of one kind pair in order when there are as many of them on both sides; a single actual
    stands for all target parts of its kind.
    """
    found = reading.parts if isinstance(reading, Every) else (reading,)
    kinds = [_kind_of_actual(part) for part in found]
    wanted = [kind_of(part) for part in parts]
    return [
        (part, _partner(wanted, position, list(zip(kinds, found, strict=True))))
        for position, part in enumerate(parts)
    ]


def _partner(wanted: list[Kind], position: int, found: list[tuple[Kind, Reading]]) -> Part | None:
    kind = wanted[position]
    same = [part for other, part in found if other == kind]
    if len(same) == 1:
        return _as_part(same[0])
    if len(same) == wanted.count(kind):
        return _as_part(same[wanted[:position].count(kind)])
    return None


def _as_part(reading: Reading) -> Part:
    assert isinstance(reading, Measured | Dated | Changed | Stated | Graded | Answered)
    return reading


def kind_of(part: Single) -> Kind:
    """What a part of a target is paired by: its dimension, or that it is a day or words."""
    match part:
        case By() | NotBefore() | During():
            return ("date",)
        case Change():
            return ("change", *(amount.unit.dimension for amount in amounts_of(part)[:1]))
        case Level():
            return ("level",)
        case YesNo():
            return ("yes_no",)
        case Statement():
            return ("statement",)
        case _:
            return ("amount", amounts_of(part)[0].unit.dimension)


def _kind_of_actual(part: Reading) -> Kind:
    match part:
        case Dated():
            return ("date",)
        case Changed(size=size):
            return ("change", size.unit.dimension)
        case Graded():
            return ("level",)
        case Answered():
            return ("yes_no",)
        case Measured(unit=unit):
            return ("amount", unit.dimension)
        case Stated():
            return ("statement",)
        case _:
            return ()
