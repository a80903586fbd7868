"""Web pages (and what some systems call .xls): every table as the screen lays it out.

Needs the extra ``office``. Nothing is fetched, no script is run; what the page hides is left out
with a note. The tree is walked without recursion; a page nested deeper than its parser goes is
refused, for the parser drops the rest without a word.
"""

from __future__ import annotations

import re

from attrs import define, field
from lxml import etree, html

from kpieval import heights
from kpieval.notes import Note
from kpieval.readers import htmlcode, htmltext
from kpieval.readers.columns import is_header
from kpieval.readers.faults import Malformed
from kpieval.readers.gathering import Item, Table, gathered
from kpieval.readers.grid import Row, Sheets, excerpt
from kpieval.readers.htmltext import Look
from kpieval.readers.spans import Cell, laid_out

MAX_BYTES = 20 * 1024 * 1024
_DEEPEST = 40
"""Tables within tables; no page made by people nests them so deep."""

_SECTIONS = {"thead": 0, "tbody": 1, "tfoot": 2}
_LONGEST_SPAN = 65534


def read(data: bytes, file: str) -> Sheets:
    """The tables of a page. Raises MalformedFileError beyond the limits, and EncodingError."""
    if len(data) > MAX_BYTES:
        raise Malformed("page_size", where=file, most=MAX_BYTES // 1024 // 1024)
    text, notes = htmlcode.decoded(data, file)
    walk = _Walk(file, htmltext.rules_of(text))
    root = _parsed(text, file)
    if root is not None:
        walk.take(root)
    items = _numbered(walk.page, file)
    return gathered(items, file, fill_down=True, notes=(*notes, *walk.notes()))


def _parsed(text: str, file: str) -> etree._Element | None:
    parser = html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        if "empty" in str(error).lower():
            return None
        raise Malformed("html", where=file, detail=excerpt(str(error), 200)) from None
    if any("RESOURCE" in entry.type_name for entry in parser.error_log):
        raise Malformed("html_deep", where=file)
    return root


@define
class _Td:
    """A cell, or the page itself: its text and tables, in order."""

    rows: int = 1
    columns: int = 1
    parts: list[str | _Tab] = field(factory=list)

    def text(self) -> str:
        """All text outside of tables."""
        return htmltext.collapsed(part for part in self.parts if isinstance(part, str))


@define
class _Tr:
    section: int
    line: int | None
    cells: list[_Td] = field(factory=list)


@define
class _Tab:
    """A table while it is read."""

    rows: list[_Tr] = field(factory=list)
    section: int = 1
    has_head: bool = False

    def cell(self) -> _Td | None:
        """The only cell of the table, if it has but one."""
        cells = [cell for row in self.rows for cell in row.cells]
        return cells[0] if len(cells) == 1 else None

    def frames(self) -> bool:
        """Whether the table only sets out the page: it holds tables, and is no form itself."""
        inside = any(
            isinstance(part, _Tab) for row in self.rows for cell in row.cells for part in cell.parts
        )
        return inside and not any(is_header([c.text() for c in row.cells]) for row in self.rows)


@define
class _Walk:
    """One pass over the page: events in, ``page`` out."""

    file: str
    rules: htmltext.Rules
    page: _Td = field(factory=_Td)
    open: list[_Tab] = field(factory=list)
    holders: list[_Td] = field(factory=list)
    hidden: list[str] = field(factory=list)
    deleted: list[str] = field(factory=list)
    moved: list[str] = field(factory=list)
    looks: list[frozenset[Look]] = field(factory=list)
    """Those of the elements that are open and have any of their own, each with all around it."""

    def take(self, root: etree._Element) -> None:
        self.holders = [self.page]
        skipped: etree._Element | None = None
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if not isinstance(element.tag, str):
                continue
            tag = element.tag.lower()
            if event == "end":
                # The end of what was left out comes right after its start.
                if skipped is not element:
                    self._end(tag)
                    self.looks.pop()
                self._text(element.tail)
                continue
            looks = htmltext.looks_of(element, self.rules)
            if self._left_out(tag, element, looks):
                skipped = element
                events.skip_subtree()
            else:
                self.looks.append(looks | self.looks[-1] if self.looks else looks)
                self._start(tag, element)

    def _left_out(self, tag: str, element: etree._Element, looks: frozenset[Look]) -> bool:
        """Whether nothing of the element is shown as text; what it stands for is put down."""
        if tag in htmltext.SILENT:
            return True
        if Look.HIDDEN in looks:
            self.hidden.append(htmltext.whole(element))
            return True
        if Look.STRUCK in looks and tag not in htmltext.CELLS:
            self.deleted.append(htmltext.whole(element))
            return True
        shown = htmltext.replaced(tag, element)
        if shown is not None:
            self._put(shown)
            return True
        return False

    def _start(self, tag: str, element: etree._Element) -> None:
        match tag:
            case "table":
                if len(self.open) >= _DEEPEST:
                    raise Malformed("html_deep", where=self.file)
                self.open.append(_Tab())
                self.holders.append(_Td())
            case "thead" | "tbody" | "tfoot" if self.open:
                self.open[-1].section = _SECTIONS[tag]
            case "tr" if self.open:
                self._row(element)
            case "td" | "th" if self.open:
                self._cell(tag, element)
            case "embed":
                # It has no end tag; the parser takes what follows for its content.
                self._put(htmltext.picture(element))
            case "br" | "hr":
                self._put(htmltext.BREAK)
            case _ if tag in htmltext.BLOCKS:
                self._put(htmltext.BREAK)
        self._text(element.text, kept=tag == "pre")

    def _row(self, element: etree._Element) -> None:
        table = self.open[-1]
        table.rows.append(_Tr(table.section, element.sourceline))

    def _cell(self, tag: str, element: etree._Element) -> None:
        table = self.open[-1]
        if not table.rows:
            self._row(element)
        columns = _span(element.get("colspan"), 1)
        cell = _Td(_span(element.get("rowspan"), 0), max(columns, 1))
        table.rows[-1].cells.append(cell)
        table.has_head = table.has_head or (tag == "th" and len(table.rows) == 1)
        self.holders.append(cell)

    def _end(self, tag: str) -> None:
        match tag:
            case "table":
                self._end_table()
            case "td" | "th" if self.open:
                self.holders.pop()
            case "thead" | "tbody" | "tfoot" if self.open:
                self.open[-1].section = 1
            case _ if tag in htmltext.BLOCKS:
                self._put(htmltext.BREAK)

    def _end_table(self) -> None:
        table = self.open.pop()
        astray = self.holders.pop()
        holder = self.holders[-1]
        # Text in a table and outside of its cells is shown above it.
        holder.parts += [htmltext.BREAK, *astray.parts, htmltext.BREAK]
        alone = table.cell()
        if self.open and alone is not None:
            holder.parts += alone.parts
        elif table.frames():
            for row in table.rows:
                for cell in row.cells:
                    holder.parts += [*cell.parts, htmltext.BREAK]
        else:
            holder.parts.append(table)
        holder.parts.append(htmltext.BREAK)

    def _text(self, text: str | None, *, kept: bool = False) -> None:
        if text:
            self._put(text.replace("\n", htmltext.BREAK) if kept else text)

    def _put(self, text: str) -> None:
        looks = self.looks[-1] if self.looks and text != htmltext.BREAK else frozenset()
        if Look.STRUCK in looks:
            # The cell itself keeps its place.
            self.deleted.append(text.strip())
            return
        if not looks.isdisjoint((Look.RAISED, Look.LOWERED)):
            self.moved.append(text.strip())
            text = heights.raised(text) if Look.RAISED in looks else heights.lowered(text)
        self.holders[-1].parts.append(text)

    def notes(self) -> tuple[Note, ...]:
        """What was left out though it holds text."""
        notes = []
        hidden, deleted = list(filter(None, self.hidden)), list(filter(None, self.deleted))
        if hidden:
            told = excerpt(" ".join(hidden))
            notes.append(Note.of("table.html_hidden", n=len(hidden), text=told))
        if deleted:
            told = excerpt(" ".join(deleted))
            notes.append(Note.of("table.deleted", n=len(deleted), text=told))
        moved = list(filter(None, self.moved))
        if moved:
            told = excerpt(" ".join(moved))
            notes.append(Note.of("table.html_moved", n=len(moved), text=told))
        return tuple(notes)


def _span(written: str | None, least: int) -> int:
    """A span as browsers read it: 1 where it makes no sense."""
    found = re.match(r"\s*\+?([0-9]{1,9})", written or "")
    if found is None or int(found[1]) < least:
        return 1
    return min(int(found[1]), _LONGEST_SPAN)


def _numbered(page: _Td, file: str) -> list[Item]:
    """The page as lines of text and tables; a table in a cell of a table comes after it."""
    items: list[Item] = []
    waiting: list[list[str | _Tab]] = [page.parts]
    count = 0
    while waiting:
        texts: list[str] = []
        for part in waiting.pop(0):
            if isinstance(part, str):
                texts.append(part)
                continue
            items += _lines(texts)
            texts = []
            count += 1
            items.append(_table(part, count, file))
            for inner in _inner(part):
                count += 1
                items.append(_table(inner, count, file))
        items += _lines(texts)
    return items


def _lines(texts: list[str]) -> list[Row]:
    lines = htmltext.collapsed(texts).split("\n")
    return [Row(0, (line,), loose=True) for line in lines if line.strip()]


def _inner(table: _Tab) -> list[_Tab]:
    """The tables in the cells of a table, and in theirs."""
    found: list[_Tab] = []
    waiting = [table]
    while waiting:
        at = waiting.pop(0)
        inside = [p for r in at.rows for c in r.cells for p in c.parts if isinstance(p, _Tab)]
        found += inside
        waiting += inside
    return found


def _table(table: _Tab, number: int, file: str) -> Table:
    rows: list[Row] = []
    parts = [[row for row in table.rows if row.section == part] for part in range(3)]
    for part in parts:
        # No cell reaches from one section into the next.
        cells = [[Cell(c.text(), c.rows, c.columns) for c in row.cells] for row in part]
        for row, laid in zip(part, laid_out(cells, file), strict=True):
            nested = any(isinstance(p, _Tab) for cell in row.cells for p in cell.parts)
            place = len(rows) + 1
            notes = (Note.of("table.nested", row=place),) if nested else ()
            rows.append(Row(place, laid.cells, laid.joined, notes=notes, line=row.line))
    width = max((len(row.cells) for row in rows), default=0)
    whole = tuple(_widened(row, width) for row in rows)
    return Table(number, whole, complete=table.has_head or bool(parts[0]))


def _widened(row: Row, width: int) -> Row:
    cells = row.cells + ("",) * (width - len(row.cells))
    return Row(row.number, cells, row.joined, notes=row.notes, line=row.line)
