"""From verdict and attainment to points: the formula, the cap, the rounding, each a step."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import assert_never

from attrs import define, field, frozen

from kpieval import exact
from kpieval.actuals import Attained, Dated, Reading, Stated
from kpieval.constraints import (
    By,
    Constraint,
    During,
    Equal,
    Level,
    NotBefore,
    Single,
    Statement,
    Target,
    YesNo,
)
from kpieval.formulas import Band, Miss, Rounding, late_share, share
from kpieval.intervals import Interval
from kpieval.meaning import Dates, Floor, amounts_of
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Met, Score, Undetermined, Unmet, Verdict
from kpieval.policies import Policy
from kpieval.requirements import Requirement
from kpieval.results import Working
from kpieval.showing import Shown

ZERO, ONE = Fraction(0), Fraction(1)
# More units than any weight has points, and fewer than any rule counts.
ENDLESS, LEAST = Fraction(10**60), Fraction(1, 10**60)

InWords = Level | YesNo | Statement
Way = tuple[Working, Note]
"""One use of a formula, and the step that tells it."""


@frozen(repr=False)
class Judged(Shown):
    """What is known of a row when its points are to be found.

    ``share`` is what was reached of a whole, where a rule may look at the actual alone.
    """

    constraint: Constraint | None
    reading: Reading
    verdict: Verdict
    attainment: Attainment | None = None
    requirements: tuple[Requirement, ...] = ()
    share: Interval[Fraction] | None = None


@define
class RowScorer:
    """The points of one row under a policy; ``steps`` tells the way in order.

    ``level1`` is the row's first level. ``target`` says in which scales its amounts were written:
    ≤10万元 counts 万元. ``alone`` says that the row asks for one thing only, so that a ladder for
    over-completion can say by how much it was passed.
    """

    policy: Policy
    weight: Fraction
    level1: str = ""
    target: Target | None = None
    alone: bool = False
    steps: list[Note] = field(factory=list)
    workings: list[Working] = field(factory=list)

    def score(self, row: Judged) -> Score:
        """Full points when met, the formula's when missed, an interval when nobody can tell."""
        stated = row.reading.attained if isinstance(row.reading, Stated) else None
        qualitative = isinstance(row.constraint, InWords)
        self.alone = len(row.requirements) == 1
        by_actual = self._by_actual(row.share)
        if by_actual is not None:
            return by_actual
        match row.verdict:
            case Met():
                if stated is not None or qualitative:
                    return self._band("fully", self.policy.qualitative.fully)
                return self._full(row.requirements)
            case Unmet():
                if stated is not None:
                    return self._missed_in_words(stated)
                if qualitative:
                    return self._band(
                        "short", Band(ZERO, self.policy.qualitative.fully.low, closed=False)
                    )
                return self._worst(row.requirements)
            case Undetermined():
                return self._undetermined(row.requirements)
            case _:
                assert_never(row.verdict)

    def _by_actual(self, share: Interval[Fraction] | None) -> Score | None:
        """The points of a first level that earns by its own percentage; None for other rows."""
        rule = next((rule for rule in self.policy.by_actual if rule.level1 in self.level1), None)
        if rule is None or share is None:
            return None
        low = ZERO if share.lower is None else rule.share(share.lower.value)
        high = rule.best
        if share.upper is not None:
            high = rule.share(share.upper.value, below=not share.upper.closed)
        points = Score(self._earned(low * self.weight), self._earned(high * self.weight))
        weight = exact.text(self.weight)
        self._step("by_actual", level1=rule.level1, weight=weight, points=points)
        return points

    def _full(self, met: tuple[Requirement, ...]) -> Score:
        least, most = self._taken_off(met[0]) if self.alone else (ZERO, ZERO)
        if most:
            points = Score(self._kept(most), self._kept(least))
            document = self.policy.over_completion.document
            taken = exact.text(most * 100)
            self._step("over_ladder", document=document, percent=taken, points=points)
            return points
        self._step("full", weight=exact.text(self.weight))
        return Score.exactly(self.weight)

    def _taken_off(self, one: Requirement) -> tuple[Fraction, Fraction]:
        """The least and the greatest share that over-completion of a floor takes off."""
        over, earning = self.policy.over_completion, one.earning
        if not (over.ladder and self.alone) or earning is None:
            return ZERO, ZERO
        if not isinstance(one.size, Floor):
            return ZERO, ZERO
        if earning.high is None:
            return over.taken_off(earning.low), over.ladder[0][1]
        most = over.taken_off(earning.high, below=one.is_open)
        return over.taken_off(earning.low), most

    def _kept(self, taken: Fraction) -> Fraction:
        """The points that are left of full ones; where nothing is taken, the weight as it is."""
        return self._rounded((ONE - taken) * self.weight) if taken else self.weight

    def _worst(self, asked: tuple[Requirement, ...]) -> Score:
        """The points of the requirement that earns least; the way to them is the row's."""
        if self.alone:
            return self._missed(asked[0])
        tried = []
        for one in asked:
            if isinstance(one.verdict, Unmet):
                scorer = RowScorer(self.policy, self.weight, self.level1, self.target)
                tried.append((scorer._missed(one), scorer))
        points, worst = min(tried, key=lambda found: (found[0].high, found[0].low))
        self.steps += worst.steps
        self.workings += worst.workings
        lows = [found.low for found, _ in tried]
        for one in asked:
            if isinstance(one.verdict, Undetermined):
                still_open = RowScorer(self.policy, self.weight, self.level1, self.target)
                lows.append(still_open._least(one))
        return Score(min(lows), points.high)

    def _late(self, constraint: Dates, reading: Dated) -> Score:
        """The points of a date that was missed; what was done too soon earns nothing."""
        match constraint:
            case By(date=end) | During(end=end):
                pass
            case NotBefore(date=end):
                end = dt.date.max
            case _:
                assert_never(constraint)
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

    def _missed(self, one: Requirement) -> Score:
        """The points of one requirement that was missed."""
        if isinstance(one.constraint, Dates) and isinstance(one.reading, Dated):
            return self._late(one.constraint, one.reading)
        earning = one.earning
        if earning is None:
            self._step("no_ratio")
            return Score.exactly(ZERO)
        if isinstance(one.size, Equal) and earning.low >= ONE:
            self._step("equal_exceeded", weight=exact.text(self.weight))
            return Score.exactly(self.weight)
        assert earning.high is not None  # a number that may be any size misses nothing for sure
        if one.is_exact:
            # Both ends of an exact actual go the same way.
            way = self._way(one, earning.low)
            low, high = self._gone(way), self._gone(way)
        else:
            low = ZERO if one.may_be_below_zero else self._points(one, earning.low)
            high = self._points(one, earning.high, nearest=True)
        cap = self._cap
        if high > cap:
            self._step("capped", points=exact.text(cap))
        return Score(min(low, cap), min(high, cap))

    def _undetermined(self, asked: tuple[Requirement, ...]) -> Score:
        """From what the worst that is possible earns to the weight."""
        low = min([self._least(one) for one in asked], default=ZERO)
        score = Score(low, self.weight)
        self._step("open", points=score)
        return score

    def _least(self, one: Requirement) -> Fraction:
        """The least that one requirement may still earn."""
        match one.verdict:
            case Met():
                return self._kept(self._taken_off(one)[1])
            case Unmet():
                return self._missed(one).low
            case Undetermined():
                pass
            case _:
                assert_never(one.verdict)
        if one.earning is None or isinstance(one.constraint, Dates):
            return ZERO
        if one.may_be_below_zero:
            return ZERO
        low = self._points(one, one.earning.low)
        exceeded = isinstance(one.size, Equal) and one.earning.low >= ONE
        # What is still open may turn out missed, and then shows less than full points.
        low = self.weight if exceeded else min(low, self._cap)
        # It may also turn out so far over that the ladder takes points off.
        return min(low, self._kept(self._taken_off(one)[1]))

    def _points(self, one: Requirement, ratio: Fraction, *, nearest: bool = False) -> Fraction:
        """The rounded points at one attainment.

        ``nearest`` says that it is the end of the actual that lies nearest to the bound.
        """
        return self._gone(self._way(one, ratio, nearest=nearest))

    def _gone(self, way: Way) -> Fraction:
        """The points at the end of a way that the row went."""
        working, step = way
        self.workings.append(working)
        self.steps.append(step)
        return working.points

    def _way(self, one: Requirement, ratio: Fraction, *, nearest: bool = False) -> Way:
        """How the points at one attainment are worked out."""
        formula = self.policy.ceiling if one.falls else self.policy.floor
        places = self.policy.rounding.places
        miss = Miss(ratio, self._short(one, ratio, nearest=nearest), self.weight)
        earned = exact.times(share(formula, miss), self.weight)
        points = self._rounded(earned)
        step = Note.of(
            "step.formula",
            formula=type(formula).__name__,
            ratio=_readable(ratio),
            weight=exact.text(self.weight),
            exact=_readable(earned),
            places=places,
            points=exact.text(points),
        )
        return Working(formula, miss, places, points), step

    def _short(self, one: Requirement, ratio: Fraction, *, nearest: bool) -> Fraction:
        """How many units short an attainment is, in the scale that they were written in."""
        counted = one.units_short(ratio)
        short = ENDLESS if counted is None else counted
        if nearest and one.is_open:
            # Missed by less than any number, as >10 is against ≤10: a unit is begun.
            short += LEAST
        return exact.divided(short, self._scale_of(one.constraint))

    def _scale_of(self, constraint: Single) -> int | Fraction:
        """The scale of a constraint's amount; 约 and ± make amounts that nobody wrote."""
        assert self.target is not None  # a target that was not read asks for nothing
        amounts, factors = amounts_of(constraint), self.target.factors
        if not (amounts and factors):
            return self.target.factor
        each = dict(zip(amounts_of(self.target.constraint), factors, strict=False))
        return each.get(amounts[0], self.target.factor)

    @property
    def _cap(self) -> Fraction:
        """The most that a missed row shows: one rounding step below its weight."""
        return exact.cut_below(self.weight, self.policy.rounding.places)

    def _rounded(self, points: Fraction) -> Fraction:
        """Half-up at the policy's places, and never above a weight that is finer than these."""
        return min(self.weight, exact.half_up(points, self.policy.rounding.places))

    def _earned(self, points: Fraction) -> Fraction:
        """The points of a row that may be met: all of a weight that is finer stays whole."""
        return self.weight if points >= self.weight else self._rounded(points)

    def _step(self, code: str, **params: object) -> None:
        self.steps.append(Note.of(f"step.{code}", **params))


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


def _readable(ratio: Fraction) -> str:
    """An exact number where it is short, else four places with a mark that it goes on."""
    plain = exact.text(ratio)
    if "/" not in plain and len(plain) <= 8:
        return plain
    # Cut, not rounded: 0.99998 must not be shown as 1.
    return f"{exact.fixed_below(ratio, 4)}…"
