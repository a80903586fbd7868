"""No word that carries a meaning is lost: texts are cut, extended and turned round.

What is changed in a text must change its reading, or the text must be refused, or a note must say
what was read past.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval import units, wordlists
from kpieval.constraints import Bare, Constraint, Statement, Target
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target


def reading(text: str) -> Target | None:
    try:
        return parse_target(text, year=2024)
    except ReadingError:
        return None


def constraint(text: str) -> Constraint | None:
    found = reading(text)
    return found.constraint if found else None


COMPARATORS = tuple(
    word
    for name in ("_AT_LEAST", "_AT_MOST", "_MORE_THAN", "_LESS_THAN")
    for word in wordlists.spellings(name)
)


@pytest.mark.parametrize("negation", "不未非无没勿禁")
def test_a_negation_before_a_comparator_is_never_dropped(negation: str) -> None:
    for comparator in COMPARATORS:
        plain, negated = constraint(f"{comparator}3次"), constraint(f"{negation}{comparator}3次")
        assert plain is not None, comparator
        assert negated != plain, comparator


INCLUDING = ("≥", "不低于", "至少", "达到", "≤", "不超过", "控制在", ">", "超过", "<", "低于")


@pytest.mark.parametrize("first", INCLUDING)
@pytest.mark.parametrize("second", INCLUDING)
def test_two_comparators_in_a_row_are_no_comparator(first: str, second: str) -> None:
    found = constraint(f"{first}{second}3次")
    assert found is None or (first, second) == ("<", ">")


AFTER = tuple(
    word
    for name in ("_OR_MORE", "_OR_LESS", "_OVER", "_UNDER")
    for word in wordlists.spellings(name)
)


@pytest.mark.parametrize("word", AFTER)
def test_a_word_after_the_value_is_never_dropped(word: str) -> None:
    plain = constraint("3次")
    assert isinstance(plain, Bare)
    assert constraint(f"3次{word}") not in (None, plain)


@pytest.mark.parametrize(
    "word",
    ["增长", "下降", "提高", "降低", "压减", "减少", "增加", "同比增长", "较上年下降", "环比增长"],
)
@pytest.mark.parametrize("rest", ["6%左右", "6%", "6%以上", "不超过6%", "5%-6%"])
def test_a_change_is_never_a_level(word: str, rest: str) -> None:
    assert constraint(word + rest) != constraint(rest)


@pytest.mark.parametrize(
    "lead", ["人均", "每人", "每年", "每月", "户均", "每班", "每户每年", "每人每天"]
)
@pytest.mark.parametrize("rest", ["4本", "≥4本", "4本以上", "不超过4本"])
def test_a_rate_is_never_a_count(lead: str, rest: str) -> None:
    assert constraint(lead + rest) != constraint(rest)


@pytest.mark.parametrize(
    "unknown", ["外星币", "圈套子", "个股", "kk", "元宝币", "α", "㏎", "T", "K", "兆字节"]
)
@pytest.mark.parametrize("text", ["5{}", "≥5{}", "5万{}", "五{}"])
def test_an_unknown_unit_is_refused_or_noted(unknown: str, text: str) -> None:
    found = reading(text.format(unknown))
    if found is None or isinstance(found.constraint, Statement):
        return
    assert {note.code for note in found.notes} & {"reading.remainder", "reading.noun"}


def _texts() -> st.SearchStrategy[str]:
    before = st.sampled_from(["", "≥", "不低于", "不超过", "<", "超过", "约", "同比增长", "每人"])
    number = st.sampled_from(
        ["3", "2.7", "1,200", "90", "三", "一百二十", "3-5", "1.2万", "百分之五"]
    )
    unit = st.sampled_from(["%", "元", "万元", "人次", "个", "公顷", "元/人", "工作日", ""])
    after = st.sampled_from(["", "以上", "以内", "左右"])
    # Not a word before and one after: two that agree are one, and either may go.
    parts = st.tuples(before, number, unit, after)
    return parts.filter(lambda found: not (found[0] and found[3])).map("".join)


@few(3000)
@given(_texts(), st.sampled_from("0123456789"), st.integers(0, 12))
def test_a_figure_more_is_a_number_more(text: str, figure: str, place: int) -> None:
    before, after = constraint(text), constraint(text[:place] + figure + text[place:])
    if before is None or after is None or before != after:
        return
    # The same reading of more figures: only zeros that change no number.
    assert figure == "0"


@few(5000)
@given(_texts(), st.integers(0, 12))
def test_a_character_less_changes_the_reading(text: str, place: int) -> None:
    shorter = text[:place] + text[place + 1 :]
    dropped = text[place : place + 1]
    before, after = reading(text), reading(shorter)
    if not dropped or before is None or after is None:
        return
    if before.constraint == after.constraint:
        # 内 for 以内, 超 for 超过; else a note must say what was read past.
        assert dropped in {"以", "过"} or before.notes != after.notes


def test_a_unit_is_never_lost() -> None:
    without = constraint("≥3")
    for word in units.words():
        if "㐀" <= word[0] <= "鿿":
            assert constraint(f"≥3{word}") not in (None, without), word


@pytest.mark.parametrize(
    "text",
    [
        "≥90%；投诉≤3次但不含重复",
        "≥3次（其中线上2次）",
        "100米宽3条",
        "停水超过12小时应提前48小时通知",
        "≥100米16个工作日内",
        "20个床位3名医生",
        "3次5次",
        "1.2.3元",
        "1-2-3个",
        "万万元",
        "2万万元",
        "5%-10%以上",
        "90%95%",
        "≥90%≥80%",
        "100%以上，不含100%",
        "由35%提高5%",
    ],
)
def test_a_text_that_is_not_whole_is_refused(text: str) -> None:
    assert reading(text) is None


FIGURES = (
    *"0123456789０５①②⑩㈠⒈¹²³₁½Ⅳⅷ٣",
    *"零〇○一二两三四五六七八九十百千万亿廿卅兆",
    *"壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億",
)
READ = (
    *("≥90%", "5元", "12次", "3-5个", "不超过3天", "约200人", "90%以上", "20个床位", "增长5%"),
    *("优", "2024年12月底前", "零事故", "≥90%，群众认可", "≤5万元/年", "五场"),
)


@pytest.mark.parametrize("text", READ)
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_after_a_value_is_never_only_noted(text: str, figure: str) -> None:
    plain = constraint(text)
    assert plain is not None
    for between in ("", " ", "，", "（"):
        found = constraint(f"{text}{between}{figure}{'）' if between == '（' else ''}")
        assert found != plain, between
