"""One row: verdict, attainment, points, and how they came about."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve, field, frozen

from kpieval import deciding, exact
from kpieval.actuals import Actual, Changed, Measured, Reading
from kpieval.calendars import Calendar
from kpieval.constraints import (
    Change,
    Constraint,
    Equal,
    Target,
    TargetError,
)
from kpieval.earning import Judged, RowScorer
from kpieval.errors import KpiEvalError, WeightValueError
from kpieval.meaning import Floor
from kpieval.notes import Note, merged
from kpieval.outcomes import Attainment, Decision, Met, Undetermined, Unmet
from kpieval.policies import Policy
from kpieval.requirements import Requirement, compared, reached_share, requirements
from kpieval.resolving import Open, RowContext, resolve
from kpieval.results import (
    IndicatorResult,
    Judgement,
)
from kpieval.showing import Shown
from kpieval.tables import Indicator, Place
from kpieval.verdicts import as_read, finished, left_open, settled


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

    ``weight``, the most points of the row, goes before the row's own; without any the score is
    None. Points are exact and rounded as the policy says. ``calendar`` knows the working days that
    a span of dates holds. Raises DecisionError for a decision without a reason, or with points
    outside of the weight or of the band of its words, and WeightValueError for a weight below 0;
    what cannot be judged is Undetermined.

    >>> from kpieval import Indicator, parse_actual, parse_target, policy
    >>> target = parse_target("≥90%")
    >>> row = Indicator("满意度指标", "满意度指标", "满意度", "≥90%", target, weight=Fraction(10))
    >>> result = score_indicator(row, parse_actual("88%", like=target), policy("mof-2020"))
    >>> result.verdict, result.judgement.attainment.low, str(result.score)
    (Unmet(gap='2百分点', notes=()), Fraction(44, 45), '9.78')
    """
    weight = _usable(weight if weight is not None else indicator.weight, indicator)
    return judge(Row(indicator, actual, decision), Rules(policy, calendar), weight)


def _usable(weight: Fraction | None, indicator: Indicator) -> Fraction | None:
    """The weight, which is exact and not below 0."""
    if weight is None:
        return None
    if isinstance(weight, float):
        raise TypeError("a weight is exact: a Fraction, a Decimal or a whole number, no float")
    if weight < 0:
        raise WeightValueError(where=indicator.name, value=exact.text(weight))
    return exact.fraction(weight)


def judge(found: Row, rules: Rules, weight: Fraction | None) -> IndicatorResult:
    """A row's result at exactly this weight, a person's decision in the machine's place."""
    row = _judged(found.indicator, found.actual, rules, weight)
    decision = found.decision
    if decision is not None:
        name = found.indicator.name
        verdict, score = deciding.apply(decision, weight, rules.policy, name)
        said = merged(row.notes, (Note.of("decision.by_person", reason=decision.reason),))
        row = evolve(row, verdict=verdict, score=score, decision=decision, notes=said)
    return _deducted(row, found.deduction, rules.policy)


def _deducted(row: IndicatorResult, points: Fraction | None, policy: Policy) -> IndicatorResult:
    """The row without the points of its 扣减分数, never below 0; or noted where no rule says so."""
    if not points or row.score is None:
        return row
    score, told = deciding.deducted(row.score, points, policy)
    return evolve(row, score=score, notes=merged(row.notes, (told,)))


