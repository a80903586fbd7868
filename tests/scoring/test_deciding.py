"""A person's decision: what it needs, what it may say, and what it replaces."""

from __future__ import annotations

from fractions import Fraction

import pytest
from scored import MOF, codes, entry, faults, indicator, judged, outcome, points, table

from kpieval.actuals import Attained
from kpieval.deciding import apply, read_decision
from kpieval.errors import DecisionError
from kpieval.notes import Note
from kpieval.outcomes import Decision, Met, Score, Undetermined, Unmet, Verdict
from kpieval.results import ProjectResult
from kpieval.scoring import score_project
from kpieval.tables import Actuals, DecisionCells

UNREAD = "KP101"
TEN = Fraction(10)


def decide(verdict: str, points_: str, reason: str = "现场核查") -> Decision | None:
    return read_decision(DecisionCells(verdict, points_, reason), "指标")


def on(attained: Attained | None, given: str | None, weight: Fraction = TEN) -> str:
    made = Decision(attained, None if given is None else Fraction(given), "现场核查")
    outcome_, score = apply(made, weight, MOF, "指标")
    return f"{type(outcome_).__name__} {score}"


def in_project(actual: str, decided: tuple[str, str, str]) -> ProjectResult:
    rows = table(indicator("≥10人", weight="90"))
    return score_project(rows, Actuals((entry("指标", actual, decided=decided),)), MOF)


def test_blank_cells_decide_nothing() -> None:
    assert decide("", "", "") is None


def test_white_space_decides_nothing() -> None:
    assert decide(" ", "", "") is None


@pytest.mark.parametrize(
    ("word", "attained"),
    [
        ("达成", Attained.FULLY),
        ("达标", Attained.FULLY),
        (" met ", Attained.FULLY),
        ("部分达成", Attained.PARTLY),
        ("基本达标", Attained.PARTLY),
        ("未达成", Attained.NOT),
        ("不达标", Attained.NOT),
        ("", None),
    ],
)
def test_the_words_of_a_decision(word: str, attained: Attained | None) -> None:
    assert decide(word, "7.5") == Decision(attained, Fraction("7.5"), "现场核查")


@pytest.mark.parametrize(
    "cells",
    [
        ("达成", "9", ""),
        ("达成", "", "  "),
        ("", "9", ""),
        ("", "", "现场核查"),
        ("大概行", "", "现场核查"),
        ("", "八分", "现场核查"),
        ("", "8e0", "现场核查"),
        ("", "NaN", "现场核查"),
        ("", "Infinity", "现场核查"),
        ("", "8.", "现场核查"),
    ],
)
def test_what_cannot_stand_is_refused(cells: tuple[str, str, str]) -> None:
    with pytest.raises(DecisionError, match="KP204"):
        decide(*cells)


def test_points_over_zero_are_refused_like_any_other_text() -> None:
    with pytest.raises(DecisionError):
        decide("", "8/0")


@pytest.mark.parametrize(
    ("attained", "given", "expected"),
    [
        (Attained.FULLY, "8", "Met 8"),
        (Attained.FULLY, "10", "Met 10"),
        (Attained.PARTLY, "6", "Unmet 6"),
        (Attained.PARTLY, "7.99", "Unmet 7.99"),
        (Attained.NOT, "0", "Unmet 0"),
        (Attained.NOT, "5.99", "Unmet 5.99"),
        (Attained.FULLY, None, "Met 8–10"),
        (Attained.PARTLY, None, "Unmet 6–7.99"),
        (Attained.NOT, None, "Unmet 0–5.99"),
    ],
)
def test_a_verdict_and_the_points_that_go_with_it(
    attained: Attained, given: str | None, expected: str
) -> None:
    assert on(attained, given) == expected


@pytest.mark.parametrize(
    ("target", "actual", "machine"),
    [("≥10人", "10人", Met), ("≥10人", "9人", Unmet), ("应保尽保", "工作有序推进", Undetermined)],
)
@pytest.mark.parametrize(
    ("attained", "given", "expected"),
    [
        (Attained.FULLY, "8", "Met 8"),
        (Attained.PARTLY, None, "Unmet 6 7.99"),
        (Attained.NOT, "0", "Unmet 0"),
        (None, "8", "Met 8"),
        (None, "7.99", "Unmet 7.99"),
        (None, "10", "Met 10"),
    ],
)
def test_a_decision_replaces_whatever_the_machine_found(
    target: str,
    actual: str,
    machine: type[Verdict],
    attained: Attained | None,
    given: str | None,
    expected: str,
) -> None:
    made = Decision(attained, None if given is None else Fraction(given), "现场核查")
    result = judged(target, actual, decision=made)
    assert isinstance(result.judgement.verdict, machine)
    assert outcome(result) == expected


