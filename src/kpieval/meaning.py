"""What a decided constraint means: the interval of exact numbers or days that it allows."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import assert_never

from kpieval.amounts import Amount
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
    Statement,
    YesNo,
)
from kpieval.intervals import Bound, Interval
from kpieval.notes import Note, merged
from kpieval.units import NO_UNIT, Unit

Decided = AtLeast | MoreThan | AtMost | LessThan | Equal | Between
"""Constraints on amounts whose direction is known."""

Floor = AtLeast | MoreThan
Ceiling = AtMost | LessThan
Dates = By | NotBefore | During


def numbers(constraint: Decided) -> Interval[Fraction]:
    """The allowed numbers, in base units.

    >>> from kpieval.amounts import money
    >>> numbers(AtMost(money(27000))).upper.value
    Fraction(27000, 1)
    """
    match constraint:
        case AtLeast(value=value):
            return Interval.at_least(value.base)
        case MoreThan(value=value):
            return Interval.at_least(value.base, closed=False)
        case AtMost(value=value):
            return Interval.at_most(value.base)
        case LessThan(value=value):
            return Interval.at_most(value.base, closed=False)
        case Equal(value=value):
            return Interval.point(value.base)
        case Between(lower=lower, upper=upper, lower_closed=left, upper_closed=right):
            return Interval(Bound(lower.base, left), Bound(upper.base, right))
        case _:
            assert_never(constraint)


def unit(constraint: Decided) -> Unit:
    """The unit in which the constraint was written."""
    return constraint.upper.unit if isinstance(constraint, Between) else constraint.value.unit


def days(constraint: Dates) -> Interval[dt.date]:
    """The allowed days; for a bound that is a whole period, all that may still be in time."""
    match constraint:
        case By(date=date):
            return Interval.at_most(date)
        case NotBefore(date=date):
            return Interval.at_least(date)
        case During(start=start, end=end):
            return Interval(Bound(start), Bound(end))
        case _:
            assert_never(constraint)


def amounts_of(constraint: Constraint) -> tuple[Amount, ...]:
    """All amounts that a constraint names."""
    match constraint:
        case AtLeast(value=v) | MoreThan(value=v) | AtMost(value=v) | LessThan(value=v):
            return (v,)
        case Equal(value=v) | Bare(value=v) | About(value=v):
            return (v,)
        case Between(lower=lower, upper=upper):
            return (lower, upper)
        case Change(constraint=size):
            return amounts_of(size)
        case AllOf(parts=parts):
            return tuple(value for part in parts for value in amounts_of(part))
        case By() | NotBefore() | During() | Level() | YesNo() | Statement():
            return ()
        case _:
            assert_never(constraint)


def target_unit(constraint: Constraint) -> Unit | None:
    """The unit in which an actual without one is meant; None when there is no single one."""
    found = {amount.unit for amount in amounts_of(constraint)}
    return found.pop() if len(found) == 1 and NO_UNIT not in found else None


def is_near(number: Fraction, bound: Fraction) -> bool:
    """Whether two numbers are within ten times of each other, so that they may be of one unit.

    >>> is_near(Fraction(280000), Fraction(300000)), is_near(Fraction(28), Fraction(300000))
    (True, False)
    """
    return abs(bound) <= 10 * abs(number) and abs(number) <= 10 * abs(bound)


def open_notes(constraint: Constraint) -> tuple[Note, ...]:
    """The notes that every open constraint carries."""
    match constraint:
        case Bare():
            return (Note.of("bare"),)
        case About():
            return (Note.of("about"),)
        case Change(constraint=size):
            return open_notes(size)
        case AllOf(parts=parts):
            return merged(*(open_notes(part) for part in parts))
        case _:
            return ()
