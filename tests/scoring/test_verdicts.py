"""Met, Unmet or Undetermined: an actual against a target of any kind."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest
from scored import MOF, YEAR, codes, kind, why

from kpieval.actuals import MISSING, Attained, Dated, Every, Measured, Missing, Stated
from kpieval.amounts import Amount
from kpieval.constraints import AllOf, AtLeast, By, Level, Statement
from kpieval.intervals import Interval
from kpieval.notes import Note
from kpieval.outcomes import Undetermined, Unmet, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.resolving import RowContext
from kpieval.units import parse_unit
from kpieval.verdicts import evaluate


def verdict(target: str, actual: str, **row: str) -> Verdict:
    read = parse_target(target, year=YEAR, name=row.get("name"))
    given = parse_actual(actual, like=read, year=YEAR)
    return evaluate(read, given, context=RowContext(**row), policy=MOF)


@pytest.mark.parametrize("target", ["≥5人", "≤5人", "=0起", "12月底前", "优", "是", "应保尽保"])
def test_missing_is_undetermined_and_never_zero(target: str) -> None:
    for text in ("", "无", "/", "—"):
        assert why(verdict(target, text)) == "actual.missing"


def test_missing_is_missing_also_when_the_target_is_open() -> None:
    read = parse_target("30天")
    assert why(evaluate(read, MISSING)) == "actual.missing"
    assert why(evaluate(read, Missing(), context=RowContext(level2="成本指标"))) == "actual.missing"


@pytest.mark.parametrize(
    ("word", "expected"),
    [("达成", "Met"), ("达成年度指标", "Met"), ("部分达成", "Unmet"), ("未达成", "Unmet")],
)
@pytest.mark.parametrize(
    "target", ["≥90%", "≤5人", "12月底前", "优", "应保尽保", "≥3次；≥200人", "增长≥5%"]
)
def test_stated_words_count_against_every_target(word: str, expected: str, target: str) -> None:
    found = verdict(target, word)
    assert kind(found) == expected
    assert "actual.stated" in codes(found.notes)


def test_stated_words_count_also_when_the_number_is_open() -> None:
    assert kind(verdict("30天", "达成", level2="成本指标")) == "Met"


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("100%", "Met"),
        ("≥100%", "Met"),
        ("=100%", "Met"),
        ("12月底前", "actual.done_when"),
        ("≥95%", "actual.done_how_much"),
        ("≥3次", "actual.done_how_much"),
    ],
)
def test_done_means_all_of_100_percent_and_nothing_else(target: str, expected: str) -> None:
    found = verdict(target, "已完成")
    if expected == "Met":
        assert kind(found) == "Met"
        assert "actual.done_is_all" in codes(found.notes)
    else:
        assert why(found) == expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("优", "优", "Met"),
        ("优", "优秀", "Met"),
        ("优", "良", "Unmet"),
        ("良", "优", "Met"),
        ("良好", "差", "Unmet"),
        ("合格", "不合格", "Unmet"),
        ("达标", "达标", "Met"),
        ("高", "中", "Unmet"),
        ("优", "高", "Undetermined"),
        ("是", "是", "Met"),
        ("是", "否", "Unmet"),
        ("否", "否", "Met"),
        ("应保尽保", "应保尽保", "Met"),
        ("应保尽保", "工作有序推进", "Undetermined"),
        ("优", "5人", "Undetermined"),
        ("是", "5人", "Undetermined"),
        ("12月底前", "5人", "Undetermined"),
        ("≥5人", "2024年3月1日", "Undetermined"),
    ],
)
def test_words_and_kinds(target: str, actual: str, expected: str) -> None:
    assert kind(verdict(target, actual)) == expected


def test_levels_of_different_scales_say_so() -> None:
    assert why(verdict("优", "高")) == "level.no_common_scale"
    unknown = evaluate(Level("卓越", ("卓越", "平常")), parse_actual("优"))
    assert why(unknown) == "level.no_common_scale"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("3次；200人", "Met"),
        ("200人；3次", "Met"),
        ("2次；200人", "Unmet"),
        ("3次；199人", "Unmet"),
        ("2次", "Unmet"),
        ("3次", "Undetermined"),
        ("5场", "Undetermined"),
        ("3次；不少于200人", "Met"),
        ("3次；100-150人", "Unmet"),
        ("3次；约200人", "Undetermined"),
    ],
)
def test_all_met_is_met_any_unmet_is_unmet(actual: str, expected: str) -> None:
    assert kind(verdict("≥3次；≥200人", actual)) == expected


def test_a_part_without_an_actual_says_so() -> None:
    assert why(verdict("≥3次；≥200人", "3次")) == "actual.part_missing"


def test_the_notes_of_all_parts_are_kept() -> None:
    found = verdict("≥3次；约200人", "2次；200人")
    assert isinstance(found, Unmet)
    assert found.gap == "1次"
    assert "about.width" in codes(found.notes)


@pytest.mark.parametrize(
    ("target", "actual"), [("≥3次；≥200人", "3次；200人；5场"), ("≥3次", "3次；200人")]
)
def test_no_part_of_an_actual_is_dropped_without_a_word(target: str, actual: str) -> None:
    read = parse_target(target)
    given = parse_actual(actual, like=read)
    assert "actual.unused" in codes(evaluate(read, given, policy=MOF).notes)


def test_the_very_day_is_in_time_and_noted() -> None:
    on_the_day = verdict("12月31日前", "2024年12月31日")
    assert kind(on_the_day) == "Met"
    assert codes(on_the_day.notes) == ["date.boundary_day"]
    assert verdict("12月31日前", "2024年12月30日").notes == ()
    assert verdict("12月底前", "2024年12月31日").notes == ()
    assert verdict("12月前", "2024年11月30日").notes == ()


def test_the_very_day_is_noted_also_in_a_compound_target() -> None:
    found = verdict("≥3次；12月31日前", "3次；2024年12月31日")
    assert "date.boundary_day" in codes(found.notes)


def test_a_bare_constraint_can_be_compared() -> None:
    five = AtLeast(Amount(5, parse_unit("人")))
    reading = Measured(Interval.point(Fraction(5)), parse_unit("人"))
    assert kind(evaluate(five, reading)) == "Met"
    day = dt.date(2024, 12, 31)
    assert codes(evaluate(By(day), Dated(Interval.point(day))).notes) == ["date.boundary_day"]


def test_what_was_assumed_for_the_target_is_in_the_notes() -> None:
    assert codes(verdict("500万元", "400万元", level2="成本指标").notes) == ["bare.cost_ceiling"]
    assert codes(verdict("10%左右", "9%").notes) == ["about.width"]


def test_without_a_row_a_bare_number_is_undetermined() -> None:
    read = parse_target("500万元")
    assert why(evaluate(read, parse_actual("400万元", like=read))) == "bare.open"
    rough = parse_target("约500人")
    assert why(evaluate(rough, parse_actual("500人", like=rough))) == "about.open"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("30天", "Met"), ("20天", "Undetermined"), ("40天", "Undetermined"), ("30人", "Undetermined")],
)
def test_a_cost_row_nobody_can_tell_is_met_by_the_number_itself(actual: str, expected: str) -> None:
    found = verdict("30天", actual, level2="成本指标")
    assert kind(found) == expected
    if expected == "Undetermined":
        assert why(found) == "bare.cost_open"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("180人", "Met"),
        ("220人", "Met"),
        ("179.99人", "Unmet"),
        ("220.01人", "Unmet"),
        ("200人", "Met"),
    ],
)
def test_about_is_ten_percent_either_way(actual: str, expected: str) -> None:
    assert kind(verdict("约200人", actual)) == expected


def test_about_is_never_for_dates() -> None:
    read = parse_target("12月底前", year=YEAR)
    late = parse_actual("2025年1月1日", like=read, year=YEAR)
    assert kind(evaluate(read, late, policy=MOF)) == "Unmet"


def test_a_change_needs_a_direction() -> None:
    assert why(verdict("同比增长≥5%", "6%")) == "change.no_direction"
    assert kind(verdict("同比增长≥5%", "增长6%")) == "Met"


def test_prose_against_a_number() -> None:
    assert why(evaluate(parse_target("≥5人"), Stated("很多"))) == "actual.prose"
    assert why(verdict("≥5人", "很多")) == "actual.prose"
    assert kind(evaluate(parse_target("≥5人"), Stated("好", Attained.FULLY))) == "Met"


PEOPLE = parse_target("≥5人").constraint


@pytest.mark.parametrize(
    ("attained", "expected"),
    [(Attained.FULLY, "Met"), (Attained.PARTLY, "Unmet"), (Attained.NOT, "Unmet")],
)
def test_words_about_one_part_count_for_that_part(attained: Attained, expected: str) -> None:
    assert isinstance(PEOPLE, AtLeast)
    target = AllOf((PEOPLE, Statement("保障供电")))
    six = Measured(Interval.point(Fraction(6)), parse_unit("人"))
    found = evaluate(target, Every((six, Stated("保障供电", attained))))
    assert kind(found) == expected
    assert found.notes == (Note.of("actual.stated", words="保障供电"),)


def test_prose_about_one_part_wants_a_person() -> None:
    assert isinstance(PEOPLE, AtLeast)
    six = Measured(Interval.point(Fraction(6)), parse_unit("人"))
    found = evaluate(AllOf((PEOPLE, Statement("保障供电"))), Every((six, Stated("供电平稳"))))
    assert found == Undetermined(Note.of("actual.prose"))


def test_a_deadline_among_others_without_an_actual_is_missing_and_no_more() -> None:
    found = verdict("2024年6月30日前；≥5人", "")
    assert found == Undetermined(Note.of("actual.missing"))


def test_a_span_of_days_says_nothing_about_a_word() -> None:
    assert why(verdict("优", "2024年3月至5月")) == "actual.other_kind"
    assert why(verdict("应保尽保", "2024年3月至5月")) == "actual.prose"


@pytest.mark.parametrize(("target", "actual"), [("≥3人", MISSING), (parse_target("≥3人"), "2人")])
def test_texts_are_read_before_they_are_compared(target: Any, actual: Any) -> None:
    with pytest.raises(TypeError, match="parse_target"):
        evaluate(target, actual)
