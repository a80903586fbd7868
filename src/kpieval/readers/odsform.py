"""OpenDocument spreadsheets (.ods): the texts that the file itself says the screen shows.

Every cell keeps its text beside its value, so 0.953 shown as 95.3% is 95.3% here without any
number format. The part is scanned as it stands; nothing is inflated without limits.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from attrs import define, field

from kpieval import exact
from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers import archive, shown
from kpieval.readers.faults import BadCell, Malformed
from kpieval.readers.grid import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_COVERED,
    MAX_ROWS,
    Grid,
    Row,
    Sheets,
    letters,
)
from kpieval.readers.odsstyles import Look, Styles
from kpieval.readers.runs import Font, Run, dressed
from kpieval.readers.sheetnotes import Unseen
from kpieval.readers.xmlparts import parse
from kpieval.tables import Place

_PART, _STYLES = "content.xml", "styles.xml"
_MOST_FIGURES = 9
"""Of a number of repeats: more are beyond every limit all the same."""
_NUMBER = re.compile(r"-?[0-9][0-9,]*(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_STORED = re.compile(r"-?[0-9]{1,30}(?:\.[0-9]{1,30})?(?:[eE][+-]?[0-9]{1,2})?")
_LONGEST_NUMBER = 40
_ERRORS = ("#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "Err:")
_NUMBERS = ("float", "percentage", "currency")
_SILENT = frozenset(("annotation", "tracked-changes", "dde-links", "shapes", "ruby-text"))
_DRAWN = frozenset(
    ("frame", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "line", "caption")
)
"""What floats over the cells, even where a cell holds it; its text is none of the cell."""


def read(data: bytes, file: str) -> Sheets:
    """All sheets, hidden ones too (noted). Raises MalformedFileError when it is not safe."""
    parts = archive.parts(data, file)
    manifest = parts.get("META-INF/manifest.xml", b"")
    if b"encryption-data" in manifest:
        raise Malformed("password", where=file)
    scan = _Scan(file)
    if _STYLES in parts:
        parse(parts[_STYLES], _STYLES, file, scan.style)
    parse(parts.get(_PART, b""), _PART, file, scan.start, scan.end, scan.text)
    macros = any(name.startswith("Basic/") for name in parts)
    notes = (Note.of("table.macros"),) if macros else ()
    return Sheets(tuple(scan.grids), fill_down=True, notes=notes)


@define
class _Cell:
    attributes: Mapping[str, str]
    covered: bool
    look: Look
    lines: list[list[Run]] = field(factory=list)

    def runs(self) -> list[Run]:
        """The texts of all lines with their fonts."""
        found: list[Run] = []
        for line in self.lines:
            found += [(Font.PLAIN, "\n"), *line] if found else line
        return found


@define
class _Sheet:
    name: str
    hidden: bool
    rows: list[Row] = field(factory=list)
    joined: dict[int, set[int]] = field(factory=dict)
    hidden_rows: list[int] = field(factory=list)
    struck_rows: list[int] = field(factory=list)
    column_ends: list[int] = field(factory=list)
    """The last column of each run of columns; ``column_styles`` are those of their cells."""
    column_styles: list[str] = field(factory=list)
    hidden_columns: list[int] = field(factory=list)
    columns: int = 0
    number: int = 0
    """Rows so far; ``columns`` counts the column definitions so far."""
    count: int = 0
    area: int = 0
    linked: bool = False
    floating: int = 0


@define
class _Scan:
    """The elements of content.xml in, grids out."""

    file: str
    grids: list[Grid] = field(factory=list)
    styles: Styles = field(factory=Styles)
    silent: int = 0
    sheet: _Sheet | None = None
    depth: int = 0
    """Tables within tables: the inner ones are not read, their row says so."""
    row: _Line | None = None
    cell: _Cell | None = None
    inside: int = 0
    looks: list[Look] = field(factory=list)
    """Those of the paragraph and the spans that are open, each with all that it stands in."""

    def style(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element of the part that holds the named styles."""
        held = {_local(key): value for key, value in attributes.items()}
        self.styles.start(_local(name), held)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        element = _local(name)
        if element in _DRAWN and self.sheet is not None:
            self.sheet.floating += 1
        if self.silent or element in _SILENT or element in _DRAWN:
            self.silent += 1
            return
        held = {_local(key): value for key, value in attributes.items()}
        match element:
            case "table":
                self._table(held)
            case _ if self.sheet is None:
                self.styles.start(element, held)
            case _ if self.depth == 1:
                self._inside(element, held, self.sheet)

    def _table(self, held: Mapping[str, str]) -> None:
        self.depth += 1
        if self.depth == 1:
            hidden = held.get("style-name", "") in self.styles.hidden
            self.sheet = _Sheet(held.get("name", ""), hidden)

    def _inside(self, element: str, held: Mapping[str, str], sheet: _Sheet) -> None:
        match element:
            case "table-source":
                # The kept copy of a sheet of another file.
                sheet.linked = True
            case "table-column":
                self._column(held, sheet)
            case "table-row":
                self.row = _Line(held, sheet.number + 1)
            case "table-cell" | "covered-table-cell" if self.row is not None:
                look = self._cell_look(held, self.row, sheet)
                self.cell = _Cell(held, element.startswith("covered"), look)
            case "p" | "h" if self.cell is not None:
                self.cell.lines.append([])
                self.inside += 1
                self._look(held, self.cell.look)
            case "span" if self.inside and self.looks:
                self._look(held, self.looks[-1])
            case "s" if self.inside:
                self._add(" " * min(_count(held, "c"), 100))
            case "tab" if self.inside:
                self._add("\t")
            case "line-break" if self.inside:
                self._add("\n")

    def text(self, text: str) -> None:
        """Take text, which counts in the paragraphs of a cell only."""
        if self.inside and not self.silent:
            self._add(text)

    def _add(self, text: str) -> None:
        if self.cell is not None and self.cell.lines and self.looks:
            self.cell.lines[-1].append((self.looks[-1].font, text))

    def _look(self, held: Mapping[str, str], around: Look) -> None:
        self.looks.append(self.styles.look("text", held.get("style-name", "")).over(around))

    def _cell_look(self, held: Mapping[str, str], row: _Line, sheet: _Sheet) -> Look:
        """The look of a cell: by its own style, that of its row, or that of its column."""
        name = held.get("style-name") or row.attributes.get("default-cell-style-name")
        if not name:
            run = bisect_right(sheet.column_ends, row.place)
            name = sheet.column_styles[run] if run < len(sheet.column_styles) else ""
        return self.styles.look("cell", name)

    def end(self, name: str) -> None:
        """Take the end of an element."""
        if self.silent:
            self.silent -= 1
            return
        element = _local(name)
        sheet = self.sheet
        if element == "table":
            self.depth -= 1
            if self.depth == 0 and sheet is not None:
                self._end_table(sheet)
        elif sheet is not None and self.depth == 1:
            self._end_inside(element, sheet)

    def _end_inside(self, element: str, sheet: _Sheet) -> None:
        match element:
            case "p" | "h" if self.inside:
                self.inside -= 1
                self.looks.pop()
            case "span" if self.looks:
                self.looks.pop()
            case "table-cell" | "covered-table-cell":
                if self.row is not None and self.cell is not None:
                    self._end_cell(self.row, self.cell, sheet)
                self.cell = None
            case "table-row":
                if self.row is not None:
                    self._end_row(self.row, sheet)
                self.row = None

    def _column(self, held: Mapping[str, str], sheet: _Sheet) -> None:
        repeated = _count(held, "number-columns-repeated")
        if held.get("visibility", "visible") != "visible":
            last = min(sheet.columns + repeated, MAX_COLUMNS)
            sheet.hidden_columns += range(sheet.columns + 1, last + 1)
        sheet.columns += repeated
        sheet.column_ends.append(sheet.columns)
        sheet.column_styles.append(held.get("default-cell-style-name", ""))

    def _end_cell(self, row: _Line, cell: _Cell, sheet: _Sheet) -> None:
        repeated = _count(cell.attributes, "number-columns-repeated")
        text = "" if cell.covered else row.text(cell, self.file, sheet.name)
        rows = _count(cell.attributes, "number-rows-spanned")
        if rows > 1 and not cell.covered:
            self._join(row, rows, sheet)
        if text:
            self._within(row.number, row.place + repeated)
            row.texts.update((row.place + at, text) for at in range(repeated))
        row.place += repeated

    def _join(self, row: _Line, rows: int, sheet: _Sheet) -> None:
        sheet.area += rows
        if sheet.area > MAX_COVERED:
            n = sheet.area
            raise Malformed("sheet_cells", where=self.file, part=_PART, n=n, most=MAX_COVERED)
        for at in range(row.number + 1, row.number + rows):
            sheet.joined.setdefault(at, set()).add(row.place)

    def _end_row(self, row: _Line, sheet: _Sheet) -> None:
        repeated = _count(row.attributes, "number-rows-repeated")
        if row.texts or row.problems:
            last = sheet.number + repeated
            self._within(last, 1)
            sheet.count += repeated * len(row.texts)
            if sheet.count > MAX_CELLS:
                n = sheet.count
                raise Malformed("sheet_cells", where=self.file, part=_PART, n=n, most=MAX_CELLS)
            width = max(row.texts, default=-1) + 1
            cells = tuple(row.texts.get(place, "") for place in range(width))
            notes, faults = tuple(row.notes), tuple(row.problems)
            for number in range(sheet.number + 1, last + 1):
                sheet.rows.append(Row(number, cells, notes=notes, problems=faults))
                if row.attributes.get("visibility", "visible") != "visible":
                    sheet.hidden_rows.append(number)
        elif row.notes:
            sheet.struck_rows.append(sheet.number + 1)
        sheet.number += repeated

    def _within(self, row: int, column: int) -> None:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            far = {"row": row, "column": column, "rows": MAX_ROWS, "columns": MAX_COLUMNS}
            raise Malformed("sheet_far", where=self.file, part=_PART, **far)

    def _end_table(self, sheet: _Sheet) -> None:
        self.sheet = None
        if sheet.linked:
            return
        width = max((len(row.cells) for row in sheet.rows), default=0)
        rows = tuple(
            Row(
                row.number,
                row.cells + ("",) * (width - len(row.cells)),
                joined=frozenset(sheet.joined.get(row.number, ())),
                notes=row.notes,
                problems=row.problems,
            )
            for row in sheet.rows
        )
        self.grids.append(Grid(sheet.name, rows, notes=_hidden(sheet)))


