"""What the columns need to know of a target and of an actual: whole numbers, and codes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum
from typing import Any, NamedTuple, assert_never

from attrs import define, field, frozen

from kpieval import wordlists
from kpieval.actuals import Actual, Dated, Measured, Missing, Stated
from kpieval.bulk.limits import Limits, is_columnar, parts_of, whole
from kpieval.constraints import (
    About,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Constraint,
    During,
    Equal,
    LessThan,
    MoreThan,
    NotBefore,
    Target,
    TargetError,
    YesNo,
)
from kpieval.formulas import Binary
from kpieval.judging import context_of
from kpieval.meaning import Decided, amounts_of, numbers, target_unit, unit
from kpieval.notes import Note
from kpieval.parsing import unattained, zeros
from kpieval.policies import Policy
from kpieval.resolving import Resolved, resolve
from kpieval.tables import Indicator
from kpieval.units import Dimension, parse_unit
from kpieval.verdicts import BOUNDARY

ENDLESS = 2**62
"""Beyond every amount of the columns."""

DAYS = -1
NO_DIMENSION = -2


class Op(IntEnum):
    """How a target is scored; ``NONE`` is left to the single row."""

    NONE = 0
    FLOOR = 1
    CEILING = 2
    EQUAL = 3
    RANGE = 4
    DAY = 5


class TargetFact(NamedTuple):
    """A target in whole parts: met from ``least`` to ``most``, reckoned against the bounds.

    ``like`` says how an actual is read against it, ``kind`` what words and blanks come to.
    """

    op: int
    least: int
    most: int
    lower: int
    upper: int
    dimension: int
    like: int
    kind: int
    notes: int
    is_boundary: bool = False
    is_unread: bool = False


class ActualFact(NamedTuple):
    """An actual in whole parts. ``is_word``: what it comes to hangs on the kind of target alone."""

    value: int
    dimension: int
    is_word: bool
    notes: int


@define
class Numbered:
    """Values by the order in which they were first seen."""

    places: dict[object, int] = field(factory=dict)

    def of(self, value: object) -> int:
        """The number of a value."""
        return self.places.setdefault(value, len(self.places))

    @property
    def values(self) -> list[Any]:
        """The values by their numbers."""
        return list(self.places)

    def __len__(self) -> int:
        return len(self.places)


@frozen
class Likeness:
    """All that reading an actual takes from its target; ``example`` is a target that has it."""

    example: Target | None
    year: int | None
    name: str = ""


@define
class Facts:
    """Facts of targets and actuals under one policy; what they share is numbered here."""

    policy: Policy
    limits: Limits
    likes: list[Likeness] = field(factory=list)
    like_numbers: Numbered = field(factory=Numbered)
    kinds: Numbered = field(factory=Numbered)
    dimensions: Numbered = field(factory=Numbered)
    target_notes: Numbered = field(factory=Numbered)
    actual_notes: Numbered = field(factory=Numbered)

    def target(self, indicator: Indicator, year: int | None) -> TargetFact:
        """The fact of a row's target."""
        target = indicator.target
        if isinstance(target, TargetError):
            kind = self.kinds.of((target.error.code,))
            notes, like = self.target_notes.of(((), ())), self.like(None, year, indicator.name)
            return TargetFact(
                0,
                0,
                0,
                0,
                0,
                NO_DIMENSION,
                self.like(None, year, indicator.name),
                kind,
                notes,
                False,
                True,
            )
        decided = resolve(target.constraint, context_of(indicator), self.policy)
        resolved = decided.constraint if isinstance(decided, Resolved) else None
        first = _codes(target.notes)
        last = _codes(decided.notes) if isinstance(decided, Resolved) else ()
        notes, like = self.target_notes.of((first, last)), self.like(target, year, indicator.name)
        kind = self.kinds.of((first, resolved is None, last))
        plain = None if resolved is None else self._plain(resolved, indicator)
        if plain is None:
            return TargetFact(0, 0, 0, 0, 0, NO_DIMENSION, like, kind, notes)
        return TargetFact(*plain, like, kind, notes, BOUNDARY in first)

    def actual(self, actual: Actual) -> ActualFact:
        """The fact of an actual."""
        notes = self.actual_notes.of(_codes(actual.notes))
        reading = actual.reading
        match reading:
            case Missing():
                return ActualFact(0, NO_DIMENSION, True, notes)
            case Stated(attained=attained):
                return ActualFact(0, NO_DIMENSION, attained is not None, notes)
            case Dated(interval) if interval.is_point and interval.lower is not None:
                return ActualFact(interval.lower.value.toordinal(), DAYS, False, notes)
            case Measured():
                return self._amount(reading, notes)
            case _:
                return ActualFact(0, NO_DIMENSION, False, notes)

    def like(self, target: Target | None, year: int | None, name: str) -> int:
        """The number of how actuals are read against a target in a row of that name."""
        number = self.like_numbers.of(
            (_likeness(target, name), unattained.said_in_row(target, name), year)
        )
        if number == len(self.likes):
            self.likes.append(Likeness(target, year, name))
        return number

    def parts(self, dimension: Dimension) -> tuple[int, int]:
        """The number of a dimension, and the parts that its base unit is reckoned in."""
        return self.dimensions.of(dimension), parts_of(dimension)

    def _amount(self, reading: Measured, notes: int) -> ActualFact:
        lower = reading.interval.lower
        dimension = reading.unit.dimension
        if reading.about or not reading.interval.is_point or lower is None or not dimension:
            return ActualFact(0, NO_DIMENSION, False, notes)
        number, parts = self.parts(dimension)
        value = whole(lower.value, parts, self.limits.amount) if lower.closed else None
        if value is None or value < 0:
            return ActualFact(0, NO_DIMENSION, False, notes)
        return ActualFact(value, number, False, notes)

    def _plain(
        self, constraint: Constraint, indicator: Indicator
    ) -> tuple[int, int, int, int, int, int] | None:
        """Op, least, most, lower, upper and dimension; None for what goes row by row."""
        if any(rule.level1 in indicator.level1 for rule in self.policy.by_actual):
            return None
        if isinstance(constraint, By):
            if constraint.from_ is not None or not isinstance(self.policy.dates, Binary):
                return None
            return Op.DAY, -ENDLESS, constraint.date.toordinal(), 0, 0, DAYS
        if not isinstance(constraint, Decided) or not self._is_columnar(op_of(constraint)):
            return None
        found = unit(constraint)
        if not found.dimension or found.name in wordlists.words("ranks", "units"):
            return None
        number, parts = self.parts(found.dimension)
        return _bounds(constraint, parts, self.limits.amount, number)

    def _is_columnar(self, op: Op) -> bool:
        """Whether the policy scores such targets by formulas that the columns know."""
        policy = self.policy
        by_floor = not policy.over_completion.ladder and is_columnar(policy.floor)
        if op is Op.RANGE:
            return by_floor and is_columnar(policy.ceiling)
        return is_columnar(policy.ceiling) if op is Op.CEILING else by_floor


