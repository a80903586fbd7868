"""Civil periods: months, quarters, half-years and years by their first and last day."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from attrs import frozen

from kpieval.showing import Shown


class Grain(Enum):
    """How long a named period is."""

    DAY = "day"
    TENTH = "tenth"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"


@frozen(repr=False)
class Period(Shown):
    """A named period: its first and last day, both included."""

    start: dt.date
    end: dt.date
    grain: Grain


def day(year: int, month: int, day_of_month: int) -> Period:
    """A single day; ValueError when the calendar does not have it."""
    date = dt.date(year, month, day_of_month)
    return Period(date, date, Grain.DAY)


def tenth(year: int, month_number: int, third: int) -> Period:
    """The first or second ten days of a month, or what is left of it (上旬, 中旬, 下旬).

    >>> tenth(2024, 2, 3).end
    datetime.date(2024, 2, 29)
    """
    start = dt.date(year, month_number, 10 * third - 9)
    end = last_day(year, month_number) if third == 3 else start.replace(day=10 * third)
    return Period(start, end, Grain.TENTH)


def month(year: int, number: int) -> Period:
    """A month.

    >>> month(2024, 2).end
    datetime.date(2024, 2, 29)
    """
    return _months(year, number, 1, Grain.MONTH)


def quarter(year: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    return _months(year, 3 * number - 2, 3, Grain.QUARTER)


def half(year: int, number: int) -> Period:
    """A half-year, 1 or 2."""
    return _months(year, 6 * number - 5, 6, Grain.HALF)


def year(number: int) -> Period:
    """A whole year."""
    return _months(number, 1, 12, Grain.YEAR)


def _months(first_year: int, first_month: int, count: int, grain: Grain) -> Period:
    start = dt.date(first_year, first_month, 1)
    return Period(start, last_day(first_year, first_month + count - 1), grain)


def last_day(year: int, month_number: int) -> dt.date:
    """The last day of a month; the module calendar would load the names of all months as well.

    >>> last_day(2024, 2), last_day(2024, 12)
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 31))
    """
    if month_number == 12:
        return dt.date(year, 12, 31)
    return dt.date(year, month_number + 1, 1) - dt.timedelta(days=1)


def named_period(start: dt.date, end: dt.date) -> str:
    """The name of the ten days, month, quarter, half-year or year from ``start`` to ``end``.

    >>> named_period(dt.date(2024, 10, 1), dt.date(2024, 12, 31))
    '2024年第四季度'
    """
    if start.day > 1 or end.day == 10:
        return f"{start.year}年{start.month}月{'上中下'[start.day // 10]}旬"
    months = end.month - start.month + 1
    if months == 12:
        return f"{start.year}年"
    if months == 6:
        return f"{start.year}年{'上' if start.month == 1 else '下'}半年"
    if months == 3:
        return f"{start.year}年第{'一二三四'[(start.month - 1) // 3]}季度"
    return f"{start.year}年{start.month}月"
