"""What an actual can be, as values."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs.exceptions import FrozenInstanceError

from kpieval.actuals import MISSING, Actual, Attained, Changed, Every, Measured, Missing, Stated
from kpieval.constraints import Direction
from kpieval.intervals import Interval
from kpieval.units import parse_unit

FIVE = Measured(Interval.point(Fraction(5)), parse_unit("人"))


def test_a_missing_actual_is_nothing_and_never_zero() -> None:
    assert MISSING.source == ""
    assert MISSING.reading == Missing()
    assert Actual("0", Measured(Interval.point(Fraction(0)), parse_unit("人"))) != MISSING


def test_readings_are_equal_by_what_they_say() -> None:
    again = Measured(Interval.point(Fraction(5)), parse_unit("名"))
    assert again == FIVE
    assert Measured(Interval.point(Fraction(5)), parse_unit("个")) != FIVE
    assert Measured(Interval.point(Fraction(5)), parse_unit("人"), about=True) != FIVE
    assert len({FIVE, again, Every((FIVE,)), Every((again,))}) == 2


def test_readings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        FIVE.about = True  # type: ignore[misc]


def test_a_change_keeps_its_direction_apart_from_its_size() -> None:
    up, down = (Changed(way, None, FIVE) for way in Direction)
    assert up != down
    assert up.size == down.size


def test_words_are_not_done_and_say_nothing_of_attainment_unless_told() -> None:
    assert Stated("很好").attained is None
    assert not Stated("很好").done
    assert [word.value for word in Attained] == ["fully", "partly", "not"]
