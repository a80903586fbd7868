"""What monitoring gives: the status of rows and spending within a year, and a forecast."""

from __future__ import annotations

from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from kpieval.amounts import Amount
from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.results import IndicatorResult
from kpieval.showing import Shown
from kpieval.tables import Project


class Status(Enum):
    """How a row stands against the calendar, worst first."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    """So far ahead that the target was set too low."""


@frozen
class Forecast(Shown):
    """Where the year ends when it goes on as it began; all amounts are exact.

    ``gap`` is what the forecast falls short of the target, or lies above a ceiling; zero when it
    does neither. ``per_month`` is what every month that is left must still bring, or under a
    ceiling may still bring; None when no month is left, or when the ceiling is broken already.
    """

    value: Amount
    gap: Amount
    per_month: Amount | None


@frozen
class MonitoredIndicator(Shown):
    """One row in the middle of the year.

    ``status`` is None unless only one is possible; ``possible`` names all that are, worst first.
    ``reason`` says why there is none. ``expected`` is what should have been reached by now and
    ``progress`` the actual's exact share of it. ``likelihood`` is 完成目标可能性 as a person wrote
    it: it stands beside the forecast and decides nothing.
    """

    _row_ = (
        "result.indicator.name",
        "result.indicator.text",
        "result.actual.source",
        "status",
        "progress",
        "expected",
    )

    result: IndicatorResult
    possible: tuple[Status, ...] = ()
    expected: Amount | None = None
    progress: Fraction | None = None
    forecast: Forecast | None = None
    likelihood: str = ""
    reason: Note | None = None
    notes: tuple[Note, ...] = ()

    @property
    def status(self) -> Status | None:
        """The status, when only one is possible."""
        return self.possible[0] if len(self.possible) == 1 else None


@frozen
class MonitoredExecution(Shown):
    """The spending so far; ``progress`` is the rate by the share of the year that has passed."""

    executed: Amount | None
    budget: Amount | None
    rate: Fraction | None
    expected: Fraction
    progress: Fraction | None
    status: Status | None
    reason: Note | None = None
    notes: tuple[Note, ...] = ()


@frozen
class StatusCounts(Shown):
    """How many rows have each status, and how many have none."""

    red: int = 0
    yellow: int = 0
    green: int = 0
    blue: int = 0
    none: int = 0

    def __add__(self, other: StatusCounts) -> StatusCounts:
        return StatusCounts(
            self.red + other.red,
            self.yellow + other.yellow,
            self.green + other.green,
            self.blue + other.blue,
            self.none + other.none,
        )


@frozen
class MonitoredProject(Shown):
    """A project at the end of a month: its rows, its spending, what was assumed."""

    _row_ = (
        "project.name",
        "counts.red",
        "counts.yellow",
        "counts.green",
        "counts.blue",
        "counts.none",
    )

    project: Project
    policy: str
    month: int
    indicators: tuple[MonitoredIndicator, ...]
    execution: MonitoredExecution
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)

    @property
    def counts(self) -> StatusCounts:
        """The rows counted by status."""
        found = [row.status for row in self.indicators]
        return StatusCounts(*(found.count(status) for status in (*Status, None)))


@frozen
class Monitoring(Shown):
    """All projects that were monitored, and what was matched and what was not."""

    projects: tuple[MonitoredProject, ...]
    policy: str
    month: int
    year: int | None = None
    matched: int = 0
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)

    @property
    def counts(self) -> StatusCounts:
        """The rows of all projects counted by status."""
        total = StatusCounts()
        for project in self.projects:
            total += project.counts
        return total
