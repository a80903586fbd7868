"""A change computed from last year's value, where the actual is a level and the target a change."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve

from kpieval import units
from kpieval.actuals import Actual, Changed, Measured
from kpieval.constraints import Change, Direction, Target
from kpieval.intervals import Interval
from kpieval.meaning import amounts_of
from kpieval.notes import Note, merged
from kpieval.units import parse_unit


def against_previous(target: Target, actual: Actual, previous: Actual) -> Actual:
    """The actual as a change from 上年实际值; unchanged unless the target asks for one.

    Both values must be exact and of one dimension; a percentage change needs a positive base.
    """
    new, old = _values(actual), _values(previous)
    constraint = target.constraint
    if not isinstance(constraint, Change) or constraint.basis not in (None, "previous_year"):
        return actual
    if new is None or old is None:
        return actual
    (now, unit), (before, old_unit) = new, old
    wanted = amounts_of(constraint)[0].unit
    if not units.comparable(unit, old_unit):
        return actual
    size = _size(now - before, before, unit, wanted)
    if size is None:
        return actual
    direction = Direction.INCREASE if now >= before else Direction.DECREASE
    note = Note.of("change.from_previous", previous=previous.source, actual=actual.source)
    reading = Changed(direction, "previous_year", size)
    return evolve(actual, reading=reading, notes=merged(actual.notes, (note,)))


def _values(actual: Actual) -> tuple[Fraction, units.Unit] | None:
    reading = actual.reading
    if not isinstance(reading, Measured) or reading.about or not reading.interval.is_point:
        return None
    assert reading.interval.lower is not None  # a point has both ends
    return reading.interval.lower.value, reading.unit


def _size(
    difference: Fraction, before: Fraction, unit: units.Unit, wanted: units.Unit
) -> Measured | None:
    percent = parse_unit("%")
    if units.comparable(wanted, percent) and not units.comparable(unit, percent):
        if before <= 0:
            return None
        share = abs(difference) / before * 100 * percent.scale
        return Measured(Interval.point(share), percent)
    points = parse_unit("百分点")
    if units.comparable(wanted, points) and units.comparable(unit, percent):
        apart = abs(difference) / percent.scale * points.scale
        return Measured(Interval.point(apart), points)
    if units.comparable(wanted, unit):
        return Measured(Interval.point(abs(difference)), unit)
    return None
