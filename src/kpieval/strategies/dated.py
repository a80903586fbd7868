"""Every way to write a deadline, an earliest day and a period."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import assert_never

from attrs import frozen
from hypothesis import strategies as st

from kpieval import dates
from kpieval.constraints import By, During, NotBefore
from kpieval.dates import Grain, Period
from kpieval.strategies import figures
from kpieval.strategies.pieces import Piece, Pieces, otherwise, pick, words

Slot = tuple[str, ...]

_COUNT = re.compile(r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})(?:月份?|季度)")

ONE_DAY = dt.timedelta(days=1)


@frozen
class Form:
    """What stands before a date, and what after it."""

    before: tuple[Slot, ...] = ()
    after: tuple[Slot, ...] = ()


_LATEST = ("_AT_MOST", "_HOLD")

BY = (
    Form(after=(("_BEFORE",),)),
    Form(),
    Form(before=(("_IS",),)),
    Form(before=(("_NOT_LATER",),)),
    Form(before=(("_NOT_LATER",),), after=(("_BEFORE", "_UNTIL"),)),
    Form(after=(("_UP_TO",),)),
    Form(before=(_LATEST,)),
    Form(before=(_LATEST,), after=(("_BEFORE",),)),
    Form(after=(("_WITHIN_PERIOD",),)),
    Form(before=(("_EQUAL",),)),
)
"""The forms of a deadline on a day."""

BY_END = (
    Form(after=(("_END",), ("_BEFORE", "_UP_TO"))),
    Form(after=(("_END",),)),
    Form(before=(("_NOT_LATER",),), after=(("_END",),)),
    Form(before=(("_NOT_LATER",),), after=(("_END",), ("_BEFORE", "_UNTIL"))),
    Form(before=(_LATEST,), after=(("_END", "_BEFORE"),)),
    *(form for form in BY if form.after != (("_BEFORE",),) or form.before),
)
"""The forms of a deadline on the last day of a month, a quarter, half a year or a year."""

BY_PERIOD = (Form(after=(("_BEFORE",),)),)
"""The forms of a deadline whose bound is a whole period: 12月前."""

NOT_BEFORE = (
    Form(after=(("_ONWARD",),)),
    Form(before=(("_FROM",),), after=(("_ONWARD",),)),
    Form(before=(("_AT_LEAST",),)),
)
_AFTER = (Form(after=(("_AFTER",),)),)

DURING = (
    Form(),
    Form(after=(("_UNTIL",),)),
    Form(before=(("_FROM",),)),
    Form(before=(("_FROM",),), after=(("_UNTIL",),)),
)


# ---- the names of days and periods --------------------------------------------------------------


def _years(number: int, year: int | None) -> list[str]:
    """A year before a month or a half: in figures, in Chinese, or 本年, 次年 of a known year."""
    found = [f"{number}年", f"{number}年度", f"{figures.digit_by_digit(number)}年"]
    if year == number:
        found += ["", *(piece.text for piece in words("_THIS_YEAR"))]
    if year is not None and year + 1 == number:
        found += [piece.text for piece in words("_NEXT_YEAR")]
    return found


def _months(number: int) -> list[str]:
    said = figures.chinese_short(number)
    return [f"{number}月", f"{number}月份", f"{said}月"]


@cache
def day_names(day: dt.date, year: int | None = None) -> tuple[str, ...]:
    """A day in every form. ``year`` is the table's: its days need not say it.

    >>> day_names(dt.date(2024, 12, 31))[0], "12月31日" in day_names(dt.date(2024, 12, 31), 2024)
    ('2024年12月31日', True)
    """
    said = figures.chinese_short(day.day)
    ends = (f"{day.day}日", f"{day.day}号", f"{said}日")
    found = [f"{y}{m}{d}" for y in _years(day.year, year) for m in _months(day.month) for d in ends]
    for sign in "-/.":
        found.append(f"{day.year}{sign}{day.month:02}{sign}{day.day:02}")
        found.append(f"{day.year}{sign}{day.month}{sign}{day.day}")
    return tuple(found)


@cache
def period_names(period: Period, year: int | None = None) -> tuple[str, ...]:
    """A period in every form.

    >>> period_names(dates.quarter(2024, 4))[:2]
    ('2024年第四季度', '2024年四季度')
    """
    first = period.start
    years = _years(first.year, year)
    match period.grain:
        case Grain.DAY:
            return day_names(first, year)
        case Grain.TENTH:
            third = "上中下"[first.day // 10]
            return tuple(f"{y}{m}{third}旬" for y in years for m in _months(first.month))
        case Grain.MONTH:
            found = [f"{y}{m}" for y in years for m in _months(first.month)]
            return (*found, f"{first.year}-{first.month:02}", f"{first.year}/{first.month:02}")
        case Grain.QUARTER:
            number = (first.month + 2) // 3
            said = ("一二三四"[number - 1], str(number))
            forms = [f"第{said[0]}季度", *(f"{one}季度" for one in said), f"第{said[1]}季度"]
            return tuple(f"{y}{one}" for y in years for one in forms)
        case Grain.HALF:
            terminal = "_FIRST_HALF" if first.month == 1 else "_SECOND_HALF"
            return tuple(f"{y}{piece.text}" for y in years for piece in words(terminal))
        case Grain.YEAR:
            return tuple(text for text in years if text)
        case _:
            assert_never(period.grain)


def periods_of(day: dt.date) -> Iterator[Period]:
    """The month, quarter, half-year and year that hold a day."""
    yield dates.month(day.year, day.month)
    yield dates.quarter(day.year, (day.month + 2) // 3)
    yield dates.half(day.year, (day.month + 5) // 6)
    yield dates.year(day.year)


def _is_count(text: str) -> bool:
    """Whether a name after a sign would count months or quarters: ≤7月."""
    return bool(_COUNT.fullmatch(text))


# ---- constraints --------------------------------------------------------------------------------


def _formed(draw: st.DrawFn, form: Form, names: tuple[str, ...]) -> Pieces:
    before = [pick(draw, words(*slot)) for slot in form.before]
    after = [pick(draw, words(*slot)) for slot in form.after]
    signs = {"_AT_MOST", "_HOLD", "_EQUAL", "_AT_LEAST"}
    if not form.after and any(signs & set(slot) for slot in form.before):
        names = tuple(text for text in names if not _is_count(text))
    return (*before, Piece(pick(draw, names)), *after)


def by(draw: st.DrawFn, found: By, year: int | None) -> Pieces:
    """A deadline in one of its forms."""
    if found.from_ is not None:
        ends = found.from_, found.date
        (period,) = (one for one in periods_of(found.date) if (one.start, one.end) == ends)
        return _formed(draw, pick(draw, BY_PERIOD), period_names(period, year))
    ending = [one for one in periods_of(found.date) if one.end == found.date]
    if found.date == _last_day(year) and otherwise(draw):
        return _year_end(draw)
    if not ending or not otherwise(draw):
        return _formed(draw, pick(draw, BY), day_names(found.date, year))
    period = pick(draw, ending)
    # A year without more is the time in which something is done, not the day by which.
    forms = [one for one in BY_END if period.grain is not Grain.YEAR or one.after or one.before]
    forms = [one for one in forms if period.grain is not Grain.YEAR or one.before != (("_IS",),)]
    return _formed(draw, pick(draw, forms), period_names(period, year))


def _last_day(year: int | None) -> dt.date | None:
    return None if year is None else dt.date(year, 12, 31)


def _year_end(draw: st.DrawFn) -> Pieces:
    """年底, 年底前, 不晚于年底: of the table's year."""
    before = (pick(draw, words("_NOT_LATER")),) if otherwise(draw) else ()
    after = (pick(draw, words("_BEFORE")),) if otherwise(draw) else ()
    return (*before, pick(draw, words("_YEAR_END", "_IN_YEAR")), *after)


