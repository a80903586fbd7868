"""The cells of one worksheet held small: ten bytes a cell, every text once, rows made when asked.

A table of 100,000 rows has a million cells, and as many Python objects would take ten times the
room of the file. Here they are numbers in arrays, and one row at a time becomes a
:class:`~kpieval.readers.grid.Row`.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import overload

from attrs import define, field

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers.grid import Row

_BITS = 8
"""Of a place, the bits that tell the column: enough for grid.MAX_COLUMNS."""
_COLUMN = (1 << _BITS) - 1
_RECENT = 1 << 11
"""Texts that are kept ready, so that a text that comes again is the same object."""


@define(eq=False)
class Texts:
    """Texts by number, in the order in which they were added, in one run of bytes."""

    packed: bytearray = field(factory=bytearray)
    ends: array[int] = field(factory=lambda: array("I", [0]))
    in_runs: set[int] = field(factory=set)
    """The numbers of the texts whose runs are kept apart."""

    def add(self, text: str) -> int:
        """The number of a new text."""
        self.packed += text.encode("utf-8")
        self.ends.append(len(self.packed))
        return len(self.ends) - 2

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number: int) -> str:
        start, end = self.ends[number : number + 2]
        return self.packed[start:end].decode("utf-8")


def place(row: int, column: int) -> int:
    """Row and column, both from 1, as one number that sorts as the cells stand."""
    return row << _BITS | column


@define(eq=False)
class Cells:
    """The cells of a sheet that hold something, in the order of their places.

    ``looks`` are numbers for how a value is stored and shown, ``values`` the numbers of its text.
    ``joined`` are the places whose cell is merged with the one above.
    """

    places: array[int] = field(factory=lambda: array("I"))
    looks: array[int] = field(factory=lambda: array("H"))
    values: array[int] = field(factory=lambda: array("I"))
    joined: array[int] = field(factory=lambda: array("I"))
    width: int = 0
    """The last column that any row uses, by a blank cell too."""

    def sort(self) -> None:
        """Put the cells in the order of their places; of two at one place the later one counts."""
        last: dict[int, int] = {spot: at for at, spot in enumerate(self.places)}
        order = [last[spot] for spot in sorted(last)]
        self.places = array("I", (self.places[at] for at in order))
        self.looks = array("H", (self.looks[at] for at in order))
        self.values = array("I", (self.values[at] for at in order))

    def merge(self, areas: Sequence[tuple[int, int, int, int]], look: int) -> None:
        """Give ``look`` to the cells of merged areas but the first, which alone the screen shows.

        An area is its first row and column, its last row and column.
        """
        joined = set()
        for top, left, bottom, right in areas:
            for row in range(top, bottom + 1):
                self._cover(place(row, left if row > top else left + 1), place(row, right), look)
                if row > top:
                    joined.add(place(row, left))
        self.joined = array("I", sorted(joined))

    def _cover(self, first: int, last: int, look: int) -> None:
        at = bisect_left(self.places, first)
        while at < len(self.places) and self.places[at] <= last:
            self.looks[at] = look
            at += 1


Shown = tuple[Sequence[str], tuple[Note, ...], tuple[KpiEvalError, ...]]
"""The cells of a row as text, what had to be assumed, what cannot be used."""

Stored = tuple[int, int, str]
"""The column of a cell, from 1, its look and its text as stored."""


@define(eq=False)
class StoredRows(Sequence[Row]):
    """The rows of a sheet that hold something; each is made when it is asked for.

    ``show`` gives what the screen shows of a row from its number and its cells.
    """

    cells: Cells
    texts: Texts
    show: Callable[[int, Iterable[Stored]], Shown]
    starts: array[int] = field(init=False)
    """Where each row begins among the cells, and where the last one ends."""

    def __attrs_post_init__(self) -> None:
        self.starts = array("I")
        last = 0
        for at, spot in enumerate(self.cells.places):
            if spot >> _BITS != last:
                last = spot >> _BITS
                self.starts.append(at)
        self.starts.append(len(self.cells.places))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[Row]:
        text = self._text()
        for number in range(len(self)):
            yield self._row(number, text)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        numbers, text = range(len(self))[at], self._text()
        if isinstance(numbers, int):
            return self._row(numbers, text)
        return [self._row(number, text) for number in numbers]

    def _text(self) -> Callable[[int], str]:
        """The texts by number; one that was asked for lately is the same object again."""
        return lru_cache(maxsize=_RECENT)(self.texts.__getitem__)

    def _row(self, at: int, text: Callable[[int], str]) -> Row:
        start, end = self.starts[at], self.starts[at + 1]
        cells = self.cells
        places = cells.places[start:end]
        stored = zip(
            [spot & _COLUMN for spot in places],
            cells.looks[start:end],
            map(text, cells.values[start:end]),
            strict=True,
        )
        number = places[0] >> _BITS
        shown, notes, problems = self.show(number, stored)
        joined = self._joined(number) if cells.joined else frozenset()
        return Row(number, tuple(shown), joined=joined, notes=notes, problems=problems)

    def _joined(self, number: int) -> frozenset[int]:
        known = self.cells.joined
        first = bisect_left(known, place(number, 0))
        last = bisect_left(known, place(number + 1, 0))
        return frozenset((spot & _COLUMN) - 1 for spot in known[first:last])
