"""Texts that stand just outside of what can be read, and signs that do not fit what they stand by."""

from __future__ import annotations

import pytest

from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
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
        ("每人3元/年", "3元/(人*年)"),
        ("3元/人/年", "3元/(人*年)"),
        # Without the first figures these would still be above the whole.
        ("2150%", "2150%"),
        ("1120%", "1120%"),
    ],
)
def test_a_text_that_says_no_more_than_it_says(text: str, canonical: str) -> None:
    assert parse_target(text).canonical == canonical


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
