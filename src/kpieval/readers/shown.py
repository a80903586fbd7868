"""A stored cell value and its number format -> the text that the screen shows.

Only formats that can be shown exactly are: fixed places, thousands, per cent, words around the
number, dates. For any other the stored value is given, and the note says so.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from kpieval import exact
from kpieval.notes import Note

_GENERAL = "General"
_PATTERN = re.compile(r"([#0?,]*[#0?])(?:\.([#0?]*))?([%‰]?)")
_TOKEN = re.compile(
    r'"([^"]*)"|[\\!](.)|\[\$([^\]-]*)(?:-[^\]]*)?\]|\[(?:[A-Za-z]+[0-9]*|DBNum\d)\]|[_*]."?'
    r"|([#0?.,%‰]+)|(General|@)|([^A-Za-z0-9#?.,%‰\[\]\"\\!_*;@/])",
    re.IGNORECASE,
)
_SIGNIFICANT = 15
"""The digits that Excel itself keeps; what a file holds beyond them is noise of floats."""

_MINUSES = frozenset("-−－–—‒﹣负")
_DIGIT = re.compile(r"[0-9]")

Shown = tuple[str, Note | None]
Moment = dt.datetime | dt.date | dt.time | dt.timedelta


def number(value: int | float, form: str, cell: str) -> Shown:
    """The text of a number cell: ``0.953`` under ``0.0%`` is ``95.3%``, noted.

    Rounds half up as the screen does; the note names the stored value.
    """
    seen, known = _number(value, form)
    if not known:
        return seen, Note.of("table.format_unknown", cell=cell, format=form, value=seen)
    text = negative(seen) if value < 0 else seen
    stored = text if form == _GENERAL else plain(value)
    if text != seen:
        return text, minus_note(cell, seen, text, stored)
    if text == stored:
        return text, None
    return text, Note.of("table.shown", cell=cell, shown=text, value=stored)


def alters_text(form: str) -> bool:
    """Whether a format shows a text otherwise than it is stored.

    >>> alters_text("@"), alters_text('@"%"'), alters_text(";;;"), alters_text("0.00_ ")
    (False, True, True, False)
    """
    return _text_section(form) != ("", "@", "")


def text(stored: str, form: str, cell: str) -> Shown:
    """The text of a cell that holds text: with the words that its format puts around it, noted.

    What the format shows as nothing is read all the same, as hidden rows are.
    """
    section = _text_section(form)
    if section is None:
        return stored, Note.of("table.format_unknown", cell=cell, format=form, value=stored)
    before, _, after = section
    seen = f"{before}{stored}{after}"
    if seen == stored:
        return stored, None
    return seen, Note.of("table.shown", cell=cell, shown=seen, value=stored)


@lru_cache(maxsize=256)
def _text_section(form: str) -> tuple[str, str, str] | None:
    """The words that a format puts around texts; None where it shows something else."""
    sections = _sections(form)
    section = sections[3] if len(sections) > 3 else sections[-1]
    if len(sections) < 4 and "@" not in section:
        return "", "@", ""
    pieces = _pieces(section)
    return pieces if pieces is not None and pieces[1] == "@" else None


def negative(seen: str) -> str:
    """The text of a negative number with its minus, for which brackets or a colour may stand.

    >>> negative("(5)"), negative("5%"), negative("¥-5"), negative("0%")
    ('-5', '-5%', '¥-5', '0%')
    """
    found = _DIGIT.search(seen)
    if found is None or not re.search("[1-9]", seen):
        # Words alone, or a number that is rounded to nothing.
        return seen
    before, after = seen[: found.start()], seen[found.start() :]
    if not _MINUSES.isdisjoint(before):
        return seen
    for left, right in ("()", "（）"):
        if left in before and right in after:
            before, after = before.replace(left, "", 1), after.replace(right, "", 1)
    return f"{before}-{after}".strip()


def minus_note(cell: str, seen: str, text: str, stored: str) -> Note:
    """That a minus was put where the screen shows a colour or brackets."""
    return Note.of("table.negative", cell=cell, shown=seen, text=text, value=stored)


@lru_cache(maxsize=1 << 11, typed=True)
def _number(value: int | float, form: str) -> tuple[str, bool]:
    """The text of a number, and whether its format is one that can be shown exactly."""
    stored = plain(value)
    if form == _GENERAL:
        return stored, True
    exactly = exact.from_text(stored)
    pieces = _pieces(_section(form or _GENERAL, exactly))
    if pieces is None:
        return stored, False
    before, pattern, after = pieces
    text = stored if pattern in (_GENERAL, "@") else _patterned(exactly, pattern)
    if text is None:
        return stored, False
    if ";" in form and exactly < 0 and _sections(form)[1:2]:
        text = text.removeprefix("-")
    return f"{before}{text}{after}".strip(), True


def plain(value: int | float) -> str:
    """The exact plain text of a stored number, to 15 significant digits; never an exponent.

    >>> plain(0.1 + 0.2), plain(12.0), plain(1e-7)
    ('0.3', '12', '0.0000001')
    """
    if isinstance(value, int):
        return str(value)
    plainly = repr(value).removesuffix(".0")
    if len(plainly) <= _SIGNIFICANT and "e" not in plainly:
        return plainly
    written = Decimal(plainly)
    places = _SIGNIFICANT - 1 - written.adjusted()
    if places < 0:
        return exact.text(written)
    return exact.text(exact.half_up(exact.fraction(written), places))


def moment(value: Moment, form: str, cell: str) -> Shown:
    """The text of a date cell: 2024-09-28, or only the year or month that the format shows."""
    if isinstance(value, dt.timedelta):
        return _lasted(value), None
    stored = str(value)
    if isinstance(value, dt.time):
        return stored, None
    seen = _parts_shown(form)
    date, time = value, dt.time()
    if isinstance(value, dt.datetime):
        date, time = value.date(), value.time()
    text = _shown_day(date, seen)
    if seen == {"time"}:
        text = time.isoformat("seconds")
    if time == dt.time() and text == date.isoformat() and seen != {"weekday"}:
        return text, None
    return text, Note.of("table.shown", cell=cell, shown=text, value=stored)


def _lasted(value: dt.timedelta) -> str:
    """Hours, minutes and seconds, as [h]:mm:ss shows them.

    >>> _lasted(dt.timedelta(days=1, hours=6, seconds=5)), _lasted(-dt.timedelta(minutes=90))
    ('30:00:05', '-1:30:00')
    """
    minutes, seconds = divmod(abs(value) // dt.timedelta(seconds=1), 60)
    sign = "-" if value < dt.timedelta() else ""
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{seconds:02}"


@lru_cache(maxsize=256)
def _parts_shown(form: str) -> frozenset[str]:
    """What a format shows of a moment: year, month, day, weekday, time.

    >>> sorted(_parts_shown("yyyy/m/d h:mm")), sorted(_parts_shown("[h]:mm AM/PM"))
    (['day', 'month', 'time', 'year'], ['time'])
    """
    # "General" has letters of dates in it, and shows none of them.
    written = "" if form == _GENERAL else form.lower()
    hours = re.search(r"\[[hms]+\]", written) is not None
    bare = re.sub(r'"[^"]*"|[\\!_*].|\[[^\]]*\]|am/pm|a/p', "", written)
    # Between hours and seconds, m is for minutes.
    untimed = re.sub(r"m+(?=[^a-z]*s)", "", re.sub(r"(h+[^a-z]*)m+", r"\1", bare))
    untimed = re.sub(r"^[^a-z]*m+", "", untimed) if hours else untimed
    found = {
        "time": hours or re.search("[hs]", bare),
        "weekday": re.search("d{3}|a{3}", untimed),
        "day": "d" in re.sub("d{3,}", "", untimed),
        "month": "m" in untimed,
        "year": re.search("[ye]", untimed),
    }
    return frozenset(name for name, shows in found.items() if shows)


def _shown_day(date: dt.date, seen: frozenset[str]) -> str:
    """The day as far as it is shown; the whole of it where nothing says which part."""
    partial = seen & {"year", "month", "day"}
    if len(partial) in (0, 3):
        return date.isoformat()
    parts = {"year": f"{date.year}年", "month": f"{date.month}月", "day": f"{date.day}日"}
    return "".join(text for name, text in parts.items() if name in partial)


def _sections(form: str) -> list[str]:
    """The parts of a format between semicolons; a blank one shows nothing.

    >>> _sections('0;;"a;b"'), _sections(";;;")
    (['0', '', '"a;b"'], ['', '', '', ''])
    """
    return re.findall(r'(?:^|;)((?:"[^"]*"|\\.|[^;"\\])*)', form)


def _section(form: str, value: Fraction) -> str:
    """The part of a format that holds for the value: positive; negative; zero."""
    sections = _sections(form)
    if value < 0 and len(sections) > 1:
        return sections[1]
    if value == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


@lru_cache(maxsize=256)
def _pieces(section: str) -> tuple[str, str, str] | None:
    """The words before the number, its pattern, the words after; None if it is none of ours."""
    words: list[str] = ["", ""]
    pattern = ""
    place = 0
    while place < len(section):
        found = _TOKEN.match(section, place)
        if found is None:
            return None
        place = found.end()
        core = found[4] or found[5]
        if core and pattern:
            return None
        pattern = pattern or core or ""
        word = found[1] or found[2] or found[3] or found[6] or ""
        words[1 if pattern else 0] += word
    pattern = _GENERAL if pattern.lower() == "general" else pattern
    return (words[0], pattern, words[1]) if pattern else None


def _patterned(value: Fraction, pattern: str) -> str | None:
    """The number by a pattern such as ``0``, ``#,##0.00`` or ``0.0%``, without trailing zeros."""
    found = _PATTERN.fullmatch(pattern)
    if found is None:
        return None
    factor = {"%": 100, "‰": 1000, "": 1}[found[3]]
    rounded = exact.half_up(value * factor, len(found[2] or ""))
    return exact.text(rounded) + found[3]
