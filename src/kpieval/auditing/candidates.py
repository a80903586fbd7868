"""The rules that may have made a table: each shipped policy with each usual way of rounding."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, frozen

from kpieval import exact
from kpieval.amounts import Amount, money
from kpieval.executing import execute
from kpieval.formulas import Rounding
from kpieval.judging import score_indicator
from kpieval.outcomes import Score
from kpieval.policies import Policy
from kpieval.presets import policies
from kpieval.results import ExecutionResult, IndicatorResult
from kpieval.tables import EXECUTED, ActualEntry, Project

UNROUNDED = Rounding(120)
"""More places than any two numbers of a table can need: whole points stay whole under a cut."""


@frozen
class Way:
    """A way of rounding that tables use: half-up or cut, to so many places."""

    name: str
    places: int
    cuts: bool = False

    def __call__(self, points: Fraction) -> Fraction:
        return exact.cut(points, self.places) if self.cuts else exact.half_up(points, self.places)


WAYS = (Way("two_places", 2), Way("one_place", 1), Way("whole", 0), Way("whole_cut", 0, cuts=True))


@frozen
class Candidate:
    """One policy and one way of rounding. ``way`` is None for the policy's own, cap and all."""

    policy: Policy
    way: Way | None = None

    @property
    def rounding(self) -> str:
        """The name of the way."""
        return "own" if self.way is None else self.way.name

    def row(self, result: IndicatorResult, weight: Fraction) -> Score | None:
        """The points of a row whose actual was read already."""
        made = score_indicator(
            result.indicator,
            result.actual,
            self._policy,
            weight=weight,
            decision=result.decision,
        )
        return self._rounded(made.score)

    def execution(self, spent: Spent, weight: Fraction) -> ExecutionResult | None:
        """The points for the spending, at the weight that the table gives it."""
        project = Project("", (), budget=spent.budget)
        made, _ = execute(project, spent.entry, self._policy, weight)
        score = self._rounded(made.score)
        return None if score is None else evolve(made, score=score)

    @property
    def _policy(self) -> Policy:
        return self.policy if self.way is None else evolve(self.policy, rounding=UNROUNDED)

    def _rounded(self, score: Score | None) -> Score | None:
        """An exact score rounded; the ends of an interval stay as they are."""
        if score is None or self.way is None or not score.is_exact:
            return score
        return Score.exactly(self.way(score.low))


@frozen
class Spent:
    """The spending as written, against a budget."""

    entry: ActualEntry
    project: Project

    @property
    def budget(self) -> Amount | None:
        """The budget that it is a part of."""
        return self.project.budget

    @classmethod
    def of_rate(cls, rate: Fraction) -> Spent:
        """Spending that is known as a share of the budget only."""
        whole = Project("", (), budget=money(exact.text(rate.denominator)))
        return cls(ActualEntry(EXECUTED, f"{rate.numerator}元"), whole)


def candidates(policy: Policy) -> tuple[Candidate, ...]:
    """All candidates, the policy's own rounding first, then its others, then other policies."""
    others = [other for other in policies() if other != policy]
    first = Candidate(policy)
    return (first, *(Candidate(each, way) for each in (policy, *others) for way in WAYS))
