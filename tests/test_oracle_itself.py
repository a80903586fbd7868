"""The oracle against cases worked out by hand; the library takes no part here.

At the end faults are put into the oracle, one at a time: the generated cases must tell each.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from itertools import islice
from typing import Any

import pytest
from oracle import flags, judging, over, projects, summaries
from oracle.cases import FAMILIES, cases
from oracle.judging import half_up, judge
from oracle.policies import ALL, MODIFIED, OWNED, Policy, read_policy
from oracle.reading import read_target

F = Fraction
Attainment = tuple[Any, Any] | None


def row(target: str, actual: str | None, weight: str = "10", **context: Any) -> dict[str, Any]:
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


COST = {"level1": "成本指标", "level2": "经济成本指标"}
MET, UNMET, OPEN = "met", "unmet", "undetermined"

# case, verdict, attainment, low and high of the score
BY_HAND: list[tuple[dict[str, Any], str, Attainment, str, str]] = [
    # floors and ceilings; the edge; strict signs
    (row("≥90%", "90%"), MET, (1, 1), "10", "10"),
    (row("≥90", "89"), UNMET, (F(89, 90), F(89, 90)), "9.89", "9.89"),
    (row(">200场", "200场"), UNMET, (1, 1), "9.99", "9.99"),
    (row("<3%", "3%", "0.01"), UNMET, (1, 1), "0", "0"),
    (row("≤2.7万元", "27000元"), MET, (1, 1), "10", "10"),
    (row("≤2.7万元", "27001元"), UNMET, (F(27000, 27001), F(27000, 27001)), "9.99", "9.99"),
    (row("不少于12次", "8次", "7"), UNMET, (F(2, 3), F(2, 3)), "4.67", "4.67"),
    (row("至少十二场", "6场"), UNMET, (F(1, 2), F(1, 2)), "5", "5"),
    (row("95%以上", "950‰"), MET, (1, 1), "10", "10"),
    (row("≥9成", "89.9%"), UNMET, (F(899, 900), F(899, 900)), "9.99", "9.99"),
    (row("≤10万元", "12"), UNMET, (F(5, 6), F(5, 6)), "8.33", "8.33"),
    (row("≥3亩", "2000平方米"), MET, (1, 1), "10", "10"),
    (row("≥3人", "3个"), OPEN, None, "0", "10"),
    # a tie of the third place goes up: 2.5 * 0.45 = 1.125
    (row("≥200个", "90个", "2.5"), UNMET, (F(9, 20), F(9, 20)), "1.13", "1.13"),
    # equal: too much scores full, too little does not
    (row("=100场", "125场"), UNMET, (F(4, 5), F(4, 5)), "10", "10"),
    (row("=100场", "80场"), UNMET, (F(4, 5), F(4, 5)), "8", "8"),
    # ratio undefined
    (row("≤0次", "1次"), UNMET, None, "0", "0"),
    (row("=0次", "1次"), UNMET, None, "0", "0"),
    (row("≤5次", "0次"), MET, None, "10", "10"),
    (row("≥-2%", "-3%"), UNMET, None, "0", "0"),
    (row("≥10个", "-5个"), UNMET, None, "0", "0"),
    # bare values
    (row("50个", "60个"), MET, (F(6, 5), F(6, 5)), "10", "10"),
    (row("50万元", "60万元", **COST), UNMET, (F(5, 6), F(5, 6)), "8.33", "8.33"),
    (row("50个", "60个", **COST), OPEN, None, "0", "10"),
    (row("50个", "50个", **COST), MET, (1, 1), "10", "10"),
    (row("5次", "8次", name="群众投诉次数"), UNMET, (F(5, 8), F(5, 8)), "6.25", "6.25"),
    (row("90%", "95%", name="投诉办结率"), MET, (F(19, 18), F(19, 18)), "10", "10"),
    (row("0次", "0次"), MET, None, "10", "10"),
    (row("400元/人", "380元/人", name="困难群众补助标准"), UNMET, (F(19, 20),) * 2, "9.5", "9.5"),
    (row("50个", "40个", direction="反向"), MET, (F(5, 4), F(5, 4)), "10", "10"),
    # about and ranges
    (row("约200人", "180人"), MET, (1, 1), "10", "10"),
    (row("200人左右", "221人"), UNMET, (F(220, 221),) * 2, "9.95", "9.95"),
    (row("3-5个", "6个"), UNMET, (F(5, 6), F(5, 6)), "8.33", "8.33"),
    (row(">80%且≤100%", "80%"), UNMET, (1, 1), "9.99", "9.99"),
    (row("10-15万元", "100000元"), MET, (1, 1), "10", "10"),
    # actuals that are intervals
    (row("≥200人", "200余人"), MET, (1, F(3, 2)), "10", "10"),
    (row("≥250人", "200余人"), OPEN, (F(4, 5), F(6, 5)), "8", "10"),
    (row("≥300人", "200余人"), UNMET, (F(2, 3), 1), "6.67", "9.99"),
    (row("≥300米", "≥266米"), OPEN, (F(266, 300), None), "8.87", "10"),
    (row("≤200米", "≥266米"), UNMET, (0, F(200, 266)), "0", "7.52"),
    # 0.953 or 95.3%?  完成 as 100 %
    (row("≥95%", "0.953"), OPEN, None, "0", "10"),
    (row("≤1%", "0.8"), MET, (F(5, 4), F(5, 4)), "10", "10"),
    (row("=100%", "已完成"), MET, (1, 1), "10", "10"),
    (row("≥95%", "完成"), OPEN, None, "0", "10"),
    (row("≤5次", None), OPEN, None, "0", "10"),
    (row("≤5次", "无"), OPEN, None, "0", "10"),
    # dates
    (row("2024年2月底前", "2024年2月29日"), MET, (1, 1), "10", "10"),
    (row("2月底前", "2023年3月1日", year=2023), UNMET, (0, 0), "0", "0"),
    (row("12月31日前", "12月31日"), MET, (1, 1), "10", "10"),
    (row("2024年9月前", "2024-08-31"), MET, (1, 1), "10", "10"),
    (row("2024年9月前", "2024年9月1日"), OPEN, (0, 1), "0", "10"),
    (row("2024年9月前", "10月"), UNMET, (0, 0), "0", "0"),
    (row("2024年11月15日前", "11月"), OPEN, (0, 1), "0", "10"),
    (row("次年3月底前", "2025年3月31日"), MET, (1, 1), "10", "10"),
    (row("2024年3月起", "2024年2月29日"), UNMET, (0, 0), "0", "0"),
    (row("2024年1月-2024年6月", "2024年6月30日"), MET, (1, 1), "10", "10"),
    (row("12月底前", "完成"), OPEN, None, "0", "10"),
    # changes
    (row("同比增长≥5%", "增长6%"), MET, (F(6, 5), F(6, 5)), "10", "10"),
    (row("同比增长≥5%", "-6%"), UNMET, (0, 0), "0", "0"),
    (row("较上年下降3%以上", "-2%"), UNMET, (F(2, 3), F(2, 3)), "6.67", "6.67"),
    (row("增长5%", "6%"), OPEN, None, "0", "10"),
    # words
    (row("良好", "中"), UNMET, None, "0", "7.99"),
    (row("优", "优"), MET, None, "8", "10"),
    (row("是", "否"), UNMET, None, "0", "7.99"),
    (row("持续改善", "持续改善"), MET, None, "8", "10"),
    (row("持续改善", "按计划推进"), OPEN, None, "0", "10"),
    (row("≥5场", "部分达成"), UNMET, None, "6", "7.99"),
    (row("持续改善", "未达成", "7.77"), UNMET, None, "0", "4.66"),
    # two dimensions
    (row("≥5场且≥300人次", "6场，270人次"), UNMET, (F(9, 10),) * 2, "9", "9"),
    # one unit in several dresses
    (row("≤400元/人天", "400元/(人·天)"), MET, (1, 1), "10", "10"),
    (row("每人每天不超过400元", "500元/人/天"), UNMET, (F(4, 5), F(4, 5)), "8", "8"),
]


@pytest.mark.parametrize(("case", "verdict", "attainment", "low", "high"), BY_HAND)
def test_by_hand(
    case: dict[str, Any], verdict: str, attainment: Attainment, low: str, high: str
) -> None:
    result = judge(case)
    assert "error" not in result
    assert result["verdict"] == verdict
    if attainment is None:
        assert result["attainment"] is None
    else:
        assert result["attainment"] == {"low": attainment[0], "high": attainment[1]}
    assert result["score"] == {"low": Fraction(low), "high": Fraction(high)}


@pytest.mark.parametrize(
    ("target", "actual", "year"),
    [
        ("≥5外星币", "5个", 2024),
        ("2023年2月29日前", "2023年2月1日", 2023),
        ("12月底前", "2024年12月1日", None),
        ("≥90%以下", "90%", 2024),
        ("90%-80%", "85%", 2024),
        ("待定", "5个", 2024),
        ("≥5个", "近百个", 2024),
    ],
)
def test_refused(target: str, actual: str, year: int | None) -> None:
    result = judge(row(target, actual, year=year))
    assert result == {
        "verdict": "undetermined",
        "attainment": None,
        "score": {"low": 0, "high": 10},
        "remarks": [],
        "error": True,
    }


def test_reading_multiplies_no_scale_away() -> None:
    amount = read_target("不超过1,200万元", None)
    assert amount["type"] == "at_most"
    assert amount["value"]["number"] == 1200
    assert amount["value"]["unit"]["factor"] == 10000


def test_half_up() -> None:
    assert half_up(Fraction("2.665")) == Fraction("2.67")
    assert half_up(Fraction("2.6649")) == Fraction("2.66")
    assert [half_up(Fraction(5, 2), places) for places in (0, 1)] == [3, Fraction("2.5")]
    assert half_up(Fraction("1.00005"), 4) == Fraction("1.0001")


def test_same_seed_same_cases() -> None:
    assert list(cases(7, 200)) == list(cases(7, 200))
    assert list(cases(7, 200)) != list(cases(8, 200))


def test_scores_stay_in_the_row() -> None:
    for index, case in enumerate(cases(2024, 4000)):
        result = judge(case)
        low, high = result["score"]["low"], result["score"]["high"]
        assert 0 <= low <= high <= Fraction(case["weight"]), case
        refused = FAMILIES[index % len(FAMILIES)].__name__ == "refused_family"
        assert result.get("error", False) is refused, case


# --- faults put in -------------------------------------------------------------------------------

Judged = list[tuple[dict[str, Any], dict[str, Any]]]
MODIFIED_ALL = [name for group in (MODIFIED, OWNED) for names in group.values() for name in names]


@cache
def judged_rows() -> Judged:
    return [(case, judge(case)) for case in cases(11, 3000, MODIFIED_ALL)]


@cache
def judged_projects() -> Judged:
    return [(one, projects.judge_project(one)) for one in projects.projects(11, 800, ALL)]


@cache
def judged_threes() -> Judged:
    drawn = projects.projects(12, 60, ["mof-2020"])
    threes = iter(lambda: list(islice(drawn, 3)), [])
    return [({"all": three}, summaries.summarise(three)) for three in threes]


def half_even(points: Fraction, places: int = 2) -> Fraction:
    return Fraction(round(points * 10**places), 10**places)


def cut_off(points: Fraction, places: int = 2) -> Fraction:
    return Fraction((points * 10**places).__floor__(), 10**places)


def lowest_step(ladder: list[tuple[Fraction, Fraction]], ratio: Fraction, _: bool) -> Fraction:
    return next((share for start, share in reversed(ladder) if ratio >= start), F(0))


def never_reached(ladder: list[tuple[Fraction, Fraction]], ratio: Fraction, _: bool) -> Fraction:
    return next((share for start, share in ladder if ratio > start), F(0))


def always_reached(ladder: list[tuple[Fraction, Fraction]], ratio: Fraction, _: bool) -> Fraction:
    return next((share for start, share in ladder if ratio >= start), F(0))


def for_every_row(found: dict[str, Any], policy: Policy) -> tuple[Fraction, Fraction]:
    return over.taken_off({**found, "kind": "at_least"}, policy)


def sure_only(found: dict[str, Any], policy: Policy) -> tuple[Fraction, Fraction]:
    least, _ = over.taken_off(found, policy)
    return least, least


def what_is_there(score: Any, text: str | None, policy: Policy) -> tuple[Any, str]:
    points, said = ORIGINAL_DEDUCT(score, text, policy)
    if points is not None and points["high"] == 0:
        return score, said
    return points, said


def from_the_high_end(score: Any, text: str | None, policy: Policy) -> tuple[Any, str]:
    points, said = ORIGINAL_DEDUCT(score, text, policy)
    if said != "deducted" or points is None:
        return points, said
    return {**points, "low": score["low"]}, said


def by_the_rate(rows: list[Any], execution: dict[str, Any], policy: Policy) -> bool:
    if execution["rate"] is None:
        return False
    points = policy["execution"] * execution["rate"]
    return ORIGINAL_OUTRUNS(rows, {"score": {"low": points, "high": points}}, policy)


def perhaps(rows: list[Any], execution: dict[str, Any], policy: Policy) -> bool:
    told = [row["score"] and {**row, "score": {"low": row["score"]["high"]}} for row in rows]
    return all(told) and ORIGINAL_OUTRUNS(told, execution, policy)


def evenly_rounded(amount: Fraction, count: int, places: int = 2) -> list[Fraction]:
    return [half_up(amount / count, places)] * count


def plain_mean(scores: Any, shares: list[Fraction]) -> Any:
    return ORIGINAL_MEAN(scores, [F(1)] * len(shares))


def of_those_known(scores: list[Any], shares: list[Fraction]) -> Any:
    known = [(score, share) for score, share in zip(scores, shares, strict=True) if score]
    return ORIGINAL_MEAN([score for score, _ in known], [share for _, share in known])


ORIGINAL_DEDUCT = projects.deduct
ORIGINAL_OUTRUNS = flags.outruns
ORIGINAL_MEAN = summaries.mean


@pytest.mark.parametrize(
    ("module", "name", "fault", "judged"),
    [
        (judging, "half_up", half_even, judged_rows),
        (judging, "half_up", cut_off, judged_rows),
        (judging, "cap_of", lambda weight, _: weight, judged_rows),
        (over, "share_at", lowest_step, judged_rows),
        (over, "share_at", never_reached, judged_rows),
        (over, "share_at", always_reached, judged_rows),
        (over, "FLOORS", ("at_least",), judged_rows),
        (over, "FLOORS", ("at_least", "more_than", "at_most"), judged_rows),
        (over, "FLOORS", ("at_least", "more_than", "equal"), judged_rows),
        (judging, "taken_off", sure_only, judged_rows),
        (judging, "taken_off", for_every_row, judged_rows),
        (projects, "deduct", what_is_there, judged_projects),
        (projects, "deduct", from_the_high_end, judged_projects),
        (projects, "half_up", half_even, judged_projects),
        (projects, "evenly", evenly_rounded, judged_projects),
        (flags, "outruns", by_the_rate, judged_projects),
        (flags, "outruns", perhaps, judged_projects),
        (summaries, "mean", plain_mean, judged_threes),
        (summaries, "mean", of_those_known, judged_threes),
    ],
)
def test_a_fault_in_a_step_is_told(
    module: Any,
    name: str,
    fault: Any,
    judged: Callable[[], Judged],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = judged()
    monkeypatch.setattr(module, name, fault)
    assert list(islice(differing(right), 1))


def differing(right: Judged) -> Iterator[dict[str, Any]]:
    """The cases that are judged otherwise now."""
    for case, answer in right:
        if "all" in case:
            now = summaries.summarise(case["all"])
        else:
            now = projects.judge_project(case) if "rows" in case else judge(case)
        if now != answer:
            yield case


TINY = Fraction(1, 10**9)


@pytest.mark.parametrize(
    ("key", "fault", "judged"),
    [
        ("over", lambda over: (over[0] + TINY, over[1]), judged_rows),
        ("over", lambda over: (over[0] - Fraction(1, 100), over[1]), judged_rows),
        ("over", lambda over: (over[0], over[1] + TINY), judged_rows),
        ("over", lambda over: (over[0], over[1] - Fraction(1, 100)), judged_rows),
        ("mandatory", lambda _: False, judged_rows),
        ("taken", lambda _: [], judged_rows),
        ("taken", lambda steps: [(at + TINY, part) for at, part in steps], judged_rows),
        ("places", lambda _: 2, judged_rows),
        ("places", lambda places: places + 1, judged_rows),
        ("deducts", lambda _: False, judged_projects),
        ("deducts", lambda _: True, judged_projects),
        ("flags", lambda _: None, judged_projects),
        ("flags", lambda flags: flags and (flags[0] - TINY, flags[1]), judged_projects),
        ("flags", lambda flags: flags and (flags[0] + Fraction(1, 100), flags[1]), judged_projects),
        ("flags", lambda flags: flags and (flags[0], flags[1] - TINY), judged_projects),
        ("flags", lambda flags: flags and (flags[0], flags[1] + Fraction(1, 999)), judged_projects),
        ("unverified", lambda _: False, judged_projects),
        ("finished", lambda _: False, judged_projects),
    ],
)
def test_a_fault_in_a_policy_is_told(
    key: str,
    fault: Callable[[Any], Any],
    judged: Callable[[], Judged],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    right = judged()

    def spoiled(text: str) -> Policy:
        policy = read_policy(text)
        return {**policy, key: fault(policy[key])}

    monkeypatch.setattr(judging, "read_policy", spoiled)
    monkeypatch.setattr(projects, "read_policy", spoiled)
    assert list(islice(differing(right), 1))


def test_every_remark_is_reached() -> None:
    rows = {said for _, answer in judged_rows() for said in answer["remarks"]}
    assert rows == {
        *("far over", "reason", "mandatory reason", "ladder"),
        *("capped", "more than equal", "by the actual"),
    }
    whole = {said for _, answer in judged_projects() for said in answer["remarks"]}
    assert whole == {
        *("outrun", "unspent", "overspent", "no spending", "no budget", "finished or not"),
        *("shared out", "handed on", "left out", "unverified"),
    }
    taken = {row["deduction"] for _, answer in judged_projects() for row in answer["rows"]}
    assert taken == {"", "deducted", "deduction left", "deduction refused"}
