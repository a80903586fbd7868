"""What was read already: each text once, within a bound."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from attrs import define, field

from kpieval.actuals import Actual, Measured
from kpieval.bulk.facts import (
    NO_DIMENSION,
    ActualFact,
    Facts,
    Likeness,
    Op,
    TargetFact,
    bounds_of,
    unmoved,
    unvalued,
    values_of,
)
from kpieval.bulk.kinds import ByKind, by_kind
from kpieval.bulk.limits import limits_of
from kpieval.bulk.single import Context, Outcome, Reader, Weight, Year, actual_of, outcome, score
from kpieval.constraints import Target
from kpieval.earning import band_points
from kpieval.formulas import Band
from kpieval.judging import Row, Rules
from kpieval.outcomes import Score
from kpieval.policies import Policy
from kpieval.tables import Indicator, Place
from kpieval.units import NO_UNIT

MOST = 400_000
"""Entries of a memo at which it is emptied, between two batches."""

WORDS = -1
"""Stands for all targets of a kind, where an actual is a word."""


class ReadTarget(NamedTuple):
    """A target cell with what stands beside it, and the fact of it."""

    text: str
    beside: Context
    fact: TargetFact


class ReadActual(NamedTuple):
    """An actual cell with how it is read, and the fact of it."""

    text: str
    like: int
    fact: ActualFact


class Said(NamedTuple):
    """An actual as read, and the code of what is wrong with it."""

    actual: Actual
    error: str | None


@define
class Memo:
    """Everything that was read and judged under one policy, for rows of one source."""

    policy: Policy
    reader: Reader
    facts: Facts = field(init=False)
    rules: Rules = field(init=False)
    target_shapes: ByKind[TargetFact, Context] = field(init=False)
    actual_shapes: ByKind[ActualFact, int] = field(init=False)
    targets: dict[Context, dict[str, ReadTarget]] = field(factory=dict)
    actuals: dict[int, dict[str, ReadActual]] = field(factory=dict)
    weights: dict[str, Weight] = field(factory=dict)
    years: dict[str, Year] = field(factory=dict)
    indicators: dict[tuple[str, Context], Indicator] = field(factory=dict)
    said: dict[tuple[str, int], Said] = field(factory=dict)
    outcomes: dict[tuple[object, ...], Outcome] = field(factory=dict)
    scores: dict[tuple[object, ...], Score] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.facts = Facts(self.policy, limits_of(self.policy))
        self.rules = Rules(self.policy)
        largest = self.facts.limits.amount
        self.target_shapes = by_kind(self._target_fact, bounds_of, unmoved, largest, MOST)
        self.actual_shapes = by_kind(self._actual_fact, values_of, unvalued, largest, MOST)

    def forget(self) -> None:
        """Empty it once it has grown to its bound."""
        sizes = [len(known) for known in self.targets.values()]
        sizes += [len(known) for known in self.actuals.values()]
        sizes += [len(self.targets), len(self.indicators), len(self.said)]
        sizes += [len(self.outcomes), len(self.scores)]
        if sum(sizes) > MOST:
            self.__init__(self.policy, self.reader)  # type: ignore[misc]

    def target(self, text: str, beside: Context) -> ReadTarget:
        """A target cell read by itself."""
        known = self.targets.setdefault(beside, {})
        found = known.get(text)
        if found is None:
            found = known[text] = ReadTarget(text, beside, self._target_fact(text, beside))
        return found

    def actual(self, text: str, like: int) -> ReadActual:
        """An actual cell read, as it is read against targets like that."""
        known = self.actuals.setdefault(like, {})
        found = known.get(text)
        if found is None:
            found = known[text] = ReadActual(text, like, self._actual_fact(text, like))
        return found

    def weight(self, text: str) -> Weight:
        """A weight cell read."""
        found = self.weights.get(text)
        if found is None:
            found = self.weights[text] = self.reader.weight(text)
        return found

    def outcome(self, target: ReadTarget, actual: ReadActual) -> Outcome:
        """What the pair comes to; for words, what every pair of the kind does."""
        fault = self.year(target.beside).error
        key = (*self._pair(target, actual), fault)
        found = self.outcomes.get(key)
        if found is None:
            said = self._heard(target, actual)
            row = Row(self._indicator(target.text, target.beside), said.actual)
            made = outcome(row, said.error, self.rules)
            found = self.outcomes[key] = made._replace(error=made.error or fault)
        return found

    def score(self, target: ReadTarget, actual: ReadActual, points: str, weight: Fraction) -> Score:
        """The points of a pair at a weight; ``points`` is that of its outcome."""
        if points == "full":
            return Score.exactly(weight)
        if points == "open":
            return Score(Fraction(0), weight)
        pair = self._pair(target, actual) if points == "each" else ()
        key = (points, weight, *pair)
        found = self.scores.get(key)
        if found is None:
            found = self.scores[key] = self._scored(target, actual, points, weight)
        return found

    def year(self, beside: Context) -> Year:
        """The year of a row."""
        found = self.years.get(beside.year)
        if found is None:
            found = self.years[beside.year] = self.reader.year_of(beside.year)
        return found

    def _scored(
        self, target: ReadTarget, actual: ReadActual, points: str, weight: Fraction
    ) -> Score:
        if points == "each":
            indicator = self._indicator(target.text, target.beside)
            return score(Row(indicator, self._heard(target, actual).actual), self.rules, weight)
        bands = self.policy.qualitative
        named = {"fully": bands.fully, "partly": bands.partly, "not": bands.not_}
        short = Band(Fraction(0), bands.fully.low)
        band = named.get(points.removeprefix("band."), short)
        return band_points(band, weight, self.policy.rounding)

    def _pair(self, target: ReadTarget, actual: ReadActual) -> tuple[object, ...]:
        if actual.fact.is_word or target.fact.is_unread:
            return WORDS, target.fact.kind, actual.text, actual.like
        return target.text, target.beside, actual.text, actual.like

    def _heard(self, target: ReadTarget, actual: ReadActual) -> Said:
        """The actual as read against targets like this, or against this one alone where it must."""
        said = self._said(actual.text, actual.like)
        like = self.facts.likes[actual.like]
        if not _is_unscaled(said.actual, like):
            return said
        own = self._indicator(target.text, target.beside).target
        assert isinstance(own, Target)  # a target that is not read has no likeness
        return Said(*actual_of(actual.text, own, like.year, like.name))

    def _indicator(self, text: str, beside: Context) -> Indicator:
        found = self.indicators.get((text, beside))
        if found is None:
            found = self.indicators[text, beside] = self.reader.indicator(text, beside)
        return found

    def _said(self, text: str, like: int) -> Said:
        found = self.said.get((text, like))
        if found is None:
            known = self.facts.likes[like]
            found = self.said[text, like] = Said(
                *actual_of(text, known.example, known.year, known.name)
            )
        return found

    def _target_fact(self, text: str, beside: Context) -> TargetFact:
        year = self.year(beside)
        fact = self.facts.target(self._indicator(text, beside), year.year)
        return fact if year.error is None else fact._replace(op=Op.NONE)

    def _actual_fact(self, text: str, like: int) -> ActualFact:
        actual = self._said(text, like).actual
        fact = self.facts.actual(actual)
        if not _is_unscaled(actual, self.facts.likes[like]):
            return fact
        return fact._replace(dimension=NO_DIMENSION)


def _is_unscaled(actual: Actual, like: Likeness) -> bool:
    """Whether the scale of an actual is the target's, if it is: that hangs on the very numbers."""
    if like.example is None or like.example.factor == 1:
        return False
    lent = any(note.code == "unit.from_target" for note in actual.notes)
    return isinstance(actual.reading, Measured) and (lent or actual.reading.unit == NO_UNIT)


def memo_for(policy: Policy, place: Place, year: int | None) -> Memo:
    """A new memo.

    >>> from kpieval.presets import policy
    >>> memo = memo_for(policy(), Place("rows"), 2024)
    >>> memo.target("≥90%", Context()) is memo.target("≥90%", Context())
    True
    """
    return Memo(policy, Reader(place, year))
