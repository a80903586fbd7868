"""The strategy of each public type, for ``st.from_type`` and ``@given(c: Constraint)``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, get_args

from hypothesis import strategies as st

from kpieval.actuals import (
    Actual,
    Answered,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Stated,
)
from kpieval.amounts import Amount
from kpieval.constraints import (
    AllOf,
    By,
    Change,
    During,
    Level,
    NotBefore,
    Size,
    Statement,
    Target,
    YesNo,
)
from kpieval.formulas import Formula
from kpieval.intervals import Bound, Interval
from kpieval.parsing import parse_target
from kpieval.parsing.measuring import reading_of
from kpieval.policies import Policy
from kpieval.strategies.actuals import actuals, missing
from kpieval.strategies.amounts import amounts, any_unit, magnitudes
from kpieval.strategies.constraints import constraints, days
from kpieval.strategies.kinds import TYPES, Kind
from kpieval.strategies.policies import formulas, policies
from kpieval.strategies.tables import YEAR, indicators, projects
from kpieval.strategies.texts import texts
from kpieval.tables import Indicator, Project
from kpieval.units import Unit

Strategy = st.SearchStrategy[Any]


def strategy_of(asked: Any) -> Strategy:
    """The strategy of a registered type.

    >>> from fractions import Fraction
    >>> from hypothesis import find
    >>> find(strategy_of(Interval[Fraction]), lambda found: True)
    Interval(lower=None, upper=None)
    """
    if asked in TYPES:
        return constraints(asked)
    if asked in _MADE:
        return _MADE[asked]()
    origin, inside = getattr(asked, "__origin__", asked), get_args(asked)
    values = days() if inside == (dt.date,) else magnitudes()
    return bounds(values) if origin is Bound else intervals(values)


def bounds(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Bound[Any]]:
    """Closed ends, then open ones; days have closed ends only."""
    return st.builds(Bound, values, st.sampled_from((True, False)))


def intervals(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Interval[Any]]:
    """Intervals that are not empty, with and without ends."""
    return st.builds(_interval, st.lists(values, max_size=2), *[st.booleans()] * 3)


def _interval(ends: list[Any], left: bool, right: bool, below: bool) -> Interval[Any]:
    """An end for each value; open ends only where something lies between them."""
    first, *rest = sorted(ends) or [None]
    if first is None:
        return Interval(None, None)
    is_day = isinstance(first, dt.date)
    lower, upper = Bound(first, is_day or not left), Bound(rest[0] if rest else first, True)
    if not rest:
        return Interval.at_most(first, closed=lower.closed) if below else Interval(lower, None)
    if first == rest[0]:
        return Interval.point(first)
    return Interval(lower, Bound(upper.value, is_day or not right))


def _targets() -> st.SearchStrategy[Target]:
    said = constraints().flatmap(lambda constraint: texts(constraint, year=YEAR))
    return said.map(lambda text: parse_target(text, year=YEAR))


def _readings(*kinds: Kind) -> Callable[[], Strategy]:
    """What an actual reads as that says the same as such a constraint."""
    return lambda: constraints(kinds).map(reading_of)


def _stated() -> Strategy:
    return (
        actuals(Statement("应保尽保"))
        .map(lambda actual: actual.reading)
        .filter(lambda reading: isinstance(reading, Stated))
    )


def _formulas(kind: type) -> Callable[[], Strategy]:
    return lambda: formulas(kind)


_MADE: dict[Any, Callable[[], Strategy]] = {
    Amount: amounts,
    Unit: any_unit,
    Target: _targets,
    Actual: actuals,
    Indicator: indicators,
    Project: projects,
    Policy: policies,
    Measured: _readings(*get_args(Size)),
    Dated: _readings(By, NotBefore, During),
    Changed: _readings(Change),
    Graded: _readings(Level),
    Answered: _readings(YesNo),
    Every: _readings(AllOf),
    Stated: _stated,
    Missing: lambda: missing().map(lambda actual: actual.reading),
    **{kind: _formulas(kind) for kind in get_args(Formula)},
}
"""How the types that are no constraint are made."""

REGISTERED: tuple[type, ...] = (*TYPES, *_MADE, Bound, Interval)
"""Every type that Hypothesis is told of."""
