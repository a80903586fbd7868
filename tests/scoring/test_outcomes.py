"""Verdicts, attainment, scores, decisions as values."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kpieval.notes import Note
from kpieval.outcomes import Attainment, Met, Score, Undetermined, Unmet, Verdict

VERDICTS: list[Verdict] = [Met(), Unmet(), Undetermined(Note.of("actual.missing"))]


@pytest.mark.parametrize("verdict", VERDICTS)
def test_a_verdict_has_no_truth_value(verdict: Verdict) -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(verdict)
    with pytest.raises(TypeError):
        assert not verdict
    with pytest.raises(TypeError):
        list(filter(None, [verdict]))


def test_verdicts_are_values() -> None:
    assert Met("5元") == Met("5元") != Met("6元")
    assert len({Met(), Unmet(), Met()}) == 2


def test_scores_add_end_by_end() -> None:
    total = Score(Fraction(1), Fraction(2)) + Score.exactly(Fraction("0.5"))
    assert total == Score(Fraction("1.5"), Fraction("2.5"))
    assert not total.is_exact
    assert Score.exactly(Fraction(3)).is_exact


def test_scores_are_written_without_a_float() -> None:
    assert str(Score.exactly(Fraction("8.98"))) == "8.98"
    assert str(Score(Fraction(0), Fraction(10))) == "0–10"


def test_attainment_may_have_no_upper_end() -> None:
    assert Attainment.exactly(Fraction(5, 4)) == Attainment(Fraction(5, 4), Fraction(5, 4))
    assert Attainment(Fraction(1), None).high is None
