"""The one rule that explains a whole table, if there is one; never fitted to a single row."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from kpieval.auditing.candidates import Candidate
from kpieval.auditing.results import Rule
from kpieval.outcomes import Score

LEAST_SPEAKERS = 3
"""Fractional rows that must speak for a rule before it explains anything."""


@frozen
class Item:
    """A published score that the rules can be held against: its points under each candidate."""

    published: Fraction
    weight: Fraction
    scores: tuple[Score | None, ...]

    def follows(self, at: int) -> bool:
        """Whether the published points are what the candidate gives, or lie in its band."""
        score = self.scores[at]
        return score is not None and score.low <= self.published <= score.high

    def speaks(self, at: int) -> bool:
        """Whether the row tells the candidate from the policy itself: points between 0 and W."""
        score = self.scores[at]
        if score is None or not score.is_exact or self.follows(0):
            return False
        return score.low == self.published and 0 < score.low < self.weight

    @property
    def deviates(self) -> bool:
        """Whether some candidate but not the policy itself gives the published points."""
        return any(self.speaks(at) for at in range(1, len(self.scores)))


def whole_table_rule(items: Sequence[Item], known: Sequence[Candidate]) -> tuple[int, Rule] | None:
    """The first candidate that explains all items that any rule explains, three at least.

    Items that no candidate explains stand outside: about one published row in ten follows nothing.
    """
    fitting = [at for at in range(1, len(known)) if _explains(at, items)]
    if not fitting:
        return None
    first = known[fitting[0]]
    also = [known[at] for at in fitting[1:]]
    names = tuple(f"{one.policy.name}/{one.rounding}" for one in also)
    return fitting[0], Rule(first.policy.name, first.rounding, names)


def _explains(at: int, items: Sequence[Item]) -> bool:
    plain = [item for item in items if item.follows(0)]
    deviating = [item for item in items if item.deviates]
    return (
        len(deviating) >= LEAST_SPEAKERS
        and all(item.speaks(at) for item in deviating)
        and all(item.follows(at) for item in plain)
    )
