"""Rules of dates: deadlines, earliest days and periods."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from lark import Token, Transformer, v_args

from kpieval import dates
from kpieval.amounts import Amount
from kpieval.constraints import AtLeast, AtMost, Bare, By, Constraint, During, Equal, NotBefore
from kpieval.dates import Grain, Period
from kpieval.errors import ImpossibleDateError, ReversedBoundsError
from kpieval.parsing import numerals
from kpieval.parsing.drafting import DateReader, Draft, Reader, Scope
from kpieval.parsing.numerals import small

_CHINA = dt.timezone(dt.timedelta(hours=8))
_FIGURES = re.compile(r"\d+")


def _number(word: Token) -> int:
    """The number of a month, day or quarter, its words cut off."""
    return small(word.strip("第月份日号季度Q ").replace("首", "一").strip())


@v_args(inline=True)
class PeriodRules(Transformer[Token, Any]):
    """Named periods of the calendar, as functions of what is known about the year."""

    def year(self, word: Token) -> int | None:
        return numerals.digits(word.strip("年度 "))

    def this_year(self) -> None:
        return None

    def next_year(self) -> str:
        return "next"

    def day(self, year: Any, month: Token, day: Token) -> DateReader:
        return _period(dates.day, year, _number(month), _number(day))

    def day_of_year(self, month: Token, day: Token) -> DateReader:
        return _period(dates.day, None, _number(month), _number(day))

    def iso_day(self, text: Token) -> DateReader:
        year, month, day = (int(part) for part in _FIGURES.findall(text))
        return _period(dates.day, year, month, day)

    def month(self, year: Any, month: Token) -> DateReader:
        return _period(dates.month, year, _number(month))

    def month_of_year(self, month: Token) -> DateReader:
        return _Numbered(dates.month, _number(month), "月")

    def iso_month(self, text: Token) -> DateReader:
        year, month = (int(part) for part in _FIGURES.findall(text))
        return _period(dates.month, year, month)

    def tenth(self, year: Any, month: Token, third: Token) -> DateReader:
        return _period(dates.tenth, year, _number(month), "上中下".index(third[0]) + 1)

    def tenth_of_year(self, month: Token, third: Token) -> DateReader:
        return self.tenth(None, month, third)

    def quarter(self, year: Any, quarter: Token) -> DateReader:
        return _period(dates.quarter, year, _number(quarter))

    def quarter_of_year(self, quarter: Token) -> DateReader:
        if quarter[0] in "第首Q":
            return _period(dates.quarter, None, _number(quarter))
        return _Numbered(dates.quarter, _number(quarter), "季度")

    def first_half(self, year: Any) -> DateReader:
        return _period(dates.half, year, 1)

    def first_half_of_year(self) -> DateReader:
        return _period(dates.half, None, 1)

    def second_half(self, year: Any) -> DateReader:
        return _period(dates.half, year, 2)

    def second_half_of_year(self) -> DateReader:
        return _period(dates.half, None, 2)

    def whole_year(self, year: Any) -> DateReader:
        return _period(dates.year, year)


class _Numbered:
    """A month or quarter without a year: after a sign it may also count months (≤7月)."""

    def __init__(self, make: Callable[..., Period], number: int, unit: str) -> None:
        self.make, self.number, self.unit = make, number, unit

    def __call__(self, scope: Scope) -> Period:
        return scope.period(self.make, None, self.number)

    def counted(self, scope: Scope) -> Amount:
        """The number of months or quarters, noted."""
        scope.note("date.months", number=self.number, unit=self.unit)
        return scope.amount(Draft.of_unit(self.number, self.unit))


def _period(make: Callable[..., Period], year: Any, *numbers: int) -> DateReader:
    def read(scope: Scope) -> Period:
        resolved = scope.resolve_year(None) + 1 if year == "next" else year
        return scope.period(make, resolved, *numbers)

    return read


@v_args(inline=True)
class DateRules(PeriodRules):
    """Deadlines, earliest days and periods."""

    def by_end(self, date: DateReader) -> Reader:
        return lambda scope: By(date(scope).end)

    by_end_said = by_end

    def by_end_bare(self, date: DateReader) -> Reader:
        def read(scope: Scope) -> Constraint:
            period = date(scope)
            scope.note("date.bare", date=period.end)
            return By(period.end)

        return read

    def by_within(self, date: DateReader) -> Reader:
        def read(scope: Scope) -> Constraint:
            period = date(scope)
            scope.note("date.within", date=period.end)
            return By(period.end)

        return read

    def by_before(self, date: DateReader) -> Reader:
        def read(scope: Scope) -> Constraint:
            period = date(scope)
            if period.grain is Grain.DAY:
                scope.note("date.before_day", date=period.end)
                return By(period.end)
            scope.note("date.before_period", start=period.start, end=period.end)
            return By(period.end, period.start)

        return read

    def by_at_most(self, date: DateReader) -> Reader:
        return _compared(date, AtMost, lambda period: By(period.end))

    def not_before_at_least(self, date: DateReader) -> Reader:
        return _compared(date, AtLeast, lambda period: NotBefore(period.start))

    def by_equal(self, date: DateReader) -> Reader:
        return _compared(date, Equal, lambda period: By(period.end))

    def by_year_end(self) -> Reader:
        return lambda scope: By(scope.period(dates.year, None).end)

    def by_year_end_bare(self) -> Reader:
        return self.by_end_bare(_period(dates.year, None))

    def by_in_year(self) -> Reader:
        return self.by_within(_period(dates.year, None))

    def by_bare(self, date: DateReader) -> Reader:
        def read(scope: Scope) -> Constraint:
            if isinstance(date, _Numbered) and scope.has_sign and not scope.date_row:
                return Bare(date.counted(scope))
            period = date(scope)
            # An actual that names a month happened at some time within it.
            if period.grain is Grain.YEAR or scope.is_actual:
                return During(period.start, period.end)
            scope.bare_date = True
            scope.note("date.bare", date=period.end)
            return By(period.end)

        return read

    def moment(self, text: Token) -> Reader:
        """The day of an actual's moment, by the clock of China where an offset is said."""

        def read(scope: Scope) -> Constraint:
            date, time = text[:10], text[10:].lstrip("T ")
            year, month, day = (int(part) for part in date.split("-"))
            found = scope.period(dates.day, year, month, day).end
            try:
                moment = dt.datetime.fromisoformat(f"{found}T{time}")
                found = moment.astimezone(_CHINA).date() if moment.tzinfo else found
            except (ValueError, OverflowError):
                raise ImpossibleDateError(scope.source, date=str(text)) from None
            scope.note("date.moment", date=found)
            return During(found, found)

        return read

    def not_before(self, date: DateReader) -> Reader:
        return lambda scope: NotBefore(date(scope).start)

    def not_before_after(self, date: DateReader) -> Reader:
        def read(scope: Scope) -> Constraint:
            first = date(scope).end + dt.timedelta(days=1)
            scope.note("date.after", date=first)
            return NotBefore(first)

        return read

    def during(self, start: DateReader, end: DateReader) -> Reader:
        def read(scope: Scope) -> Constraint:
            first = start(scope)
            # A year said once, at the start, holds for the end too.
            until = end(_with_year(scope, first.start.year))
            return _during(scope, first.start, until.end)

        return read

    def during_days(self, start: DateReader, day: Token) -> Reader:
        def read(scope: Scope) -> Constraint:
            first = start(scope).start
            last = scope.period(dates.day, first.year, first.month, _number(day))
            return _during(scope, first, last.end)

        return read

    def during_day_span(self, *parts: Any) -> Reader:
        *year, month, span = parts
        first, last = (int(part) for part in _FIGURES.findall(span))
        said = year[0] if year else None

        def read(scope: Scope) -> Constraint:
            start = _period(dates.day, said, _number(month), first)(scope).start
            return _during(scope, start, _period(dates.day, said, _number(month), last)(scope).end)

        return read

    def during_whole(self, date: DateReader) -> Reader:
        def read(scope: Scope) -> Constraint:
            period = date(scope)
            return During(period.start, period.end)

        return read

    def during_year(self) -> Reader:
        return self.during_whole(_period(dates.year, None))

    def during_months(self, *parts: Any) -> Reader:
        *year, span = parts
        first, last = (int(part) for part in _FIGURES.findall(span)[-2:])

        def read(scope: Scope) -> Constraint:
            said = year[0] if year else None
            start = _period(dates.month, said, first)(scope).start
            return _during(scope, start, _period(dates.month, said, last)(scope).end)

        return read

    def during_quarters(self, *parts: Any) -> Reader:
        *year, span = parts
        first, last = (small(found) for found in re.findall(r"[1-4一二三四]", span))
        said = year[0] if year else None

        def read(scope: Scope) -> Constraint:
            start = _period(dates.quarter, said, first)(scope).start
            return _during(scope, start, _period(dates.quarter, said, last)(scope).end)

        return read

    def during_first_quarters(self, *parts: Any) -> Reader:
        *year, words = parts
        return _first(dates.quarter, year[0] if year else None, small(words[1]))

    def during_first_months(self, year: Any, words: Token) -> Reader:
        return _first(dates.month, year, small(words[1:].removesuffix("个月")))

    def during_years(self, span: Token) -> Reader:
        first, last = (int(part) for part in _FIGURES.findall(span))

        def read(scope: Scope) -> Constraint:
            end = scope.period(dates.year, last).end
            return _during(scope, scope.period(dates.year, first).start, end)

        return read

    def during_dotted(self, span: Token) -> Reader:
        year, month, *last = (int(part) for part in _FIGURES.findall(span))

        def read(scope: Scope) -> Constraint:
            start = scope.period(dates.month, year, month).start
            end = scope.period(dates.month if len(last) == 2 else dates.year, *last)
            return _during(scope, start, end.end)

        return read


def _first(make: Callable[..., Period], year: Any, count: int) -> Reader:
    """The first months or quarters of a year: 前三季度."""

    def read(scope: Scope) -> Constraint:
        start = _period(make, year, 1)(scope).start
        return _during(scope, start, _period(make, year, count)(scope).end)

    return read


def _with_year(scope: Scope, year: int) -> Scope:
    return Scope(scope.source, year=year, notes=scope.notes)


def _during(scope: Scope, start: dt.date, end: dt.date) -> During:
    if end < start:
        raise ReversedBoundsError(scope.source, lower=start, upper=end)
    return During(start, end)


def _compared(
    date: DateReader, amount: type[AtLeast | AtMost | Equal], dated: Callable[[Period], Constraint]
) -> Reader:
    """A sign before a date; before a bare month it counts months, unless the row is a date row."""

    def read(scope: Scope) -> Constraint:
        if isinstance(date, _Numbered) and not scope.date_row:
            return amount(date.counted(scope))
        scope.compared_date = True
        return dated(date(scope))

    return read
