"""The status of one row: by the calendar, by a deadline, by a bound or by a word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import assert_never

from attrs import evolve, frozen

from kpieval.actuals import Attained, Dated, Missing, Reading, Stated
from kpieval.calendars import Calendar
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
    Single,
    Statement,
    TargetError,
    YesNo,
)
from kpieval.judging import context_of
from kpieval.meaning import Dates
from kpieval.monitored import Status
from kpieval.monitoring import measuring
from kpieval.monitoring.parts import Part, by_verdict
from kpieval.monitoring.rules import Moment, MonitoringRules
from kpieval.notes import Note, merged
from kpieval.outcomes import Met, Undetermined, Unmet, Verdict
from kpieval.pairing import paired
from kpieval.policies import Policy
from kpieval.resolving import RowContext
from kpieval.results import IndicatorResult
from kpieval.verdicts import compare, finished

_WORDS = {
    Attained.FULLY: Status.GREEN,
    Attained.PARTLY: Status.YELLOW,
    Attained.NOT: Status.RED,
}
"""The band that a stated word names."""


@frozen
class Judge:
    """What a row is judged by."""

    moment: Moment
    rules: MonitoringRules
    policy: Policy
    calendar: Calendar | None = None

    def part(self, row: IndicatorResult) -> Part:
        """How the row stands; a person's decision goes before the machine's reading."""
        target, decision = row.indicator.target, row.decision
        if decision is not None and decision.attained is not None:
            return Part((_WORDS[decision.attained],))
        verdict = row.judgement.verdict
        if isinstance(target, TargetError) or row.resolved is None:
            return by_verdict(verdict)
        reading, _ = finished(target.constraint, row.actual.reading, self.calendar)
        return self._whole(row.resolved, reading, verdict, context_of(row.indicator))

    def _whole(
        self, constraint: Constraint, reading: Reading, verdict: Verdict, context: RowContext
    ) -> Part:
        if not isinstance(constraint, AllOf):
            return self._single(constraint, reading, verdict, context)
        if isinstance(reading, Missing):
            return by_verdict(verdict)
        if isinstance(reading, Stated) and reading.attained is not None:
            return Part((_WORDS[reading.attained],))
        parts = []
        for wanted, found in paired(constraint.parts, reading):
            if found is None:
                parts.append(Part(reason=Note.of("actual.part_missing")))
                continue
            own = compare(wanted, found, context=context, policy=self.policy)
            parts.append(self._single(wanted, found, own, context))
        return worst(parts)

    def _single(
        self, constraint: Single, reading: Reading, verdict: Verdict, context: RowContext
    ) -> Part:
        if isinstance(constraint, By | NotBefore | During):
            return self._dated(constraint, reading, verdict)
        if isinstance(reading, Stated) and reading.attained is not None:
            return Part((_WORDS[reading.attained],))
        match constraint:
            case AtLeast() | MoreThan() | AtMost() | LessThan() | Equal() | Between():
                scale = measuring.Scale(self.moment, self.rules, self.policy, context)
                return scale.numbers(constraint, reading, verdict)
            case Change():
                scale = measuring.Scale(self.moment, self.rules, self.policy, context)
                return scale.change(constraint, reading, verdict)
            case Level():
                return _level(verdict)
            case YesNo() | Statement() | Bare() | About():
                return by_verdict(verdict)
            case _:
                assert_never(constraint)

    def _dated(self, constraint: Dates, reading: Reading, verdict: Verdict) -> Part:
        """Open before the deadline, met or unmet after it; what is done in time stays so."""
        today, due = self.moment.day, _due(constraint)
        if isinstance(reading, Stated) and reading.attained is Attained.FULLY:
            return Part((Status.GREEN,))
        if isinstance(reading, Dated):
            last = reading.interval.upper
            ahead = today is not None and (last is None or last.value > today)
            if not ahead:
                return by_verdict(verdict)
            if today is not None and today < due:
                return Part(reason=Note.of("monitor.date_ahead", day=due))
            return by_verdict(verdict)
        if today is None:
            return Part(reason=Note.of("monitor.no_year"))
        if isinstance(reading, Stated) and reading.done and _in_time(constraint, today):
            return Part((Status.GREEN,), notes=(Note.of("monitor.done_in_time", day=due),))
        if today < due:
            return Part(reason=Note.of("monitor.not_due", day=due))
        if isinstance(reading, Stated) and reading.attained is not None:
            return Part((_WORDS[reading.attained],))
        return by_verdict(verdict)


def _due(constraint: Dates) -> dt.date:
    match constraint:
        case By(date=date) | NotBefore(date=date):
            return date
        case During(end=end):
            return end
        case _:
            assert_never(constraint)


def _in_time(constraint: Dates, today: dt.date) -> bool:
    """Whether what is done by now is done by its deadline."""
    if not isinstance(constraint, By):
        return False
    return today <= constraint.date if constraint.from_ is None else today < constraint.from_


def _level(verdict: Verdict) -> Part:
    """A level that is missed lies in one of the lower bands; which one, a person says."""
    match verdict:
        case Met():
            return Part((Status.GREEN,))
        case Unmet():
            return Part((Status.RED, Status.YELLOW), reason=Note.of("monitor.level_short"))
        case Undetermined():
            return by_verdict(verdict)
        case _:
            assert_never(verdict)


def worst(parts: Sequence[Part]) -> Part:
    """Several parts as one: as bad as the worst of them, whatever the others are.

    >>> worst([Part((Status.GREEN,)), Part((Status.YELLOW, Status.GREEN))]).possible
    (<Status.YELLOW: 'yellow'>, <Status.GREEN: 'green'>)
    """
    notes = merged(*(part.notes for part in parts))
    bad = next((part for part in parts if part.possible == (Status.RED,)), None)
    if bad is not None:
        return Part(bad.possible, notes=notes)
    unknown = next((part for part in parts if not part.possible), None)
    if unknown is not None:
        return Part(reason=unknown.reason, notes=notes)
    order = list(Status)
    best = min(max(order.index(status) for status in part.possible) for part in parts)
    found = {status for part in parts for status in part.possible}
    possible = tuple(status for status in order[: best + 1] if status in found)
    reason = next((part.reason for part in parts if part.reason is not None), None)
    return evolve(Part(possible, notes=notes), reason=reason if len(possible) > 1 else None)
