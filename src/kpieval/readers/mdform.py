"""Markdown: pipe tables, with headings and paragraphs as the text between them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise

from kpieval.notes import Note
from kpieval.readers.columns import is_header
from kpieval.readers.faults import Malformed
from kpieval.readers.gathering import Item, Table, gathered
from kpieval.readers.grid import MAX_COLUMNS, Row, Sheets

_RULE_CELL = re.compile(r"[ \t]*:?-+:?[ \t]*")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_WRAPS = ("**", "__", "`")
_HEADING = re.compile(r"#{1,6}[ \t]+")


def looks_like(text: str) -> bool:
    """Whether the text has a pipe table of indicators.

    >>> looks_like("| 三级指标 | 指标值 |\\n|---|---|\\n| a | ≥90% |\\n")
    True
    """
    if "|" not in text or "-" not in text:
        return False
    lines = text.split("\n")
    tables = any(_is_rule(below, above) for above, below in pairwise(lines))
    return tables and any(is_header(_cells(line)) for line in lines if "|" in line)


def read(text: str, file: str) -> Sheets:
    """The tables of the text; rows are numbered by their lines."""
    return gathered(_items(text.split("\n"), file), file, fill_down=True)


def _items(lines: list[str], file: str) -> Iterator[Item]:
    at = number = 0
    fence = ""
    while at < len(lines):
        line = lines[at]
        fence = _fence(line, fence)
        below = lines[at + 1] if at + 1 < len(lines) else ""
        if not fence and _is_rule(below, line):
            number += 1
            end = at + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            yield _table(lines, at, end, number, file)
            at = end
            continue
        at += 1
        shown = _shown(_HEADING.sub("", line.strip(), count=1))
        if shown and not _FENCE.match(line):
            yield Row(at, (shown,), loose=True, line=at)


def _fence(line: str, fence: str) -> str:
    """The mark of the code block that the line is in, "" outside; tables in it are examples."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    closes = found[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closes else fence


def _is_rule(line: str, above: str) -> bool:
    """Whether the line is the rule under a header of as many cells."""
    if "-" not in line or "|" not in line or "|" not in above:
        return False
    cells = _split(line)
    return all(_RULE_CELL.fullmatch(cell) for cell in cells) and len(cells) == len(_split(above))


def _table(lines: list[str], start: int, end: int, number: int, file: str) -> Table:
    width = len(_split(lines[start]))
    if width > MAX_COLUMNS:
        raise Malformed("columns", where=file, n=width, most=MAX_COLUMNS)
    rows = []
    for at in (start, *range(start + 2, end)):
        cells = _cells(lines[at])
        notes: tuple[Note, ...] = ()
        if len(cells) < width:
            notes = (Note.of("table.short_row", table="", row=at + 1, n=len(cells), width=width),)
            cells += ("",) * (width - len(cells))
        rows.append(Row(at + 1, cells, notes=notes, line=at + 1))
    return Table(number, tuple(rows), complete=True, by_line=True)


def _split(line: str) -> list[str]:
    """The raw cells of a line; a pipe after a backslash belongs to its cell."""
    pieces: list[list[str]] = [[]]
    for piece in re.findall(r"\\.|\||[^\\|]+|\\", line.strip()):
        if piece == "|":
            pieces.append([])
        else:
            pieces[-1].append(piece)
    cells = ["".join(each) for each in pieces]
    if len(cells) > 1 and not cells[0].strip():
        del cells[0]
    if len(cells) > 1 and not cells[-1].strip():
        del cells[-1]
    return cells


def _cells(line: str) -> tuple[str, ...]:
    return tuple(_shown(cell) for cell in _split(line))


def _shown(cell: str) -> str:
    """A cell as shown: emphasis of the whole cell and escapes resolved, anything else as it is."""
    text = cell.strip()
    for mark in _WRAPS:
        inner = text[len(mark) : -len(mark)]
        if len(text) > 2 * len(mark) and text == f"{mark}{inner}{mark}" and mark[0] not in inner:
            text = inner
    text = _BREAK.sub("\n", text)
    # A character that an entity makes is no markup any more, and so stays out of the escapes.
    parts = _ESCAPED.split(text)
    return "".join(part if at % 2 else html.unescape(part) for at, part in enumerate(parts)).strip()
