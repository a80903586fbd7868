"""A plain table of text and its forms: CSV, TSV, Markdown, JSON, JSON lines, a flat page.

A spreadsheet runs cells that begin with ``=``, ``+``, ``-`` or ``@``, and ``=100%`` is a target.
In CSV and TSV such a cell gets an apostrophe, which the reader takes off again.
"""

from __future__ import annotations

import csv
import io
import json
import re
from unicodedata import category

from attrs import frozen

from kpieval.reports.as_md import escaped
from kpieval.reports.width import display_width
from kpieval.writers.layout import Cell, Look, Page
from kpieval.writers.office import office

BUDGET = "预算数(元)"
"""The header of the budget; its unit is written beside it."""

FORMS = ("csv", "tsv", "md", "json", "jsonl", "xlsx", "docx")

_RISKY = re.compile(r"'*[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?", re.ASCII)
_NARROWEST, _WIDEST = 8, 36


@frozen
class Table:
    """Headers, each once, and rows of as many cells."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def written(table: Table, form: str, *, name: str = "", lang: str = "zh") -> str | bytes:
    """The table in one of the :data:`FORMS`; ``name`` is that of the sheet."""
    match form:
        case "csv":
            return "\ufeff" + _separated(table, ",")
        case "tsv":
            return "\ufeff" + _separated(table, "\t")
        case "md":
            return _markdown(table)
        case "json":
            return json.dumps(_objects(table), ensure_ascii=False, indent=1) + "\n"
        case "jsonl":
            lines = (json.dumps(row, ensure_ascii=False) for row in _objects(table))
            return "".join(f"{line}\n" for line in lines)
        case "xlsx" | "docx":
            return office(form, [flat_page(table, name)], lang)
        case _:
            raise ValueError(f"{form!r} is none of {', '.join(FORMS)}")


def is_risky(cell: str) -> bool:
    """Whether a spreadsheet could run the cell, or the reader would take its apostrophe off.

    >>> is_risky("=100%"), is_risky("-2.5"), is_risky("'=1"), is_risky("≥90%")
    (True, False, True, False)
    """
    return _RISKY.match(cell) is not None and not _NUMBER.fullmatch(cell)


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where it is risky.

    >>> guarded("=100%"), guarded("-2.5")
    ("'=100%", '-2.5')
    """
    return f"'{cell}" if is_risky(cell) else cell


def risky_cells(table: Table) -> int:
    """How many cells get an apostrophe in CSV and TSV."""
    return sum(is_risky(_shown(cell)) for row in table.rows for cell in row)


def _separated(table: Table, mark: str) -> str:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=mark, lineterminator="\r\n")
    for row in (table.headers, *table.rows):
        writer.writerow([guarded(_shown(cell)) for cell in row])
    return made.getvalue()


def _shown(cell: str) -> str:
    """The cell without control characters, which a terminal would obey.

    What is invisible stays: a converted table must be refused for it as the first one was.
    """
    text = cell.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(char for char in text if char in "\n\t" or category(char) not in ("Cc", "Cs"))


def _markdown(table: Table) -> str:
    lines = [_line(table.headers), _line(("---",) * len(table.headers), plain=True)]
    return "\n".join([*lines, *(_line(row) for row in table.rows)]) + "\n"


def _line(cells: tuple[str, ...], *, plain: bool = False) -> str:
    shown = cells if plain else tuple(_one_cell(cell) for cell in cells)
    return f"| {' | '.join(shown)} |"


def _one_cell(cell: str) -> str:
    return "<br>".join(escaped(line) for line in cell.splitlines())


def _objects(table: Table) -> list[dict[str, str]]:
    return [dict(zip(table.headers, row, strict=True)) for row in table.rows]


def flat_page(table: Table, name: str) -> Page:
    """The table as a page with one header row."""
    columns = len(table.headers)
    cells = [Cell(0, at, header, Look.LABEL) for at, header in enumerate(table.headers)]
    for number, row in enumerate(table.rows, start=1):
        cells += [Cell(number, at, text) for at, text in enumerate(row)]
    widths = tuple(
        _width([table.headers[at], *(row[at] for row in table.rows)]) for at in range(columns)
    )
    return Page(name, tuple(cells), widths, landscape=True, heads=(0, 0), flat=True)


def _width(texts: list[str]) -> int:
    longest = max(display_width(line) for text in texts for line in text.split("\n"))
    return min(max(longest + 2, _NARROWEST), _WIDEST)
