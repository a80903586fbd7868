"""Comparing intervals: numbers with numbers, days with days, changes with changes."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from attrs import evolve

from kpieval import exact, meaning, units, wordlists
from kpieval.actuals import Changed, Measured
from kpieval.constraints import By, Change
from kpieval.intervals import Bound, Interval
from kpieval.meaning import Dates, Decided
from kpieval.notes import Note, merged
from kpieval.outcomes import Met, Undetermined, Unmet, Verdict
from kpieval.policies import Policy
from kpieval.rendering import counted
from kpieval.resolving import RowContext
from kpieval.units import NO_UNIT, Unit, parse_unit, scaled_name


def compare_numbers(
    constraint: Decided,
    measured: Measured,
    context: RowContext | None = None,
    policy: Policy | None = None,
) -> Verdict:
    """Containment of intervals, once both stand in one dimension; else Undetermined."""
    return compare_aligned(align(constraint, measured, context, policy))


def compare_aligned(aligned: Aligned | Undetermined) -> Verdict:
    """The verdict on what :func:`align` gave."""
    if isinstance(aligned, Undetermined):
        return aligned
    allowed, actual, unit, notes = aligned
    if allowed.contains(actual):
        return Met(_margin(allowed, actual, unit), notes)
    if not allowed.meets(actual):
        return Unmet(_gap(allowed, actual, unit), notes)
    return Undetermined(Note.of("actual.spans_bound"), notes)


Aligned = tuple[Interval[Fraction], Interval[Fraction], Unit, tuple[Note, ...]]


def align(
    constraint: Decided,
    measured: Measured,
    context: RowContext | None = None,
    policy: Policy | None = None,
) -> Aligned | Undetermined:
    """Target and actual as intervals of one dimension, the unit to speak in, and the notes."""
    allowed, wanted = meaning.numbers(constraint), meaning.unit(constraint)
    notes: tuple[Note, ...] = ()
    actual = measured.interval
    if measured.about:
        if policy is None:
            return Undetermined(Note.of("about.open"))
        actual = widened(actual, policy.about_tolerance)
        percent = exact.text(policy.about_tolerance * 100)
        notes = (Note.of("actual.about_width", percent=percent),)
    if units.comparable(wanted, measured.unit):
        if wanted.name in wordlists.words("ranks", "units") and not _is_at_bound(allowed, actual):
            return Undetermined(Note.of("rank.order", unit=wanted.name), notes)
        return allowed, actual, wanted, notes
    percent_unit = parse_unit("%")
    is_rate = context is not None and context.is_rate
    if wanted == NO_UNIT:
        return _unitless_target(allowed, actual, measured, is_rate, notes)
    if measured.unit == NO_UNIT and units.comparable(wanted, percent_unit):
        return Undetermined(Note.of("actual.share_or_percent"), notes)
    if measured.unit == NO_UNIT:
        return Undetermined(Note.of("actual.no_unit", unit=wanted.name), notes)
    reason = Note.of("unit.not_comparable", target=wanted.name, actual=measured.unit.name)
    return Undetermined(reason, notes)


def _unitless_target(
    allowed: Interval[Fraction],
    actual: Interval[Fraction],
    measured: Measured,
    is_rate: bool,
    notes: tuple[Note, ...],
) -> Aligned | Undetermined:
    """A target without a unit takes the actual's; a fraction meets a % only in a rate row."""
    percent, unit = parse_unit("%"), measured.unit
    ends = [bound.value for bound in (allowed.lower, allowed.upper) if bound is not None]
    is_fraction = all(abs(end) <= 1 for end in ends)
    if not (units.comparable(unit, percent) and is_fraction):
        note = Note.of("unit.from_actual", unit=scaled_name(measured.factor, unit))
        lifted = scaled(allowed, unit.scale * measured.factor)
        plain = scaled(allowed, Fraction(unit.scale))
        if _is_near(plain, actual) and _place(lifted, actual) != _place(plain, actual):
            # ≥200 against 0.03万人: 200人, or 200万人? But ≤50 against 49万元 is 50万元.
            name = scaled_name(measured.factor, unit)
            return Undetermined(Note.of("unit.scale_open", scaled=name, plain=unit.name), notes)
        return lifted, actual, unit, merged(notes, (note,))
    if is_rate:
        note = Note.of("unit.fraction_as_percent")
        return scaled(allowed, 100 * percent.scale), actual, percent, merged(notes, (note,))
    return Undetermined(Note.of("unit.fraction_or_percent"), notes)


def _is_at_bound(allowed: Interval[Fraction], actual: Interval[Fraction]) -> bool:
    """Whether the actual is exactly a bound that is included, which meets it in either order."""
    ends = [bound for bound in (allowed.lower, allowed.upper) if bound is not None and bound.closed]
    return actual.is_point and actual.lower in ends


def _is_near(allowed: Interval[Fraction], actual: Interval[Fraction]) -> bool:
    """Whether the actual is within ten times a bound, so that the two can be of one unit."""
    values = [bound.value for bound in (actual.lower, actual.upper) if bound is not None]
    bounds = [bound.value for bound in (allowed.lower, allowed.upper) if bound is not None]
    return any(meaning.is_near(value, bound) for value in values for bound in bounds)


