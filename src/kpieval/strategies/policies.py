"""Strategies of scoring policies: valid ones, near the published ones."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from attrs import evolve
from hypothesis import strategies as st

from kpieval.formulas import (
    NOTHING_WHEN_LATE,
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
from kpieval.policies import Allocation, Grades, Policy, WeightPlan
from kpieval.presets import policy as preset

WHOLE = 100


def policies(name: str = "mof-2020") -> st.SearchStrategy[Policy]:
    """Policies that could be: a preset with other formulas, weights, grades and rounding.

    The points of the indicators and of the execution row make 100; grades fall from the best to
    the lowest; shares lie between 0 and 1. The simplest is nearly the preset itself.

    >>> from hypothesis import find
    >>> found = find(policies(), lambda policy: isinstance(policy.floor, PassGate))
    >>> found.floor, found.indicator_total + found.execution.weight
    (PassGate(at=Fraction(0, 1)), Fraction(100, 1))
    """
    return _policies(preset(name))


@st.composite
def _policies(draw: st.DrawFn, base: Policy) -> Policy:
    execution = draw(st.one_of(st.just(base.execution.weight), _points(0, 20)))
    return evolve(
        base,
        weights=draw(_plans(base.weights, WHOLE - execution)),
        execution=evolve(base.execution, weight=execution),
        floor=draw(formulas()),
        ceiling=draw(formulas()),
        rounding=Rounding(draw(st.sampled_from((2, 1, 0, 3)))),
        grades=None if base.grades is None else draw(_grades(base.grades)),
        dates=draw(_date_rules()),
        about_tolerance=draw(st.one_of(st.just(base.about_tolerance), _shares(99))),
    )


def formulas(*kinds: type) -> st.SearchStrategy[Formula]:
    """Formulas of these types, or of every type.

    >>> from hypothesis import find
    >>> find(formulas(), lambda formula: True)
    Ratio()
    """
    return st.one_of([_FORMULAS[kind]() for kind in kinds or _FORMULAS])


def _date_rules() -> st.SearchStrategy[DateRule]:
    grace = st.builds(Grace, st.integers(0, 30), _shares(100))
    return st.one_of(st.just(NOTHING_WHEN_LATE), grace, st.builds(PerDay, _shares(100)))


def _shares(last: int) -> st.SearchStrategy[Fraction]:
    return st.integers(0, last).map(lambda percent: Fraction(percent, 100))


def _points(low: int, high: int) -> st.SearchStrategy[Fraction]:
    return st.integers(low, high).map(Fraction)


def _ladders() -> st.SearchStrategy[Ladder]:
    """Steps that fall: a lower attainment never earns a larger share."""
    thresholds = st.lists(_shares(100), min_size=1, max_size=4, unique=True)
    shares = st.lists(_shares(100), min_size=4, max_size=4)
    return st.builds(_ladder, thresholds, shares)


def _ladder(thresholds: list[Fraction], shares: list[Fraction]) -> Ladder:
    falling = sorted(thresholds, reverse=True), sorted(shares, reverse=True)
    return Ladder(tuple(zip(*falling, strict=False)))


@st.composite
def _plans(draw: st.DrawFn, base: WeightPlan, whole: Fraction) -> WeightPlan:
    """The same categories with other points, in whole numbers, that make the same whole."""
    allocation = draw(st.sampled_from((base.allocation, *Allocation)))
    names = [name for name, _ in base.level1]
    if sum(points for _, points in base.level1) == whole and draw(st.sampled_from((True, False))):
        return evolve(base, allocation=allocation)
    inner = _points(1, int(whole) - 1)  # no category is worth nothing
    count = len(names) - 1
    cuts = draw(st.lists(inner, min_size=count, max_size=count, unique=True))
    edges = [Fraction(0), *sorted(cuts), whole]
    points = (edges[place + 1] - edges[place] for place in range(len(names)))
    return evolve(base, level1=tuple(zip(names, points, strict=True)), allocation=allocation)


def _grades(base: Grades) -> st.SearchStrategy[Grades]:
    names = [name for name, _ in base.steps]
    least = st.lists(_points(1, 100), min_size=len(names), max_size=len(names), unique=True)
    falling = least.map(lambda found: sorted(found, reverse=True))
    steps = falling.map(lambda found: tuple(zip(names, found, strict=True)))
    return st.one_of(st.just(base), steps.map(lambda made: evolve(base, steps=made)))


_FORMULAS: dict[type, Callable[[], st.SearchStrategy[Formula]]] = {
    Ratio: lambda: st.just(Ratio()),
    Linear: lambda: st.just(Linear()),
    PassGate: lambda: st.builds(PassGate, _shares(99)),
    Ladder: _ladders,
    Step: lambda: st.builds(Step, _points(1, 10)),
}
