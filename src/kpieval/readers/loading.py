"""A path -> its Document: the bytes, their tables, what the tables say."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable

from attrs import define, field, frozen

from kpieval import paths
from kpieval.errors import (
    FileError,
    KpiEvalError,
    MalformedFileError,
    NotATableError,
)
from kpieval.notes import Note, merged
from kpieval.readers import assembly, blocks, formats, headerunits, opening, scores, wideheaders
from kpieval.readers.assembly import Draft
from kpieval.readers.blocks import Block
from kpieval.readers.columns import Columns, Role, missing_columns, recognise, roles_of
from kpieval.readers.document import Document, Found, Record, Source
from kpieval.readers.grid import Grid, Row, Sheets, excerpt, squeeze
from kpieval.readers.head import Head
from kpieval.readers.rows import Kind, Line, RowReader
from kpieval.showing import Shown
from kpieval.tables import ActualEntry, Actuals, Place, Published


def load(
    path: str | os.PathLike[str],
    needed: frozenset[Role],
    year: int | None,
    fill_down: bool | None,
    *,
    shown: str | None = None,
) -> Document:
    """The document of a file that has 三级指标 and at least one of the ``needed`` columns.

    ``shown`` is what the file is called in places and sources; else its path as given.
    """
    name = os.fspath(path)
    data = opening.whole(name)
    shown = shown or ("stdin" if name == "-" else name)
    source = Source(shown, hashlib.sha256(data).hexdigest())
    found = formats.sheets(data, shown)
    reading = _Reading(source, needed, found.fill_down if fill_down is None else fill_down)
    reading.take(found)
    return reading.document(found, year)


@frozen(repr=False)
class Several(Shown):
    """What was read of several files, and why the others could not be used."""

    documents: tuple[Document, ...]
    refused: tuple[FileError, ...] = field(default=(), eq=False)


def load_each(paths: Iterable[str], load_one: Callable[[str], Document]) -> Several:
    """The documents of all files that can be used. Raises the first refusal when none can."""
    documents: list[Document] = []
    refused: list[FileError] = []
    for path in paths:
        try:
            documents.append(load_one(path))
        except FileError as error:
            refused.append(error)
    if refused and not documents:
        raise refused[0]
    return Several(tuple(documents), tuple(refused))


@define(eq=False, repr=False)
class _Table:
    """One table of the file, its rows read: ``grid`` by name, what stood above it."""

    sheet: str | None
    head: Head
    columns: Columns
    lines: list[Line]


@define(eq=False, repr=False)
class _Reading:
    source: Source
    needed: frozenset[Role]
    fill_down: bool
    tables: list[_Table] = field(factory=list)
    refused: list[FileError] = field(factory=list)
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)
    found: list[Found] = field(factory=list)

    def take(self, sheets: Sheets) -> None:
        """Read all grids. Raises the first refusal when none of them holds a table."""
        for grid in sheets.grids:
            self._grid(grid)
        if not self.tables:
            raise self.refused[0] if self.refused else _no_table(sheets, self.source.name)
        self.problems += self.refused

    def _grid(self, grid: Grid) -> None:
        self.notes += grid.notes
        self.problems += grid.problems
        parts = blocks.split(grid)
        if parts and all(part.header is None for part in parts):
            self._without_table(grid, parts)
            return
        for part in parts:
            self._block(grid, part)

    def _without_table(self, grid: Grid, parts: list[Block]) -> None:
        headers = blocks.best_headers(parts)
        if headers:
            self.refused.append(self._missing(grid.name, headers))
        elif grid.name is not None:
            self.notes.append(Note.of("table.sheet_skipped", sheet=grid.name))

    def _missing(self, sheet: str | None, headers: Iterable[str]) -> FileError:
        found = list(headers)
        roles = roles_of(found)
        missing = [] if Role.NAME in roles else [Role.NAME]
        if not roles & self.needed:
            missing += [role for role in (Role.TARGET, Role.ACTUAL) if role in self.needed]
        where = f"{self.source.name} {sheet}" if sheet else self.source.name
        return missing_columns(missing or [Role.NAME], found, where)

    def _block(self, grid: Grid, block: Block) -> None:
        head = _head(block.head, self.source.name, grid.name)
        if block.header is None:
            found = excerpt(" ".join(text for row in block.head for text in row.filled()))
            where = _where(self.source.name, grid, block.head[0])
            self.problems.append(NotATableError(where=where, expected="三级指标", found=found))
            self.notes += head.notes
            self.problems += head.problems
        table: _Table | None = None
        rows: RowReader | None = None
        for header, body in block.tables():
            where = _where(self.source.name, grid, header)
            try:
                columns = recognise(header.cells, where)
            except MalformedFileError as fault:
                self.refused.append(fault)
                continue
            if not self.needed & columns.places.keys():
                self.refused.append(self._missing(grid.name, header.filled()))
                continue
            # Under a repeated header a blank category continues the one before it.
            above = rows.above if rows else {}
            units, told = headerunits.of_headers(header.cells, columns.places)
            rows = RowReader(
                columns,
                self.source.name,
                grid.name,
                self.fill_down,
                above,
                units=units,
                wide=wideheaders.of_headers(header.cells, columns),
            )
            lines = [rows.read(row) for row in body]
            self.problems += header.problems
            head.unit = head.unit or rows.money
            self.notes += [*header.notes, *columns.notes, *told, *rows.notes()]
            self.found.append(_found(where, header, columns, lines))
            if table is None:
                table = _Table(grid.name, head, columns, lines)
                self.tables.append(table)
            else:
                # The header was repeated: the table of the same project goes on.
                table.lines += lines

    def document(self, sheets: Sheets, year: int | None) -> Document:
        """Everything that was read, with all targets."""
        drafts: list[Draft] = []
        entries: list[ActualEntry] = []
        published = Published()
        names = self._names()
        for place, table in enumerate(self.tables):
            drafts += self._drafts(table, table.head.name or names[place])
            entries += assembly.entries(table.lines, table.head)
            published += scores.published(table.lines, table.head)
        projects = tuple(assembly.finish(d) for d in assembly.settle_years(drafts, year))
        self._repeated(drafts)
        return Document(
            source=self.source,
            projects=projects,
            actuals=Actuals(tuple(entries)),
            published=published,
            records=tuple(self._records()),
            roles=frozenset(role for table in self.tables for role in table.columns.places),
            notes=merged(sheets.notes, self.notes),
            problems=tuple(self.problems),
            tables=tuple(self.found),
        )

    def _repeated(self, drafts: list[Draft]) -> None:
        """Note the projects that stand in several tables: an actual may fit several rows."""
        counts = Counter((draft.name, draft.year) for draft in drafts)
        for (name, _), count in counts.items():
            if count > 1:
                self.notes.append(Note.of("table.project_repeated", project=name, n=count))

    def _drafts(self, table: _Table, default: str) -> list[Draft]:
        if Role.TARGET in table.columns:
            money = table.columns.money
            made = assembly.drafts(table.head, table.lines, default, money)
        else:
            made = []
        if not made:
            # Without a project to carry them, they belong to the file.
            self.notes += [*table.head.notes, *(n for line in table.lines for n in line.notes)]
            self.problems += table.head.problems
            self.problems += [fault for line in table.lines for fault in line.problems]
        return made

    def _names(self) -> list[str]:
        """What the projects of each table are called that have no name: after the file."""
        stem = paths.stem(self.source.name)
        nameless = [t for t in self.tables if not t.head.name and Role.PROJECT not in t.columns]
        if len(nameless) < 2:
            return [stem] * len(self.tables)
        return [f"{stem} {table.sheet or n}" for n, table in enumerate(self.tables, start=1)]

    def _records(self) -> Iterable[Record]:
        for table in self.tables:
            for line in table.lines:
                if line.kind is not Kind.OTHER:
                    yield line.record


def _head(rows: list[Row], file: str, sheet: str | None) -> Head:
    if not rows:
        return Head()
    from kpieval.readers.headreader import read_head

    return read_head(rows, file, sheet)


def _found(where: Place, header: Row, columns: Columns, lines: list[Line]) -> Found:
    """What was recognised of one table."""
    roles = {place: role for role, place in columns.places.items()}
    named = tuple((squeeze(cell), roles.get(place)) for place, cell in enumerate(header.cells))
    rows = sum(line.kind is not Kind.OTHER for line in lines)
    return Found(where, named, rows)


def _where(file: str, grid: Grid, row: Row) -> Place:
    return Place(file, row.table or grid.name or None, row.number or None, row.line)


def _no_table(sheets: Sheets, file: str) -> NotATableError:
    texts = (squeeze(t) for grid in sheets.grids for row in grid.rows[:20] for t in row.filled())
    found = excerpt(" ".join(texts)) or "-"
    return NotATableError(where=file, expected="三级指标, 指标值", found=found)
