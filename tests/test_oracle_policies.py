"""The oracle's policies and totals against rows and projects worked out by hand."""

from fractions import Fraction
from typing import Any

import pytest
from oracle.cases import cases
from oracle.judging import judge
from oracle.opened import opened
from oracle.policies import ALL, PRESETS, read_policy
from oracle.projects import (
    NOT_APPLICABLE,
    evenly,
    grades_between,
    judge_project,
    points_of,
    projects,
    rescale,
)
from oracle.summaries import summarise

F = Fraction


def row(target: str, actual: str | None, weight: Any = "10", **context: Any) -> dict[str, Any]:
    case: dict[str, Any] = {
        "target": target,
        "actual": actual,
        "weight": weight,
        "year": 2024,
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "主要工作开展情况",
        "direction": None,
    }
    case.update(context)
    return case


HAPPY = {"level1": "满意度指标", "level2": "服务对象满意度指标", "name": "群众满意度"}
MET, UNMET, OPEN = "met", "unmet", "undetermined"

STEPS = "mof-2020+ladder(1.5:0.3/1.3:0.1)"

# policy, row, verdict, low and high of the score
BY_HAND: list[tuple[str, dict[str, Any], str, str, str]] = [
    # from 60 % on, (r - 0.6)/0.4 of the weight
    ("mof-2021-core", row("≥100场", "80场"), UNMET, "5", "5"),
    ("mof-2021-core", row("≥100场", "60场"), UNMET, "0", "0"),
    ("mof-2021-core", row("≥100场", "59场"), UNMET, "0", "0"),
    ("mof-2021-core", row("≥100场", "61场"), UNMET, "0.25", "0.25"),
    ("mof-2021-core", row("≥100场", "120场"), MET, "10", "10"),
    ("mof-2021-core", row("≤80个", "100个"), UNMET, "5", "5"),
    ("mof-2021-core", row("=100场", "90场"), UNMET, "7.5", "7.5"),
    ("mof-2021-core", row("=100场", "110场"), UNMET, "10", "10"),
    ("mof-2021-core", row("3-5个", "6个"), UNMET, "5.83", "5.83"),
    ("mof-2021-core", row(">200场", "200场"), UNMET, "9.99", "9.99"),
    ("mof-2021-core", row("≥250人", "200余人"), OPEN, "5", "10"),
    ("mof-2021-core", row("≥90%", "部分达成"), UNMET, "6", "7.99"),
    # satisfaction by its own percentage
    ("mof-2021-core", row("≥95%", "92%", **HAPPY), UNMET, "10", "10"),
    ("mof-2021-core", row("≥95%", "90%", **HAPPY), UNMET, "10", "10"),
    ("mof-2021-core", row("≥95%", "89.9%", **HAPPY), UNMET, "8", "8"),
    ("mof-2021-core", row("≥95%", "600‰", **HAPPY), UNMET, "5", "5"),
    ("mof-2021-core", row("≥95%", "59.9", **HAPPY), UNMET, "0", "0"),
    ("mof-2021-core", row("≥85%", "86%", **HAPPY), MET, "8", "8"),
    ("mof-2021-core", row("=85%", "86%", **HAPPY), UNMET, "8", "8"),
    ("mof-2021-core", row("≥95%", "≥90%", **HAPPY), OPEN, "10", "10"),
    ("mof-2021-core", row("≥95%", "<90%", **HAPPY), UNMET, "0", "8"),
    ("mof-2021-core", row("≥85%", "80-90%", **HAPPY), OPEN, "8", "10"),
    ("mof-2021-core", row("≤5%", "4%", **HAPPY), MET, "10", "10"),
    ("mof-2021-core", row("≤4%", "5%", **HAPPY), UNMET, "5", "5"),
    ("mof-2021-core", row("=0%", "0%", **HAPPY), MET, "10", "10"),
    ("mof-2021-core", row("≥100人", "80人", **HAPPY), UNMET, "5", "5"),
    ("mof-2021-core", row("≥95%", "0.92", **HAPPY), OPEN, "0", "10"),
    ("mof-2021-core", row("≥95%", "达成", **HAPPY), MET, "8", "10"),
    ("mof-2021-core", row("≥90%", "约89.9%", **HAPPY), OPEN, "8", "10"),
    ("mof-2021-core", row("90%-80%", "85%", **HAPPY), OPEN, "0", "10"),
    ("mof-2021-core", row("有效提升", "95%", **HAPPY), OPEN, "0", "10"),
    ("mof-2021-core", row("提高≥5%", "提高6%", **HAPPY), MET, "10", "10"),
    ("mof-2021-core", row("≥95%", "92%"), UNMET, "9.21", "9.21"),
    # a linear ceiling
    ("platform-standard", row("≤100个", "150个"), UNMET, "5", "5"),
    ("platform-standard", row("≤100个", "200个"), UNMET, "0", "0"),
    ("platform-standard", row("≤100个", "250个"), UNMET, "0", "0"),
    ("platform-standard", row("≤100个", "133个", "7.77"), UNMET, "5.21", "5.21"),
    ("platform-standard", row("≤2.7万元", "27001元"), UNMET, "9.99", "9.99"),
    ("platform-standard", row("≤100个", "0个"), MET, "10", "10"),
    ("platform-standard", row("≤0个", "0个"), MET, "10", "10"),
    ("platform-standard", row("≤0个", "1个"), UNMET, "0", "0"),
    ("platform-standard", row("<100个", "100个"), UNMET, "9.99", "9.99"),
    ("platform-standard", row("≥200个", "90个", "2.5"), UNMET, "1.13", "1.13"),
    ("platform-standard", row("3-5个", "6个"), UNMET, "8", "8"),
    ("platform-standard", row("3-5个", "2个"), UNMET, "6.67", "6.67"),
    ("platform-standard", row("=5次", "8次"), UNMET, "10", "10"),
    ("platform-standard", row("≤100人", "100余人"), OPEN, "0", "10"),
    ("platform-standard", row("≤80人", "100余人"), UNMET, "0", "7.5"),
    ("platform-standard", row("≤200米", "≥266米"), UNMET, "0", "6.7"),
    ("platform-standard", row("≥600个；≤100人", "601个；250人"), UNMET, "0", "0"),
    ("platform-standard", row("≥10个；≤100人", "9个；110人"), UNMET, "9", "9"),
    ("platform-standard", row("10-12万元", "9-12万元"), OPEN, "9", "10"),
    ("guangxi-reason", row("≤100个", "150个"), UNMET, "5", "5"),
    # the others miss by ratio
    ("mof-2020", row("≤100个", "150个"), UNMET, "6.67", "6.67"),
    ("ratio-with-rescale", row("≤100个", "150个"), UNMET, "6.67", "6.67"),
    ("hubei-department", row("≤100个", "150个"), UNMET, "6.67", "6.67"),
    # bands
    ("hubei-department", row("持续改善", "达成"), MET, "8", "10"),
    ("hubei-department", row("持续改善", "部分达成"), UNMET, "5", "7.99"),
    ("hubei-department", row("持续改善", "未达成"), UNMET, "0", "4.99"),
    ("ratio-with-rescale", row("持续改善", NOT_APPLICABLE), OPEN, "0", "10"),
    # a modifier that changes no points
    ("platform-standard+tianjin-2024", row("≤100个", "150个"), UNMET, "5", "5"),
    # so many points for each begun unit
    ("platform-standard+step(1)", row("≥12场", "9场"), UNMET, "7", "7"),
    ("platform-standard+step(1)", row("≥12场", "1场"), UNMET, "0", "0"),
    ("mof-2020+step(1)", row("≥10万元", "8.5万元"), UNMET, "8", "8"),
    ("mof-2020+step(1)", row("≥10万元", "85000元"), UNMET, "8", "8"),
    ("mof-2020+step(1)", row("≥100000元", "99999元"), UNMET, "9", "9"),
    ("mof-2020+step(2)", row("≤5天", "7天"), UNMET, "6", "6"),
    ("mof-2020+step(0.5)", row("≤5天", "121小时"), UNMET, "9.5", "9.5"),
    ("mof-2020+step(0.5)", row("≥95%", "90.9%"), UNMET, "7.5", "7.5"),
    ("mof-2020+step(1)", row("=12场", "10场"), UNMET, "8", "8"),
    ("mof-2020+step(1)", row("=12场", "14场"), UNMET, "10", "10"),
    ("mof-2020+step(1)", row("3-5个", "7个"), UNMET, "8", "8"),
    ("mof-2020+step(1)", row("3-5个", "1个"), UNMET, "8", "8"),
    ("mof-2020+step(1)", row(">12场", "12场"), UNMET, "9.99", "9.99"),
    ("mof-2020+step(1)", row("≤0次", "1次"), UNMET, "0", "0"),
    ("mof-2020+step(0.5)", row("≥203人", "200余人"), OPEN, "8.5", "10"),
    ("mof-2020+step(2)", row("≥300人", "200余人"), UNMET, "0", "8"),
    ("mof-2020+step(1)", row("≤5个", ">6个"), UNMET, "0", "8"),
    ("mof-2020+step(1)", row("增长≥5%", "增长3.5%"), UNMET, "8", "8"),
    ("mof-2020+step(1)", row("增长≥5%", "下降1%"), UNMET, "0", "0"),
    ("mof-2020+step(1)", row("≥5场且≥30人次", "4场，27人次"), UNMET, "7", "7"),
    ("mof-2020+step(1)", row("2024年2月底前", "2024年3月1日"), UNMET, "0", "0"),
    ("mof-2020+step(1)", row("2024年3月起", "2024年2月29日"), UNMET, "0", "0"),
    ("mof-2020+step(1)", row("3-4件", "2-4件"), OPEN, "9", "10"),
    ("mof-2020+step(1)", row("≤5场", "≥6场"), UNMET, "0", "9"),
    ("mof-2021-core+step(1)", row("≥95%", "92%", **HAPPY), UNMET, "10", "10"),
    ("mof-2021-core+step(1)", row("≥100场", "97场"), UNMET, "7", "7"),
    ("platform-standard+tianjin-2024+step(1)", row("≤5天", "7天"), UNMET, "8", "8"),
    # a ladder of over-completion: 30 % off from 1.5 T on, 10 % from 1.3 T on
    (STEPS, row("≥100场", "129场"), MET, "10", "10"),
    (STEPS, row("≥100场", "130场"), MET, "9", "9"),
    (STEPS, row("≥100场", "149场"), MET, "9", "9"),
    (STEPS, row("≥100场", "150场"), MET, "7", "7"),
    (STEPS, row("100场", "150场", "8.33"), MET, "5.83", "5.83"),
    (STEPS, row(">100场", "150场", "0.05"), MET, "0.04", "0.04"),
    (STEPS, row("增长≥10%", "增长15%"), MET, "7", "7"),
    (STEPS, row("≥100场", "≥140场"), MET, "7", "9"),
    (STEPS, row("≥100场", "90-150场"), OPEN, "7", "10"),
    (STEPS, row("≥100场", "<150场"), OPEN, "0", "10"),
    (STEPS, row("≥200人", "200余人"), MET, "9", "10"),
    (STEPS, row("≥200人", "300余人"), MET, "7", "7"),
    (STEPS, row("=100场", "150场"), UNMET, "10", "10"),
    (STEPS, row("≤100场", "50场"), MET, "10", "10"),
    (STEPS, row("约100场", "150场"), UNMET, "7.33", "7.33"),
    (STEPS, row("≥5场且≥30人次", "10场，60人次"), MET, "10", "10"),
    (STEPS, row("≥-2%", "-1%"), MET, "10", "10"),
    (STEPS, row("≥5场", "达成"), MET, "8", "10"),
    ("mof-2021-core+ladder(1.2:0.5)", row("≥70%", "98%", **HAPPY), MET, "10", "10"),
    ("mof-2020+ladder(1.2:0.5)+step(1)", row("≥10场", "9场"), UNMET, "9", "9"),
    ("mof-2020+ladder(1.2:1)", row("≥10场", "12场"), MET, "0", "0"),
    # other places than two
    ("mof-2020+places(0)", row("≥20场", "9场"), UNMET, "5", "5"),
    ("mof-2020+places(0)", row("≥1000场", "999场"), UNMET, "9", "9"),
    ("mof-2020+places(0)", row("≥100场", "100场", "8.33"), MET, "8.33", "8.33"),
    ("mof-2020+places(0)", row("≥100场", "99场", "8.33"), UNMET, "7", "7"),
    ("mof-2020+places(0)", row("≥100场", "99场", "0.5"), UNMET, "0", "0"),
    ("mof-2020+places(1)", row("≥200场", "89场"), UNMET, "4.5", "4.5"),
    ("mof-2020+places(1)", row("持续改善", "部分达成", "7.77"), UNMET, "4.7", "6.2"),
    ("mof-2020+places(3)", row("≥3场", "2场"), UNMET, "6.667", "6.667"),
    ("mof-2020+places(4)", row("≥30000场", "29999场"), UNMET, "9.9997", "9.9997"),
    ("mof-2021-core+places(0)", row("≥95%", "92%", "8.33", **HAPPY), UNMET, "8.33", "8.33"),
]


