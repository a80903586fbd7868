"""Numerals: exact or refused."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval.parsing import numerals

FIGURES = "零一二三四五六七八九"


def spoken(number: int) -> str:
    """The Chinese numeral of a number below ten thousand, written out by the school rule."""
    if number == 0:
        return "零"
    said, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        figure = number // place % 10
        if figure:
            said += ("零" if gap and said else "") + FIGURES[figure] + name
            gap = False
        else:
            gap = True
    return said


def test_every_numeral_below_ten_thousand() -> None:
    for number in range(10_000):
        assert numerals.chinese(spoken(number)) == number, spoken(number)


def test_a_leading_one_before_ten_may_be_left_out() -> None:
    for number in range(10, 20):
        assert numerals.chinese(spoken(number).removeprefix("一")) == number


@few(10000)
@given(st.integers(1, 9999), st.integers(1000, 9999))
def test_ten_thousands(high: int, low: int) -> None:
    if high % 10 == 0:
        return  # 一十万 and the like are said in several ways
    assert numerals.chinese(f"{spoken(high)}万") == high * 10**4
    assert numerals.chinese(f"{spoken(high)}万{spoken(low)}") == high * 10**4 + low
    assert numerals.chinese(f"{spoken(high)}亿") == high * 10**8


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("两", 2),
        ("两千零五", 2005),
        ("两万", 20_000),
        ("十二亿三千万", 1_230_000_000),
        ("一万零五百", 10_500),
        ("一千万", 10_000_000),
        ("一百二十万三千", 1_203_000),
        ("三万亿", 3 * 10**12),
        ("零", 0),
    ],
)
def test_numerals_of_tables(text: str, number: int) -> None:
    assert numerals.chinese(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "三百一",
        "一千二",
        "三十百",
        "百三",
        "二十十",
        "万万",
        "一零零",
        "三五",
        "十几",
        "几十",
        "廿",
        "一二三",
        "五六十",
        "零零",
        "亿万",
        "",
        "3十",
        "一 百",
        "一百零",
    ],
)
def test_what_is_no_numeral(text: str) -> None:
    with pytest.raises(ValueError, match="no well-formed"):
        numerals.chinese(text)
    assert not re.fullmatch(numerals.CHINESE_NUMERAL, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("2.70", Fraction(27, 10)),
        ("1,234,567.89", Fraction(123456789, 100)),
        ("1 200 000", 1_200_000),
        ("-2", -2),
        ("+5", 5),
        ("0.1", Fraction(1, 10)),
    ],
)
def test_figures_are_exact(text: str, number: Fraction) -> None:
    assert numerals.arabic(text) == number


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("千", 10**3),
        ("万", 10**4),
        ("十万", 10**5),
        ("百万", 10**6),
        ("千万", 10**7),
        ("亿", 10**8),
        ("百亿", 10**10),
        ("万亿", 10**12),
    ],
)
def test_scales(text: str, factor: int) -> None:
    assert numerals.scale(text) == factor


def test_years_are_said_figure_by_figure() -> None:
    assert (
        numerals.digits("二〇二四")
        == numerals.digits("二零二四")
        == numerals.digits("2024")
        == 2024
    )
    assert numerals.digits("一九九○") == 1990
    assert (numerals.small("12"), numerals.small("十二"), numerals.small("三十一")) == (12, 12, 31)
