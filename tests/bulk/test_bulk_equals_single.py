"""A batch against the same rows one by one: every verdict, attainment, score, code and note."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest
from generated_rows import LEVELS, YEAR, Row, rows, rows_of
from hypothesis import given
from hypothesis import strategies as st
from one_by_one import Cells, expected, given_back
from profiles import few

from kpieval import exact
from kpieval.bulk import score_batch
from kpieval.constraints import AtLeast, AtMost, Between, By, Equal, LessThan, MoreThan
from kpieval.errors import ImpossiblePolicyError
from kpieval.policies import Policy
from kpieval.presets import policies, policy
from kpieval.strategies import policies as any_policy

MODIFIED = ("platform-standard+step(1)",)
PRESETS = [*policies(), *(policy(name) for name in MODIFIED)]

PLAIN = (AtLeast, MoreThan, AtMost, LessThan, Equal, Between, By)
UNITS = (
    "元",
    "万元",
    "亿元",
    "%",
    "‰",
    "人",
    "万人",
    "亩",
    "公顷",
    "平方米",
    "公里",
    "元/人",
    "小时",
    "个",
    "",
)
NUMBERS = (
    *(
        "0",
        "0.07",
        "700",
        "0.0001",
        "0.00001",
        "2.7",
        "27000",
        "0.1",
        "0.3",
        "99.99",
        "99.995",
        "100",
    ),
    *("1", "2", "3", "7", "9", "10", "12", "13", "130", "120", "119.9999", "33.33", "66.67", "1/3"),
    *("461.1399", "46113993432.7370", "46113993432.7371", "99999999999999999999", "4611399343273"),
    *(
        "123456789012345678901234567890",
        "-5",
        "约10",
        "9-11",
        "",
        "无",
        "达成",
        "未达成",
        "是",
        "2024年6月",
    ),
)
SIGNS = ("≥", "＞", "≤", "＜", "=", "", "不少于", "约", "增长", "下降", "超过")
WEIGHTS = (
    None,
    "0",
    "0.01",
    "0.02",
    "1",
    "9.99",
    "10",
    "10分",
    "5分分",
    "10%",
    "100",
    "100.01",
    "3.333",
    "0.000001",
    "1e3",
    "-1",
    "0.0000001",
    "many",
    "1000000000000",
)
ODD = (
    "12月底前",
    "2024年12月31日前",
    "6月前",
    "优",
    "良",
    "是",
    "应保尽保",
    "约5%",
    "≥12次；≥30人",
    "同比增长5%",
    "若干",
    "/",
    "≥95%且≤100%",
    "2024年",
)


def told(row: Row) -> dict[str, str | None]:
    """A generated row as cells."""
    weight = None if row.weight is None else exact.text(row.weight)
    return {
        "target": row.target, "actual": row.actual, "weight": weight, "indicator": row.name,
        "level1": row.level1, "level2": row.level2,
    }  # fmt: skip


@st.composite
def edges(draw: st.DrawFn) -> dict[str, str | None]:
    """Numbers on, beside and far beyond every bound, in units that are and are not the target's."""
    number, unit = draw(st.sampled_from(NUMBERS[:27])), draw(st.sampled_from(UNITS))
    target = draw(
        st.sampled_from(
            (f"{draw(st.sampled_from(SIGNS))}{number}{unit}", draw(st.sampled_from(ODD)))
        )
    )
    other = draw(st.sampled_from((number, draw(st.sampled_from(NUMBERS)))))
    actual = draw(
        st.sampled_from((None, f"{other}{draw(st.sampled_from(UNITS))}", f"{other}{unit}", other))
    )
    return {
        "target": target, "actual": actual, "weight": draw(st.sampled_from(WEIGHTS)),
        "indicator": draw(st.sampled_from(("指标", "完成率", "事故数", "及时率", "在编人数", "资金(万元)", "完成时间"))),
        "level1": draw(st.sampled_from(LEVELS)),
        "level2": draw(st.sampled_from(("数量指标", "经济成本指标", ""))),
        "sign": draw(st.sampled_from((None, "≥", "=", "定性"))),
        "unit": draw(st.sampled_from((None, "/", "万元", "%"))),
        "direction": draw(st.sampled_from((None, "正向", "反向"))),
    }  # fmt: skip


