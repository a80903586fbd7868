"""Formulas: which share of its weight a missed target still earns."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from kpieval.formulas import Formula, Ladder, Linear, Miss, PassGate, Ratio, Step, share

GATE = PassGate(Fraction(3, 5))
LADDER = Ladder(((Fraction(9, 10), Fraction(1)), (Fraction(3, 5), Fraction(1, 2))))
EVERY: list[Formula] = [Ratio(), Linear(), GATE, LADDER, Step(Fraction(1))]


def earned(formula: Formula, ratio: str, short: str = "0", weight: str = "10") -> Fraction:
    return share(formula, Miss(Fraction(ratio), Fraction(short), Fraction(weight)))


@pytest.mark.parametrize(
    ("formula", "ratio", "expected"),
    [
        (Ratio(), "0", "0"),
        (Ratio(), "2/3", "2/3"),
        (Ratio(), "1", "1"),
        # A = 1.5 T is an overrun of one half, A = 2 T of the whole.
        (Linear(), "2/3", "1/2"),
        (Linear(), "1/2", "0"),
        (Linear(), "1/3", "0"),
        (Linear(), "0", "0"),
        (Linear(), "1", "1"),
        (GATE, "0.5", "0"),
        (GATE, "0.6", "0"),
        (GATE, "0.8", "1/2"),
        (GATE, "1", "1"),
        (LADDER, "0.59", "0"),
        (LADDER, "0.6", "1/2"),
        (LADDER, "0.8999", "1/2"),
        (LADDER, "0.9", "1"),
    ],
)
def test_share_of_the_weight(formula: Formula, ratio: str, expected: str) -> None:
    assert earned(formula, ratio) == Fraction(expected)


@pytest.mark.parametrize(
    ("short", "weight", "expected"),
    [
        ("0", "10", "1"),
        ("1", "10", "9/10"),
        ("1.2", "10", "8/10"),
        ("10", "10", "0"),
        ("99", "10", "0"),
        ("1", "4", "3/4"),
        ("1", "0", "0"),
    ],
)
def test_a_step_takes_points_for_each_begun_unit(short: str, weight: str, expected: str) -> None:
    assert earned(Step(Fraction(1)), "0.9", short, weight) == Fraction(expected)


@pytest.mark.parametrize("formula", EVERY, ids=lambda formula: type(formula).__name__)
@pytest.mark.parametrize("ratio", ["-3", "-0.1", "0", "0.3", "0.999", "1", "7"])
def test_a_share_lies_between_nothing_and_all(formula: Formula, ratio: str) -> None:
    assert 0 <= earned(formula, ratio, short="3") <= 1


@pytest.mark.parametrize("formula", EVERY, ids=lambda formula: type(formula).__name__)
def test_a_formula_is_data(formula: Formula) -> None:
    assert pickle.loads(pickle.dumps(formula)) == formula
    assert eval(repr(formula)) == formula
