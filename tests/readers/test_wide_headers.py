"""Values that stand in several columns under one header. All tables are made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.readers import read_tables

Write = Callable[[str, "str | bytes"], Path]


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ("90,%", "90%"),
        ("2.7,万元", "2.7万元"),
        ("≥,90%", "≥90%"),
        ("≥90,", "≥90"),
        ("≥90%,", "≥90%"),
        ("不少于,3次", "不少于3次"),
    ],
)
@pytest.mark.parametrize("header", ["三级指标,指标值,,分值", "三级指标,指标值,"])
def test_a_number_and_its_unit_in_two_cells(
    header: str, cells: str, text: str, write: Write
) -> None:
    tail = ",10" if header.endswith("分值") else ""
    document = read_tables(write("a.csv", f"{header}\n比率,{cells}{tail}\n"))
    (row,) = document.projects[0].indicators
    assert (row.text, row.problems) == (text, ())
    two = all(cells.split(","))
    assert ("table.joined_cells" in {note.code for note in row.notes}) == two


def test_a_spanned_header_of_a_page(write: Write) -> None:
    pytest.importorskip("lxml")
    page = (
        "<table><tr><th>三级指标<th colspan=2>指标值<th>分值"
        "<tr><td>比率<td>90<td>%<td>10<tr><td>费用<td>≤<td>5万元<td>10</table>"
    )
    document = read_tables(write("a.html", page))
    assert [row.text for row in document.projects[0].indicators] == ["90%", "≤5万元"]


@pytest.mark.parametrize("cells", ["≥90%,80%", "≥90%,已核", ",90%", "1,2", ",≥"])
def test_what_is_no_unit_is_a_problem_between_two_headers(cells: str, write: Write) -> None:
    document = read_tables(write("a.csv", f"三级指标,指标值,,分值\n比率,{cells},10\n"))
    (row,) = document.projects[0].indicators
    assert [fault.params["reason"] for fault in row.problems] == ["wide_header"]
    assert row.text == cells.partition(",")[0]


@pytest.mark.parametrize(("cells", "count"), [("95%,已核", 0), ("95%,去年90%", 0), (",95%", 1)])
def test_right_of_the_last_header_stand_remarks(cells: str, count: int, write: Write) -> None:
    document = read_tables(write("a.csv", f"三级指标,指标值,实际完成值,\n比率,≥90%,{cells}\n"))
    (row,) = document.projects[0].indicators
    assert len(row.problems) == count
    assert "table.unnamed_columns" in {note.code for note in document.notes}


def test_a_weight_beside_its_column_is_a_problem(write: Write) -> None:
    text = "三级指标,指标值,分值,,实际完成值\n比率,≥90%,,10,95%\n"
    (row,) = read_tables(write("a.csv", text)).projects[0].indicators
    assert [fault.params["column"] for fault in row.problems] == ["分值"]
