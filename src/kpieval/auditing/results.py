"""What an audit says: of every published score, of the sums, and what a reader should look at."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from kpieval.errors import KpiEvalError
from kpieval.findings import Finding, Severity
from kpieval.notes import Note
from kpieval.outcomes import Score, Verdict
from kpieval.results import ExecutionResult, IndicatorResult
from kpieval.showing import Shown
from kpieval.tables import Project, ScoreEntry


@frozen
class Rule(Shown):
    """A policy with one way of rounding; ``also`` names policies that would say the same."""

    policy: str
    rounding: str
    also: tuple[str, ...] = ()


@frozen
class Checked(Shown):
    """A published number against the recomputed one.

    ``consistent`` is None when nobody can tell from what is known; ``reason`` says why. ``rule``
    is set when the number follows under another rule or rounding than the policy's own, one that
    explains the whole table.
    """

    published: Fraction | None
    recomputed: Score | None
    consistent: bool | None
    reason: Note
    rule: Rule | None = None


@frozen
class AuditedRow(Shown):
    """One row of the table: what was published, and what the rule gives.

    ``verdict`` is None on a row that states the budget execution.
    """

    _row_ = ("name", "checked.published", "checked.recomputed", "checked.consistent")

    result: IndicatorResult
    entry: ScoreEntry | None
    checked: Checked
    verdict: Verdict | None

    @property
    def name(self) -> str:
        """The third-level name."""
        return self.result.indicator.name


@frozen
class AuditedProject(Shown):
    """A project: its rows in order, its execution, its sums, and the findings."""

    project: Project
    rows: tuple[AuditedRow, ...]
    execution: Checked | None
    spending: ExecutionResult | None
    total: Checked | None
    weights: Checked | None
    grade: tuple[str, bool | None, str | None] | None
    """The published grade, whether it follows from the published total, and the one that would."""
    rule: Rule | None
    parts: tuple[tuple[str, Checked], ...] = ()
    """The subtotals (小计) by the first level that they are of."""
    findings: tuple[Finding, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)

    @property
    def checks(self) -> tuple[bool | None, ...]:
        """What was said of everything that was published."""
        parts = (self.execution, self.total, self.weights, *(part for _, part in self.parts))
        found = [row.checked.consistent for row in self.rows]
        found += [part.consistent for part in parts if part is not None]
        return (*found, *([self.grade[1]] if self.grade is not None else []))

    @property
    def consistent(self) -> bool | None:
        """False when anything is inconsistent, None when something cannot be told, else True."""
        wrong = any(finding.severity is Severity.ERROR for finding in self.findings)
        if wrong or False in self.checks:
            return False
        return None if None in self.checks else True