def batch_of(cells: list[Any]) -> pa.RecordBatch:
    """The rows as a batch of text."""
    names = dict.fromkeys(name for row in cells for name in row)
    columns = {name: pa.array([row.get(name) for row in cells], pa.string()) for name in names}
    return pa.RecordBatch.from_pydict(columns)


def assert_alike(cells: list[Any], by: Policy) -> None:
    found = score_batch(batch_of(cells), by, year=YEAR).to_pylist()
    assert len(found) == len(cells)
    for row, made in zip(cells, found, strict=True):
        assert given_back(made) == expected(row, by, YEAR), (by.name, row)


@pytest.mark.parametrize("by", PRESETS, ids=lambda by: by.name)
@few(100)
@given(st.lists(rows().map(told), min_size=1, max_size=12))
def test_rows_of_every_kind(by: Policy, cells: list[Cells]) -> None:
    assert_alike(cells, by)


@pytest.mark.parametrize("by", PRESETS, ids=lambda by: by.name)
@few(100)
@given(st.lists(rows_of(*PLAIN).map(told), min_size=1, max_size=12))
def test_rows_that_the_columns_decide(by: Policy, cells: list[Cells]) -> None:
    assert_alike(cells, by)


@pytest.mark.parametrize("by", PRESETS, ids=lambda by: by.name)
@few(100)
@given(st.lists(edges(), min_size=1, max_size=40))
def test_numbers_on_and_beside_every_bound(by: Policy, cells: list[Cells]) -> None:
    assert_alike(cells, by)


@pytest.mark.parametrize("base", ["mof-2020", "mof-2021-core", "platform-standard"])
@few(100)
@given(st.data())
def test_policies_that_could_be(base: str, data: st.DataObject) -> None:
    by = data.draw(any_policy(base))
    kinds = st.one_of(rows_of(*PLAIN).map(told), edges())
    if by.rounding.places > 6:
        with pytest.raises(ImpossiblePolicyError):
            score_batch(batch_of([{"target": "", "actual": ""}]), by)
        return
    assert_alike(data.draw(st.lists(kinds, min_size=1, max_size=12)), by)


# --- texts that are read by their shape ----------------------------------------------------------

BEFORE = (
    "≥",
    "≤",
    ">",
    "<",
    "=",
    "",
    "不少于",
    "不超过",
    "约",
    "增长",
    "-",
    "达到",
    "完成",
    "第",
    "0",
    "超过 ",
)
AFTER = (
    *UNITS,
    "以上",
    "人以上",
    "元/人天",
    "天",
    "个工作日",
    "月",
    "日",
    "年",
    "万",
    "千元",
    "米",
    "吨",
    "次/年",
    "%以内",
    "人次",
    "户以下",
    "个百分点",
    "百分比",
    "K",
    "级",
    "分",
)
LARGE = st.integers(0, 10**10)


@st.composite
def series(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Many rows whose texts differ in their numbers alone, so that their shape is learnt."""
    before, after = draw(st.sampled_from(BEFORE)), draw(st.sampled_from(AFTER))
    other = draw(st.sampled_from((after, after, draw(st.sampled_from(AFTER)))))
    beside = {
        "unit": draw(st.sampled_from((None, None, "万元", "年", "月", "%", "人"))),
        "indicator": draw(
            st.sampled_from(("指标", "完成率", "完成时间", "建设长度", "2023年补助"))
        ),
        "sign": draw(st.sampled_from((None, None, "≥"))),
        "weight": "10",
    }
    numbers = st.one_of(st.integers(0, 40), st.integers(1900, 2110), LARGE)
    found = []
    for _ in range(draw(st.integers(8, 30))):
        number = draw(numbers)
        places = draw(st.sampled_from(("", "", ".5", ".25", ".0", ".1234", ".12345")))
        actual = draw(st.sampled_from((number, draw(numbers))))
        between = draw(st.sampled_from(("", "", "-", "~", "%-", "元至", "万-", ":", "/", "-")))
        upper = f"{between}{number + draw(st.integers(-2, 40))}{places}" if between else ""
        found.append(
            {
                "target": f"{before}{number}{places}{upper}{after}",
                "actual": f"{actual}{places}{other}",
                **beside,
            }
        )
    return found


@given(series())
def test_texts_that_differ_in_their_number_alone(cells: list[Cells]) -> None:
    assert_alike(cells, PRESETS[0])
