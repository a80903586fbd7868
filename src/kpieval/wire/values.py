"""The doors of the JSON form: any value out, and what can be read back in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from kpieval.actuals import (
    Actual,
    Answered,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Reading,
    Stated,
)
from kpieval.amounts import Amount
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Change,
    Constraint,
    During,
    Equal,
    LessThan,
    Level,
    MoreThan,
    NotBefore,
    Statement,
    Target,
    TargetError,
    YesNo,
)
from kpieval.errors import KpiEvalError
from kpieval.monitored import (
    MonitoredExecution,
    MonitoredIndicator,
    MonitoredProject,
    Monitoring,
)
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Decision, Met, Score, Undetermined, Unmet, Verdict
from kpieval.policies import Policy
from kpieval.results import Compliance, ExecutionResult, IndicatorResult, ProjectResult, Summary
from kpieval.wire.basics import Wire, amount, amount_from, error, malformed, note, note_from
from kpieval.wire.constraints import CONSTRAINT_TYPES, constraint, constraint_from
from kpieval.wire.monitored import monitored
from kpieval.wire.policies import policy_wire
from kpieval.wire.readings import READING_TYPES, reading, reading_from
from kpieval.wire.records import (
    actual,
    actual_from,
    attainment,
    decision,
    score,
    target,
    target_error,
    target_from,
)
from kpieval.wire.results import compliance, execution, indicator, project, summary
from kpieval.wire.verdicts import VERDICT_TYPES, verdict, verdict_from

__all__ = ["Readable", "Wire", "Wireable", "from_wire", "to_wire"]

Monitored = Monitoring | MonitoredProject | MonitoredIndicator | MonitoredExecution
"""What monitoring gives."""

Readable = Amount | Constraint | Target | Actual | Reading | Verdict | Note
"""What :func:`from_wire` can read back."""

Wireable = (
    Readable
    | TargetError
    | KpiEvalError
    | Attainment
    | Score
    | Decision
    | Compliance
    | ExecutionResult
    | IndicatorResult
    | ProjectResult
    | Summary
    | Policy
    | Monitored
)
"""What :func:`to_wire` can write."""


def to_wire(value: Wireable, *, lang: str = "zh") -> Wire:
    """The JSON form of a value; its messages are in ``lang``.

    Numbers are texts, exact decimals or ``p/q``; ``kpieval schema`` prints the schemas. Raises
    TypeError for what has no JSON form.

    >>> from kpieval.amounts import money
    >>> from kpieval.constraints import AtMost
    >>> to_wire(AtMost(money("27000")))
    {'type': 'at_most', 'value': {'magnitude': '27000', 'unit': '元'}}
    """
    if not isinstance(value, Wireable):
        raise TypeError(f"a {type(value).__name__} has no JSON form here")
    match value:
        case Amount():
            return amount(value)
        case Monitoring() | MonitoredProject() | MonitoredIndicator() | MonitoredExecution():
            return monitored(value, lang)
        case AtLeast() | MoreThan() | AtMost() | LessThan() | Equal() | Bare() | About():
            return constraint(value)
        case Between() | By() | NotBefore() | During() | Change() | AllOf():
            return constraint(value)
        case Level() | YesNo() | Statement():
            return constraint(value)
        case Measured() | Dated() | Changed() | Stated() | Graded() | Answered():
            return reading(value)
        case Every() | Missing():
            return reading(value)
        case _:
            return _record(value, lang)


def _record(
    value: Target
    | TargetError
    | Actual
    | Verdict
    | Note
    | KpiEvalError
    | Attainment
    | Score
    | Decision
    | Compliance
    | ExecutionResult
    | IndicatorResult
    | ProjectResult
    | Summary
    | Policy,
    lang: str,
) -> Wire:
    match value:
        case Policy():
            return policy_wire(value)
        case Target():
            return target(value, lang)
        case TargetError():
            return target_error(value.source, value.error, lang)
        case Actual():
            return actual(value, lang)
        case Met() | Unmet() | Undetermined():
            return verdict(value, lang)
        case Note():
            return note(value, lang)
        case KpiEvalError():
            return error(value, lang)
        case Attainment():
            return attainment(value)
        case Score():
            return score(value)
        case Decision():
            return decision(value)
        case _:
            return _result(value, lang)


def _result(
    value: Compliance | ExecutionResult | IndicatorResult | ProjectResult | Summary, lang: str
) -> Wire:
    match value:
        case Compliance():
            return compliance(value)
        case ExecutionResult():
            return execution(value, lang)
        case IndicatorResult():
            return indicator(value, lang)
        case ProjectResult():
            return project(value, lang)
        case Summary():
            return summary(value, lang=lang)
        case _:
            assert_never(value)


def from_wire(data: Mapping[str, Any]) -> Readable:
    """The value of a JSON form that :func:`to_wire` wrote.

    Raises ValueError for anything else. Results are written only, never read back.

    >>> from_wire({"type": "at_most", "value": {"magnitude": "27000", "unit": "元"}})
    AtMost(value=Amount(27000 元))
    """
    try:
        return _read(data)
    except (KeyError, TypeError, AttributeError) as fault:
        raise malformed(data) from fault


def _read(data: Mapping[str, Any]) -> Readable:
    kind = data.get("type")
    if kind in CONSTRAINT_TYPES:
        return constraint_from(data)
    if kind in READING_TYPES:
        return reading_from(data)
    if kind in VERDICT_TYPES:
        return verdict_from(data)
    if kind is not None:
        raise malformed(data)
    if "magnitude" in data:
        return amount_from(data)
    if "canonical" in data:
        return target_from(data)
    if "reading" in data and "text" in data:
        return actual_from(data)
    if "code" in data and "params" in data:
        return note_from(data)
    raise malformed(data)
