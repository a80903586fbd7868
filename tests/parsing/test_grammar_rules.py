"""The rules of numbers, comparators, dates and cells, one by one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpieval.constraints import AllOf, AtLeast, AtMost, Bare, Between, Change, Direction, Equal
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target


def bare(text: str) -> tuple[Fraction, str]:
    constraint = parse_target(text).constraint
    assert isinstance(constraint, Bare), text
    return constraint.value.value, constraint.value.unit.name


def code(text: str) -> str:
    with pytest.raises(ReadingError) as caught:
        parse_target(text, year=2024)
    return caught.value.code


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("3次", 3, "次"),
        ("2.7万元", 27_000, "元"),
        ("3百万元", 3_000_000, "元"),
        ("1.2亿元", 120_000_000, "元"),
        ("三分之二", Fraction(2, 3), ""),
        ("2/3", Fraction(2, 3), ""),
        ("半年", Fraction(1, 2), "年"),
        ("九成", 9, "成"),
        ("百分之九十五", 95, "%"),
        ("千分之三", 3, "‰"),
        ("万分之三", 3, "万分率"),
        ("十万分之3", 3, "十万分率"),
        ("3/10万", 3, "十万分率"),
        ("￥3万", 30_000, "元"),
        ("$3", 3, "美元"),
        ("€3", 3, "欧元"),
        ("£3", 3, "英镑"),
        ("31:69", Fraction(31, 69), "比"),
        ("20个床位", 20, "个"),
        ("3台（套）", 3, "台"),
        ("每人每天400元", 400, "元/(人*天)"),
        ("人均4本", 4, "本/人"),
        ("400元/人·天", 400, "元/(人*天)"),
        ("400元每人每天", 400, "元/(人*天)"),
        ("3人天", 3, "人*天"),
        ("-2%", -2, "%"),
    ],
)
def test_amounts(text: str, value: Fraction, unit: str) -> None:
    assert bare(text) == (value, unit)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("近百人", "KP108"),
        ("1万2", "KP108"),
        ("3兆", "KP116"),
        ("5:3:2", "KP113"),
        ("$3元", "KP102"),
        ("￥3美元", "KP109"),
        ("3个至5人", "KP109"),
        ("100克±5%", "KP109"),
        ("5-10个以内", "KP109"),
        ("5-3个", "KP110"),
        ("90%或95%", "KP111"),
        ("次日", "KP112"),
        ("≥90%左右", "KP109"),
    ],
)
def test_spellings_that_are_errors_of_their_own(text: str, found: str) -> None:
    assert code(text) == found


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("3-5个", (3, 5)),
        ("100±5克", (95, 105)),
        ("100克±5", (95, 105)),
        ("±3%以内", (-3, 3)),
        ("-3~5%", (-3, 5)),
        ("介于3至5次之间", (3, 5)),
        ("10-15万元", (100_000, 150_000)),
        ("7-15个工作日内", (7, 15)),
        ("控制在5%-10%", (5, 10)),
    ],
)
def test_ranges(text: str, ends: tuple[int, int]) -> None:
    constraint = parse_target(text).constraint
    assert isinstance(constraint, Between)
    assert (constraint.lower.value, constraint.upper.value) == tuple(map(Fraction, ends))
    assert constraint.lower_closed and constraint.upper_closed


@pytest.mark.parametrize(
    ("text", "direction", "basis"),
    [
        ("增长5%", Direction.INCREASE, None),
        ("同比增长5%", Direction.INCREASE, "previous_year"),
        ("较上年下降5%", Direction.DECREASE, "previous_year"),
        ("环比下降5%", Direction.DECREASE, "previous_period"),
        ("年均增长5%", Direction.INCREASE, "annual_average"),
        ("较2020年下降5%", Direction.DECREASE, "2020"),
    ],
)
def test_changes(text: str, direction: Direction, basis: str | None) -> None:
    constraint = parse_target(text).constraint
    assert isinstance(constraint, Change)
    assert (constraint.direction, constraint.basis) == (direction, basis)


@pytest.mark.parametrize(
    ("text", "kind"),
    [("由35%提高到40%", AtLeast), ("从35%降到30%", AtMost), ("由2023年的35%提高到40%", AtLeast)],
)
def test_a_base_is_noted_and_not_compared(text: str, kind: type) -> None:
    target = parse_target(text)
    assert isinstance(target.constraint, kind)
    (note,) = target.notes
    assert note.code == "level.base"
    assert "35" in note.message("zh")


@pytest.mark.parametrize("text", ["零控制", "为零", "零发生", "杜绝", "无安全事故发生"])
def test_zero_in_words(text: str) -> None:
    target = parse_target(text)
    assert isinstance(target.constraint, Equal)
    assert target.constraint.value.value == 0
    assert "zero.words" in [note.code for note in target.notes]


def test_a_remainder_may_follow_each_part() -> None:
    target = parse_target("培训3次；发放手册200本，群众认可")
    assert isinstance(target.constraint, AllOf)
    assert len(target.constraint.parts) == 2


@pytest.mark.parametrize("text", ["(≥90%)", "（≥90%）", "（ ≥90% ）"])
def test_brackets_around_a_whole_item(text: str) -> None:
    assert parse_target(text).constraint == parse_target("≥90%").constraint


@pytest.mark.parametrize("text", ["(90%", "90%)", "((90%))", "≥(90%)"])
def test_other_brackets(text: str) -> None:
    assert code(text) == "KP101"
