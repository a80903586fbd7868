"""Cells that span rows and columns -> rows of one width, as a screen lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from attrs import define, field, frozen

from kpieval.readers.faults import Malformed
from kpieval.readers.grid import MAX_CELLS, MAX_COLUMNS, MAX_ROWS

_FOR_EVER = 1 << 30


@frozen
class Cell:
    """A cell as text, with the rows and columns that it covers; 0 rows: all rows that follow."""

    text: str
    rows: int = 1
    columns: int = 1


@frozen
class LaidOut:
    """The texts of one row, and the places whose cell is merged with the one above."""

    cells: tuple[str, ...]
    joined: frozenset[int]


def laid_out(rows: Iterable[Sequence[Cell]], file: str) -> list[LaidOut]:
    """The rows with every cell in its column: its text in the first, blanks where it goes on.

    Raises MalformedFileError when a cell begins beyond the columns or rows that are read. What a
    span claims beyond them covers nothing.

    >>> [row.cells for row in laid_out([[Cell("a", 2), Cell("b", 1, 2), Cell("c")],
    ...                                 [Cell("d"), Cell("e"), Cell("f")]], "t.html")]
    [('a', 'b', '', 'c'), ('', 'd', 'e', 'f')]
    """
    layout = _Layout(file)
    for row in rows:
        layout.take(row)
    return [
        LaidOut(_padded(texts, layout.width), joined)
        for texts, joined in zip(layout.texts, layout.joined, strict=True)
    ]


def _padded(texts: dict[int, str], width: int) -> tuple[str, ...]:
    return tuple(texts.get(place, "") for place in range(width))


@define
class _Layout:
    file: str
    texts: list[dict[int, str]] = field(factory=list)
    joined: list[frozenset[int]] = field(factory=list)
    held: dict[int, tuple[int, bool]] = field(factory=dict)
    """By column, the rows that a cell above still covers, and whether it begins there."""
    width: int = 0
    """The last column that a cell begins in."""
    count: int = 0

    def take(self, row: Sequence[Cell]) -> None:
        """Put the cells of one row into the columns that are free."""
        above = self.held
        joined = frozenset(place for place, (_, first) in above.items() if first)
        held = {place: (left - 1, first) for place, (left, first) in above.items() if left > 1}
        texts: dict[int, str] = {}
        place = 0
        for cell in row:
            while place in above:
                place += 1
            self._count(place)
            texts[place] = cell.text
            covered = min(max(cell.columns, 1), MAX_COLUMNS + 1)
            left = (cell.rows or _FOR_EVER) - 1
            for at in range(place, place + covered):
                if left > 0:
                    held[at] = (left, at == place)
            place += covered
        self.held = held
        self.texts.append(texts)
        self.joined.append(joined)
        self._check_size()

    def _count(self, place: int) -> None:
        if place >= MAX_COLUMNS:
            raise Malformed("columns", where=self.file, n=place + 1, most=MAX_COLUMNS)
        self.width = max(self.width, place + 1)

    def _check_size(self) -> None:
        rows = len(self.texts)
        if rows > MAX_ROWS:
            raise Malformed("table_rows", where=self.file, n=rows, most=MAX_ROWS)
        if rows * self.width > MAX_CELLS:
            n = rows * self.width
            raise Malformed("table_cells", where=self.file, n=n, most=MAX_CELLS)
