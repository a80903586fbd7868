"""Tables that go on after a page break, with and without words that say so. All are made up."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from kpieval.readers import read_tables
from kpieval.readers.document import Document

pytest.importorskip("lxml")
docx = pytest.importorskip("docx")

Write = Callable[[str, "str | bytes"], Path]
Rows = Sequence[Sequence[str]]
HEADER = ["一级指标", "三级指标", "指标值", "实际完成值", "备注"]
FIRST: Rows = [HEADER, ["产出", "人数", "≥10人", "12人", ""]]
MORE: Rows = [["", "次数", "≥10次", "12次", ""], ["", "频次", "≥10次", "12次", ""]]
TITLE = "甲项目绩效目标表"


def _word(*parts: str | Rows) -> bytes:
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for at, row in enumerate(part):
            for place, text in enumerate(row):
                table.cell(at, place).text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(*parts: str | Rows) -> bytes:
    made = ""
    for part in parts:
        if isinstance(part, str):
            made += f"<p>{part}</p>"
            continue
        rows = ("".join(f"<td>{cell}</td>" for cell in row) for row in part)
        made += f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    return made.encode()


def _markdown(*parts: str | Rows) -> bytes:
    made = ""
    for part in parts:
        if isinstance(part, str):
            made += f"{part}\n\n"
            continue
        rule = ["---"] * len(part[0])
        made += "\n".join(f"| {' | '.join(row)} |" for row in (part[0], rule, *part[1:])) + "\n\n"
    return made.encode()


def _sheet(*parts: str | Rows) -> bytes:
    rows: list[Sequence[str]] = []
    for part in parts:
        rows += [[part, "", "", "", ""]] if isinstance(part, str) else part
    return "\n".join(",".join(row) for row in rows).encode()


MAKERS = {"a.docx": _word, "a.html": _page, "a.md": _markdown, "a.csv": _sheet}


def _read(name: str, write: Write, *parts: str | Rows) -> Document:
    return read_tables(write(name, MAKERS[name](*parts)), fill_down=True)


def _rows(document: Document) -> list[tuple[str, str]]:
    (project,) = document.projects
    return [(row.level1, row.name) for row in project.indicators]


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("line", ["续表", "（续）", "接上表", "续表1："])
@pytest.mark.parametrize("again", [True, False])
def test_a_line_that_says_so_is_quiet(again: bool, line: str, name: str, write: Write) -> None:
    more = [HEADER, *MORE] if again else MORE
    document = _read(name, write, TITLE, FIRST, line, more)
    assert _rows(document) == [("产出", "人数"), ("产出", "次数"), ("产出", "频次")]
    assert document.problems == ()


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("again", [True, False])
def test_the_title_again_with_that_word(again: bool, name: str, write: Write) -> None:
    more = [HEADER, *MORE] if again else MORE
    document = _read(name, write, TITLE, FIRST, f"{TITLE}（续）", more)
    assert _rows(document) == [("产出", "人数"), ("产出", "次数"), ("产出", "频次")]


@pytest.mark.parametrize("name", ["a.docx", "a.html"])
def test_the_last_blank_cell_may_lack(name: str, write: Write) -> None:
    document = _read(name, write, FIRST, [row[:-1] for row in MORE])
    assert _rows(document) == [("产出", "人数"), ("产出", "次数"), ("产出", "频次")]
    notes = [note.code for row in document.projects[0].indicators for note in row.notes]
    assert notes.count("table.short_row") == 2


@pytest.mark.parametrize("name", ["a.docx", "a.html"])
def test_a_table_that_does_not_fit_and_holds_values_is_a_problem(name: str, write: Write) -> None:
    document = _read(name, write, FIRST, [row[:3] for row in MORE])
    assert _rows(document) == [("产出", "人数")]
    (problem,) = document.problems
    assert problem.code == "KP303"
    assert "≥10次" in problem.params["found"]
    assert str(problem.where).endswith("[表2]:1")


@pytest.mark.parametrize("name", ["a.docx", "a.html"])
def test_another_table_with_a_header_of_its_own_is_none(name: str, write: Write) -> None:
    other = [["序号", "姓名", "金额"], ["1", "张三", "5元"]]
    document = _read(name, write, FIRST, "联系人", other)
    assert _rows(document) == [("产出", "人数")]
    assert document.problems == ()


def test_words_between_two_tables_still_part_them(write: Write) -> None:
    document = _read("a.docx", write, TITLE, FIRST, "乙项目的指标", [HEADER, *MORE])
    assert [len(project.indicators) for project in document.projects] == [1, 2]