@pytest.mark.parametrize(("policy", "case", "verdict", "low", "high"), BY_HAND)
def test_by_hand(policy: str, case: dict[str, Any], verdict: str, low: str, high: str) -> None:
    result = judge({**case, "policy": policy})
    assert result["verdict"] == verdict
    assert result["score"] == {"low": F(low), "high": F(high)}


@pytest.mark.parametrize(
    ("case", "low", "high"),
    [
        (row("≤100个", "150个"), F(2, 3), F(2, 3)),
        (row("≤100个", "50个"), F(2), F(2)),
        (row("≥100个", "150个"), F(3, 2), F(3, 2)),
    ],
)
def test_attainment_is_a_quotient_under_every_policy(case: dict[str, Any], low: F, high: F) -> None:
    result = judge({**case, "policy": "platform-standard"})
    assert result["attainment"] == {"low": low, "high": high}


@pytest.mark.parametrize(
    ("policy", "case", "remarks"),
    [
        ("mof-2020", row("≥100场", "119场"), []),
        ("mof-2020", row("≥100场", "120场"), ["far over"]),
        ("mof-2020", row(">100场", "129.9场"), ["far over"]),
        ("mof-2020", row("100场", "130场"), ["reason"]),
        ("mof-2020", row("≥100场", "≥130场"), ["reason"]),
        ("mof-2020", row("≥100场", "100-130场"), []),
        ("mof-2020", row("下降≥10%", "下降13%"), ["reason"]),
        ("mof-2020", row("=100场", "130场"), ["more than equal"]),
        ("mof-2020", row("≤100场", "50场"), []),
        ("mof-2020", row("80-100场", "130场"), []),
        ("mof-2020", row("≥0场", "9场"), []),
        ("mof-2020", row("≥5场且≥30人次", "10场，60人次"), []),
        ("guangxi-reason", row("≥100场", "120场"), ["far over"]),
        ("guangxi-reason", row("≥100场", "130场"), ["mandatory reason"]),
        ("guangxi-reason", row("=100场", "129场"), ["more than equal"]),
        ("guangxi-reason", row("=100场", "130场"), ["mandatory reason", "more than equal"]),
        ("mof-2020+over(1.1/1.5)", row("≥100场", "149场"), ["far over"]),
        ("mof-2020+over(1.2/1.2)", row("≥100场", "120场"), ["reason"]),
        (STEPS, row("≥100场", "130场"), ["reason", "ladder"]),
        (STEPS, row("≥100场", "≥100场"), ["ladder"]),
        (STEPS, row("≥100场", "129场"), ["far over"]),
        ("mof-2020", row(">100场", "100场"), ["capped"]),
        ("mof-2020", row("≥1000场", "999场"), []),
        ("mof-2020", row("≥10000场", "9999.9场"), ["capped"]),
        ("mof-2021-core", row("≥95%", "92%", **HAPPY), ["by the actual"]),
    ],
)
def test_what_is_said_of_a_row(policy: str, case: dict[str, Any], remarks: list[str]) -> None:
    assert judge({**case, "policy": policy})["remarks"] == remarks


