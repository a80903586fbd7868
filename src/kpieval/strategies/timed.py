"""Dated actuals: days and spans of days inside an interval, outside it, and across its bounds."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from kpieval.constraints import By, During, NotBefore
from kpieval.meaning import Dates, days
from kpieval.strategies.constraints import FIRST_DAY, LAST_DAY

Span = tuple[dt.date, dt.date]
"""The first and the last of some days."""

ONE_DAY = dt.timedelta(days=1)


def in_time(constraint: Dates) -> list[Span]:
    """The days on which the target is met."""
    if isinstance(constraint, By) and constraint.from_ is not None:
        return _clipped([(FIRST_DAY, _before(constraint.from_))])
    allowed = days(constraint)
    first = allowed.lower.value if allowed.lower else FIRST_DAY
    last = allowed.upper.value if allowed.upper else LAST_DAY
    return _clipped([(first, last)])


def out_of_time(constraint: Dates) -> list[Span]:
    """The days on which it is not met: those after it, then those before it."""
    match constraint:
        case By(date=date):
            return _clipped([(_after(date), LAST_DAY)])
        case NotBefore(date=date):
            return _clipped([(FIRST_DAY, _before(date))])
        case During(start=start, end=end):
            return _clipped([(_after(end), LAST_DAY), (FIRST_DAY, _before(start))])


def _before(date: dt.date) -> dt.date:
    return date - ONE_DAY if date > dt.date.min else date


def _after(date: dt.date) -> dt.date:
    return date + ONE_DAY if date < dt.date.max else date


def _clipped(spans: list[Span]) -> list[Span]:
    """The parts of the spans that a text can name."""
    found = [(max(first, FIRST_DAY), min(last, LAST_DAY)) for first, last in spans]
    return [(first, last) for first, last in found if first <= last]


def days_of(span: Span) -> st.SearchStrategy[dt.date]:
    """Days of a span: its ends, their neighbours, then any."""
    first, last = span
    near = [last, first, last - ONE_DAY, first + ONE_DAY]
    ends = [day for day in near if first <= day <= last and day not in (FIRST_DAY, LAST_DAY)]
    return st.one_of(st.sampled_from(ends or [first]), st.dates(first, last))


def spans_of(span: Span) -> st.SearchStrategy[Span]:
    """Spans of days inside a span."""
    return st.tuples(days_of(span), days_of(span)).map(lambda ends: (min(ends), max(ends)))


def undecided(constraint: Dates) -> list[st.SearchStrategy[Span]]:
    """Spans of days of which nobody can tell whether they are in time."""
    if isinstance(constraint, By) and constraint.from_ is not None:
        within = _clipped([(constraint.from_, constraint.date)])
        return [spans_of(span) for span in within] + _across(constraint.date)
    allowed = days(constraint)
    found: list[st.SearchStrategy[Span]] = []
    if allowed.lower is not None:
        found += _across(_before(allowed.lower.value))
    if allowed.upper is not None:
        found += _across(allowed.upper.value)
    return found


def _across(last: dt.date) -> list[st.SearchStrategy[Span]]:
    """Spans that begin on a day or before, and end after it."""
    before, after = _clipped([(FIRST_DAY, last)]), _clipped([(_after(last), LAST_DAY)])
    return [st.tuples(days_of(before[0]), days_of(after[0]))] if before and after else []
