"""The five tables of one office, laid out again in the formats that tables come in."""

from __future__ import annotations

import html
import io
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

import kpieval.demo
from kpieval.readers import read, textform
from kpieval.readers.blocks import title_text
from kpieval.readers.columns import is_header
from kpieval.tables import Project

TEXT = Path(kpieval.demo.__file__).with_name("targets.txt")
WIDTH = 5
FLAT = ["项目名称", "一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值"]

Seen = tuple[str, str, str, str, str, str]


@frozen
class Form:
    """One form: its title, and its rows as they stand in the text."""

    title: str
    rows: list[tuple[str, ...]]


def forms() -> list[Form]:
    """The forms of the text; a row between two of them belongs to the one above."""
    found: list[Form] = []
    (grid,) = textform.read(TEXT.read_text("utf-8"), "t").grids
    for row in grid.rows:
        title = title_text(row.filled()[0]) if row.loose and row.filled() else None
        if title is not None:
            found.append(Form(title, []))
        elif not row.is_blank:
            found[-1].rows.append(row.cells)
    return found


def seen(projects: Iterable[Project], *, joined: bool = False) -> list[Seen]:
    """What the indicators say; ``joined`` leaves out the white space of all cells."""
    told = [
        (project.name, row.level1, row.level2, row.name, row.description, row.text)
        for project in projects
        for row in project.indicators
    ]
    if not joined:
        return told
    return [tuple("".join(cell.split()) for cell in cells) for cells in told]  # type: ignore[misc]


def expected(*, joined: bool = False) -> list[Seen]:
    """The 54 indicators of the text form."""
    return seen(read(TEXT), joined=joined)


def spans(form: Form) -> Iterator[tuple[tuple[str, ...], list[tuple[int, int, int]]]]:
    """The rows of a form in five columns, with (place, rows, columns) of its merged cells."""
    body = [tuple(cell.strip() for cell in row) for row in form.rows]
    for at, row in enumerate(body):
        if len(row) >= WIDTH:
            merged = [(0, _run(body, at), 1)] if row[0] and not is_header(row) else []
            yield row[:WIDTH], merged
        else:
            yield row, [(len(row) - 1, 1, WIDTH - len(row) + 1)]


def _run(body: list[tuple[str, ...]], at: int) -> int:
    """How many rows a first cell covers: those below it whose own is blank."""
    end = at + 1
    while end < len(body) and len(body[end]) >= WIDTH and not body[end][0]:
        end += 1
    return end - at


def as_xlsx() -> bytes:
    """All forms in one sheet, merged as they are printed, to be printed on A4."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    number = 0
    for form in forms():
        number += 1
        sheet.append([form.title])
        for row, merged in spans(form):
            number += 1
            sheet.append([cell or None for cell in row])
            for place, rows, columns in merged:
                if rows * columns > 1:
                    area = (number, place + 1, number + rows - 1, place + columns)
                    sheet.merge_cells(None, *area)
            # Rows as high as their texts: a printed sheet clips what is higher.
            room = {place: 9 * columns for place, _, columns in merged}
            lines = [
                len(cell) // room.get(at, 9) + cell.count("\n") + 1 for at, cell in enumerate(row)
            ]
            sheet.row_dimensions[number].height = 15 * max(lines)
    _printed(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _printed(sheet: object) -> None:
    from openpyxl.styles import Alignment, Border, Side
    from openpyxl.worksheet.worksheet import Worksheet

    assert isinstance(sheet, Worksheet)
    line = Side("thin")
    for row in sheet.iter_rows(max_col=WIDTH):
        alone = row[0].value in {form.title for form in forms()}
        for cell in row:
            cell.alignment = Alignment(wrap_text=not alone, vertical="center")
            if not alone:
                cell.border = Border(left=line, right=line, top=line, bottom=line)
    for letter in "ABCDE":
        sheet.column_dimensions[letter].width = 22
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def as_html(encoding: str = "utf-8") -> bytes:
    """A page with a heading and a table a form, between a menu and a foot."""
    style = "table{border-collapse:collapse;width:100%}td{border:1px solid #000}"
    parts = [f'<!DOCTYPE html><html><head><meta charset="{encoding}"><title>公开</title>']
    parts += [f"<style>{style}</style><script>var a='<table>';</script></head><body>"]
    parts += ["<table><tr><td>首页</td><td>要闻</td><td>公开</td></tr></table>"]
    for form in forms():
        parts.append(f"<h3>{html.escape(form.title)}</h3>\n<table>")
        parts += _html_rows(form)
        parts.append("</table>")
    parts.append("<p>版权所有</p></body></html>")
    return "\n".join(parts).encode(encoding)


def _html_rows(form: Form) -> Iterator[str]:
    covered = 0
    for row, merged in spans(form):
        wide = {place: (rows, columns) for place, rows, columns in merged}
        cells = []
        for place, cell in enumerate(row):
            if place == 0 and covered:
                continue
            rows, columns = wide.get(place, (1, 1))
            text = html.escape(cell).replace("\n", "<br>")
            cells.append(f"<td rowspan={rows} colspan='{columns}'>{text}</td>")
        covered = max(covered - 1, wide.get(0, (0, 0))[0] - 1, 0)
        yield f"<tr>{''.join(cells)}</tr>"


def as_md() -> str:
    """A pipe table a form, the title as its heading, the whole form between pipes."""
    lines: list[str] = []
    for form in forms():
        lines += [f"## {form.title}", ""]
        for at, (row, _) in enumerate(spans(form)):
            cells = [cell.replace("|", "\\|").replace("\n", "<br>") for cell in row]
            lines.append(f"| {' | '.join(cells + [''] * (WIDTH - len(cells)))} |")
            if at == 0:
                lines.append("|---" * WIDTH + "|")
        lines.append("")
    return "\n".join(lines)


def as_csv(delimiter: str = ",") -> str:
    """One flat table of all indicators."""
    import csv

    made = io.StringIO(newline="")
    csv.writer(made, delimiter=delimiter).writerows([FLAT, *expected()])
    return made.getvalue()
