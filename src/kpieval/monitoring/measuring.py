"""Numbers against the calendar: what is expected by now, how much of it is there, what follows."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import evolve, frozen

from kpieval import exact, units
from kpieval.actuals import Changed, Measured, Reading
from kpieval.amounts import Amount
from kpieval.comparing import align, is_opposite, scaled
from kpieval.constraints import AtLeast, AtMost, Between, Change, Equal, LessThan, MoreThan
from kpieval.intervals import Bound, Interval
from kpieval.meaning import Decided
from kpieval.monitored import Forecast, Status
from kpieval.monitoring.parts import Part, by_verdict
from kpieval.monitoring.rules import Moment, MonitoringRules
from kpieval.notes import Note, merged
from kpieval.outcomes import Undetermined, Unmet, Verdict
from kpieval.phrases import percent
from kpieval.policies import Policy
from kpieval.resolving import RowContext
from kpieval.units import Unit, parse_unit

ZERO = Fraction(0)
_STILL = ("%", "百分点", "天", "月", "工作日")
"""Units of shares and of time: their amounts do not add up from month to month."""


@frozen
class _Sides:
    """Target and actual in one dimension, with the verdict on the whole year."""

    allowed: Interval[Fraction]
    actual: Interval[Fraction]
    unit: Unit
    verdict: Verdict

    @property
    def value(self) -> Fraction | None:
        """The actual, when it is exact."""
        bound = self.actual.lower
        return bound.value if bound is not None and self.actual.is_point else None

    def amount(self, base: Fraction) -> Amount:
        """An amount in the unit in which the row speaks."""
        return Amount(exact.number(base / self.unit.scale), self.unit)


@frozen
class Scale:
    """What numbers of one row are measured by; ``yearly`` compares with the whole target."""

    moment: Moment
    rules: MonitoringRules
    policy: Policy
    context: RowContext
    yearly: Note | None = None

    def numbers(self, constraint: Decided, reading: Reading, verdict: Verdict) -> Part:
        """The status of a bound, a value or a range."""
        if not isinstance(reading, Measured):
            return by_verdict(verdict)
        aligned = align(constraint, reading, self.context, self.policy)
        if isinstance(aligned, Undetermined):
            return Part(reason=aligned.reason)
        allowed, actual, unit, notes = aligned
        sides = _Sides(allowed, actual, unit, verdict)
        found = self._measured(constraint, sides)
        return evolve(found, notes=merged(notes, found.notes))

    def change(self, constraint: Change, reading: Reading, verdict: Verdict) -> Part:
        """A change compares the same months of two years: its target is not cut by the month."""
        size = constraint.constraint
        assert isinstance(size, Decided)  # resolving left nothing open
        spans = by_verdict(verdict)
        if not isinstance(reading, Changed) or (spans.reason and not spans.possible):
            return spans
        if is_opposite(constraint, reading):
            return spans
        yearly = evolve(self, yearly=Note.of("monitor.change"))
        return yearly.numbers(size, reading.size, verdict)

    def _measured(self, constraint: Decided, sides: _Sides) -> Part:
        match constraint:
            case AtMost() | LessThan():
                return self._ceiling(sides)
            case AtLeast() | MoreThan() | Equal() | Between():
                return self._floor(constraint, sides)
            case _:
                assert_never(constraint)

    @property
    def _whole_year(self) -> Note | None:
        """Why the row is compared with the whole target, if it is."""
        if self.yearly is not None or not self.rules.is_whole_year(self.context):
            return self.yearly
        return Note.of("monitor.whole_year", level=self.context.level2 or self.context.level1)

    def _floor(self, constraint: AtLeast | MoreThan | Equal | Between, sides: _Sides) -> Part:
        """How much of what is expected by now is there."""
        assert sides.allowed.lower is not None  # all of these have a lower bound
        target, whole = sides.allowed.lower.value, self._whole_year
        expected = target if whole else target * self.moment.passed
        if expected <= 0:
            found = by_verdict(sides.verdict)
            note = Note.of("monitor.no_ratio")
            return evolve(found, expected=sides.amount(expected), notes=(note,))
        progress = scaled(sides.actual, 1 / expected)
        possible = self._possible(constraint, sides, progress)
        return Part(
            possible,
            sides.amount(expected),
            None if sides.value is None else sides.value / expected,
            None if whole else self._to_floor(target, sides),
            _several(progress) if len(possible) > 1 else None,
            self._remarks(constraint, sides, possible),
        )

    def _possible(
        self, constraint: Decided, sides: _Sides, progress: Interval[Fraction]
    ) -> tuple[Status, ...]:
        """A range is a floor that may be outrun only up to its upper bound."""
        found = set(self.rules.statuses(progress))
        upper = sides.allowed.upper
        if isinstance(constraint, Between) and upper is not None:
            below = Interval(None, upper)
            above = Interval(Bound(upper.value, not upper.closed), None)
            if not below.meets(sides.actual):
                return (Status.RED,)
            found = {Status.GREEN if status is Status.BLUE else status for status in found}
            found |= {Status.RED} if above.meets(sides.actual) else set()
        return tuple(status for status in Status if status in found)

    def _remarks(
        self, constraint: Decided, sides: _Sides, possible: tuple[Status, ...]
    ) -> tuple[Note, ...]:
        whole, target = self._whole_year, sides.allowed.lower
        notes = [] if whole is None else [whole]
        if whole is None and not _adds_up(sides.unit):
            notes.append(Note.of("monitor.rate_cut", unit=sides.unit.name))
        if whole and isinstance(sides.verdict, Unmet) and possible in _GOOD:
            notes.append(Note.of("monitor.not_yet_met"))
        value = sides.value
        if isinstance(constraint, Equal) and target and value is not None and value > target.value:
            notes.append(Note.of("monitor.equal_exceeded"))
        return tuple(notes)

    def _ceiling(self, sides: _Sides) -> Part:
        """Green in range, else red; what adds up is told where it is heading."""
        assert sides.allowed.upper is not None  # a ceiling has an upper bound
        ceiling, whole = sides.allowed.upper, self._whole_year
        found = by_verdict(sides.verdict)
        notes = () if whole is None else (whole,)
        known = sides.value
        share = None if known is None or ceiling.value <= 0 else known / ceiling.value
        forecast = None
        if whole is None and known is not None and known >= 0 and _adds_up(sides.unit):
            forecast = self._to_ceiling(ceiling.value, known, sides)
            ends = Interval.point(known / self.moment.passed)
            if found.possible == (Status.GREEN,) and not sides.allowed.contains(ends):
                notes = (Note.of("monitor.heading_over"),)
        expected = sides.amount(ceiling.value)
        return evolve(found, expected=expected, progress=share, forecast=forecast, notes=notes)

    def _to_floor(self, target: Fraction, sides: _Sides) -> Forecast | None:
        known = sides.value
        if known is None:
            return None
        ends, short = known / self.moment.passed, max(ZERO, target - known)
        monthly = self._monthly(short, sides) if short else sides.amount(ZERO)
        return Forecast(sides.amount(ends), sides.amount(max(ZERO, target - ends)), monthly)

    def _to_ceiling(self, ceiling: Fraction, known: Fraction, sides: _Sides) -> Forecast:
        ends, room = known / self.moment.passed, ceiling - known
        monthly = self._monthly(room, sides) if room >= 0 else None
        return Forecast(sides.amount(ends), sides.amount(max(ZERO, ends - ceiling)), monthly)

    def _monthly(self, rest: Fraction, sides: _Sides) -> Amount | None:
        """The rest spread over the months that are left."""
        return sides.amount(rest / self.moment.left) if self.moment.left else None


_GOOD = ((Status.GREEN,), (Status.BLUE,))


def _adds_up(unit: Unit) -> bool:
    """Whether amounts of the unit add up from month to month: no shares, no times, no rates."""
    if any(units.comparable(unit, parse_unit(name)) for name in _STILL):
        return False
    return all(power > 0 for _, power in unit.dimension)


def _several(progress: Interval[Fraction]) -> Note:
    """Why an actual that is no single number has more than one status."""
    low = "…" if progress.lower is None else percent(progress.lower.value)
    high = "…" if progress.upper is None else percent(progress.upper.value)
    return Note.of("monitor.several", low=low, high=high)
