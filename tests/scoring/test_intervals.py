"""Intervals: containment, overlap and their ends."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from kpieval.intervals import Bound, Interval, negated


def span(text: str) -> Interval[Fraction]:
    """An interval as mathematicians write it: ``[1,3)``, ``(,5]``."""
    lower, upper = text[1:-1].split(",")
    return Interval(
        Bound(Fraction(lower), text[0] == "[") if lower else None,
        Bound(Fraction(upper), text[-1] == "]") if upper else None,
    )


@pytest.mark.parametrize(
    ("outer", "inner", "contained"),
    [
        ("[90,)", "[90,90]", True),
        ("(90,)", "[90,90]", False),
        ("(90,)", "(90,95]", True),
        ("[90,)", "(90,95]", True),
        ("(90,)", "[90,95]", False),
        ("(,5]", "[5,5]", True),
        ("(,5)", "[5,5]", False),
        ("(,5)", "[3,5)", True),
        ("(,5)", "(,5]", False),
        ("[1,3]", "[1,3]", True),
        ("[1,3]", "[0,3]", False),
        ("[1,3]", "[1,)", False),
        ("[1,3]", "(,2]", False),
        ("(,)", "(,)", True),
        ("[1,3)", "[2,3]", False),
    ],
)
def test_containment(outer: str, inner: str, contained: bool) -> None:
    assert span(outer).contains(span(inner)) is contained


@pytest.mark.parametrize(
    ("one", "other", "meeting"),
    [
        ("[1,3]", "[3,5]", True),
        ("[1,3)", "[3,5]", False),
        ("[1,3]", "(3,5]", False),
        ("[1,3]", "[4,5]", False),
        ("(,3]", "[2,)", True),
        ("(,3)", "[3,)", False),
        ("(,)", "[1,1]", True),
        ("[1,9]", "[3,4]", True),
    ],
)
def test_overlap_is_symmetric(one: str, other: str, meeting: bool) -> None:
    assert span(one).meets(span(other)) is meeting
    assert span(other).meets(span(one)) is meeting


def test_a_point_is_a_point() -> None:
    assert Interval.point(Fraction(1)).is_point
    assert not span("[1,2]").is_point
    assert not Interval.at_least(Fraction(1)).is_point
    assert not Interval.at_most(Fraction(1)).is_point


def test_an_open_bound_can_be_made() -> None:
    assert Interval.at_least(Fraction(1), closed=False) == span("(1,)")
    assert Interval.at_most(Fraction(1), closed=False) == span("(,1)")


def test_mirrored_at_zero() -> None:
    assert negated(span("[-5,2)")) == span("(-2,5]")
    assert negated(span("[1,)")) == span("(,-1]")
    assert negated(negated(span("(3,7]"))) == span("(3,7]")


def test_days_compare_like_numbers() -> None:
    year = Interval(Bound(dt.date(2024, 1, 1)), Bound(dt.date(2024, 12, 31)))
    assert year.contains(Interval.point(dt.date(2024, 12, 31)))
    assert not year.meets(Interval.point(dt.date(2025, 1, 1)))


@pytest.mark.parametrize("text", ["[5,3]", "(5,5]", "[5,5)", "(5,5)"])
def test_there_is_no_empty_interval(text: str) -> None:
    with pytest.raises(ValueError, match="holds no value"):
        span(text)


@pytest.mark.parametrize("text", ["[1,3)", "(1,3]", "[0,0.5]"])
def test_an_interval_is_printed_as_mathematicians_write_it(text: str) -> None:
    assert str(span(text)).replace(" ", "") == text


def test_open_ends_are_printed_too() -> None:
    assert [str(span(text)) for text in ("(,5]", "[5,)", "(,)")] == ["(-∞, 5]", "[5, ∞)", "(-∞, ∞)"]
    assert str(Interval.point(dt.date(2024, 12, 31))) == "2024-12-31"
