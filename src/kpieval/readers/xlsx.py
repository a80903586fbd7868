"""Workbooks (.xlsx, .xlsm): every sheet a grid of the cells as the screen shows them.

Needs the extra ``office``: openpyxl tells what number formats and stored moments mean. Its own
reader makes an object of every cell, so the sheets are read by :mod:`sheetscan`, which holds them
small. Links are never followed, macros and formulas never run.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import lru_cache
from typing import assert_never

from attrs import define, field
from openpyxl.styles.numbers import is_date_format, is_timedelta_format
from openpyxl.utils.datetime import from_excel

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers import archive, sheetscan, shown, workbook
from kpieval.readers.faults import BadCell, Malformed
from kpieval.readers.grid import OBJECT, Grid, Sheets, letters
from kpieval.readers.runs import Font, dressed, runs_of
from kpieval.readers.sheetcells import Shown, Stored, StoredRows
from kpieval.readers.sheetnotes import Unseen
from kpieval.readers.sheetscan import Kind, Sheet
from kpieval.readers.workbook import Book, Tab
from kpieval.readers.xmlparts import parse
from kpieval.tables import Place

_XML = (".xml", ".rels", ".vml")
_LAST_COLUMN = 16_384


def read(data: bytes, file: str) -> Sheets:
    """All worksheets, hidden ones too (noted). Raises MalformedFileError when it is not safe."""
    parts = archive.checked(data, file)
    macros = any(name.endswith("vbaProject.bin") for name in parts.members)
    try:
        book = workbook.book(parts, file)
        grids = tuple(_grid(parts, book, tab, file) for tab in book.tabs)
    except (ValueError, OverflowError) as error:
        raise Malformed("workbook", where=file, detail=str(error)[:200]) from error
    _check_rest(parts, {tab.part for tab in book.tabs}, file)
    notes = (Note.of("table.macros"),) if macros else ()
    return Sheets(grids, fill_down=True, notes=notes)


def _check_rest(parts: archive.Archive, known: set[str], file: str) -> None:
    """Refuse a document type in any part, in those too that are not read."""
    for name in parts.members:
        xml = name.lower().endswith(_XML) or name == "[Content_Types].xml"
        if xml and name not in known:
            parse(parts.pieces(name), name, file)


def _grid(parts: archive.Archive, book: Book, tab: Tab, file: str) -> Grid:
    sheet = sheetscan.scan(parts.pieces(tab.part), book, tab.part, file)
    floating = workbook.floating(parts, tab, file)
    rows = StoredRows(sheet.cells, sheet.texts, _Shower(file, tab.name, book, sheet).row)
    return Grid(tab.name, rows, notes=_unseen(tab, sheet, floating).notes(tab.name))


def _unseen(tab: Tab, sheet: Sheet, floating: int) -> Unseen:
    columns = [_span(*run) for run in sheet.hidden_columns]
    return Unseen(tab.hidden, sheet.hidden_rows, columns, sheet.struck_rows, floating)


def _span(first: int, last: int) -> str:
    ends = [letters(min(max(at, 1), _LAST_COLUMN)) for at in (first, last)]
    return ":".join(dict.fromkeys(ends))


@define(eq=False)
class _Shower:
    """The cells of a sheet as the screen shows them."""

    file: str
    name: str
    book: Book
    sheet: Sheet
    odd: list[bool] = field(init=False)
    """By look, whether a font of the cell or in it changes what is read."""

    def __attrs_post_init__(self) -> None:
        fonts, looks = self.book.fonts, self.sheet.looks
        self.odd = [
            kind is Kind.RUNS or style in fonts or shown.alters_text(self._form(style))
            for kind, style in looks
        ]

    def row(self, number: int, stored: Iterable[Stored]) -> Shown:
        """The texts of a row, with what had to be assumed."""
        looks, odd = self.sheet.looks, self.odd
        texts = [""] * self.sheet.cells.width
        row: _RowTexts | None = None
        for column, look, text in stored:
            kind, style = looks[look]
            if not odd[look]:
                if kind is Kind.SHARED or kind is Kind.TEXT:
                    texts[column - 1] = text
                    continue
                if kind is Kind.NUMBER and (plain := _plain(text, self._form(style))) is not None:
                    texts[column - 1] = plain
                    continue
            row = row or _RowTexts(Place(self.file, self.name, number), self.book.epoch)
            font = self.book.fonts.get(style, Font.PLAIN) if odd[look] else None
            texts[column - 1] = row.text(kind, self._form(style), font, (column, text))
        if row is None:
            return texts, (), ()
        return texts, tuple(row.notes), tuple(row.problems)

    def _form(self, style: int) -> str:
        return self.book.formats[style] if style < len(self.book.formats) else "General"


@lru_cache(maxsize=1 << 12)
def _plain(stored: str, form: str) -> str | None:
    """The text of a number that is shown as it is stored; None where more is to be said."""
    return shown.plain(sheetscan.number(stored)) if form == "General" else None


_is_date = lru_cache(maxsize=1 << 10)(is_date_format)


@define
class _RowTexts:
    """The cells of one row as text, with what had to be assumed."""

    place: Place
    epoch: dt.datetime
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)

    def text(self, kind: Kind, form: str, font: Font | None, stored: tuple[int, str]) -> str:
        """What the screen shows of a value; an error is a problem, and blank.

        ``font`` is that of the cell, where it or one in the cell changes what is read.
        """
        column, text = stored
        name = f"{letters(column)}{self.place.row}"
        if font is None or kind in (Kind.PICTURE, Kind.COVERED):
            return self._plain(kind, form, name, text)
        if kind is Kind.RUNS:
            found = runs_of(text, font)
        else:
            # What is struck through counts no more, whatever its format shows or its error is.
            struck = font is Font.STRUCK
            found = [(font, text if struck else self._plain(kind, form, name, text))]
        text, notes = dressed(found, name)
        self.notes += notes
        return text

    def _plain(self, kind: Kind, form: str, name: str, stored: str) -> str:
        match kind:
            case Kind.NUMBER if _is_date(form):
                return self._date(stored, form, name)
            case Kind.NUMBER:
                text, note = shown.number(sheetscan.number(stored), form, name)
            case Kind.MOMENT:
                text, note = shown.moment(sheetscan.moment(stored), form, name)
            case Kind.TRUTH:
                return "FALSE" if stored == "0" else "TRUE"
            case Kind.ERROR:
                return self._fault("error_value", name, stored)
            case Kind.NO_RESULT:
                return self._fault("no_result", name, "=")
            case Kind.PICTURE:
                return OBJECT
            case Kind.COVERED:
                return ""
            case Kind.SHARED | Kind.TEXT | Kind.RUNS:
                text, note = shown.text(stored, form, name)
            case _:
                assert_never(kind)
        if note is not None:
            self.notes.append(note)
        return text

    def _date(self, stored: str, form: str, name: str) -> str:
        try:
            value = from_excel(sheetscan.number(stored), self.epoch, is_timedelta_format(form))
        except (OverflowError, ValueError):
            # Such a number is no day; the screen shows #### for it.
            return self._fault("error_value", name, "#VALUE!")
        text, note = shown.moment(value, form, name)
        if note is not None:
            self.notes.append(note)
        return text

    def _fault(self, key: str, name: str, found: str) -> str:
        fault = BadCell(key, where=self.place, column=name, found=found)
        self.problems.append(fault)
        return ""
