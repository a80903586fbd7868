"""What a row asks for, bound by bound: a range asks for two, a compound cell for each of its parts.

Points follow the worst of them, each under the formula of its own kind: a floor, a ceiling, a date.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from kpieval import units
from kpieval.actuals import Every, Measured, Missing, Part, Reading, Stated
from kpieval.attaining import attainment
from kpieval.comparing import align, scaled
from kpieval.constraints import (
    AllOf,
    AtLeast,
    AtMost,
    Between,
    Change,
    Constraint,
    Equal,
    LessThan,
    MoreThan,
    Single,
)
from kpieval.intervals import Interval
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Undetermined, Verdict
from kpieval.pairing import paired
from kpieval.policies import Policy
from kpieval.resolving import RowContext
from kpieval.units import parse_unit
from kpieval.verdicts import compare


@frozen
class Requirement:
    """One bound, what was reported for it, whether it is met, and the attainment it earns by.

    ``reading`` is None where nothing was reported for a part of a compound target. An = earns like
    a floor, so that ``earning`` is 1 or more where it is exceeded.
    """

    constraint: Single
    reading: Part | None
    verdict: Verdict
    earning: Attainment | None


def requirements(
    constraint: Constraint, reading: Reading, context: RowContext, policy: Policy
) -> tuple[Requirement, ...]:
    """The requirements of a constraint in which nothing is open; none for words about the whole.

    >>> from kpieval.parsing import parse_actual, parse_target
    >>> from kpieval.presets import policy
    >>> target = parse_target("80%-100%")
    >>> found = requirements(
    ...     target.constraint, parse_actual("90%").reading, RowContext("", "", ""), policy()
    ... )
    >>> [type(one.constraint).__name__ for one in found]
    ['AtLeast', 'AtMost']
    """
    if isinstance(reading, Missing | Stated):
        return ()
    parts = constraint.parts if isinstance(constraint, AllOf) else (constraint,)
    if isinstance(constraint, AllOf) or isinstance(reading, Every):
        pairs = paired(parts, reading)
    else:
        pairs = [(constraint, reading)]
    return tuple(
        _requirement(bound, found, context, policy)
        for part, found in pairs
        for bound in _bounds(part)
    )


def reached_share(
    constraint: Constraint, reading: Reading, context: RowContext, policy: Policy
) -> Interval[Fraction] | None:
    """What was reached of a whole, for rules that look at the actual alone: 92% is 23/25.

    None unless the target asks for at least a percentage above 0 and the actual is one.
    """
    if not isinstance(constraint, AtLeast | MoreThan | Equal | Between):
        return None
    percent = parse_unit("%")
    least = constraint.lower if isinstance(constraint, Between) else constraint.value
    if not units.comparable(least.unit, percent) or least.base <= 0:
        return None
    if not isinstance(reading, Measured):
        return None
    aligned = align(constraint, reading, context, policy)
    return (
        None if isinstance(aligned, Undetermined) else scaled(aligned[1], 1 / (100 * percent.scale))
    )


def _requirement(
    bound: Single, found: Part | None, context: RowContext, policy: Policy
) -> Requirement:
    if found is None:
        open_part = Undetermined(Note.of("actual.part_missing"))
        return Requirement(bound, None, open_part, Attainment(Fraction(0), None))
    verdict = compare(bound, found, context=context, policy=policy)
    earning = attainment(_earning(bound), found, context=context, policy=policy)
    return Requirement(bound, found, verdict, earning)


def _bounds(part: Single) -> tuple[Single, ...]:
    """A range as its floor and its ceiling; every other constraint as it is."""
    match part:
        case Between(lower, upper, lower_closed, upper_closed):
            return (
                AtLeast(lower) if lower_closed else MoreThan(lower),
                AtMost(upper) if upper_closed else LessThan(upper),
            )
        case Change(constraint=Between() as size):
            return tuple(evolve(part, constraint=bound) for bound in _bounds(size))  # type: ignore[arg-type]
        case _:
            return (part,)


def _earning(bound: Single) -> Constraint:
    """The constraint whose attainment points follow: an = that is exceeded earns like a ≥."""
    match bound:
        case Equal(value=value):
            return AtLeast(value)
        case Change(constraint=Equal(value=value)):
            return evolve(bound, constraint=AtLeast(value))
        case _:
            return bound
