"""Pairs of a target and an actual as a careful evaluator judges them; made up.

``person``: the words beside the number say that it is not what was attained, or do not say which
demand it is of. No confident verdict may come of it.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from kpieval import policy, score_indicator
from kpieval.errors import ReadingError, UnattainedError, UnpairedActualError
from kpieval.explaining import verdict_name
from kpieval.parsing import parse_actual, parse_target
from kpieval.tables import Indicator
from kpieval.wordlists import words

FILE = Path(__file__).resolve().parents[1] / "corpus" / "judged_pairs.jsonl"
PAIRS = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
YEAR = 2024


def judged(pair: dict[str, str]) -> str:
    """The verdict of a row that is the pair; ``person`` for what is refused or open."""
    name = pair.get("name", "")
    try:
        target = parse_target(pair["target"], year=YEAR, name=name or None)
        actual = parse_actual(pair["actual"], like=target, year=YEAR, name=name or None)
    except ReadingError:
        return "person"
    row = Indicator("", "", name, pair["target"], target)
    found = verdict_name(score_indicator(row, actual, policy(), weight=Fraction(10)).verdict)
    return "person" if found == "undetermined" else found


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['target']} | {pair['actual']}")
def test_a_pair_is_judged_as_by_a_careful_person(pair: dict[str, str]) -> None:
    assert judged(pair) == pair["verdict"]


@pytest.mark.parametrize("word", sorted(words("unattained", "anywhere")))
@pytest.mark.parametrize("form", ["{}5个", "项目{}5个", "5个项目{}", "5个，{}"])
def test_a_word_of_what_was_not_attained(word: str, form: str) -> None:
    with pytest.raises(ReadingError):
        parse_actual(form.format(word), like=parse_target("≥5个"))


@pytest.mark.parametrize("word", sorted(words("unattained", "before")))
@pytest.mark.parametrize("form", ["{}5万元", "{}资金5万元", "项目{}为5万元", "{}≥5万元"])
def test_a_word_straight_before_the_number(word: str, form: str) -> None:
    with pytest.raises(UnattainedError) as caught:
        parse_actual(form.format(word))
    start, end = caught.value.span
    assert form.format(word)[start:end] == word


@pytest.mark.parametrize("word", ["取消", "退回", "流失", "逾期", "节约"])
def test_what_the_target_says_the_actual_may_repeat(word: str) -> None:
    target = parse_target(f"{word}事项≥5项")
    assert parse_actual(f"{word}6项", like=target).notes
    with pytest.raises(UnattainedError):
        parse_actual(f"{word}6项", like=parse_target("≥5项"))


@pytest.mark.parametrize("word", ["逾期", "流失", "取消", "失败"])
def test_a_rate_that_is_named_by_such_a_word_is_a_rate(word: str) -> None:
    assert parse_actual(f"{word}率3%", like=parse_target("≤5%"), name=f"{word}率").notes
    with pytest.raises(UnattainedError):
        parse_actual(f"{word}率96%", like=parse_target("≥90%"), name="完成率")


@pytest.mark.parametrize("text", ["95%", "农村95%", "城市95%", "郊区95%，农村85%，城市90%"])
def test_one_value_is_no_value_of_each_named_demand(text: str) -> None:
    with pytest.raises(UnpairedActualError):
        parse_actual(text, like=parse_target("城市≥90%，农村≥80%"))


@pytest.mark.parametrize("name", ["项" * 5000, "安全\x07事故", "安全事故\ufffe"])
def test_no_name_of_a_row_makes_an_actual_unreadable(name: str) -> None:
    assert parse_actual("未发生事故", like=parse_target("零事故"), name=name).notes
    assert parse_actual("完成6个", like=parse_target("≥5个"), name=name).reading
