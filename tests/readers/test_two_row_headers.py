"""Headers of two rows, and headers that span columns. All tables are made up."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.errors import MissingColumnError
from kpieval.readers import read_tables
from kpieval.readers.columns import Role
from kpieval.readers.document import Document

Write = Callable[[str, "str | bytes"], Path]


def _told(document: Document) -> list[tuple[str, str, str, str]]:
    return [
        (record.get(Role.NAME), record.get(Role.TARGET), record.get(Role.ACTUAL), record.get(Role.WEIGHT))
        for record in document.records
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("三级指标,指标值,,分值", ",目标值,实际值,"),
        ("三级指标,年度指标值,,分值", ",年度指标值,实际完成值,"),
        ("三级指标,目标值,完成情况,分值", ",,实际完成值,"),
        ("绩效指标,指标完成情况,,分值", "三级指标,指标值,实际完成值,"),
        ("三级指标,完成情况,,分值", ",目标值,全年实际值,"),
        ("三级指标,指标值,,", ",目标值,实际值,分值"),
    ],
)
def test_two_rows_make_one_header(upper: str, lower: str, write: Write) -> None:
    path = write("a.csv", f"{upper}\n{lower}\n人数,≥10人,12人,10\n次数,≥3次,,5\n")
    document = read_tables(path)
    assert _told(document) == [("人数", "≥10人", "12人", "10"), ("次数", "≥3次", "", "5")]
    assert [entry.value for entry in document.actuals.entries] == ["12人"]
    assert "table.header_rows" in {note.code for note in document.notes}
    assert document.problems == document.projects[0].problems == ()


def test_merged_headers_of_a_page(write: Write) -> None:
    pytest.importorskip("lxml")
    page = (
        "<table><tr><th rowspan=2>三级指标<th colspan=2>指标值<th rowspan=2>分值"
        "<tr><th>目标值<th>实际值<tr><td>人数<td>≥10人<td>12人<td>10</table>"
    )
    assert _told(read_tables(write("a.html", page))) == [("人数", "≥10人", "12人", "10")]


def test_merged_headers_of_a_sheet(write: Write) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["绩效指标", "一级指标", "三级指标", "年度指标值", None, "分值"])
    sheet.append([None, None, None, "目标值", "实际完成值", None])
    sheet.append([None, "产出指标", "人数", "≥10人", "12人", 10])
    for area in ("A1:A2", "B1:B2", "C1:C2", "D1:E1", "F1:F2"):
        sheet.merge_cells(area)
    made = io.BytesIO()
    book.save(made)
    document = read_tables(write("a.xlsx", made.getvalue()))
    assert _told(document) == [("人数", "≥10人", "12人", "10")]


@pytest.mark.parametrize(
    ("lower", "reason"), [(",目标值,实际值,本年", "second_header"), (",目标,实际,", "no_name")]
)
def test_a_second_row_that_is_not_understood_is_a_problem(
    lower: str, reason: str, write: Write
) -> None:
    document = read_tables(write("a.csv", f"三级指标,指标值,,分值\n{lower}\n人数,≥10人,12人,10\n"))
    (problem,) = document.projects[0].problems
    assert problem.params["reason"] == reason


def test_an_error_tells_the_row_under_a_header(write: Write) -> None:
    with pytest.raises(MissingColumnError, match="指标完成情况 / 预期值, 实际情况"):
        read_tables(write("a.csv", "三级指标,指标完成情况,\n,预期值,实际情况\n人数,≥10人,12人\n"))