def not_before(draw: st.DrawFn, found: NotBefore, year: int | None) -> Pieces:
    """An earliest day in one of its forms."""
    eve = found.date - ONE_DAY
    starting = [one for one in periods_of(found.date) if one.start == found.date]
    ended = [dates.day(eve.year, eve.month, eve.day)]
    ended += [one for one in periods_of(eve) if one.end == eve]
    day = dates.day(found.date.year, found.date.month, found.date.day)
    first, after = pick(draw, [day, *starting]), pick(draw, ended)
    if otherwise(draw):
        return _formed(draw, pick(draw, _AFTER), period_names(after, year))
    return _formed(draw, pick(draw, NOT_BEFORE), period_names(first, year))


def during(draw: st.DrawFn, found: During, year: int | None) -> Pieces:
    """A period in one of its forms."""
    exact = [*_whole(found, year), *_spans(found, year)]
    if exact and otherwise(draw):
        return pick(draw, exact)
    form = pick(draw, DURING)
    before = [pick(draw, words(*slot)) for slot in form.before]
    after = [pick(draw, words(*slot)) for slot in form.after]
    starts = [dates.day(found.start.year, found.start.month, found.start.day)]
    ends = [dates.day(found.end.year, found.end.month, found.end.day)]
    starts += [one for one in periods_of(found.start) if one.start == found.start]
    ends += [one for one in periods_of(found.end) if one.end == found.end]
    first = pick(draw, period_names(pick(draw, starts), year))
    # A year that is said at the start holds for the end.
    names = period_names(pick(draw, ends), found.start.year)
    last = pick(draw, [name for name in names if not _reads_as_span(first, name)])
    signs = sorted(words("_TO"), key=lambda piece: piece.text != "至")
    return (*before, Piece(first), pick(draw, signs), Piece(last), *after)


