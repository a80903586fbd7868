"""Units in the brackets of a header, from the file to the verdict. All tables are made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpieval.readers import read_tables
from kpieval.readers.columns import Role
from kpieval.readers.document import Document
from kpieval.writers.table import written
from kpieval.writers.tabular import table_of


def _read(tmp_path: Path, *rows: str) -> Document:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return read_tables(str(path))


def _target(document: Document, row: int = 0) -> str:
    target = document.projects[0].indicators[row].target
    return getattr(target, "canonical", "") or str(target)


def _codes(document: Document, row: int = 0) -> set[str]:
    return {note.code for note in document.projects[0].indicators[row].notes}


@pytest.mark.parametrize(
    ("header", "cell", "value"),
    [
        ("实际完成值（元）", "26500", "26500元"),
        ("实际完成值(元)", "26,500", "26,500元"),
        ("实际完成值（万元）", "2.65", "2.65万元"),
        ("实际完成值（万元）", "2.65万", "2.65万元"),
        ("实际完成值（单位：万元）", "约2.65", "约2.65万元"),
        ("实际完成值（元）", "2.65万元", "2.65万元"),
        ("实际完成值（元）", "已完成", "已完成"),
        ("实际完成值（元）", "2024年6月", "2024年6月"),
        ("实际完成值（B）", "26500", "26500"),
        ("实际完成值（全年）", "26500", "26500"),
    ],
)
def test_an_actual_takes_the_unit_of_its_header(
    header: str, cell: str, value: str, tmp_path: Path
) -> None:
    quoted = f'"{cell}"'
    document = _read(tmp_path, f"三级指标,指标值,{header}", f"发放资金,≤2.7万元,{quoted}")
    assert [entry.value for entry in document.actuals.entries] == [value]
    assert ("table.header_unit" in _codes(document)) == (value != cell)


@pytest.mark.parametrize(
    ("header", "cell", "canonical"),
    [
        ("指标值（万元）", "≤2.7", "≤27000元"),
        ("指标值（%）", "≥90", "≥90%"),
        ("指标值（％）", "80-90", "80%~90%"),
        ("指标值（%）", "好", "好"),
        ("指标值（万元）", "≥90%", "≥90%"),
        ("指标值（A）", "≥90", "≥90"),
    ],
)
def test_a_target_takes_the_unit_of_its_header(
    header: str, cell: str, canonical: str, tmp_path: Path
) -> None:
    document = _read(tmp_path, f"三级指标,{header}", f"发放,{cell}")
    assert _target(document) == canonical


def test_a_unit_of_its_own_wins_and_is_noted(tmp_path: Path) -> None:
    document = _read(
        tmp_path,
        "三级指标,指标值（%）,度量单位,实际完成值（%）",
        "合格率,≥90,,95%",
        "资金,≤2.7万元,,26500元",
        "人数,≥10,人,",
    )
    assert _codes(document, 0) == {"table.header_unit"}
    assert _codes(document, 1) == _codes(document, 2) == {"table.header_unit_differs"}
    assert [_target(document, row) for row in (1, 2)] == ["≤27000元", "≥10人"]
    assert [entry.value for entry in document.actuals.entries] == ["95%", "26500元"]


@pytest.mark.parametrize("cell", ["12/15", "3/4"])
def test_a_number_that_cannot_take_the_unit_is_a_problem(cell: str, tmp_path: Path) -> None:
    document = _read(tmp_path, "三级指标,指标值,实际完成值（%）", f"合格率,≥90%,{cell}")
    (problem,) = document.projects[0].indicators[0].problems
    assert (problem.code, problem.params["reason"]) == ("KP308", "header_unit")
    assert document.actuals.entries == ()


def test_other_words_in_brackets_are_noted_once(tmp_path: Path) -> None:
    document = _read(tmp_path, "三级指标,指标值（参考）,实际完成值（B）", "合格率,≥90%,95%")
    notes = [note for note in document.notes if note.code == "table.header_bracket"]
    assert [dict(note.params)["text"] for note in notes] == ["参考"]


@pytest.mark.parametrize("role", [Role.PREVIOUS, Role.SO_FAR])
def test_earlier_values_take_the_unit_too(role: Role, tmp_path: Path) -> None:
    header = {Role.PREVIOUS: "上年实际值", Role.SO_FAR: "半年度完成值"}[role]
    document = _read(tmp_path, f"三级指标,指标值,{header}（万元）", "资金,≤2.7万元,2")
    (entry,) = document.actuals.entries
    assert {Role.PREVIOUS: entry.previous, Role.SO_FAR: entry.so_far}[role] == "2万元"


def test_a_converted_table_keeps_the_units(tmp_path: Path) -> None:
    document = _read(tmp_path, "三级指标,指标值（万元）,实际完成值（元）", "资金,≤2.7,26500")
    again = tmp_path / "b.csv"
    text = written(table_of(document), "csv")
    again.write_bytes(text.encode() if isinstance(text, str) else text)
    converted = read_tables(str(again))
    assert _target(converted) == _target(document) == "≤27000元"
    assert [entry.value for entry in converted.actuals.entries] == ["26500元"]


@pytest.mark.parametrize(
    ("header", "cells", "target", "actual"),
    [
        # What cannot be read stays as it is, for its own error to tell.
        ("指标值（%）,实际完成值（%）", "≥≥9x,～～", "≥≥9x", "～～"),
        ("指标值（%）,实际完成值（%）", "提高3,提高5", "提高3", "提高5%"),
        ("指标值（%）,度量单位,实际完成值", "≥90,%,95%", "≥90", "95%"),
    ],
)
def test_what_takes_no_unit_and_what_is_a_change(
    header: str, cells: str, target: str, actual: str, tmp_path: Path
) -> None:
    document = _read(tmp_path, f"三级指标,{header}", f"合格率,{cells}")
    assert document.projects[0].indicators[0].text == target
    assert [entry.value for entry in document.actuals.entries] == [actual]
    assert "table.header_unit_differs" not in _codes(document)