@define
class _Line:
    """One row while it is read; ``place`` is the column of its next cell, from 0."""

    attributes: Mapping[str, str]
    number: int
    place: int = 0
    texts: dict[int, str] = field(factory=dict)
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)

    def text(self, cell: _Cell, file: str, sheet: str) -> str:
        """What the screen shows of a cell; an error, or a formula without result, is a problem."""
        held = cell.attributes
        kind = held.get("value-type", "")
        place = Place(file, sheet, self.number)
        column = f"{letters(self.place + 1)}{self.number}"
        text = self._dressed(cell.runs(), column)
        if not text.strip() and any(part.strip() for _, part in cell.runs()):
            # All of it is struck through, and counts no more whatever it is.
            return ""
        # LibreOffice says so; others give the error as the text of a formula.
        if kind == "error" or ("formula" in held and text.startswith(_ERRORS)):
            fault = BadCell("error_value", where=place, column=column, found=text[:60])
            self.problems.append(fault)
            return ""
        if text and kind in _NUMBERS:
            return self._number(text, held.get("value", ""), column)
        if text and kind == "date":
            return self._date(text, held.get("date-value", ""), column)
        if text:
            return text
        if kind in (*_NUMBERS, "date", "boolean"):
            return self._dressed([(cell.look.font, self._stored(held, kind, column))], column)
        if "formula" in held and kind != "string":
            self.problems.append(BadCell("no_result", where=place, column=column, found="="))
        return ""

    def _dressed(self, runs: Iterable[Run], column: str) -> str:
        text, notes = dressed(runs, column)
        self.notes += notes
        return text

    def _number(self, text: str, stored: str, cell: str) -> str:
        """The text of a number, noted where it is not the number that is stored.

        It gets its minus where the screen shows a colour or brackets.
        """
        signed = shown.negative(text) if stored.startswith("-") else text
        if signed != text:
            self.notes.append(shown.minus_note(cell, text, signed, stored[:40]))
        elif not _says(text, stored):
            self.notes.append(Note.of("table.shown", cell=cell, shown=text, value=stored[:40]))
        return signed

    def _date(self, text: str, stored: str, cell: str) -> str:
        """The text of a day, noted where it does not say the whole day, or holds more than one."""
        said = {int(figures) for figures in re.findall("[0-9]{1,4}", text)}
        day, _, time = stored.partition("T")
        whole = {int(figures) for figures in re.findall("[0-9]{1,4}", day)}
        if not whole <= said or time.strip("0:."):
            self.notes.append(Note.of("table.shown", cell=cell, shown=text, value=stored[:40]))
        return text

    def _stored(self, held: Mapping[str, str], kind: str, cell: str) -> str:
        """The value of a cell whose text the file leaves out."""
        written = held.get("value") or held.get("date-value") or held.get("boolean-value", "")
        text = written[:10] if kind == "date" else written
        if kind == "percentage":
            try:
                text = f"{exact.text(Decimal(written[:40]) * 100)}%"
            except (InvalidOperation, ValueError, OverflowError):
                text = written
        self.notes.append(Note.of("table.shown", cell=cell, shown=text, value=written))
        return text