def _reads_as_span(first: str, last: str) -> bool:
    """Whether the beginning of the end is taken for the end: 7月至9月30日 begins as 7月至9月."""
    months = first.endswith(("月", "月份")) and re.match("[0-9]{1,2}月.*[日号]", last)
    years = re.search("[0-9]{4}年?度?$", first) and re.match("[0-9]{4}(?:年度?.|[^年])", last)
    return bool(months or years)


def _whole(found: During, year: int | None) -> Iterator[Pieces]:
    """A named period: 2024年, 2024年全年, 第四季度期间."""
    for period in periods_of(found.start):
        if (period.start, period.end) == (found.start, found.end):
            for name in period_names(period, year):
                if period.grain is Grain.YEAR:
                    yield (Piece(name),)
                yield from ((Piece(name), piece) for piece in words("_THROUGHOUT"))


def _spans(found: During, year: int | None) -> Iterator[Pieces]:
    """The forms in which two dates share what they have in common: 3-6月, 1日至5日."""
    start, end = found.start, found.end
    whole_months = start.day == 1 and (end + ONE_DAY).day == 1
    if start.year == end.year:
        years = _years(start.year, year)
        if whole_months:
            yield from (_said(f"{y}{start.month}-{end.month}月") for y in years)
            yield from (_said(f"{y}{start.month}月至{end.month}月") for y in years)
        if start.month == end.month and start.day < end.day:
            spans = (f"{start.day}-{end.day}日", f"{start.day}日至{end.day}日")
            yield from (_said(f"{y}{start.month}月{span}") for y in years for span in spans)
    if whole_months:
        yield _said(f"{start.year}.{start.month}-{end.year}.{end.month}")
        if (start.month, end.month) == (1, 12) and start.year < end.year:
            yield _said(f"{start.year}-{end.year}年")
            yield _said(f"{start.year}年至{end.year}年")


def _said(text: str) -> Pieces:
    return (Piece(text),)
