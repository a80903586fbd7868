"""Scoring: an indicator, a project, all projects of a file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from kpieval import deciding
from kpieval.actuals import MISSING, Actual, Changed, Every, Measured, Missing
from kpieval.attaining import attainment
from kpieval.basing import against_previous
from kpieval.calendars import Calendar
from kpieval.constraints import (
    AtLeast,
    Constraint,
    Level,
    MoreThan,
    Statement,
    Target,
    TargetError,
    YesNo,
)
from kpieval.earning import RowScorer, earning_constraint
from kpieval.errors import DecisionError, KpiEvalError
from kpieval.executing import execute
from kpieval.matching import Matched, match
from kpieval.notes import Note, merged
from kpieval.outcomes import Attainment, Decision, Met, Score, Undetermined, Unmet, Verdict
from kpieval.parsing import parse_actual
from kpieval.policies import Allocation, Policy
from kpieval.resolving import Resolved, RowContext, resolve
from kpieval.results import (
    ExecutionResult,
    IndicatorResult,
    Judgement,
    ProjectResult,
    Summary,
)
from kpieval.tables import EXECUTED, ActualEntry, Actuals, Indicator, Place, Project
from kpieval.verdicts import evaluate, finished
from kpieval.weighting import Weights, weigh


def score_indicator(
    indicator: Indicator,
    actual: Actual,
    policy: Policy,
    *,
    weight: Fraction | None = None,
    decision: Decision | None = None,
    calendar: Calendar | None = None,
) -> IndicatorResult:
    """Judge one row: verdict, attainment, points and how they came about.

    ``weight`` goes before the row's own; without any the score is None.
    ``calendar`` knows the working days that a span of dates holds.
    """
    weight = weight if weight is not None else indicator.weight
    return _scored(_Row(indicator, actual, decision), _Rules(policy, calendar), weight)


def _scored(found: _Row, rules: _Rules, weight: Fraction | None) -> IndicatorResult:
    """A row's result at exactly this weight, a person's decision in the machine's place."""
    row = _judged(found.indicator, found.actual, rules, weight)
    decision = found.decision
    if decision is None:
        return row
    name = found.indicator.name
    verdict, score = deciding.apply(decision, weight, rules.policy, name)
    note = Note.of("decision.by_person", reason=decision.reason)
    return evolve(
        row, verdict=verdict, score=score, decision=decision, notes=merged(row.notes, (note,))
    )


def _judged(
    indicator: Indicator, actual: Actual, rules: _Rules, weight: Fraction | None
) -> IndicatorResult:
    """The machine's judgement of a row, before anybody decides otherwise."""
    policy, calendar = rules.policy, rules.calendar
    context = context_of(indicator)
    target = indicator.target
    if isinstance(target, TargetError):
        reason = Note.of("target.unread", code=target.error.code)
        verdict: Verdict = Undetermined(reason)
        judgement = _judgement(None, actual, verdict, None, policy, weight, None)
        return IndicatorResult(
            indicator,
            actual,
            None,
            judgement,
            verdict,
            judgement.score,
            weight,
            error=target.error,
            notes=merged(indicator.notes, actual.notes),
        )
    verdict = evaluate(target, actual, context=context, policy=policy, calendar=calendar)
    reading, _ = finished(target.constraint, actual.reading, calendar)
    decided = resolve(target.constraint, context, policy)
    resolved = decided.constraint if isinstance(decided, Resolved) else None
    reached = earning = None
    if resolved is None and isinstance(verdict, Met) and isinstance(reading, Measured):
        # Whichever way the number is meant, it was reached exactly.
        reached = Attainment.exactly(Fraction(1))
    if resolved is not None:
        known = {"context": context, "policy": policy}
        reached = attainment(resolved, reading, **known)  # type: ignore[arg-type]
        earning = attainment(earning_constraint(resolved), reading, **known)  # type: ignore[arg-type]
    judgement = _judgement(
        resolved or target.constraint, actual, verdict, reached, policy, weight, earning
    )
    notes = merged(indicator.notes, target.notes, actual.notes, verdict.notes)
    undefined = isinstance(verdict, Unmet) and earning is None and isinstance(reading, _NUMBERS)
    said = (Note.of("ratio.undefined"),) if undefined and not _in_words(resolved) else ()
    notes = merged(notes, _over(resolved, reached, policy), said)
    return IndicatorResult(
        indicator, actual, resolved, judgement, verdict, judgement.score, weight, notes=notes
    )


