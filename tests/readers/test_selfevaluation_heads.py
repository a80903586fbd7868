"""The head of the official form: the unit that carries a project out, and what became of goals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.readers import read_tables

Write = Callable[[str, "str | bytes"], Path]

TABLE = "绩效指标,一级指标,二级指标,三级指标,年度指标值\n,产出指标,数量指标,人数,≥1人\n"


@pytest.mark.parametrize(
    ("row", "department", "implementer"),
    [
        ("主管部门,市教育局,实施单位,一中,", "市教育局", "一中"),
        # Nothing between the two labels: the second is not the department's name.
        ("主管部门,,实施单位,一中,", "", "一中"),
        ("主管部门,市教育局,实施单位,,", "市教育局", ""),
        ("主管部门,,实施单位,,", "", ""),
        ("主管部门及代码,203001市教育局,项目实施单位,一中,", "市教育局", "一中"),
    ],
)
def test_the_unit_that_carries_it_out(
    write: Write, row: str, department: str, implementer: str
) -> None:
    document = read_tables(write("a.csv", f"项目名称,甲,,,\n{row}\n{TABLE}"))
    (project,) = document.projects
    assert (project.department, project.implementer) == (department, implementer)
    assert not [note for note in project.notes if note.code == "table.head_unread"]
    # What stands beside all rows of the form is no column that somebody has to look at.
    assert not [note for note in document.notes if note.code == "table.unknown_columns"]


@pytest.mark.parametrize(
    ("goal", "outcome"), [("修三栋", "已修三栋"), ("", "已修三栋"), ("修三栋", ""), ("", "")]
)
def test_what_became_of_the_goals(write: Write, goal: str, outcome: str) -> None:
    goals = f"年度总体目标,预期目标,,实际完成情况,\n,{goal},,{outcome},\n"
    (project,) = read_tables(write("a.csv", f"项目名称,甲,,,\n{goals}{TABLE}")).projects
    assert (project.goals, project.outcome) == (goal, outcome)
    assert not [note for note in project.notes if note.code == "table.head_unread"]


def test_sign_and_unit_stay_beside_the_target(write: Write) -> None:
    path = write("a.csv", "三级指标,计算符号,指标值,度量单位\n人数,≥,600,人\n")
    (row,) = read_tables(path).projects[0].indicators
    assert (row.sign, row.text, row.unit) == ("≥", "600", "人")


def test_the_tables_are_told_with_their_columns(write: Write) -> None:
    (table,) = read_tables(write("a.csv", "三级指标,目标值,佐证\n人数,≥1人,照片\n合计,,\n")).tables
    assert [(name, role and role.value) for name, role in table.columns] == [
        *(("三级指标", "indicator"), ("目标值", "target"), ("佐证", None)),
    ]
    assert table.rows == 1
    assert str(table.place).endswith("a.csv:1")
