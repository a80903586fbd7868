"""Which part of a compound actual belongs to which part of its target."""

from __future__ import annotations

import pytest
from scored import YEAR

from kpieval.actuals import Measured, Part
from kpieval.constraints import AllOf, Single
from kpieval.pairing import paired
from kpieval.parsing import parse_actual, parse_target


def pairs(target: str, actual: str) -> list[tuple[Single, Part | None]]:
    constraint = parse_target(target, year=YEAR).constraint
    assert isinstance(constraint, AllOf)
    return paired(constraint.parts, parse_actual(actual, year=YEAR).reading)


def numbers(target: str, actual: str) -> list[int | None]:
    """The number that each part of the target is given."""
    found: list[int | None] = []
    for _, part in pairs(target, actual):
        if part is None:
            found.append(None)
            continue
        assert isinstance(part, Measured) and part.interval.lower is not None
        found.append(int(part.interval.lower.value))
    return found


@pytest.mark.parametrize(
    ("actual", "given"),
    [
        ("3次；200人", [3, 200]),
        ("200人；3次", [3, 200]),
        ("3次", [3, None]),
        ("200人", [None, 200]),
        ("5场", [None, None]),
        ("3次；4次；200人", [None, 200]),
    ],
)
def test_parts_are_matched_by_dimension(actual: str, given: list[int | None]) -> None:
    assert numbers("≥3次；≥200人", actual) == given


def test_parts_of_one_kind_pair_in_order() -> None:
    assert numbers("≥3次；≥5次", "4次；6次") == [4, 6]
    assert numbers("≥3次；≥5次", "4次") == [4, 4]
    assert numbers("≥3次；≥5次；≥7次", "4次；6次") == [None, None, None]


def test_a_date_and_an_amount() -> None:
    found = [part for _, part in pairs("≥3次；12月底前", "11月；3次")]
    assert [type(part).__name__ for part in found] == ["Measured", "Dated"]


def test_a_change_is_no_amount() -> None:
    found = [part for _, part in pairs("增长≥5%；≥90%", "95%；增长6%")]
    assert [type(part).__name__ for part in found] == ["Changed", "Measured"]


def test_every_target_part_keeps_its_place() -> None:
    constraint = parse_target("≥3次；≥200人；12月底前", year=YEAR).constraint
    assert isinstance(constraint, AllOf)
    found = paired(constraint.parts, parse_actual("200人").reading)
    assert tuple(part for part, _ in found) == constraint.parts
