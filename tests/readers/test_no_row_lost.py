"""Rows that look like something else stay, or are problems: never dropped. All rows are made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.readers import read, read_tables

Write = Callable[[str, "str | bytes"], Path]
HEADER = "一级指标,二级指标,三级指标,指标值,实际完成值,分值\n"
FIRST = "产出指标,数量指标,人数,≥10人,12人,10\n"


@pytest.mark.parametrize(
    "row",
    [
        ",审核通过率,,≥90%,60%,10",
        ",负责人培训次数,,≥3次,1次,10",
        "备注：,,,≥3次,,",
        "填表人：张三,,,,1次,",
        "合计,,,≥5人,4人,10",
        ",日期差错率,,,,10",
        ",负责人培训次数,,,,",
    ],
)
def test_a_row_with_values_and_no_name_is_a_problem(row: str, write: Write) -> None:
    document = read_tables(write("a.csv", f"{HEADER}{FIRST}{row}\n"))
    (project,) = document.projects
    rows = [indicator.name for indicator in project.indicators]
    reasons = [fault.params["reason"] for fault in project.problems]
    if row == ",负责人培训次数,,,,":
        assert (rows, reasons) == (["人数"], [])
        assert "table.category_row" in {note.code for note in project.notes}
    else:
        assert (rows, reasons) == (["人数"], ["no_name"])


def test_a_total_with_a_target_is_an_indicator(write: Write) -> None:
    text = f"{HEADER}{FIRST}产出指标,质量指标,总分,≥90分,95分,10\n,,总计,100,98,100\n"
    (project,) = read(write("a.csv", text))
    assert [row.name for row in project.indicators] == ["人数", "总分"]
    assert [note.code for note in project.notes] == ["table.total_row"]


@pytest.mark.parametrize(
    "row",
    [
        "填表人：张三,联系电话：1,,,,",
        "说明：,,偏差原因,,,",
        ",,填表人：张三,,,",
        "审核人,,,,,",
        "负责人（签字）,,,,,",
        "联系电话：010,,2024年,,,",
        "注：以上数据为全年,,,,,",
        "填表人张三,,,,,",
    ],
)
def test_a_foot_is_no_indicator_and_no_problem(row: str, write: Write) -> None:
    (project,) = read(write("a.csv", f"{HEADER}{FIRST}{row}\n"))
    assert [indicator.name for indicator in project.indicators] == ["人数"]
    assert project.problems == ()
    noted = {note.code for note in project.notes}
    assert "table.foot_row" in noted


def test_a_foot_opens_no_project(write: Write) -> None:
    text = (
        "项目名称,三级指标,指标值,实际完成值\n甲,a,≥1人,2\n,b,≥1人,2\n乙,a,≥1人,2\n,,,\n"
        "注：以上,,,\n填表人：张三,联系电话：1,,\n合计,,,4\n"
    )
    document = read_tables(write("a.csv", text), fill_down=True)
    assert [(p.name, len(p.indicators)) for p in document.projects] == [("甲", 2), ("乙", 1)]
    assert [entry.name for entry in document.actuals.entries] == ["a", "b", "a"]
