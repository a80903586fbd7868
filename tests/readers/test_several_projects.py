"""Where one project ends and the next begins. All tables are made up."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.amounts import money
from kpieval.readers import read, read_tables

Write = Callable[[str, "str | bytes"], Path]
HEADER = "一级指标,三级指标,指标值,实际完成值"


def _csv(*rows: str) -> str:
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize("label", ["项目名称：", "项目名称:", "项目 名称："])
def test_a_name_beside_its_label_begins_a_project(label: str, write: Write) -> None:
    text = _csv(
        f"{label}甲项目,,,", HEADER, "产出,a,≥1人,2人", ",,,",
        f"{label}乙项目,,,", HEADER, "产出,b,≥1人,0人",
    )  # fmt: skip
    document = read_tables(write("a.csv", text))
    told = [
        (project.name, [row.name for row in project.indicators]) for project in document.projects
    ]
    assert told == [("甲项目", ["a"]), ("乙项目", ["b"])]
    assert [entry.project for entry in document.actuals.entries] == ["甲项目", "乙项目"]


def test_merged_rows_of_a_sheet(write: Write) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    for at, name in enumerate(("甲项目", "乙项目")):
        sheet.append([f"项目名称：{name}"])
        top = 1 + 3 * at
        sheet.merge_cells(start_row=top, end_row=top, start_column=1, end_column=4)
        sheet.append(HEADER.split(","))
        sheet.append(["产出", "人数", "≥1人", "2人"])
    made = io.BytesIO()
    book.save(made)
    projects = read(write("a.xlsx", made.getvalue()))
    assert [(project.name, len(project.indicators)) for project in projects] == [
        ("甲项目", 1),
        ("乙项目", 1),
    ]


def test_a_label_with_a_colon_and_its_value_beside_it(write: Write) -> None:
    text = _csv("项目名称：,甲项目,主管部门：,教育局", HEADER, "产出,a,≥1人,2人")
    (project,) = read(write("a.csv", text))
    assert (project.name, project.department) == ("甲项目", "教育局")


def test_a_line_of_text_names_the_project_below(write: Write) -> None:
    pytest.importorskip("lxml")
    table = "<table><tr><th>三级指标<th>指标值</tr><tr><td>人数<td>≥1人</table>"
    page = f"<p>项目名称：甲项目</p>{table}<p>项目名称：乙项目</p>{table}"
    assert [project.name for project in read(write("a.html", page))] == ["甲项目", "乙项目"]


@pytest.mark.parametrize("unit", ["单位：万元,,,", "产出,单位：万元,,", "金额单位：万元,,,"])
def test_a_unit_between_the_rows_ends_no_table(unit: str, write: Write) -> None:
    text = _csv(HEADER, unit, "产出,资金,≤2.7万元,2.65万元", "产出,人数,≥12人,12人", "合计,,,")
    (project,) = read(write("a.csv", text))
    assert [row.name for row in project.indicators] == ["资金", "人数"]
    assert "table.unit_row" in {note.code for note in project.notes}
    assert project.problems == ()


def test_such_a_unit_holds_for_the_budget(write: Write) -> None:
    text = _csv("三级指标,指标值,预算数", "单位：万元,,", "人数,≥1人,5")
    (project,) = read(write("a.csv", text))
    assert project.budget == money("50000")


@pytest.mark.parametrize("name", ["单位：个", "项目名称", "项目名称：规范率"])
@pytest.mark.parametrize("rest", ["≥3个,4个", "≥3个,"])
def test_an_indicator_may_be_called_like_a_label(name: str, rest: str, write: Write) -> None:
    text = _csv("三级指标,指标值,实际完成值", "人数,≥1人,2人", f"{name},{rest}", "次数,≥1次,2次")
    (project,) = read(write("a.csv", text))
    assert [row.name for row in project.indicators] == ["人数", name, "次数"]


def test_a_name_under_the_indicators_still_begins_a_project(write: Write) -> None:
    header = "三级指标,指标值,实际完成值"
    text = _csv(
        header, "人数,≥1人,2人", "项目名称,乙项目,", "主管部门,教育局,", header, "次数,≥1次,2次"
    )
    first, second = read(write("a.csv", text))
    assert (first.name, second.name, second.department) == ("a", "乙项目", "教育局")


def test_a_project_without_a_header_is_a_problem_and_no_indicator(write: Write) -> None:
    text = _csv("三级指标,指标值,实际完成值", "人数,≥1人,2人", "项目名称,乙项目,", "次数,≥1次,2次")
    document = read_tables(write("a.csv", text))
    assert [row.name for row in document.projects[0].indicators] == ["人数"]
    (problem,) = document.problems
    assert (problem.code, "次数" in str(problem.params["found"])) == ("KP303", True)


def test_a_unit_is_no_department(write: Write) -> None:
    text = _csv("项目名称：甲项目,,", "单位：个,,", "三级指标,指标值,实际完成值", "数量,≥1,2")
    (project,) = read(write("a.csv", text))
    assert (project.name, project.department) == ("甲项目", "")
    assert [dict(note.params)["text"] for note in project.notes] == ["单位 个"]
