"""Weights: given, allocated, or not usable and said so."""

from __future__ import annotations

from fractions import Fraction

import pytest
from attrs import evolve
from scored import (
    BENEFIT,
    MOF,
    OUTPUT,
    SATISFACTION,
    codes,
    faults,
    indicator,
    table,
    three_levels,
)

from kpieval.errors import WeightValueError
from kpieval.policies import Allocation
from kpieval.tables import LevelPoints, Project
from kpieval.weighting import category_of, weigh


def rows(*levels: str) -> Project:
    """A project without weights; ``产出/数量`` gives the first and the second level."""
    return table(
        *(
            indicator(
                "≥10人",
                name=f"指标{number}",
                weight=None,
                level1=level.partition("/")[0],
                level2=level.partition("/")[2],
            )
            for number, level in enumerate(levels)
        )
    )


def given(*weights: int | None) -> tuple[Fraction | None, ...]:
    """Weights as they are found."""
    return tuple(None if weight is None else Fraction(weight) for weight in weights)


def texts(project: Project, allocation: Allocation = Allocation.BY_ROW) -> list[str | None]:
    found = weigh(project, MOF, allocation).rows
    return [None if weight is None else f"{float(weight):g}" for weight in found]


def test_given_weights_that_leave_ten_for_the_execution() -> None:
    weights = weigh(three_levels(("50", "30", "10")), MOF)
    assert weights.rows == given(50, 30, 10)
    assert weights.execution == 10
    assert weights.usable and not weights.allocated
    assert (*weights.notes, *weights.problems) == ()


def test_given_weights_need_not_follow_the_plan() -> None:
    weights = weigh(three_levels(("20", "20", "50")), MOF)
    assert weights.usable and weights.rows == given(20, 20, 50)


def test_given_weights_of_a_hundred_leave_nothing_for_the_execution() -> None:
    weights = weigh(three_levels(("60", "30", "10")), MOF)
    assert weights.execution == 0
    assert weights.usable
    assert codes(weights.notes) == ["weights.no_execution"]


@pytest.mark.parametrize(
    "written",
    [
        ("50", "30", "9.99"),
        ("50", "30", "15"),
        ("60", "40", "10"),
        ("0", "0", "0"),
        ("33.33", "33.33", "33.33"),
    ],
)
def test_weights_that_do_not_add_up_give_no_total(written: tuple[str, str, str]) -> None:
    weights = weigh(three_levels(written), MOF)
    assert not weights.usable
    assert faults(weights.problems) == ["KP202"]
    assert weights.rows == tuple(map(Fraction, written))


def test_partial_weights_name_the_rows_without_one() -> None:
    weights = weigh(three_levels(("50", None, None)), MOF)
    assert not weights.usable
    (problem,) = weights.problems
    assert problem.code == "KP201"
    assert "效果" in problem.message() and "满意" in problem.message()
    assert "数量" not in problem.message()
    assert weights.rows == given(50, None, None)


def test_partial_weights_are_not_taken_for_zero_even_if_they_add_up() -> None:
    assert not weigh(three_levels(("50", "40", None)), MOF).usable


def test_a_negative_weight_is_refused_by_name() -> None:
    weights = weigh(three_levels(("95", "-5", None)), MOF)
    assert not weights.usable
    (problem,) = weights.problems
    assert problem.code == "KP203"
    assert "效果" in problem.message() and "-5" in problem.message()
    assert weights.rows[1] is None


def test_a_weight_that_was_not_read_gives_no_total() -> None:
    project = three_levels(("50", "40", None))
    unread = evolve(project.indicators[2], problems=(WeightValueError(value="十"),))
    weights = weigh(evolve(project, indicators=(*project.indicators[:2], unread)), MOF)
    assert not weights.usable
    assert faults(weights.problems) == ["KP203"]


def test_allocation_follows_the_plan_and_says_so() -> None:
    weights = weigh(three_levels(), MOF)
    assert weights.rows == given(50, 30, 10)
    assert weights.execution == 10
    assert weights.allocated and weights.usable
    assert codes(weights.notes) == ["weights.by_row"]


def test_the_cents_that_remain_go_to_the_last_row() -> None:
    project = rows(*["产出"] * 3, *["效益"] * 7, "满意度")
    assert texts(project) == ["16.66"] * 2 + ["16.68"] + ["4.28"] * 6 + ["4.32"] + ["10"]
    assert sum(w for w in weigh(project, MOF).rows if w is not None) == 90


