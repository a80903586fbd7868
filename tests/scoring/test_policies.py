"""A policy is a frozen value of plain numbers."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError
from scored import MOF

from kpieval.formulas import Linear
from kpieval.policies import Grades

GRADES = Grades((("优", Fraction(90)), ("良", Fraction(80)), ("中", Fraction(60))), "差")


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"),
        ("90", "优"),
        ("89.99", "良"),
        ("80", "良"),
        ("79.99", "中"),
        ("60", "中"),
        ("59.99", "差"),
        ("0", "差"),
    ],
)
def test_a_grade_begins_at_its_number(total: str, grade: str) -> None:
    assert GRADES.of(Fraction(total)) == grade


def test_grades_are_named_best_first() -> None:
    assert GRADES.names == ("优", "良", "中", "差")
    assert Grades((), "不分级").of(Fraction(50)) == "不分级"


def test_a_policy_does_not_change_but_another_can_be_made_from_it() -> None:
    with pytest.raises(FrozenInstanceError):
        MOF.name = "mine"  # type: ignore[misc]
    mine = evolve(MOF, name="mine", ceiling=Linear())
    assert mine != MOF
    assert mine.floor == MOF.floor


def test_a_policy_pickles_and_hashes() -> None:
    assert pickle.loads(pickle.dumps(MOF)) == MOF
    assert {MOF: 1}[pickle.loads(pickle.dumps(MOF))] == 1


def test_the_points_that_indicators_share() -> None:
    assert MOF.indicator_total == 90
