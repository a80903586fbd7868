"""What the row and the policy decide about a target that leaves something open."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from scored import MOF, codes

from kpieval.amounts import Amount, money
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    Change,
    Constraint,
    Direction,
    Equal,
    Level,
)
from kpieval.parsing import parse_target
from kpieval.resolving import Open, Resolved, RowContext, is_money, resolve
from kpieval.units import parse_unit

COST = {"level1": "产出指标", "level2": "成本指标"}


def read(text: str) -> Constraint:
    return parse_target(text, year=2024).constraint


def decided(text: str, **row: str) -> tuple[type, str]:
    """The type that a bare number is taken for, and the note that says so."""
    found = resolve(read(text), RowContext(**row), MOF)
    assert isinstance(found, Resolved)
    return type(found.constraint), " ".join(codes(found.notes))


@pytest.mark.parametrize(
    ("text", "row", "made", "note"),
    [
        ("12次", {}, AtLeast, "bare.floor"),
        ("95%", {"name": "合格率"}, AtLeast, "bare.floor"),
        ("12次", {"direction": "正向"}, AtLeast, "bare.direction"),
        ("12次", {"direction": "反向"}, AtMost, "bare.direction"),
        ("0起", {"name": "安全事故"}, Equal, "bare.zero"),
        ("0起", {}, Equal, "bare.zero"),
        ("400元", {"name": "补助标准"}, Equal, "bare.exact"),
        ("400元/人", {"name": "补贴标准", **COST}, Equal, "bare.exact"),
        ("500万元", COST, AtMost, "bare.cost_ceiling"),
        ("400元/人", COST, AtMost, "bare.cost_ceiling"),
        ("5起", {"name": "投诉"}, AtMost, "bare.bad_ceiling"),
        ("5%", {"name": "人才流失率"}, AtMost, "bare.bad_ceiling"),
        ("95%", {"name": "投诉处理率"}, AtLeast, "bare.floor"),
        ("100人", {"name": "失业保险参保人数"}, AtLeast, "bare.floor"),
        ("10次", {"name": "事故隐患排查次数"}, AtLeast, "bare.floor"),
        ("5个", {"name": "污染防治项目数"}, AtLeast, "bare.floor"),
        ("3次", {"name": "预算调整次数", **COST}, AtMost, "bare.bad_ceiling"),
        ("500万元", {"level2": "数量指标"}, AtLeast, "bare.floor"),
    ],
)
def test_a_bare_number_takes_its_direction_from_the_row(
    text: str, row: dict[str, str], made: type, note: str
) -> None:
    assert decided(text, **row) == (made, note)


@pytest.mark.parametrize(
    ("row", "note"),
    [
        ({"direction": "正向", "name": "补助标准"}, "bare.direction"),
        ({"direction": "正向", "name": "投诉", **COST}, "bare.direction"),
        ({"name": "补助标准", **COST}, "bare.exact"),
    ],
)
def test_the_order_of_what_decides(row: dict[str, str], note: str) -> None:
    assert decided("400元", **row)[1] == note


def test_the_direction_column_goes_before_zero() -> None:
    assert decided("0人", direction="正向") == (AtLeast, "bare.direction")


def test_a_cost_row_that_is_no_money_stays_open() -> None:
    found = resolve(read("30天"), RowContext(**COST), MOF)
    assert isinstance(found, Open)
    assert found.reason.code == "bare.cost_open"
    assert found.met_when_equal


@pytest.mark.parametrize("name", ["节约资金", "成本节约额", "会议费压减额"])
def test_money_that_is_saved_is_no_ceiling(name: str) -> None:
    found = resolve(read("5万元"), RowContext(name=name, **COST), MOF)
    assert isinstance(found, Open)
    assert found.reason.code == "bare.cost_open"


def test_a_bare_number_without_a_row_stays_open() -> None:
    found = resolve(Bare(money(5)))
    assert isinstance(found, Open)
    assert not found.met_when_equal


def test_every_guess_is_noted() -> None:
    for row in ({}, COST, {"name": "投诉"}, {"name": "补助标准"}, {"direction": "正向"}):
        found = resolve(Bare(money(5)), RowContext(**row), MOF)
        assert isinstance(found, Resolved) and found.notes


def test_about_takes_its_width_from_the_policy() -> None:
    found = resolve(read("约200人"), None, MOF)
    assert isinstance(found, Resolved)
    lower, upper = (Amount(number, parse_unit("人")) for number in (180, 220))
    assert found.constraint == Between(lower, upper)
    assert codes(found.notes) == ["about.width"]
    wide = evolve(MOF, about_tolerance=Fraction(1, 3))
    wider = resolve(read("约200人"), None, wide)
    assert isinstance(wider, Resolved) and isinstance(wider.constraint, Between)
    assert wider.constraint.lower.value == Fraction(400, 3)


def test_about_a_negative_number_is_still_a_range() -> None:
    found = resolve(About(Amount(-10, parse_unit("%"))), None, MOF)
    assert isinstance(found, Resolved) and isinstance(found.constraint, Between)
    assert [int(end.value) for end in (found.constraint.lower, found.constraint.upper)] == [-11, -9]


def test_about_without_a_policy_stays_open() -> None:
    assert isinstance(resolve(read("约200人")), Open)


def test_a_change_of_a_rate_in_percent_stays_open() -> None:
    found = resolve(read("提高2%"), RowContext(name="入学率"), MOF)
    assert isinstance(found, Open)
    assert found.reason.code == "change.points_or_percent"
    in_points = resolve(read("提高2个百分点"), RowContext(name="入学率"), MOF)
    assert isinstance(in_points, Resolved)


def test_a_bare_change_is_the_least_that_is_asked_for() -> None:
    found = resolve(read("同比增长5%"), RowContext(name="产值"), MOF)
    assert isinstance(found, Resolved)
    five = Amount(5, parse_unit("%"))
    assert found.constraint == Change(Direction.INCREASE, "previous_year", AtLeast(five))
    assert codes(found.notes) == ["bare.change"]


def test_about_inside_a_change() -> None:
    found = resolve(read("增长6%左右"), RowContext(name="产值"), MOF)
    assert isinstance(found, Resolved) and isinstance(found.constraint, Change)
    assert isinstance(found.constraint.constraint, Between)
    assert isinstance(resolve(read("增长6%左右"), RowContext(name="产值")), Open)


def test_all_parts_are_decided_or_the_whole_stays_open() -> None:
    whole = AllOf((Bare(Amount(3, parse_unit("次"))), About(Amount(200, parse_unit("人")))))
    found = resolve(whole, RowContext(), MOF)
    assert isinstance(found, Resolved) and isinstance(found.constraint, AllOf)
    assert [type(part) for part in found.constraint.parts] == [AtLeast, Between]
    assert codes(found.notes) == ["bare.floor", "about.width"]
    left = resolve(whole, None, MOF)
    assert isinstance(left, Open) and left.constraint == whole


@pytest.mark.parametrize("text", ["≥90%", "<5起", "3-5个", "12月底前", "2024年3月起", "优", "是"])
def test_what_is_not_open_stays_as_it_is(text: str) -> None:
    assert resolve(read(text), RowContext(**COST), MOF) == Resolved(read(text))


def test_money_and_money_per_something() -> None:
    for name, money_ in (("元", True), ("元/人", True), ("美元", True), ("人", False)):
        assert is_money(Amount(1, parse_unit(name))) is money_
    assert not is_money(Amount(1, parse_unit("人/元")))
    assert not is_money(Amount(1))


def test_what_the_row_is_about() -> None:
    assert RowContext(level1="成本指标").is_cost
    assert not RowContext(level1="产出指标").is_cost
    assert RowContext(name="覆盖率").is_rate
    assert not RowContext(name="覆盖人数").is_rate
    assert RowContext(name="事故").is_bad
    assert not RowContext(name="事故处理").is_bad


def test_a_level_has_nothing_open() -> None:
    assert resolve(Level("优")) == Resolved(Level("优"))
