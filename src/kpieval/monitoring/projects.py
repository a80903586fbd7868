"""Monitoring a project, and all projects of a file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve

from kpieval.calendars import Calendar
from kpieval.constraints import Target
from kpieval.errors import (
    KpiEvalError,
    PartialWeightsError,
    UnallocatableError,
    WeightSumError,
    WeightValueError,
)
from kpieval.matching import match
from kpieval.monitored import (
    MonitoredExecution,
    MonitoredIndicator,
    MonitoredProject,
    Monitoring,
)
from kpieval.monitoring.judging import Judge
from kpieval.monitoring.rules import DEFAULT, Moment, MonitoringRules, checked_month
from kpieval.notes import Note, merged
from kpieval.phrases import percent
from kpieval.policies import Policy
from kpieval.results import ExecutionResult, IndicatorResult, ProjectResult
from kpieval.scoring import score_project, score_tables
from kpieval.tables import Actuals, Project

HALF_YEAR = 6
LIKELIHOODS = ("确定能", "有可能", "不可能")
"""What 完成目标可能性 may say."""

_ABOUT_WEIGHTS = (PartialWeightsError, UnallocatableError, WeightSumError, WeightValueError)
"""What is wrong with weights, which monitoring does not use."""


def monitor_project(
    project: Project,
    actuals: Actuals,
    policy: Policy,
    *,
    month: int | None = None,
    rules: MonitoringRules = DEFAULT,
    calendar: Calendar | None = None,
) -> MonitoredProject:
    """How a project stands at the end of ``month``, 7 unless given, which is then noted.

    ``policy`` decides what targets leave open. Actuals that name other projects are passed over;
    a row without one has no status, never red. The colours are the conventions of ``rules``.
    Raises ValueError for a month that is none.

    >>> from kpieval.parsing import parse_target
    >>> from kpieval.presets import policy
    >>> from kpieval.tables import Indicator
    >>> row = Indicator("产出指标", "数量指标", "培训人次", "≥600人次", parse_target("≥600人次"))
    >>> actuals = Actuals.from_mapping({"培训人次": "240人次"})
    >>> found = monitor_project(Project("培训", (row,)), actuals, policy(), month=6).indicators[0]
    >>> found.status.value, found.expected, found.forecast.per_month
    ('green', Amount(300 人次), Amount(60 人次))
    """
    at, noted = _month(month, rules)
    given = _so_far(actuals)
    scored = score_project(project, given, policy, calendar=calendar)
    judge = Judge(Moment(at, project.year), rules, policy, calendar)
    likelihoods = _likelihoods([project], actuals, strict=False)
    found = _monitored(scored, given, judge, likelihoods.get(0, {}))
    return evolve(found, notes=merged(found.notes, noted, _half_year(actuals, at)))


def monitor_tables(
    projects: Sequence[Project],
    actuals: Actuals,
    policy: Policy,
    *,
    month: int | None = None,
    rules: MonitoringRules = DEFAULT,
    calendar: Calendar | None = None,
) -> Monitoring:
    """How all projects of a table stand; every actual must find its row.

    Arguments and errors are those of :func:`monitor_project`.

    >>> from kpieval import Actuals, demo, policy, read
    >>> found = monitor_tables(read(demo.targets_file(), year=2024), Actuals(), policy(), month=6)
    >>> len(found.projects), found.counts
    (5, StatusCounts(red=0, yellow=0, green=0, blue=0, none=54))
    """
    at, noted = _month(month, rules)
    given = _so_far(actuals)
    scored = score_tables(projects, given, policy, calendar=calendar)
    likelihoods = _likelihoods(projects, actuals, strict=True)
    found = []
    for index, result in enumerate(scored.projects):
        judge = Judge(Moment(at, result.project.year), rules, policy, calendar)
        found.append(_monitored(result, given, judge, likelihoods.get(index, {})))
    return Monitoring(
        tuple(found),
        policy.name,
        at,
        scored.year,
        scored.matched,
        merged(noted, _half_year(actuals, at), scored.notes),
        scored.problems,
    )


def _month(month: int | None, rules: MonitoringRules) -> tuple[int, tuple[Note, ...]]:
    if month is not None:
        return checked_month(month), ()
    return rules.default_month, (Note.of("monitor.month", month=rules.default_month),)


def _so_far(actuals: Actuals) -> Actuals:
    """The actuals with what a monitoring form says about the year so far in their place."""
    return Actuals(
        tuple(
            evolve(entry, value=entry.so_far) if entry.so_far.strip() else entry
            for entry in actuals.entries
        )
    )


def _half_year(actuals: Actuals, month: int) -> tuple[Note, ...]:
    """Half-year columns against another month are compared, but not without a word."""
    of_half = any(entry.so_far.strip() for entry in actuals.entries)
    return (Note.of("monitor.half_year", month=month),) if of_half and month != HALF_YEAR else ()


def _likelihoods(
    projects: Sequence[Project], actuals: Actuals, *, strict: bool
) -> dict[int, dict[int, str]]:
    """What people said about reaching the targets, by project and row."""
    found: dict[int, dict[int, str]] = {}
    if not any(entry.likelihood.strip() for entry in actuals.entries):
        return found
    for (project, row), entry in match(projects, actuals, strict=strict).rows.items():
        found.setdefault(project, {})[row] = entry.likelihood.strip()
    return found


def _monitored(
    scored: ProjectResult, actuals: Actuals, judge: Judge, likelihoods: dict[int, str]
) -> MonitoredProject:
    rows = tuple(
        _indicator(row, judge, likelihoods.get(place, ""))
        for place, row in enumerate(scored.indicators)
    )
    spending = scored.execution or _spending(scored.project, actuals, judge.policy)
    problems: tuple[KpiEvalError, ...] = tuple(
        problem for problem in scored.problems if not isinstance(problem, _ABOUT_WEIGHTS)
    )
    return MonitoredProject(
        scored.project,
        scored.policy,
        judge.moment.month,
        rows,
        _execution(spending, judge),
        scored.project.notes,
        problems,
    )


def _indicator(row: IndicatorResult, judge: Judge, likelihood: str) -> MonitoredIndicator:
    part = judge.part(row)
    target = row.indicator.target
    read = target.notes if isinstance(target, Target) else ()
    said = (row.indicator.notes, read, row.actual.notes, row.judgement.verdict.notes)
    decided: tuple[Note, ...] = ()
    if row.decision is not None:
        decided = (Note.of("decision.by_person", reason=row.decision.reason),)
    odd: tuple[Note, ...] = ()
    if likelihood and likelihood not in LIKELIHOODS:
        odd = (Note.of("monitor.likelihood", words=likelihood),)
    return MonitoredIndicator(
        row,
        part.possible,
        part.expected,
        part.progress,
        part.forecast,
        likelihood,
        None if len(part.possible) == 1 else part.reason,
        merged(*said, part.notes, decided, odd),
    )


def _spending(project: Project, actuals: Actuals, policy: Policy) -> ExecutionResult | None:
    """The spending of a project whose weights leave no points for it."""
    return score_project(evolve(project, indicators=()), actuals, policy).execution


def _execution(found: ExecutionResult | None, judge: Judge) -> MonitoredExecution:
    """The rate of spending against the share of the year that has passed."""
    passed = judge.moment.passed
    if found is None:
        reason = Note.of("monitor.no_execution")
        return MonitoredExecution(None, None, None, passed, None, None, reason)
    if found.rate is None:
        spent = found.executed is not None
        reason = Note.of("monitor.no_budget" if spent else "monitor.no_spending")
        return MonitoredExecution(found.executed, found.budget, None, passed, None, None, reason)
    progress: Fraction = found.rate / passed
    over = (Note.of("monitor.overspent", percent=percent(found.rate)),) if found.rate > 1 else ()
    return MonitoredExecution(
        found.executed,
        found.budget,
        found.rate,
        passed,
        progress,
        judge.rules.spending_status(progress),
        notes=over,
    )
