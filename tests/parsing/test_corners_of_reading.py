"""Texts that stand just outside of what can be read, and signs that do not fit what they stand by."""

from __future__ import annotations

import datetime as dt

import pytest

from kpieval.constraints import By
from kpieval.errors import ReadingError, VagueNumberError
from kpieval.parsing import parse_actual, parse_target
from kpieval.parsing.beginnings import ANY, beginnings


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0余人", "KP108"),
        ("三十二三人", "KP108"),
        ("十分之百百", "KP115"),
        ("十十分之三", "KP115"),
        ("5人/人·天", "KP109"),
        ("每户人均收入增长3%", "KP109"),
        ("增长户均3%", "KP101"),
        ("￥3人", "KP109"),
        ("￥3元/元", "KP109"),
        ("新台币3人/天", "KP109"),
    ],
)
def test_a_text_that_no_number_can_be_read_from(text: str, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_target(text)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        # One sign for all values binds them all; a kind of its own does not.
        ("不少于3人、5人、8人", "≥3人；≥5人；≥8人"),
        ("约3人、5人", "约3人；5人"),
        ("增长3%、5%", "增长3%；5%"),
        ("3-5人、6-8人、9-10人", "3人~5人；6人~8人；9人~10人"),
        ("不超过每人3元", "≤3元/人"),
        ("达到每人每年3元", "≥3元/(人*年)"),
        ("￥3/人", "3元/人"),
        ("￥3元/人", "3元/人"),
        ("新台币3亿元", "300000000新台币"),
        ("新台币3元/人", "3新台币/人"),
        ("每人3元/年", "3元/(人*年)"),
        ("3元/人/年", "3元/(人*年)"),
        # Without the first figures these would still be above the whole.
        ("2150%", "2150%"),
        ("1120%", "1120%"),
    ],
)
def test_a_text_that_says_no_more_than_it_says(text: str, canonical: str) -> None:
    assert parse_target(text).canonical == canonical


@pytest.mark.parametrize("divisor", ["人", "万人", "个（人）", "人·天"])
@pytest.mark.parametrize("sign", ["￥", "人民币"])
def test_a_currency_before_the_number_is_that_after_it(sign: str, divisor: str) -> None:
    after, before = parse_target(f"3元/{divisor}"), parse_target(f"{sign}3元/{divisor}")
    short = parse_target(f"{sign}3/{divisor}")
    assert after.constraint == before.constraint == short.constraint
    assert {note.code for note in after.notes} <= {note.code for note in short.notes}


SIGNS = ("=", "≤", "≥")


@pytest.mark.parametrize(
    ("text", "agreeing"),
    [
        ("2024年6月底前", "=≤"),
        ("2024年3月至5月", "="),
        ("是", "="),
        ("优", "=≥"),
        ("完成", "=≤≥"),
    ],
)
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_column_agrees_with_its_value_or_is_refused(
    text: str, agreeing: str, sign: str
) -> None:
    if sign in agreeing:
        assert parse_target(text, sign=sign).constraint == parse_target(text).constraint
        return
    with pytest.raises(ReadingError) as caught:
        parse_target(text, sign=sign)
    assert caught.value.code == "KP109"


def test_a_pattern_that_ignores_case_may_begin_with_anything() -> None:
    assert beginnings("(?i)a") is ANY


def test_a_pattern_of_what_it_is_not() -> None:
    found = beginnings("[^a]")
    assert found.holds("b") and not found.holds("a")


@pytest.mark.parametrize("text", ["(5三人)", "介于5三人和6人之间", "分别为5三人、4人"])
def test_a_numeral_beside_figures_is_a_vague_number(text: str) -> None:
    with pytest.raises(VagueNumberError) as caught:
        parse_target(text)
    assert caught.value.span == (text.index("三"), text.index("三") + 1)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("分别为3-5人、6-8人", "3人~5人；6人~8人"),
        ("分别为2024年3月底前、2024年5月底前", "2024年3月31日前；2024年5月31日前"),
        ("分别不低于3人、6人", "≥3人；≥6人"),
    ],
)
def test_values_of_two_names_keep_their_own_bounds(text: str, canonical: str) -> None:
    assert parse_target(text, name="甲村、乙村").canonical == canonical


@pytest.mark.parametrize("text", ["0余人", "零余人", "0.5余人", "3.5余公里"])
def test_some_more_than_no_whole_number_says_nothing(text: str) -> None:
    with pytest.raises(VagueNumberError):
        parse_actual(text)


@pytest.mark.parametrize("text", ["=2024年6月", "等于2024年6月", "=2024年6月30日", "2024年6月底前"])
def test_a_date_after_an_equals_sign_is_its_last_day(text: str) -> None:
    assert parse_target(text).constraint == By(dt.date(2024, 6, 30))


@pytest.mark.parametrize(
    ("text", "factor", "factors"),
    [
        ("≥3万人；≤2万元", 10_000, ()),
        ("≥3万人；≤2元", 1, (10_000, 1)),
        ("3-5万元", 10_000, ()),
    ],
)
def test_scales_are_told_one_by_one_only_where_they_differ(
    text: str, factor: int, factors: tuple[int, ...]
) -> None:
    target = parse_target(text)
    assert (target.factor, target.factors) == (factor, factors)
