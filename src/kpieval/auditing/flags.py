"""The findings: what a reader of a self-evaluation should look at, each with its code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from attrs import frozen

from kpieval import exact
from kpieval.actuals import Measured, Missing
from kpieval.auditing.judging import repeats_target, stated
from kpieval.auditing.limits import Limits
from kpieval.auditing.results import AuditedProject, AuditedRow
from kpieval.constraints import AtLeast, AtMost, LessThan, MoreThan, Target, TargetError
from kpieval.findings import Finding, Severity
from kpieval.notes import Note
from kpieval.outcomes import Met, Undetermined, Unmet
from kpieval.parsing import is_blank
from kpieval.phrases import percent
from kpieval.policies import Policy
from kpieval.resolving import is_money

Found = tuple[Severity, Note]
_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTE


@frozen
class Rules:
    """What the findings are measured by."""

    policy: Policy
    limits: Limits


def findings(audited: AuditedProject, rules: Rules) -> tuple[Finding, ...]:
    """All findings of a project: row by row, then those of the whole."""
    name = audited.project.name
    found = [
        Finding(severity, note, name, row.name)
        for row in audited.rows
        for severity, note in _row(row, audited, rules)
    ]
    found += [Finding(severity, note, name) for severity, note in _whole(audited, rules)]
    return tuple(found)


def _row(row: AuditedRow, audited: AuditedProject, rules: Rules) -> Iterator[Found]:
    yield from _points(row)
    yield from _words(row)
    yield from _over(row, rules.policy)
    yield from _cheap(row, audited, rules.limits)


def _points(row: AuditedRow) -> Iterator[Found]:
    """Points that do not fit the verdict."""
    checked, weight = row.checked, row.result.indicator.weight
    score = checked.published
    if row.entry is not None and score is None and not is_blank(row.entry.value):
        yield _E, Note.of("A19", text=row.entry.value)
    if score is None or weight is None:
        return
    words = {"score": exact.text(score), "weight": exact.text(weight)}
    if score > weight or score < 0:
        yield _E, Note.of("A16", **words)
    elif score == weight:
        yield from _full(row, words)
    elif isinstance(row.verdict, Met) and checked.consistent is not True and not _reason(row):
        yield _W, Note.of("A01", **words)
    elif not _reason(row) and row.verdict is not None:
        yield _W, Note.of("A08", **words)


def _full(row: AuditedRow, words: dict[str, str]) -> Iterator[Found]:
    result = row.result
    if isinstance(row.verdict, Unmet) and row.checked.consistent is not True:
        yield _E, Note.of("A02", **words)
    ceiling = isinstance(_meant(row), AtMost | LessThan)
    if ceiling and isinstance(result.actual.reading, Missing):
        yield _E, Note.of("A03", **words)


def _meant(row: AuditedRow) -> object:
    """The constraint, decided by its context where that decides it."""
    target = row.result.indicator.target
    written = target.constraint if isinstance(target, Target) else None
    return row.result.resolved or written


def _words(row: AuditedRow) -> Iterator[Found]:
    """Actuals in words: outside their band, prose, or the target's text again."""
    checked, result = row.checked, row.result
    said = stated(result)
    if checked.published is None or isinstance(result.indicator.target, TargetError):
        return
    if said is not None and said.attained is not None and checked.consistent is False:
        score = exact.text(checked.published)
        yield _E, Note.of("A04", words=said.text, score=score, band=checked.recomputed)
    elif said is not None and isinstance(row.verdict, Undetermined):
        yield _N, Note.of("A05", words=said.text)
    if repeats_target(result):
        yield _N, Note.of("A17", text=result.actual.source)


def _over(row: AuditedRow, policy: Policy) -> Iterator[Found]:
    """Floors that were far exceeded."""
    reached = row.result.judgement.attainment
    if reached is None or not isinstance(row.result.resolved, AtLeast | MoreThan):
        return
    steps = policy.over_completion
    found = percent(reached.low)
    if reached.low >= steps.reason_at and not _reason(row):
        yield _W, Note.of("A06", least=percent(steps.reason_at), percent=found)
    elif reached.low >= steps.noted_at:
        yield _N, Note.of("A07", least=percent(steps.noted_at), percent=found)


def _cheap(row: AuditedRow, audited: AuditedProject, limits: Limits) -> Iterator[Found]:
    """A ceiling on money that was kept because little or nothing was spent."""
    meant, reading = _meant(row), row.result.actual.reading
    if not isinstance(meant, AtMost | LessThan) or not isinstance(row.verdict, Met):
        return
    if not isinstance(reading, Measured) or not is_money(meant.value):
        return
    rate, upper = _rate(audited), reading.interval.upper
    nothing = upper is not None and upper.value <= 0
    if nothing or (rate is not None and rate < 1 - limits.unspent):
        yield _N, Note.of("A12", actual=row.result.actual.source)


def _reason(row: AuditedRow) -> bool:
    return row.entry is not None and not is_blank(row.entry.reason)


def _whole(audited: AuditedProject, rules: Rules) -> Iterator[Found]:
    yield from _spending(audited, rules.limits)
    if _copied(audited.rows, rules.limits.copied):
        yield _N, Note.of("A13", rows=len(audited.rows))
    execution = audited.execution
    if execution is not None and execution.consistent is False:
        yield _E, Note.of("A20", score=_text(execution.published), own=execution.recomputed)
    total, weights, grade = audited.total, audited.weights, audited.grade
    if total is not None and total.consistent is False:
        yield _E, Note.of("A14", score=_text(total.published), sum=total.recomputed)
    for level, part in audited.parts:
        if part.consistent is False:
            score, made = _text(part.published), part.recomputed
            yield _E, Note.of("A14.part", level=level, score=score, sum=made)
    if weights is not None and weights.consistent is False:
        yield _E, Note.of("A18", weight=_text(weights.published), sum=weights.recomputed)
    if grade is not None and grade[1] is False:
        yield _E, Note.of("A15", grade=grade[0], own=grade[2])


def _spending(audited: AuditedProject, limits: Limits) -> Iterator[Found]:
    rate, share = _rate(audited), _share(audited.rows)
    if rate is None:
        return
    if share is not None and share - rate > limits.outruns:
        yield _W, Note.of("A09", share=percent(share), rate=percent(rate))
    if rate < 1 - limits.unspent:
        yield _W, Note.of("A10", rate=percent(rate))
    if rate > 1:
        yield _W, Note.of("A11", rate=percent(rate))


def _rate(audited: AuditedProject) -> Fraction | None:
    return None if audited.spending is None else audited.spending.rate


def _share(rows: Iterable[AuditedRow]) -> Fraction | None:
    """The part of the points that the indicators were given."""
    parts = [
        (row.checked.published, row.result.indicator.weight)
        for row in rows
        if row.verdict is not None
    ]
    whole = sum((weight for _, weight in parts if weight is not None), Fraction(0))
    if not whole or any(score is None or weight is None for score, weight in parts):
        return None
    return sum((score for score, _ in parts if score is not None), Fraction(0)) / whole


def _copied(rows: Sequence[AuditedRow], least: int) -> bool:
    """Whether every actual is the target again and every score is full."""
    judged = [row for row in rows if row.verdict is not None]
    return len(judged) >= least and all(
        repeats_target(row.result) and row.checked.published == row.result.indicator.weight
        for row in judged
    )


def _text(value: Fraction | None) -> str:
    return "-" if value is None else exact.text(value)
