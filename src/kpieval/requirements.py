"""What a row asks for, bound by bound: a range asks for two, a compound cell for each of its parts.

Points follow the worst of them, each under the formula of its own kind: a floor, a ceiling, a date.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from kpieval import exact, units
from kpieval.actuals import Changed, Every, Measured, Missing, Part, Reading, Stated
from kpieval.amounts import Amount
from kpieval.attaining import attainment, attainment_of
from kpieval.comparing import align, compare_aligned, is_opposite, scaled
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
from kpieval.meaning import Ceiling, Decided
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Undetermined, Verdict
from kpieval.pairing import paired
from kpieval.policies import Policy
from kpieval.resolving import RowContext
from kpieval.showing import Shown
from kpieval.units import NO_UNIT, parse_unit
from kpieval.verdicts import compare


@frozen(repr=False)
class Requirement(Shown):
    """One bound, what was reported for it, whether it is met, and the attainment it earns by.

    ``reading`` is None where nothing was reported for a part of a compound target. An = earns like
    a floor, so that ``earning`` is 1 or more where it is exceeded.
    """

    constraint: Single
    reading: Part | None
    verdict: Verdict
    earning: Attainment | None

    @property
    def size(self) -> Single:
        """The constraint on the size of a change; any other as it is."""
        return (
            self.constraint.constraint if isinstance(self.constraint, Change) else self.constraint
        )

    @property
    def falls(self) -> bool:
        """Whether less is better."""
        return isinstance(self.size, Ceiling)

    @property
    def measured(self) -> Measured | None:
        """The number that was reported, of a change its size; None where none was."""
        found = self.reading.size if isinstance(self.reading, Changed) else self.reading
        return found if isinstance(found, Measured) else None

    @property
    def is_opposite(self) -> bool:
        """Whether something grew that should have fallen, or the other way round."""
        asked, found = self.constraint, self.reading
        return (
            isinstance(asked, Change) and isinstance(found, Changed) and is_opposite(asked, found)
        )

    @property
    def is_exact(self) -> bool:
        """Whether the number that was reported is exact, and so both ends of what it earns by."""
        found = self.measured
        return found is not None and found.interval.is_point and not found.about

    @property
    def is_open(self) -> bool:
        """Whether the number's end that is nearest to the bound is not part of it."""
        assert self.measured is not None  # asked of what has a ratio, and so was measured
        interval = self.measured.interval
        nearest = interval.lower if self.falls else interval.upper
        return nearest is not None and not nearest.closed

    @property
    def may_be_below_zero(self) -> bool:
        """Whether a floor's actual is an interval that reaches below 0, where nothing is earned."""
        if self.falls or self.measured is None:
            return False
        interval = self.measured.interval
        return not interval.is_point and interval.lower is not None and interval.lower.value < 0

    def units_short(self, ratio: Fraction) -> Fraction | None:
        """How many of its units the actual is short of the bound; None where nobody can count.

        A fraction (0.95) that was compared with a percentage is short of percentage points.
        """
        if self.is_opposite:
            return None
        match self.size:
            case AtLeast(value=value) | MoreThan(value=value) | Equal(value=value):
                short = _short(value, ratio, of=ratio.denominator)
                return short * 100 if self._is_fraction(value) else short
            case AtMost(value=value) | LessThan(value=value):
                return _short(value, ratio, of=ratio.numerator) if ratio.numerator else None
            case _:
                return None

    def _is_fraction(self, value: Amount) -> bool:
        found = self.measured
        if found is None or value.unit != NO_UNIT or found.unit != parse_unit("%"):
            return False
        return abs(value.value) <= 1


def _short(value: Amount, ratio: Fraction, *, of: int) -> Fraction:
    """|T|·|d − n| / ``of``, for a ratio n/d: over d it is |T|·|1 − A/T| of a floor, over n it is
    |T|·|1/(T/A) − 1| of a ceiling."""
    over, under = value.magnitude.as_integer_ratio()
    return Fraction(abs(over * (ratio.denominator - ratio.numerator)), under * of)


