"""Constraints and amounts: every type is reached, only what can be said is made, all is named."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, get_args

import pytest
from hypothesis import find, given
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from kpieval import exact
from kpieval.constraints import AllOf, AtLeast, AtMost, Between, Constraint, LessThan, Level, Size
from kpieval.meaning import amounts_of
from kpieval.rendering import canonical
from kpieval.strategies import amounts, constraints
from kpieval.strategies.amounts import AWKWARD, magnitudes, unit_of
from kpieval.strategies.kinds import TYPES, WITH_UNITS, word_of
from kpieval.wire.constraints import CONSTRAINT_TYPES

SIMPLEST = {
    "at_least": "≥1个",
    "more_than": ">1个",
    "at_most": "≤1个",
    "less_than": "<1个",
    "equal": "=1个",
    "bare": "1个",
    "about": "约1个",
    "between": "1个~2个",
    "by": "2024年1月1日前",
    "not_before": "2024年1月1日起",
    "during": "2024年1月1日至2024年1月31日",
    "change": "增长≥1个",
    "level": "优秀",
    "yes_no": "是",
    "statement": "应保尽保",
    "all_of": "≥1个；≥1个",
}


def first(strategy: st.SearchStrategy[Any]) -> Any:
    """What a failing example ends at when anything fails."""
    return find(strategy, lambda _: True)


def test_the_types_are_the_closed_sum_and_their_words_those_of_the_json_form() -> None:
    assert get_args(Constraint) == TYPES
    assert {word_of(kind) for kind in TYPES} == CONSTRAINT_TYPES == set(SIMPLEST)


@pytest.mark.parametrize("word", SIMPLEST)
def test_every_type_is_made_and_ends_at_its_simplest(word: str) -> None:
    found = first(constraints(word))
    assert word_of(type(found)) == word
    assert canonical(found) == SIMPLEST[word]


def test_what_fails_for_every_constraint_ends_at_the_simplest_of_all() -> None:
    assert canonical(first(constraints())) == "≥1个"


def test_a_failing_bound_ends_at_the_bound_in_the_simplest_unit() -> None:
    found = find(constraints((AtMost, LessThan)), lambda one: one.value.value >= 37)
    assert canonical(found) == "≤37个"


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_is_among_all_of_them(kind: type) -> None:
    assert isinstance(find(constraints(), lambda found: isinstance(found, kind)), kind)


@pytest.mark.parametrize("unit", ["元/人天", "%", "", "比", "月"])
@given(data=st.data())
def test_a_unit_that_is_asked_for_is_the_unit_of_every_amount(
    unit: str, data: st.DataObject
) -> None:
    found = data.draw(constraints(unit=unit))
    assert {amount.unit for amount in amounts_of(found)} == {unit_of(unit)[0]}


def test_without_kind_a_unit_leaves_the_types_that_have_one() -> None:
    assert {*WITH_UNITS} == {*get_args(Size)} | {AllOf, type(first(constraints("change")))}


@pytest.mark.parametrize(
    ("kind", "unit", "says"),
    [
        ("atleast", None, "'atleast' is no constraint; one of at_least, "),
        (int, None, "is no constraint"),
        ((), None, "empty tuple"),
        ("by", "元", "by: no unit"),
        ((AtLeast, Level), "%", "level: no unit"),
        (None, "人员们", "unknown unit '人员们'; near it: "),
        (None, "≥", "unknown unit '≥'"),
    ],
)
def test_what_cannot_be_asked_for_is_refused_at_once(kind: Any, unit: Any, says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        constraints(kind, unit)


@given(constraints(Between))
def test_ranges_are_not_empty(found: Between) -> None:
    assert found.lower.base < found.upper.base


# ---- amounts ----------------------------------------------------------------------------------


@given(amounts("万元", min_value="0.5", max_value=3, places=2))
def test_bounds_and_places_are_those_of_the_number_before_the_unit(amount: Any) -> None:
    assert amount.unit.name == "元"
    assert 5000 <= amount.value <= 30_000
    assert (amount.value / 100).denominator == 1


@pytest.mark.parametrize("bound", [{"min_value": 0.5}, {"max_value": 0.5}])
def test_a_float_is_no_bound(bound: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match="is a float"):
        amounts("元", **bound)


def test_bounds_with_nothing_between_them_are_refused() -> None:
    with pytest.raises(InvalidArgument, match="no number with 0 places"):
        amounts("元", min_value="0.1", max_value="0.9", places=0)


def test_zero_and_what_is_below_it_come_too() -> None:
    assert find(magnitudes(), lambda number: number <= 0) == 0
    assert find(magnitudes(), lambda number: number < 0) == -1
    assert find(magnitudes(min_value=0, max_value=0), lambda _: True) == 0


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_decimals_are_those_that_floats_get_wrong(text: str) -> None:
    number, binary = Fraction(text), float(text)
    wrong = [
        Fraction(binary * 100) != number * 100,
        Fraction(binary * 10_000) != number * 10_000,
        Fraction(str(round(binary, 2))) != exact.half_up(number, 2),
    ]
    assert any(wrong)
