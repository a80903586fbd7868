"""Actuals: each side of every target, the neighbours of its bounds, and what no actual can be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from profiles import few

from kpieval.actuals import Actual, Dated, Every, Measured, Missing
from kpieval.constraints import AllOf
from kpieval.outcomes import Met, Undetermined, Unmet
from kpieval.parsing import parse_actual, parse_target
from kpieval.presets import policy
from kpieval.resolving import RowContext
from kpieval.strategies import actuals, constraints
from kpieval.strategies.kinds import TYPES
from kpieval.verdicts import evaluate

MOF = policy("mof-2020")
VERDICTS = {True: Met, False: Unmet, None: Undetermined}
CONTEXTS = (None, RowContext(name="培训人次"), RowContext(level1="成本指标"))
LONG = settings(max_examples=20_000, database=None, derandomize=True)


@pytest.mark.parametrize("met", VERDICTS)
@pytest.mark.parametrize("kind", TYPES)
@few(40)
@given(data=st.data())
def test_every_actual_gives_its_verdict(kind: type, met: bool | None, data: st.DataObject) -> None:
    target = data.draw(constraints(kind))
    known: dict[str, Any] = {
        "context": data.draw(st.sampled_from(CONTEXTS)),
        "policy": data.draw(st.sampled_from((None, MOF))),
    }
    try:
        found = actuals(target, met, exact=data.draw(st.booleans()), **known)
    except InvalidArgument:
        assume(False)
    actual = data.draw(found)
    assert isinstance(evaluate(target, actual, **known), VERDICTS[met]), actual.source


@pytest.mark.parametrize("unit", ["", "小时", "%", "万元"])
@few(60)
@given(data=st.data())
def test_every_actual_in_a_unit_gives_its_verdict(unit: str, data: st.DataObject) -> None:
    target = data.draw(constraints(("at_least", "more_than", "at_most", "equal", "between"), unit))
    met = data.draw(st.sampled_from((True, False, None)))
    actual = data.draw(actuals(target, met, exact=met is not None, unit=unit))
    assert isinstance(evaluate(target, actual), VERDICTS[met])
    if met is not None:
        assert actual.source.endswith(unit)


@few(150)
@given(st.data())
def test_the_text_of_an_actual_reads_as_the_actual(data: st.DataObject) -> None:
    target = data.draw(constraints())
    actual = data.draw(actuals(target))
    # A blank cell is read as one; a part's stated word is no text of its own.
    assume(not isinstance(actual.reading, Missing | Every))
    assert parse_actual(actual.source).reading == actual.reading


@few(100)
@given(st.data())
def test_the_text_of_a_compound_reads_as_the_compound(data: st.DataObject) -> None:
    target = data.draw(constraints(AllOf))
    try:
        found = actuals(target, met=True, context=CONTEXTS[1], policy=MOF)
    except InvalidArgument:
        assume(False)
    actual = data.draw(found)
    assert parse_actual(actual.source).reading == actual.reading


@few(150)
@given(st.data())
def test_exact_actuals_are_exact(data: st.DataObject) -> None:
    reading = data.draw(actuals(data.draw(constraints()), exact=True)).reading
    if isinstance(reading, Measured):
        assert reading.interval.is_point and not reading.about
    if isinstance(reading, Dated):
        assert reading.interval.is_point


# ---- the neighbours -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "met", "neighbours"),
    [
        ("≥90%", True, ["90%", "91%", "90.01%"]),
        ("≥90%", False, ["89%", "89.99%"]),
        (">90%", True, ["91%", "90.01%"]),
        (">90%", False, ["90%", "89%", "89.99%"]),
        ("≤95.5元", True, ["95.5元", "95.4元", "95.499元"]),
        ("≤95.5元", False, ["95.6元", "95.501元"]),
        ("=3个", False, ["2个", "4个", "3.01个"]),
        ("3~5个", True, ["3个", "5个", "4个", "3.01个", "4.99个"]),
        ("3~5个", False, ["2个", "6个", "2.99个", "5.01个"]),
        ("2024年12月31日前", True, ["2024年12月31日", "2024年12月30日"]),
        ("2024年12月31日前", False, ["2025年1月1日", "2025年1月2日"]),
        ("2024年12月前", True, ["2024年11月30日"]),
        ("2024年12月前", None, ["2024年12月1日", "2024年12月31日"]),
        ("2024年12月前", False, ["2025年1月1日"]),
        ("增长5%", True, ["增长5%", "增长6%"]),
        ("增长5%", False, ["增长4%", "下降1%"]),
        ("≥90%", None, ["", "—", "89%~91%", "90", "约90%"]),
        ("≥3人", None, ["3次", "进展顺利", "是"]),
        ("良", True, ["良", "优"]),
        ("良", False, ["中", "差"]),
        ("是", False, ["否", "没有"]),
        ("应保尽保", True, ["达成"]),
        ("应保尽保", False, ["部分达成", "未达成"]),
    ],
)
def test_neighbours_come(target: str, met: bool | None, neighbours: list[str]) -> None:
    found = actuals(parse_target(target), met)
    for wanted in neighbours:
        assert find(found, written(wanted), settings=LONG)


def written(text: str) -> Callable[[Actual], bool]:
    return lambda actual: actual.source == text


@pytest.mark.parametrize(
    ("target", "met", "ends_at"),
    [
        ("≥90%", True, "90%"),
        ("≥90%", False, "89%"),
        ("≤700元", False, "701元"),
        ("2024年12月31日前", True, "2024年12月31日"),
        ("2024年12月31日前", False, "2025年1月1日"),
        ("≥1个；≥2人", True, "1个；2人"),
        ("≥90%", None, ""),
    ],
)
def test_a_failing_actual_ends_at_the_bound(target: str, met: bool | None, ends_at: str) -> None:
    assert find(actuals(parse_target(target), met), lambda _: True).source == ends_at


def test_another_unit_of_the_same_kind_comes() -> None:
    found = find(
        actuals(parse_target("≤2天"), True), lambda one: "小时" in one.source, settings=LONG
    )
    assert found.source == "48小时"


def test_without_a_side_all_three_come() -> None:
    target = parse_target("≥90%")
    found = {
        type(evaluate(target, find(actuals(target), written(one)))) for one in ("90%", "89%", "")
    }
    assert found == {*VERDICTS.values()}


# ---- what no actual can be ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "met", "says"),
    [
        ("5个", True, "no actual makes 5个 met: "),
        ("5个", False, "no actual makes 5个 unmet: "),
        ("约5个", True, "no actual makes 约5个 met: "),
        ("≥1个；约2人", False, "unmet: "),
        ("增长<0%", True, "there is no such actual for change"),
        ("差", False, "there is no such actual for level"),
    ],
)
def test_an_impossible_side_is_refused_at_once(target: str, met: bool, says: str) -> None:
    with pytest.raises(InvalidArgument, match=says):
        actuals(parse_target(target), met)


def test_a_unit_of_another_kind_is_refused_at_once() -> None:
    with pytest.raises(InvalidArgument, match="no amount of 元 is said in 人"):
        actuals(parse_target("≤700元"), True, unit="人")


@pytest.mark.parametrize(
    "asked", [{"met": True}, {"met": None}, {"unit": "元"}, {"context": RowContext()}]
)
def test_a_side_or_unit_of_no_target_is_refused_at_once(asked: dict[str, Any]) -> None:
    with pytest.raises(InvalidArgument, match="say for which"):
        actuals(**asked)


def test_a_cost_without_a_direction_is_met_by_its_very_number_alone() -> None:
    context = RowContext(level1="成本指标")
    target = parse_target("5个")
    found = actuals(target, True, context=context)
    assert find(found, lambda _: True).source == "5个"
    with pytest.raises(InvalidArgument):
        actuals(target, False, context=context)
