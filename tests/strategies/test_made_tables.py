"""Rows, projects and policies: they are what a table and a rule could be, and can be scored."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import find, given
from hypothesis import strategies as st
from profiles import few

from kpieval.constraints import AtLeast, Target
from kpieval.formulas import Ladder, Linear, PassGate, Ratio, Step
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.scoring import score_project
from kpieval.strategies import indicators, policies, projects
from kpieval.strategies.policies import formulas
from kpieval.tables import Actuals, Indicator, Project
from kpieval.wire.policies import policy_wire
from kpieval.wire.policy_files import policy_from


@few(150)
@given(indicators())
def test_the_target_of_a_row_is_read_from_its_text(indicator: Indicator) -> None:
    assert isinstance(indicator.target, Target)
    assert indicator.target.source == indicator.text
    assert indicator.weight is None


@given(indicators("at_least", "%", weights=st.just(Fraction(10))))
def test_rows_of_one_type_and_unit_with_weights(indicator: Indicator) -> None:
    assert isinstance(indicator.target, Target)
    assert isinstance(indicator.target.constraint, AtLeast)
    assert indicator.target.constraint.value.unit.name == "%"
    assert indicator.weight == 10


@few(60)
@given(projects(min_size=2, max_size=3, weighted=True, whole=100))
def test_weights_are_in_cents_and_make_the_whole(project: Project) -> None:
    weights = [row.weight or Fraction(0) for row in project.indicators]
    assert 2 <= len(weights) <= 3
    assert sum(weights) == 100
    assert all(weight > 0 and (weight * 100).denominator == 1 for weight in weights)
    assert len({row.name for row in project.indicators}) == len(weights)


def test_projects_come_with_and_without_weights() -> None:
    bare = find(projects(), lambda project: project.indicators[0].weight is None)
    assert [row.text for row in bare.indicators] == ["≥1个"]
    assert find(projects(), lambda project: project.indicators[0].weight is not None)


@given(policies())
def test_a_policy_is_written_and_read_back(made: Policy) -> None:
    assert policy_from(policy_wire(made)) == made


@given(policies())
def test_the_points_and_grades_of_a_policy_hold_together(made: Policy) -> None:
    assert made.indicator_total + made.execution.weight == 100
    least = [points for _, points in made.grades.steps]
    assert least == sorted(set(least), reverse=True)


def is_a(kind: type) -> Callable[[object], bool]:
    return lambda made: isinstance(made, kind)


def test_every_formula_comes_and_the_simplest_policy_is_the_preset() -> None:
    assert find(policies(), lambda _: True) == policy("mof-2020")
    for kind in (Ratio, Linear, PassGate, Ladder, Step):
        assert find(formulas(), is_a(kind))


@few(60)
@given(projects(weighted=False), policies())
def test_every_project_is_scored_under_every_policy(project: Project, made: Policy) -> None:
    score = score_project(project, Actuals(), made).score
    assert score is not None
    assert 0 <= score.low <= score.high <= 100
