"""What a converted table holds that few tables have. All tables are made up."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from kpieval import units
from kpieval.amounts import Amount
from kpieval.constraints import TargetError
from kpieval.errors import TargetSyntaxError
from kpieval.parsing import parse_target
from kpieval.readers import Document, read_tables
from kpieval.tables import EXECUTED, Indicator
from kpieval.writers.funds import in_wan
from kpieval.writers.office import office
from kpieval.writers.table import Table, written
from kpieval.writers.tabular import table_of
from kpieval.writers.written import target_text

FORM = """{name}项目资金（万元）,,年初预算数,全年预算数,全年执行数,分值,得分
,年度资金总额,90,100,95,10,9.5
一级指标,二级指标,三级指标,指标值,实际完成值,分值,得分
产出指标,数量指标,人数,≥1人,2人,90,90
总分,,,,,100,99.5
评价等级,优,,,,,
"""


def _read(tmp_path: Path, text: str) -> Document:
    path = tmp_path / "甲.csv"
    path.write_text(text, "utf-8")
    return read_tables(str(path))


def _rows(document: Document) -> list[dict[str, str]]:
    """The rows of its plain table, without blank cells."""
    made = table_of(document)
    return [
        {name: text for name, text in zip(made.headers, row, strict=True) if text}
        for row in made.rows
    ]


@pytest.mark.parametrize("name", ["项目名称,甲项目,,,,,\n", ""])
def test_spending_in_the_head_and_a_grade_are_rows(name: str, tmp_path: Path) -> None:
    rows = _rows(_read(tmp_path, FORM.format(name=name)))
    (spent,) = [row for row in rows if row.get("三级指标") == EXECUTED]
    assert [spent[key] for key in ("实际完成值", "分值", "得分")] == ["95万元", "10", "9.5"]
    assert [row["等级"] for row in rows if "等级" in row] == ["优"]
    owner = "甲项目" if name else "甲"
    assert {row["项目名称"] for row in rows} == {owner}


def test_spending_without_points(tmp_path: Path) -> None:
    text = (
        "项目名称,甲,,,\n项目资金（万元）,,年初预算数,全年预算数,全年执行数\n,年度资金总额,9,10,8\n"
    )
    rows = _rows(
        _read(
            tmp_path,
            f"{text}一级指标,二级指标,三级指标,指标值,实际完成值\n产出,数量,人数,≥1人,2人\n",
        )
    )
    assert [row["实际完成值"] for row in rows if row.get("三级指标") == EXECUTED] == ["8万元"]


def test_columns_of_one_name_are_numbered(tmp_path: Path) -> None:
    document = _read(tmp_path, "三级指标,指标值,备注,备注,备注\n人数,≥1人,a,b,c\n")
    (row,) = _rows(document)
    assert [row[name] for name in ("备注", "备注 2", "备注 3")] == ["a", "b", "c"]


def test_projects_that_stand_in_no_file(tmp_path: Path) -> None:
    """Rows made in Python have no place; what the file itself says is written all the same."""
    document = _read(tmp_path, "三级指标,指标值\n人数,≥1人\n")
    (project,) = document.projects
    placeless = evolve(
        project, indicators=tuple(evolve(row, place=None) for row in project.indicators)
    )
    assert [row["三级指标"] for row in _rows(evolve(document, projects=(placeless,)))] == ["人数"]


def test_a_target_is_written_so_that_it_reads_the_same() -> None:
    target = parse_target("≥600人")
    unreadable = Indicator("", "", "人数", "≥≥", target)
    assert target_text(unreadable, 2024) == "≥600人"
    refused = Indicator("", "", "人数", "≥≥", TargetError("≥≥", TargetSyntaxError("≥≥")))
    assert target_text(refused, 2024) == "≥≥"


def test_what_is_no_money_is_not_told_in_ten_thousands() -> None:
    assert in_wan(Amount(Fraction(5), units.parse_unit("人"))) == "5 人"


def test_a_form_that_there_is_not() -> None:
    with pytest.raises(ValueError, match="'pdf' is none of csv, tsv, md"):
        written(Table(("a",), ()), "pdf")


def test_a_module_of_ours_that_is_missing_is_no_missing_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "kpieval.writers.xlsx", None)
    with pytest.raises(ImportError) as caught:
        office("xlsx", [], "zh")
    assert caught.value.name == "kpieval.writers.xlsx"
