"""From what was read to what was measured."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpieval.actuals import Answered, Changed, Dated, Every, Graded, Measured, Stated
from kpieval.constraints import Direction
from kpieval.parsing import parse_target
from kpieval.parsing.measuring import reading_of


def measured(text: str) -> object:
    return reading_of(parse_target(text, year=2024).constraint)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5人", (5, True), (5, True)),
        ("≥5人", (5, True), None),
        (">5人", (5, False), None),
        ("≤5人", None, (5, True)),
        ("<5人", None, (5, False)),
        ("=5人", (5, True), (5, True)),
        ("3-5人", (3, True), (5, True)),
        ("≥3人且<5人", (3, True), (5, False)),
        ("5万人", (50_000, True), (50_000, True)),
    ],
)
def test_amounts_are_intervals(
    text: str, low: tuple[int, bool] | None, high: tuple[int, bool] | None
) -> None:
    found = measured(text)
    assert isinstance(found, Measured) and not found.about
    ends = [
        None if end is None else (end.value, end.closed)
        for end in (found.interval.lower, found.interval.upper)
    ]
    assert ends == [end and (Fraction(end[0]), end[1]) for end in (low, high)]


def test_an_interval_stands_in_base_units() -> None:
    found = measured("24小时")
    assert isinstance(found, Measured)
    same = measured("1天")
    assert isinstance(same, Measured)
    assert found.interval == same.interval
    assert found.unit != same.unit


def test_about_is_a_mark_not_a_width() -> None:
    found = measured("约200人")
    assert isinstance(found, Measured)
    assert found.about and found.interval.is_point


def test_a_change_keeps_its_direction_apart() -> None:
    found = measured("同比下降5%")
    assert isinstance(found, Changed)
    assert (found.direction, found.basis) == (Direction.DECREASE, "previous_year")
    assert found.size.interval.lower is not None
    assert found.size.interval.lower.value > Fraction(0)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2024年12月底前", Dated),
        ("2024年1月起", Dated),
        ("2024年", Dated),
        ("优", Graded),
        ("是", Answered),
        ("有效提升", Stated),
        ("3次；200人", Every),
    ],
)
def test_the_other_readings(text: str, kind: type) -> None:
    assert isinstance(measured(text), kind)