def op_of(constraint: Decided) -> Op:
    """How a decided constraint is scored."""
    match constraint:
        case AtLeast() | MoreThan():
            return Op.FLOOR
        case AtMost() | LessThan():
            return Op.CEILING
        case Equal():
            return Op.EQUAL
        case Between():
            return Op.RANGE
        case _:
            assert_never(constraint)


def _bounds(
    constraint: Decided, parts: int, largest: int, dimension: int
) -> tuple[int, int, int, int, int, int] | None:
    """The bounds as whole parts; None where one is not, is not above 0, or is too large.

    All amounts are whole parts, so that > a bound is ≥ the next part.
    """
    allowed = numbers(constraint)
    least, most, lower, upper = -ENDLESS, ENDLESS, 0, 0
    if allowed.lower is not None:
        found = whole(allowed.lower.value, parts, largest)
        if found is None or found <= 0:
            return None
        lower, least = found, found + (not allowed.lower.closed)
    if allowed.upper is not None:
        found = whole(allowed.upper.value, parts, largest)
        if found is None or found <= 0:
            return None
        upper, most = found, found - (not allowed.upper.closed)
    return op_of(constraint), least, most, lower, upper, dimension


def bounds_of(fact: TargetFact) -> tuple[int, ...]:
    """The bounds of a target in whole parts, in order; none where it goes row by row."""
    if fact.op in (Op.FLOOR, Op.EQUAL):
        return (fact.lower,)
    if fact.op == Op.RANGE:
        return fact.lower, fact.upper
    return (fact.upper,) if fact.op == Op.CEILING else ()


def unmoved(fact: TargetFact) -> tuple[int, ...]:
    """What is the same of a target at every bound."""
    gaps = fact.least - fact.lower, fact.most - fact.upper
    return fact.op, *(gap if abs(gap) <= 1 else 0 for gap in gaps), *fact[5:]


def values_of(fact: ActualFact) -> tuple[int, ...]:
    """The amount of an actual in whole parts; none where it is no plain amount."""
    return (fact.value,) if fact.dimension >= 0 else ()


def unvalued(fact: ActualFact) -> tuple[int, ...]:
    """What is the same of an actual whatever its amount."""
    return tuple(fact[1:])


def _likeness(target: Target | None, name: str) -> object:
    """What is equal for targets that actuals are read alike against; the target where it is alone.

    A day of another year than its own is noted. A number takes its unit and scale from the target,
    and may be a share of a whole against a percentage above 1 %; prose, changes and a zero in words
    are read against their own target.
    """
    if target is None:
        return None
    constraint = target.constraint
    if isinstance(constraint, By | NotBefore):
        return constraint.date.year
    if isinstance(constraint, During | YesNo):
        return ()
    found = target_unit(constraint)
    if zeros.is_in_words(target.notes):
        return target, name
    if found is None or not isinstance(constraint, Decided | Bare | About):
        return target
    percent = parse_unit("%")
    is_above = found.dimension == percent.dimension and any(
        amount.base > percent.scale for amount in amounts_of(constraint)
    )
    return found, target.factor, is_above


def _codes(notes: Iterable[Note]) -> tuple[str, ...]:
    return tuple(note.code for note in notes)
