"""Where a project's points were lost, and what the next grade would need.

Points that are open are not lost: a row's loss is an interval, as its score is.
"""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kpieval.outcomes import Score
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.showing import Shown


@frozen(repr=False)
class Shortfall(Shown):
    """The points between a row's score and its weight: ``lost.low`` for sure, ``lost.high`` at
    worst. ``row`` is None for the execution of the budget."""

    row: IndicatorResult | None
    weight: Fraction
    lost: Score

    @property
    def open(self) -> Fraction:
        """The points that are not lost yet."""
        return self.lost.high - self.lost.low


@frozen(repr=False)
class Candidate(Shown):
    """A row that could give the next grade by being fully met.

    ``certain`` when it is enough whatever becomes of all that is open, else only if the open
    rows turn out well.
    """

    shortfall: Shortfall
    certain: bool


@frozen(repr=False)
class NextGrade(Shown):
    """The grade above the one that a project has for certain, from ``least`` points on.

    ``needed`` are the points that lack: as few as ``needed.low`` if all that is open turns out
    well (0: the grade is possible already), ``needed.high`` if it turns out badly.
    """

    name: str
    least: Fraction
    needed: Score
    candidates: tuple[Candidate, ...]


def shortfalls(result: ProjectResult) -> tuple[Shortfall, ...]:
    """Every row that has lost points or may lose some, the largest sure loss first.

    >>> from kpieval.parsing import parse_target
    >>> from kpieval.presets import policy
    >>> from kpieval.scoring import score_project
    >>> from kpieval.tables import Actuals, Indicator, Project
    >>> target, done = parse_target("≥12次"), Actuals.from_mapping({"培训": "9次"})
    >>> row = Indicator("产出指标", "", "培训", "≥12次", target, weight=Fraction(100))
    >>> scored = score_project(Project("甲", (row,)), done, policy())
    >>> [str(it.lost) for it in shortfalls(scored)]
    ['25']
    """
    found = [
        _shortfall(row, row.weight, row.score) for row in result.indicators if not row.left_out
    ]
    if result.execution is not None:
        found.append(_shortfall(None, result.execution.weight, result.execution.score))
    lost = [one for one in found if one is not None and one.lost.high > 0]
    return tuple(sorted(lost, key=lambda one: (-one.lost.low, -one.lost.high)))


def _shortfall(
    row: IndicatorResult | None, weight: Fraction | None, score: Score | None
) -> Shortfall | None:
    if weight is None or score is None:
        return None
    return Shortfall(row, weight, Score(weight - score.high, weight - score.low))


def next_grade(result: ProjectResult) -> NextGrade | None:
    """What the grade above the certain one needs; None at the top, or where there is no grade.

    >>> from kpieval.parsing import parse_target
    >>> from kpieval.presets import policy
    >>> from kpieval.scoring import score_project
    >>> from kpieval.tables import Actuals, Indicator, Project
    >>> target, done = parse_target("≥12次"), Actuals.from_mapping({"培训": "9次"})
    >>> row = Indicator("产出指标", "", "培训", "≥12次", target, weight=Fraction(100))
    >>> scored = score_project(Project("甲", (row,)), done, policy())
    >>> wanted = next_grade(scored)
    >>> scored.grade, wanted.name, str(wanted.needed), len(wanted.candidates)
    ('中', '良', '5', 1)
    """
    total, grading = result.score, result.grading
    if total is None or grading is None:
        return None
    above = [(name, least) for name, least in grading.steps if least > total.low]
    if not above:
        return None
    name, least = above[-1]
    needed = Score(max(Fraction(0), least - total.high), least - total.low)
    return NextGrade(name, least, needed, _candidates(shortfalls(result), needed))


def _candidates(lost: tuple[Shortfall, ...], needed: Score) -> tuple[Candidate, ...]:
    """The single rows that are enough, those that surely are first, then by what they bring."""
    found = []
    for one in lost:
        certain = one.lost.high >= needed.high
        # A grade that is possible already needs luck alone, which no row can be said to give.
        if certain or 0 < needed.low <= one.lost.low:
            found.append(Candidate(one, certain))
    return tuple(sorted(found, key=lambda one: (not one.certain, -one.shortfall.lost.high)))
