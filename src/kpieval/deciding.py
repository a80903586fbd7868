"""A person's decision about a row: read from its cells, checked, and put in the machine's place."""

from __future__ import annotations

from fractions import Fraction

from kpieval import exact, wordlists
from kpieval.actuals import Attained
from kpieval.errors import DecisionError
from kpieval.formulas import Band
from kpieval.outcomes import Decision, Met, Score, Undetermined, Unmet, Verdict
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
    decision: Decision,
    verdict: Verdict,
    weight: Fraction | None,
    policy: Policy,
    where: str,
) -> tuple[Verdict, Score | None]:
    """The outcome that a decision gives; DecisionError when its points lie out of bounds."""
    band = _band(decision.attained, policy)
    outcome = _verdict(decision, verdict, weight, policy)
    if weight is None:
        return outcome, None
    if decision.points is None:
        return outcome, _band_score(band, weight, policy)
    _check(decision.points, band, weight, where)
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


def _band_score(band: Band, weight: Fraction, policy: Policy) -> Score:
    places = policy.rounding.places
    low, high = exact.half_up(band.low * weight, places), exact.half_up(band.high * weight, places)
    return Score(low, high if band.closed else max(low, high - exact.rounding_unit(places)))


def _check(points: Fraction, band: Band, weight: Fraction, where: str) -> None:
    low, high = band.low * weight, band.high * weight
    if low <= points < high or (band.closed and points == high):
        return
    bounds = f"[{exact.text(low)}, {exact.text(high)}{']' if band.closed else ')'}"
    raise DecisionError(where=where, what="认定得分", found=f"{exact.text(points)} ∉ {bounds}")


def _verdict(
    decision: Decision, verdict: Verdict, weight: Fraction | None, policy: Policy
) -> Verdict:
    """The verdict said; else the machine's; else what the points say of attainment."""
    if decision.attained is not None:
        return Met() if decision.attained is Attained.FULLY else Unmet()
    if not isinstance(verdict, Undetermined):
        return verdict
    if weight and decision.points is not None:
        reached = decision.points >= policy.qualitative.fully.low * weight
        return Met() if reached else Unmet()
    return verdict
