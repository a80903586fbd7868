"""Canonical text: one spelling for each constraint."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from kpieval import rendering
from kpieval.amounts import Amount
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Change,
    Constraint,
    Direction,
    During,
    Equal,
    LessThan,
    Level,
    MoreThan,
    NotBefore,
    Statement,
    YesNo,
)
from kpieval.parsing import parse_target
from kpieval.units import parse_unit


def of(number: str | Fraction, unit: str = "") -> Amount:
    value = Decimal(number) if isinstance(number, str) else number
    return Amount(value, parse_unit(unit))


DAY = dt.date(2024, 12, 31)
NINETY = of("90", "%")

SPELLED: list[tuple[Constraint, str]] = [
    (AtLeast(NINETY), "≥90%"),
    (MoreThan(NINETY), ">90%"),
    (AtMost(of("27000", "元")), "≤27000元"),
    (LessThan(NINETY), "<90%"),
    (Equal(of("0", "次")), "=0次"),
    (Bare(NINETY), "90%"),
    (About(of("200", "人")), "约200人"),
    (Between(of("80", "%"), NINETY), "80%~90%"),
    (Between(of("80", "%"), NINETY, False, True), ">80%且≤90%"),
    (Between(of("80", "%"), NINETY, True, False), "≥80%且<90%"),
    (Between(of("80", "%"), NINETY, False, False), ">80%且<90%"),
    (By(DAY), "2024年12月31日前"),
    (By(DAY, dt.date(2024, 12, 1)), "2024年12月前"),
    (By(DAY, dt.date(2024, 10, 1)), "2024年第四季度前"),
    (By(DAY, dt.date(2024, 7, 1)), "2024年下半年前"),
    (By(DAY, dt.date(2024, 1, 1)), "2024年前"),
    (NotBefore(dt.date(2025, 1, 1)), "2025年1月1日起"),
    (During(dt.date(2024, 1, 1), DAY), "2024年1月1日至2024年12月31日"),
    (Change(Direction.INCREASE, "previous_year", AtLeast(of("5", "%"))), "同比增长≥5%"),
    (Change(Direction.DECREASE, None, Bare(of("5", "%"))), "下降5%"),
    (Change(Direction.DECREASE, "2020", Bare(of("18", "%"))), "比2020年下降18%"),
    (Change(Direction.INCREASE, "annual_average", Bare(of("5", "%"))), "年均增长5%"),
    (Level("优", ("优", "良", "中", "差")), "优"),
    (YesNo(True), "是"),
    (YesNo(False), "否"),
    (Statement("有效提升"), "有效提升"),
    (AllOf((AtLeast(of("3", "次")), AtLeast(of("200", "人")))), "≥3次；≥200人"),
]


@pytest.mark.parametrize(("constraint", "text"), SPELLED, ids=[text for _, text in SPELLED])
def test_each_constraint_has_its_spelling_and_is_read_back(
    constraint: Constraint, text: str
) -> None:
    assert rendering.canonical(constraint) == text
    assert parse_target(text).constraint == constraint


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (of("2.70", "元"), "2.7元"),
        (of(Fraction(2, 3), "人"), "2/3人"),
        (of("500", "元/(人*天)"), "500元/(人*天)"),
        (of("3", "月"), "3个月"),
        (of("3", "年"), "3个年度"),
        (of("3", "季度"), "3个季度"),
        (of("1.95", "比"), "1.95:1"),
        (of(Fraction(31, 69), "比"), "31:69"),
        (of("-2", "%"), "-2%"),
        (of("1E+3", "个"), "1000个"),
        (of("30", "工作日"), "30工作日"),
        (of("7"), "7"),
    ],
)
def test_amounts(amount: Amount, text: str) -> None:
    assert rendering.amount(amount) == text
    assert parse_target(text).constraint == Bare(amount)


def test_a_day() -> None:
    assert rendering.day(dt.date(2024, 2, 9)) == "2024年2月9日"
