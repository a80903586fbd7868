"""Assertions for scripts and tests: a target is met, a project reaches a score; else it says why.

They need no test runner. The message of the ``AssertionError`` is the explanation, in Chinese or,
with ``lang="en"``, in English. What is wrong with the test itself (a target that cannot be read, a
number where text is needed) is no failed assertion: it raises the ``ReadingError`` or a
``TypeError``. An actual that cannot be read fails the assertion, for it may be what a program made.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from attrs import frozen

from kpieval.actuals import Actual, Reading
from kpieval.constraints import Constraint, Target
from kpieval.errors import DoubledActualError, ReadingError, UnmatchedActualError
from kpieval.explaining import (
    comparison_steps,
    notes_beside_execution,
    plainly_met,
    value_steps,
    verdict_word,
)
from kpieval.outcomes import Met, Undetermined, Unmet, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.phrases import executed, phrase
from kpieval.policies import Policy
from kpieval.presets import DEFAULT
from kpieval.presets import policy as preset
from kpieval.rendering import canonical
from kpieval.reports import telling
from kpieval.reports.checks import NO_CHECKS
from kpieval.reports.findings import Fault, Row, Total, findings, kind
from kpieval.resolving import RowContext
from kpieval.results import ProjectResult, Summary
from kpieval.scoring import score_project
from kpieval.tables import Actuals, Project
from kpieval.verdicts import evaluate

__all__ = ["RowContext", "assert_met", "assert_project", "assert_unmet"]

V = TypeVar("V", Met, Unmet)


@frozen
class _Given:
    """What a verdict depends on beside the two values, and the language of the message."""

    year: int | None
    context: RowContext | None
    policy: Policy | str | None
    lang: str


def assert_met(
    target: str | Target | Constraint,
    actual: str | Actual | Reading,
    *,
    year: int | None = None,
    context: RowContext | None = None,
    policy: Policy | str | None = None,
    lang: str = "zh",
) -> Met:
    """The actual meets the target; gives the verdict, which knows the margin.

    Both may be text or what parsing gives. ``year`` is that of dates without one, ``context`` says
    what the row says beside its value, ``policy`` how wide 约 is. Undetermined is not met.

    >>> assert_met("≤2.7万元", "26500元").margin
    '500元'
    >>> assert_met("≥90%", "88%", lang="en")
    Traceback (most recent call last):
        ...
    AssertionError: expected met, found unmet
    target as written: ≥90%
    read as: ≥90%
    actual as written: 88%
    actual read as: 88 %
    comparison: outside the target (by 2百分点), unmet
    """
    __tracebackhide__ = True
    return _expected(Met, target, actual, _Given(year, context, policy, lang))


def assert_unmet(
    target: str | Target | Constraint,
    actual: str | Actual | Reading,
    *,
    year: int | None = None,
    context: RowContext | None = None,
    policy: Policy | str | None = None,
    lang: str = "zh",
) -> Unmet:
    """The actual misses the target; gives the verdict, which knows the gap.

    Arguments are those of :func:`assert_met`. Undetermined is not unmet.

    >>> assert_unmet(">500人", "500人").gap
    '0人'
    """
    __tracebackhide__ = True
    return _expected(Unmet, target, actual, _Given(year, context, policy, lang))


def assert_project(
    project: Project,
    actuals: Actuals | Mapping[str, str] | Mapping[tuple[str, ...], str],
    policy: Policy | str = DEFAULT,
    at_least: int | str | Decimal | Fraction = 90,
    *,
    lang: str = "zh",
) -> ProjectResult:
    """The project's score reaches ``at_least``, whatever the undetermined rows turn out to be.

    It is the low end of the score that must reach it. An actual that finds no row of its own fails
    the assertion as well: the test would not test what it says.

    >>> from kpieval.parsing import parse_target
    >>> from kpieval.tables import Indicator
    >>> asked = parse_target("≥600人")
    >>> row = Indicator("产出指标", "数量指标", "培训人数", "≥600人", asked, weight=Fraction(100))
    >>> project = Project("培训", (row,))
    >>> assert_project(project, {"培训人数": "640人"}).grade
    '优'
    >>> assert_project(project, {}, at_least=80, lang="en")
    Traceback (most recent call last):
        ...
    AssertionError: 培训: score 0.00–100.00: its low end does not reach the 80 that was asked for
    undetermined rows: 培训人数
    - 培训人数: target ≥600人, undetermined: there is no actual, so nothing can be decided; ...
    """
    __tracebackhide__ = True
    least, rules = _least(at_least), _policy(policy)
    result = score_project(_project(project), _actuals(actuals), rules or preset())
    unused = any(
        isinstance(it, UnmatchedActualError | DoubledActualError) for it in result.problems
    )
    if unused or result.score is None or result.score.low < least:
        raise AssertionError("\n".join(_why(result, least, lang)))
    return result


def _expected(
    wanted: type[V],
    target: str | Target | Constraint,
    actual: str | Actual | Reading,
    given: _Given,
) -> V:
    """The verdict, if it is of the kind that is wanted."""
    __tracebackhide__ = True
    asked = _target(target, given.year)
    word = verdict_word(Met() if wanted is Met else Unmet(), given.lang)
    try:
        done = _actual(actual, asked, given.year)
    except ReadingError as error:
        problem = f"[{error.code}] {error.message(given.lang)}"
        said = {"wanted": word, "actual": error.source, "problem": problem}
        raise AssertionError(phrase("assert.unread", given.lang, **said)) from error
    verdict: Verdict = evaluate(asked, done, context=given.context, policy=_policy(given.policy))
    if isinstance(verdict, wanted):
        return verdict
    found = verdict_word(verdict, given.lang)
    lines = [phrase("assert.verdict", given.lang, wanted=word, found=found)]
    lines += value_steps(asked, given.lang) + comparison_steps(done, verdict, given.lang)
    raise AssertionError("\n".join(lines))


def _why(result: ProjectResult, least: Fraction, lang: str) -> list[str]:
    """The score, the rows left open, and everything that costs or may cost points."""
    total = Total(result, least)
    found = findings(Summary((result,), result.policy), NO_CHECKS)
    faults = [f"- {telling.sentence(it, lang)}" for it in found if isinstance(it, Fault)]
    rows = [row for row in result.indicators if not plainly_met(row)]
    names = [row.indicator.name for row in rows if isinstance(row.verdict, Undetermined)]
    head = telling.sentence(total, lang) if kind(total) else phrase("assert.unused", lang)
    lines = [phrase("label", lang, label=result.project.name) + head]
    if names:
        lines.append(phrase("assert.open", lang, rows=phrase("list", lang).join(names)))
    lines += faults + [_row(Row(result, row), lang) for row in rows]
    return lines + [f"- {line}" for line in _beside(result, lang)]


def _row(finding: Row, lang: str) -> str:
    place = telling.place(finding)
    where = "" if place is None else f" ({telling.spoken(place)})"
    label = phrase("label", lang, label=telling.name(finding, lang) + where)
    return f"- {label}{telling.sentence(finding, lang)}"


def _beside(result: ProjectResult, lang: str) -> list[str]:
    """The budget execution and what was assumed for the project as a whole."""
    lines = [] if result.execution is None else [executed(result.execution, lang)]
    return lines + [note.message(lang) for note in notes_beside_execution(result)]


def _target(target: str | Target | Constraint, year: int | None) -> Target:
    match target:
        case str():
            return parse_target(target, year=year)
        case Target():
            return target
        case _ if isinstance(target, Constraint):
            text = canonical(target)
            return Target(text, target, text)
        case _:
            raise TypeError(f"a target is text such as '≥90%', or what was parsed; not {target!r}")


def _actual(actual: str | Actual | Reading, target: Target, year: int | None) -> Actual:
    match actual:
        case str():
            return parse_actual(actual, like=target, year=year)
        case Actual():
            return actual
        case _ if isinstance(actual, Reading):
            return Actual("", actual)
        case _:
            raise TypeError(
                f"an actual is text such as '95%' ('' when there is none), or what was parsed; "
                f"not {actual!r}, which says neither its unit nor, if a float, its exact value"
            )


def _policy(policy: Policy | str | None) -> Policy | None:
    match policy:
        case None | Policy():
            return policy
        case str():
            return preset(policy)
        case _:
            raise TypeError(f"a policy is a Policy or the name of one, not {policy!r}")


def _project(project: Project) -> Project:
    if not isinstance(project, Project):
        raise TypeError(f"a Project is needed, such as kpieval.read(FILE)[0]; not {project!r}")
    return project


def _actuals(
    actuals: Actuals | Mapping[str, str] | Mapping[tuple[str, ...], str],
) -> Actuals:
    match actuals:
        case Actuals():
            return actuals
        case Mapping():
            return Actuals.from_mapping(actuals)
        case _:
            raise TypeError(
                f"actuals are a mapping of names to texts, or kpieval.read_actuals(FILE); "
                f"not {actuals!r}"
            )


def _least(points: int | str | Decimal | Fraction) -> Fraction:
    if isinstance(points, bool) or not isinstance(points, int | str | Decimal | Fraction):
        raise TypeError(f"at_least must be exact: 90, '89.5' or a Fraction; not {points!r}")
    return Fraction(points)
