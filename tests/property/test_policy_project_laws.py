"""Laws of policies over whole projects: weights, rows that are left out, totals, files."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve
from generated_policies import SHIPPED, any_policy, evolved, shipped
from generated_rows import Case, Row, projects, totalled
from hypothesis import assume, given
from hypothesis import strategies as st
from profiles import few
from toml_text import toml

from kpieval.errors import ImpossiblePolicyError
from kpieval.outcomes import Score
from kpieval.policies import Allocation, NotApplicable, Policy
from kpieval.presets import policies, policy
from kpieval.reports.policy import overview, page
from kpieval.weighting import weigh
from kpieval.wire.policies import policy_wire
from kpieval.wire.policy_files import policy_from, read_policy

# Weights ----------------------------------------------------------------------------------------

LEVELS = ("产出指标", "效益指标", "满意度指标", "成本指标")
places = st.tuples(st.sampled_from(LEVELS), st.sampled_from(("数量指标", "质量指标", "时效指标")))


@st.composite
def unweighted(draw: st.DrawFn) -> Case:
    """A project without weights, its rows anywhere."""
    found = draw(st.lists(places, min_size=1, max_size=12))
    return Case(
        tuple(
            Row("≥10人", "9人", None, level1, level2, f"指标{number}")
            for number, (level1, level2) in enumerate(found)
        ),
        "90万元",
    )


@given(unweighted(), any_policy(), st.sampled_from(Allocation))
def test_allocated_weights_make_the_total_of_the_policy_to_the_cent(
    case: Case, by: Policy, way: Allocation
) -> None:
    found = weigh(case.project, by, way)
    assert found.usable and found.allocated
    weights = [weight for weight in found.rows if weight is not None]
    assert len(weights) == len(case.rows)
    assert sum(weights) == by.indicator_total
    assert all(weight >= 0 for weight in weights)
    step = Fraction(1, 10 ** max(2, by.rounding.places))
    assert all(weight % step == 0 for weight in weights)


@given(
    projects(weighted=True),
    st.sets(st.integers(0, 5)),
    st.sampled_from((NotApplicable.RESCALE, NotApplicable.HAND_ON)),
    any_policy(),
)
def test_what_is_left_out_takes_no_weight_with_it(
    case: Case, out: set[int], way: NotApplicable, by: Policy
) -> None:
    by = evolve(by, not_applicable=way)
    left_out = frozenset(index for index in out if index < len(case.rows))
    whole, rest = weigh(case.project, by), weigh(case.project, by, left_out=left_out)
    assume(whole.usable)
    if len(left_out) == len(case.rows):
        assert not rest.usable and set(rest.rows) == {None}
        return
    kept = [weight for weight in rest.rows if weight is not None]
    assert sum(kept) == sum(weight for weight in whole.rows if weight is not None)
    assert all(weight >= 0 for weight in kept)
    assert rest.execution == whole.execution
    assert [index for index, weight in enumerate(rest.rows) if weight is None] == sorted(left_out)


# Totals -----------------------------------------------------------------------------------------


@few(60)
@given(projects(), any_policy())
def test_a_total_is_the_sum_of_what_is_shown_and_no_more_than_a_hundred(
    case: Case, by: Policy
) -> None:
    result = totalled(case, by)
    assume(result.score is not None)
    parts = [row.score for row in result.indicators if row.score is not None]
    if result.execution is not None:
        parts.append(result.execution.score)
        assert 0 <= parts[-1].low <= parts[-1].high <= result.execution.weight
    assert result.score == sum(parts, Score(Fraction(0), Fraction(0)))
    assert 0 <= result.score.low <= result.score.high <= 100


@few(60)
@given(projects(weighted=True), st.data(), any_policy())
def test_a_row_that_does_not_apply_is_open_or_left_out(
    case: Case, data: st.DataObject, by: Policy
) -> None:
    index = data.draw(st.integers(0, len(case.rows) - 1))
    rows = list(case.rows)
    rows[index] = evolve(rows[index], actual="不适用")
    result = totalled(evolve(case, rows=tuple(rows)), by)
    row = result.indicators[index]
    assert row.left_out is (by.not_applicable is not NotApplicable.ASK)
    if by.not_applicable is NotApplicable.ASK:
        assert row.score == Score(Fraction(0), rows[index].weight or Fraction(0))


@few(60)
@given(projects(), any_policy())
def test_filling_in_an_actual_only_narrows_the_total(case: Case, by: Policy) -> None:
    by = evolve(by, not_applicable=NotApplicable.ASK)
    blank = evolve(case, rows=tuple(evolve(row, actual=None) for row in case.rows))
    outer, inner = totalled(blank, by).score, totalled(case, by).score
    assume(outer is not None and inner is not None)
    assert outer is not None and inner is not None
    assert outer.low <= inner.low <= inner.high <= outer.high


@few(60)
@given(projects(), any_policy())
def test_all_grades_are_named_that_the_total_may_have(case: Case, by: Policy) -> None:
    result = totalled(case, by)
    if by.grades is None or result.score is None:
        assert result.grades == ()
        return
    ends = [by.grades.of(result.score.high), by.grades.of(result.score.low)]
    assert [result.grades[0], result.grades[-1]] == ends


@few(60)
@given(st.integers(0, 300), st.integers(0, 300), st.integers(1, 200), evolved(), st.booleans())
def test_more_spent_within_the_budget_never_earns_less(
    one: int, other: int, budget: int, by: Policy, weighted: bool
) -> None:
    weight = by.indicator_total if weighted else None
    less, more = sorted(min(number, budget) for number in (one, other))
    found = [
        totalled(Case((Row("≥1人", "1人", weight),), f"{spent}元", budget), by).execution
        for spent in (less, more)
    ]
    low, high = (it.score for it in found if it is not None)
    assert low.low <= high.low and low.high <= high.high


@given(
    st.integers(0, 10_000).map(lambda cents: Fraction(cents, 100)),
    st.integers(0, 300),
    evolved(),
)
def test_the_execution_row_never_earns_more_than_its_weight(
    weight: Fraction, spent: int, by: Policy
) -> None:
    (first, _), *_ = by.weights.level1
    plan = evolve(by.weights, level1=((first, 100 - weight),), joined=(), handed_on=())
    by = evolve(by, weights=plan, execution=evolve(by.execution, weight=weight))
    rows = (Row("≥1人", "1人", 100 - weight, first),)
    found = totalled(Case(rows, f"{spent}元", 100), by).execution
    if not weight:
        assert found is None
        return
    assert found is not None
    assert 0 <= found.score.low <= found.score.high <= weight
    for end in (found.score.low, found.score.high):
        assert end == weight or end * 10**by.rounding.places % 1 == 0


# Files ------------------------------------------------------------------------------------------


def through_json(data: dict[str, Any]) -> dict[str, Any]:
    """What a reader of the JSON gets."""
    back: dict[str, Any] = json.loads(json.dumps(data, ensure_ascii=False), parse_float=str)
    return back


@few(100)
@given(any_policy())
def test_a_policy_comes_back_from_json(by: Policy) -> None:
    assert policy_from(through_json(policy_wire(by))) == by


@few(100)
@given(by=any_policy())
def test_a_policy_comes_back_from_toml(
    by: Policy, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.getbasetemp() / "own.toml"
    file.write_text(toml(policy_wire(by)), "utf-8")
    assert read_policy(str(file)) == by


@pytest.mark.parametrize("by", SHIPPED, ids=lambda it: it.name)
def test_a_base_without_changes_is_the_base(by: Policy) -> None:
    assert policy_from({"base": by.name}) == by


@few(60)
@given(shipped, evolved())
def test_what_a_file_says_goes_before_its_base(base: Policy, by: Policy) -> None:
    changes = policy_wire(by)
    assert policy_from(through_json({"base": base.name, **changes})) == by


@few(60)
@given(evolved(), st.sampled_from(("zh", "en")))
def test_every_policy_has_a_page(by: Policy, lang: str) -> None:
    lines = page(by, lang)
    assert lines[0].startswith("own ")
    assert all(line.strip() and "{" not in line for line in lines)
    assert overview([by], lang)


@few(100)
@given(shipped, st.fractions(-200, 200))
def test_a_policy_is_whole_or_refused_by_name(by: Policy, weight: Fraction) -> None:
    assume(weight != by.execution.weight)
    with pytest.raises(ImpossiblePolicyError, match=r"execution\.weight"):
        evolve(by, execution=evolve(by.execution, weight=weight))


def test_every_policy_of_the_folder_is_in_the_laws() -> None:
    alone = {by.name for by in SHIPPED if "+" not in by.name}
    assert alone == {by.name for by in policies()}
    assert policy("mof-2020+step(1)") in SHIPPED
