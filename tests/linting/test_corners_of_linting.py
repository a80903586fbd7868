"""What a rule says, with its words and its value to paste, where a table is not like its page."""

from __future__ import annotations

import pytest
from attrs import evolve

from kpieval.linting import Finding, LintConfig, lint_tables
from kpieval.linting.pages import examples

Said = list[tuple[str, str]]


def findings(code: str, text: str, *, direction: str = "") -> list[Finding]:
    (table,) = examples(text)
    rows = tuple(evolve(row, direction=direction) for row in table.project.indicators)
    project = evolve(table.project, indicators=rows)
    config = LintConfig(select=(code,))
    return list(lint_tables([project], config=config, history=table.history))


def said(code: str, text: str) -> Said:
    return [(each.note.code, each.paste) for each in findings(code, text)]


DEADLINE = "产出/时效 | 完成时间 |"


@pytest.mark.parametrize(
    ("facts", "target", "wanted"),
    [
        # Of no year, nothing is early.
        ("项目 平台", "2023年12月底前", []),
        # 2023 has no 29 February: there is nothing to paste.
        ("年度 2023", "2020年2月29日前", [("L18", "")]),
        ("年度 2023", "2020年2月28日前", [("L18", "2023年2月28日前")]),
        # The first term has months that there are not: the next one holds.
        (
            "年度 2024；项目 平台（2024年13月-2024年14月）；用途 实施期：2024年3月至2024年10月",
            "2024年12月底前",
            [("L18.term", "")],
        ),
        ("年度 2024；项目 平台（2024年13月-2024年14月）", "2024年12月底前", []),
    ],
)
def test_a_deadline_outside_of_its_time(facts: str, target: str, wanted: Said) -> None:
    assert said("L18", f"{facts}\n{DEADLINE} {target}") == wanted


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("第一季度", [("L19", "2024年第一季度")]),
        ("12月25日前、合格率≥90%", [("L19", "2024年12月25日前、合格率≥90%")]),
        # One year before the first date leaves the second without.
        ("5月底前；12月底前", [("L19", "")]),
        ("二〇二四年6月底前", []),
        ("年底前", []),
    ],
)
def test_a_deadline_without_its_year(target: str, wanted: Said) -> None:
    assert said("L19", f"年度 2024\n{DEADLINE} {target}") == wanted


@pytest.mark.parametrize(
    ("name", "target", "wanted"),
    [("设备维修", "≥3台", ["L20"]), ("设备维修", "工期3台", []), ("报送材料", "及时3份", [])],
)
def test_a_count_that_speaks_of_time(name: str, target: str, wanted: list[str]) -> None:
    assert [code for code, _ in said("L20", f"产出/时效 | {name} | {target}")] == wanted


def test_without_a_year_no_other_year_is_strange() -> None:
    row = "产出/数量 | 面积 | ≥2000平方米"
    assert said("L50", f"项目 2023年物业\n{row}") == []
    assert said("L50", f"年度 2024；项目 2023年物业\n{row}") == [("L50", "")]


ROW = "年度 2024\n产出/时效 | 完成时间 |"


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (f"{ROW} 2024年3月起，2024年2月底前", ["L46"]),
        (f"{ROW} 2024年6月底前\n产出/时效 | 完成时间 | 2024年7月起", ["L46.sibling"]),
        (f"{ROW} 2024年6月底前\n产出/时效 | 完成时间 | 2024年5月起", []),
        ("产出/数量 | 培训 | ≥30人；≤3次", []),
        ("产出/数量 | 培训 | ≥30人\n产出/数量 | 培训 | ≤3次", []),
        ("产出/数量 | 培训 | ≥30人\n产出/数量 | 培训 | 优", []),
    ],
)
def test_what_leaves_nothing_that_meets_both(table: str, wanted: list[str]) -> None:
    assert [code for code, _ in said("L46", table)] == wanted