@pytest.mark.parametrize(
    ("policy", "case", "is_opened"),
    [
        ("platform-standard", row("≥100场", "119场"), False),
        ("platform-standard", row("≥100场", "120场"), True),
        ("platform-standard", row(">100场", "120场"), True),
        ("platform-standard", row("≥100场", "80场"), False),
        ("guangxi-reason", row("≤100场", "101场"), True),
        ("mof-2020+tianjin-2024", row("≤100场", "100场"), False),
        ("mof-2020+tianjin-2024", row("<100场", "100场"), False),
        ("mof-2020+tianjin-2024", row("<100场", "101场"), True),
        ("mof-2020+tianjin-2024", row("=100场", "99场"), True),
        ("mof-2020+tianjin-2024", row("=100场", "101场"), True),
        ("mof-2020+tianjin-2024", row("=100场", "100场"), False),
        ("mof-2020", row("=100场", "99场"), False),
        ("platform-standard", row("100场", "150场"), None),
        ("platform-standard", row("≥100场", "150余场"), None),
        ("platform-standard", row("≥100场", None), None),
        ("platform-standard", row("≥0场", "1场"), None),
        ("platform-standard", row("近百场", "1场"), None),
    ],
)
def test_rows_opened_to_change(policy: str, case: dict[str, Any], is_opened: bool | None) -> None:
    assert opened({**case, "policy": policy}) is is_opened


