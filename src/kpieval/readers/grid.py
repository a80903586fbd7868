"""The neutral table that every file format is turned into: rows of cells as text.

A grid knows nothing of columns or projects. Its cells hold what a person sees on the screen;
what a format had to assume to get there stands in the notes of the row.
"""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.showing import Shown

MAX_COLUMNS = 200
"""No table has more columns than this; a file that has is refused."""

OBJECT = "\ufffc"
"""Stands for what is shown and is no text, so that no value is read past it."""

MAX_ROWS = 200_000
MAX_CELLS = 2_000_000
MAX_COVERED = 200_000
"""Cells under merged areas."""


@frozen(repr=False)
class Row(Shown):
    """One row. ``number`` is 1-based, as the user sees it (a line, a sheet row, an array place).

    ``line`` is the line that it begins on, in files that are made of lines. ``joined`` holds the
    columns whose cell is merged with the one above. ``loose`` marks a line of text that stands
    outside of any cell. ``table`` names the table or the page that the row stands in, where a
    grid was put together from several.
    """

    number: int
    cells: tuple[str, ...]
    joined: frozenset[int] = frozenset()
    loose: bool = False
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    line: int | None = None
    table: str | None = None

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything but white space."""
        return not any(cell.strip() for cell in self.cells)

    def at(self, place: int | None) -> str:
        """The trimmed cell at a place; "" where the row has none.

        >>> Row(1, ("a ", "b")).at(0), Row(1, ("a",)).at(3), Row(1, ("a",)).at(None)
        ('a', '', '')
        """
        return self.cells[place].strip() if place is not None and place < len(self.cells) else ""

    def filled(self) -> list[str]:
        """The cells that hold something, trimmed, in order."""
        return [cell.strip() for cell in self.cells if cell.strip()]


@frozen(repr=False)
class Grid(Shown):
    """One table of a file; ``name`` is that of its sheet, None where there is but one table.

    A reader may make the ``rows`` only when they are asked for; whoever keeps them pays for them.
    """

    name: str | None
    rows: Sequence[Row]
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)


@frozen(repr=False)
class Sheets(Shown):
    """All tables of one file, with what holds for the file as a whole.

    ``fill_down`` says whether a blank category cell continues the one above in this format.
    """

    grids: tuple[Grid, ...]
    fill_down: bool
    notes: tuple[Note, ...] = ()


def squeeze(text: str) -> str:
    """The text without any white space: what labels and categories are compared by.

    >>> squeeze("其中：财政    资金")
    '其中：财政资金'
    """
    return "".join(text.split())


def letters(column: int) -> str:
    """The letters of a column, counted from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    found = ""
    while column:
        column, last = divmod(column - 1, 26)
        found = chr(65 + last) + found
    return found


def one_line(text: str) -> str:
    """The text on one line: a break inside Chinese text vanishes, elsewhere it is a space.

    >>> one_line("补助人员\\n数量"), one_line("on time\\n rate")
    ('补助人员数量', 'on time rate')
    """
    joined = ""
    for line in filter(None, (part.strip() for part in text.splitlines())):
        latin = joined and joined[-1].isascii() and line[0].isascii()
        joined += f" {line}" if latin else line
    return joined


def excerpt(text: str, size: int = 60) -> str:
    """The start of a text, on one line, for notes and messages."""
    line = one_line(text)
    return line if len(line) <= size else line[: size - 1] + "…"


def row_list(numbers: list[int], most: int = 20) -> str:
    """Row numbers for people: at most ``most`` of them, then an ellipsis.

    >>> row_list([3, 4, 9])
    '3, 4, 9'
    """
    told = ", ".join(str(number) for number in numbers[:most])
    return told if len(numbers) <= most else f"{told}, … ({len(numbers)})"