def _judged(
    indicator: Indicator, actual: Actual, rules: Rules, weight: Fraction | None
) -> IndicatorResult:
    """The machine's judgement of a row, before anybody decides otherwise."""
    policy, target = rules.policy, indicator.target
    if isinstance(target, TargetError):
        return _unread(indicator, target, actual, rules, weight)
    constraint, given = as_read(target, actual)
    reading, _ = said = finished(constraint, given, rules.calendar)
    context = context_of(indicator)
    decided = resolve(constraint, context, policy)
    resolved: Constraint | None = None
    over: tuple[Note, ...] = ()
    if isinstance(decided, Open):
        row = _while_open(decided, given, reading)
    else:
        resolved = decided.constraint
        came = compared(resolved, reading, context, policy)
        verdict = settled(came.verdict, target, decided, said)
        asked = requirements(resolved, reading, context, policy, came)
        share = reached_share(resolved, reading, context, policy) if policy.by_actual else None
        row = Judged(resolved, given, verdict, came.attainment, asked, share)
        over = _over(resolved, asked, policy)
    judgement = _judgement(rules, indicator, weight, row)
    lacking = (Note.of("ratio.undefined"),) if any(map(_has_no_ratio, row.requirements)) else ()
    notes = merged(indicator.notes, target.notes, actual.notes, row.verdict.notes, over, lacking)
    return IndicatorResult(
        indicator, actual, resolved, judgement, row.verdict, judgement.score, weight, notes=notes
    )


def _unread(
    indicator: Indicator,
    target: TargetError,
    actual: Actual,
    rules: Rules,
    weight: Fraction | None,
) -> IndicatorResult:
    """The judgement of a row whose target could not be read."""
    verdict = Undetermined(Note.of("target.unread", code=target.error.code))
    judgement = _judgement(rules, indicator, weight, Judged(None, actual.reading, verdict))
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


def _while_open(decided: Open, given: Reading, reading: Reading) -> Judged:
    """What is known of a row whose target stayed open."""
    verdict = left_open(decided, reading)
    if isinstance(verdict, Met) and isinstance(reading, Measured):
        # Whichever way the number is meant, it was reached exactly.
        return Judged(decided.constraint, given, verdict, Attainment.exactly(Fraction(1)))
    return Judged(decided.constraint, given, verdict)


def _judgement(
    rules: Rules, indicator: Indicator, weight: Fraction | None, row: Judged
) -> Judgement:
    if weight is None:
        return Judgement(row.verdict, row.attainment, None)
    target = indicator.target if isinstance(indicator.target, Target) else None
    scorer = RowScorer(rules.policy, weight, indicator.level1, target)
    score = scorer.score(row)
    steps, workings = tuple(scorer.steps), tuple(scorer.workings)
    return Judgement(row.verdict, row.attainment, score, steps, workings)


def _has_no_ratio(one: Requirement) -> bool:
    """Whether a number was missed that no ratio can be made with."""
    numbers = isinstance(one.reading, Measured | Changed)
    return numbers and isinstance(one.verdict, Unmet) and one.earning is None


def context_of(indicator: Indicator) -> RowContext:
    """What the row says beside its value."""
    return RowContext(indicator.level1, indicator.level2, indicator.name, indicator.direction)


def _over(resolved: Constraint, asked: tuple[Requirement, ...], policy: Policy) -> tuple[Note, ...]:
    """Notes on a floor that was far exceeded."""
    over = policy.over_completion
    size = resolved.constraint if isinstance(resolved, Change) else resolved
    is_floor = isinstance(size, Floor)
    reached = asked[0].earning if asked else None
    if reached is None or not (is_floor or (over.mandatory and isinstance(size, Equal))):
        return ()
    if exact.order(reached.low, over.noted_at) < 0:
        return ()
    if reached.low >= over.reason_at and over.mandatory:
        return (Note.of("over.reason_mandatory", percent=_percent(over.reason_at)),)
    if reached.low >= over.reason_at:
        return (Note.of("over.reason", percent=_percent(over.reason_at)),)
    return (Note.of("over.noted", percent=_percent(over.noted_at)),) if is_floor else ()


def _percent(share: Fraction) -> str:
    return str(share * 100)


@frozen(repr=False)
class Rules(Shown):
    """What the caller scores by."""

    policy: Policy
    calendar: Calendar | None = None
    blank_not_due: bool = False


@frozen(repr=False)
class Row(Shown):
    """An indicator with what was found for it, before it is scored."""

    indicator: Indicator
    actual: Actual
    decision: Decision | None = None
    deduction: Fraction | None = None
    given: Place | None = None
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    doubled: KpiEvalError | None = field(default=None, eq=False)
    """Why none of several actuals was used; the table's problems name it already."""
