"""The numbers of monitoring: where the colours change, and which rows the calendar does not cut."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from fractions import Fraction

from attrs import field, frozen

from kpieval.intervals import Bound, Interval
from kpieval.monitored import Status
from kpieval.resolving import RowContext
from kpieval.showing import Shown

MONTHS = 12


def _exact(value: Fraction | Decimal | int) -> Fraction:
    """The number as a Fraction; a float would not be exact and is refused."""
    if isinstance(value, bool) or not isinstance(value, Fraction | Decimal | int):
        raise TypeError(f"a threshold is an exact number (int, Decimal, Fraction), not {value!r}")
    return Fraction(value)


@frozen
class MonitoringRules(Shown):
    """Where the colours change; the thresholds are shares of what is expected by now.

    Rows whose first or second level holds a word of ``whole_year`` are compared with the whole
    target: quality, timeliness, cost and satisfaction do not add up from month to month.

    >>> rules = MonitoringRules(blue_from=Fraction(3, 2))
    >>> rules.statuses(Interval.point(Fraction(13, 10)))
    (<Status.GREEN: 'green'>,)
    """

    yellow_from: Fraction = field(default=Fraction(3, 5), converter=_exact)
    green_from: Fraction = field(default=Fraction(4, 5), converter=_exact)
    blue_from: Fraction = field(default=Fraction(6, 5), converter=_exact)
    execution_yellow_from: Fraction = field(default=Fraction(3, 5), converter=_exact)
    execution_green_from: Fraction = field(default=Fraction(4, 5), converter=_exact)
    default_month: int = 7
    whole_year: tuple[str, ...] = ("质量", "时效", "进度", "成本", "满意度")

    def __attrs_post_init__(self) -> None:
        rising = self.yellow_from <= self.green_from <= self.blue_from
        spending = self.execution_yellow_from <= self.execution_green_from
        if not (rising and spending and self.yellow_from > 0 and self.execution_yellow_from > 0):
            raise ValueError("thresholds must be above 0 and rise from yellow to green to blue")
        checked_month(self.default_month)

    def statuses(self, progress: Interval[Fraction]) -> tuple[Status, ...]:
        """All statuses that a progress may have, worst first."""
        ends = (None, self.yellow_from, self.green_from, self.blue_from, None)
        return tuple(
            status
            for status, low, high in zip(Status, ends[:-1], ends[1:], strict=True)
            # Two thresholds that are equal leave a colour out.
            if low != high and _band(low, high).meets(progress)
        )

    def spending_status(self, progress: Fraction) -> Status:
        """The status of the spending, which is never blue."""
        if progress < self.execution_yellow_from:
            return Status.RED
        return Status.YELLOW if progress < self.execution_green_from else Status.GREEN

    def is_whole_year(self, row: RowContext) -> bool:
        """Whether a row is compared with the whole target, whatever the month."""
        return any(word in level for word in self.whole_year for level in (row.level1, row.level2))


def _band(low: Fraction | None, high: Fraction | None) -> Interval[Fraction]:
    lower = None if low is None else Bound(low)
    return Interval(lower, None if high is None else Bound(high, closed=False))


@frozen
class Moment:
    """The end of a month of a year; ``year`` is None when the table names none."""

    month: int
    year: int | None = None

    @property
    def passed(self) -> Fraction:
        """The share of the year that has passed."""
        return Fraction(self.month, MONTHS)

    @property
    def left(self) -> int:
        """The months that are left."""
        return MONTHS - self.month

    @property
    def day(self) -> dt.date | None:
        """The last day of the month.

        >>> Moment(2, 2024).day
        datetime.date(2024, 2, 29)
        """
        if self.year is None:
            return None
        return dt.date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])


def checked_month(month: int) -> int:
    """The month, which must be a whole number from 1 to 12; ValueError for any other.

    >>> checked_month(7)
    7
    """
    if isinstance(month, bool) or not isinstance(month, int) or not 1 <= month <= MONTHS:
        raise ValueError(f"a month is a whole number from 1 to {MONTHS}, not {month!r}")
    return month


DEFAULT = MonitoringRules()