def test_a_policy_changes_points_and_never_a_verdict() -> None:
    for case in cases(5, 2000):
        assert judge(case)["verdict"] == judge({**case, "policy": "mof-2020"})["verdict"], case


def test_a_case_without_a_policy_has_the_default() -> None:
    assert judge(row("≥100场", "80场")) == judge({**row("≥100场", "80场"), "policy": "mof-2020"})


def test_unknown_modifiers_and_presets_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown modifier"):
        read_policy("mof-2020+step")
    with pytest.raises(KeyError):
        read_policy("mof-2022")


@pytest.mark.parametrize("name", PRESETS)
def test_the_shares_and_execution_make_a_hundred(name: str) -> None:
    policy = read_policy(name)
    assert policy["execution"] + sum(share for _, share in policy["shares"]) == 100


# --- projects ------------------------------------------------------------------------------------


def project(policy: str, *rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    given = [
        {**one, "name": f"任务{place}"} for place, one in zip("甲乙丙丁戊己", rows, strict=False)
    ]
    whole = {
        "policy": policy,
        "name": "年度重点项目",
        "year": 2024,
        "budget": "100万元",
        "executed": "95万元",
        "rows": given,
    }
    whole.update(changes)
    return whole


OUT = {"level1": "产出指标", "level2": "数量指标"}
TIME = {"level1": "产出指标", "level2": "时效指标"}
USE = {"level1": "效益指标", "level2": "社会效益指标"}
COST = {"level1": "成本指标", "level2": "经济成本指标"}
PLEASED = {"level1": "满意度指标", "level2": "服务对象满意度指标"}


def points(low: str, high: str) -> dict[str, Fraction]:
    return {"low": F(low), "high": F(high)}


def test_a_project_with_weights() -> None:
    found = judge_project(
        project(
            "mof-2020",
            row("≥100场", "80场", "50", **OUT),
            row("≥90%", "95%", "30", **USE),
            row("≥90%", None, "10", **PLEASED),
        )
    )
    assert [one["score"] for one in found["rows"]] == [
        points("40", "40"),
        points("30", "30"),
        points("0", "10"),
    ]
    assert found["execution"] == {"rate": F(95, 100), "score": points("9.5", "9.5")}
    assert found["score"] == points("79.5", "89.5")
    assert found["grades"] == ["良", "中"]
    assert (found["met"], found["unmet"], found["undetermined"]) == (1, 1, 1)
    assert found["alternative"] is None


def test_a_project_without_weights_shares_them_out_and_shows_the_other_way() -> None:
    rows = [
        row("≥10场", "0场", None, **OUT),
        row("≥10场", "10场", None, **TIME),
        row("≥10场", "10场", None, **TIME),
        row("≥10场", "10场", None, **USE),
    ]
    found = judge_project(project("mof-2020", *rows))
    # Nobody asks how pleased people are: 40 for 效益. 50 over three: 16.66, 16.66 and the rest.
    assert [one["weight"] for one in found["rows"]] == [F("16.66"), F("16.66"), F("16.68"), F(40)]
    assert found["score"] == points("82.84", "82.84")
    # By 二级 first, the missed row alone has 25.
    assert found["alternative"] == points("74.5", "74.5")
    assert found["grades"] == ["良"]
    same = judge_project(project("mof-2020", *[{**one, "actual": "10场"} for one in rows]))
    assert same["alternative"] is None


def test_a_project_with_some_weights_has_verdicts_and_no_total() -> None:
    found = judge_project(
        project("mof-2020", row("≥1场", "1场", None), row("≥1场", "1场", "40"), row("≥1场", "0场"))
    )
    assert found["score"] is None
    assert found["grades"] == []
    assert [one["verdict"] for one in found["rows"]] == [MET, MET, UNMET]
    assert found["rows"][0]["score"] is None


def test_hubei_shares_benefit_and_satisfaction_and_gives_no_grade() -> None:
    found = judge_project(
        project(
            "hubei-department",
            row("≥10场", "10场", None, **OUT),
            row("≥10场", "10场", None, **USE),
            row("≥90%", "90%", None, **PLEASED),
        )
    )
    assert [one["weight"] for one in found["rows"]] == [40, 20, 20]
    assert found["execution"]["score"] == points("19", "19")
    assert found["score"] == points("99", "99")
    assert found["grades"] == []


def test_core_shares_cost_too() -> None:
    rows = [row("≤1万元", "1万元", None, **COST), row("≥1场", "1场", None, **OUT)]
    rows += [row("≥1场", "1场", None, **USE), row("≥90%", "90%", None, **PLEASED)]
    found = judge_project(project("mof-2021-core", *rows))
    assert [one["weight"] for one in found["rows"]] == [20, 40, 20, 10]
    assert found["score"] == points("97", "100")
    assert found["grades"] == ["优"]


@pytest.mark.parametrize(
    ("policy", "budget", "executed", "low", "high"),
    [
        ("mof-2020", "100万元", "120万元", "10", "10"),
        ("mof-2020", "3万元", "1万元", "3.33", "3.33"),
        ("mof-2020", "3万元", None, "0", "10"),
        ("mof-2020", None, "3万元", "0", "10"),
        ("mof-2020", "0万元", "3万元", "0", "10"),
        ("hubei-department", "1000000元", "85万元", "17", "17"),
        ("hubei-department", "100万元", None, "0", "20"),
        ("mof-2021-core", "100万元", "100万元", "7", "10"),
        ("mof-2021-core", "100万元", "80万元", "7", "10"),
        ("mof-2021-core", "100万元", "79.9万元", "5", "10"),
        ("mof-2021-core", "100万元", "60万元", "5", "10"),
        ("mof-2021-core", "100万元", "59万元", "0", "10"),
        ("mof-2021-core", "100万元", "100.01万元", "7", "7"),
        ("mof-2021-core", "100万元", None, "0", "10"),
        ("mof-2020+step(1)", "100万元", "95万元", "9.5", "9.5"),
    ],
)
def test_execution(
    policy: str, budget: str | None, executed: str | None, low: str, high: str
) -> None:
    whole = project(policy, row("≥1场", "1场", "90"), budget=budget, executed=executed)
    assert judge_project(whole)["execution"]["score"] == points(low, high)


def test_rows_that_do_not_apply_hand_their_weight_to_the_others() -> None:
    rows = [
        row("≥1场", "1场", "20"),
        row("≥1场", NOT_APPLICABLE, "30"),
        row("≥1场", "1场", "20"),
        row("≥1场", "1场", "20"),
    ]
    found = judge_project(project("ratio-with-rescale", *rows))
    assert [one["weight"] for one in found["rows"]] == [30, 30, 30]
    assert (found["met"], found["undetermined"]) == (3, 0)
    assert found["score"] == points("99.5", "99.5")
    kept = judge_project(project("mof-2020", *rows))
    assert (kept["met"], kept["undetermined"]) == (3, 1)
    assert kept["score"] == points("69.5", "99.5")


def test_rescaling_gives_the_rest_to_the_last_row() -> None:
    rows = [row("", NOT_APPLICABLE if weight == 9 else "", weight) for weight in (9, 27, 27, 27)]
    assert [one["weight"] for one in rescale(rows)] == [30, 30, 30]
    rows = [row("", NOT_APPLICABLE if weight == 1 else "", weight) for weight in (1, 3, 3, 93)]
    kept = [one["weight"] for one in rescale(rows)]
    assert kept == [F("3.03"), F("3.03"), F("93.94")]


def test_equal_parts_are_cut_and_the_last_has_the_rest() -> None:
    assert evenly(F(50), 3) == [F("16.66"), F("16.66"), F("16.68")]
    assert evenly(F(10), 1) == [10]


@pytest.mark.parametrize(
    ("low", "high", "grades"),
    [
        ("90", "100", ["优"]),
        ("89.99", "90", ["优", "良"]),
        ("0", "100", ["优", "良", "中", "差"]),
        ("60", "79.99", ["中"]),
        ("0", "59.99", ["差"]),
    ],
)
def test_grades(low: str, high: str, grades: list[str]) -> None:
    assert grades_between(points_of(F(low), F(high)), read_policy("mof-2020")) == grades


def test_projects_stay_within_a_hundred_and_come_again() -> None:
    for whole in projects(3, 300):
        found = judge_project(whole)
        if found["score"] is not None:
            assert 0 <= found["score"]["low"] <= found["score"]["high"] <= 100, whole
            weights = sum(one["weight"] for one in found["rows"])
            assert weights + read_policy(whole["policy"])["execution"] == 100, whole
    assert list(projects(3, 20)) == list(projects(3, 20))
    assert {whole["policy"] for whole in projects(3, 1200)} == set(ALL)


# --- deductions, flags, summaries ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "actual", "column", "low", "high", "said"),
    [
        ("mof-2020+deduction", "10场", "2.5", "7.5", "7.5", "deducted"),
        ("mof-2020+deduction", "10场", " 2分 ", "8", "8", "deducted"),
        ("mof-2020+deduction", "10场", "10.5", "0", "0", "deducted"),
        ("mof-2020+deduction", "10场", "0.005", "9.995", "9.995", "deducted"),
        ("mof-2020+deduction", "9场", "9.5", "0", "0", "deducted"),
        ("mof-2020+deduction", None, "2", "0", "8", "deducted"),
        ("mof-2020+deduction", "10场", "0", "10", "10", ""),
        ("mof-2020+deduction", "10场", "/", "10", "10", ""),
        ("mof-2020+deduction", "10场", None, "10", "10", ""),
        ("mof-2020+deduction", "10场", "-2", "10", "10", "deduction refused"),
        ("mof-2020+deduction", "10场", "两分", "10", "10", "deduction refused"),
        ("mof-2020", "10场", "2", "10", "10", "deduction left"),
        ("mof-2020", "10场", "-2", "10", "10", "deduction refused"),
        ("mof-2020+deduction+step(1)", "8场", "1", "7", "7", "deducted"),
        ("mof-2020+deduction+ladder(1.2:0.5)", "12场", "1", "4", "4", "deducted"),
    ],
)
def test_deductions(
    rule: str, actual: str | None, column: str | None, low: str, high: str, said: str
) -> None:
    rows = [row("≥10场", actual, "10", deduction=column), row("≥1场", "1场", "80")]
    found = judge_project(project(rule, *rows))
    assert found["rows"][0]["score"] == points(low, high)
    assert found["rows"][0]["deduction"] == said
    assert found["rows"][1]["score"] == points("80", "80")
    assert found["score"] == points_of(F(low) + F("89.5"), F(high) + F("89.5"))


