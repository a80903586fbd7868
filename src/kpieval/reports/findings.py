"""What was checked, and what of it fails: one answer for the exit code and for the reports.

Every row is checked, every project's score when a least one was asked for, and every fault that
no row carries is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpieval.errors import KpiEvalError
from kpieval.explaining import fault, project_problems
from kpieval.outcomes import Met, Undetermined, Unmet
from kpieval.reports.checks import Checks
from kpieval.results import IndicatorResult, ProjectResult, Summary

UNMET, UNDETERMINED, ERROR, UNDER = "unmet", "undetermined", "error", "under"

SHOWN_AS_FAILED = (UNMET, ERROR)
"""What a report shows as failed when nobody said what the run is to fail on."""


@frozen
class Row:
    """A row of a project."""

    project: ProjectResult
    result: IndicatorResult


@frozen
class Total:
    """A project's score against the least that was asked for."""

    project: ProjectResult
    least: Fraction


@frozen
class Fault:
    """A fault that no row carries; ``project`` is None when it belongs to no project either."""

    project: ProjectResult | None
    error: KpiEvalError


Finding = Row | Total | Fault


def findings(summary: Summary, checks: Checks) -> Iterator[Finding]:
    """Everything that was checked: project by project, then what belongs to none."""
    told: set[int] = set()
    for project in summary.projects:
        for row in project.indicators:
            told.update(map(id, row_problems(row)))
            yield Row(project, row)
        if checks.fail_under is not None:
            yield Total(project, checks.fail_under)
        yield from _faults(project, project_problems(project), told)
    yield from _faults(None, summary.problems, told)


def _faults(
    project: ProjectResult | None, problems: tuple[KpiEvalError, ...], told: set[int]
) -> Iterator[Fault]:
    """The problems that were not told yet; a row's stands among its project's, too."""
    for problem in problems:
        if id(problem) not in told:
            told.add(id(problem))
            yield Fault(project, problem)


def row_problems(row: IndicatorResult) -> tuple[KpiEvalError, ...]:
    """What is wrong with a row, the fault that keeps it from being judged first, each once."""
    first = fault(row)
    found = (*(() if first is None else (first,)), *row.indicator.problems)
    return tuple({id(problem): problem for problem in found}.values())


def kinds(finding: Finding) -> frozenset[str]:
    """What is wrong with it: nothing, or several things at once (an unread row is undetermined)."""
    match finding:
        case Row(result=row):
            wrong = {ERROR} if row_problems(row) else set()
            match row.verdict:
                case Met():
                    pass
                case Unmet():
                    wrong.add(UNMET)
                case Undetermined():
                    wrong.add(UNDETERMINED)
                case _:
                    assert_never(row.verdict)
            return frozenset(wrong)
        case Total(project=project, least=least):
            # Without a total nobody can say that it reaches anything.
            reached = project.score is not None and project.score.low >= least
            return frozenset() if reached else frozenset({UNDER})
        case Fault():
            return frozenset({ERROR})
        case _:
            assert_never(finding)


def failed(summary: Summary, checks: Checks) -> bool:
    """Whether one of the checks that were asked for did not hold: the exit code."""
    failing = {*checks.fail_on, UNDER}
    return any(kinds(finding) & failing for finding in findings(summary, checks))


def shown_as_failed(finding: Finding, checks: Checks) -> bool:
    """Whether a report shows it as failed: what the run fails on, else the unmet and the faulty."""
    return bool(kinds(finding) & {*(checks.fail_on or SHOWN_AS_FAILED), UNDER})


def kind(finding: Finding) -> str | None:
    """The one word for what is wrong: a fault before a verdict; None when nothing is."""
    wrong = kinds(finding)
    return next((name for name in (ERROR, UNDER, UNMET, UNDETERMINED) if name in wrong), None)
