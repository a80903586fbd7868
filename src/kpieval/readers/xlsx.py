"""Workbooks (.xlsx, .xlsm): every sheet a grid of the cells as the screen shows them.

Needs the extra ``office``. Nothing is opened before :mod:`archive` and :mod:`sheetscan` have
looked through it; links are never followed, macros never run.
"""

from __future__ import annotations

import datetime as dt
import io
import warnings
from typing import Any

import openpyxl
from attrs import define, field
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers import archive, sheetscan, shown
from kpieval.readers.faults import BadCell, Malformed
from kpieval.readers.grid import OBJECT, Grid, Row, Sheets, row_list
from kpieval.tables import Place

_PICTURE = "=DISPIMG("
"""How the result of the formula begins by which WPS shows a picture in a cell."""


def read(data: bytes, file: str) -> Sheets:
    """All worksheets, hidden ones too (noted). Raises MalformedFileError when it is not safe."""
    parts = archive.parts(data, file)
    scans = sheetscan.scan(parts, file)
    macros = any(name.endswith("vbaProject.bin") for name in parts)
    del parts
    try:
        book = _opened(data)
        grids = tuple(
            _grid(sheet, scans.get(sheet.title) or sheetscan.Scan(), file)
            for sheet in book.worksheets
        )
    except Exception as error:
        # A damaged workbook makes openpyxl raise almost anything, some of it only cell by cell.
        detail = f"{type(error).__name__}: {error}"[:200]
        raise Malformed("workbook", where=file, detail=detail) from error
    notes = (Note.of("table.macros"),) if macros else ()
    return Sheets(grids, fill_down=True, notes=notes)


def _opened(data: bytes) -> Any:
    """The workbook with stored values in place of formulas."""
    with warnings.catch_warnings():
        # openpyxl warns of every feature that it would lose on saving; nothing is saved.
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)


def _grid(sheet: Worksheet, scan: sheetscan.Scan, file: str) -> Grid:
    width = scan.width
    joined = _joined(sheet)
    rows = []
    for number, columns in sorted(scan.columns.items()):
        row = _RowTexts(Place(file, sheet.title, number))
        texts = [""] * width
        for column in columns:
            if (number, column) in scan.pictured:
                texts[column - 1] = OBJECT
                continue
            uncounted = (number, column) in scan.uncounted
            texts[column - 1] = row.text(sheet.cell(number, column), uncounted)
        rows.append(
            Row(
                number,
                tuple(texts),
                joined=frozenset(joined.get(number, ())),
                notes=tuple(row.notes),
                problems=tuple(row.problems),
            )
        )
    return Grid(sheet.title, tuple(rows), notes=_hidden(sheet, scan))


def _joined(sheet: Worksheet) -> dict[int, set[int]]:
    """By row, the places (from 0) whose cell is merged with the one above."""
    joined: dict[int, set[int]] = {}
    for area in sheet.merged_cells.ranges:
        for number in range(area.min_row + 1, area.max_row + 1):
            joined.setdefault(number, set()).add(area.min_col - 1)
    return joined


def _hidden(sheet: Worksheet, scan: sheetscan.Scan) -> tuple[Note, ...]:
    """Notes on what the screen does not show and was read all the same."""
    notes = []
    if sheet.sheet_state != "visible":
        notes.append(Note.of("table.hidden_sheet", sheet=sheet.title))
    rows = [
        number
        for number in sorted(scan.columns)
        if number in sheet.row_dimensions and sheet.row_dimensions[number].hidden
    ]
    if rows:
        notes.append(Note.of("table.hidden_rows", sheet=sheet.title, rows=row_list(rows)))
    columns = sorted(letter for letter, column in sheet.column_dimensions.items() if column.hidden)
    if columns:
        told = ", ".join(columns)
        notes.append(Note.of("table.hidden_columns", sheet=sheet.title, columns=told))
    return tuple(notes)


@define
class _RowTexts:
    """The cells of one row as text, with what had to be assumed."""

    place: Place
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)

    def text(self, cell: Any, uncounted: bool) -> str:
        value = cell.value
        if uncounted and value is None:
            return self._fault("no_result", cell, "=")
        if value is None:
            return ""
        if cell.data_type == "e":
            return self._fault("error_value", cell, str(value))
        note = None
        match value:
            case bool():
                return "TRUE" if value else "FALSE"
            case int() | float():
                value, note = shown.number(value, cell.number_format, _name(cell))
            case dt.date() | dt.time() | dt.timedelta():
                value, note = shown.moment(value, cell.number_format, _name(cell))
            case str() if value.startswith(_PICTURE):
                return OBJECT
        if note is not None:
            self.notes.append(note)
        return str(value)

    def _fault(self, key: str, cell: Any, found: str) -> str:
        fault = BadCell(key, where=self.place, column=_name(cell), found=found)
        self.problems.append(fault)
        return ""


def _name(cell: Any) -> str:
    return f"{get_column_letter(cell.column)}{cell.row}"
