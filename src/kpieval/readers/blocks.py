"""A grid -> its blocks: a head of labels and values, a header row, the rows below it.

A flat table is one block with an empty head. A form repeats head and table for every project; a
table that goes on under a repeated header belongs to the project above.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

from attrs import define, evolve, field

from kpieval.notes import Note
from kpieval.readers.columns import Role, first_places, is_header, roles_of, two_rows
from kpieval.readers.continuing import holds_value, is_continued, title_key
from kpieval.readers.grid import Grid, Row, squeeze
from kpieval.readers.labels import NAME, begun_with, cut_label, label_of
from kpieval.tables import Place

MONEY_LINE = re.compile(r"(?:金额)?单位[:：](.+)")
_LONGEST_TITLE = 300
_BOOKMARK = r"\[bookmark:[^\]]*\]"
_TITLE = re.compile(r"(?:.*\D)?(?:绩效|目标|自评|监控)\S*表(?:[（(].*[)）])?")
_NUMBERED = r"[（(]?[0-9一二三四五六七八九十]+[)）]?[.、．]?\s*\S"
_UNIT_CELLS = 2
"""A unit of money stands alone, or beside the department."""

_FAR = 40
"""Rows in which the head of a form comes to its name and its header."""


@define(eq=False, repr=False)
class Block:
    """One head and its table. ``header`` is None while no table has been found under the head."""

    head: list[Row] = field(factory=list)
    header: Row | None = None
    body: list[Row] = field(factory=list)
    more: list[tuple[Row, list[Row]]] = field(factory=list)
    """Further tables of the same project: header and body."""

    named: bool = False
    only_titles: bool = True

    def add_to_head(self, row: Row) -> None:
        """Add a row to the head."""
        self.head.append(row)
        self.named = self.named or _names(row)
        self.only_titles = self.only_titles and (
            _title_of(row) is not None or is_continued("".join(row.cells))
        )

    def tables(self) -> list[tuple[Row, list[Row]]]:
        """The tables of the block: header and body of each, in order."""
        return [] if self.header is None else [(self.header, self.body), *self.more]

    def add_table(self, header: Row) -> None:
        """Begin a table; the rows that follow are its body."""
        if self.header is None:
            self.header = header
        else:
            self.more.append((header, []))

    @property
    def rows(self) -> list[Row]:
        """The body of the last table."""
        return self.more[-1][1] if self.more else self.body


def title_text(text: str) -> str | None:
    """The title that a line is, without the bookmark of a converted document; else None.

    >>> title_text("[bookmark: _Toc1]1.2024年工商界生活互助金绩效目标表")
    '1.2024年工商界生活互助金绩效目标表'
    >>> title_text("2.推动民营企业参与协同发展。") is None
    True
    """
    if len(text) > _LONGEST_TITLE:
        return None
    bare = re.sub(_BOOKMARK, "", text).strip() if "[" in text else text.strip()
    marked = bare != text.strip()
    if "\n" in bare or not (marked or _TITLE.fullmatch(squeeze(bare))):
        return None
    return bare


def starts_title(text: str) -> bool:
    """Whether a line right after a cell starts a new table rather than continuing the cell."""
    title = title_text(text)
    return title is not None and ("[bookmark:" in text or re.match(_NUMBERED, title) is not None)


def split(grid: Grid) -> list[Block]:
    """The blocks of a grid, in order; a last one without a header holds what no table follows."""
    blocks = [Block()]
    rows = _with_whole_headers(_parted(grid.rows), grid.name)
    for at, row in enumerate(rows):
        if not row.is_blank:
            _place(blocks, row, rows, at)
    return [block for block in blocks if block.head or block.header is not None]


def _place(blocks: list[Block], row: Row, rows: list[Row], at: int) -> None:
    block = blocks[-1]
    if not row.loose and is_header(row.cells):
        if _is_repeated_title(blocks):
            block = _joined(blocks)
        block.add_table(row)
    elif block.header is None:
        _place_in_head(blocks, row)
    elif _begins(row, block.header, islice(rows, at + 1, at + 1 + _FAR)):
        blocks.append(Block())
        blocks[-1].add_to_head(row)
    else:
        block.rows.append(row)


def _place_in_head(blocks: list[Block], row: Row) -> None:
    """A row before the next header: of the head, of the project after it, or of the table above."""
    block = blocks[-1]
    if block.named and _names(row):
        # The project above has no table; what leads up to this name belongs to it.
        start = len(block.head)
        while start and _leads_up(block.head[start - 1]):
            start -= 1
        after = Block()
        for known in (*block.head[start:], row):
            after.add_to_head(known)
        del block.head[start:]
        blocks.append(after)
    elif len(blocks) > 1 and _goes_on(blocks[-2], block, row):
        _joined(blocks).rows.append(row)
    else:
        block.add_to_head(row)


def _goes_on(above: Block, block: Block, row: Row) -> bool:
    """Whether a row under nothing but a title goes on with the table that the title cuts."""
    return (
        block.only_titles
        and not row.loose
        and above.header is not None
        and len(row.cells) == len(above.header.cells)
        and len(row.filled()) > 2
        and not any(label_of(cell) for cell in row.filled())
    )


def _is_repeated_title(blocks: list[Block]) -> bool:
    """Whether the head is the title of the project above again, as at the top of a new page."""
    if len(blocks) < 2 or blocks[-1].header is not None or not blocks[-1].only_titles:
        return False
    above = {title_key(_title_of(row) or "") for row in blocks[-2].head}
    return above.issuperset(title_key(_title_of(row) or "") for row in blocks[-1].head)


def _joined(blocks: list[Block]) -> Block:
    """The block above, with the titles of the last one among its rows."""
    titles = blocks.pop().head
    blocks[-1].rows.extend(evolve(row, loose=True) for row in titles)
    return blocks[-1]


def _names(row: Row) -> bool:
    """Whether a row begins with 项目名称; a line of text must hold the name as well."""
    first = row.filled()[0]
    return begun_with(first) == NAME and (not row.loose or cut_label(first) is not None)


def _title_of(row: Row) -> str | None:
    filled = row.filled()
    return title_text(filled[0]) if len(filled) == 1 else None


def _leads_up(row: Row) -> bool:
    """Whether a row can stand above the one that names a project: a title, or a unit of money."""
    return _title_of(row) is not None or (not row.loose and _says_unit(row))


def _says_unit(row: Row) -> bool:
    return any(MONEY_LINE.fullmatch(squeeze(cell)) for cell in row.filled()[:2])


def _begins(row: Row, header: Row, following: Iterable[Row]) -> bool:
    """Whether a row below a table opens the next project.

    An indicator may be called 项目名称, and a unit may stand between the rows of a table: what
    follows decides.
    """
    if _title_of(row) is not None or row.loose:
        return _title_of(row) is not None or _names(row)
    places = first_places(header.cells)
    if _names(row):
        named = begun_with(row.at(places.get(Role.NAME))) == NAME and holds_value(row)
        return not named or _leads_to_table(following, places)
    return (
        _says_unit(row)
        and len(row.filled()) <= _UNIT_CELLS
        and not _measured(row, places)
        and _leads_to_table(following, places)
    )


def _leads_to_table(rows: Iterable[Row], places: dict[Role, int]) -> bool:
    """Whether a title, a name or a header comes before the next indicator."""
    for row in rows:
        if row.is_blank:
            continue
        if _title_of(row) is not None or _names(row):
            return True
        if row.loose:
            continue
        if is_header(row.cells):
            return True
        named = row.at(places.get(Role.NAME)) != ""
        if named and _measured(row, places) and begun_with(row.filled()[0]) is None:
            return False
    return False


def _measured(row: Row, places: dict[Role, int]) -> bool:
    return any(row.at(places.get(role)) for role in (Role.TARGET, Role.ACTUAL))


def _parted(rows: Iterable[Row]) -> list[Row]:
    """The rows, where the end of one table and the head of the next ran together cut apart."""
    parted: list[Row] = []
    width = 0
    for row in rows:
        if is_header(row.cells):
            width = len(row.cells)
        cut = _cut(row, width)
        if cut:
            parted.append(evolve(row, cells=row.cells[:cut]))
            parted.append(Row(row.number, row.cells[cut:], line=row.line, table=row.table))
        else:
            parted.append(row)
    return parted


def _with_whole_headers(rows: list[Row], sheet: str | None) -> list[Row]:
    """The rows, where each header of two rows is one: 指标值 over 目标值 and 实际完成值."""
    made: list[Row] = []
    for row in rows:
        above = made[-1] if made else None
        whole = None
        if above is not None and not row.loose and not above.loose:
            whole = two_rows(above.cells, row.cells)
        if above is None or whole is None:
            made.append(row)
        else:
            told = Note.of(
                "table.header_rows", table=Place("", row.table or sheet).in_table, row=row.number
            )
            made[-1] = evolve(above, cells=whole, notes=(*above.notes, told))
    return made


def _cut(row: Row, width: int) -> int:
    """Where the next head begins within a row that is wider than its table; 0 if nowhere."""
    if not width or len(row.cells) <= width:
        return 0
    for cell in row.cells[width : width + 2]:
        if MONEY_LINE.fullmatch(squeeze(cell)) or begun_with(cell) == NAME:
            return width
    return 0


def best_headers(blocks: list[Block]) -> list[str]:
    """The cells of the row that looks most like a header, for the error that finds none."""
    rows = [row for block in blocks for row in (*block.head, *block.body) if not row.loose]
    best = max(range(len(rows)), key=lambda at: len(roles_of(rows[at].cells)), default=None)
    if best is None or not roles_of(rows[best].cells) - {Role.PROJECT}:
        return []
    found = [squeeze(cell) for cell in rows[best].filled()]
    below = rows[best + 1] if best + 1 < len(rows) else None
    place = first_places(rows[best].cells).get(Role.NAME)
    if below is not None and place is not None and not below.at(place):
        # It may be the second row of the header.
        first, *others = [squeeze(cell) for cell in below.filled()]
        found[-1:] = [f"{found[-1]} / {first}", *others]
    return found
