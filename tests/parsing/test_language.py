"""The parser: made once, of the grammar's files, and of lists that agree with each other."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from lark.exceptions import LarkError

from kpieval import units, wordlists
from kpieval.errors import MissingYearError, TargetSyntaxError, UnknownUnitError
from kpieval.parsing import language, leftovers, parse_target


def test_there_is_one_parser_for_all() -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: id(language.parser()), range(32)))
    assert len(found) == 1


def test_threads_read_the_same() -> None:
    texts = ["≥90%", "2024年12月底前", "人均4本", "同比增长5%", "3-5个", "优", "≥3次；≥200人"] * 30
    alone = [parse_target(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(parse_target, texts)) == alone


@pytest.mark.parametrize(
    "word",
    ["不低于", "以上", "每", "约", "增长", "或", "分别", "年底", "百分之", "不", "未", "几", "半"],
)
def test_words_with_a_meaning_are_never_read_past(word: str) -> None:
    assert re.match(language.meaningful(), word)
    assert not re.fullmatch(language.word_beside() + "+", f"开展{word}情况")


@pytest.mark.parametrize(
    "text", ["三场", "二十个", "九成", "三分之", "十月", "一次", "五日", "两人", "百元"]
)
def test_a_numeral_before_a_unit_or_date_word_counts(text: str) -> None:
    assert re.search(language.counts(), text)


@pytest.mark.parametrize(
    "text", ["三公经费", "十四五", "一带一路", "统一", "第三方", "二氧化碳", "唯一"]
)
def test_idioms_count_nothing(text: str) -> None:
    assert not re.search(language.counts(), leftovers.without_idioms(text))


@pytest.mark.parametrize(
    ("text", "numeral"),
    [
        ("三千克", "三"),
        ("三千千瓦时", "三千"),
        ("三千元", "三千"),
        ("十万元", "十万"),
        ("三百人", "三百"),
    ],
)
def test_a_numeral_leaves_a_unit_its_first_character(text: str, numeral: str) -> None:
    match = re.match(language.numeral(), text)
    assert match is not None and match[0] == numeral


def test_no_unit_is_a_comparator_and_no_spelling_has_two_meanings() -> None:
    spelled: dict[str, str] = {}
    comparators = ("_AT_LEAST", "_REACH", "_MORE_THAN", "_AT_MOST", "_HOLD", "_LESS_THAN", "_EQUAL")
    for terminal in (*comparators, "_ABOUT", "_INCREASE", "_DECREASE"):
        for word in wordlists.spellings(terminal):
            assert spelled.setdefault(word, terminal) == terminal, word
            assert units.find(word) is None, word


@pytest.mark.parametrize("start", language.STARTS)
def test_every_start_refuses_rubbish(start: str) -> None:
    with pytest.raises(LarkError):
        language.parser().parse("≥≥", start=start)


def test_which_errors_leave_a_text_prose() -> None:
    assert language.is_prose(TargetSyntaxError("x"))
    assert language.is_prose(UnknownUnitError("x"))
    assert not language.is_prose(MissingYearError("x"))


@pytest.mark.parametrize("text", ["不超过预算", "≤标准", "高于平均水平", "控制在预算"])
def test_a_comparator_is_seen_in_prose(text: str) -> None:
    assert language.holds_comparator(text)


@pytest.mark.parametrize("text", ["有效提升", "应保尽保", "明显改善"])
def test_prose_without_a_comparator(text: str) -> None:
    assert not language.holds_comparator(text)
