"""Strategies of rows and projects, as tables hold them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from kpieval.amounts import money
from kpieval.constraints import Constraint
from kpieval.parsing import parse_target
from kpieval.strategies.constraints import constraints
from kpieval.strategies.kinds import Kind
from kpieval.strategies.texts import texts
from kpieval.tables import Indicator, Project

LEVELS = (
    ("产出指标", "数量指标"),
    ("产出指标", "质量指标"),
    ("产出指标", "时效指标"),
    ("成本指标", "经济成本指标"),
    ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
)
"""First and second levels, as the official forms have them."""

YEAR = 2024


def indicators(
    kind: Kind | tuple[Kind, ...] | None = None,
    unit: str | None = None,
    *,
    year: int = YEAR,
    weights: st.SearchStrategy[Fraction | None] | None = None,
) -> st.SearchStrategy[Indicator]:
    """Rows of a table, their target read from one of its texts; without weights unless given.

    >>> from hypothesis import find
    >>> found = find(indicators("at_least"), lambda indicator: True)
    >>> found.level1, found.level2, found.name, found.text
    ('产出指标', '数量指标', '指标1', '≥1个')
    """
    return _rows(constraints(kind, unit), year, st.none() if weights is None else weights)


@st.composite
def _rows(
    draw: st.DrawFn,
    wanted: st.SearchStrategy[Any],
    year: int,
    weights: st.SearchStrategy[Fraction | None],
) -> Indicator:
    constraint: Constraint = draw(wanted)
    level1, level2 = draw(st.sampled_from(LEVELS))
    text = draw(texts(constraint, year=year))
    target = parse_target(text, year=year, level1=level1, level2=level2)
    return Indicator(level1, level2, "指标1", text, target, weight=draw(weights))


def projects(
    *,
    min_size: int = 1,
    max_size: int = 6,
    weighted: bool | None = None,
    whole: int = 90,
    year: int = YEAR,
) -> st.SearchStrategy[Project]:
    """Projects with rows of every kind; with weights that make ``whole``, without, or either.

    >>> from hypothesis import find
    >>> found = find(projects(weighted=True), lambda project: len(project.indicators) == 2)
    >>> [row.name for row in found.indicators], sum(row.weight for row in found.indicators)
    (['指标1', '指标2'], Fraction(90, 1))
    """
    return _projects(min_size, max_size, weighted, whole, year)


@st.composite
def _projects(
    draw: st.DrawFn, least: int, most: int, weighted: bool | None, whole: int, year: int
) -> Project:
    rows = draw(st.lists(indicators(year=year), min_size=least, max_size=most))
    has_weights = draw(st.booleans()) if weighted is None else weighted
    points: list[Fraction] | list[None] = [None] * len(rows)
    if has_weights and rows:
        points = draw(shares(len(rows), whole))
    named = tuple(
        evolve(row, name=f"指标{number}", weight=weight)
        for number, (row, weight) in enumerate(zip(rows, points, strict=True), start=1)
    )
    budget = draw(st.one_of(st.none(), st.integers(0, 10**7).map(money)))
    return Project("项目1", named, year=year, budget=budget)


@st.composite
def shares(draw: st.DrawFn, count: int, whole: int) -> list[Fraction]:
    """Weights in cents, none of them nothing, that make a whole.

    >>> from hypothesis import find
    >>> find(shares(2, 100), lambda weights: True)
    [Fraction(1, 100), Fraction(9999, 100)]
    """
    free = whole * 100 - count
    cuts = sorted(draw(st.lists(st.integers(0, free), min_size=count - 1, max_size=count - 1)))
    edges = [0, *cuts, free]
    return [Fraction(1 + edges[i + 1] - edges[i], 100) for i in range(count)]
