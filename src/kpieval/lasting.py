"""How long something took: a span of days as an amount of the unit that the target asks for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction

from kpieval import dates, units
from kpieval.actuals import Dated, Measured, Reading
from kpieval.calendars import (
    Calendar,
    days_between,
    months_between,
    whole_months,
    working_days_between,
)
from kpieval.comparing import scaled
from kpieval.constraints import AllOf, By, Change, Constraint, During, NotBefore
from kpieval.intervals import Interval
from kpieval.meaning import amounts_of
from kpieval.notes import Note
from kpieval.units import parse_unit

CALENDAR_LACKS = ("calendar.missing", "calendar.unknown_year")
"""The notes of spans that only a calendar could measure."""


def lasted(
    constraint: Constraint, reading: Reading, calendar: Calendar | None
) -> tuple[Reading, tuple[Note, ...]]:
    """A span of days against a duration, measured in the duration's kind of unit.

    Calendar days and months need no calendar. Working days do; without one, or in a year that it
    does not know, the reading stays as it is and a note says why.
    """
    span = _span(reading)
    unit = _time_unit(constraint)
    if span is None or unit is None:
        return reading, ()
    start, end = span
    if units.comparable(unit, parse_unit("天")):
        return _measured(Fraction(days_between(start, end)), "天"), (Note.of("duration.days"),)
    if units.comparable(unit, parse_unit("月")):
        # Nobody gives ten days for a number of months: 5月上旬 says when.
        return (reading, ()) if _are_ten_days(start, end) else _in_months(start, end)
    if calendar is None:
        return reading, (Note.of("calendar.missing"),)
    worked = working_days_between(start, end, calendar)
    if worked is None:
        return reading, (Note.of("calendar.unknown_year", start=start.year, end=end.year),)
    return _measured(Fraction(worked), "工作日"), (Note.of("duration.working_days"),)


def _span(reading: Reading) -> tuple[dt.date, dt.date] | None:
    if not isinstance(reading, Dated) or reading.interval.is_point:
        return None
    lower, upper = reading.interval.lower, reading.interval.upper
    if lower is None or upper is None or _says_when(lower.value, upper.value):
        return None
    return lower.value, upper.value


def _in_months(start: dt.date, end: dt.date) -> tuple[Measured, tuple[Note, ...]]:
    """The span in months: whole where it is of whole months (1月1日至12月31日), both ends in it."""
    month = parse_unit("月")
    count = whole_months(start, end)
    if count is not None:
        return _measured(Fraction(count), "月"), (Note.of("duration.whole_months", months=count),)
    months = scaled(months_between(start, end), month.scale)
    return Measured(months, month), (Note.of("duration.months"),)


def _says_when(start: dt.date, end: dt.date) -> bool:
    """Whether the days are a month or a quarter of the calendar: 5月 says when, not how long.

    A half-year and a year may be either, and count as long.
    """
    periods = (
        dates.month(start.year, start.month),
        dates.quarter(start.year, (start.month + 2) // 3),
    )
    return _is_one_of(periods, start, end)


def _are_ten_days(start: dt.date, end: dt.date) -> bool:
    """Whether the days are the ten days of a month that 上旬, 中旬 or 下旬 names."""
    periods = (dates.tenth(start.year, start.month, third) for third in (1, 2, 3))
    return _is_one_of(periods, start, end)


def _is_one_of(periods: Iterable[dates.Period], start: dt.date, end: dt.date) -> bool:
    return any((period.start, period.end) == (start, end) for period in periods)


def _time_unit(constraint: Constraint) -> units.Unit | None:
    """The unit of a target that is one duration; None for anything else."""
    if isinstance(constraint, AllOf | Change | By | NotBefore | During):
        return None
    amounts = amounts_of(constraint)
    if not amounts:
        return None
    unit = amounts[0].unit
    kinds = (parse_unit("天"), parse_unit("月"), parse_unit("工作日"))
    return unit if any(units.comparable(unit, kind) for kind in kinds) else None


def _measured(number: Fraction, name: str) -> Measured:
    unit = parse_unit(name)
    return Measured(Interval.point(number * unit.scale), unit)
