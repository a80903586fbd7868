"""TOML: a table ``[[indicator]]`` for each row, above the rows what holds for all of them.

Several projects are tables ``[[project]]``, their rows ``[[project.indicator]]``. Keys are those of
JSON rows, English or official (quoted); ``name`` is the name of the table that it stands in. Rows
are numbered by the line of their header. Numbers keep the text that was written, and no float is
ever made; a date is its ISO text.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from attrs import define, field, frozen

from kpieval.errors import KpiEvalError, NotATableError
from kpieval.notes import Note, merged
from kpieval.readers.columns import WORDS, Role, header_word
from kpieval.readers.faults import BadCell, Malformed
from kpieval.readers.grid import MAX_COLUMNS, Grid, Row, Sheets, excerpt
from kpieval.tables import Place

_PROJECT, _INDICATOR = "project", "indicator"
_OPAQUE = re.compile(
    r'"""(?:\\[\s\S]|[^\\])*?"""(?:"{0,2})'
    r"|'''[\s\S]*?'''(?:'{0,2})"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
)
"""Strings and comments of a well-formed text: nothing in them is a header."""

_HEADER = re.compile(r"^[ \t]*\[\[[ \t]*(indicator|project[ \t]*\.[ \t]*indicator)[ \t]*\]\]", re.M)
_OURS = re.compile(rf"{_HEADER.pattern}|^[ \t]*\[\[[ \t]*project[ \t]*\]\]", re.M)
_DEEP = re.compile(
    r"""(?<![A-Za-z0-9_-])(?:(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){64}"""
)
"""A key of so many parts that tomllib would take forever; no row needs more than two."""

_LINE = re.compile(r"at line ([0-9]+)")
_NEAR = 0.75

_KNOWN = {word: role for role, words in WORDS.items() for word in words}


@frozen
class _Number:
    """A TOML number as written."""

    text: str


@frozen
class _Entry:
    """One row: its line, its own keys, and those that it takes from above."""

    line: int
    row: Mapping[str, Any]
    common: Mapping[str, Any]


def looks_like(text: str) -> bool:
    """Whether the text has the header of a row or a project in this form.

    >>> looks_like('year = 2024\\n[[indicator]]\\n'), looks_like('[{"indicator": "a"}]')
    (True, False)
    """
    return _OURS.search(text) is not None


def read(text: str, file: str) -> Sheets:
    """The one grid of the rows, numbered by the line of their ``[[indicator]]``.

    Raises MalformedFileError when the text is no TOML or its rows are written otherwise, and
    NotATableError when it has none.
    """
    data = _parsed(text, file)
    scan = _Scan(file, _headers(text))
    scan.take(data)
    if not scan.entries:
        raise NotATableError(
            where=file, expected="[[indicator]]", found=excerpt(", ".join(data)) or "-"
        )
    entries = sorted(scan.entries, key=lambda entry: entry.line)
    names = tuple(dict.fromkeys(name for it in entries for name in (*it.common, *it.row)))
    if len(names) > MAX_COLUMNS:
        raise Malformed("columns", where=file, n=len(names), most=MAX_COLUMNS)
    rows = tuple(_row(entry, names, file) for entry in entries)
    near = _near_notes(name for entry in entries for name in entry.row)
    grid = Grid(None, (Row(0, names), *rows), problems=tuple(scan.problems))
    return Sheets((grid,), fill_down=False, notes=merged(scan.notes, near))


def _parsed(text: str, file: str) -> dict[str, Any]:
    if _DEEP.search(text):
        raise Malformed("toml_deep", where=file)
    try:
        return tomllib.loads(text, parse_float=_Number)
    except RecursionError:
        raise Malformed("toml_deep", where=file) from None
    except ValueError as error:
        # Not only TOMLDecodeError: an integer may be longer than Python converts.
        found = _LINE.search(str(error))
        where = Place(file, None, int(found[1]), int(found[1])) if found else file
        raise Malformed("toml", where=where, detail=excerpt(str(error), 200)) from None


def _headers(text: str) -> dict[str, list[int]]:
    """The lines of the rows' headers, by the header without white space."""
    bare = _OPAQUE.sub(_blanked, text)
    lines: dict[str, list[int]] = {}
    at, line = 0, 1
    for found in _HEADER.finditer(bare):
        line += bare.count("\n", at, found.start(1))
        at = found.start(1)
        lines.setdefault("".join(found[1].split()), []).append(line)
    return lines


def _blanked(found: re.Match[str]) -> str:
    return '"' + "\n" * found[0].count("\n") + '"'


@define
class _Scan:
    """The rows of a file, with what is said around them."""

    file: str
    headers: dict[str, list[int]]
    entries: list[_Entry] = field(factory=list)
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)

    def take(self, data: Mapping[str, Any]) -> None:
        """All rows: those of the file itself, or those of its projects."""
        several = isinstance(data.get(_PROJECT), list)
        projects = self._tables(data[_PROJECT]) if several else []
        whole = {name: value for name, value in data.items() if not several or name != _PROJECT}
        whole = _keyed(whole, Role.PROJECT, self.file)
        shared = self._common(whole)
        self._rows(whole, _INDICATOR, shared)
        for project in projects:
            named = _keyed(project, Role.PROJECT, self.file)
            common = {**_without(shared, named), **self._common(named)}
            self._rows(named, f"{_PROJECT}.{_INDICATOR}", common)
        astray = projects and (_INDICATOR in whole or not all(_INDICATOR in it for it in projects))
        if astray or any(self.headers.values()):
            raise self._refused()

    def _rows(self, data: Mapping[str, Any], header: str, common: Mapping[str, Any]) -> None:
        """The rows of one table, which follow each other under headers of one kind."""
        rows = self._tables(data.get(_INDICATOR, []))
        lines = self.headers.get(header, [])
        if len(lines) < len(rows):
            raise self._refused()
        # The rows of all projects share one header: each table takes the next of its lines.
        self.headers[header] = lines[len(rows) :]
        for line, row in zip(lines, rows, strict=False):
            named = _keyed(row, Role.NAME, Place(self.file, None, line, line))
            self.entries.append(_Entry(line, named, common))

    def _tables(self, value: object) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(it, dict) for it in value):
            raise self._refused()
        return value

    def _refused(self) -> Malformed:
        return Malformed("toml_rows", where=self.file)

    def _common(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What a file or a project says of all its rows."""
        plain = {name: value for name, value in data.items() if name != _INDICATOR}
        unread = [name for name in plain if _role(name) is None]
        if unread:
            self.notes.append(Note.of("table.toml_keys", keys=", ".join(unread)))
            self.notes += _near_notes(unread)
        known = {name: value for name, value in plain.items() if name not in unread}
        for name, value in known.items():
            if _text(value) is None:
                found = excerpt(_shown(value))
                fault = BadCell("no_plain", where=Place(self.file), column=name, found=found)
                self.problems.append(fault)
        return {name: value for name, value in known.items() if _text(value) is not None}


def _keyed(table: Mapping[str, Any], own: Role, place: Place | str) -> dict[str, Any]:
    """The table under English keys; ``name`` stands for its ``own`` role.

    The key of a budget stays as written, for its unit may stand in brackets.
    """
    found: dict[str, Any] = {}
    said: set[Role] = set()
    for name, value in table.items():
        role = own if name == "name" else _role(name)
        if role in said:
            told = excerpt(", ".join(table), 300)
            raise Malformed("column_twice", where=place, column=name, found=told)
        said |= {role} if role else set()
        found[name if role in (None, Role.BUDGET) else role.value] = value
    return found


def _role(name: str) -> Role | None:
    return _KNOWN.get(header_word(name)[0])


def _near_notes(names: Iterable[str]) -> list[Note]:
    """A note for each unknown key that is nearly a known one."""
    unknown = dict.fromkeys(name for name in names if _role(name) is None)
    known = ["name", *_KNOWN]
    found = {name: get_close_matches(header_word(name)[0], known, 1, _NEAR) for name in unknown}
    return [
        Note.of("table.near_key", key=name, near=near[0]) for name, near in found.items() if near
    ]


def _row(entry: _Entry, names: tuple[str, ...], file: str) -> Row:
    values = {**_without(entry.common, entry.row), **entry.row}
    odd = [name for name, value in values.items() if _text(value) is None]
    place = Place(file, None, entry.line, entry.line)
    problems = tuple(
        BadCell("no_plain", where=place, column=name, found=excerpt(_shown(values[name])))
        for name in odd
    )
    cells = tuple(_text(values.get(name, "")) or "" for name in names)
    return Row(entry.line, cells, problems=problems, line=entry.line)


def _without(common: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    """What holds for all rows, but for what this row says itself, under whichever name."""
    said = {_role(name) for name in row}
    return {name: value for name, value in common.items() if _role(name) not in said}


def _text(value: object) -> str | None:
    """The cell of a value; None for what is no text, number or date."""
    match value:
        case str():
            return value
        case _Number(text) if text.strip("+-") not in ("inf", "nan"):
            return text.replace("_", "")
        case bool() | dt.datetime():
            return None
        case int():
            return str(value)
        case dt.date():
            return value.isoformat()
        case _:
            return None


def _shown(value: object) -> str:
    match value:
        case _Number(text):
            return text
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case list():
            return f"[{', '.join(_shown(part) for part in value)}]"
        case dict():
            return f"{{{', '.join(f'{name} = {_shown(part)}' for name, part in value.items())}}}"
        case _:
            return str(value)
