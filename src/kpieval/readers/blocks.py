"""A grid -> its blocks: a head of labels and values, a header row, the rows below it.

A flat table is one block with an empty head. A form repeats head and table for every project; a
table that goes on under a repeated header belongs to the project above.
"""

from __future__ import annotations

import re

from attrs import define, field

from kpieval.readers.columns import Role, is_header, roles_of
from kpieval.readers.grid import Grid, Row, squeeze

MONEY_LINE = re.compile(r"(?:金额)?单位[:：](.+)")
_LONGEST_TITLE = 300
_BOOKMARK = re.compile(r"\[bookmark:[^\]]*\]")
_TITLE = re.compile(r"(?:.*\D)?(?:绩效|目标|自评|监控)\S*表(?:[（(].*[)）])?")
_NUMBERED = re.compile(r"[（(]?[0-9一二三四五六七八九十]+[)）]?[.、．]?\s*\S")
_BEGINS = frozenset(["项目名称", "项目支出名称"])


@define
class Block:
    """One head and its table. ``header`` is None while no table has been found under the head."""

    head: list[Row] = field(factory=list)
    header: Row | None = None
    body: list[Row] = field(factory=list)
    more: list[tuple[Row, list[Row]]] = field(factory=list)
    """Further tables of the same project: header and body."""

    def tables(self) -> list[tuple[Row, list[Row]]]:
        """The tables of the block: header and body of each, in order."""
        return [] if self.header is None else [(self.header, self.body), *self.more]


def title_text(text: str) -> str | None:
    """The title that a line is, without the bookmark of a converted document; else None.

    >>> title_text("[bookmark: _Toc1]1.2024年工商界生活互助金绩效目标表")
    '1.2024年工商界生活互助金绩效目标表'
    >>> title_text("2.推动民营企业参与协同发展。") is None
    True
    """
    if len(text) > _LONGEST_TITLE:
        return None
    bare = _BOOKMARK.sub("", text).strip()
    marked = bare != text.strip()
    if "\n" in bare or not (marked or _TITLE.fullmatch(squeeze(bare))):
        return None
    return bare


def starts_title(text: str) -> bool:
    """Whether a line right after a cell starts a new table rather than continuing the cell."""
    title = title_text(text)
    return title is not None and ("[bookmark:" in text or _NUMBERED.match(title) is not None)


def split(grid: Grid) -> list[Block]:
    """The blocks of a grid, in order; a last one without a header holds what no table follows."""
    blocks = [Block()]
    for row in _parted(grid.rows):
        if row.is_blank:
            continue
        _place(blocks, row)
    return [block for block in blocks if block.head or block.header is not None]


def _place(blocks: list[Block], row: Row) -> None:
    block = blocks[-1]
    if not row.loose and is_header(row.cells):
        if block.header is None:
            block.header = row
        else:
            block.more.append((row, []))
    elif block.header is None:
        block.head.append(row)
    elif _begins(row):
        blocks.append(Block(head=[row]))
    else:
        block.tables()[-1][1].append(row)


def _begins(row: Row) -> bool:
    """Whether a row below a table opens the next project."""
    filled = row.filled()
    if row.loose:
        return title_text(filled[0]) is not None
    alone = len(filled) == 1
    return (
        squeeze(filled[0]) in _BEGINS
        or any(MONEY_LINE.fullmatch(squeeze(cell)) for cell in filled[:2])
        or (alone and title_text(filled[0]) is not None)
    )


def _parted(rows: tuple[Row, ...]) -> list[Row]:
    """The rows, where the end of one table and the head of the next ran together cut apart."""
    parted: list[Row] = []
    width = 0
    for row in rows:
        if is_header(row.cells):
            width = len(row.cells)
        cut = _cut(row, width)
        if cut:
            parted.append(_part(row, 0, cut))
            parted.append(_part(row, cut, len(row.cells)))
        else:
            parted.append(row)
    return parted


def _cut(row: Row, width: int) -> int:
    """Where the next head begins within a row that is wider than its table; 0 if nowhere."""
    if not width or len(row.cells) <= width:
        return 0
    for cell in row.cells[width : width + 2]:
        if MONEY_LINE.fullmatch(squeeze(cell)) or squeeze(cell) in _BEGINS:
            return width
    return 0


def _part(row: Row, start: int, end: int) -> Row:
    return Row(row.number, row.cells[start:end], notes=row.notes, problems=row.problems)


def best_headers(blocks: list[Block]) -> list[str]:
    """The cells of the row that looks most like a header, for the error that finds none."""
    rows = [row for block in blocks for row in (*block.head, *block.body)]
    best = max(rows, key=lambda row: len(roles_of(row.cells)), default=None)
    if best is None or not roles_of(best.cells) - {Role.PROJECT}:
        return []
    return [squeeze(cell) for cell in best.filled()]
