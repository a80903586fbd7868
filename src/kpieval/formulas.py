"""The closed set of formulas that a policy is made of, as plain frozen values.

A formula is data, not a callable: it prints, pickles, is written to files, and every place that
uses one matches on its type exhaustively. ``share`` says which part of the weight a missed
target still earns.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpieval.showing import Shown

ZERO, ONE = Fraction(0), Fraction(1)


@frozen(repr=False)
class Ratio(Shown):
    """Points in proportion to attainment: W·A/T on a floor, W·T/A on a ceiling.

    >>> share(Ratio(), Miss(Fraction(9, 10), Fraction(1), Fraction(10)))
    Fraction(9, 10)
    """


@frozen(repr=False)
class Linear(Shown):
    """Points fall linearly with the overrun of a ceiling: W·(1 − (A − T)/T), never below 0.

    >>> share(Linear(), Miss(Fraction(10, 11), Fraction(1), Fraction(10)))  # 11 for ≤10
    Fraction(9, 10)
    """


@frozen(repr=False)
class PassGate(Shown):
    """Nothing below attainment ``at``; above it (r − at)/(1 − at) of the weight. ``at`` < 1.

    >>> share(PassGate(Fraction(3, 5)), Miss(Fraction(9, 10), Fraction(1), Fraction(10)))
    Fraction(3, 4)
    """

    at: Fraction


@frozen(repr=False)
class Ladder(Shown):
    """Fixed shares by attainment: the first (threshold, share) whose threshold is reached.

    >>> ladder = Ladder(((Fraction(9, 10), Fraction(4, 5)), (Fraction(3, 5), Fraction(1, 2))))
    >>> share(ladder, Miss(Fraction(17, 20), Fraction(1), Fraction(10)))
    Fraction(1, 2)
    """

    steps: tuple[tuple[Fraction, Fraction], ...]


@frozen(repr=False)
class Step(Shown):
    """``points`` are taken off for each whole or begun unit that the actual falls short.

    >>> share(Step(Fraction(1)), Miss(Fraction(9, 10), Fraction(3, 2), Fraction(10)))
    Fraction(4, 5)
    """

    points: Fraction


Formula = Ratio | Linear | PassGate | Ladder | Step


@frozen(repr=False)
class Miss(Shown):
    """How a target was missed: the attainment, the units short, and the weight at stake."""

    attainment: Fraction
    units_short: Fraction
    weight: Fraction


def share(formula: Formula, miss: Miss) -> Fraction:
    """The part of the weight that is earned, between 0 and 1, exact.

    >>> share(Ratio(), Miss(Fraction(11, 10), Fraction(0), Fraction(10)))
    Fraction(1, 1)
    """
    reached = miss.attainment if miss.attainment.numerator > 0 else ZERO
    match formula:
        case Ratio():
            earned = reached
        case Linear():
            earned = 2 - 1 / reached if reached else ZERO
        case PassGate(at=at):
            earned = (reached - at) / (1 - at)
        case Ladder(steps=steps):
            earned = next((part for threshold, part in steps if reached >= threshold), ZERO)
        case Step(points=points):
            lost = points * -(-miss.units_short // 1)
            earned = 1 - lost / miss.weight if miss.weight else ZERO
        case _:
            assert_never(formula)
    if earned.numerator <= 0:
        return ZERO
    return earned if earned.numerator < earned.denominator else ONE


@frozen(repr=False)
class Binary(Shown):
    """A late date earns nothing."""


@frozen(repr=False)
class Grace(Shown):
    """Up to ``days`` late earns ``share`` of the weight; later nothing."""

    days: int
    share: Fraction


@frozen(repr=False)
class PerDay(Shown):
    """Every day late takes ``share`` of the weight off."""

    share: Fraction


DateRule = Binary | Grace | PerDay
NOTHING_WHEN_LATE = Binary()


def late_share(rule: DateRule, days: int) -> Fraction:
    """The part of the weight that a deadline missed by ``days`` still earns.

    >>> late_share(PerDay(Fraction(1, 10)), 3), late_share(Binary(), 1)
    (Fraction(7, 10), Fraction(0, 1))
    """
    match rule:
        case Binary():
            return ZERO
        case Grace(days=allowed, share=part):
            return part if days <= allowed else ZERO
        case PerDay(share=part):
            return max(ZERO, 1 - part * days)
        case _:
            assert_never(rule)


@frozen(repr=False)
class ByActual(Shown):
    """Rows of a first level that earn by their own percentage, whatever their target is.

    ``steps`` are (share reached, share of the weight), the highest first.
    """

    level1: str
    steps: tuple[tuple[Fraction, Fraction], ...]

    @property
    def best(self) -> Fraction:
        """The most that any actual earns."""
        return max((part for _, part in self.steps), default=ZERO)

    def share(self, reached: Fraction, *, below: bool = False) -> Fraction:
        """The part of the weight for an actual such as 92/100, or for one just ``below`` it."""
        return next(
            (
                part
                for threshold, part in self.steps
                if reached > threshold or (reached == threshold and not below)
            ),
            ZERO,
        )


@frozen(repr=False)
class Band(Shown):
    """A part of the weight from ``low`` to ``high``; ``high`` itself only when ``closed``."""

    low: Fraction
    high: Fraction
    closed: bool = False


@frozen(repr=False)
class Bands(Shown):
    """The bands in which stated words and qualitative rows earn points."""

    fully: Band
    partly: Band
    not_: Band


@frozen(repr=False)
class Rounding(Shown):
    """Half-up to ``places`` decimal places."""

    places: int
