"""Attainment: how far a target was reached, as an exact interval of ratios."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import assert_never

from kpieval import exact
from kpieval.actuals import Changed, Dated, Every, Measured, Missing, Part, Reading, Stated
from kpieval.comparing import Aligned, align, compare_dates, is_opposite
from kpieval.constraints import (
    AllOf,
    AtLeast,
    AtMost,
    Between,
    By,
    Change,
    Constraint,
    During,
    Equal,
    LessThan,
    MoreThan,
    NotBefore,
    Single,
)
from kpieval.intervals import Interval
from kpieval.meaning import Dates, Decided
from kpieval.outcomes import Attainment, Met, Undetermined, Unmet
from kpieval.pairing import paired
from kpieval.policies import Policy
from kpieval.resolving import RowContext

ZERO, ONE = Fraction(0), Fraction(1)


def attainment(
    constraint: Constraint,
    reading: Reading,
    *,
    context: RowContext | None = None,
    policy: Policy | None = None,
) -> Attainment | None:
    """Floor A/T, ceiling T/A, range against the missed bound; dates 1 or 0. Not clamped.

    None where there is no ratio: words, a missing actual, other dimensions, T ≤ 0, or A and T of
    opposite sign.

    >>> from kpieval.parsing import parse_actual, parse_target
    >>> target = parse_target("≥12次")
    >>> attainment(target.constraint, parse_actual("9次").reading).low
    Fraction(3, 4)
    """
    if isinstance(reading, Missing | Stated):
        return None
    if isinstance(constraint, AllOf):
        return _smallest(
            [
                # A part that nobody reported may still turn out anything.
                _single(part, found, context, policy)
                if found is not None
                else Attainment(ZERO, None)
                for part, found in paired(constraint.parts, reading)
            ]
        )
    if isinstance(reading, Every):
        (found,) = (found for _, found in paired((constraint,), reading))
        return _single(constraint, found, context, policy) if found is not None else None
    return _single(constraint, reading, context, policy)


def _single(
    constraint: Single, reading: Part, context: RowContext | None, policy: Policy | None
) -> Attainment | None:
    match constraint, reading:
        case ((AtLeast() | MoreThan() | AtMost() | LessThan() | Equal() | Between()), Measured()):
            return attainment_of(constraint, align(constraint, reading, context, policy))
        case ((By() | NotBefore() | During()), Dated()):
            return _dates(constraint, reading.interval)
        case Change(), Changed():
            return _change(constraint, reading, context, policy)
        case _:
            return None


def _dates(constraint: Dates, actual: Interval[dt.date]) -> Attainment:
    verdict = compare_dates(constraint, actual)
    match verdict:
        case Met():
            return Attainment.exactly(ONE)
        case Unmet():
            return Attainment.exactly(ZERO)
        case Undetermined():
            return Attainment(ZERO, ONE)
        case _:
            assert_never(verdict)


def _change(
    constraint: Change, changed: Changed, context: RowContext | None, policy: Policy | None
) -> Attainment | None:
    size = constraint.constraint
    assert isinstance(size, Decided)  # resolving left nothing open
    if constraint.basis and changed.basis and constraint.basis != changed.basis:
        return None
    if is_opposite(constraint, changed):
        return Attainment.exactly(ZERO)
    return attainment_of(size, align(size, changed.size, context, policy))


def attainment_of(constraint: Decided, aligned: Aligned | Undetermined) -> Attainment | None:
    """The attainment of what :func:`kpieval.comparing.align` gave."""
    if isinstance(aligned, Undetermined):
        return None
    allowed, actual, _, _ = aligned
    return over_interval(constraint, allowed, actual)


def over_interval(
    constraint: Decided, allowed: Interval[Fraction], actual: Interval[Fraction]
) -> Attainment | None:
    """The least and the greatest ratio over all values that the actual may have."""
    ratio = _ratio_of(constraint, allowed)
    if actual.is_point and actual.lower is not None:
        only = ratio(actual.lower.value)
        return Attainment.exactly(only) if only is not None else None
    found = [ratio(value) for value in _turning_points(allowed, actual)]
    if isinstance(constraint, Between) and _misses_where_nothing_is_defined(allowed, actual, found):
        return None
    defined = [value for value in found if value is not None]
    if not defined:
        return None
    low, high = min(defined), max(defined)
    if not isinstance(constraint, AtMost | LessThan) and None in found:
        low = ZERO  # a part of the actual lies below 0, where a missed row earns nothing
    if actual.upper is None and not isinstance(constraint, AtLeast | MoreThan):
        low = ZERO  # a ceiling's ratio falls towards 0 as the actual grows
    return Attainment(low, None if _without_end(constraint, actual) else high)


def _turning_points(allowed: Interval[Fraction], actual: Interval[Fraction]) -> list[Fraction]:
    """The actual's ends and the bounds inside it: between two of them the ratio only rises or
    falls. Below an upper end alone lies 0; what lies below 0 has no ratio and adds nothing."""
    ends = [bound.value for bound in (actual.lower, actual.upper) if bound is not None]
    bounds = [bound.value for bound in (allowed.lower, allowed.upper) if bound is not None]
    inside = [value for value in bounds if actual.contains(Interval.point(value))]
    reaches_zero = actual.lower is None and actual.meets(Interval.point(ZERO))
    return [*ends, *inside, *([ZERO] if reaches_zero else [])]


def _misses_where_nothing_is_defined(
    allowed: Interval[Fraction], actual: Interval[Fraction], found: list[Fraction | None]
) -> bool:
    """Whether the actual leaves a range at a bound of 0 or below, against which nothing counts."""
    assert allowed.lower is not None  # a range has both bounds
    return allowed.lower.value <= 0 and (None in found or actual.lower is None)


def _without_end(constraint: Decided, actual: Interval[Fraction]) -> bool:
    """Whether the ratio grows without end: a floor's with the actual, a ceiling's towards 0."""
    if isinstance(constraint, AtLeast | MoreThan):
        return actual.upper is None
    if isinstance(constraint, AtMost | LessThan):
        reaches_zero = actual.lower is None or actual.lower.value <= 0
        return reaches_zero and not actual.is_point
    return False


def _ratio_of(
    constraint: Decided, allowed: Interval[Fraction]
) -> Callable[[Fraction], Fraction | None]:
    match constraint:
        case AtLeast() | MoreThan():
            assert allowed.lower is not None
            floor = allowed.lower.value
            return lambda actual: _floor(actual, floor)
        case AtMost() | LessThan():
            assert allowed.upper is not None
            ceiling = allowed.upper.value
            return lambda actual: _ceiling(actual, ceiling)
        case Equal():
            assert allowed.lower is not None
            value = allowed.lower.value
            return lambda actual: (
                _floor(actual, value) if actual <= value else _ceiling(actual, value)
            )
        case Between():
            return lambda actual: _range(actual, allowed)
        case _:
            assert_never(constraint)


def _floor(actual: Fraction, floor: Fraction) -> Fraction | None:
    return exact.divided(actual, floor) if floor.numerator > 0 and actual.numerator >= 0 else None


def _ceiling(actual: Fraction, ceiling: Fraction) -> Fraction | None:
    return (
        exact.divided(ceiling, actual) if ceiling.numerator > 0 and actual.numerator > 0 else None
    )


def _range(actual: Fraction, allowed: Interval[Fraction]) -> Fraction | None:
    if allowed.contains(Interval.point(actual)):
        return ONE
    assert allowed.lower is not None and allowed.upper is not None
    if actual <= allowed.lower.value:
        return _floor(actual, allowed.lower.value)
    return _ceiling(actual, allowed.upper.value)


def _smallest(parts: list[Attainment | None]) -> Attainment | None:
    """The smallest part; None when a part has no ratio."""
    found = [part for part in parts if part is not None]
    if not found or len(found) != len(parts):
        return None
    highs = [part.high for part in found if part.high is not None]
    return Attainment(min(part.low for part in found), min(highs) if highs else None)
