"""Text with separators: comma, tab or semicolon, told by the header; strict about quotes."""

from __future__ import annotations

import csv
import io
import re

from attrs import evolve

from kpieval.notes import Note
from kpieval.readers.columns import roles_of
from kpieval.readers.faults import Malformed
from kpieval.readers.grid import MAX_COLUMNS, Grid, Row, Sheets

_DELIMITERS = (",", "\t", ";")
_HEADER_WITHIN = 20
_GUARDED = re.compile(r"'+[=+\-@\t\r\n]")


def read(text: str, file: str) -> Sheets:
    """The one grid of the text; rows are numbered as a spreadsheet numbers them.

    Raises MalformedFileError with the line of a quote that is not closed or not in its place.
    """
    rows = tuple(_rows(text, file))
    width = max((len(cells) for cells in _headers(rows)), default=0)
    if width > MAX_COLUMNS:
        raise Malformed("columns", where=file, n=width, most=MAX_COLUMNS)
    return Sheets((Grid(None, tuple(_padded(row, width) for row in rows)),), fill_down=False)


def _rows(text: str, file: str) -> list[Row]:
    """The rows that hold something."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows, line = [], 1
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cells):
                rows.append(_unguarded(Row(number, tuple(cells), line=line)))
            line = reader.line_num + 1
    except csv.Error as error:
        key = "csv_long" if "field limit" in str(error) else "csv"
        # Where the row began: an open quote takes all that follows it, up to the end of the file.
        most = csv.field_size_limit()
        raise Malformed(key, where=file, line=line, most=most) from None
    return rows


def _unguarded(row: Row) -> Row:
    """The row without the apostrophe that keeps a spreadsheet from running a cell, noted."""
    guarded = sum(_GUARDED.match(cell) is not None for cell in row.cells)
    if not guarded:
        return row
    cells = tuple(cell[1:] if _GUARDED.match(cell) else cell for cell in row.cells)
    told = Note.of("table.apostrophes", row=row.number, n=guarded)
    return evolve(row, cells=cells, notes=(*row.notes, told))


def _delimiter(text: str) -> str:
    """The separator that finds the most column names in one of the first lines."""
    lines = [line for line in text.split("\n", 200)[:200] if line.strip()][:_HEADER_WITHIN]
    return max(
        _DELIMITERS,
        key=lambda mark: max((len(roles_of(_cells(line, mark))) for line in lines), default=0),
    )


def _cells(line: str, mark: str) -> list[str]:
    return [cell.strip().strip('"') for cell in line.split(mark)]


def _headers(rows: tuple[Row, ...]) -> list[tuple[str, ...]]:
    """The row among the first that names the most columns, as a list of none or one."""
    first = [row.cells for row in rows if not row.is_blank][:_HEADER_WITHIN]
    best = max(first, key=lambda cells: len(roles_of(cells)), default=())
    return [best] if roles_of(best) else []


def _padded(row: Row, width: int) -> Row:
    """A row whose last cells are not written: they are blank, noted."""
    if row.is_blank or len(row.cells) >= width or len(row.cells) == 1:
        return row
    told = Note.of("table.short_row", table="", row=row.number, n=len(row.cells), width=width)
    cells = row.cells + ("",) * (width - len(row.cells))
    return evolve(row, cells=cells, notes=(*row.notes, told))
