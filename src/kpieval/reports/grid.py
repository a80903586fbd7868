"""A plain-text table: aligned for East Asian widths, wrapped to the width that there is."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import zip_longest

from attrs import frozen

from kpieval.reports.width import cut, display_width, pad, wrap
from kpieval.unseen import clean

_GAP = "  "
_MOST_LINES = 3
_LEAST_WIDTH = 8


class Ink(Enum):
    """Terminal colours by what they mean, as ANSI codes."""

    GOOD = "32"
    BAD = "31"
    OPEN = "33"


@frozen
class Column:
    """A column's header; ``elastic`` ones are wrapped when the table is too wide."""

    header: str
    right: bool = False
    elastic: bool = False


@frozen
class Cell:
    """A cell's text, made harmless when it is drawn, and its colour."""

    text: str
    ink: Ink | None = None


def painted(text: str, ink: Ink | None, colour: bool) -> str:
    """The text in its colour, when colours are wanted."""
    return f"\x1b[{ink.value}m{text}\x1b[0m" if colour and ink is not None else text


def draw(
    columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int, *, colour: bool = False
) -> list[str]:
    """The lines of the table: headers, a rule, the rows."""
    shown = [[Cell(clean(cell.text), cell.ink) for cell in row] for row in rows]
    widths = _widths(columns, shown, width)
    headers = [Cell(column.header) for column in columns]
    lines = _row(columns, headers, widths, colour)
    lines.append(_GAP.join("-" * width for width in widths))
    for row in shown:
        lines += _row(columns, row, widths, colour)
    return lines


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[Cell]], width: int) -> list[int]:
    """Natural widths; elastic columns give way, the widest first, until the table fits."""
    widths = [
        max(display_width(text) for text in (column.header, *(row[place].text for row in rows)))
        for place, column in enumerate(columns)
    ]
    elastic = [place for place, column in enumerate(columns) if column.elastic]
    room = width - len(_GAP) * (len(columns) - 1)
    while elastic and sum(widths) > room:
        widest = max(elastic, key=lambda place: widths[place])
        if widths[widest] <= _LEAST_WIDTH:
            break
        widths[widest] -= 1
    return widths


def _row(
    columns: Sequence[Column], cells: Sequence[Cell], widths: Sequence[int], colour: bool
) -> list[str]:
    stacks = [_stack(cell.text, width) for cell, width in zip(cells, widths, strict=True)]
    lines = []
    for parts in zip_longest(*stacks, fillvalue=""):
        drawn = [
            painted(pad(part, width, right=column.right), cell.ink if part else None, colour)
            for part, width, column, cell in zip(parts, widths, columns, cells, strict=True)
        ]
        lines.append(_GAP.join(drawn).rstrip())
    return lines


def _stack(text: str, width: int) -> list[str]:
    lines = wrap(text, width)
    if len(lines) <= _MOST_LINES:
        return lines
    rest = "".join(lines[_MOST_LINES - 1 :])
    return [*lines[: _MOST_LINES - 1], cut(rest, width)]


def hanging(label: str, text: str, width: int, *, indent: str = "  ") -> list[str]:
    """A paragraph that begins with ``label``; its further lines are indented."""
    further = indent + "  "
    lines = wrap(clean(label + text), max(width - len(further), 2 * _LEAST_WIDTH))
    return [indent + lines[0], *(further + line for line in lines[1:])]
