"""An actual of this year and one of the last, as the change that a target asks for."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpieval.actuals import Actual, Changed, Measured
from kpieval.basing import against_previous
from kpieval.constraints import Direction
from kpieval.intervals import Interval
from kpieval.parsing import parse_actual, parse_target
from kpieval.units import parse_unit

UP, DOWN = Direction.INCREASE, Direction.DECREASE


def based(target: str, actual: str, previous: str) -> tuple[Actual, Actual]:
    """The actual before and after it was set against the previous one."""
    wanted = parse_target(target, year=2024)
    now, before = (parse_actual(text, year=2024) for text in (actual, previous))
    return now, against_previous(wanted, now, before)


@pytest.mark.parametrize(
    ("target", "actual", "previous", "direction", "size", "unit"),
    [
        ("提高≥2个百分点", "92%", "90%", UP, 2, "百分点"),
        ("降低≥0.5个百分点", "3.25%", "4%", DOWN, "0.75", "百分点"),
        ("增长10%", "1.1万人", "10000人", UP, "0.1", "%"),
        ("较上年下降5%", "29元", "30元", DOWN, "1/30", "%"),
        ("增加5人", "15人", "10人", UP, 5, "人"),
        ("减少2万元", "1万元", "2.5万元", DOWN, 15000, "元"),
        ("增长≥5%", "100人", "100人", UP, 0, "%"),
    ],
)
def test_the_difference_is_the_change(
    target: str, actual: str, previous: str, direction: Direction, size: str, unit: str
) -> None:
    now, found = based(target, actual, previous)
    measure = parse_unit(unit)
    amount = Fraction(size)
    if unit == "%":
        amount = amount * 100 * measure.scale
    assert found.reading == Changed(
        direction, "previous_year", Measured(Interval.point(amount), measure)
    )
    (note,) = [one for one in found.notes if one.code == "change.from_previous"]
    assert dict(note.params) == {"previous": previous, "actual": actual}
    assert set(now.notes) <= set(found.notes)
    assert found.source == actual


@pytest.mark.parametrize(
    ("target", "actual", "previous"),
    [
        ("≥5人", "15人", "10人"),
        ("环比增长5%", "15人", "10人"),
        ("增长5%", "15人", "0人"),
        ("增长5%", "15人", "-3人"),
        ("增长5%", "15人", "10次"),
        ("增长5%", "15人", "约10人"),
        ("增长5%", "10-15人", "10人"),
        ("增长5%", "15人", "达成"),
        ("增长5%", "15人", ""),
        ("增加5元", "15人", "10人"),
        ("提高2个百分点", "15人", "10人"),
    ],
)
def test_what_gives_no_change_stays_as_it_is(target: str, actual: str, previous: str) -> None:
    now, found = based(target, actual, previous)
    assert found == now
