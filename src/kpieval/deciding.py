"""A person's decision about a row: read from its cells, checked, and put in the machine's place."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from kpieval import exact, wordlists
from kpieval.actuals import Attained
from kpieval.earning import band_points
from kpieval.errors import DecisionError, DeductionError
from kpieval.formulas import Band, Rounding
from kpieval.notes import Note
from kpieval.outcomes import Decision, Met, Score, Undetermined, Unmet, Verdict
from kpieval.parsing import is_blank
from kpieval.policies import Policy
from kpieval.tables import DecisionCells


def read_decision(cells: DecisionCells, where: str) -> Decision | None:
    """The decision that the 认定 columns hold; None when they are blank.

    Raises DecisionError when the reason is missing or a cell holds something else.
    """
    if cells.is_blank:
        return None
    if not cells.reason.strip():
        raise DecisionError(where=where, what="认定理由", found="—")
    if not (cells.verdict.strip() or cells.points.strip()):
        raise DecisionError(where=where, what="认定结论 / 认定得分", found="—")
    return Decision(_attained(cells, where), _points(cells, where), cells.reason.strip())


def _attained(cells: DecisionCells, where: str) -> Attained | None:
    word = cells.verdict.strip()
    if not word:
        return None
    for attained in Attained:
        in_words = word in wordlists.words("stated", attained.value)
        if in_words or word in wordlists.words("decided", attained.value):
            return attained
    raise DecisionError(where=where, what="认定结论", found=word)


def _points(cells: DecisionCells, where: str) -> Fraction | None:
    written = cells.points.strip()
    if not written:
        return None
    try:
        return exact.from_text(written)
    except ValueError:
        raise DecisionError(where=where, what="认定得分", found=written) from None


def apply(
    decision: Decision, weight: Fraction | None, policy: Policy, where: str
) -> tuple[Verdict, Score | None]:
    """The outcome that a decision gives; DecisionError when its points lie out of bounds."""
    band = _band(decision.attained, policy)
    if weight is None:
        return _verdict(decision, weight, policy), None
    outcome = _verdict(decision, weight, policy)
    if decision.points is None:
        return outcome, band_points(band, weight, policy.rounding)
    _check(decision.points, band, weight, policy.rounding, where)
    return outcome, Score.exactly(decision.points)


def _band(attained: Attained | None, policy: Policy) -> Band:
    match attained:
        case Attained.FULLY:
            return policy.qualitative.fully
        case Attained.PARTLY:
            return policy.qualitative.partly
        case Attained.NOT:
            return policy.qualitative.not_
        case None:
            return Band(Fraction(0), Fraction(1), closed=True)
        case _:
            assert_never(attained)


def _check(points: Fraction, band: Band, weight: Fraction, rounding: Rounding, where: str) -> None:
    """Refuse points outside the band or the weight, or finer than the policy rounds."""
    bounds = band_points(band, weight, rounding)
    whole = exact.cut(points, rounding.places) == points
    if bounds.low <= points <= bounds.high and (whole or points == weight):
        return
    raise DecisionError(where=where, what="认定得分", found=f"{exact.text(points)} ∉ [{bounds}]")


def _verdict(decision: Decision, weight: Fraction | None, policy: Policy) -> Verdict:
    """The verdict that was said; else what the points say of attainment."""
    if decision.attained is not None:
        return Met() if decision.attained is Attained.FULLY else Unmet()
    if not weight or decision.points is None:
        return Undetermined(Note.of("decision.no_verdict"))
    reached = decision.points >= policy.qualitative.fully.low * weight
    return Met() if reached else Unmet()


def read_deduction(text: str, where: object) -> Fraction | None:
    """The points of a 扣减分数 cell, at least 0; None for a blank one.

    >>> read_deduction("2.5分", "甲"), read_deduction(" ", "甲")
    (Fraction(5, 2), None)
    """
    written = text.strip()
    if not written or is_blank(written):
        return None
    try:
        points = exact.from_text(written.removesuffix("分").strip())
    except ValueError:
        raise DeductionError(where=where, found=written) from None
    if points < 0:
        raise DeductionError(where=where, found=written)
    return points


def deducted(score: Score, points: Fraction, policy: Policy) -> tuple[Score, Note]:
    """The score without the points of a 扣减分数, never below 0; as it is where no rule says so."""
    told = exact.text(points)
    if not policy.deducts:
        return score, Note.of("deduction.left", points=told)
    low, high = (max(Fraction(0), end - points) for end in (score.low, score.high))
    return Score(low, high), Note.of("deduction.taken", points=told)