def test_a_rate_may_grow_by_more_than_the_whole() -> None:
    assert said("L14", "产出/质量 | 合格率 | 比上年提高120%") == []
    assert [code for code, _ in said("L14", "产出/质量 | 合格率 | 120%")] == ["L14"]


def test_a_number_in_the_name_against_one_without_a_unit() -> None:
    assert said("L34", "产出/数量 | 培训班3期 | ≥3") == []
    assert [code for code, _ in said("L34", "产出/数量 | 培训班3期 | ≥5")] == ["L34"]


PEOPLE = "产出/数量 | 人数 | ≥12人"


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        # Without a budget nobody knows whose money it is.
        (f"目标 投入30万元\n{PEOPLE}", []),
        (f"预算 30万元；目标 投入30万元\n{PEOPLE}", []),
        (f"预算 30万元；目标 投入40万元\n{PEOPLE}", ["L35"]),
        (f"目标 新建30间\n{PEOPLE}", ["L35"]),
        # A table without rows has other faults.
        ("目标 新建30间", []),
    ],
)
def test_a_number_of_the_goals(table: str, wanted: list[str]) -> None:
    assert [code for code, _ in said("L35", table)] == wanted


@pytest.mark.parametrize(
    ("name", "target", "paste"),
    [
        ("参训人数", "≥30人次", "≥30人"),
        ("参训人次", "≥30人", "≥30人次"),
        # The unit does not end the cell: what stands behind it would be lost.
        ("参训人次", "30人以上", ""),
    ],
)
def test_people_and_how_often_they_came(name: str, target: str, paste: str) -> None:
    assert said("L12", f"产出/数量 | {name} | {target}") == [("L12", paste)]


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("≥3件", [("L02", "≤3件")]),
        ("不少于三件", [("L02", "≤3件")]),
        ("≥0件", [("L02.zero", "=0件")]),
        # Nobody can say which of two signs was meant.
        ("≥3件；≥1次", [("L02", "")]),
        ("5件", []),
    ],
)
def test_a_sign_that_asks_for_what_is_bad(target: str, wanted: Said) -> None:
    assert said("L02", f"产出/数量 | 投诉数量 | {target}") == wanted


def test_a_bare_number_has_no_sign_that_could_be_wrong() -> None:
    table = "产出/数量 | 投诉数量 | {}"
    assert findings("L02", table.format("5件"), direction="正向") == []
    assert len(findings("L02", table.format("≥5件"), direction="正向")) == 1


@pytest.mark.parametrize(
    ("target", "before", "wanted"),
    [
        ("优", "良", [("L51", "良")]),
        ("优", "优", []),
        ("是", "是", []),
        ("增长5%", "增长6%", [("L51", "增长6%")]),
        ("增长5%", "提高5%", []),
    ],
)
def test_what_was_approved_in_words(target: str, before: str, wanted: Said) -> None:
    table = f"年度 2024\n产出/质量 | 评级 | {target} | 原指标={before}"
    assert said("L51", table) == wanted


@pytest.mark.parametrize(
    ("target", "before", "wanted"),
    [
        # No share of nothing, or of less: such a target is only looser than the result.
        ("≥0人", "9人", ["L17"]),
        ("≥-5万元", "9万元", ["L17"]),
        ("≥5万元", "-9万元", []),
        ("≥5人", "9_人", []),
    ],
)
def test_a_result_that_no_share_can_be_made_of(target: str, before: str, wanted: list[str]) -> None:
    table = f"年度 2024\n产出/数量 | 结余 | {target} | 上年={before}"
    assert [code for code, _ in said("L17", table)] == wanted


@pytest.mark.parametrize("target", ["3元至5元", "≤30元；≤20元", "≤3元/人"])
def test_only_a_single_amount_of_money_can_be_in_the_wrong_unit(target: str) -> None:
    budget = "预算 30万元\n成本/经济成本 | 费用 |"
    assert said("L38", f"{budget} {target}") == []
    assert said("L38", f"{budget} ≤30元") == [("L38", "≤30万元")]
