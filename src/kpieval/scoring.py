"""Scoring: a project, all projects of a file; a row is :mod:`kpieval.judging`'s."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from kpieval import deciding, exact
from kpieval.actuals import MISSING, Actual, Missing
from kpieval.basing import against_previous
from kpieval.calendars import Calendar
from kpieval.constraints import (
    Target,
)
from kpieval.errors import DecisionError, KpiEvalError
from kpieval.executing import execute
from kpieval.judging import Row, Rules, judge, score_indicator
from kpieval.matching import Matched, match
from kpieval.notes import Note, merged
from kpieval.outcomes import Score
from kpieval.parsing import parse_actual
from kpieval.policies import Allocation, NotApplicable, Policy
from kpieval.results import (
    ExecutionResult,
    IndicatorResult,
    ProjectResult,
    Summary,
)
from kpieval.tables import EXECUTED, ActualEntry, Actuals, Indicator, Project
from kpieval.weighting import Weights, weigh

__all__ = ["score_indicator", "score_project", "score_tables"]


def score_project(
    project: Project, actuals: Actuals, policy: Policy, *, calendar: Calendar | None = None
) -> ProjectResult:
    """Score one project. Actuals that name other projects are passed over.

    Rows without an actual are Undetermined, never zero; the score, out of 100 with the execution
    row, is an interval until everything is known. Raises nothing for what the table holds: weights
    that do not add up, or actuals without a row, stand among the result's ``problems``.

    >>> from kpieval import Actuals, Indicator, Project, parse_target, policy
    >>> rows = (
    ...     Indicator("产出指标", "数量指标", "场次", "≥10场", parse_target("≥10场")),
    ...     Indicator("满意度指标", "满意度指标", "满意度", "≥90%", parse_target("≥90%")),
    ... )
    >>> given = Actuals.from_mapping({"场次": "9场"})
    >>> result = score_project(Project("培训", rows), given, policy("mof-2020"))
    >>> [str(row.score) for row in result.indicators], str(result.score), result.grades
    (['67.5', '0–15'], '67.5–92.5', ('优', '良', '中'))
    """
    matched = match([project], actuals, strict=False)
    result = _project(project, 0, matched, Rules(policy, calendar))
    notes = merged(result.notes, matched.notes)
    return evolve(result, notes=notes, problems=(*result.problems, *matched.problems))


def score_tables(
    projects: Sequence[Project],
    actuals: Actuals,
    policy: Policy,
    *,
    calendar: Calendar | None = None,
    blank_not_due: bool = False,
) -> Summary:
    """Score all projects of a table; every actual must find its row.

    With ``blank_not_due`` a row without an actual is left out instead of open, noted. Raises
    nothing for what the tables hold: an actual that fits no row, or several, is among the
    summary's ``problems``, the faults of a project among its own.

    >>> from kpieval import demo, policy, read, read_actuals
    >>> projects = read(demo.targets_file(), year=2024)
    >>> summary = score_tables(projects, read_actuals(demo.actuals_file()), policy("mof-2020"))
    >>> str(summary.projects[0].score), summary.compliance
    ('97.59', Compliance(met=39, unmet=9, undetermined=6))
    """
    matched = match(projects, actuals)
    rules = Rules(policy, calendar, blank_not_due)
    years = {project.year for project in projects}
    return Summary(
        tuple(_project(project, index, matched, rules) for index, project in enumerate(projects)),
        policy.name,
        years.pop() if len(years) == 1 else None,
        matched.count,
        notes=matched.notes,
        problems=matched.problems,
    )


def _project(project: Project, index: int, matched: Matched, rules: Rules) -> ProjectResult:
    policy = rules.policy
    rows = [_found(project, index, row, matched) for row in range(len(project.indicators))]
    left_out = frozenset(index for index, row in enumerate(rows) if _is_left_out(row, rules))
    weights = weigh(project, policy, left_out=left_out)
    results, refused = _scored_rows(rows, weights, rules)
    results = [
        evolve(row, left_out=True) if i in left_out else row for i, row in enumerate(results)
    ]
    execution, faults = _execution(project, matched.executed.get(index), policy, weights.execution)
    total = _total(results, execution, weights)
    problems = [*project.problems, *weights.problems, *refused]
    problems += [fault for row in rows for fault in row.problems]
    spent = matched.executed.get(index)
    if spent is not None and not spent.decision.is_blank:
        where = spent.place or project.name
        problems.append(DecisionError(where=where, what=EXECUTED, found=spent.decision.reason))
    alternative = None
    if weights.allocated and total is not None:
        other = _otherwise(project, rows, execution, left_out, rules)
        alternative = other if _grades(other, policy) != _grades(total, policy) else None
    return ProjectResult(
        project=project,
        policy=policy.name,
        indicators=tuple(results),
        execution=execution if weights.execution else None,
        score=total,
        grades=_grades(total, policy),
        alternative=alternative,
        notes=merged(project.notes, weights.notes, _remarks(policy, results, execution, weights)),
        problems=(*problems, *faults),
        grading=policy.grades,
    )


def _execution(
    project: Project, entry: ActualEntry | None, policy: Policy, weight: Fraction
) -> tuple[ExecutionResult, tuple[KpiEvalError, ...]]:
    """The execution row, the points of its 扣减分数 taken off, and what is wrong with it."""
    result, problem = execute(project, entry, policy, weight)
    faults = () if problem is None else (problem,)
    if entry is None:
        return result, faults
    try:
        points = deciding.read_deduction(entry.deduction, entry.place or project.name)
    except KpiEvalError as error:
        return result, (*faults, error)
    if not points:
        return result, faults
    score, told = deciding.deducted(result.score, points, policy)
    return evolve(result, score=score, notes=merged(result.notes, (told,))), faults


def _found(project: Project, index: int, row: int, matched: Matched) -> Row:
    """The actual and the decision of a row, read; what cannot be read becomes a problem."""
    indicator = project.indicators[row]
    entry = matched.rows.get((index, row))
    if entry is None:
        doubled = matched.doubled.get((index, row))
        return Row(indicator, MISSING, doubled=doubled)
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
    deduction = None
    try:
        deduction = deciding.read_deduction(entry.deduction, entry.place or indicator.name)
    except KpiEvalError as error:
        problems.append(error)
    return Row(indicator, actual, decision, deduction, entry.place, tuple(problems))


def _actual(entry: ActualEntry, indicator: Indicator, project: Project) -> Actual:
    target = indicator.target if isinstance(indicator.target, Target) else None
    actual = parse_actual(entry.value, like=target, year=project.year, name=indicator.name)
    if target is None or not entry.previous.strip():
        return actual
    previous = parse_actual(entry.previous, like=target, name=indicator.name)
    return against_previous(target, actual, previous)


def _scored_rows(
    rows: Sequence[Row], weights: Weights, rules: Rules
) -> tuple[list[IndicatorResult], list[KpiEvalError]]:
    """Each row's result; a decision that cannot stand is refused and the machine's stays."""
    results: list[IndicatorResult] = []
    refused: list[KpiEvalError] = []
    for row, weight in zip(rows, weights.rows, strict=True):
        faults = [*row.problems, *([row.doubled] if row.doubled else [])]
        try:
            result = judge(row, rules, weight)
        except KpiEvalError as error:
            refused.append(error)
            faults.append(error)
            result = judge(evolve(row, decision=None), rules, weight)
        first = result.error or next(iter(faults), None)
        results.append(evolve(result, error=first, given=row.given))
    return results, refused


def _total(
    results: Sequence[IndicatorResult], execution: ExecutionResult, weights: Weights
) -> Score | None:
    counted = [row for row in results if not row.left_out]
    if not weights.usable or not counted:
        return None
    total = execution.score if weights.execution else Score(Fraction(0), Fraction(0))
    for result in counted:
        assert result.score is not None  # weights that are usable leave no counted row without
        total += result.score
    return total


def _is_left_out(row: Row, rules: Rules) -> bool:
    """Whether a row does not count: it does not apply, or blank means that it is not due yet."""
    reading = row.actual.reading
    if not isinstance(reading, Missing) or row.decision is not None or row.doubled is not None:
        return False
    if reading.reason == "not_applicable":
        return rules.policy.not_applicable is not NotApplicable.ASK
    return rules.blank_not_due and reading.reason != "unread"


def _remarks(
    policy: Policy,
    results: Sequence[IndicatorResult],
    execution: ExecutionResult,
    weights: Weights,
) -> tuple[Note, ...]:
    """What the policy has to say of the project: that it is unverified, and its flags."""
    notes: list[Note] = []
    if policy.unverified:
        notes.append(Note.of("policy.unverified", policy=policy.name))
    if policy.flags is None:
        return tuple(notes)
    counted = [row for row in results if not row.left_out]
    whole = exact.total(row.weight for row in counted if row.weight is not None)
    least = exact.total(row.score.low for row in counted if row.score is not None)
    if weights.usable and whole and weights.execution:
        outrun = least / whole - execution.score.high / weights.execution
        if outrun > policy.flags.outrun:
            notes.append(Note.of("flag.outrun", percent=exact.fixed(outrun * 100, 2)))
    if execution.rate is not None and 1 - execution.rate > policy.flags.unspent:
        unspent = exact.fixed((1 - execution.rate) * 100, 2)
        notes.append(Note.of("flag.unspent", percent=unspent))
    return tuple(notes)


def _grades(total: Score | None, policy: Policy) -> tuple[str, ...]:
    """All grades that are possible, best first."""
    if total is None or policy.grades is None:
        return ()
    names = policy.grades.names
    best, worst = policy.grades.of(total.high), policy.grades.of(total.low)
    return names[names.index(best) : names.index(worst) + 1]


def _otherwise(
    project: Project,
    rows: Sequence[Row],
    execution: ExecutionResult,
    left_out: frozenset[int],
    rules: Rules,
) -> Score | None:
    """The total under the other way to allocate weights."""
    policy = rules.policy
    (other,) = (way for way in Allocation if way is not policy.weights.allocation)
    weights = weigh(project, policy, other, left_out)
    results, _ = _scored_rows(rows, weights, rules)
    counted = [row for index, row in enumerate(results) if index not in left_out]
    return _total(counted, execution, weights)
