"""The same rows give the same projects, whatever the format they come in."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pytest
from attrs import evolve

from kpieval.constraints import Statement, Target, TargetError
from kpieval.readers import read, read_actuals
from kpieval.tables import Indicator, Project

openpyxl = pytest.importorskip("openpyxl")

HEADER = ["项目名称", "主管部门", "年度", "预算数(万元)", "一级指标", "二级指标", "三级指标"]
HEADER += ["计算符号", "指标值", "度量单位", "指标方向性", "分值", "实际完成值"]
CHOICES = [
    ["甲", "乙项目"],
    ["", "教育局"],
    ["2023", "2024", "", "x"],
    ["", "95.50", "1,200"],
    ["产出指标", "效益指标", ""],
    ["数量指标", ""],
    ["a", "b", "全年执行数", "小计", ""],
    ["", "≥", "定性"],
    ["90", "≥90%", "坏", "", "=100%", "a\nb", 'x"y', "a,b"],
    ["", "%", "/"],
    ["", "正向", "?"],
    ["", "10", "22.5", "十"],
    ["", "95%", "无"],
]


@pytest.mark.parametrize("seed", range(30))
def test_formats_agree(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    rows = [[chance.choice(choices) for choices in CHOICES] for _ in range(chance.randint(1, 12))]
    rows.append(["甲", "", "", "", "产出指标", "数量指标", "c", "", "1", "", "", "", ""])
    makers = (_csv, _json, _toml, _xlsx)
    paths = [make(rows, tmp_path) for make in makers]
    first, *others = [[_placeless(p) for p in read(path, fill_down=False)] for path in paths]
    assert all(other == first for other in others)
    values = [[(e.name, e.value, e.project) for e in read_actuals(p).entries] for p in paths[:3]]
    assert values[0] == values[1] == values[2]


def _placeless(project: Project) -> tuple[Project, list[object]]:
    faults: list[object] = [fault.params["found"] for fault in project.problems]
    faults += [fault.params["found"] for row in project.indicators for fault in row.problems]
    rows = tuple(
        evolve(
            row,
            place=None,
            target=_target(row),
            notes=tuple(note for note in row.notes if _rowless(note)),
        )
        for row in project.indicators
    )
    notes = tuple(note for note in project.notes if _rowless(note))
    return evolve(project, place=None, indicators=rows, notes=notes), faults


def _target(row: Indicator) -> Target:
    """The target, an error as its code: the sentence of an error is another test's matter."""
    if isinstance(row.target, TargetError):
        return Target(row.target.source, Statement(row.target.error.code), "")
    return row.target


def _rowless(note: object) -> bool:
    return "row" not in str(getattr(note, "params", ""))


def _csv(rows: list[list[str]], folder: Path) -> Path:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER, *rows])
    path = folder / "t.csv"
    path.write_bytes(text.getvalue().encode())
    return path


def _json(rows: list[list[str]], folder: Path) -> Path:
    path = folder / "t.json"
    objects = [dict(zip(HEADER, row, strict=True)) for row in rows]
    path.write_text(json.dumps(objects, ensure_ascii=False), "utf-8")
    return path


def _toml(rows: list[list[str]], folder: Path) -> Path:
    path = folder / "t.toml"
    tables = [
        "[[indicator]]\n"
        + "".join(
            f'"{name}" = {json.dumps(text, ensure_ascii=False)}\n'
            for name, text in zip(HEADER, row, strict=True)
        )
        for row in rows
    ]
    path.write_text("\n".join(tables), "utf-8")
    return path


def _xlsx(rows: list[list[str]], folder: Path) -> Path:
    book = openpyxl.Workbook()
    for number, row in enumerate([HEADER, *rows], start=1):
        for place, text in enumerate(row, start=1):
            cell = book.active.cell(number, place)
            cell.value = text or None
            if text:
                cell.data_type = "s"
    path = folder / "t.xlsx"
    book.save(path)
    return path
