"""What the published tables of 2024 hold: dates, levels and words that an auditor would mend."""

from __future__ import annotations

import pytest

from kpieval import read
from kpieval.demo import targets_file
from kpieval.linting import LintConfig, lint_tables

CODES = ("L18", "L19", "L20", "L21", "L22", "L23", "L24", "L26", "L33", "L34", "L50")
ROWS = {
    ("L24", "改善补助对象生活"): "",
    ("L20", "资金保障时限"): "",
    ("L22", "媒体宣传报道次数"): "",
    ("L23", "服务对象满意度"): "",
    ("L24", "非公有制经济人士工作法制化水平"): "",
    ("L21", "有效问卷数量"): "",
    ("L19", "报告完成时间"): "2024年12月底之前",
    ("L24", "营商环境改善"): "",
}


def test_the_rows_that_are_found_and_no_others() -> None:
    projects = read(targets_file(), year=2024)
    found = lint_tables(projects, config=LintConfig(select=CODES))
    assert {(each.code, each.indicator): each.paste for each in found} == ROWS
    assert len(found) == len(ROWS)


@pytest.mark.parametrize("code", ["L24", "L26", "L27"])
def test_a_row_gets_one_message_of_the_family(code: str) -> None:
    projects = read(targets_file(), year=2024)
    prose = {row.name for p in projects for row in p.indicators if "改善" in row.text}
    alone = lint_tables(projects, config=LintConfig(select=(code,)))
    assert prose <= {each.indicator for each in alone}
    together = lint_tables(projects, config=LintConfig(select=("L24", "L26", "L27")))
    rows = [each.indicator for each in together if each.indicator]
    assert sorted(rows) == sorted(set(rows))


def test_each_table_is_told_once_that_its_descriptions_repeat_the_names() -> None:
    projects = read(targets_file(), year=2024)
    found = lint_tables(projects, config=LintConfig(select=("L27",)))
    assert [each.project for each in found if not each.indicator] == [p.name for p in projects]
