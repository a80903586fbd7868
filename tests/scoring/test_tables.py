"""Tables of targets and actuals as values."""

from __future__ import annotations

from typing import Any

import pytest

from kpieval.tables import EXECUTED, ActualEntry, Actuals, DecisionCells, Place


def test_actuals_from_a_mapping() -> None:
    given: dict[str | tuple[str, ...], str] = {
        "培训人次": "12人次",
        ("项目甲", "培训人次"): "13人次",
        ("项目甲", "数量指标", "培训人次"): "14人次",
        ("只有名称",): "15人次",
    }
    made = Actuals.from_mapping(given)
    assert made.entries == (
        ActualEntry("培训人次", "12人次"),
        ActualEntry("培训人次", "13人次", project="项目甲"),
        ActualEntry("培训人次", "14人次", project="项目甲", level2="数量指标"),
        ActualEntry("只有名称", "15人次"),
    )


@pytest.mark.parametrize("value", [0.95, 12, None])
def test_an_actual_that_is_no_text_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="must be text"):
        Actuals.from_mapping({"合格率": value})


def test_a_key_of_other_length_is_refused() -> None:
    with pytest.raises(TypeError, match="no key"):
        Actuals.from_mapping({tuple("abcd"): "1"})


def test_actuals_are_joined_in_order() -> None:
    one, other = (Actuals.from_mapping({name: "1"}) for name in ("a", "b"))
    assert [entry.name for entry in (one + other).entries] == ["a", "b"]
    assert (one + one).entries == one.entries * 2


def test_places_are_told_as_far_as_they_are_known() -> None:
    assert str(Place("a.xlsx", "表1", 3)) == "a.xlsx[表1]:3"
    assert str(Place("a.xlsx", "表1")) == "a.xlsx[表1]"
    assert str(Place("a.csv", row=2)) == "a.csv:2"
    assert str(Place("a.txt")) == "a.txt"


def test_decision_cells_are_blank_when_all_three_are() -> None:
    assert DecisionCells().is_blank
    assert not DecisionCells("达成").is_blank
    assert not DecisionCells("", "9").is_blank
    assert not DecisionCells("", "", "看过").is_blank


def test_the_reserved_name_of_the_spending() -> None:
    assert EXECUTED == "全年执行数"