@pytest.mark.parametrize(
    ("rule", "actual", "executed", "remarks"),
    [
        ("platform-standard", "100场", "95万元", []),
        ("platform-standard", "100场", "94.9万元", ["outrun"]),
        # the score of the execution counts, and that is 9.50
        ("platform-standard", "100场", "94.999万元", []),
        ("platform-standard", "95场", "90万元", []),
        ("platform-standard", "95.1场", "90万元", ["outrun"]),
        ("platform-standard", None, "10万元", ["unspent"]),
        ("platform-standard", "80场", "80万元", []),
        ("platform-standard", "80场", "79.999万元", ["unspent"]),
        ("platform-standard", "100场", "79万元", ["outrun", "unspent"]),
        ("platform-standard", "100场", None, ["no spending"]),
        ("platform-standard", "100场", "100.01万元", ["overspent"]),
        ("guangxi-reason+step(1)", "99场", "90万元", ["outrun"]),
        ("mof-2020", "100场", "10万元", []),
        ("mof-2020+flags(0.1/0.3)", "100场", "69万元", ["outrun", "unspent"]),
        ("mof-2020+flags(0.1/0.3)", "80场", "70万元", []),
        ("mof-2021-core", "100场", "90万元", ["finished or not", "unverified"]),
        ("mof-2021-core", "100场", "110万元", ["overspent", "unverified"]),
    ],
)
def test_what_is_said_of_a_project(
    rule: str, actual: str | None, executed: str | None, remarks: list[str]
) -> None:
    found = judge_project(project(rule, row("≥100场", actual, "90"), executed=executed))
    assert found["remarks"] == remarks


def test_an_execution_that_falls_short_never_shows_full_points() -> None:
    whole = project("mof-2020", row("≥1场", "1场", "90"), executed="99.9996万元")
    assert judge_project(whole)["execution"]["score"] == points("9.99", "9.99")


def test_summaries() -> None:
    full, half = row("≥10场", "10场", "90"), row("≥10场", "5场", "90")
    small = project("mof-2020", half, budget="100万元", executed="100万元")
    great = project("mof-2020", full, budget="3000000元", executed="300万元")
    unknown = project("mof-2020", full, budget=None)
    assert summarise([small, great]) == {
        "mean": points("77.5", "77.5"),
        "by budget": points("88.75", "88.75"),
        "met": 1,
        "unmet": 1,
        "undetermined": 0,
    }
    beside = summarise([small, unknown])
    assert beside["mean"] == points_of(F("72.5"), F("77.5"))
    assert beside["by budget"] is None
    partly = project("mof-2020", full, row("≥1场", "1场", None))
    assert summarise([small, partly])["mean"] is None
    nothing = project("mof-2020", full, budget="0万元")
    assert summarise([nothing])["by budget"] is None
    assert summarise([small, nothing])["by budget"] == points("55", "55")