def _place(allowed: Interval[Fraction], actual: Interval[Fraction]) -> tuple[bool, bool, bool]:
    """Whether it lies inside, touches, or lies below: how a target is missed decides the points."""
    meets = allowed.meets(actual)
    return allowed.contains(actual), meets, not meets and _is_below(allowed, actual)


def _is_below(allowed: Interval[Fraction], actual: Interval[Fraction]) -> bool:
    """Whether an actual that lies outside lies below."""
    return not allowed.meets(Interval(None, actual.upper))


def compare_dates(constraint: Dates, actual: Interval[dt.date]) -> Verdict:
    """Days against a deadline, an earliest day or a period."""
    allowed = meaning.days(constraint)
    if isinstance(constraint, By) and constraint.from_ is not None:
        last = actual.upper
        if last is not None and last.value < constraint.from_:
            return Met()
        if not allowed.meets(actual):
            return Unmet()
        return Undetermined(
            Note.of("date.inside_period", start=constraint.from_, end=constraint.date)
        )
    if allowed.contains(actual):
        return Met()
    if not allowed.meets(actual):
        return Unmet(_days_late(allowed, actual))
    return Undetermined(Note.of("date.spans_bound"))


def _days_late(allowed: Interval[dt.date], actual: Interval[dt.date]) -> str:
    """How many days what lies outside is too late, or too early."""
    if allowed.upper is not None and actual.lower is not None:
        days = (actual.lower.value - allowed.upper.value).days
        if days > 0:
            return f"{days}天"
    assert allowed.lower is not None and actual.upper is not None  # not after it: before it
    return f"{(allowed.lower.value - actual.upper.value).days}天"


def compare_change(
    constraint: Change,
    changed: Changed,
    context: RowContext | None = None,
    policy: Policy | None = None,
) -> Verdict:
    """A change against a change: the direction first, then the sizes."""
    size = constraint.constraint
    assert isinstance(size, Decided)  # resolving left nothing open
    if constraint.basis and changed.basis and constraint.basis != changed.basis:
        return Undetermined(
            Note.of("change.other_basis", target=constraint.basis, actual=changed.basis)
        )
    wanted = meaning.unit(size)
    if wanted != NO_UNIT and not units.comparable(wanted, changed.size.unit):
        return compare_numbers(size, changed.size, context, policy)
    if is_opposite(constraint, changed):
        return Unmet(notes=(Note.of("change.opposite"),))
    return compare_numbers(size, changed.size, context, policy)


def is_opposite(constraint: Change, changed: Changed) -> bool:
    """Whether something grew that should have fallen, or the other way round."""
    return constraint.direction is not changed.direction and not is_still(changed)


def is_still(changed: Changed) -> bool:
    """Whether nothing changed: a change of size 0 has any direction."""
    interval = changed.size.interval
    return interval.is_point and interval.lower is not None and interval.lower.value == 0


def widened(interval: Interval[Fraction], tolerance: Fraction) -> Interval[Fraction]:
    """A point as the interval that 约 leaves around it."""
    lower = interval.lower and Bound(
        interval.lower.value - abs(interval.lower.value) * tolerance, interval.lower.closed
    )
    upper = interval.upper and Bound(
        interval.upper.value + abs(interval.upper.value) * tolerance, interval.upper.closed
    )
    return Interval(lower, upper)


def scaled(interval: Interval[Fraction], factor: Fraction) -> Interval[Fraction]:
    """The interval with both ends multiplied by a positive factor."""
    lower = interval.lower and evolve(interval.lower, value=interval.lower.value * factor)
    upper = interval.upper and evolve(interval.upper, value=interval.upper.value * factor)
    return Interval(lower, upper)


def _margin(allowed: Interval[Fraction], actual: Interval[Fraction], unit: Unit) -> str | None:
    """How far an exact actual lies inside, from the nearest bound."""
    if not actual.is_point or actual.lower is None:
        return None
    value = actual.lower.value
    bounds = [bound.value for bound in (allowed.lower, allowed.upper) if bound is not None]
    distances = [exact.apart(value, bound) for bound in bounds]
    return _spoken(min(distances), unit) if distances else None


def _gap(allowed: Interval[Fraction], actual: Interval[Fraction], unit: Unit) -> str | None:
    """How far an exact actual lies outside."""
    if not actual.is_point or actual.lower is None:
        return None
    value = actual.lower.value
    bound = allowed.lower
    if bound is None or exact.order(value, bound.value) > 0:
        bound = allowed.upper
    assert bound is not None  # not below the one: above the other
    return _spoken(exact.apart(value, bound.value), unit)


def _spoken(base: Fraction, unit: Unit) -> str:
    """A difference as people say it; that of two percentages is in percentage points."""
    number = exact.divided(base, unit.scale)
    return counted(number, parse_unit("百分点") if unit == parse_unit("%") else unit)