def _judgement(
    constraint: Constraint | None,
    actual: Actual,
    verdict: Verdict,
    reached: Attainment | None,
    policy: Policy,
    weight: Fraction | None,
    earning: Attainment | None,
) -> Judgement:
    if weight is None:
        return Judgement(verdict, reached, None)
    scorer = RowScorer(policy, weight)
    score = scorer.score(constraint, actual.reading, verdict, earning)
    return Judgement(verdict, reached, score, tuple(scorer.steps), tuple(scorer.workings))


def context_of(indicator: Indicator) -> RowContext:
    """What the row says beside its value."""
    return RowContext(indicator.level1, indicator.level2, indicator.name, indicator.direction)


def _over(
    resolved: Constraint | None, reached: Attainment | None, policy: Policy
) -> tuple[Note, ...]:
    """Notes on a floor that was far exceeded; nothing is taken off for it."""
    if not isinstance(resolved, AtLeast | MoreThan) or reached is None:
        return ()
    if reached.low >= policy.over_completion.reason_at:
        return (Note.of("over.reason", percent=_percent(policy.over_completion.reason_at)),)
    if reached.low >= policy.over_completion.noted_at:
        return (Note.of("over.noted", percent=_percent(policy.over_completion.noted_at)),)
    return ()


def _percent(share: Fraction) -> str:
    return str(share * 100)


_NUMBERS = (Measured, Changed, Every)


def _in_words(resolved: Constraint | None) -> bool:
    return isinstance(resolved, Level | YesNo | Statement)


@frozen
class _Rules:
    """What the caller scores by."""

    policy: Policy
    calendar: Calendar | None = None


@frozen
class _Row:
    """An indicator with what was found for it, before it is scored."""

    indicator: Indicator
    actual: Actual
    decision: Decision | None = None
    given: Place | None = None
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    doubled: KpiEvalError | None = field(default=None, eq=False)
    """Why none of several actuals was used; the table's problems name it already."""


def score_project(
    project: Project, actuals: Actuals, policy: Policy, *, calendar: Calendar | None = None
) -> ProjectResult:
    """Score one project. Actuals that name other projects are passed over.

    Rows without an actual are Undetermined, never zero; the score is an interval until
    everything is known.
    """
    matched = match([project], actuals, strict=False)
    result = _project(project, 0, matched, _Rules(policy, calendar))
    return evolve(result, problems=(*result.problems, *matched.problems))


def score_tables(
    projects: Sequence[Project],
    actuals: Actuals,
    policy: Policy,
    *,
    calendar: Calendar | None = None,
) -> Summary:
    """Score all projects of a table; every actual must find its row."""
    matched = match(projects, actuals)
    rules = _Rules(policy, calendar)
    years = {project.year for project in projects}
    return Summary(
        tuple(_project(project, index, matched, rules) for index, project in enumerate(projects)),
        policy.name,
        years.pop() if len(years) == 1 else None,
        matched.count,
        problems=matched.problems,
    )


