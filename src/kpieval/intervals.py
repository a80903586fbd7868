"""Intervals: what a constraint or an actual means as a set of exact numbers or civil days."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Generic, TypeVar

from attrs import frozen

from kpieval import exact
from kpieval.showing import Shown

T = TypeVar("T", Fraction, dt.date)


@frozen(repr=False)
class Bound(Shown, Generic[T]):
    """An end of an interval; ``closed`` when the value itself belongs to it."""

    value: T
    closed: bool = True

    def __str__(self) -> str:
        return exact.text(self.value) if isinstance(self.value, Fraction) else str(self.value)


@frozen(repr=False)
class Interval(Shown, Generic[T]):
    """All values between two bounds; a bound of None is unbounded.

    Numbers stand in the base units of their dimension. Intervals of days have closed ends. There is
    no empty interval, for every question about one has two answers: ValueError.

    >>> floor = Interval.at_least(Fraction(90))
    >>> floor.contains(Interval.point(Fraction(90))), floor.meets(Interval.point(Fraction(89)))
    (True, False)
    >>> print(floor, Interval(Bound(Fraction(1)), Bound(Fraction(5, 2), closed=False)))
    [90, ∞) [1, 2.5)
    """

    lower: Bound[T] | None
    upper: Bound[T] | None

    def __attrs_post_init__(self) -> None:
        if not _reaches(self.lower, self.upper):
            raise ValueError(f"{self} holds no value")

    @classmethod
    def point(cls, value: T) -> Interval[T]:
        """The single value."""
        end = Bound(value)
        return cls(end, end)

    @classmethod
    def at_least(cls, value: T, *, closed: bool = True) -> Interval[T]:
        """Everything from ``value`` up."""
        return cls(Bound(value, closed), None)

    @classmethod
    def at_most(cls, value: T, *, closed: bool = True) -> Interval[T]:
        """Everything up to ``value``."""
        return cls(None, Bound(value, closed))

    @property
    def is_point(self) -> bool:
        """Whether it holds exactly one value."""
        lower, upper = self.lower, self.upper
        if lower is None or upper is None:
            return False
        return lower is upper or lower.value == upper.value

    def __str__(self) -> str:
        if self.lower is not None and self.is_point:
            return str(self.lower)
        left = "(-∞" if self.lower is None else f"{'[' if self.lower.closed else '('}{self.lower}"
        right = "∞)" if self.upper is None else f"{self.upper}{']' if self.upper.closed else ')'}"
        return f"{left}, {right}"

    def contains(self, other: Interval[T]) -> bool:
        """Whether every value of ``other`` belongs to this interval."""
        return _lower_covers(self.lower, other.lower) and _upper_covers(self.upper, other.upper)

    def meets(self, other: Interval[T]) -> bool:
        """Whether the two have a value in common."""
        return _reaches(self.lower, other.upper) and _reaches(other.lower, self.upper)


def _lower_covers(outer: Bound[T] | None, inner: Bound[T] | None) -> bool:
    if outer is None:
        return True
    if inner is None:
        return False
    above = _order(inner.value, outer.value)
    return above > 0 or (above == 0 and (outer.closed or not inner.closed))


def _upper_covers(outer: Bound[T] | None, inner: Bound[T] | None) -> bool:
    if outer is None:
        return True
    if inner is None:
        return False
    above = _order(inner.value, outer.value)
    return above < 0 or (above == 0 and (outer.closed or not inner.closed))


def _reaches(lower: Bound[T] | None, upper: Bound[T] | None) -> bool:
    """Whether something lies above ``lower`` and below ``upper``."""
    if lower is None or upper is None:
        return True
    above = _order(upper.value, lower.value)
    return above > 0 or (above == 0 and lower.closed and upper.closed)


def _order(one: T, other: T) -> int:
    """Which is greater, or later: below 0 for the other, 0 for neither, above 0 for the one."""
    if isinstance(one, dt.date) or isinstance(other, dt.date):
        return (one > other) - (one < other)
    return exact.order(one, other)


def negated(interval: Interval[Fraction]) -> Interval[Fraction]:
    """The interval mirrored at zero."""
    lower = interval.upper and Bound(-interval.upper.value, interval.upper.closed)
    upper = interval.lower and Bound(-interval.lower.value, interval.lower.closed)
    return Interval(lower, upper)
