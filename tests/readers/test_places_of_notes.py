"""Notes and problems say which table and row they mean. All tables are made up."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.readers import read_tables

Write = Callable[[str, "str | bytes"], Path]
TABLE = [["三级指标", "指标值", "分值"], ["人数", "≥10人", "100"], ["合计", "", "100"]]


def _word() -> bytes:
    document = pytest.importorskip("docx").Document()
    for number in "一二":
        document.add_paragraph(f"第{number}句话")
        table = document.add_table(rows=3, cols=3)
        for at, row in enumerate(TABLE):
            for place, text in enumerate(row):
                table.cell(at, place).text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_the_table_of_a_document_is_told(write: Write) -> None:
    document = read_tables(write("a.docx", _word()))
    told = [note.message() for project in document.projects for note in project.notes]
    assert [text for text in told if "合计" in text] == [
        "[表1] 第 3 行是合计，不当作指标：合计 100",
        "[表2] 第 3 行是合计，不当作指标：合计 100",
    ]
    above = [text for text in told if "句话" in text]
    assert [text.rpartition("a.docx")[2] for text in above] == [
        "[表1]：表上方的文字没有读懂：第一句话",
        "[表2]：表上方的文字没有读懂：第二句话",
    ]


def test_a_line_of_a_page_has_no_row(write: Write) -> None:
    pytest.importorskip("lxml")
    rows = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in TABLE)
    path = write("a.html", f"<p>前面的一句话</p><table>{rows}</table>")
    (project,) = read_tables(path).projects
    told = [note.message() for note in project.notes]
    assert f"{path}：表上方的文字没有读懂：前面的一句话" in told
    assert "第 3 行是合计，不当作指标：合计 100" in told


def test_rows_of_a_continued_table_are_those_of_that_table(write: Write) -> None:
    pytest.importorskip("lxml")
    first = "<table><tr><td>三级指标<td>指标值<td>分值<tr><td>人数<td>≥1人<td>5</table>"
    more = "<p>续表</p><table><tr><td>次数<td>≥1次<td>5<tr><td>合计<td><td>10</table>"
    (project,) = read_tables(write("a.html", first + more)).projects
    assert [str(row.place).rpartition("a.html")[2] for row in project.indicators] == [
        ":2",
        "[表2]:1",
    ]
    assert "[表2] 第 2 行是合计，不当作指标：合计 10" in {n.message() for n in project.notes}