def _project(project: Project, index: int, matched: Matched, rules: _Rules) -> ProjectResult:
    policy = rules.policy
    rows = [_found(project, index, row, matched) for row in range(len(project.indicators))]
    weights = weigh(project, policy)
    results, refused = _scored_rows(rows, weights, rules)
    execution, problem = execute(project, matched.executed.get(index), policy, weights.execution)
    total = _total(results, execution, weights)
    problems = [*project.problems, *weights.problems, *refused]
    problems += [fault for row in rows for fault in row.problems]
    spent = matched.executed.get(index)
    if spent is not None and not spent.decision.is_blank:
        where = spent.place or project.name
        problems.append(DecisionError(where=where, what=EXECUTED, found=spent.decision.reason))
    alternative = _alternative(project, rows, execution, weights, rules, total)
    return ProjectResult(
        project=project,
        policy=policy.name,
        indicators=tuple(results),
        execution=execution if weights.execution else None,
        score=total,
        grades=_grades(total, policy),
        alternative=alternative,
        notes=merged(project.notes, weights.notes),
        problems=(*problems, *((problem,) if problem else ())),
        grading=policy.grades,
    )


def _found(project: Project, index: int, row: int, matched: Matched) -> _Row:
    """The actual and the decision of a row, read; what cannot be read becomes a problem."""
    indicator = project.indicators[row]
    entry = matched.rows.get((index, row))
    if entry is None:
        doubled = matched.doubled.get((index, row))
        return _Row(indicator, MISSING, doubled=doubled)
    problems: list[KpiEvalError] = []
    actual, decision = MISSING, None
    try:
        actual = _actual(entry, indicator, project)
    except KpiEvalError as error:
        error.where = entry.place or indicator.name
        problems.append(error)
        actual = Actual(entry.value, Missing("unread"))
    try:
        decision = deciding.read_decision(entry.decision, indicator.name)
    except KpiEvalError as error:
        problems.append(error)
    return _Row(indicator, actual, decision, entry.place, tuple(problems))


def _actual(entry: ActualEntry, indicator: Indicator, project: Project) -> Actual:
    target = indicator.target if isinstance(indicator.target, Target) else None
    actual = parse_actual(entry.value, like=target, year=project.year)
    if target is None or not entry.previous.strip():
        return actual
    return against_previous(target, actual, parse_actual(entry.previous, like=target))


def _scored_rows(
    rows: Sequence[_Row], weights: Weights, rules: _Rules
) -> tuple[list[IndicatorResult], list[KpiEvalError]]:
    """Each row's result; a decision that cannot stand is refused and the machine's stays."""
    results: list[IndicatorResult] = []
    refused: list[KpiEvalError] = []
    for row, weight in zip(rows, weights.rows, strict=True):
        faults = [*row.problems, *([row.doubled] if row.doubled else [])]
        try:
            result = _scored(row, rules, weight)
        except KpiEvalError as error:
            refused.append(error)
            faults.append(error)
            result = _scored(evolve(row, decision=None), rules, weight)
        first = result.error or next(iter(faults), None)
        results.append(evolve(result, error=first, given=row.given))
    return results, refused


def _total(
    results: Sequence[IndicatorResult], execution: ExecutionResult, weights: Weights
) -> Score | None:
    if not weights.usable or not results:
        return None
    total = execution.score if weights.execution else Score(Fraction(0), Fraction(0))
    for result in results:
        if result.score is None:
            return None
        total += result.score
    return total


def _grades(total: Score | None, policy: Policy) -> tuple[str, ...]:
    """All grades that are possible, best first."""
    if total is None:
        return ()
    names = policy.grades.names
    best, worst = policy.grades.of(total.high), policy.grades.of(total.low)
    return names[names.index(best) : names.index(worst) + 1]


def _alternative(
    project: Project,
    rows: Sequence[_Row],
    execution: ExecutionResult,
    weights: Weights,
    rules: _Rules,
    total: Score | None,
) -> Score | None:
    """The total under the other way to allocate, when the two disagree on the grade."""
    if not weights.allocated or total is None:
        return None
    policy = rules.policy
    (other,) = (way for way in Allocation if way is not policy.weights.allocation)
    results, _ = _scored_rows(rows, weigh(project, policy, other), rules)
    second = _total(results, execution, weights)
    return second if _grades(second, policy) != _grades(total, policy) else None
