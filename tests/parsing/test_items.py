"""How the parts of a cell join into one constraint."""

from __future__ import annotations

import pytest

from kpieval.constraints import AllOf, AtLeast, AtMost, Between, By, Change
from kpieval.errors import PairingError, ReadingError, TargetSyntaxError
from kpieval.parsing import parse_target


def kinds(text: str) -> list[type]:
    constraint = parse_target(text, year=2024).constraint
    assert isinstance(constraint, AllOf)
    return [type(part) for part in constraint.parts]


@pytest.mark.parametrize("text", ["≥80%且≤100%", "≤100%且≥80%", "≥80%≤100%", "≥80% 但 ≤100%"])
def test_a_floor_and_a_ceiling_of_one_quantity_are_a_range(text: str) -> None:
    assert parse_target(text).constraint == parse_target("80%~100%").constraint


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("≥3人且<5人", (True, False)),
        (">3人且≤5人", (False, True)),
        ("大于3人小于5人", (False, False)),
        ("<5人且>3人", (False, False)),
    ],
)
def test_the_ends_of_a_range_are_as_the_words_say(text: str, closed: tuple[bool, bool]) -> None:
    constraint = parse_target(text).constraint
    assert isinstance(constraint, Between)
    assert (constraint.lower_closed, constraint.upper_closed) == closed


def test_a_range_of_a_change_is_a_change() -> None:
    constraint = parse_target("增长5%以上且不超过10%").constraint
    assert isinstance(constraint, Change)
    assert isinstance(constraint.constraint, Between)


@pytest.mark.parametrize("separator", ["；", ";", "，", ",", "、", "; "])
def test_separated_parts_must_all_hold(separator: str) -> None:
    assert kinds(f"≥3次{separator}≥200人") == [AtLeast, AtLeast]


def test_two_named_quantities_are_no_range() -> None:
    assert kinds("投诉率≤3%且满意度≥90%") == [AtMost, AtLeast]


def test_a_deadline_stands_before_what_is_due() -> None:
    assert kinds("2024年12月底前≥90%") == [By, AtLeast]


@pytest.mark.parametrize("text", ["3人5天", "≥90%≥80%", "90%95%", "≥3次≥5次"])
def test_values_without_a_separator_do_not_join(text: str) -> None:
    with pytest.raises(TargetSyntaxError):
        parse_target(text)


def test_分别_pairs_values_with_names() -> None:
    constraint = parse_target("分别≥3次、≥4次", name="培训、调研次数").constraint
    assert isinstance(constraint, AllOf)
    for name in (None, "培训次数", "培训、调研、会议次数"):
        with pytest.raises(PairingError):
            parse_target("分别≥3次、≥4次", name=name)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("培训≥3次", ["reading.subject"]),
        ("≥95%，群众认可", ["reading.remainder"]),
        ("原则上不超过3次", ["reading.in_principle"]),
        ("合同签订后30日内", ["reading.event"]),
        ("20个床位", ["reading.noun", "bare"]),
        ("3台（套）", ["unit.either", "bare"]),
    ],
)
def test_what_is_read_past_is_named(text: str, notes: list[str]) -> None:
    assert [note.code for note in parse_target(text).notes] == notes


@pytest.mark.parametrize("text", ["5股", "5学", "≥5圈圈", "5的", "3的人"])
def test_words_straight_after_a_bare_number_are_an_unknown_unit(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_target(text)
    assert caught.value.code == "KP102"


@pytest.mark.parametrize("text", ["每年4月15日前", "每月15日前", "每年12月底前"])
def test_a_recurring_deadline_is_no_single_day(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_target(text, year=2024)
    assert caught.value.code == "KP112"
