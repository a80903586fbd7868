"""What evaluating and scoring give: verdicts, attainment, scores, decisions."""

from __future__ import annotations

from fractions import Fraction
from typing import NoReturn

from attrs import frozen

from kpieval import exact
from kpieval.actuals import Attained
from kpieval.notes import Note
from kpieval.showing import Shown


class _NoTruth:
    """Mixin for values that must not be tested for truth by accident."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError(
            "a verdict is Met, Unmet or Undetermined and has no truth value; "
            "use isinstance(verdict, Met) or match"
        )


@frozen(repr=False)
class Met(_NoTruth, Shown):
    """The actual lies inside the target. ``margin`` says by how much, where that can be said."""

    _row_ = ("margin",)

    margin: str | None = None
    notes: tuple[Note, ...] = ()


@frozen(repr=False)
class Unmet(_NoTruth, Shown):
    """The actual lies outside the target. ``gap`` says by how much, where that can be said."""

    _row_ = ("gap",)

    gap: str | None = None
    notes: tuple[Note, ...] = ()


@frozen(repr=False)
class Undetermined(_NoTruth, Shown):
    """Nobody can tell from what is known; ``reason`` says why and what would decide it."""

    _row_ = ("reason",)

    reason: Note
    notes: tuple[Note, ...] = ()


Verdict = Met | Unmet | Undetermined


@frozen(repr=False)
class Attainment(Shown):
    """How far the target was reached, as an interval; one point for exact actuals.

    Exact ratios, not clamped: 1.25 is a quarter more than was asked. ``high`` is None when the
    actual has no upper end.

    >>> Attainment.exactly(Fraction(5, 4)).high
    Fraction(5, 4)
    """

    low: Fraction
    high: Fraction | None

    @classmethod
    def exactly(cls, ratio: Fraction) -> Attainment:
        """The attainment of an exact actual."""
        return cls(ratio, ratio)


@frozen(repr=False)
class Score(Shown):
    """Points as an interval [low, high]; one point once everything is decided.

    >>> print(Score.exactly(Fraction(83, 10)) + Score(Fraction(0), Fraction(10)))
    8.3–18.3
    """

    low: Fraction
    high: Fraction

    @classmethod
    def exactly(cls, points: Fraction) -> Score:
        """A score without doubt."""
        return cls(points, points)

    @property
    def is_exact(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high

    def __add__(self, other: Score) -> Score:
        return Score(self.low + other.low, self.high + other.high)

    def __str__(self) -> str:
        low, high = exact.text(self.low), exact.text(self.high)
        return low if self.is_exact else f"{low}–{high}"


@frozen(repr=False)
class Decision(Shown):
    """What a person decided about a row, with the reason, which is mandatory."""

    attained: Attained | None
    points: Fraction | None
    reason: str