@frozen(repr=False)
class Compared(Shown):
    """What comparing gave: whether the target is met, and how far it was reached."""

    verdict: Verdict
    attainment: Attainment | None


def compared(
    constraint: Constraint, reading: Reading, context: RowContext, policy: Policy
) -> Compared:
    """Verdict and attainment at once; two numbers are brought into one dimension once for both."""
    if isinstance(constraint, Decided) and isinstance(reading, Measured):
        aligned = align(constraint, reading, context, policy)
        return Compared(compare_aligned(aligned), attainment_of(constraint, aligned))
    verdict = compare(constraint, reading, context=context, policy=policy)
    return Compared(verdict, attainment(constraint, reading, context=context, policy=policy))


def requirements(
    constraint: Constraint,
    reading: Reading,
    context: RowContext,
    policy: Policy,
    whole: Compared | None = None,
) -> tuple[Requirement, ...]:
    """The requirements of a constraint in which nothing is open; none for words about the whole.

    ``whole`` is what comparing the whole of it gave, where that is known: a bound that is all of it
    is not compared again.

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
        _requirement(bound, found, context, policy, whole if bound is constraint else None)
        for part, found in pairs
        for bound in _bounds(_in_one_unit(part, found))
    )


def reached_share(
    constraint: Constraint, reading: Reading, context: RowContext, policy: Policy
) -> Interval[Fraction] | None:
    """What was reached of a whole, for rules that look at the actual alone: 92% is 23/25.

    None unless the target asks for at least a percentage above 0 and the actual is one.
    """
    if not isinstance(constraint, AtLeast | MoreThan | Equal | Between):
        return None
    least = constraint.lower if isinstance(constraint, Between) else constraint.value
    if not isinstance(reading, Measured) or least.base <= 0:
        return None
    percent = parse_unit("%")
    # 0.95 is a share of a whole as 95% is, where the name says that it is a rate.
    is_fraction = least.unit == NO_UNIT and least.value <= 1 and context.is_rate
    if not (is_fraction or units.comparable(least.unit, percent)):
        return None
    aligned = align(constraint, reading, context, policy)
    if isinstance(aligned, Undetermined):
        return None
    _, actual, unit, _ = aligned
    if unit == NO_UNIT:
        return actual
    return scaled(actual, 1 / (100 * percent.scale)) if units.comparable(unit, percent) else None


def _requirement(
    bound: Single, found: Part | None, context: RowContext, policy: Policy, known: Compared | None
) -> Requirement:
    if found is None:
        open_part = Undetermined(Note.of("actual.part_missing"))
        return Requirement(bound, None, open_part, Attainment(Fraction(0), None))
    came = known if known is not None else compared(bound, found, context, policy)
    earns_by = _earning(bound)
    if earns_by is bound:
        return Requirement(bound, found, came.verdict, came.attainment)
    earning = attainment(earns_by, found, context=context, policy=policy)
    return Requirement(bound, found, came.verdict, earning)


def _in_one_unit(part: Single, found: Part | None) -> Single:
    """A range such as 1-5 that met a percentage: 1 is 1 % too, though alone it could be 100 %."""
    match part, found:
        case Between(lower, upper), Measured(unit=unit) if lower.unit == NO_UNIT:
            ends = (lower.value, upper.value)
            is_fraction = all(abs(end) <= 1 for end in ends)
            if is_fraction or not units.comparable(unit, parse_unit("%")):
                return part
            written = [Amount(exact.number(end * found.factor), unit) for end in ends]
            return evolve(part, lower=written[0], upper=written[1])
        case Change(constraint=Between() as size), Changed(size=measured):
            return evolve(part, constraint=_in_one_unit(size, measured))  # type: ignore[arg-type]
        case _:
            return part


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
