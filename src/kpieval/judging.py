"""One row: verdict, attainment, points, and how they came about."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, field, frozen

from kpieval import deciding
from kpieval.actuals import Actual, Changed, Every, Measured
from kpieval.attaining import attainment, missed_above
from kpieval.calendars import Calendar
from kpieval.constraints import (
    AtLeast,
    Constraint,
    Equal,
    Level,
    MoreThan,
    Statement,
    TargetError,
    YesNo,
)
from kpieval.earning import RowScorer, earning_constraint
from kpieval.errors import KpiEvalError
from kpieval.notes import Note, merged
from kpieval.outcomes import Attainment, Decision, Met, Undetermined, Unmet, Verdict
from kpieval.policies import Policy
from kpieval.resolving import Resolved, RowContext, resolve
from kpieval.results import (
    IndicatorResult,
    Judgement,
)
from kpieval.tables import Indicator, Place
from kpieval.verdicts import evaluate, finished


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
    return judge(Row(indicator, actual, decision), Rules(policy, calendar), weight)


def judge(found: Row, rules: Rules, weight: Fraction | None) -> IndicatorResult:
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
    indicator: Indicator, actual: Actual, rules: Rules, weight: Fraction | None
) -> IndicatorResult:
    """The machine's judgement of a row, before anybody decides otherwise."""
    policy, calendar = rules.policy, rules.calendar
    context = context_of(indicator)
    target = indicator.target
    if isinstance(target, TargetError):
        reason = Note.of("target.unread", code=target.error.code)
        verdict: Verdict = Undetermined(reason)
        unread = RowScorer(policy, weight, indicator.level1) if weight is not None else None
        judgement = _judgement(unread, None, actual, verdict, _Reached())
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
    above = False
    if resolved is None and isinstance(verdict, Met) and isinstance(reading, Measured):
        # Whichever way the number is meant, it was reached exactly.
        reached = Attainment.exactly(Fraction(1))
    if resolved is not None:
        known = {"context": context, "policy": policy}
        reached = attainment(resolved, reading, **known)  # type: ignore[arg-type]
        earning = attainment(earning_constraint(resolved), reading, **known)  # type: ignore[arg-type]
        above = missed_above(resolved, reading, **known)  # type: ignore[arg-type]
    scorer = None
    if weight is not None:
        scorer = RowScorer(policy, weight, indicator.level1, above, Fraction(target.factor))
    judgement = _judgement(
        scorer, resolved or target.constraint, actual, verdict, _Reached(reached, earning)
    )
    notes = merged(indicator.notes, target.notes, actual.notes, verdict.notes)
    undefined = isinstance(verdict, Unmet) and earning is None and isinstance(reading, _NUMBERS)
    said = (Note.of("ratio.undefined"),) if undefined and not _in_words(resolved) else ()
    notes = merged(notes, _over(resolved, earning, policy), said)
    return IndicatorResult(
        indicator, actual, resolved, judgement, verdict, judgement.score, weight, notes=notes
    )


@frozen
class _Reached:
    """How far a target was reached, and the attainment that its points follow."""

    attainment: Attainment | None = None
    earning: Attainment | None = None


def _judgement(
    scorer: RowScorer | None,
    constraint: Constraint | None,
    actual: Actual,
    verdict: Verdict,
    reached: _Reached,
) -> Judgement:
    if scorer is None:
        return Judgement(verdict, reached.attainment, None)
    score = scorer.score(constraint, actual.reading, verdict, reached.earning)
    steps, workings = tuple(scorer.steps), tuple(scorer.workings)
    return Judgement(verdict, reached.attainment, score, steps, workings)


def context_of(indicator: Indicator) -> RowContext:
    """What the row says beside its value."""
    return RowContext(indicator.level1, indicator.level2, indicator.name, indicator.direction)


def _over(
    resolved: Constraint | None, reached: Attainment | None, policy: Policy
) -> tuple[Note, ...]:
    """Notes on a floor that was far exceeded."""
    over = policy.over_completion
    kinds = AtLeast | MoreThan | Equal if over.mandatory else AtLeast | MoreThan
    if not isinstance(resolved, kinds) or reached is None:
        return ()
    if reached.low >= over.reason_at and over.mandatory:
        return (Note.of("over.reason_mandatory", percent=_percent(over.reason_at)),)
    if reached.low >= over.reason_at:
        return (Note.of("over.reason", percent=_percent(over.reason_at)),)
    if reached.low >= over.noted_at:
        return (Note.of("over.noted", percent=_percent(over.noted_at)),)
    return ()


def _percent(share: Fraction) -> str:
    return str(share * 100)


_NUMBERS = (Measured, Changed, Every)


def _in_words(resolved: Constraint | None) -> bool:
    return isinstance(resolved, Level | YesNo | Statement)


@frozen
class Rules:
    """What the caller scores by."""

    policy: Policy
    calendar: Calendar | None = None
    blank_not_due: bool = False


@frozen
class Row:
    """An indicator with what was found for it, before it is scored."""

    indicator: Indicator
    actual: Actual
    decision: Decision | None = None
    given: Place | None = None
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    doubled: KpiEvalError | None = field(default=None, eq=False)
    """Why none of several actuals was used; the table's problems name it already."""
