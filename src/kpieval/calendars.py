"""Working days: a calendar is an argument, and what it does not know is said, never guessed."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Protocol

from kpieval.dates import last_day
from kpieval.intervals import Bound, Interval


class Calendar(Protocol):
    """Which days are worked: a protocol, so that any class with its method will do.

    A year that it does not know gives None.

    >>> class Weekdays:
    ...     def is_working_day(self, day: dt.date) -> bool | None:
    ...         return day.weekday() < 5
    >>> working_days_between(dt.date(2024, 12, 20), dt.date(2024, 12, 25), Weekdays())
    3
    """

    def is_working_day(self, day: dt.date) -> bool | None:
        """Whether the day is worked; None when the calendar does not know its year."""


def days_between(start: dt.date, end: dt.date) -> int:
    """Days from one to the other; the first is not counted (Civil Code art. 201).

    >>> days_between(dt.date(2024, 2, 1), dt.date(2024, 3, 1))
    29
    """
    return (end - start).days


def working_days_between(start: dt.date, end: dt.date, calendar: Calendar) -> int | None:
    """Working days from one to the other, the first not counted; None when unknown."""
    count = 0
    for offset in range(1, days_between(start, end) + 1):
        worked = calendar.is_working_day(start + dt.timedelta(days=offset))
        if worked is None:
            return None
        count += worked
    return count


def months_between(start: dt.date, end: dt.date) -> Interval[Fraction]:
    """Months from one to the other: a whole number, or open between two.

    A month ends on its corresponding day, or on its last where it has none (arts. 202, 203).

    >>> months_between(dt.date(2024, 1, 31), dt.date(2024, 2, 29)).is_point
    True
    """
    whole = (end.year - start.year) * 12 + end.month - start.month
    if after_months(start, whole) > end:
        whole -= 1
    if after_months(start, whole) == end:
        return Interval.point(Fraction(whole))
    return Interval(Bound(Fraction(whole), False), Bound(Fraction(whole + 1), False))


def whole_months(start: dt.date, end: dt.date) -> int | None:
    """The months of a span from the first day of one to the last of another; None for any other.

    Whoever writes such a span means both days to be in it: a year of service is no day short.

    >>> whole_months(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    12
    """
    if start.day != 1 or end != last_day(end.year, end.month):
        return None
    return (end.year - start.year) * 12 + end.month - start.month + 1


def after_months(start: dt.date, months: int) -> dt.date:
    """The corresponding day so many months later, or the month's last.

    >>> after_months(dt.date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    count = start.year * 12 + start.month - 1 + months
    year, month = divmod(count, 12)
    last = last_day(year, month + 1)
    return last.replace(day=min(start.day, last.day))
