"""Points, flags and forms of rules that few projects come to."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from scored import MOF, codes, faults, indicator, judged, outcome, points, scored, table

from kpieval.amounts import money
from kpieval.formulas import Binary, DateRule, Grace, PerDay
from kpieval.policies import OverCompletion
from kpieval.presets import policy
from kpieval.scoring import score_project
from kpieval.tables import EXECUTED, ActualEntry, Actuals
from kpieval.wire.policies import date_rule_wire

HALF_OFF = OverCompletion(
    Fraction(6, 5),
    Fraction(13, 10),
    ladder=((Fraction(3, 2), Fraction(1)), (Fraction(13, 10), Fraction(1, 2))),
    document="某财绩〔2024〕1号",
)
ROW = indicator("≥10人", name="数量", weight="90")


def test_an_amount_goes_through_pickle_as_text() -> None:
    amount = money("95.5")
    assert pickle.loads(pickle.dumps(amount)) == amount
    assert b"95.5" in pickle.dumps(amount)


@pytest.mark.parametrize(
    ("written", "left", "wrong"),
    [("1分", "9", []), ("20", "0", []), ("-1", "10", ["KP213"]), ("一分", "10", ["KP213"])],
)
def test_points_taken_off_the_spending(written: str, left: str, wrong: list[str]) -> None:
    entries = (ActualEntry("数量", "10人"), ActualEntry(EXECUTED, "100万元", deduction=written))
    result = score_project(table(ROW), Actuals(entries), evolve(MOF, deducts=True))
    assert result.execution is not None
    assert points(result.execution) == (left, left)
    assert faults(result.problems) == wrong
    assert ("deduction.taken" in codes(result.execution.notes)) == (not wrong)


def test_more_done_than_was_spent_is_flagged() -> None:
    result = scored(table(ROW), policy("platform-standard"), 数量="10人", 全年执行数="70万元")
    told = [(note.code, dict(note.params)["percent"]) for note in result.notes]
    assert told == [("flag.outrun", "30.00"), ("flag.unspent", "30.00")]
    whole = scored(table(ROW), policy("platform-standard"), 数量="10人", 全年执行数="100万元")
    assert not [note for note in whole.notes if note.code.startswith("flag.")]


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("≥10人", "14人", "Met 5"),
        ("≥10人", "16人", "Met 0"),
        # Far below a ceiling, within a range, exactly what was wanted: nothing was done over.
        ("≤10人", "1人", "Met 10"),
        ("10-20人", "19人", "Met 10"),
        ("=10人", "10人", "Met 10"),
        ("=10人", "16人", "Unmet 10"),
    ],
)
def test_a_ladder_takes_off_floors_alone(target: str, actual: str, expected: str) -> None:
    """What is no floor keeps its points, however far the actual lies from the target."""
    by = evolve(MOF, over_completion=HALF_OFF)
    assert outcome(judged(target, actual, by=by)) == expected


def test_what_does_not_apply_waits_for_a_person_where_the_policy_asks() -> None:
    result = scored(table(ROW), MOF, 数量="不适用", 全年执行数="100万元")
    (row,) = result.indicators
    assert (outcome(row), row.left_out) == ("Undetermined 0 90", False)


@pytest.mark.parametrize(
    ("rule", "wire"),
    [
        (Binary(), {"type": "binary"}),
        (Grace(30, Fraction(1, 2)), {"type": "grace", "days": 30, "share": "0.5"}),
        (PerDay(Fraction(1, 10)), {"type": "per_day", "share": "0.1"}),
    ],
)
def test_the_rules_of_late_dates_as_json(rule: DateRule, wire: dict[str, Any]) -> None:
    assert date_rule_wire(rule) == wire
