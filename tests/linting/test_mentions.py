"""Quantities, years and terms in running text."""

from __future__ import annotations

import datetime as dt

import pytest

from kpieval.linting import DEFAULTS, mentions
from kpieval.linting.pages import examples
from kpieval.linting.running import looked_at


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("村组干部230人", ["230人"]),
        ("建设3万平方米厂房，安装电梯2部", ["3万平方米", "2部"]),
        ("2024年12月30日前举办第8届交流会", []),
        ("60岁以上老人，500人以上会议，3家以内", []),
        ("每村3名网格员，人均200元，500元/人", []),
        ("建设5G基站，110千伏线路2条", ["110千伏", "2条"]),
        ("津财〔2022〕15号、[2021]3号", []),
        ("工期90天，7×24小时值守", []),
        ("达到95%以上，合格率98%", ["98%"]),
    ],
)
def test_the_quantities_of_a_text(text: str, wanted: list[str]) -> None:
    assert [found.text for found in mentions.quantities(text)] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2023年物业管理", [2023]),
        ("2020年物业管理", []),  # four years back: no copy of last year's table
        ("2025年物业管理", []),
        ("较2023年多一期，自2022年开展", []),
        ("2023年结转项目和2022年印发的办法，2021年培训", [2021]),
        ("2021-2025年规划，2022年至2023年建设期", []),
        ("津财〔2023〕15号，十四五规划，第2023次", []),
    ],
)
def test_the_years_of_an_older_table(text: str, wanted: list[int]) -> None:
    assert [year for year, _ in mentions.other_years(text, 2024)] == wanted


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ("项目 平台建设（2023-2025年）", ("2023-01-01", "2025-12-31")),
        ("用途 平台建设，实施期：2024年3月至2024年10月", ("2024-03-01", "2024-10-31")),
        ("目标 落实2021-2025年规划", None),
        ("项目 2024年平台建设", None),
    ],
)
def test_the_term_of_a_project(facts: str, wanted: tuple[str, str] | None) -> None:
    (table,) = examples(f"{facts}\n产出/数量 | 平台 | 1个")
    found = mentions.term(looked_at(table.project, DEFAULTS, []))
    if wanted is None:
        assert found is None
    else:
        assert found is not None and found.lower is not None and found.upper is not None
        days = (found.lower.value, found.upper.value)
        assert days == tuple(map(dt.date.fromisoformat, wanted))
