"""Hypothesis strategies for policies: the shipped ones, their modifiers, and a user's own."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from hypothesis import strategies as st

from kpieval.formulas import (
    DateRule,
    Formula,
    Grace,
    Ladder,
    Linear,
    PassGate,
    PerDay,
    Ratio,
    Rounding,
    Step,
)
from kpieval.policies import Allocation, NotApplicable, OverCompletion, Policy
from kpieval.presets import policies, policy

WORDS = ("", "+step(1)", "+step(0.5)", "+tianjin-2024", "+deduction", "+tianjin-2024+deduction")
SHIPPED = tuple(policy(known.name + words) for known in policies() for words in WORDS)
"""Every policy of the folder, alone and with every modifier."""

shipped = st.sampled_from(SHIPPED)


def hundredths(low: int, high: int) -> st.SearchStrategy[Fraction]:
    """Whole hundredths from one to another."""
    return st.integers(low, high).map(lambda number: Fraction(number, 100))


Rungs = tuple[tuple[Fraction, Fraction], ...]


@st.composite
def rungs(draw: st.DrawFn, low: int, high: int) -> Rungs:
    """Thresholds with shares: the highest first, and a lower threshold has no greater share."""
    count = draw(st.integers(1, 4))
    ends = draw(st.lists(hundredths(low, high), min_size=count, max_size=count, unique=True))
    parts = draw(st.lists(hundredths(0, 100), min_size=count, max_size=count))
    falling = sorted(ends, reverse=True), sorted(parts, reverse=True)
    return tuple(zip(*falling, strict=True))


def formulas() -> st.SearchStrategy[Formula]:
    """Every formula with any numbers that it may have."""
    return st.one_of(
        st.just(Ratio()),
        st.just(Linear()),
        hundredths(0, 99).map(PassGate),
        rungs(1, 120).map(Ladder),
        hundredths(0, 500).map(Step),
    )


def date_rules() -> st.SearchStrategy[DateRule]:
    """Rules for late dates that give something."""
    return st.one_of(
        st.builds(Grace, st.integers(0, 90), hundredths(0, 100)),
        hundredths(0, 100).map(PerDay),
    )


def ladders() -> st.SearchStrategy[OverCompletion]:
    """A user's own steps for over-completion, with their document."""
    noted, reason = Fraction(6, 5), Fraction(13, 10)
    return rungs(101, 400).map(
        lambda steps: OverCompletion(noted, reason, ladder=steps, document="某财绩〔2024〕1号")
    )


@st.composite
def evolved(draw: st.DrawFn, *, over: bool = True) -> Policy:
    """A policy made from a shipped one; with ``over`` some have steps for over-completion."""
    base = draw(shipped)
    return evolve(
        base,
        name="own",
        floor=draw(st.one_of(st.just(base.floor), formulas())),
        ceiling=draw(st.one_of(st.just(base.ceiling), formulas())),
        dates=draw(st.one_of(st.just(base.dates), date_rules())),
        rounding=Rounding(draw(st.integers(0, 4))),
        about_tolerance=draw(hundredths(0, 30)),
        not_applicable=draw(st.sampled_from(NotApplicable)),
        weights=evolve(base.weights, allocation=draw(st.sampled_from(Allocation))),
        over_completion=draw(
            st.one_of(st.just(base.over_completion), *([ladders()] if over else []))
        ),
    )


def any_policy(*, over: bool = True) -> st.SearchStrategy[Policy]:
    """A shipped policy, modified or not, or a user's own."""
    return st.one_of(shipped, evolved(over=over))
