"""What scoring gives for an indicator, a project and all projects, with everything behind it."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from kpieval.actuals import Actual
from kpieval.amounts import Amount
from kpieval.constraints import Constraint
from kpieval.errors import KpiEvalError
from kpieval.formulas import Formula, Miss
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Decision, Met, Score, Unmet, Verdict
from kpieval.policies import Grades
from kpieval.showing import Shown
from kpieval.tables import Indicator, Place, Project


@frozen(repr=False)
class Working(Shown):
    """One use of a formula: what was put in, and the points at the policy's ``places``.

    They may still be more than a missed row shows; the cap is a step of its own.
    """

    formula: Formula
    miss: Miss
    places: int
    points: Fraction


@frozen(repr=False)
class Judgement(Shown):
    """What the machine makes of a row, before any person's decision.

    ``workings`` are the formula at the least and at the greatest attainment, where it was used.
    """

    verdict: Verdict
    attainment: Attainment | None
    score: Score | None
    steps: tuple[Note, ...] = ()
    workings: tuple[Working, ...] = ()


@frozen(repr=False)
class IndicatorResult(Shown):
    """One row: the machine's judgement, a person's decision where there is one, and the outcome.

    ``resolved`` is the constraint after its context decided what was open; None when the target
    was not read or stayed open. ``verdict`` and ``score`` are the outcome: the decision's where a
    person decided, else the machine's. ``score`` is None when the row has no weight. ``given`` is
    where the actual stood, when one was given. A row that is ``left_out`` does not apply, or is not
    due yet: it has no weight, and no score counts it.
    """

    _row_ = ("indicator.name", "indicator.text", "actual.source", "verdict", "score", "weight")

    indicator: Indicator
    actual: Actual
    resolved: Constraint | None
    judgement: Judgement
    verdict: Verdict
    score: Score | None
    weight: Fraction | None
    decision: Decision | None = None
    error: KpiEvalError | None = field(default=None, eq=False)
    notes: tuple[Note, ...] = ()
    given: Place | None = None
    left_out: bool = False


@frozen(repr=False)
class ExecutionResult(Shown):
    """The execution row: what was spent of the budget; ``rate`` is exact and not clamped."""

    executed: Amount | None
    budget: Amount | None
    rate: Fraction | None
    weight: Fraction
    score: Score
    notes: tuple[Note, ...] = ()


@frozen(repr=False)
class Compliance(Shown):
    """How many rows are met, unmet and undetermined."""

    met: int
    unmet: int
    undetermined: int

    @property
    def rate(self) -> Fraction | None:
        """met / (met + unmet); None when nothing was determined."""
        decided = self.met + self.unmet
        return Fraction(self.met, decided) if decided else None

    def __add__(self, other: Compliance) -> Compliance:
        return Compliance(
            self.met + other.met,
            self.unmet + other.unmet,
            self.undetermined + other.undetermined,
        )


@frozen(repr=False)
class ProjectResult(Shown):
    """A project's rows, its execution, its score and the grades that are still possible.

    ``score`` is None when its weights cannot be used; the verdicts stand all the same.
    ``alternative`` is the total under the other way to allocate weights, set only when the two
    ways disagree on the grade. ``grading`` is the scale that ``grades`` are from, None where the
    policy gives no grades.
    """

    _row_ = (
        "project.name",
        "score",
        "grades",
        "compliance.met",
        "compliance.unmet",
        "compliance.undetermined",
    )

    project: Project
    policy: str
    indicators: tuple[IndicatorResult, ...]
    execution: ExecutionResult | None
    score: Score | None
    grades: tuple[str, ...]
    alternative: Score | None = None
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    grading: Grades | None = None

    @property
    def compliance(self) -> Compliance:
        """The rows counted by verdict, those that were left out apart."""
        counted = [row for row in self.indicators if not row.left_out]
        met = sum(isinstance(row.verdict, Met) for row in counted)
        unmet = sum(isinstance(row.verdict, Unmet) for row in counted)
        return Compliance(met, unmet, len(counted) - met - unmet)

    @property
    def grade(self) -> str | None:
        """The grade, when only one is possible."""
        return self.grades[0] if len(self.grades) == 1 else None


@frozen(repr=False)
class Summary(Shown):
    """All projects that were scored, and what was matched and what was not."""

    projects: tuple[ProjectResult, ...]
    policy: str
    year: int | None = None
    matched: int = 0
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)

    @property
    def compliance(self) -> Compliance:
        """The rows of all projects counted by verdict."""
        total = Compliance(0, 0, 0)
        for project in self.projects:
            total += project.compliance
        return total

    @property
    def mean(self) -> Score | None:
        """The plain mean of the projects' scores; None unless every project has one."""
        return self._mean([Fraction(1)] * len(self.projects))

    @property
    def weighted_mean(self) -> Score | None:
        """The mean weighted by budget; None unless every project has a score and a budget.

        It is a summary of projects, not the evaluation of a whole department.
        """
        budgets = [project.project.budget for project in self.projects]
        known = [budget.base for budget in budgets if budget is not None]
        dimensions = {budget.unit.dimension for budget in budgets if budget is not None}
        if len(known) != len(budgets) or len(dimensions) != 1 or min(known) < 0:
            return None
        return self._mean(known)

    def _mean(self, weights: list[Fraction]) -> Score | None:
        scores = [project.score for project in self.projects if project.score is not None]
        whole = sum(weights, Fraction(0))
        if len(scores) != len(weights) or whole <= 0:
            return None
        low = sum((s.low * w for s, w in zip(scores, weights, strict=True)), Fraction(0))
        high = sum((s.high * w for s, w in zip(scores, weights, strict=True)), Fraction(0))
        return Score(low / whole, high / whole)
