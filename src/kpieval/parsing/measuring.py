"""From what was read to what was measured: the interval that an actual's text leaves open."""

from __future__ import annotations

from typing import assert_never

from kpieval import meaning
from kpieval.actuals import Answered, Changed, Dated, Every, Graded, Measured, Part, Reading, Stated
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Change,
    Constraint,
    During,
    Equal,
    LessThan,
    Level,
    MoreThan,
    NotBefore,
    Single,
    Size,
    Statement,
    YesNo,
)
from kpieval.intervals import Interval


def reading_of(constraint: Constraint) -> Reading:
    """The actual that a text says which, as a target, would be this constraint.

    >>> from kpieval.amounts import money
    >>> reading_of(Bare(money(5))).interval.is_point
    True
    """
    if isinstance(constraint, AllOf):
        return Every(tuple(_part(part) for part in constraint.parts))
    return _part(constraint)


def _part(constraint: Single) -> Part:
    match constraint:
        case By() | NotBefore() | During():
            return Dated(meaning.days(constraint))
        case Change(direction=direction, basis=basis, constraint=size):
            return Changed(direction, basis, _measured(size))
        case Level(level=word, scale=scale):
            return Graded(word, scale)
        case YesNo(value=value):
            return Answered(value)
        case Statement(text=text):
            return Stated(text)
        case _:
            return _measured(constraint)


def _measured(size: Size) -> Measured:
    match size:
        case Bare(value=value):
            return Measured(Interval.point(value.base), value.unit)
        case About(value=value):
            return Measured(Interval.point(value.base), value.unit, about=True)
        case AtLeast() | MoreThan() | AtMost() | LessThan() | Equal() | Between():
            return Measured(meaning.numbers(size), meaning.unit(size))
        case _:
            assert_never(size)
