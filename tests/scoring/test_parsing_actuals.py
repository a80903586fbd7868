"""Reading one actual, with its target in mind."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from scored import YEAR, codes

from kpieval.actuals import (
    Actual,
    Answered,
    Attained,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Stated,
)
from kpieval.constraints import Direction
from kpieval.errors import ReadingError
from kpieval.intervals import Bound, Interval
from kpieval.parsing import parse_actual, parse_target
from kpieval.units import NO_UNIT, parse_unit


def read(text: str, target: str | None = None) -> Actual:
    like = None if target is None else parse_target(target, year=YEAR)
    return parse_actual(text, like=like, year=YEAR)


def exactly(number: str, unit: str, factor: int = 1) -> Measured:
    made = parse_unit(unit)
    return Measured(Interval.point(Fraction(number) * made.scale), made, factor=factor)


@pytest.mark.parametrize(
    "text", ["", " ", "　", "无", "/", "-", "—", "——", "//", "暂无", "N/A", " 无。"]
)
def test_nothing_is_missing_and_never_zero(text: str) -> None:
    for target in (None, "≥5人", "≤5人", "=0起"):
        assert read(text, target).reading == Missing("blank")


@pytest.mark.parametrize("text", ["0", "0人", "零人"])
def test_zero_is_a_number(text: str) -> None:
    reading = read(text, "≤5人").reading
    assert isinstance(reading, Measured)
    assert reading.interval == Interval.point(Fraction(0))


def test_a_bare_number_takes_the_unit_of_the_target_and_says_so() -> None:
    actual = read("12", "≥10人")
    assert actual.reading == exactly("12", "人")
    assert "unit.from_target" in codes(actual.notes)


def test_a_bare_number_takes_the_scale_of_the_target_too() -> None:
    assert read("2.6", "≤2.7万元").reading == exactly("26000", "元")
    assert read("2.6万", "≤2.7万元").reading == exactly("26000", "元")
    assert read("26000元", "≤2.7万元").reading == exactly("26000", "元")


def test_a_scale_is_kept_for_a_target_that_may_be_meant_in_it() -> None:
    assert read("5万元", "≥4").reading == exactly("50000", "元", 10000)
    assert read("5万元", "≥10000").reading == exactly("50000", "元")
    assert read("5元", "≥4").reading == exactly("5", "元")


def test_no_scale_is_taken_from_a_target_that_has_two() -> None:
    reading = read("6000", "5000元-1万元").reading
    assert isinstance(reading, Measured)
    assert reading.interval == Interval.point(Fraction(6000))


def test_a_bare_number_without_a_target_stays_bare() -> None:
    actual = read("132.9")
    assert actual.reading == Measured(Interval.point(Fraction("132.9")), NO_UNIT)
    assert actual.notes == ()


@pytest.mark.parametrize("text", ["0.953", "0", "1", "1.0", "1.00", "0.5", " 0.953 "])
def test_a_number_up_to_one_against_a_percentage_stays_bare(text: str) -> None:
    reading = read(text, "≥90%").reading
    assert isinstance(reading, Measured)
    assert reading.unit == NO_UNIT


@pytest.mark.parametrize(
    ("text", "target"), [("1.01", "≥90%"), ("95.3", "≥90%"), ("0.4", "≤0.5%"), ("0.953", "≥0.9人")]
)
def test_other_bare_numbers_take_the_unit(text: str, target: str) -> None:
    assert "unit.from_target" in codes(read(text, target).notes)


@pytest.mark.parametrize("text", ["约0.95", "0.95左右", "0.95-0.97", "≥0.95"])
def test_a_share_in_other_words_is_not_taken_for_a_percentage(text: str) -> None:
    reading = read(text, "≥90%").reading
    assert isinstance(reading, Measured)
    assert reading.unit == NO_UNIT


@pytest.mark.parametrize(
    ("text", "lower", "upper"),
    [
        ("≥266米", Bound(Fraction(266)), None),
        ("超过266米", Bound(Fraction(266), False), None),
        ("不足266米", None, Bound(Fraction(266), False)),
        ("200余米", Bound(Fraction(200)), Bound(Fraction(300), False)),
        ("120余米", Bound(Fraction(120)), Bound(Fraction(130), False)),
        ("3-5米", Bound(Fraction(3)), Bound(Fraction(5))),
    ],
)
def test_what_is_known_only_within_bounds(
    text: str, lower: Bound[Fraction] | None, upper: Bound[Fraction] | None
) -> None:
    reading = read(text).reading
    assert isinstance(reading, Measured)
    assert reading.interval == Interval(lower, upper)


def test_about_is_kept_until_a_policy_says_how_near() -> None:
    reading = read("约200人").reading
    assert isinstance(reading, Measured)
    assert reading.about
    assert reading.interval == Interval.point(Fraction(200))


@pytest.mark.parametrize(
    ("word", "attained"),
    [
        ("达成", Attained.FULLY),
        ("达成预期指标", Attained.FULLY),
        ("达成年度指标", Attained.FULLY),
        ("达成。", Attained.FULLY),
        ("部分达成", Attained.PARTLY),
        ("基本达到", Attained.PARTLY),
        ("未达成", Attained.NOT),
        ("未完成", Attained.NOT),
    ],
)
@pytest.mark.parametrize("target", [None, "≥90%", "效果明显", "12月底前"])
def test_stated_words(word: str, attained: Attained, target: str | None) -> None:
    reading = read(word, target).reading
    assert isinstance(reading, Stated)
    assert reading.attained is attained


@pytest.mark.parametrize("word", ["完成", "已完成", "已完工"])
def test_done_is_not_attained(word: str) -> None:
    assert read(word, "≥90%").reading == Stated(word, None, done=True)


def test_the_own_words_of_the_target() -> None:
    statement = read("应保尽保", "应保尽保")
    assert statement.reading == Stated("应保尽保", Attained.FULLY)
    level = read("优", "优")
    assert isinstance(level.reading, Graded) and level.reading.level == "优"
    for actual in (statement, level):
        assert codes(actual.notes) == ["actual.repeats_target"]


def test_levels_answers_and_prose() -> None:
    assert isinstance(read("良", "优").reading, Graded)
    assert read("是", "是").reading == Answered(True)
    assert read("没有", "是").reading == Answered(False)
    assert read("成效较好，群众反映良好", "应保尽保").reading == Stated("成效较好，群众反映良好")
    assert read("工作取得新进展", "≥90%").reading == Stated("工作取得新进展")


def test_prose_with_figures_is_kept_only_where_prose_was_asked_for() -> None:
    text = "abc12#"
    assert read(text, "效果明显改善").reading == Stated(text)
    with pytest.raises(ReadingError):
        read(text, "≥90%")


def test_a_month_is_a_period_and_a_day_a_point() -> None:
    assert read("10月", "12月底前").reading == Dated(
        Interval(Bound(dt.date(2024, 10, 1)), Bound(dt.date(2024, 10, 31)))
    )
    assert read("2024年3月5日", "12月底前").reading == Dated(Interval.point(dt.date(2024, 3, 5)))
    assert read("3月5日", "12月底前").reading == Dated(Interval.point(dt.date(2024, 3, 5)))


@pytest.mark.parametrize(
    ("text", "way", "size"),
    [
        ("增长6%", Direction.INCREASE, "6"),
        ("同比下降6%", Direction.DECREASE, "6"),
        ("+6%", Direction.INCREASE, "6"),
        ("-6%", Direction.DECREASE, "6"),
    ],
)
def test_a_word_or_a_sign_says_which_way(text: str, way: Direction, size: str) -> None:
    reading = read(text, "同比增长≥5%").reading
    assert isinstance(reading, Changed)
    assert reading.direction is way
    assert reading.size == exactly(size, "%")


def test_a_sign_is_a_sign_where_no_change_was_asked_for() -> None:
    assert read("-6%", "≥-2%").reading == exactly("-6", "%")


def test_a_change_without_direction_stays_a_measure() -> None:
    assert read("6%", "同比增长≥5%").reading == exactly("6", "%")


def test_several_parts() -> None:
    reading = read("3次；200人", "≥3次；≥200人").reading
    assert reading == Every((exactly("3", "次"), exactly("200", "人")))


def test_a_part_may_be_rough_too() -> None:
    assert isinstance(read("3次；200余人", "≥3次；≥200人").reading, Every)


def test_the_text_is_kept_as_written() -> None:
    assert read(" ９５％ ", "≥90%").source == " ９５％ "
