"""From verdict and attainment to points: the formula, the cap, the rounding, each a step."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import define, evolve, field

from kpieval import exact, units
from kpieval.actuals import Attained, Changed, Dated, Measured, Reading, Stated
from kpieval.comparing import is_still, widened
from kpieval.constraints import (
    AllOf,
    AtLeast,
    AtMost,
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
    YesNo,
)
from kpieval.formulas import Band, Formula, Miss, Rounding, late_share, share
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Met, Score, Undetermined, Unmet, Verdict
from kpieval.policies import Policy
from kpieval.units import NO_UNIT, parse_unit

ZERO, ONE = Fraction(0), Fraction(1)


@define
class RowScorer:
    """The points of one row under a policy; ``steps`` tells the way in order.

    ``level1`` is the row's first level; ``above`` says that a range was left at its upper end.
    ``scale`` is the scale that the target was written in: ≤10万元 counts 万元. ``turned`` says
    that a change went the opposite way, which is found out from the reading.
    """

    policy: Policy
    weight: Fraction
    level1: str = ""
    above: bool = False
    scale: Fraction = ONE
    turned: bool = False
    steps: list[Note] = field(factory=list)

    def score(
        self,
        constraint: Constraint | None,
        reading: Reading,
        verdict: Verdict,
        earning: Attainment | None,
    ) -> Score:
        """Full points when met, the formula's when missed, an interval when nobody can tell.

        ``earning`` is the attainment that points follow, see :func:`earning_constraint`.
        """
        stated = reading.attained if isinstance(reading, Stated) else None
        qualitative = isinstance(constraint, Level | YesNo | Statement)
        self.turned = _turned(constraint, reading)
        by_actual = self._by_actual(reading)
        if by_actual is not None:
            return by_actual
        match verdict:
            case Met():
                if stated is not None or qualitative:
                    return self._band("fully", self.policy.qualitative.fully)
                return self._full(constraint, earning)
            case Unmet():
                if stated is not None:
                    return self._missed_in_words(stated)
                if qualitative:
                    return self._band(
                        "short", Band(ZERO, self.policy.qualitative.fully.low, closed=False)
                    )
                if isinstance(constraint, By | During) and isinstance(reading, Dated):
                    return self._late(constraint, reading)
                return self._missed(constraint, earning)
            case Undetermined():
                return self._undetermined(constraint, earning)
            case _:
                assert_never(verdict)

    def _by_actual(self, reading: Reading) -> Score | None:
        """The points of a first level that earns by its own percentage; None for other rows."""
        rule = next((rule for rule in self.policy.by_actual if rule.level1 in self.level1), None)
        percent = parse_unit("%")
        if rule is None or not isinstance(reading, Measured):
            return None
        if not units.comparable(reading.unit, percent) or reading.unit == NO_UNIT:
            return None
        spread = self.policy.about_tolerance if reading.about else ZERO
        interval = widened(reading.interval, spread)
        ends = interval.lower, interval.upper
        reached = [None if end is None else end.value / (100 * percent.scale) for end in ends]
        low = ZERO if reached[0] is None else rule.share(reached[0])
        high = rule.best if reached[1] is None else rule.share(reached[1])
        points = Score(self._rounded(low * self.weight), self._rounded(high * self.weight))
        self._step("by_actual", level1=rule.level1, weight=self.weight, points=points)
        return points

    def _full(self, constraint: Constraint | None, earning: Attainment | None) -> Score:
        over = self.policy.over_completion
        size = constraint.constraint if isinstance(constraint, Change) else constraint
        if over.ladder and isinstance(size, AtLeast | MoreThan) and earning is not None:
            least, most = over.taken_off(earning.low), self._most_taken_off(constraint, earning)
            if least or most:
                points = Score(self._kept(most), self._kept(least))
                self._step("over_ladder", document=over.document, points=points)
                return points
        self._step("full", weight=self.weight)
        return Score.exactly(self.weight)

    def _most_taken_off(self, constraint: Constraint | None, earning: Attainment) -> Fraction:
        """The greatest share that the ladder of over-completion may still take off."""
        over = self.policy.over_completion
        size = constraint.constraint if isinstance(constraint, Change) else constraint
        if not (over.ladder and isinstance(size, AtLeast | MoreThan)):
            return ZERO
        return over.ladder[0][1] if earning.high is None else over.taken_off(earning.high)

    def _kept(self, taken: Fraction) -> Fraction:
        """The points that are left of full ones; where nothing is taken, the weight as it is."""
        return self._rounded((ONE - taken) * self.weight) if taken else self.weight

    def _late(self, constraint: By | During, reading: Dated) -> Score:
        """The points of a deadline that was missed; a period that began too soon earns nothing."""
        end = constraint.date if isinstance(constraint, By) else constraint.end
        first, last = reading.interval.lower, reading.interval.upper
        rule, days = self.policy.dates, 0
        high = ZERO
        if first is not None and first.value > end:
            days = (first.value - end).days
            high = late_share(rule, days)
        low = late_share(rule, (last.value - end).days) if last is not None and high else ZERO
        points = Score(*(min(self._cap, self._rounded(s * self.weight)) for s in (low, high)))
        self._step("late", days=days, percent=exact.text(high * 100), points=points)
        return points

    def _missed_in_words(self, stated: Attained) -> Score:
        bands = self.policy.qualitative
        if stated is Attained.PARTLY:
            return self._band("partly", bands.partly)
        return self._band("not", bands.not_)

    def _band(self, name: str, band: Band) -> Score:
        """A band of the weight; an end that does not belong to it lies one step below."""
        points = band_points(band, self.weight, self.policy.rounding)
        percents = {"low": exact.text(band.low * 100), "high": exact.text(band.high * 100)}
        self._step(f"band.{name}", **percents, points=points)
        return points

    def _missed(self, constraint: Constraint | None, attainment: Attainment | None) -> Score:
        if attainment is None:
            self._step("no_ratio")
            return Score.exactly(ZERO)
        size = constraint.constraint if isinstance(constraint, Change) else constraint
        if isinstance(size, Equal) and attainment.low >= ONE:
            self._step("equal_exceeded", weight=self.weight)
            return Score.exactly(self.weight)
        low = self._points(constraint, attainment.low)
        high = self._points(constraint, attainment.high)
        if high > self._cap:
            self._step("capped", points=self._cap)
        return Score(min(low, self._cap), min(high, self._cap))

    def _undetermined(self, constraint: Constraint | None, attainment: Attainment | None) -> Score:
        low = ZERO if attainment is None else self._points(constraint, attainment.low)
        size = constraint.constraint if isinstance(constraint, Change) else constraint
        if isinstance(size, Between) and attainment is not None and not self.above:
            # It may still leave the range at either end.
            self.above = True
            low = min(low, self._points(constraint, attainment.low))
        exceeded = isinstance(size, Equal) and attainment is not None and attainment.low >= ONE
        if not exceeded:
            # What is still open may turn out missed, and then shows less than full points.
            low = min(low, self._cap)
        if attainment is not None:
            # It may also turn out so far over that the ladder takes points off.
            low = min(low, self._kept(self._most_taken_off(constraint, attainment)))
        score = Score(low, self.weight)
        self._step("open", points=score)
        return score

    def _points(self, constraint: Constraint | None, ratio: Fraction | None) -> Fraction:
        """The rounded points at one attainment; an attainment without end earns the weight."""
        if ratio is None:
            return self.weight
        formula = self._formula(constraint)
        short = self._units_short(constraint, ratio) / self.scale
        part = share(formula, Miss(ratio, short, self.weight))
        endless = isinstance(constraint, AtMost | LessThan) or self.above
        if not ratio and (
            endless or self.turned or isinstance(constraint, By | NotBefore | During)
        ):
            # A date and the opposite direction have no units to count, and an actual without an
            # end passes its ceiling by any number of them: no formula gives any points.
            part = ZERO
        points = self._rounded(part * self.weight)
        self._step(
            "formula",
            formula=type(formula).__name__,
            ratio=_readable(ratio),
            weight=self.weight,
            exact=_readable(part * self.weight),
            places=self.policy.rounding.places,
            points=points,
        )
        return points

    def _formula(self, constraint: Constraint | None) -> Formula:
        size = constraint.constraint if isinstance(constraint, Change) else constraint
        falls = isinstance(size, AtMost | LessThan) or self.above
        return self.policy.ceiling if falls else self.policy.floor

    def _units_short(self, constraint: Constraint | None, ratio: Fraction) -> Fraction:
        """How many units of the target are missing, for formulas that count them."""
        size = constraint.constraint if isinstance(constraint, Change) else constraint
        match size:
            case AtLeast(value=value) | MoreThan(value=value) | Equal(value=value):
                return abs(value.value) * abs(ONE - ratio)
            case AtMost(value=value) | LessThan(value=value):
                return abs(value.value) * abs(ONE / ratio - ONE) if ratio else abs(value.value)
            case Between(upper=upper) if self.above:
                return abs(upper.value) * abs(ONE / ratio - ONE) if ratio else abs(upper.value)
            case Between(lower=lower):
                return abs(lower.value) * abs(ONE - ratio)
            case _:
                return ONE - ratio

    @property
    def _cap(self) -> Fraction:
        """The most that a missed row shows: one rounding step below its weight."""
        least = exact.rounding_unit(self.policy.rounding.places)
        return max(ZERO, exact.cut(self.weight, self.policy.rounding.places) - least)

    def _rounded(self, points: Fraction) -> Fraction:
        """Half-up at the policy's places, and never above a weight that is finer than these."""
        return min(self.weight, exact.half_up(points, self.policy.rounding.places))

    def _step(self, code: str, **params: object) -> None:
        texts = {
            name: exact.text(value) if isinstance(value, Fraction) else value
            for name, value in params.items()
        }
        self.steps.append(Note.of(f"step.{code}", **texts))


