"""Drafts become amounts once the row is known."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from kpieval import dates
from kpieval.amounts import Amount
from kpieval.errors import ImpossibleDateError, MissingYearError, VagueNumberError
from kpieval.parsing.drafting import Draft, Scope, shared
from kpieval.units import NO_UNIT, Unit, parse_unit

YUAN = parse_unit("元")


def codes(scope: Scope) -> list[str]:
    return [note.code for note in scope.notes]


def test_the_scale_is_multiplied_out() -> None:
    scope = Scope("2.7万元")
    assert scope.amount(Draft(Fraction(27, 10), 10_000, YUAN)) == Amount(27_000, YUAN)
    assert scope.written_factor == 10_000
    assert codes(scope) == []


def test_a_unit_is_taken_from_the_row_and_noted() -> None:
    scope = Scope("2.7", hint=YUAN, hint_factor=10_000)
    assert scope.amount(Draft(Fraction(27, 10))) == Amount(27_000, YUAN)
    assert codes(scope) == ["unit.from_context"]
    assert scope.written_factor == 10_000


def test_a_scale_in_the_text_is_not_multiplied_by_that_of_the_row() -> None:
    scope = Scope("1350万", hint=YUAN, hint_factor=10_000)
    assert scope.amount(Draft(Fraction(1350), 10_000)) == Amount(13_500_000, YUAN)


def test_a_unit_in_the_text_is_kept() -> None:
    scope = Scope("3人", hint=YUAN)
    assert scope.amount(Draft(Fraction(3), unit=parse_unit("人"))) == Amount(3, parse_unit("人"))
    assert codes(scope) == []


def test_a_scale_without_a_unit_is_noted() -> None:
    scope = Scope("1350万")
    assert scope.amount(Draft(Fraction(1350), 10_000)) == Amount(13_500_000, NO_UNIT)
    assert codes(scope) == ["unit.scale_only"]


def test_a_divisor_before_the_value() -> None:
    scope = Scope("每人3次", per=parse_unit("人"))
    amount = scope.amount(Draft(Fraction(3), unit=parse_unit("次")))
    assert amount == Amount(3, parse_unit("次/人"))


def test_the_fault_of_a_draft_is_raised_when_it_is_used() -> None:
    with pytest.raises(VagueNumberError):
        Scope("近百").amount(Draft(Fraction(0), fault=VagueNumberError))


def test_a_note_is_made_once() -> None:
    scope = Scope("x")
    scope.note("bare")
    scope.note("bare")
    assert codes(scope) == ["bare"]


def test_the_year_said_wins_over_that_of_the_table() -> None:
    assert Scope("x", year=2024).resolve_year(2025) == 2025
    assert Scope("x", year=2024).resolve_year(None) == 2024
    with pytest.raises(MissingYearError):
        Scope("12月底前").resolve_year(None)


def test_a_period_of_no_calendar_is_an_error() -> None:
    scope = Scope("2月30日", year=2024)
    assert scope.period(dates.month, None, 2).end == dt.date(2024, 2, 29)
    with pytest.raises(ImpossibleDateError) as caught:
        scope.period(dates.day, None, 2, 30)
    assert "2024-2-30" in caught.value.message("en")


PERCENT = parse_unit("%")

Written = tuple[int, int, Unit | None]


@pytest.mark.parametrize(
    ("lower", "upper", "ends"),
    [
        # 10-15万元, 5000-1万元, 80-90%, 10万元-15万元, 3个-5
        ((10, 1, None), (15, 10_000, YUAN), (100_000, 150_000)),
        ((5000, 1, None), (1, 10_000, YUAN), (5000, 10_000)),
        ((80, 1, None), (90, 1, PERCENT), (80, 90)),
        ((10, 10_000, YUAN), (15, 10_000, YUAN), (100_000, 150_000)),
        ((3, 1, YUAN), (5, 1, None), (3, 5)),
        ((3, 1, None), (5, 10_000, None), (30_000, 50_000)),
    ],
)
def test_the_ends_of_a_range_share_unit_and_scale(
    lower: Written, upper: Written, ends: tuple[int, int]
) -> None:
    low, high = shared(*(Draft(Fraction(n), factor, unit) for n, factor, unit in (lower, upper)))
    assert (low.number, high.number) == tuple(map(Fraction, ends))
    assert low.unit == high.unit
