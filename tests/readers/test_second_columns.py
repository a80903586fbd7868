"""Two columns of one meaning in a table. All tables are made up."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.readers import read_tables

Write = Callable[[str, "str | bytes"], Path]


@pytest.mark.parametrize(
    ("cells", "value", "count"),
    [("12人,12人", "12人", 0), ("12人,", "12人", 0), (",12人", "", 1), ("12人,13人", "12人", 1),
     ("12 人,12人", "12 人", 0), (",", "", 0)],
)  # fmt: skip
def test_a_second_column_of_actuals(cells: str, value: str, count: int, write: Write) -> None:
    text = f"三级指标,指标值,实际完成值,全年实际值\n人数,≥10人,{cells}\n"
    document = read_tables(write("a.csv", text))
    (row,) = document.projects[0].indicators
    assert [fault.params["reason"] for fault in row.problems] == ["second_column"] * count
    assert [entry.value for entry in document.actuals.entries] == [value] * bool(value)
    (note,) = [note for note in document.notes if note.code == "table.second_columns"]
    assert dict(note.params) == {"taken": "实际完成值", "columns": "全年实际值"}


def test_the_order_of_the_columns_does_not_matter(write: Write) -> None:
    text = "三级指标,指标值,全年实际值,实际完成值\n人数,≥10人,12人,\n"
    (row,) = read_tables(write("a.csv", text)).projects[0].indicators
    assert [fault.params["found"] for fault in row.problems] == ["- | 12人"]


def test_what_may_well_differ_is_only_noted(write: Write) -> None:
    text = "三级指标,指标名称,指标值,得分,自评得分\n人数,培训的人数,≥10人,9,10\n"
    document = read_tables(write("a.csv", text))
    assert document.projects[0].indicators[0].problems == ()
    assert [note.code for note in document.notes] == ["table.second_columns"]
