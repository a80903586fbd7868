"""Pages -> a workbook (.xlsx), a sheet each, ready to be printed.

Needs the extra ``office``. Text is written as text, whatever it begins with; nothing in the file
tells when or where it was made.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import xlsxwriter
from attrs import define, field

from kpieval import exact
from kpieval.errors import UnwritableFileError
from kpieval.phrases import phrase
from kpieval.unseen import spelled_out
from kpieval.writers.layout import (
    Cell,
    Fill,
    Kind,
    Look,
    Page,
    row_lines,
    sheet_names,
)
from kpieval.writers.package import repacked

_CREATED = dt.datetime(2000, 1, 1)
_A4 = 9
_FONT = "宋体"
_SIZE = {Look.TITLE: 18, Look.SUBTITLE: 11, Look.LABEL: 10}
_BODY = 10
_LINE = 14.5
"""Points that a line of the body takes."""
_HIGHEST = 405
"""A row of a sheet is never higher; Excel takes 409 points."""
_PLAIN = re.compile(r"-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,3})?")
_TO_FILL = "#FFF9E5"
_SHADE = "#F2F2F2"
_TITLE_MOST, _HINT_MOST = 32, 255
_MOST_ROWS, _MOST_TEXT = 1_048_576, 32_767
"""What a sheet and a cell hold; the library leaves out in silence what is beyond."""
_ALIGN = {
    Look.TITLE: "center",
    Look.SUBTITLE: "center",
    Look.LABEL: "center",
    Look.MIDDLE: "center",
    Look.NUMBER: "right",
    Look.MONEY: "right",
}
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(pages: Iterable[Page], lang: str = "zh") -> bytes:
    """The workbook of the pages, in order.

    Raises UnwritableFileError when a page has more rows, or a cell more text, than a sheet holds.
    """
    drawn = list(pages)
    for page in drawn:
        _check(page, lang)
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, _OPTIONS)
    book.set_properties({"created": _CREATED, "author": "", "comments": ""})
    book.set_size(24_000, 14_000)
    formats = _Formats(book)
    for page, name in zip(drawn, sheet_names([page.name for page in drawn]), strict=True):
        _Sheet(page, book.add_worksheet(name), formats, lang).draw()
    book.close()
    return repacked(made.getvalue())


def _check(page: Page, lang: str) -> None:
    """Refuse what a sheet cannot hold."""
    if page.height > _MOST_ROWS:
        reason = phrase("paper.too_many_rows", lang, most=_MOST_ROWS)
        raise UnwritableFileError(path=page.name, reason=reason)
    for cell in page.cells:
        if len(spelled_out(cell.text).encode("utf-16-le")) > 2 * _MOST_TEXT:
            place = f"{_letter(cell.column + 1)}{cell.row + 1}"
            reason = phrase("paper.too_long", lang, cell=place, most=_MOST_TEXT)
            raise UnwritableFileError(path=page.name, reason=reason)


@define
class _Formats:
    """The formats of a workbook, each made once."""

    book: Any
    made: dict[tuple[object, ...], Any] = field(factory=dict)

    def of(self, cell: Cell, *, number: bool, flat: bool) -> Any:
        """The format of a cell."""
        key = (cell.look, cell.fill is not None, number, flat)
        if key not in self.made:
            self.made[key] = self.book.add_format(_properties(cell, number, flat))
        return self.made[key]


def _properties(cell: Cell, number: bool, flat: bool) -> dict[str, object]:
    look = cell.look
    found: dict[str, object] = {
        "font_name": _FONT,
        "font_size": _SIZE.get(look, _BODY),
        "align": _ALIGN.get(look, "left"),
        "valign": "vcenter",
        "text_wrap": True,
    }
    if not look.is_loose:
        found["border"] = 1
    if look in (Look.TEXT, Look.NUMBER, Look.MONEY):
        found["indent"] = 1
    if look in (Look.TITLE, Look.LABEL):
        found["bold"] = True
    if look is Look.LABEL:
        found["bg_color"] = _SHADE
    if look is Look.MONEY and number:
        found["num_format"] = "#,##0.00####"
    if cell.fill is not None:
        found["locked"] = False
        if not look.is_loose:
            found["bg_color"] = _TO_FILL
    if flat or (cell.fill is not None and look not in (Look.MONEY, Look.NUMBER)):
        # What is typed stays the text that was typed: 95% is no 0.95, =100% no formula.
        found["num_format"] = "@"
    return found


@define
class _Sheet:
    page: Page
    sheet: Any
    formats: _Formats
    lang: str

    def draw(self) -> None:
        """Everything of the page."""
        self._print_setup()
        for place, width in enumerate(self.page.widths):
            self.sheet.set_column(place, place, width)
        for cell in self.page.cells:
            self._cell(cell)
        self._heights()
        if self.page.guarded:
            allowed = {"format_columns": True, "format_rows": True, "format_cells": True}
            self.sheet.protect("", allowed)
        last = (max(self.page.height, 1), len(self.page.widths))
        everything = f"A1:{_letter(last[1])}{last[0]}"
        # 95% as text is meant.
        self.sheet.ignore_errors({"number_stored_as_text": everything})

    def _print_setup(self) -> None:
        sheet, page = self.sheet, self.page
        sheet.set_paper(_A4)
        (sheet.set_landscape if page.landscape else sheet.set_portrait)()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.center_horizontally()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(0 if page.flat else 2)
        sheet.set_footer("&C&10" + phrase("paper.pages", self.lang, page="&P", pages="&N"))
        if page.heads is not None:
            sheet.repeat_rows(*page.heads)
        if page.heads is not None and page.flat:
            sheet.freeze_panes(page.heads[1] + 1, 0)

    def _cell(self, cell: Cell) -> None:
        text = spelled_out(cell.text)
        number = cell.look in (Look.NUMBER, Look.MONEY) and _PLAIN.fullmatch(text) is not None
        form = self.formats.of(cell, number=number, flat=self.page.flat and not number)
        at = (cell.row, cell.column)
        if cell.rows > 1 or cell.columns > 1:
            end = (cell.row + cell.rows - 1, cell.column + cell.columns - 1)
            self.sheet.merge_range(*at, *end, "", form)
        if number:
            self.sheet.write_number(*at, Decimal(text), form)
        elif text:
            self.sheet.write_string(*at, text, form)
        elif cell.rows == cell.columns == 1:
            self.sheet.write_blank(*at, None, form)
        if cell.fill is not None and (cell.fill.hint or cell.fill.kind is not Kind.TEXT):
            self.sheet.data_validation(*at, *at, _validation(cell.fill))

    def _heights(self) -> None:
        titles = {cell.row for cell in self.page.cells if cell.look is Look.TITLE}
        for row, lines in enumerate(row_lines(self.page)):
            height = 36.0 if row in titles else min(lines * _LINE + 9, _HIGHEST)
            self.sheet.set_row(row, height)


def _validation(fill: Fill) -> dict[str, object]:
    """What a cell takes, as Excel checks it, with the hint beside the cell."""
    hint = spelled_out(fill.hint)[:_HINT_MOST]
    told: dict[str, object] = {"input_message": hint} if hint else {}
    if hint and fill.title:
        told["input_title"] = fill.title[:_TITLE_MOST]
    match fill.kind:
        case Kind.TEXT:
            return {"validate": "any", **told}
        case Kind.CHOICE:
            return {"validate": "list", "source": list(fill.choices), "error_message": hint, **told}
        case Kind.NUMBER:
            least = {"criteria": ">=", "value": "0"}
            most = None if fill.most is None else exact.text(fill.most)
            span = {"criteria": "between", "minimum": "0", "maximum": most}
            bounds = least if most is None else span
            return {"validate": "decimal", **bounds, "error_message": hint, **told}


def _letter(column: int) -> str:
    """The letters of a column, counted from 1."""
    letters = ""
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