def band_points(band: Band, weight: Fraction, rounding: Rounding) -> Score:
    """The points that lie in a band of the weight, at the policy's places.

    >>> from kpieval.formulas import Band, Rounding
    >>> str(band_points(Band(Fraction(3, 5), Fraction(4, 5)), Fraction("3.33"), Rounding(2)))
    '2–2.66'
    """
    least = exact.rounding_unit(rounding.places)
    low, high = band.low * weight, band.high * weight
    last = weight if band.closed and band.high == 1 else exact.cut(high, rounding.places)
    if not band.closed and last == high:
        last = max(ZERO, last - least)
    first = exact.half_up(low, rounding.places)
    return Score(min(first, last), last)


def _turned(constraint: Constraint | None, reading: Reading) -> bool:
    """Whether something grew that should have fallen, or the other way round."""
    if not (isinstance(constraint, Change) and isinstance(reading, Changed)):
        return False
    return constraint.direction is not reading.direction and not is_still(reading)


def earning_constraint(constraint: Constraint) -> Constraint:
    """The constraint whose attainment the points follow: an = that is exceeded earns like a ≥."""
    match constraint:
        case Equal(value=value):
            return AtLeast(value)
        case Change(constraint=Equal(value=value)):
            return evolve(constraint, constraint=AtLeast(value))
        case AllOf(parts=parts):
            return AllOf(tuple(earning_constraint(part) for part in parts))  # type: ignore[misc]
        case _:
            return constraint


def _readable(ratio: Fraction) -> str:
    """An exact number where it is short, else four places with a mark that it goes on."""
    plain = exact.text(ratio)
    if "/" not in plain and len(plain) <= 8:
        return plain
    # Cut, not rounded: 0.99998 must not be shown as 1.
    return f"{exact.fixed(Fraction(ratio * 10**4 // 1, 10**4), 4)}…"
