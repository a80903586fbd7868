"""PDF with text: tables by their lines, gone on with over page breaks; scans are refused.

Needs the extra ``pdf``. pdfplumber reads the file in a child process with limits. A break in a
cell may be the paper's or the writer's; cells are read as one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from attrs import define, evolve, field, frozen

from kpieval.children.pdf import NEAR
from kpieval.children.running import ChildFault, ask
from kpieval.errors import KpiEvalError, MalformedFileError, NotATableError
from kpieval.notes import Note
from kpieval.readers import radicals
from kpieval.readers.columns import Role, is_header, recognise
from kpieval.readers.faults import BadCell, Malformed, Unsupported
from kpieval.readers.gathering import Item, Table, gathered
from kpieval.readers.grid import MAX_CELLS, MAX_COLUMNS, Row, Sheets, excerpt, one_line, row_list
from kpieval.readers.labels import label_of
from kpieval.tables import Place

MAX_PAGES = 200
MAX_CHARACTERS = 1_000_000
SECONDS = 60
"""What the child may take."""

_CHILD = "kpieval.children.pdf"

Box = list[Any]
"""x0, top, x1, bottom, text, and whether the text stays within the cell."""


def read(data: bytes, file: str) -> Sheets:
    """The tables of all pages. Raises MalformedFileError, UnsupportedFormatError for scans."""
    try:
        pages = ask(_CHILD, data, [str(MAX_PAGES), str(MAX_CHARACTERS)], seconds=SECONDS)
    except ChildFault as fault:
        raise Malformed(fault.key, where=file, **fault.params) from None
    if not any(page["chars"] for page in pages):
        raise Unsupported("scan", where=file, format="pdf")
    parts = list(_parts(pages))
    if not any(isinstance(part, _Part) for part in parts):
        texts = [part.cells[0] for part in parts if isinstance(part, Row)]
        found = excerpt(" ".join(texts)) or "-"
        raise NotATableError(where=file, expected="三级指标, 指标值", found=found)
    items = _items(parts, file)
    return gathered(items, file, fill_down=True, notes=_notes(pages))


def _notes(pages: Sequence[dict[str, Any]]) -> tuple[Note, ...]:
    """The pages that are pictures: what is on them cannot be read."""
    scans = [at for at, page in enumerate(pages, start=1) if page["images"] and not page["chars"]]
    notes = [Note.of("table.pdf_scans", pages=row_list(scans))] if scans else []
    astray = "".join(table["astray"] for page in pages for table in page["tables"])
    if astray:
        notes.append(Note.of("table.pdf_astray", text=excerpt(radicals.folded(astray))))
    texts = [line["text"] for page in pages for line in page["lines"]]
    texts += [cell[4] for page in pages for table in page["tables"] for cell in table["cells"]]
    count = sum(radicals.count(text) for text in texts)
    return (*notes, Note.of("table.radicals", n=count)) if count else tuple(notes)


@frozen
class _Part:
    """The table on one page; ``first`` and ``last`` of all that is on its page but text lines."""

    page: int
    box: list[float]
    cells: list[Box]
    first: bool
    last: bool

    @property
    def edges(self) -> list[float]:
        """The left edges of its cells."""
        return [cell[0] for cell in self.cells]


def _parts(pages: Sequence[dict[str, Any]]) -> Iterator[Row | _Part]:
    """The lines and tables of all pages, from the top of the first to the foot of the last."""
    for number, page in enumerate(pages, start=1):
        tables = sorted(page["tables"], key=lambda table: (table["box"][1], table["box"][0]))
        found: list[tuple[float, Row | _Part]] = []
        for at, table in enumerate(tables):
            edges = (at == 0, at == len(tables) - 1)
            part = _Part(number, table["box"], table["cells"], *edges)
            found.append((table["box"][1], part))
        for line in page["lines"]:
            row = Row(0, (radicals.folded(line["text"].strip()),), loose=True, table=f"p.{number}")
            if row.cells[0]:
                found.append((line["top"], row))
        yield from (item for _, item in sorted(found, key=lambda pair: pair[0]))


@define
class _Run:
    """The parts of one table, cut by page breaks, with the lines between them."""

    parts: list[_Part] = field(factory=list)
    between: dict[int, list[Row]] = field(factory=dict)
    """By the part that they stand above, the foot and head lines of the pages."""

    def goes_on(self, part: _Part) -> bool:
        """Whether a part is what a page break left of the table: first there, as wide."""
        last = self.parts[-1] if self.parts else None
        if last is None or part.page != last.page + 1 or not (part.first and last.last):
            return False
        sides = ((part.box[0], last.box[0]), (part.box[2], last.box[2]))
        return all(abs(one - other) <= NEAR for one, other in sides)


def _items(parts: Sequence[Row | _Part], file: str) -> list[Item]:
    items: list[Item] = []
    lines: list[Row] = []
    run = _Run()
    number = 0
    for part in parts:
        if isinstance(part, Row):
            lines.append(part)
            continue
        if not run.goes_on(part):
            number = _close(run, items, number, file)
            items += lines
            run = _Run()
        else:
            run.between[len(run.parts)] = lines
        run.parts.append(part)
        lines = []
    _close(run, items, number, file)
    return [*items, *lines]


def _close(run: _Run, items: list[Item], number: int, file: str) -> int:
    """Put down the tables of a run, cell under cell over all its pages; count them."""
    columns = _clustered([edge for part in run.parts for edge in part.edges])
    if len(columns) > MAX_COLUMNS:
        raise Malformed("columns", where=file, n=len(columns), most=MAX_COLUMNS)
    header: tuple[str, ...] = ()
    above: list[Row] = []
    for at, part in enumerate(run.parts):
        rows = _rows(part, columns, file)
        headers = [row.cells for row in rows if is_header(row.cells)]
        if at and not headers and header:
            rows = _mended(above, rows, header, file)
        header = headers[-1] if headers else header
        items += run.between.get(at, ())
        number += 1
        items.append(Table(number, tuple(rows), complete=at == 0, after_break=at > 0))
        if above and items:
            _replace(items, above)
        above = rows
    return number


def _replace(items: list[Item], rows: list[Row]) -> None:
    """Put the mended rows of the part before the last one in their place."""
    tables = [(at, item) for at, item in enumerate(items) if isinstance(item, Table)]
    place, before = tables[-2]
    items[place] = evolve(before, rows=tuple(rows))


def _mended(above: list[Row], rows: list[Row], header: tuple[str, ...], file: str) -> list[Row]:
    """The rows after a page break; the rest of a row that the break cut joins its row.

    Such a rest has no name of an indicator and yet fills a cell that is no category.
    """
    first = rows[0] if rows else None
    if first is None or not above or any(label_of(cell) for cell in first.filled()):
        return rows
    try:
        places = recognise(header, file).places
    except MalformedFileError:
        # The table itself will say so.
        return rows
    name = first.cells[places[Role.NAME]].strip() if places[Role.NAME] < len(first.cells) else ""
    shared = {places.get(role) for role in (Role.PROJECT, Role.LEVEL1, Role.LEVEL2)}
    own = [at for at, cell in enumerate(first.cells) if cell.strip() and at not in shared]
    if name or not own or len(above[-1].cells) != len(first.cells):
        return rows
    cells = tuple(
        one_line(f"{start}\n{rest}") if at in own else start
        for at, (start, rest) in enumerate(zip(above[-1].cells, first.cells, strict=True))
    )
    told = Note.of(
        "table.row_cut",
        table=Place(file, above[-1].table).in_table,
        row=above[-1].number,
        page=str(first.table),
    )
    above[-1] = evolve(above[-1], cells=cells, notes=(*above[-1].notes, told))
    left = tuple("" if at in own else cell for at, cell in enumerate(first.cells))
    kept = [evolve(first, cells=left)] if any(cell.strip() for cell in left) else []
    return [*kept, *rows[1:]]


def _rows(part: _Part, columns: list[float], file: str) -> list[Row]:
    """The rows of a table on one page: each cell in the column that it begins in."""
    tops = _clustered([cell[1] for cell in part.cells])
    if len(tops) * len(columns) > MAX_CELLS:
        n = len(tops) * len(columns)
        raise Malformed("table_cells", where=file, n=n, most=MAX_CELLS)
    texts: list[dict[int, str]] = [{} for _ in tops]
    joined: list[set[int]] = [set() for _ in tops]
    faults: list[list[KpiEvalError]] = [[] for _ in tops]
    for left, top, _, bottom, text, whole in part.cells:
        row, column = _at(top, tops), _at(left, columns)
        texts[row][column] = one_line(radicals.folded(text)) if whole else ""
        if not whole:
            place = Place(file, f"p.{part.page}", row + 1)
            found = excerpt(radicals.folded(text))
            faults[row].append(BadCell("pdf_crossed", where=place, column="-", found=found))
        for below in range(row + 1, len(tops)):
            if tops[below] >= bottom - NEAR:
                break
            joined[below].add(column)
    return [
        Row(
            at + 1,
            tuple(found.get(column, "") for column in range(len(columns))),
            joined=frozenset(joined[at]),
            problems=tuple(faults[at]),
            table=f"p.{part.page}",
        )
        for at, found in enumerate(texts)
    ]


def _clustered(values: list[float]) -> list[float]:
    """The values in order, those near each other as one."""
    found: list[float] = []
    for value, _ in groupby(sorted(values)):
        if not found or value - found[-1] > NEAR:
            found.append(value)
    return found


def _at(value: float, edges: list[float]) -> int:
    """The edge that a value belongs to."""
    return max((at for at, edge in enumerate(edges) if edge <= value + 0.01), default=0)
