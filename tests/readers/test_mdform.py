"""Markdown pipe tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.errors import MalformedFileError
from kpieval.readers import read, read_tables
from kpieval.reports.as_md import escaped

Write = Callable[[str, "str | bytes"], Path]
HEAD = "| 一级指标 | 三级指标 | 指标值 |\n|:---|---|---:|\n"


def _texts(path: Path) -> list[str]:
    return [row.text for project in read(path) for row in project.indicators]


def test_a_table_under_its_heading(write: Write) -> None:
    text = f"# 2024年维修绩效目标表\n\n{HEAD}| 产出指标 | 栋数 | ≥3栋 |\n| | 面积 | ≥5平方米 |\n\n备注\n"
    (project,) = read(write("a.txt", text))
    assert project.year == 2024
    assert [(r.level1, r.name, r.text) for r in project.indicators] == [
        ("产出指标", "栋数", "≥3栋"),
        ("产出指标", "面积", "≥5平方米"),
    ]
    place = project.indicators[1].place
    assert place is not None and place.line == 6


def test_pipes_at_the_ends_may_be_left_out(write: Write) -> None:
    assert _texts(write("a.md", "三级指标|指标值\n-|-\na|≥1\nb|≥2\n")) == ["≥1", "≥2"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("≥90%", "≥90%"),
        (r"a\|b", "a|b"),
        (r"\*\*x\\", r"**x\\"[:-1]),
        ("**≥90%**", "≥90%"),
        ("`≥90%`", "≥90%"),
        ("≥**人次", "≥**人次"),
        ("**", "**"),
        ("&lt;5 &amp; &ge;3", "<5 & ≥3"),
        (r"\&lt;", "&lt;"),
        ("一<br>二<BR/>三", "一\n二\n三"),
        ("2024年12月底前", "2024年12月底前"),
    ],
)
def test_cells(cell: str, text: str, write: Write) -> None:
    assert _texts(write("a.md", f"{HEAD}| 产出指标 | a | {cell} |\n")) == [text]


@pytest.mark.parametrize(
    "text", ["≥90%", "a|b", "*5*", "<5", "`x`", "≥**人次", "a\\|b", "__a__", "&lt;"]
)
def test_what_a_report_escapes_reads_back(text: str, write: Write) -> None:
    assert _texts(write("a.md", f"{HEAD}| 产出指标 | a | {escaped(text)} |\n")) == [text]


def test_rows_too_short_and_too_long(write: Write) -> None:
    document = read_tables(write("a.md", f"{HEAD}| 产出指标 | a |\n| 产出指标 | b | ≥1 | 多 |\n"))
    first, second = document.projects[0].indicators
    assert [note.code for note in first.notes] == ["table.short_row"]
    assert [fault.params["reason"] for fault in second.problems] == ["too_wide"]


def test_a_table_in_a_code_block_is_an_example(write: Write) -> None:
    fenced = f"```\n{HEAD}| 产出指标 | 例 | ≥1 |\n```\n\n{HEAD}| 产出指标 | a | ≥2 |\n"
    assert _texts(write("a.md", fenced)) == ["≥2"]


def test_too_many_columns(write: Write) -> None:
    wide = "|三级指标|指标值" + "|x" * 200 + "|\n" + "|-" * 202 + "|\n"
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.md", wide))
    assert caught.value.params["reason"] == "columns"


def test_a_csv_with_pipes_stays_one(write: Write) -> None:
    assert _texts(write("a.csv", "三级指标,指标值\na,≥1|2\n-,-|-\n")) == ["≥1|2", "-|-"]
