"""What a target says: one closed set of constraint types, and the Target that carries one.

The types keep what was written (``Bare``: a number without a sign) apart from what it is taken to
mean, which only the row's context can decide; see :mod:`kpieval.resolving`.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from kpieval.amounts import Amount
from kpieval.errors import ReadingError, ReversedBoundsError
from kpieval.notes import Note
from kpieval.showing import Shown


class Direction(Enum):
    """Which way a quantity changes."""

    INCREASE = "increase"
    DECREASE = "decrease"


@frozen(repr=False)
class _OfAmount(Shown):
    """What is said of one amount: made once for its kinds, which differ by what they are alone."""

    value: Amount


class AtLeast(_OfAmount):
    """≥ 不低于 不少于 ...以上: the value itself is included."""

    __slots__ = ()


class MoreThan(_OfAmount):
    """> 超过 高于 突破: the value itself is excluded."""

    __slots__ = ()


class AtMost(_OfAmount):
    """≤ 不超过 不高于 ...以内: the value itself is included."""

    __slots__ = ()


class LessThan(_OfAmount):
    """< 低于 少于 不足: the value itself is excluded."""

    __slots__ = ()


class Equal(_OfAmount):
    """= 等于: exactly the value."""

    __slots__ = ()


class Bare(_OfAmount):
    """A number without a sign: open until the row decides its direction."""

    __slots__ = ()


class About(_OfAmount):
    """约, 左右: open until a policy says how near is near enough."""

    __slots__ = ()


@frozen(repr=False)
class Between(Shown):
    """A range; both ends included unless the words exclude them."""

    lower: Amount
    upper: Amount
    lower_closed: bool = True
    upper_closed: bool = True


@frozen(repr=False)
class By(Shown):
    """Not later than ``date``. ``from_`` is set when the bound is a whole period (12月前).

    Then before ``from_`` is in time, after ``date`` is late, and between them nobody can tell.
    """

    date: dt.date
    from_: dt.date | None = None


@frozen(repr=False)
class NotBefore(Shown):
    """From ``date`` on, that day included."""

    date: dt.date


@frozen(repr=False)
class During(Shown):
    """Within the civil days from ``start`` to ``end``, both included."""

    start: dt.date
    end: dt.date


Size = AtLeast | MoreThan | AtMost | LessThan | Equal | Bare | About | Between


@frozen(repr=False)
class Change(Shown):
    """A change against a base; the size is positive, its direction stored apart."""

    direction: Direction
    basis: str | None
    constraint: Size


@frozen(repr=False)
class Level(Shown):
    """A word of a known scale (优 良 中 差), best first; reached by that word or a better one."""

    level: str
    scale: tuple[str, ...] = ()


@frozen(repr=False)
class YesNo(Shown):
    """A target of 是 or 否: reached by the same word."""

    value: bool


@frozen(repr=False)
class Statement(Shown):
    """Prose in which nothing counts as a number: only a person can judge it."""

    text: str


Single = Size | By | NotBefore | During | Change | Level | YesNo | Statement


@frozen(repr=False)
class AllOf(Shown):
    """Several constraints that must all hold."""

    parts: tuple[Single, ...]


Constraint = Single | AllOf


@frozen(repr=False)
class Target(Shown):
    """A target that was read: the text as written, its constraint and what was assumed.

    ``canonical`` is the constraint's canonical spelling, which parses back to the same constraint.
    ``factor`` is the scale that was written before the unit (10000 in ≤2.7万元): an actual without
    a unit is meant in the same. ``factors`` are the scales of the amounts in order, where the
    amounts were written one by one.
    """

    _row_ = ("canonical",)

    source: str
    constraint: Constraint
    canonical: str
    notes: tuple[Note, ...] = ()
    factor: int | Fraction = 1
    factors: tuple[int | Fraction, ...] = ()


@frozen(repr=False)
class TargetError(Shown):
    """A target that could not be read; its row stays in the table and is Undetermined."""

    _row_ = ("error",)

    source: str
    error: ReadingError = field(eq=str)


def between(lower: Amount, upper: Amount, *, source: str, closed: tuple[bool, bool]) -> Between:
    """A range whose ends are checked; reversed or empty ranges are errors, never swapped."""
    lower_closed, upper_closed = closed
    empty = lower.base == upper.base and not (lower_closed and upper_closed)
    if lower.base > upper.base or empty:
        raise ReversedBoundsError(source, lower=lower, upper=upper)
    return Between(lower, upper, lower_closed, upper_closed)
