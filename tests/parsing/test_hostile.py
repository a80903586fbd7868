"""Hostile text: refused by code, quickly, with no exception of another kind."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval.errors import KpiEvalError, ReadingError
from kpieval.parsing import parse_actual, parse_target
from kpieval.parsing.folding import MAX_DIGITS, MAX_TEXT

HUGE = 10**5

LONG = {
    "figures": "9" * HUGE,
    "letters": "好" * HUGE,
    "brackets": "(" * HUGE,
    "nested": "(" * (HUGE // 2) + ")" * (HUGE // 2),
    "separators": "1," * (HUGE // 2),
    "units": "人" * HUGE,
    "signs": "≥" * HUGE,
    "numerals": "十" * HUGE,
    "blanks": " " * HUGE,
    "hidden": "\u200b" * HUGE,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("parse", [parse_target, parse_actual])
def test_a_text_of_a_hundred_thousand_characters(text: str, parse: Callable[[str], object]) -> None:
    started = time.perf_counter()
    with pytest.raises(ReadingError) as caught:
        parse(text)
    assert time.perf_counter() - started < 1
    assert caught.value.code == "KP106"


# As long as a cell may be: what could make a lexer go back and forth.
WORST = {
    "figures and commas": "1," * 499,
    "numbers and blanks": "1 " * 499,
    "numerals": "一万" * 499,
    "hundreds": "百" * 999,
    "fractions": "三分之" * 333,
    "words": "情况" * 499 + "3",
    "words and 后": "情况后" * 333 + "3",
    "words and 起": "的起" * 499 + "3",
    "items": "≥3次；" * 249,
    "nothing occurs": "无" * 999,
    "nothing occurs at all": "无事" * 490 + "发生",
    "brackets": "（" * 499 + "）" * 499,
    "levels": "良好" * 499,
    "dates": "2024年" * 199,
    "dashes": "1-" * 499,
    "changes": "增长" * 499,
    "percent": "%" * 999,
    "not": "不" * 999,
    "blanks": "9" + " " * 997 + "9",
    "trailing": "90%，" + "、" * 990,
}


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
@pytest.mark.parametrize("parse", [parse_target, parse_actual])
def test_the_longest_text_that_is_looked_at_takes_no_time(
    text: str, parse: Callable[[str], object]
) -> None:
    assert len(text) <= MAX_TEXT
    parse_target("≥90%")  # the parser itself is made before the clock starts
    started = time.perf_counter()
    try:
        parse(text)
    except KpiEvalError as error:
        assert error.code.startswith("KP1")
    assert time.perf_counter() - started < 1


def test_a_run_of_units_takes_no_time() -> None:
    parse_target("≥90%")
    started = time.perf_counter()
    parse_target("人次" * 400)  # cut in every possible way it would never end
    assert time.perf_counter() - started < 1


HIDDEN = (
    *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f",  # of no width
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",  # bidirectional
    *"\u0300\u0301\u20e3\u0338\ufe0f\u3099",  # combining, and those that choose a variant
    *"\u115f\u1160\u3164\uffa0\u17b4\u2800",  # letters that show nothing
    *"\x00\x07\x1b\x7f\x85\u2028\ue000\ufff9\U000e0041\U000f0000",  # control, private, tags
)


@pytest.mark.parametrize("char", HIDDEN, ids=[f"U+{ord(char):04X}" for char in HIDDEN])
@pytest.mark.parametrize("place", range(5))
def test_a_hidden_character_is_refused_by_its_code_point(char: str, place: int) -> None:
    text = "≥90%"[:place] + char + "≥90%"[place:]
    for parse in (parse_target, parse_actual):
        with pytest.raises(ReadingError) as caught:
            parse(text)
        assert caught.value.code == "KP107"
        assert caught.value.span == (place, place + 1)
        for lang in ("zh", "en"):
            assert f"U+{ord(char):04X}" in caught.value.message(lang)


@pytest.mark.parametrize("char", "\ud800\udfff")
def test_half_a_surrogate_is_refused(char: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_target(f"90{char}%")
    assert caught.value.code == "KP107"


@pytest.mark.parametrize(
    "text",
    [
        "1e5",
        "1E5元",
        "1e+5",
        "1e-5元",
        "≥1e3次",
        "1e999999999",
        "-1e5",
        "0x10",
        "0b1",
        "1_000",
        "1'000",
    ],
)
def test_other_ways_to_write_a_number_are_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        parse_target(text)


@pytest.mark.parametrize(
    "text", ["2²", "3²个", "½", "3½天", "①", "⑫次", "⒊", "㈢", "㊂", "⅓", "Ⅳ", "₂", "²"]
)
def test_figures_that_are_no_digits_are_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        parse_target(text)


@pytest.mark.parametrize("text", ["nan5", "5NaN", "Infinity5", "-Infinity%5", "≥5inf", "sNaN1"])
def test_what_is_not_a_number_beside_one_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        parse_target(text)


def test_a_number_of_as_many_figures_as_allowed_is_exact() -> None:
    text = "9" * MAX_DIGITS
    assert parse_target(f"≥{text}元").canonical == f"≥{text}元"
    with pytest.raises(ReadingError) as caught:
        parse_target(f"≥{text}9元")
    assert caught.value.code == "KP106"


@pytest.mark.parametrize("depth", [2, 8, 9, 50, 400])
def test_nested_brackets_are_refused(depth: int) -> None:
    with pytest.raises(ReadingError):
        parse_target("（" * depth + "90%" + "）" * depth)


ALPHABET = "0123456789.,，-~/%％‰≥≤<>=一二三十百千万亿零两半个人次元月年日天率不未无超过于以上内外前后底约每均或且；（）增长下降到达e"


@few(6000)
@given(st.text(ALPHABET, max_size=14))
def test_any_mixture_of_the_language_is_read_or_refused(text: str) -> None:
    for parse in (parse_target, parse_actual):
        try:
            parse(text)
        except ReadingError as error:
            start, end = error.span
            assert 0 <= start <= end <= len(text)
            assert error.message("zh") and error.message("en")


@few(10000)
@given(st.text(ALPHABET, max_size=14))
def test_a_reading_parses_back_from_its_canonical_text(text: str) -> None:
    try:
        target = parse_target(text, year=2024)
    except ReadingError:
        return
    assert parse_target(target.canonical, year=2024).constraint == target.constraint
