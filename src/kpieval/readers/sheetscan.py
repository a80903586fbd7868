"""The XML of a worksheet read in one pass, every place checked before anything is held for it.

Refuses document types (they can hide or drop text) and sheets whose far cells would fill memory.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from enum import IntEnum, auto

from attrs import define, field
from openpyxl.utils.datetime import from_ISO8601

from kpieval.readers.faults import Malformed
from kpieval.readers.grid import MAX_CELLS, MAX_COLUMNS, MAX_COVERED, MAX_ROWS, letters
from kpieval.readers.runs import Font, FontScan, is_struck, settled, unescaped
from kpieval.readers.sheetcells import Cells, Texts, place
from kpieval.readers.shown import Moment
from kpieval.readers.workbook import Book
from kpieval.readers.xmlparts import LocalNames, parse

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LONGEST_NUMBER = 400
_FEW = 1 << 11
"""Stored values that are remembered, so that one that comes again takes no room."""
_TRUE = ("1", "true")


_RICH_ERROR = "e vm"
"""The type of a cell whose value stands elsewhere, and which holds an error for old programs."""
_PICTURE_OF_WPS = "=DISPIMG("
"""How the result of the formula begins by which WPS shows a picture in a cell."""


class Kind(IntEnum):
    """How the value of a cell is stored."""

    SHARED = auto()
    TEXT = auto()
    RUNS = auto()
    """A text whose runs are kept apart, for a font strikes or moves one."""
    NUMBER = auto()
    TRUTH = auto()
    ERROR = auto()
    MOMENT = auto()
    NO_RESULT = auto()
    """A formula whose result is not stored."""
    PICTURE = auto()
    """The screen shows no text; a program that cannot show it finds an error or a formula."""
    COVERED = auto()
    """Under a merged area, where the screen shows nothing."""


_KINDS = {
    None: Kind.NUMBER,
    "n": Kind.NUMBER,
    "s": Kind.SHARED,
    "b": Kind.TRUTH,
    "e": Kind.ERROR,
    _RICH_ERROR: Kind.PICTURE,
    "d": Kind.MOMENT,
}
"""By the type of a cell; any other holds text."""

Look = tuple[Kind, int]
"""How a value is stored, and the number of its style."""


@define(eq=False)
class Sheet:
    """What one worksheet holds."""

    texts: Texts
    """The shared strings, and after them what the cells hold themselves."""
    cells: Cells = field(factory=Cells)
    looks: list[Look] = field(factory=list)
    """What the looks of the cells stand for."""
    hidden_rows: list[int] = field(factory=list)
    hidden_columns: list[tuple[int, int]] = field(factory=list)
    """First and last of each run, from 1."""
    struck_rows: list[int] = field(factory=list)
    """Rows of which nothing is left when what is struck through is left out."""


_LETTERS = ("", *(letters(column) for column in range(1, MAX_COLUMNS + 1)))


def scan(pieces: Iterable[bytes], book: Book, part: str, file: str) -> Sheet:
    """What a worksheet holds; its own texts join those of the book.

    Raises MalformedFileError, and ValueError for a value that is none.
    """
    looks = _Looks(len(book.formats))
    reader = _Reader(Sheet(book.strings), file, part, looks, book.fonts)
    parse(pieces, part, file, reader.start, reader.end, reader.text)
    return reader.finish()


def number(stored: str) -> int | float:
    """The number that a file holds. Raises ValueError when it is none that a workbook can hold.

    >>> number("12"), number("1.5E3")
    (12, 1500.0)
    """
    if len(stored) > _LONGEST_NUMBER or not _NUMBER.fullmatch(stored):
        raise ValueError(f"{stored[:40]!r} is no number")
    if stored.lstrip("+-").isdigit():
        return int(stored)
    value = float(stored)
    if not math.isfinite(value):
        raise ValueError(f"{stored[:40]!r} is no number")
    return value


def moment(stored: str) -> Moment:
    """The moment that a file holds as ISO text. Raises ValueError.

    >>> moment("2024-09-28T00:00:00")
    datetime.datetime(2024, 9, 28, 0, 0)
    """
    found: Moment = from_ISO8601(stored)  # type: ignore[no-untyped-call]
    return found


class _Looks(dict[tuple[str | None, str | None], int]):
    """The numbers of the looks, by the type and the style that cells name."""

    def __init__(self, styles: int) -> None:
        super().__init__()
        self.styles = styles
        self.made: dict[Look, int] = {}
        self.order: list[Look] = []

    def __missing__(self, key: tuple[str | None, str | None]) -> int:
        kind, style = key
        at = self[key] = self.number((_KINDS.get(kind, Kind.TEXT), int(style or 0)))
        return at

    def number(self, look: Look) -> int:
        """The number of a look. Raises ValueError for a style that the workbook does not have."""
        if not 0 <= look[1] < max(self.styles, 1):
            raise ValueError(f"no style {look[1]}")
        if look not in self.made:
            self.made[look] = len(self.order)
            self.order.append(look)
        return self.made[look]


@define(eq=False)
class _Reader:
    """The handlers of a worksheet. What runs for every cell is written to be quick."""

    sheet: Sheet
    file: str
    part: str
    looks: _Looks
    fonts: Mapping[int, Font]
    row: int = 0
    column: int = 0
    row_ref: str = ""
    look: int = 0
    pieces: list[str] = field(factory=list)
    capturing: bool = False
    inline: bool = False
    guide: bool = False
    formula: bool = False
    empty_text: bool = False
    hidden: bool = False
    run: FontScan = field(factory=FontScan)
    in_run: bool = False
    struck: bool = False
    """Whether the row holds what is struck through; ``live``: what is not."""
    live: bool = False
    ordered: bool = True
    last: int = 0
    count: int = 0
    covered: int = 0
    areas: list[tuple[int, int, int, int]] = field(factory=list)
    known: dict[tuple[int, str], int] = field(factory=dict)
    names: LocalNames = field(factory=LocalNames)
    shared: int = field(init=False)
    """How many shared strings there are."""

    def __attrs_post_init__(self) -> None:
        self.shared = len(self.sheet.texts)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = self.names[name]
        if local == "c":
            self._cell(attributes)
        elif local == "v":
            self.capturing = not (self.inline or self.pieces)
            self.empty_text = True
        elif local == "f":
            self.formula = True
        elif local == "row":
            self._row(attributes)
        else:
            self._other(local, attributes)

    def text(self, text: str) -> None:
        if self.capturing:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        local = self.names[name]
        if local == "c":
            if self.pieces or self.formula:
                self._store()
        elif local in ("v", "t"):
            self.capturing = False
        elif local == "rPh":
            self.guide = False
        elif local == "row" and self.column:
            self._row_end()

    def finish(self) -> Sheet:
        """The sheet, once all of it was read."""
        if self.count > MAX_CELLS:
            self._too_many(self.count, MAX_CELLS)
        cells = self.sheet.cells
        if not self.ordered:
            cells.sort()
        cells.merge(self.areas, self.looks.number((Kind.COVERED, 0)))
        self.sheet.looks = self.looks.order
        return self.sheet

    def _row(self, attributes: dict[str, str]) -> None:
        ref = attributes.get("r")
        self.row = self.row + 1 if ref is None else self._position(f"A{ref}")[0]
        # What stands too far matches no reference, and is refused once it holds a cell.
        self.row_ref = str(self.row) if self.row <= MAX_ROWS else "-"
        self.column = 0
        self.hidden = attributes.get("hidden") in ("1", "true")

    def _row_end(self) -> None:
        cells = self.sheet.cells
        cells.width = max(cells.width, self.column)
        if self.hidden:
            self.sheet.hidden_rows.append(self.row)
        if self.struck and not self.live:
            self.sheet.struck_rows.append(self.row)
        self.struck = self.live = False

    def _cell(self, attributes: dict[str, str]) -> None:
        ref = attributes.get("r")
        column = self.column + 1
        if column > MAX_COLUMNS or ref != _LETTERS[column] + self.row_ref:
            column = self._moved(ref, column)
        self.column = column
        kind = attributes.get("t")
        if kind == "e" and "vm" in attributes:
            kind = _RICH_ERROR
        self.look = self.looks[kind, attributes.get("s")]
        self.inline = kind == "inlineStr"
        self.formula = self.empty_text = self.in_run = False
        self.pieces.clear()
        self.count += 1

    def _moved(self, ref: str | None, column: int) -> int:
        """The column of a cell that does not stand where the one before it leads to."""
        if ref is not None:
            self.row, column = self._position(ref)
            self.row_ref = str(self.row)
        self._within(self.row, column)
        cells = self.sheet.cells
        cells.width = max(cells.width, self.column, column)
        return column

    def _store(self) -> None:
        """Hold the value of the cell that ends."""
        text = "".join(self.pieces)
        kind, style = self._kind()
        look, value = self.look, 0
        if kind is Kind.SHARED and text:
            value = self._shared(text)
            if value in self.sheet.texts.in_runs:
                look = self.looks.number((Kind.RUNS, style))
        elif kind is Kind.TEXT and text and self.in_run:
            look, value = self._in_runs(text, style)
        elif kind is not Kind.TEXT and not text.strip():
            text = ""
        elif text:
            value = self._own(kind, text)
        if not text:
            if not self.formula or (kind is Kind.TEXT and self.empty_text):
                return
            look = self.looks.number((Kind.NO_RESULT, style))
        elif self.formula and text.startswith(_PICTURE_OF_WPS):
            look = self.looks.number((Kind.PICTURE, style))
        self._append(look, value)
        odd = self.fonts or self.sheet.texts.in_runs
        if odd and text and not self._struck(look, value, style):
            self.live = True

    def _in_runs(self, joined: str, style: int) -> tuple[int, int]:
        """The look and the number of a text that stands in the cell in runs."""
        text, in_runs = settled(joined, keep=bool(self.fonts))
        kind = Kind.RUNS if in_runs else Kind.TEXT
        return self.looks.number((kind, style)), self.sheet.texts.add(text)

    def _struck(self, look: int, value: int, style: int) -> bool:
        """Whether all of a value is struck through."""
        font = self.fonts.get(style, Font.PLAIN)
        if self.looks.order[look][0] is Kind.RUNS:
            struck = is_struck(self.sheet.texts[value], font)
        else:
            struck = font is Font.STRUCK
        self.struck = self.struck or struck
        return struck

    def _append(self, look: int, value: int) -> None:
        spot = place(self.row, self.column)
        self.ordered = self.ordered and spot > self.last
        self.last = spot
        cells = self.sheet.cells
        cells.places.append(spot)
        cells.looks.append(look)
        cells.values.append(value)

    def _kind(self) -> Look:
        return self.looks.order[self.look]

    def _shared(self, text: str) -> int:
        value = int(text)
        if not 0 <= value < self.shared:
            raise ValueError(f"no shared string {value}")
        return value

    def _own(self, kind: Kind, text: str) -> int:
        """The number of a text that the cell itself holds."""
        value = self.known.get((kind, text))
        if value is None:
            value = self.sheet.texts.add(_checked(kind, text))
            if len(self.known) < _FEW:
                self.known[kind, text] = value
        return value

    def _other(self, local: str, attributes: dict[str, str]) -> None:
        match local:
            case "t":
                self.capturing = self.inline and not self.guide
                if self.capturing and self.in_run:
                    self.pieces.append(self.run.mark())
            case "r" | "rPr" | "strike" | "vertAlign" if self.inline:
                self.in_run = True
                self.run.start(local, attributes)
            case "rPh":
                self.guide = True
            case "mergeCell":
                self._area(attributes.get("ref", ""))
            case "col" if attributes.get("hidden") in ("1", "true"):
                run = (int(attributes.get("min", 0)), int(attributes.get("max", 0)))
                self.sheet.hidden_columns.append(run)

    def _area(self, ref: str) -> None:
        if not ref:
            return
        first, _, second = ref.partition(":")
        top, left = self._position(first)
        bottom, right = self._position(second or first)
        self._within(bottom, right)
        size = max(bottom - top + 1, 0) * max(right - left + 1, 0)
        self.covered += size
        if self.covered > MAX_COVERED:
            self._too_many(self.covered, MAX_COVERED)
        if size > 1:
            self.areas.append((top, left, bottom, right))

    def _position(self, ref: str) -> tuple[int, int]:
        found = _REF.fullmatch(ref)
        if found is None:
            raise Malformed("sheet_ref", where=self.file, part=self.part, found=ref[:40])
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        return int(found[2]), column

    def _within(self, row: int, column: int) -> None:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            far = {"row": row, "column": column, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
            raise Malformed("sheet_far", where=self.file, part=self.part, **far)

    def _too_many(self, held: int, most: int) -> None:
        raise Malformed("sheet_cells", where=self.file, part=self.part, n=held, most=most)


def _checked(kind: Kind, text: str) -> str:
    """The text as it is held. Raises ValueError when it is none of its kind."""
    match kind:
        case Kind.NUMBER:
            text = text.strip()
            number(text)
        case Kind.TRUTH:
            text = str(int(text))
        case Kind.MOMENT:
            moment(text)
        case _:
            text = unescaped(text)
    return text
