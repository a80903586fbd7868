"""What is found for one constraint: the possible statuses, and where the year is heading."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpieval.amounts import Amount
from kpieval.monitored import Forecast, Status
from kpieval.notes import Note
from kpieval.outcomes import Met, Undetermined, Unmet, Verdict

_SPANS = "actual.spans_bound"
"""The reason of a verdict whose actual lies on both sides of a bound."""


@frozen
class Part:
    """The statuses that are possible, worst first, and why there is not exactly one."""

    possible: tuple[Status, ...] = ()
    expected: Amount | None = None
    progress: Fraction | None = None
    forecast: Forecast | None = None
    reason: Note | None = None
    notes: tuple[Note, ...] = ()


def by_verdict(verdict: Verdict) -> Part:
    """Green when met, red when not.

    >>> by_verdict(Met()).possible
    (<Status.GREEN: 'green'>,)
    """
    match verdict:
        case Met():
            return Part((Status.GREEN,))
        case Unmet():
            return Part((Status.RED,))
        case Undetermined(reason=reason):
            both = (Status.RED, Status.GREEN) if reason.code == _SPANS else ()
            return Part(both, reason=reason)
        case _:
            assert_never(verdict)
