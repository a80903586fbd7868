"""Heads and ends of forms that are met rarely: money, years and grades in odd places. Made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.amounts import Amount, money
from kpieval.errors import MalformedFileError
from kpieval.readers import read, read_tables
from kpieval.readers.columns import MAX_COLUMNS, recognise
from kpieval.tables import EXECUTED, Project

Write = Callable[[str, "str | bytes"], Path]
TABLE = "一级指标,二级指标,三级指标,指标值,实际完成值\n产出指标,数量指标,人数,≥1人,2人\n"
FLAT = "三级指标,指标值,实际完成值"


def _head(write: Write, *rows: str) -> Project:
    """The project of a form with these rows under its name."""
    head = "".join(f"{row}\n" for row in ("项目名称,甲,,,", *rows))
    (project,) = read(write("a.csv", head + TABLE))
    assert [row.name for row in project.indicators] == ["人数"]
    return project


def test_the_spending_of_the_first_months_is_none_of_the_year(write: Write) -> None:
    text = (
        "项目名称,甲,,,\n项目资金（万元）,,年初预算数,全年预算数,1-6月执行数\n"
        f",年度资金总额,90,100,45\n{TABLE}"
    )
    entries = read_tables(write("a.csv", text)).actuals.entries
    assert [(entry.name, entry.value, entry.so_far) for entry in entries] == [
        ("人数", "2人", ""),
        (EXECUTED, "", "45万元"),
    ]


def test_a_table_of_funds_without_further_columns_needs_no_note(write: Write) -> None:
    project = _head(write, "项目资金（万元）,,全年预算数,全年执行数,", ",年度资金总额,100,45,")
    assert (project.budget, project.notes) == (money("1000000"), ())


def test_a_label_ends_the_goals_in_columns(write: Write) -> None:
    project = _head(
        write,
        "年度总体目标,预期目标,,实际完成情况,",
        ",修路,,修好,",
        "主管部门,市教育局,,,",
        ",以后年度的话,,,",
    )
    assert (project.goals, project.outcome, project.department) == ("修路", "修好", "市教育局")
    assert ["以后年度的话" in str(note.params) for note in project.notes] == [True]


@pytest.mark.parametrize(
    ("rest", "funds", "unread"),
    [
        ("财政拨款,100万元", [("财政拨款", money("1000000"))], []),
        ("备注,新增", [], ["备注 新增"]),
    ],
)
def test_what_stands_beside_a_label_and_its_value(
    rest: str, funds: list[tuple[str, Amount]], unread: list[str], write: Write
) -> None:
    project = _head(write, f"主管部门,市教育局,{rest},")
    assert project.department == "市教育局"
    assert [*project.funds] == funds
    assert [dict(note.params)["text"] for note in project.notes] == unread


def test_the_year_beside_its_label(write: Write) -> None:
    assert _head(write, "年度,2024,,,").year == 2024
    wrong = _head(write, "年度,去年,,,")
    assert wrong.year is None
    assert [problem.params["reason"] for problem in wrong.problems] == ["no_year"]


def test_purposes_and_funds_without_a_sum(write: Write) -> None:
    assert _head(write, "资金用途,修路,,,", ",造桥,,,").purpose == "修路\n造桥"
    nameless = _head(write, "项目资金（万元）,100,,,")
    assert (nameless.funds, nameless.budget) == ((), None)
    assert [dict(note.params)["text"] for note in nameless.notes] == ["100"]
    blank = _head(write, "预算规模及资金用途（万元）,财政资金,/,单位资金,5")
    assert blank.funds == (("单位资金", money("50000")),)


@pytest.mark.parametrize(
    ("first", "second", "twice"),
    [
        ("预算数（万元）,5", "年度资金总额（万元）,6", "6"),
        ("预算数（万元）,5", "年度资金总额,50000元", ""),
        ("主管部门,教育局", "预算部门,财政局", "财政局"),
        ("主管部门,教育局", "预算部门,教育局", ""),
    ],
)
def test_what_is_said_twice_must_be_the_same(
    first: str, second: str, twice: str, write: Write
) -> None:
    project = _head(write, f"{first},,,", f"{second},,,")
    found = [(fault.params["reason"], fault.params["found"]) for fault in project.problems]
    assert found == ([("twice", twice)] if twice else [])
    assert project.budget == money("50000") or project.department == "教育局"


def test_one_budget_in_two_spellings(write: Write) -> None:
    rows = "三级指标,指标值,预算数（元）\n甲,≥1人,50000元\n乙,≥2人,5万元\n"
    (project,) = read(write("a.csv", rows))
    assert (project.budget, project.problems) == (money("50000"), ())


@pytest.mark.parametrize("row", ["自评等级：优,,,,", "评价等级,优,,,"])
def test_a_grade_in_a_row_of_its_own(row: str, write: Write) -> None:
    document = read_tables(write("a.csv", f"{TABLE}{row}\n"))
    assert [total.grade for total in document.published.totals] == ["优"]
    assert [line.name for line in document.projects[0].indicators] == ["人数"]


# --- where the next project begins ---------------------------------------------------------------


def test_a_name_that_looks_like_a_target_and_a_header_after_a_blank_row(write: Write) -> None:
    text = f"{FLAT}\n人数,≥1人,2人\n项目名称,≥3个,\n,,\n{FLAT}\n次数,≥1次,2次\n"
    projects = read(write("a.csv", text))
    assert [[row.name for row in project.indicators] for project in projects] == [
        ["人数"],
        ["次数"],
    ]


def test_an_indicator_called_like_a_label_may_end_the_table(write: Write) -> None:
    (project,) = read(write("a.csv", f"{FLAT}\n人数,≥1人,2人\n项目名称,≥3个,\n审核人：张三,,\n"))
    assert [row.name for row in project.indicators] == ["人数", "项目名称"]


def test_a_title_is_not_endless(write: Write) -> None:
    long = f"{'很长' * 151}绩效目标表"
    (project,) = read(write("a.csv", f"{FLAT}\n人数,≥1人,2人\n{long},,\n次数,≥1次,2次\n"))
    assert [row.name for row in project.indicators] == ["人数", long, "次数"]
    (project,) = read(write("a.csv", f"三级指标,指标值,{'很长' * 151}\n人数,≥1人,2人\n"))
    assert project.indicators[0].text == "≥1人"


def test_more_columns_than_any_table_has(write: Write) -> None:
    wide = "三级指标,指标值" + ",x" * (MAX_COLUMNS - 1)
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.csv", f"{wide}\n人数,≥1人\n"))
    assert caught.value.params["reason"] == "columns"
    with pytest.raises(MalformedFileError) as told:
        recognise(wide.split(","), "a.csv")
    assert told.value.params["n"] == caught.value.params["n"] == str(MAX_COLUMNS + 1)


# --- pages ---------------------------------------------------------------------------------------


def _table(*rows: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split(",")) for row in rows)
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def test_a_line_below_the_purpose_goes_on_with_it(write: Write) -> None:
    pytest.importorskip("lxml")
    page = _table("项目名称,甲", "资金用途,修路", ",造桥") + "<p>并植树</p>"
    (project,) = read(write("a.html", page + _table("三级指标,指标值", "人数,≥1人")))
    assert project.purpose == "修路\n造桥\n并植树"


def test_a_head_at_the_end_of_a_page_is_a_project_without_a_table(write: Write) -> None:
    pytest.importorskip("lxml")
    page = _table("三级指标,指标值", "人数,≥1人") + _table("项目名称,乙", "主管部门,教育局")
    (problem,) = read_tables(write("a.html", page)).problems
    assert problem.code == "KP303"
    assert "乙" in str(problem.params["found"])


def test_lines_and_blank_rows_above_a_repeated_header(write: Write) -> None:
    pytest.importorskip("lxml")
    header = "一级指标,三级指标,指标值"
    page = (
        f"<p>甲绩效目标表</p>{_table(',,', header, '产出指标,人数,≥1人')}<p>接上表</p>"
        f"{_table('（续表）,,', ',,', header, '产出指标,次数,≥2次')}"
    )
    (project,) = read(write("a.html", page))
    assert [row.name for row in project.indicators] == ["人数", "次数"]


def test_a_remark_between_a_name_and_its_table(write: Write) -> None:
    pytest.importorskip("lxml")
    first = _table(FLAT, "人数,≥1人,2人", "项目名称,≥3个,")
    page = f"{first}<p>（续）</p>{_table(FLAT, '次数,≥1次,2次')}"
    assert [project.name for project in read(write("a.html", page))] == ["a", "≥3个"]


def test_a_page_as_browsers_mend_it(write: Write) -> None:
    """A table whose first row was never begun."""
    pytest.importorskip("lxml")
    page = "<table><td>三级指标<td>指标值<tr><td>人数<td>≥1人</table>"
    assert read(write("a.html", page))[0].indicators[0].text == "≥1人"
