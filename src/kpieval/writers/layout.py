"""A page as cells with places and looks: what a form is before it becomes a sheet or a document.

Nothing here knows of Excel or Word. The widths are in columns of a screen (an East Asian character
takes two); the writers turn them into theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum, auto
from fractions import Fraction

from attrs import frozen

from kpieval.reports.width import display_width
from kpieval.unseen import spelled_out


class Look(Enum):
    """What a cell is for; the writers give each its font, place and border."""

    TITLE = auto()
    SUBTITLE = auto()
    LABEL = auto()
    TEXT = auto()
    MIDDLE = auto()
    NUMBER = auto()
    MONEY = auto()
    FOOT = auto()

    @property
    def is_loose(self) -> bool:
        """Whether it stands outside of the table: a line of text across the page."""
        return self in (Look.TITLE, Look.SUBTITLE, Look.FOOT)


class Kind(Enum):
    """What may be filled into a cell."""

    TEXT = auto()
    CHOICE = auto()
    NUMBER = auto()


@frozen
class Fill:
    """A cell for a person: what it takes, and what is said beside it.

    ``choices`` are the words of a list; ``most`` is the greatest number, None where any will do.
    """

    kind: Kind = Kind.TEXT
    title: str = ""
    hint: str = ""
    choices: tuple[str, ...] = ()
    most: Fraction | None = None


@frozen
class Cell:
    """One cell, from (``row``, ``column``) over so many rows and columns.

    ``lines`` is the room that it has at least, in lines of text.
    """

    row: int
    column: int
    text: str
    look: Look = Look.TEXT
    rows: int = 1
    columns: int = 1
    fill: Fill | None = None
    lines: int = 1


@frozen
class Page:
    """One sheet, or one section of a document.

    ``heads`` are the first and the last row of what every printed page begins with. ``guarded``
    says that only the cells to be filled in may be changed.
    """

    name: str
    cells: tuple[Cell, ...]
    widths: tuple[int, ...]
    landscape: bool = False
    heads: tuple[int, int] | None = None
    guarded: bool = False
    flat: bool = False
    """A plain table with one header row, for sorting rather than for printing."""

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max((cell.row + cell.rows for cell in self.cells), default=0)


def lines_needed(text: str, width: int) -> int:
    """In how many lines of that width a text is shown.

    >>> lines_needed("补助资金发放合规率", 10), lines_needed("", 10), lines_needed("a\\nb", 10)
    (2, 1, 2)
    """
    room = max(width - 1, 2)
    return sum(max(1, -(-display_width(line) // room)) for line in text.split("\n"))


def row_lines(page: Page) -> list[int]:
    """How many lines of text each row of a page must hold."""
    needed = [1] * page.height
    for cell in sorted(page.cells, key=lambda cell: cell.rows):
        if cell.look is Look.TITLE:
            continue
        width = sum(page.widths[cell.column : cell.column + cell.columns])
        span = range(cell.row, cell.row + cell.rows)
        lacking = max(lines_needed(cell.text, width), cell.lines) - sum(needed[row] for row in span)
        # Several rows share what a cell over all of them needs.
        for at in range(max(lacking, 0)):
            needed[cell.row + at % cell.rows] += 1
    return needed


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that Excel takes for sheets: short, without its signs, each once.

    >>> sheet_names(["a/b", "A?B", "x" * 40])
    ['a b', 'A B (2)', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx']
    """
    given: list[str] = []
    taken: set[str] = set()
    for number, name in enumerate(wanted, start=1):
        plain = "".join(" " if char in "[]:*?/\\\n\t" else char for char in spelled_out(name))
        plain = " ".join(plain.split()).strip("'")
        plain = plain if plain.lower() not in ("", "history") else f"{plain}{number}"
        tried, more = _short(plain, 31), 1
        while tried.lower() in taken:
            more += 1
            ending = f" ({more})"
            tried = _short(plain, 31 - len(ending)) + ending
        taken.add(tried.lower())
        given.append(tried)
    return given


def _short(text: str, most: int) -> str:
    """As much of a text as fits into so many UTF-16 units, which is what Excel counts."""
    taken = 0
    for place, char in enumerate(text):
        taken += 2 if ord(char) > 0xFFFF else 1
        if taken > most:
            return text[:place].rstrip(" '")
    return text


def runs(keys: Iterable[object]) -> list[tuple[int, int]]:
    """The stretches of equal neighbours, each as its start and its length.

    >>> runs(["a", "a", "b"])
    [(0, 2), (2, 1)]
    """
    found: list[tuple[int, int]] = []
    last: object = None
    for place, key in enumerate(keys):
        if found and key == last:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((place, 1))
        last = key
    return found
