"""Days that are written out, read without the grammar: 2024年6月12日, 12月底前."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from functools import cache

from kpieval import dates, wordlists
from kpieval.constraints import By, Target
from kpieval.notes import Note
from kpieval.parsing.rows import Row
from kpieval.parsing.tries import any_of
from kpieval.rendering import canonical

_YEAR = "((?:19|20|21)[0-9]{2})年"
_MONTH = "(1[0-2]|[1-9])月"
_DAY = re.compile(f"{_YEAR}{_MONTH}(3[01]|[12][0-9]|[1-9])日")
_YEARS = range(1900, 2200)


def day(text: str) -> dt.date | None:
    """The day that a text is; None for any other text.

    >>> day("2024年6月12日"), day("2024年6月31日")
    (datetime.date(2024, 6, 12), None)
    """
    found = _DAY.fullmatch(text)
    if found is not None:
        with suppress(ValueError):  # the grammar says what is wrong with 31 June
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
    return None


def deadline(text: str, row: Row) -> Target | None:
    """The target of a day before which something is due, or of the end of a month; else None.

    A month without a year is one of the row's, unless its name speaks of another.

    >>> deadline("2024年2月底前", Row()).canonical, deadline("2月底前", Row())
    ('2024年2月29日前', None)
    """
    if "月" not in text or row.sign or row.unit or row.sense.hint is not None:
        return None
    month = _month_end().fullmatch(text)
    if month is not None:
        year = int(month[1]) if month[1] else _own_year(row)
        return _by(text, dates.month(year, int(month[2])).end) if year else None
    date = day(_before().sub("", text))
    if date is None:
        return None
    if text.endswith("日"):
        return _by(text, date, Note.of("date.bare", date=date))
    return _by(text, date, Note.of("date.before_day", date=date))


def _own_year(row: Row) -> int | None:
    """The year of the table, where nothing else in the row names one."""
    return row.year if row.year in _YEARS and not row.sense.years else None


def _by(text: str, date: dt.date, *notes: Note) -> Target:
    constraint = By(date)
    return Target(text, constraint, canonical(constraint), notes)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(f"{any_of(_words('_BEFORE'))}$")


@cache
def _month_end() -> re.Pattern[str]:
    return re.compile(f"(?:{_YEAR})?{_MONTH}{any_of(_words('_END'))}{any_of(_words('_BEFORE'))}")


def _words(terminal: str) -> tuple[str, ...]:
    """The spellings of a terminal; what guards some of them against a word behind is met here."""
    return (*wordlists.spellings(terminal), *(word for word, _ in wordlists.guarded(terminal)))
