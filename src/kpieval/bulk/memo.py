"""What was read already: each text once, within a bound."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from attrs import define, field

from kpieval.actuals import Actual
from kpieval.bulk.facts import ActualFact, Facts, TargetFact
from kpieval.bulk.limits import limits_of
from kpieval.bulk.single import Context, Outcome, Reader, Weight, actual_of, outcome, score
from kpieval.earning import band_points
from kpieval.formulas import Band
from kpieval.judging import Row, Rules
from kpieval.outcomes import Score
from kpieval.policies import Policy
from kpieval.tables import Place

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
    """An actual as read, the code of what is wrong with it, and the fact of it."""

    actual: Actual
    error: str | None
    fact: ActualFact


@define
class Memo:
    """Everything that was read and judged under one policy, for rows of one source."""

    policy: Policy
    reader: Reader
    facts: Facts = field(init=False)
    rules: Rules = field(init=False)
    targets: dict[tuple[str, Context], ReadTarget] = field(factory=dict)
    actuals: dict[tuple[str, int], ReadActual] = field(factory=dict)
    weights: dict[str, Weight] = field(factory=dict)
    outcomes: dict[tuple[object, ...], Outcome] = field(factory=dict)
    scores: dict[tuple[object, ...], Score] = field(factory=dict)

    def __attrs_post_init__(self) -> None:
        self.facts = Facts(self.policy, limits_of(self.policy))
        self.rules = Rules(self.policy)

    def forget(self) -> None:
        """Empty it once it has grown to its bound."""
        kept = (self.targets, self.actuals, self.outcomes, self.scores)
        if sum(len(known) for known in kept) > MOST:
            self.__init__(self.policy, self.reader)  # type: ignore[misc]

    def target(self, text: str, beside: Context) -> ReadTarget:
        """A target cell read."""
        found = self.targets.get((text, beside))
        if found is None:
            fact = self.facts.target(self.reader.indicator(text, beside), self.year(beside))
            found = self.targets[text, beside] = ReadTarget(text, beside, fact)
        return found

    def actual(self, text: str, like: int) -> ReadActual:
        """An actual cell read, as it is read against targets like that."""
        found = self.actuals.get((text, like))
        if found is None:
            known = self.facts.likes[like]
            read, error = actual_of(text, known.example, known.year)
            found = self.actuals[text, like] = ReadActual(read, error, self.facts.actual(read))
        return found

    def weight(self, text: str) -> Weight:
        """A weight cell read."""
        found = self.weights.get(text)
        if found is None:
            found = self.weights[text] = self.reader.weight(text)
        return found

    def outcome(self, target: ReadTarget, actual: ReadActual) -> Outcome:
        """What the pair comes to; for words, what every pair of the kind does."""
        fault = self.reader.year_fault(target.beside.year) if target.beside.year else None
        key = (*self._pair(target, actual), fault)
        found = self.outcomes.get(key)
        if found is None:
            made = outcome(self._row(target, actual), actual.error, self.rules)
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

    def year(self, beside: Context) -> int | None:
        """The year of a row; None where its cell holds no year."""
        if self.reader.year_fault(beside.year) is not None:
            return None
        return self.reader.year_of(beside.year)

    def _scored(
        self, target: ReadTarget, actual: ReadActual, points: str, weight: Fraction
    ) -> Score:
        if points == "each":
            return score(self._row(target, actual), self.rules, weight)
        bands = self.policy.qualitative
        named = {"fully": bands.fully, "partly": bands.partly, "not": bands.not_}
        short = Band(Fraction(0), bands.fully.low)
        band = named.get(points.removeprefix("band."), short)
        return band_points(band, weight, self.policy.rounding)

    def _pair(self, target: ReadTarget, actual: ReadActual) -> tuple[object, ...]:
        if actual.fact.is_word or target.fact.is_unread:
            return WORDS, target.fact.kind, actual.actual, actual.error
        return target.text, target.beside, actual.actual, actual.error

    def _row(self, target: ReadTarget, actual: ReadActual) -> Row:
        indicator = self.reader.indicator(target.text, target.beside)
        return Row(indicator, actual.actual)


def memo_for(policy: Policy, place: Place, year: int | None) -> Memo:
    """A new memo.

    >>> from kpieval.presets import policy
    >>> memo = memo_for(policy(), Place("rows"), 2024)
    >>> memo.target("≥90%", Context()) is memo.target("≥90%", Context())
    True
    """
    return Memo(policy, Reader(place, year))


