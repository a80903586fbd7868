"""The sign, unit and name that stand beside a value."""

from __future__ import annotations

import pytest

from kpieval.constraints import AtLeast, AtMost, Bare, Equal, LessThan, MoreThan
from kpieval.errors import ContradictionError, UnknownUnitError
from kpieval.parsing import columns, parse_target
from kpieval.parsing.hints import hint_of
from kpieval.parsing.rows import Row, sense_of
from kpieval.units import parse_unit


@pytest.mark.parametrize(
    ("text", "sign", "factor", "unit"),
    [
        ("万元", None, 10_000, "元"),
        ("%", None, 1, "%"),
        ("≥", AtLeast, 1, None),
        ("不超过", AtMost, 1, None),
        ("≥**人", AtLeast, 1, "人"),
        ("≤%", AtMost, 1, "%"),
        ("元/人·天", None, 1, "元/(人*天)"),
        ("万美元", None, 10_000, "美元"),
        ("＞＝", AtLeast, 1, None),
        ("万", None, 10_000, None),
    ],
)
def test_what_a_sign_or_unit_alone_says(
    text: str, sign: type | None, factor: int, unit: str | None
) -> None:
    hint = hint_of(text)
    assert hint is not None
    assert (hint.sign, hint.factor) == (sign, factor)
    assert hint.unit == (parse_unit(unit) if unit else None)


@pytest.mark.parametrize("text", ["外星币", "3人", "含税", "≥≥", "90%", "人\u200b"])
def test_what_says_nothing(text: str) -> None:
    assert hint_of(text) is None


@pytest.mark.parametrize(
    ("name", "unit"),
    [("补助（万元）", "元"), ("占比(%)", "%"), ("人数（≥**人）", "人"), ("（1）次数（次）", "次")],
)
def test_the_brackets_that_end_a_name(name: str, unit: str) -> None:
    hint = sense_of(name).hint
    assert hint is not None and hint.unit == parse_unit(unit)


@pytest.mark.parametrize(
    "name", [None, "", "补助", "补助（含税）", "（人）数", "次数（）", "a\u200b（人）"]
)
def test_a_name_without_a_hint(name: str | None) -> None:
    assert Row(name=name).sense.hint is None


SIGNS = {"≥": AtLeast, ">": MoreThan, "≤": AtMost, "<": LessThan, "=": Equal}


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_column_joins_a_bare_value(sign: str) -> None:
    assert isinstance(parse_target("90%", sign=sign).constraint, SIGNS[sign])


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("written", SIGNS)
def test_two_signs_agree_or_are_refused(sign: str, written: str) -> None:
    if sign == written:
        assert parse_target(f"{written}90%", sign=sign) == parse_target(f"{written}90%")
        return
    with pytest.raises(ContradictionError):
        parse_target(f"{written}90%", sign=sign)


@pytest.mark.parametrize("sign", ["", " ", "/", "定性", "定量", None])
def test_a_sign_column_that_says_nothing(sign: str | None) -> None:
    assert isinstance(parse_target("90%", sign=sign).constraint, Bare)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("80%-90%", "≥"),
        ("约200人", "≤"),
        ("≥3次；≥200人", "≤"),
        ("优", "≤"),
        ("是", "≥"),
        ("2024年12月底前", "≥"),
        ("2025年1月起", "≤"),
        ("2024年", "≥"),
        ("90", "abc"),
    ],
)
def test_a_sign_that_does_not_fit_the_value(text: str, sign: str) -> None:
    with pytest.raises(ContradictionError):
        parse_target(text, sign=sign)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("28.8万元", "%"), ("3人", "个"), ("3人", "人次"), ("90%", "百分点"), ("3天", "月")],
)
def test_a_unit_that_contradicts_its_column(text: str, unit: str) -> None:
    with pytest.raises(ContradictionError):
        parse_target(text, unit=unit)


@pytest.mark.parametrize(
    ("text", "unit"), [("28.8元", "万元"), ("3人", "名"), ("24小时", "天"), ("90‰", "%")]
)
def test_a_unit_that_agrees_with_its_column_changes_nothing(text: str, unit: str) -> None:
    assert parse_target(text, unit=unit).constraint == parse_target(text).constraint


def test_an_unknown_unit_column_is_refused() -> None:
    with pytest.raises(UnknownUnitError):
        parse_target("5", unit="外星币")


@pytest.mark.parametrize("unit", ["", "/", "无", "定性", "是/否", "文字", None])
def test_a_unit_column_that_says_nothing(unit: str | None) -> None:
    assert parse_target("优", unit=unit) == parse_target("优")


def test_loose_spellings_of_units() -> None:
    for loose, unit in (("人/次", "人次"), ("台/套", "套"), ("M", "米"), ("比例", "%")):
        assert columns.loosely_spelled(loose) == unit
        assert parse_target("5", unit=loose).constraint == parse_target(f"5{unit}").constraint


def test_what_a_row_knows_from_its_name() -> None:
    assert Row(name="完成时间").sense.is_date
    assert not Row(name="培训次数").sense.is_date and not Row().sense.is_date
    assert Row(name="培训、调研和会议次数").sense.listed == 3
    assert Row().sense.listed == 0
