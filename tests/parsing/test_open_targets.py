"""Reading and resolving together: what a row says decides what its text leaves open."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpieval.constraints import About, AllOf, AtLeast, AtMost, Bare, Between, Change, Equal
from kpieval.parsing import parse_target
from kpieval.presets import policy
from kpieval.resolving import Open, Resolved, RowContext, resolve

MOF = policy("mof-2020")


def decided(text: str, **row: str) -> type:
    found = resolve(parse_target(text).constraint, RowContext(**row), MOF)
    assert isinstance(found, Resolved), found
    assert found.notes
    return type(found.constraint)


@pytest.mark.parametrize(
    ("text", "row", "kind"),
    [
        ("12次", {}, AtLeast),
        ("12次", {"direction": "反向"}, AtMost),
        ("0起", {"name": "事故起数"}, Equal),
        ("500元", {"name": "补助标准", "level2": "成本指标"}, Equal),
        ("30万元", {"level2": "成本指标"}, AtMost),
        ("500元/人天", {"level2": "成本指标"}, AtMost),
        ("3起", {"name": "投诉起数"}, AtMost),
        ("95%", {"name": "投诉处理率"}, AtLeast),
        ("30万元", {"level2": "经济效益指标"}, AtLeast),
    ],
)
def test_a_bare_value_takes_its_direction_from_the_row(
    text: str, row: dict[str, str], kind: type
) -> None:
    assert decided(text, **row) is kind


def test_the_direction_column_comes_before_everything_else() -> None:
    row = {"name": "补助标准", "level2": "成本指标"}
    assert decided("500元", direction="正向", **row) is AtLeast
    assert decided("0起", direction="反向") is AtMost


def test_another_bare_cost_stays_open_but_equality_meets_it() -> None:
    found = resolve(parse_target("3人").constraint, RowContext(level2="成本指标"), MOF)
    assert isinstance(found, Open)
    assert found.met_when_equal
    assert isinstance(found.constraint, Bare)


def test_about_is_as_wide_as_the_policy_says() -> None:
    found = resolve(parse_target("约200人").constraint, None, MOF)
    assert isinstance(found, Resolved) and isinstance(found.constraint, Between)
    assert (found.constraint.lower.value, found.constraint.upper.value) == (
        Fraction(180),
        Fraction(220),
    )
    alone = resolve(parse_target("约200人").constraint)
    assert isinstance(alone, Open) and isinstance(alone.constraint, About)


@pytest.mark.parametrize("name", ["就业率", "占比", "满意度"])
def test_a_rate_that_changes_by_percent_has_two_meanings(name: str) -> None:
    found = resolve(parse_target("提高2%").constraint, RowContext(name=name), MOF)
    assert isinstance(found, Open)
    assert found.reason.code == "change.points_or_percent"
    points = resolve(parse_target("提高2个百分点").constraint, RowContext(name=name), MOF)
    assert isinstance(points, Resolved)


def test_the_rest_has_nothing_open() -> None:
    for text in ("≥90%", "80%-90%", "2024年12月底前", "优", "是", "有效提升", "≥3次；≥200人"):
        constraint = parse_target(text).constraint
        assert resolve(constraint) == Resolved(constraint)


def test_one_open_part_leaves_the_whole_open() -> None:
    compound = parse_target("≥3次；200人").constraint
    assert isinstance(compound, AllOf)
    assert isinstance(resolve(compound), Open)
    found = resolve(compound, RowContext(), MOF)
    assert isinstance(found, Resolved) and isinstance(found.constraint, AllOf)
    assert [type(part) for part in found.constraint.parts] == [AtLeast, AtLeast]


def test_a_change_without_a_sign_is_the_least_that_is_asked_for() -> None:
    found = resolve(parse_target("同比增长5%").constraint, RowContext(name="产值"), MOF)
    assert isinstance(found, Resolved) and isinstance(found.constraint, Change)
    assert isinstance(found.constraint.constraint, AtLeast)
