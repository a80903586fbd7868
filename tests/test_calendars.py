"""Durations between dates, and working days that a calendar knows or does not know."""

from __future__ import annotations

import datetime as dt

import pytest

from kpieval.calendars import after_months, days_between, months_between, working_days_between
from kpieval.official_days import OfficialCalendar
from kpieval.outcomes import Met, Undetermined, Unmet
from kpieval.parsing import parse_actual, parse_target
from kpieval.verdicts import evaluate

FEB, MARCH = dt.date(2024, 2, 1), dt.date(2024, 3, 19)


class Weekdays:
    """A calendar that works Monday to Friday, in one year only."""

    def is_working_day(self, day: dt.date) -> bool | None:
        return day.weekday() < 5 if day.year == 2024 else None


def test_the_first_day_is_not_counted() -> None:
    assert days_between(FEB, FEB) == 0
    assert days_between(FEB, dt.date(2024, 3, 1)) == 29


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28"),
        ("2024-12-15", 1, "2025-01-15"),
        ("2024-02-29", 12, "2025-02-28"),
    ],
)
def test_a_month_ends_on_its_corresponding_or_last_day(start: str, months: int, end: str) -> None:
    assert after_months(dt.date.fromisoformat(start), months) == dt.date.fromisoformat(end)


def test_what_lies_between_two_whole_months_stays_between_them() -> None:
    between = months_between(dt.date(2024, 1, 31), dt.date(2024, 3, 1))
    assert not between.is_point
    assert between.lower is not None
    assert (between.lower.value, between.lower.closed) == (1, False)


def test_adjusted_days_are_the_official_ones() -> None:
    # Weekdays alone would give 33: the Spring Festival of 2024 moved working days.
    assert working_days_between(FEB, MARCH, OfficialCalendar()) == 30
    assert working_days_between(FEB, MARCH, Weekdays()) == 33


@pytest.mark.parametrize(
    ("text", "actual", "kind"),
    [
        ("≤30个工作日", "2024-02-01至2024-03-19", Met),
        ("≤30个工作日", "2024-02-01至2024-03-20", Unmet),
        ("≤30个工作日", "2027-02-01至2027-02-10", Undetermined),
        ("3个月内", "2024年1月31日至2024年4月30日", Met),
        ("3个月内", "2024年1月31日至2024年5月1日", Unmet),
        ("≤10天", "2024-03-01至2024-03-11", Met),
        ("≤1年", "2024-03-01至2025-03-02", Unmet),
    ],
)
def test_a_span_of_days_against_a_duration(text: str, actual: str, kind: type) -> None:
    target = parse_target(text)
    read = parse_actual(actual, like=target)
    assert isinstance(evaluate(target, read, calendar=OfficialCalendar()), kind)


def test_an_unknown_year_or_a_missing_calendar_says_so() -> None:
    target = parse_target("≤30个工作日")
    read = parse_actual("2027-02-01至2027-02-10", like=target)
    unknown = evaluate(target, read, calendar=OfficialCalendar())
    missing = evaluate(target, read)
    assert isinstance(unknown, Undetermined)
    assert isinstance(missing, Undetermined)
    assert unknown.reason.code == "calendar.unknown_year"
    assert missing.reason.code == "calendar.missing"
