"""The execution row: what was spent of the budget, and the points for it."""

from __future__ import annotations

from fractions import Fraction

from kpieval import exact
from kpieval.amounts import Amount
from kpieval.constraints import Bare, Equal
from kpieval.errors import ExecutionError, KpiEvalError
from kpieval.formulas import Miss, share
from kpieval.notes import Note
from kpieval.outcomes import Score
from kpieval.parsing import is_blank, parse_target
from kpieval.policies import Policy
from kpieval.resolving import is_money
from kpieval.results import ExecutionResult
from kpieval.tables import ActualEntry, Project


def execute(
    project: Project, entry: ActualEntry | None, policy: Policy, weight: Fraction
) -> tuple[ExecutionResult, KpiEvalError | None]:
    """Score 全年执行数 / 预算数 under the policy; an interval when either is not known."""
    open_score = Score(Fraction(0), weight)
    if entry is None or is_blank(entry.value):
        note = Note.of("execution.missing")
        return ExecutionResult(None, project.budget, None, weight, open_score, (note,)), None
    try:
        executed = _money(entry)
    except KpiEvalError as unread:
        note = Note.of("execution.unread")
        return ExecutionResult(None, project.budget, None, weight, open_score, (note,)), unread
    budget = project.budget
    if budget is None or budget.value <= 0:
        note = Note.of("execution.no_budget")
        return ExecutionResult(executed, budget, None, weight, open_score, (note,)), None
    if budget.unit.dimension != executed.unit.dimension:
        error = ExecutionError(where=entry.place, found=executed, expected=budget.unit.name)
        note = Note.of("execution.unread")
        return ExecutionResult(executed, budget, None, weight, open_score, (note,)), error
    return _scored(executed, budget, policy, weight), None


def _scored(executed: Amount, budget: Amount, policy: Policy, weight: Fraction) -> ExecutionResult:
    rate = executed.base / budget.base
    unspent = max(Fraction(0), budget.value - executed.base / budget.unit.scale)
    part = share(policy.execution.formula, Miss(min(rate, Fraction(1)), unspent, weight))
    points = min(weight, exact.half_up(part * weight, policy.rounding.places))
    least = exact.rounding_unit(policy.rounding.places)
    capped = rate < 1 and points >= weight and not policy.execution.when_finished
    if capped:
        points = max(Fraction(0), exact.cut(weight, policy.rounding.places) - least)
    notes = [
        Note.of(
            "execution.rate",
            executed=executed,
            budget=budget,
            # Cut, not rounded: 99.9996% must not be shown as 100%.
            percent=exact.fixed(exact.cut(rate * 100, 2), 2),
            points=exact.text(points),
        )
    ]
    if rate > 1:
        notes.append(Note.of("execution.over", percent=exact.fixed(rate * 100, 2)))
    if policy.execution.when_finished and rate <= 1:
        # Finished within the budget earns the weight, and no table says whether it is finished.
        notes.append(Note.of("execution.finished_unknown", unfinished=exact.text(points)))
        score = Score(points, weight)
        return ExecutionResult(executed, budget, rate, weight, score, tuple(notes))
    if capped:
        notes.append(Note.of("step.capped", points=exact.text(points)))
    return ExecutionResult(executed, budget, rate, weight, Score.exactly(points), tuple(notes))


def _money(entry: ActualEntry) -> Amount:
    """The spending as an exact amount of money; its unit must be written."""
    try:
        constraint = parse_target(entry.value).constraint
    except KpiEvalError as error:
        error.where = entry.place
        raise
    if not isinstance(constraint, Bare | Equal) or not is_money(constraint.value):
        raise ExecutionError(where=entry.place, found=entry.value, expected="元")
    if constraint.value.value < 0:
        raise ExecutionError(where=entry.place, found=entry.value, expected="≥ 0")
    return constraint.value
