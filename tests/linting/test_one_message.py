"""One cell, one diagnosis: rules that look at the same fault do not all speak."""

from __future__ import annotations

import pytest

from kpieval.amounts import Amount, money
from kpieval.constraints import Target, TargetError
from kpieval.demo import targets_file
from kpieval.errors import ReadingError
from kpieval.findings import Severity
from kpieval.linting import Finding, LintConfig, lint_tables
from kpieval.parsing import parse_target
from kpieval.readers import read
from kpieval.tables import Indicator, Project

UNREAD = ("L00", "L09", "L11", "L14", "L45")
MONEY = ("L05", "L06", "L07", "L36", "L38", "L47")


def target(text: str) -> Target | TargetError:
    try:
        return parse_target(text, year=2024)
    except ReadingError as error:
        return TargetError(text, error)


def row(name: str, text: str, level1: str = "产出指标", level2: str = "质量指标") -> Indicator:
    return Indicator(level1, level2, name, text, target(text))


def found(
    rows: list[Indicator], codes: tuple[str, ...], budget: Amount | None = None
) -> tuple[Finding, ...]:
    project = Project("项目", tuple(rows), year=2024, budget=budget)
    return lint_tables([project], config=LintConfig(select=codes))


@pytest.mark.parametrize(
    ("text", "code", "paste"),
    [
        ("", "L09", ""),
        ("≥**人次", "L09", ""),
        ("≥待定", "L09", ""),
        ("≥/", "L09", ""),
        ("%", "L09", ""),
        ("≥5-6*", "L11", "5-6"),
        ("*≥5人", "L11", "≥5人"),
        ("≥5_人", "L11", "≥5人"),
        ("5 6人", "L11", ""),
        ("5－－6人", "L11", ""),
        ("≥5外星币", "L00.unit", ""),
        ("几十人", "L00.vague", ""),
        ("≥90%以下", "L00.contradiction", ""),
        ("2024年2月30日前", "L00.contradiction", ""),
        ("M.8万元", "L00", ""),
        ("292%", "L14", "≥92%"),
        ("工5%", "L45", "≥5%"),
        ("二100百分比", "L45", "≥100%"),
    ],
)
def test_a_cell_gets_the_one_diagnosis_that_fits(text: str, code: str, paste: str) -> None:
    findings = found([row("合格率", text), row("抽检次数", "≥3次")], UNREAD)
    assert [(each.note.code, each.paste) for each in findings] == [(code, paste)]


@pytest.mark.parametrize("text", ["≥5外星币", "≥5_人", "*≥5人"])
def test_the_place_of_the_fault_is_marked(text: str) -> None:
    (finding,) = found([row("人数", text)], UNREAD)
    assert finding.span is not None
    start, end = finding.span
    assert text[start:end] in ("外星币", "_", "*")


def test_a_long_cell_is_told_in_short() -> None:
    (finding,) = found([row("人数", "x" * 3000)], UNREAD)
    assert len(finding.message()) < 200


def test_what_cannot_be_read_is_an_error_and_what_can_is_a_note() -> None:
    findings = found([row("认知度", "250%"), row("收入", "工5%")], ("L45",))
    assert [each.severity for each in findings] == [Severity.NOTE, Severity.ERROR]


def test_a_blank_template_is_told_once() -> None:
    findings = found([row("人次", "≥**人次"), row("合格率", "≥**%"), row("费用", "")], UNREAD)
    assert [each.note.code for each in findings] == ["L09.template"]
    assert "3" in findings[0].message()


@pytest.mark.parametrize(
    ("text", "codes"),
    [("≤300000万元", ["L38"]), ("≤30元", ["L38"]), ("≤35万元", ["L06"]), ("≤30万元", ["L47"])],
)
def test_a_total_cost_gets_one_message(text: str, codes: list[str]) -> None:
    cost = row("项目总成本", text, "成本指标", "经济成本指标")
    assert [each.code for each in found([cost], MONEY, money(300000))] == codes


def test_the_money_of_the_published_tables() -> None:
    projects = read(targets_file(), year=2024)
    config = LintConfig(select=(*MONEY, "L08"))
    findings = [lint_tables([project], config=config) for project in projects]
    assert [[each.note.code for each in of] for of in findings] == [
        ["L47"],
        [],
        ["L07"],
        ["L08.missing", "L47"],
        ["L47"],
    ]
