"""A Word table -> rows of cells in straight columns, merges and all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from attrs import define, field

from kpieval.notes import Note, merged
from kpieval.readers.columns import is_header
from kpieval.readers.docx.cells import MAX_NESTED, Content, content
from kpieval.readers.docx.finds import Finds, Kind
from kpieval.readers.docx.inline import Document
from kpieval.readers.docx.marks import CellMarks, RowMarks
from kpieval.readers.docx.names import (
    ALTERNATE,
    SDT,
    SDT_CONTENT,
    TC,
    TC_PR,
    THROUGH,
    TR,
    TR_PR,
    Element,
    chosen,
    integer,
    w,
)
from kpieval.readers.docx.pieces import deleted_text, is_prompt
from kpieval.readers.faults import Malformed
from kpieval.readers.grid import MAX_COLUMNS, Row, letters, row_list
from kpieval.readers.labels import label_of

MAX_CELLS = 200_000
"""Cells of all tables of a document."""

_NEAR = 120
"""Edges of columns that are no farther apart (in twentieths of a point: 2 mm) are one edge."""

_PLAIN_CELL, _PLAIN_ROW = CellMarks(), RowMarks()


@define
class Cell:
    """One cell at its place in the grid of its table."""

    start: int
    span: int
    text: str
    joined: bool = False
    notes: tuple[Note, ...] = ()


@define
class Table:
    """A table as it was read: its rows by number, and tables in its cells that stand alone."""

    name: str
    rows: list[Row] = field(factory=list)
    notes: tuple[Note, ...] = ()
    inner: list[Table] = field(factory=list)

    @property
    def has_form(self) -> bool:
        """Whether it has a header of indicators, or the labels of a form."""
        return any(
            is_header(row.cells) or any(label_of(text) for text in row.filled()[:1])
            for row in self.rows
        )


@define
class Tables:
    """Reads the tables of one document, and counts their cells."""

    document: Document
    cells: int = 0

    def read(self, element: Element, name: str, depth: int = 0) -> Table:
        """The table. Raises MalformedFileError when it is too wide, too deep or too large."""
        if depth > MAX_NESTED:
            raise Malformed("docx_deep", where=self.document.file, most=MAX_NESTED)
        reader = _Reader(self, Table(name), depth)
        for number, row in enumerate(_wrapped(element, TR), start=1):
            reader.row(number, row)
        return reader.done(_edges(element))

    def count(self) -> None:
        """Count a cell."""
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise Malformed("docx_cells", where=self.document.file, n=self.cells, most=MAX_CELLS)


def _wrapped(container: Iterable[Element], wanted: str) -> Iterator[Element]:
    """The rows of a table, or the cells of a row, out of controls that wrap them."""
    for child in container:
        tag = child.tag
        if tag == wanted:
            yield child
        elif tag == SDT:
            inside = child.find(SDT_CONTENT)
            yield from _wrapped(inside, wanted) if inside is not None else ()
        elif tag in THROUGH:
            yield from _wrapped(child, wanted)
        elif tag == ALTERNATE and (branch := chosen(child)) is not None:
            yield from _wrapped(branch, wanted)


@define
class _Reader:
    tables: Tables
    table: Table
    depth: int
    found: list[tuple[int, list[Cell]]] = field(factory=list)
    deleted: list[int] = field(factory=list)
    inserted: list[int] = field(factory=list)
    hidden: list[int] = field(factory=list)
    struck: list[int] = field(factory=list)

    def row(self, number: int, element: Element) -> None:
        """Take a row; a deleted or hidden one is only counted."""
        first = element.find(TR_PR)
        marks = _PLAIN_ROW
        if first is not None:
            marks = self.tables.document.marks.rows.get(first, _PLAIN_ROW)
        if marks.deleted or marks.hidden:
            (self.deleted if marks.deleted else self.hidden).append(number)
            return
        if marks.inserted:
            self.inserted.append(number)
        place = marks.before
        cells: list[Cell] = []
        for cell in _wrapped(element, TC):
            self.tables.count()
            found = self._marks(cell)
            if place + found.span > MAX_COLUMNS:
                where = self.tables.document.file
                raise Malformed("columns", where=where, n=place + found.span, most=MAX_COLUMNS)
            cells.append(self._cell(cell, number, place, found))
            place += found.span
        self.found.append((number, cells))

    def _marks(self, cell: Element) -> CellMarks:
        first = cell[0] if len(cell) else None
        if first is None or first.tag != TC_PR:
            return _PLAIN_CELL
        return self.tables.document.marks.cells.get(first, _PLAIN_CELL)

    def _cell(self, cell: Element, number: int, place: int, marks: CellMarks) -> Cell:
        told = f"{self.table.name} {letters(place + 1)}{number}"
        # Nothing lies above the first row: what is merged upwards there is shown.
        covered = marks.beside or (marks.merge not in ("", "restart") and bool(self.found))
        left_out = Kind.DELETED if marks.deleted else Kind.COVERED if covered else _prompt(cell)
        if left_out is not None:
            notes = Finds()
            notes.add(left_out, deleted_text(cell))
            joined = left_out is Kind.COVERED and not marks.beside
            return Cell(place, marks.span, "", joined, notes.notes(told))
        found = content(cell, self.tables.document, self.depth)
        if marks.inserted:
            found.finds.add(Kind.INSERTED, found.text)
        for inner in found.tables:
            self._inner(inner, found)
        return Cell(place, marks.span, found.text.strip(), notes=found.finds.notes(told))

    def _inner(self, element: Element, found: Content) -> None:
        """A table in a cell: a form of its own, or so many words of the cell."""
        name = f"{self.table.name}.{len(self.table.inner) + 1}"
        inner = self.tables.read(element, name, self.depth + 1)
        if inner.has_form or inner.inner:
            self.table.inner += [inner, *inner.inner]
            inner.inner = []
            found.finds.add(Kind.OWN, f"{name} ")
            return
        lines = [" ".join(row.filled()) for row in inner.rows if not row.is_blank]
        found.finds.add(Kind.NESTED, " ".join(lines))
        found.text = "\n".join(filter(str.strip, (found.text, *lines)))
        for note in merged(inner.notes, *(row.notes for row in inner.rows)):
            self.table.notes = (*self.table.notes, note)

    def done(self, edges: list[int]) -> Table:
        """The table with its rows in straight columns."""
        straight = _columns(self.found, edges)
        width = len(set(straight.values()))
        for number, cells in self.found:
            texts, joined = [""] * width, set()
            for cell in cells:
                place = straight[cell.start]
                texts[place] = f"{texts[place]}\n{cell.text}".strip() if texts[place] else cell.text
                if cell.joined:
                    joined.add(place)
            notes = merged(*(cell.notes for cell in cells))
            if not any(texts) and any(note.code == "word.struck" for note in notes):
                self.struck.append(number)
            row = Row(number, tuple(texts), frozenset(joined), notes=notes, table=self.table.name)
            self.table.rows.append(row)
        self.table.notes = (*self.table.notes, *self._notes())
        return self.table

    def _notes(self) -> Iterator[Note]:
        name = self.table.name
        if self.deleted:
            yield Note.of("word.deleted_rows", table=name, rows=row_list(self.deleted))
        if self.inserted:
            yield Note.of("word.inserted_rows", table=name, rows=row_list(self.inserted))
        if self.hidden:
            yield Note.of("word.hidden_rows", table=name, rows=row_list(self.hidden))
        if self.struck:
            yield Note.of("table.struck_rows", sheet=name, rows=row_list(self.struck))


def _prompt(cell: Element) -> Kind | None:
    """Whether a content control around the cell only asks for its content."""
    around = cell.getparent()
    control = around.getparent() if around is not None and around.tag == SDT_CONTENT else None
    return Kind.PROMPT if control is not None and is_prompt(control) else None


def _edges(table: Element) -> list[int]:
    """Where the columns of a table begin, from the widths that it says; [] without any."""
    widths = [
        integer(column.get(w("w")), 0) for column in table.findall(f"{w('tblGrid')}/{w('gridCol')}")
    ]
    return [0, *accumulate(widths)] if widths and all(width > 0 for width in widths) else []


def _columns(rows: list[tuple[int, list[Cell]]], edges: list[int]) -> dict[int, int]:
    """The column, counted without gaps, of every place in the grid at which some cell begins.

    Columns in which nothing begins are no columns to a person. Where the edge of a row was
    dragged a little aside, its cells still stand under the same header.
    """
    starts = sorted({cell.start for _, cells in rows for cell in cells})
    column: dict[int, int] = {}
    at = -1
    for place, start in enumerate(starts):
        before = starts[place - 1] if place else None
        if before is None or not _same_edge(rows, edges, before, start):
            at += 1
        column[start] = at
    return column


def _same_edge(
    rows: list[tuple[int, list[Cell]]], edges: list[int], first: int, second: int
) -> bool:
    """Whether two places are one edge that was dragged: near, and no row has cells at both."""
    if second >= len(edges) or edges[second] - edges[first] > _NEAR:
        return False
    return not any({first, second} <= {cell.start for cell in cells} for _, cells in rows)
