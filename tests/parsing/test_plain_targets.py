"""Targets read by their shape are those that the grammar reads, whatever their numbers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from shaped import differing, outcome

from kpieval.constraints import Target
from kpieval.parsing import parse_target, shapes, targets
from kpieval.parsing.plain import PlainTargets, taken_apart
from kpieval.parsing.rows import Row
from kpieval.parsing.target_grammar import by_grammar

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FEW = ("3", "40", "77.5", "8", "9", "41")


def taught(before: str, after: str, between: str = "", row: Row | None = None) -> PlainTargets:
    """Shapes that have seen texts of one shape."""
    plain = PlainTargets(by_grammar)
    for number in FEW:
        upper = f"{between}{float(number) + 1:g}" if between else ""
        plain.target(f"{before}{number}{upper}{after}", row or Row(2024))
    return plain


def test_made_up_texts_are_read_alike() -> None:
    assert [told for told in differing(7, 1500) if told] == []


def corpus_texts() -> Iterator[str]:
    for file in sorted(CORPUS.glob("*.jsonl")):
        for line in file.read_text("utf-8").splitlines():
            text = json.loads(line).get("text")
            if isinstance(text, str):
                yield text


def test_texts_of_the_corpora_are_read_alike() -> None:
    plain, shaped = PlainTargets(by_grammar), 0
    for text in dict.fromkeys(corpus_texts()):
        for _ in range(shapes.UNTAUGHT + 1):  # as if it came often, so that its shape is learnt
            found = plain.target(text, Row(2024))
        if found is not None:
            shaped += 1
            assert found == outcome(text, Row(2024))
    assert shaped > 300


@pytest.mark.parametrize(
    ("text", "before", "after", "between"),
    [
        ("298%", "", "%", ""),
        ("2100%", "", "%", ""),
        ("1900.5-1901.5元", "", "元", "-"),
        ("2023-2025元", "", "元", "-"),
        ("2024.5万元以上", "", "万元以上", ""),
        ("0.5元以上", "", "元以上", ""),
        ("9-8元", "", "元", "-"),
        ("≤6月", "≤", "月", ""),
        ("5G基站", "", "G基站", ""),
        ("Q3", "Q", "", ""),
        ("≥1234567890元", "≥", "元", ""),
        ("≥1.12345元", "≥", "元", ""),
    ],
)
def test_what_may_mean_something_else_is_left_to_the_grammar(
    text: str, before: str, after: str, between: str
) -> None:
    assert taught(before, after, between).target(text, Row(2024)) is None


@pytest.mark.parametrize("name", ["合格率（%）", "满意度(%)"])
def test_a_bare_percentage_may_have_a_damaged_sign(name: str) -> None:
    """200万 beside % could be ≥00万, as 290 could be ≥90."""
    row = Row(2024, name=name)
    assert taught("", "万", row=row).target("200万", row) is None
    assert taught("", "", row=row).target("290", row) is None


@pytest.mark.parametrize(
    "text", ["≥95%", "≤2.7万元", "9-11人", "9.9-10.5元", "约30次", ">100元/人天", "12个工作日"]
)
def test_a_plain_shape_is_read_by_it(text: str) -> None:
    found = shapes.split(text)
    assert found is not None
    before, *_, after = found[0]
    between = found[0][1] if len(found[0]) == 3 else ""
    made = taught(before, after, between).target(text, Row(2024))
    assert made == by_grammar(text, Row(2024))


def test_a_shape_that_the_grammar_refuses_is_not_trusted() -> None:
    assert taught("≥", "外星币元").target("≥50外星币元", Row(2024)) is None


def test_what_stands_beside_a_value_is_part_of_its_shape() -> None:
    plain = taught("", "", row=Row(2024, unit="万元"))
    assert plain.target("30", Row(2024, unit="%")) is None
    made = plain.target("30", Row(2024, unit="万元"))
    assert made is not None and made.canonical == "300000元"


def test_a_statement_is_no_plain_shape() -> None:
    assert taken_apart(parse_target("应保尽保")).numbers == ()
    assert taken_apart(parse_target("≥3人；≥5次")).numbers == ()
    assert taken_apart(parse_target("31:69")).numbers == ()  # spelled without its number 31/69


def test_two_numbers_of_two_scales_are_no_plain_shape() -> None:
    assert taught("", "万元", "元-").target("9元-30万元", Row(2024)) is None
    made = parse_target("9元-30万元")
    assert made.canonical == "9元~300000元"


def test_texts_can_be_forgotten() -> None:
    first = parse_target("应保尽保和应救尽救")
    assert parse_target("应保尽保和应救尽救") is first
    targets.forget()
    assert parse_target("应保尽保和应救尽救") == first
    assert parse_target("应保尽保和应救尽救") is not first


def test_shapes_are_kept_within_a_bound() -> None:
    plain = taught("不少于", "人")
    plain._shapes.most = 3
    for unit in ("次", "个", "项"):
        plain.target(f"不少于3{unit}", Row(2024))
    assert plain.target("不少于7人", Row(2024)) is None  # forgotten, and learnt anew
    for number in FEW:
        plain.target(f"不少于{number}人", Row(2024))
    assert plain.target("不少于9人", Row(2024)) == by_grammar("不少于9人", Row(2024))


def test_years_are_what_the_grammar_takes_for_them() -> None:
    """The one thing that a shape knows of the grammar by itself."""
    for figures in (*range(1000, 10_000, 83), 1899, 1900, 2199, 2200):
        read = outcome(f"{figures}年底前", Row(2024))
        assert isinstance(read, Target) == bool(re.match(shapes.MAY_BE_YEAR, str(figures)))


def test_what_is_longer_than_a_cell_is_not_kept() -> None:
    targets.forget()
    long = "指标" * 1000
    assert parse_target("≥90%", name=long) == parse_target("≥90%", name=long)
    assert targets._remembered.cache_info().currsize == 0
