"""The execution row: 全年执行数 over the budget."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from scored import ALL_MET, MOF, codes, ends, entry, points, scored, table, three_levels

from kpieval.amounts import Amount, money
from kpieval.errors import KpiEvalError
from kpieval.executing import execute
from kpieval.formulas import PassGate
from kpieval.results import ExecutionResult
from kpieval.tables import ActualEntry, Place
from kpieval.units import parse_unit


def spent(
    text: str | None, budget: Amount | None = None, weight: str = "10"
) -> tuple[ExecutionResult, KpiEvalError | None]:
    given = None if text is None else entry("全年执行数", text)
    return execute(table(budget=budget), given, MOF, Fraction(weight))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("100万元", "10"),
        ("90万元", "9"),
        ("900000元", "9"),
        ("99.85万元", "9.99"),
        ("33.335万元", "3.33"),
        ("33.35万元", "3.34"),
        ("0元", "0"),
        ("50万", None),
        ("=90万元", "9"),
    ],
)
def test_ten_points_times_the_rate(text: str, expected: str | None) -> None:
    result, problem = spent(text)
    if expected is None:
        assert problem is not None
        assert ends(result.score) == ("0", "10")
        return
    assert problem is None
    assert ends(result.score) == (expected, expected)


@pytest.mark.parametrize("text", ["100.01万元", "250万元", "1000001元"])
def test_more_than_the_budget_scores_no_more_than_ten(text: str) -> None:
    result, problem = spent(text)
    assert problem is None
    assert ends(result.score) == ("10", "10")
    assert "execution.over" in codes(result.notes)


def test_the_rate_is_exact_and_not_clamped() -> None:
    assert spent("250万元")[0].rate == Fraction(5, 2)
    third, _ = spent("1元", money(3))
    assert third.rate == Fraction(1, 3)
    assert ends(third.score) == ("3.33", "3.33")


def test_just_short_of_the_budget_is_not_full() -> None:
    result, _ = spent("999999.6元")
    assert ends(result.score) == ("9.99", "9.99")
    assert "step.capped" in codes(result.notes)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_missing_spending_leaves_the_interval(text: str | None) -> None:
    result, problem = spent(text)
    assert problem is None
    assert ends(result.score) == ("0", "10")
    assert result.rate is None
    assert codes(result.notes) == ["execution.missing"]


@pytest.mark.parametrize("text", ["无", "/", "—"])
def test_a_dash_is_missing_too(text: str) -> None:
    result, problem = spent(text)
    assert problem is None
    assert codes(result.notes) == ["execution.missing"]


@pytest.mark.parametrize(
    "text", ["92.5", "92.5万", "约90万元", "-3万元", "≤90万元", "很多", "5人", "90-95万元", "90%"]
)
def test_what_is_no_exact_amount_of_money_is_refused(text: str) -> None:
    result, problem = spent(text)
    assert problem is not None
    assert ends(result.score) == ("0", "10")
    assert codes(result.notes) == ["execution.unread"]


def test_another_currency_is_refused_by_name() -> None:
    result, problem = spent("5美元")
    assert problem is not None and problem.code == "KP209"
    assert "美元" in problem.message()
    assert ends(result.score) == ("0", "10")


def test_money_per_something_is_no_spending() -> None:
    _, problem = spent("5元/人")
    assert problem is not None and problem.code == "KP209"


@pytest.mark.parametrize("budget", [money(0), money(-5)])
def test_a_budget_of_nothing_leaves_the_interval(budget: Amount) -> None:
    result, problem = spent("5元", budget)
    assert problem is None
    assert ends(result.score) == ("0", "10")
    assert result.rate is None
    assert codes(result.notes) == ["execution.no_budget"]


def test_without_a_budget_nothing_is_divided() -> None:
    result, _ = execute(evolve(table(), budget=None), entry("全年执行数", "5元"), MOF, Fraction(10))
    assert ends(result.score) == ("0", "10")
    assert codes(result.notes) == ["execution.no_budget"]


def test_a_budget_in_ten_thousands() -> None:
    result, _ = spent("60万元", Amount(800_000, parse_unit("元")))
    assert ends(result.score) == ("7.5", "7.5")


def test_the_place_of_what_is_refused_is_named() -> None:
    given = ActualEntry("全年执行数", "92.5", place=Place("a.csv", row=7))
    _, problem = execute(table(), given, MOF, Fraction(10))
    assert problem is not None and problem.where == "a.csv:7"


def test_the_place_of_what_is_not_read_is_named() -> None:
    given = ActualEntry("全年执行数", "几万元", place=Place("a.csv", row=7))
    _, problem = execute(table(), given, MOF, Fraction(10))
    assert problem is not None and problem.where == "a.csv:7"


def test_another_formula() -> None:
    gate = evolve(MOF, execution=evolve(MOF.execution, formula=PassGate(Fraction(3, 5))))
    given = entry("全年执行数", "80万元")
    assert ends(execute(table(), given, gate, Fraction(10))[0].score) == ("5", "5")


def test_the_execution_row_counts_in_the_total() -> None:
    assert points(scored(three_levels(), **ALL_MET)) == ("100", "100")
    assert points(scored(three_levels(), **(ALL_MET | {"全年执行数": "90万元"}))) == ("99", "99")


def test_weights_of_a_hundred_leave_no_execution_row() -> None:
    result = scored(three_levels(("60", "30", "10")), **(ALL_MET | {"全年执行数": "1万元"}))
    assert result.execution is None
    assert points(result) == ("100", "100")
    assert "weights.no_execution" in codes(result.notes)
