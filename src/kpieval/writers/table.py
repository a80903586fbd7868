"""A plain table of text and its forms: CSV, TSV, Markdown, JSON, JSON lines, a flat page.

A spreadsheet runs cells that begin with ``=``, ``+``, ``-`` or ``@``, and ``=100%`` is a target.
In CSV and TSV such a cell gets an apostrophe, which the reader takes off again.
"""

from __future__ import annotations

import csv
import io
import json

from attrs import frozen

from kpieval.readers.grid import OBJECT
from kpieval.reports.as_md import marked, table_line
from kpieval.reports.guarding import guarded, is_risky
from kpieval.reports.width import display_width
from kpieval.unseen import spelled_out
from kpieval.writers.layout import Cell, Look, Page
from kpieval.writers.office import office

BUDGET = "预算数(元)"
"""The header of the budget; its unit is written beside it."""

FORMS = ("csv", "tsv", "md", "json", "jsonl", "xlsx", "docx")

_NARROWEST, _WIDEST = 8, 36


@frozen
class Table:
    """Headers, each once, and rows of as many cells."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def written(table: Table, form: str, *, name: str = "", lang: str = "zh") -> str | bytes:
    """The table in one of the :data:`FORMS`; ``name`` is that of the sheet."""
    if form not in ("json", "jsonl"):
        table = _visible(table)
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


def risky_cells(table: Table) -> int:
    """How many cells get an apostrophe in CSV and TSV."""
    return sum(is_risky(cell) for row in _visible(table).rows for cell in row)


def _visible(table: Table) -> Table:
    """The table with what is invisible spelled out; JSON alone holds it as it is.

    A value with it is refused, and must be refused when it is read again: hence the mark, for some
    spellings would pass as words beside the value.
    """
    headers, *rows = (
        tuple(spelled_out(cell, OBJECT) for cell in row) for row in (table.headers, *table.rows)
    )
    return Table(headers, tuple(rows))


def _separated(table: Table, mark: str) -> str:
    made = io.StringIO()
    writer = csv.writer(made, delimiter=mark, lineterminator="\r\n")
    for row in (table.headers, *table.rows):
        writer.writerow([guarded(cell) for cell in row])
    return made.getvalue()


def _markdown(table: Table) -> str:
    rows = ([_one_cell(cell) for cell in row] for row in (table.headers, *table.rows))
    head, *lines = map(table_line, rows)
    return "\n".join([head, table_line(["---"] * len(table.headers)), *lines]) + "\n"


def _one_cell(cell: str) -> str:
    return "<br>".join(marked(line) for line in cell.split("\n"))


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
