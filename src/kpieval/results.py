"""What scoring gives for an indicator, a project and all projects, with everything behind it."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from kpieval.actuals import Actual
from kpieval.amounts import Amount
from kpieval.constraints import Constraint
from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Decision, Met, Score, Unmet, Verdict
from kpieval.tables import Indicator, Project


@frozen
class Judgement:
    """What the machine makes of a row, before any person's decision."""

    verdict: Verdict
    attainment: Attainment | None
    score: Score | None
    steps: tuple[Note, ...] = ()


@frozen
class IndicatorResult:
    """One row: the machine's judgement, a person's decision where there is one, and the outcome.

    ``resolved`` is the constraint after its context decided what was open; None when the target
    was not read or stayed open. ``verdict`` and ``score`` are the outcome: the decision's where a
    person decided, else the machine's. ``score`` is None when the row has no weight.
    """

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


@frozen
class ExecutionResult:
    """The execution row: what was spent of the budget; ``rate`` is exact and not clamped."""

    executed: Amount | None
    budget: Amount | None
    rate: Fraction | None
    weight: Fraction
    score: Score
    notes: tuple[Note, ...] = ()


@frozen
class Compliance:
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


@frozen
class ProjectResult:
    """A project's rows, its execution, its score and the grades that are still possible.

    ``score`` is None when its weights cannot be used; the verdicts stand all the same.
    ``alternative`` is the total under the other way to allocate weights, set only when the two
    ways disagree on the grade.
    """

    project: Project
    policy: str
    indicators: tuple[IndicatorResult, ...]
    execution: ExecutionResult | None
    score: Score | None
    grades: tuple[str, ...]
    alternative: Score | None = None
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)

    @property
    def compliance(self) -> Compliance:
        """The rows counted by verdict."""
        met = sum(isinstance(row.verdict, Met) for row in self.indicators)
        unmet = sum(isinstance(row.verdict, Unmet) for row in self.indicators)
        return Compliance(met, unmet, len(self.indicators) - met - unmet)

    @property
    def grade(self) -> str | None:
        """The grade, when only one is possible."""
        return self.grades[0] if len(self.grades) == 1 else None


@frozen
class Summary:
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
