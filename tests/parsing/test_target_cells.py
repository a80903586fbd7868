"""The door for targets: what is a value, a word, prose or nothing at all."""

from __future__ import annotations

import pytest

from kpieval.constraints import AtMost, Level, Statement, Target, YesNo
from kpieval.errors import NoTargetError, ReadingError
from kpieval.parsing import parse_target
from kpieval.parsing.folding import fold
from kpieval.parsing.target_grammar import counts_nothing, number_notes, refuse_empty


def test_a_target_keeps_its_text_its_canonical_text_and_its_scale() -> None:
    target = parse_target(" ≤ 2.7 万元 ")
    assert isinstance(target, Target)
    assert target.source == " ≤ 2.7 万元 "
    assert target.canonical == "≤27000元"
    assert target.factor == 10_000
    assert isinstance(target.constraint, AtMost)


@pytest.mark.parametrize("text", ["是", "有", "是。", " 是 ", "对"])
def test_yes(text: str) -> None:
    assert parse_target(text).constraint == YesNo(True)


@pytest.mark.parametrize("text", ["否", "没有", "否。"])
def test_no(text: str) -> None:
    assert parse_target(text).constraint == YesNo(False)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "/",
        "—",
        "－－",
        "无",
        "待定",
        "**",
        "≥",
        "≥%",
        "万元",
        "%",
        "≥**人次",
        "　",
        "N/A",
        "~",
    ],
)
def test_a_cell_without_a_target(text: str) -> None:
    with pytest.raises(NoTargetError):
        parse_target(text)


@pytest.mark.parametrize("text", ["优", "3人", "≥0", "0", "有效提升"])
def test_a_cell_with_a_target_is_not_empty(text: str) -> None:
    refuse_empty(text, fold(text).text)


@pytest.mark.parametrize(
    "text", ["有效提升", "持续改善营商环境", "维护社会安定，帮助困难群众", "三公经费", "十四五规划"]
)
def test_prose_is_a_statement_as_written(text: str) -> None:
    assert counts_nothing(fold(text).text)
    assert parse_target(f" {text} ").constraint == Statement(text)


@pytest.mark.parametrize(
    "text", ["达三场", "第5名", "½", "①", "三分之一", "须达三场次要求", "九成群众"]
)
def test_a_figure_in_prose_counts(text: str) -> None:
    assert not counts_nothing(fold(text).text)


@pytest.mark.parametrize("text", ["不超过预算", "高于平均水平", "≤辖区平均标准", "不低于上年"])
def test_a_bound_without_a_number_is_noted(text: str) -> None:
    target = parse_target(text)
    assert target.constraint == Statement(text)
    assert [note.code for note in target.notes] == ["statement.bound"]


def test_a_statement_carries_no_note_of_a_failed_reading() -> None:
    assert parse_target("原则上应保尽保").notes == ()


@pytest.mark.parametrize("text", ["优", "优。", "良好以上", "良好及以上"])
def test_a_level(text: str) -> None:
    assert isinstance(parse_target(text).constraint, Level)


def test_a_level_knows_its_scale_best_first() -> None:
    level = parse_target("良").constraint
    assert level == Level("良", ("优", "良", "中", "差"))


@pytest.mark.parametrize("text", ["1,200元", "1 200 000元", "1，200元"])
def test_separators_are_noted(text: str) -> None:
    assert [note.code for note in number_notes(fold(text).text)] == ["number.separators"]


@pytest.mark.parametrize("text", ["1200元", "3次, 5次", "1,20"])
def test_what_is_no_separator(text: str) -> None:
    assert number_notes(fold(text).text) == ()


@pytest.mark.parametrize("text", ["90%", "同比增长5%", "3次；200人", "约200人", "增长约5%"])
def test_what_is_left_open_carries_a_note(text: str) -> None:
    assert {note.code for note in parse_target(text).notes} & {"bare", "about"}


def test_the_sign_of_the_name_counts_only_where_none_is_written() -> None:
    name = "培训人数（≥**人）"
    assert parse_target("200", name=name).canonical == "≥200人"
    assert parse_target("200", name=name, sign="≤").canonical == "≤200人"
    assert [n.code for n in parse_target("200人", name=name).notes] == ["sign.from_name"]


def test_the_year_is_used_only_where_none_is_said() -> None:
    assert parse_target("12月底前", year=2023).canonical == "2023年12月31日前"
    assert parse_target("2024年12月底前", year=2023).canonical == "2024年12月31日前"
    with pytest.raises(ReadingError):
        parse_target("12月底前")