@pytest.mark.parametrize(
    ("attained", "given"),
    [
        (Attained.FULLY, "7.99"),
        (Attained.FULLY, "10.01"),
        (Attained.PARTLY, "8"),
        (Attained.PARTLY, "5.99"),
        (Attained.NOT, "6"),
        (Attained.NOT, "-0.01"),
        (None, "10.01"),
        (None, "-1"),
        (Attained.FULLY, "8.001"),
        (None, "8.001"),
        (None, "1/3"),
    ],
)
def test_points_out_of_the_band_or_over_the_weight_are_refused(
    attained: Attained | None, given: str
) -> None:
    with pytest.raises(DecisionError, match="KP204"):
        on(attained, given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("10", "Met 10"),
        ("9", "Met 9"),
        ("8", "Met 8"),
        ("7.99", "Unmet 7.99"),
        ("5", "Unmet 5"),
        ("0", "Unmet 0"),
    ],
)
def test_points_alone_say_the_verdict_by_the_band(given: str, expected: str) -> None:
    assert on(None, given) == expected


def test_a_weight_finer_than_the_policy_rounds_can_be_given_whole() -> None:
    assert on(None, "5.625", Fraction("5.625")) == "Met 5.625"
    assert on(Attained.FULLY, "5.62", Fraction("5.625")) == "Met 5.62"
    with pytest.raises(DecisionError):
        on(None, "5.624", Fraction("5.625"))


@pytest.mark.parametrize(
    ("attained", "verdict"),
    [(Attained.FULLY, Met()), (Attained.PARTLY, Unmet()), (Attained.NOT, Unmet())],
)
def test_without_a_weight_there_is_a_verdict_and_no_score(
    attained: Attained, verdict: Verdict
) -> None:
    for points_ in (None, Fraction(9)):
        made = Decision(attained, points_, "现场核查")
        assert apply(made, None, MOF, "指标") == (verdict, None)


@pytest.mark.parametrize("weight", [None, Fraction(0)])
def test_points_that_cannot_be_placed_in_a_band_say_no_verdict(weight: Fraction | None) -> None:
    verdict, score = apply(Decision(None, Fraction(0), "现场核查"), weight, MOF, "指标")
    assert verdict == Undetermined(Note.of("decision.no_verdict"))
    assert score == (None if weight is None else Score.exactly(Fraction(0)))


def test_the_machine_s_reading_is_shown_beside_the_decision() -> None:
    made = Decision(Attained.FULLY, Fraction(9), "现场核查")
    result = judged("≥10人", "9人", decision=made)
    assert outcome(result) == "Met 9"
    assert isinstance(result.judgement.verdict, Unmet)
    assert result.judgement.score == Score.exactly(Fraction(9))
    assert result.decision == made
    assert "decision.by_person" in codes(result.notes)
    assert any("现场核查" in note.message() for note in result.notes)


def test_a_decision_stands_in_the_total() -> None:
    result = in_project("9人", ("达成", "88.5", "现场核查"))
    assert points(result) == ("88.5", "98.5")
    assert result.problems == ()


@pytest.mark.parametrize(
    "decided",
    [
        ("达成", "88", ""),
        ("达成", "30", "现场核查"),
        ("", "90.01", "现场核查"),
        ("大概行", "", "现场核查"),
    ],
)
def test_a_refused_decision_is_named_and_the_machine_s_stays(decided: tuple[str, str, str]) -> None:
    result = in_project("9人", decided)
    assert faults(result.problems) == ["KP204"]
    assert "指标" in result.problems[0].message()
    (row,) = result.indicators
    assert outcome(row) == "Unmet 81"
    assert row.decision is None


def test_a_refused_decision_stands_with_its_row() -> None:
    for decided in (("达成", "88", ""), ("", "90.01", "现场核查")):
        (row,) = in_project("9人", decided).indicators
        assert row.error is not None and row.error.code == "KP204"


@pytest.mark.parametrize("given", ["8.123", "1/3"])
def test_points_by_a_person_are_whole_cents(given: str) -> None:
    try:
        result = in_project("9人", ("", given, "现场核查"))
    except DecisionError:
        return
    assert result.score is not None
    assert (result.score.low * 100).denominator == 1


@pytest.mark.parametrize(("word", "weight"), [("达成", "3.33"), ("部分达成", "3.34")])
def test_the_ends_of_a_band_that_are_shown_can_be_given(word: str, weight: str) -> None:
    low, high = points(judged("应保尽保", word, weight=weight))
    attained = {"达成": Attained.FULLY, "部分达成": Attained.PARTLY}[word]
    for given in (low, high):
        made = Decision(attained, Fraction(given), "现场核查")
        verdict, score = apply(made, Fraction(weight), MOF, "指标")
        assert isinstance(verdict, Met if attained is Attained.FULLY else Unmet)
        assert score == Score.exactly(Fraction(given))


def test_a_decision_on_an_unread_actual_stands() -> None:
    result = in_project("abc12#", ("部分达成", "60", "看过原始记录"))
    (row,) = result.indicators
    assert outcome(row) == "Unmet 60"
    assert row.error is not None and row.error.code == UNREAD


def test_a_decision_about_the_spending_is_not_dropped_without_a_word() -> None:
    rows = table(indicator("≥10人", weight="90"))
    given = entry("全年执行数", "90万元", decided=("", "8", "核减"))
    result = score_project(rows, Actuals((given,)), MOF)
    assert result.execution is not None
    assert points(result.execution) == ("8", "8") or result.problems