def test_allocation_by_row_and_by_second_level() -> None:
    project = rows("产出/数量", "产出/数量", "产出/数量", "产出/质量", "效益/社会", "满意度/服务")
    assert texts(project) == ["12.5"] * 4 + ["30", "10"]
    by_level2 = texts(project, Allocation.BY_LEVEL2)
    assert by_level2 == ["8.33", "8.33", "8.34", "25", "30", "10"]
    assert codes(weigh(project, MOF, Allocation.BY_LEVEL2).notes) == ["weights.by_level2"]


def test_second_levels_of_one_name_do_not_mix_over_first_levels() -> None:
    project = rows("产出/其他", "产出/数量", "效益/其他", "满意度/其他")
    assert texts(project, Allocation.BY_LEVEL2) == ["25", "25", "30", "10"]


def test_without_satisfaction_its_points_go_to_the_benefit() -> None:
    weights = weigh(rows("产出", "效益"), MOF)
    assert weights.rows == given(50, 40)
    assert codes(weights.notes) == ["weights.by_row", "weights.handed_on"]


def test_without_another_level_its_points_are_spread_and_it_is_said() -> None:
    weights = weigh(rows("产出", "满意度"), MOF)
    assert weights.rows == given(75, 15)
    assert codes(weights.notes) == ["weights.by_row", "weights.spread"]
    alone = weigh(rows("产出"), MOF)
    assert alone.rows == given(90)
    assert codes(alone.notes) == ["weights.by_row", "weights.spread", "weights.spread"]


def test_cost_rows_share_the_output() -> None:
    assert texts(rows("成本指标", "产出指标", "效益指标", "满意度指标")) == ["25", "25", "30", "10"]


def test_a_first_level_that_the_plan_does_not_know_is_named() -> None:
    weights = weigh(rows("产出", "其他指标", ""), MOF)
    assert not weights.usable
    assert weights.rows == given(None, None, None)
    assert faults(weights.problems) == ["KP208", "KP208"]
    assert "其他指标" in weights.problems[0].message() and "指标1" in weights.problems[0].message()
    assert "指标2" in weights.problems[1].message()


def test_a_first_level_that_the_plan_does_not_know_does_not_matter_when_weights_are_given() -> None:
    project = table(indicator("≥10人", weight="90", level1="其他指标"))
    assert weigh(project, MOF).usable


@pytest.mark.parametrize(
    ("level1", "category"),
    [
        (OUTPUT, "产出"),
        ("产出", "产出"),
        (BENEFIT, "效益"),
        ("效果指标", "效益"),
        (SATISFACTION, "满意度"),
        ("成本指标", "产出"),
        ("", None),
        ("管理指标", None),
    ],
)
def test_categories(level1: str, category: str | None) -> None:
    assert category_of(indicator("≥10人", level1=level1), MOF.weights) == category


@pytest.mark.parametrize("count", [1, 2, 3, 7, 11, 13, 60, 97])
@pytest.mark.parametrize("way", list(Allocation))
def test_allocated_weights_make_exactly_ninety(count: int, way: Allocation) -> None:
    project = rows(*[f"产出/{number % 5}" for number in range(count)], "效益", "满意度")
    found = [weight for weight in weigh(project, MOF, way).rows if weight is not None]
    assert sum(found) == 90
    assert all(weight * 100 == int(weight * 100) and weight >= 0 for weight in found)


def test_a_level_that_says_its_weight_is_checked_against_its_rows() -> None:
    rows = [
        indicator("≥1次", name="a", weight="20", level1="产出指标"),
        indicator("≥1次", name="b", weight="30", level1="产出指标"),
        indicator("≥1次", name="c", weight="40", level1="效益指标"),
    ]
    said = (
        LevelPoints("产出指标", "", Fraction(50)),
        LevelPoints("产出指标", "数量指标", Fraction(50)),
        LevelPoints("效益指标", "", Fraction(30)),
    )
    found = weigh(evolve(table(*rows), level_points=said), MOF)
    assert found.usable
    assert [problem.code for problem in found.problems] == ["KP214"]
    assert "效益指标" in str(found.problems[0]) and "40" in str(found.problems[0])
