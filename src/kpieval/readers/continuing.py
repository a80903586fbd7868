"""Tables that go on with the one above: the words that say so, and the shape that they have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import evolve

from kpieval.errors import NotATableError
from kpieval.notes import Note
from kpieval.readers.columns import Role, first_places
from kpieval.readers.grid import Row, excerpt, squeeze
from kpieval.tables import Place

_NUMBER = "[0-9一二三四五六七八九十]*"
# Patterns that few files need are compiled where they are met first.
_LINE = (
    rf"[（(【\[]?(?:续表?|表{_NUMBER}续表?|(?:续|接|承)上(?:一?[表页])){_NUMBER}[）)】\]]?[:：]?"
)
_SUFFIX = rf"[（(](?:续表?|接上[表页]){_NUMBER}[）)]$"
_VALUE = r"[≥≤≧≦><＞＜＝=]?\d[\d,.，]*(?:%|％|[^\d\s年月、.．]{1,4})?"
_NARROWEST = 3
_NEEDED = (
    *(Role.NAME, Role.SIGN, Role.TARGET, Role.UNIT, Role.DIRECTION, Role.WEIGHT),
    *(Role.PREVIOUS, Role.ACTUAL, Role.SO_FAR, Role.SCORE, Role.DECISION),
)
"""Columns whose place must be there; what stands right of them may be missing."""


def is_continued(text: str) -> bool:
    """Whether a line says no more than that the table above goes on.

    >>> is_continued("（续）"), is_continued("接上表："), is_continued("续建项目")
    (True, True, False)
    """
    if not any(sign in text for sign in "续接承"):
        return False
    return re.fullmatch(_LINE, squeeze(text)) is not None


def says_continued(text: str) -> bool:
    """Whether a line says that the table above goes on, be it at the end of its title.

    >>> says_continued("甲项目绩效目标表（续）"), says_continued("甲项目绩效目标表")
    (True, False)
    """
    return is_continued(text) or re.search(_SUFFIX, squeeze(text)) is not None


def title_key(title: str) -> str:
    """A title for comparing: without white space, and without （续） at its end.

    >>> title_key("甲项目绩效目标表 （续表）")
    '甲项目绩效目标表'
    """
    return re.sub(_SUFFIX, "", squeeze(title))


def under(header: Sequence[str], rows: Sequence[Row]) -> list[Row] | None:
    """The rows as wide as the header, where they can stand under it; else None.

    One cell that lacks at the end is blank, noted, unless it is one of a column of values.
    """
    places = first_places(header)
    least = max((places[role] for role in _NEEDED if role in places), default=0) + 1
    least = max(least, len(header) - 1, min(_NARROWEST, len(header)))
    made = []
    for row in rows:
        if any(cell.strip() for cell in row.cells[len(header) :]) or len(row.cells) < least:
            return None
        made.append(row if row.loose else _as_wide(row, len(header)))
    return made


def _as_wide(row: Row, width: int) -> Row:
    lacking = width - len(row.cells)
    if lacking <= 0:
        return evolve(row, cells=row.cells[:width])
    told = Note.of(
        "table.short_row",
        table=Place("", row.table).in_table,
        row=row.number,
        n=len(row.cells),
        width=width,
    )
    return evolve(row, cells=(*row.cells, *[""] * lacking), notes=(*row.notes, told))


def lost(rows: Sequence[Row], file: str, name: str) -> NotATableError | None:
    """The problem of a table below a form that has no header and holds values, and is not read."""
    filled = [row for row in rows if not row.is_blank]
    if not filled or max(len(row.cells) for row in filled) < _NARROWEST:
        return None
    first = filled[0]
    headless = holds_value(first) or len(first.filled()) < len(first.cells)
    if not headless or not any(holds_value(row) for row in filled):
        return None
    found = excerpt(" ".join(text for row in filled for text in row.filled()), 120)
    where = Place(file, name, first.number, first.line)
    return NotATableError(where=where, expected="三级指标", found=found)


def holds_value(row: Row) -> bool:
    """Whether a cell is a number with its sign and unit, as targets and actuals are."""
    return any(re.fullmatch(_VALUE, squeeze(cell)) for cell in row.filled())