def _says(text: str, stored: str) -> bool:
    """Whether the number in a text is exactly the one that is stored.

    >>> _says("1,200.50元", "1200.5"), _says("90%", "0.8996"), _says("27千元", "27000")
    (True, False, False)
    """
    found = _NUMBER.search(text)
    if found is None or not _STORED.fullmatch(stored) or len(found[0]) > _LONGEST_NUMBER:
        return False
    # As Excel, to 15 figures: what is beyond them is noise of floats.
    value = exact.from_text(shown.plain(float(stored)))
    scale = {"%": 100, "‰": 1000}.get(text[found.end() : found.end() + 1], 1)
    return Fraction(found[0].replace(",", "")) == value * scale


def _hidden(sheet: _Sheet) -> tuple[Note, ...]:
    width = max((len(row.cells) for row in sheet.rows), default=0)
    columns = [letters(at) for at in sheet.hidden_columns if at <= width]
    rows, struck = sheet.hidden_rows, sheet.struck_rows
    return Unseen(sheet.hidden, rows, columns, struck, sheet.floating).notes(sheet.name)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _count(held: Mapping[str, str], name: str) -> int:
    """A number of repeats: 1 when it is not written or makes no sense; cut to what is too many."""
    written = held.get(name, "1")
    if not (written.isascii() and written.isdigit()):
        return 1
    return max(int(written.lstrip("0")[:_MOST_FIGURES] or "0"), 1)
