"""Workbooks of older forms (.xls, .et, .xlsb): every sheet a grid of the cells as shown.

Needs the extra ``office``. python-calamine reads them in a child process with limits; formulas and
macros are never run. It tells no number formats; those of .xls are read beside it, and in .xlsb
every number is noted, for 0.953 may be 95.3% on the screen.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from attrs import define, field, frozen

from kpieval.children.running import ChildFault, ask
from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers import archive, biff, shown
from kpieval.readers.builtinformats import FORMATS
from kpieval.readers.compound import Compound
from kpieval.readers.faults import BadCell, Malformed
from kpieval.readers.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Grid, Row, Sheets, letters
from kpieval.readers.sheetnotes import Unseen
from kpieval.tables import Place

SECONDS = 60
"""What the child may take."""

_CHILD = "kpieval.children.sheets"


def read(data: bytes, file: str) -> Sheets:
    """All worksheets, hidden ones too (noted). Raises MalformedFileError; see the module."""
    formats = biff.BookFormats()
    macros = False
    if data.startswith(b"PK"):
        macros = any(name.endswith("vbaProject.bin") for name in archive.parts(data, file))
    else:
        book = Compound(data)
        if book.circles:
            raise Malformed("chains", where=file)
        formats = biff.scan(book)
        macros = "_VBA_PROJECT" in book.entries
    limits = [str(most) for most in (MAX_ROWS, MAX_COLUMNS, MAX_CELLS)]
    try:
        found = ask(_CHILD, data, limits, seconds=SECONDS)
    except ChildFault as fault:
        raise Malformed(fault.key, where=file, **fault.params) from None
    if len(formats.sheets) != len(found):
        formats = biff.BookFormats(odd_fonts=formats.odd_fonts)
    grids = tuple(_grid(_Sheet(file, number, formats, sheet)) for number, sheet in enumerate(found))
    notes = (Note.of("table.macros"),) if macros else ()
    if formats.odd_fonts:
        notes = (*notes, Note.of("table.fonts_unread"))
    return Sheets(grids, fill_down=True, notes=notes)


@frozen
class _Sheet:
    """One sheet of the child's answer, with what the formats say of it."""

    file: str
    number: int
    formats: biff.BookFormats
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return str(self.told["name"])

    @property
    def looks(self) -> biff.SheetFormats:
        """The formats, errors and hidden parts of this sheet."""
        known = self.formats.sheets
        return known[self.number] if self.number < len(known) else biff.SheetFormats()


def _grid(sheet: _Sheet) -> Grid:
    top, left = sheet.told["start"]
    joined = _joined(sheet.told["merged"])
    rows = []
    for at, values in enumerate(sheet.told["rows"], start=top):
        texts = _RowTexts(sheet, at)
        cells = ("",) * left + tuple(
            texts.text(value, place) for place, value in enumerate(values, start=left)
        )
        if not any(cells) and not texts.problems:
            continue
        rows.append(
            Row(
                at + 1,
                cells,
                joined=frozenset(joined.get(at, ())),
                notes=tuple(texts.notes),
                problems=tuple(texts.problems),
            )
        )
    return Grid(sheet.name, tuple(rows), notes=_hidden(sheet, {row.number for row in rows}))


def _joined(areas: list[list[list[int]]]) -> dict[int, set[int]]:
    """By row from 0, the columns whose cell is merged with the one above."""
    joined: dict[int, set[int]] = {}
    for (top, left), (bottom, _) in areas:
        for row in range(top + 1, min(bottom, MAX_ROWS) + 1):
            joined.setdefault(row, set()).add(left)
    return joined


def _hidden(sheet: _Sheet, filled: set[int]) -> tuple[Note, ...]:
    rows = [row + 1 for row in sheet.looks.hidden_rows if row + 1 in filled]
    columns = [letters(column + 1) for column in sorted(set(sheet.looks.hidden_columns))]
    return Unseen(not sheet.told["visible"], rows, columns).notes(sheet.name)


@define
class _RowTexts:
    """The cells of one row as text, with what had to be assumed."""

    sheet: _Sheet
    row: int
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)

    def text(self, value: object, column: int) -> str:
        """What the screen shows of a value; an error is a problem, and blank."""
        wrong = self.sheet.looks.errors.get((self.row, column))
        cell = f"{letters(column + 1)}{self.row + 1}"
        if wrong is not None:
            place = Place(self.sheet.file, self.sheet.name, self.row + 1)
            self.problems.append(BadCell("error_value", where=place, column=cell, found=wrong))
            return ""
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case int() | float():
                text, note = self._number(value, column, cell)
            case dict():
                text, note = shown.moment(_moment(value), self._form(column) or "", cell)
            case _:
                return "" if value is None else str(value)
        if note is not None:
            self.notes.append(note)
        return text

    def _form(self, column: int) -> str | None:
        number = self.sheet.formats.format_of(self.sheet.number, (self.row, column))
        if number is None:
            return None
        return self.sheet.formats.names.get(number) or FORMATS.get(number)

    def _number(self, value: int | float, column: int, cell: str) -> shown.Shown:
        form = self._form(column)
        if form is None:
            stored = shown.plain(value)
            return stored, Note.of("table.format_unknown", cell=cell, format="?", value=stored)
        # A whole number is one in Excel, whether the file holds it as a float or not.
        whole = int(value) if float(value).is_integer() and abs(value) < 1e15 else value
        return shown.number(whole, form, cell)


def _moment(told: dict[str, Any]) -> dt.datetime | dt.date | dt.time | dt.timedelta:
    ((kind, text),) = told.items()
    match kind:
        case "datetime":
            return dt.datetime.fromisoformat(text)
        case "date":
            return dt.date.fromisoformat(text)
        case "time":
            return dt.time.fromisoformat(text)
        case _:
            return dt.timedelta(seconds=text)
