"""What python-calamine does not tell of an .xls: number formats, error values, what is hidden."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from attrs import define, field

from kpieval.readers.compound import Compound

_MOST_RECORDS = 4_000_000
_BIFF8 = 0x0600
_WORKSHEET = 0
_STRUCK_FONT = 0x08
_HIDDEN_ROW, _HIDDEN_COLUMN = 0x20, 0x01
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!"}

At = tuple[int, int]


class _Kind:
    """The kinds of records that are looked at."""

    BOF, EOF, SHEET, FORMAT, XF = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0
    NUMBER, RK, MULRK, FORMULA, ERROR = 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205
    FONT = 0x0031
    ROW, COLUMNS = 0x0208, 0x007D


@define
class SheetFormats:
    """One worksheet, its cells by row and column from 0.

    ``formats`` holds the index of each number's format record; ``errors`` the error that a cell
    shows.
    """

    formats: dict[At, int] = field(factory=dict)
    errors: dict[At, str] = field(factory=dict)
    hidden_rows: list[int] = field(factory=list)
    hidden_columns: list[int] = field(factory=list)


@define
class BookFormats:
    """The worksheets in order, and the formats by number as far as the book names them."""

    sheets: list[SheetFormats] = field(factory=list)
    names: dict[int, str] = field(factory=dict)
    styles: list[int] = field(factory=list)
    """The format of each style."""
    odd_fonts: bool = False
    """Whether a font of the book is struck through, raised or lowered."""

    def format_of(self, sheet: int, at: At) -> int | None:
        """The number of the format of a cell; None when the book does not say."""
        style = self.sheets[sheet].formats.get(at) if sheet < len(self.sheets) else None
        if style is None or style >= len(self.styles):
            return None
        return self.styles[style]


def scan(book: Compound) -> BookFormats:
    """The formats of a workbook; a damaged one gives what was read until then."""
    stream = book.stream("Workbook") or book.stream("Book")
    found = BookFormats()
    starts: list[int] = []
    version = _BIFF8
    try:
        for kind, at, size in _records(stream, 0):
            body = stream[at : at + size]
            match kind:
                case _Kind.BOF:
                    version = int.from_bytes(body[:2], "little")
                case _Kind.SHEET if body[5] == _WORKSHEET:
                    starts.append(int.from_bytes(body[:4], "little"))
                case _Kind.FORMAT:
                    found.names[int.from_bytes(body[:2], "little")] = _format(body, version)
                case _Kind.FONT:
                    odd = body[2] & _STRUCK_FONT or int.from_bytes(body[8:10], "little")
                    found.odd_fonts = found.odd_fonts or bool(odd)
                case _Kind.XF:
                    found.styles.append(int.from_bytes(body[2:4], "little"))
        found.sheets += [_sheet(stream, start) for start in starts[:256]]
    except (struct.error, IndexError):
        return found
    return found


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and size of each record, up to the end of the part that begins at ``start``."""
    at = start
    for _ in range(_MOST_RECORDS):
        if at + 4 > len(stream):
            return
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _Kind.EOF:
            return
        yield kind, at + 4, size
        at += 4 + size


def _format(body: bytes, version: int) -> str:
    if version < _BIFF8:
        return body[3 : 3 + body[2]].decode("gb18030", errors="replace")
    count = int.from_bytes(body[2:4], "little")
    if body[4] & 1:
        return body[5 : 5 + 2 * count].decode("utf-16-le", errors="replace")
    return body[5 : 5 + count].decode("latin-1")


def _sheet(stream: bytes, start: int) -> SheetFormats:
    sheet = SheetFormats()
    for kind, at, size in _records(stream, start):
        match kind:
            case _Kind.NUMBER | _Kind.RK:
                row, column, style = struct.unpack_from("<HHH", stream, at)
                sheet.formats[row, column] = style
            case _Kind.MULRK:
                row, column = struct.unpack_from("<HH", stream, at)
                for place in range((size - 6) // 6):
                    (style,) = struct.unpack_from("<H", stream, at + 4 + 6 * place)
                    sheet.formats[row, column + place] = style
            case _Kind.FORMULA:
                row, column, style = struct.unpack_from("<HHH", stream, at)
                sheet.formats[row, column] = style
                if stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 2:
                    sheet.errors[row, column] = _ERRORS.get(stream[at + 8], "#N/A")
            case _Kind.ERROR:
                row, column, _, value, wrong = struct.unpack_from("<HHHBB", stream, at)
                if wrong:
                    sheet.errors[row, column] = _ERRORS.get(value, "#N/A")
            case _Kind.ROW:
                (row,) = struct.unpack_from("<H", stream, at)
                if stream[at + 12] & _HIDDEN_ROW:
                    sheet.hidden_rows.append(row)
            case _Kind.COLUMNS:
                first, last = struct.unpack_from("<HH", stream, at)
                if stream[at + 8] & _HIDDEN_COLUMN:
                    sheet.hidden_columns += range(first, min(last, 255) + 1)
    return sheet
