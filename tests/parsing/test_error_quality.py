"""Refusals: the code, a place inside the text, and sentences for people in both languages."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
from kpieval.parsing.language import parser

REFUSALS: list[tuple[str, dict[str, Any], str, str]] = [
    # text, its row, code, what is marked
    ("≥5外星币", {}, "KP102", "外星币"),
    ("5外星币", {}, "KP102", "外星币"),
    ("3毛", {}, "KP102", "毛"),
    ("95折", {}, "KP102", "折"),
    ("12月底前", {}, "KP103", "12月底前"),
    ("2月30日前", {"year": 2024}, "KP104", "2月30日前"),
    ("", {}, "KP105", ""),
    ("≥", {}, "KP105", "≥"),
    ("≥**人次", {}, "KP105", "≥**人次"),
    ("9" * 31, {}, "KP106", "9" * 31),
    ("≥9\u200b0%", {}, "KP107", "\u200b"),
    ("近百人", {}, "KP108", "近百人"),
    ("200余人", {}, "KP108", "余"),
    ("≥90%以下", {}, "KP109", "≥90%以下"),
    ("28.8万元", {"unit": "%"}, "KP109", "28.8万元"),
    ("≥90", {"sign": "≤"}, "KP109", "≥90"),
    ("5-3个", {}, "KP110", "5-3个"),
    ("12月至3月", {"year": 2024}, "KP110", "12月至3月"),
    ("90%或95%", {}, "KP111", "90%或95%"),
    ("每年4月15日前", {"year": 2024}, "KP112", "每年4月15日前"),
    ("次日", {}, "KP112", "次日"),
    ("5:3:2", {}, "KP113", "5:3:2"),
    ("分别3次、4次", {}, "KP114", "分别3次、4次"),
    ("1,20", {}, "KP115", "1,20"),
    ("1.2.3", {}, "KP115", "1.2.3"),
    ("≥3.元", {}, "KP115", "3."),
    ("3兆", {}, "KP116", "3兆"),
    ("3人5天", {}, "KP101", "3人5天"),
    ("90% 95%", {}, "KP101", "90% 95%"),
    ("不等于90%", {}, "KP101", "不"),
    ("≥≥90%", {}, "KP101", "≥"),
    ("90%以上，不含90%", {}, "KP101", "不"),
    ("≥3次（其中线上2次）", {}, "KP101", "其"),
    ("80%≤X≤90%", {}, "KP101", "X"),
]

# The names that lark gives to terminals and rules, and the signs of its own errors.
_LARK = re.compile(r"\b_?[A-Z]+_[A-Z_]+\b|\$END|__ANON|Token\(|Unexpected|\bLABEL\b|\bNUMBER\b")


def refusal(text: str, row: dict[str, Any]) -> ReadingError:
    with pytest.raises(ReadingError) as caught:
        parse_target(text, **row)
    return caught.value


IDS = [text[:20] or "blank" for text, *_ in REFUSALS]


@pytest.mark.parametrize(("text", "row", "code", "marked"), REFUSALS, ids=IDS)
def test_the_code_and_the_place(text: str, row: dict[str, Any], code: str, marked: str) -> None:
    error = refusal(text, row)
    start, end = error.span
    assert error.code == code
    assert 0 <= start <= end <= len(text)
    assert text[start:end] == marked


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("text", "row", "code", "marked"), REFUSALS, ids=IDS)
def test_the_sentence_is_for_people(
    text: str, row: dict[str, Any], code: str, marked: str, lang: str
) -> None:
    message = refusal(text, row).message(lang)
    assert not _LARK.search(message), message
    terminals = {terminal.name for terminal in parser().terminals if len(terminal.name) > 4}
    assert not [name for name in terminals if re.search(rf"\b{re.escape(name)}\b", message)]
    assert "{" not in message and "}" not in message, message
    assert "None" not in message and "()" not in message, message
    assert message.isprintable() or "\u200b" in text


@pytest.mark.parametrize(("text", "row", "code", "marked"), REFUSALS, ids=IDS)
def test_the_sentences_differ_by_language(
    text: str, row: dict[str, Any], code: str, marked: str
) -> None:
    error = refusal(text, row)
    assert error.message("zh") != error.message("en")
    assert error.message() == error.message("zh")
    assert str(error) == f"[{code}] {error.message('zh')}"


def test_an_unknown_unit_comes_with_near_names() -> None:
    assert "公里" in refusal("≥5公理", {}).message("zh")
    assert "工作日" in refusal("≥5工作曰", {}).message("en")


def test_a_syntax_error_says_what_could_stand_there() -> None:
    zh, en = (refusal("≥≥90%", {}).message(lang) for lang in ("zh", "en"))
    assert "数" in zh
    assert "number" in en


def test_the_place_is_that_of_the_source_not_of_the_folded_text() -> None:
    error = refusal("＞＝５外星币", {})
    assert error.source[error.span[0] : error.span[1]] == "外星币"
