"""Projects: a seeded generator of small tables, and their totals in plain steps.

A project: `{"policy", "name", "year", "budget" (text or None), "executed" (text or None), "rows"}`;
a row is a case whose weight may be None, with a name of its own and a "deduction" (text or None).
"""

import random
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from .cases import COST_ROWS, FAMILIES, ROWS, Case, Random, plain, refused_family
from .flags import project_remarks
from .judging import MET, UNDETERMINED, UNMET, cap_of, half_up, judge
from .policies import ALL, Policy, read_policy
from .reading import read_quantity, size

ZERO = Fraction(0)
CENT = Fraction(1, 100)

NOT_APPLICABLE = "不适用"

Project = dict[str, Any]
Points = dict[str, Fraction]


# --------------------------------------------------------------------------------------------
# Weights


def cut(amount: Fraction, places: int) -> Fraction:
    """Cut to the cent, or to the places of a rule that counts finer."""
    units: int = 10 ** max(2, places)
    return Fraction((amount * units).__floor__(), units)


def evenly(amount: Fraction, count: int, places: int = 2) -> list[Fraction]:
    """Equal parts cut to the cent; the cents that are left over go to the last."""
    parts = [cut(amount / count, places)] * (count - 1)
    return [*parts, amount - sum(parts, ZERO)]


def handed_on(rows: list[Case], shares: list[tuple[list[str], int]]) -> list[tuple[list[str], int]]:
    """The shares of what is there: 效益 gets what 满意度 would have had, if no row asks for it."""
    if any(row["level1"] == "满意度指标" for row in rows):
        return shares
    spare = sum(share for names, share in shares if names == ["满意度指标"])
    return [
        (names, share + spare if "效益指标" in names else share)
        for names, share in shares
        if names != ["满意度指标"]
    ]


def groups_by_level2(rows: list[Case]) -> list[list[Case]]:
    groups: dict[str, list[Case]] = {}
    for row in rows:
        groups.setdefault(row["level2"], []).append(row)
    return list(groups.values())


def share_out(rows: list[Case], policy: Policy, by_level2: bool) -> None:
    """Weights for a table without any: each share over its rows, or over its 二级 first."""
    places: int = policy["places"]
    for names, share in handed_on(rows, policy["shares"]):
        mine = [row for row in rows if row["level1"] in names]
        if not mine:
            raise ValueError("nobody to give the share to: " + names[0])
        groups = groups_by_level2(mine) if by_level2 else [mine]
        for group, part in zip(groups, evenly(Fraction(share), len(groups), places), strict=True):
            for row, weight in zip(group, evenly(part, len(group), places), strict=True):
                row["weight"] = weight


def rescale(rows: list[Case], places: int = 2) -> list[Case]:
    """Without the rows that do not apply; the others keep the total of all."""
    total = sum((Fraction(row["weight"]) for row in rows), ZERO)
    kept = [dict(row) for row in rows if row["actual"] != NOT_APPLICABLE]
    if len(kept) == len(rows):
        return kept
    base = sum((Fraction(row["weight"]) for row in kept), ZERO)
    given = ZERO
    for row in kept[:-1]:
        row["weight"] = cut(Fraction(row["weight"]) * total / base, places)
        given += row["weight"]
    kept[-1]["weight"] = total - given
    return kept


# --------------------------------------------------------------------------------------------
# Execution


def money(text: str) -> Fraction:
    quantity = read_quantity(text)
    assert quantity is not None
    return size(quantity)


def points_of(low: Fraction, high: Fraction) -> Points:
    return {"low": low, "high": high}


def judge_execution(project: Project, policy: Policy) -> dict[str, Any]:
    weight = Fraction(policy["execution"])
    if project["budget"] is None or project["executed"] is None or money(project["budget"]) == 0:
        return {"rate": None, "score": points_of(ZERO, weight)}
    rate = money(project["executed"]) / money(project["budget"])
    if not policy["finished"]:
        points = half_up(weight * min(Fraction(1), rate), policy["places"])
        if rate < 1:
            points = min(points, cap_of(weight, policy["places"]))
        return {"rate": rate, "score": points_of(points, points)}
    share = ZERO
    if rate >= Fraction(6, 10):
        share = Fraction(5, 10)
    if rate >= Fraction(8, 10):
        share = Fraction(7, 10)
    points = half_up(weight * share, policy["places"])
    # Nobody has said whether the project is finished; one that overspent is not within budget.
    return {"rate": rate, "score": points_of(points, points if rate > 1 else weight)}


# --------------------------------------------------------------------------------------------
# Deductions

POINTS = re.compile(r"\d+(?:\.\d+)?分?")


def read_deduction(text: str | None) -> Fraction | None:
    """The points of a 扣减分数 cell; None for a blank one. No number from 0 up: a ValueError."""
    if text is None or text.strip() in ("", "/", "无"):
        return None
    if not POINTS.fullmatch(text.strip()):
        raise ValueError(text)
    return Fraction(text.strip().removesuffix("分"))


def deduct(score: Points | None, text: str | None, policy: Policy) -> tuple[Points | None, str]:
    """The score without the points of the column, and what must be said of them."""
    try:
        points = read_deduction(text)
    except ValueError:
        return score, "deduction refused"
    if not points or score is None:
        return score, ""
    if not policy["deducts"]:
        return score, "deduction left"
    return points_of(*(max(ZERO, end - points) for end in score.values())), "deducted"


# --------------------------------------------------------------------------------------------
# Totals


def grade_of(total: Fraction, grades: list[tuple[str, int]]) -> int:
    """The place of the first grade that the total reaches."""
    reached = [place for place, (_, start) in enumerate(grades) if total >= start]
    return reached[0]


def grades_between(points: Points, policy: Policy) -> list[str]:
    """Every grade that a total in the interval can have, best first."""
    grades = policy["grades"]
    if grades is None:
        return []
    best = grade_of(points["high"], grades)
    worst = grade_of(points["low"], grades)
    return [name for name, _ in grades[best : worst + 1]]


def judge_rows(rows: list[Case], policy: str) -> list[dict[str, Any]]:
    judged: list[dict[str, Any]] = []
    for row in rows:
        result = judge({**row, "weight": row["weight"] or 0, "policy": policy})
        weight = None if row["weight"] is None else Fraction(row["weight"])
        score = None if weight is None else result["score"]
        score, said = deduct(score, row.get("deduction"), read_policy(policy))
        judged.append(
            {
                "name": row["name"],
                "verdict": result["verdict"],
                "weight": weight,
                "score": score,
                "deduction": said,
            }
        )
    return judged


def total_of(rows: list[dict[str, Any]], execution: dict[str, Any]) -> Points:
    low: Fraction = execution["score"]["low"]
    high: Fraction = execution["score"]["high"]
    for row in rows:
        low += row["score"]["low"]
        high += row["score"]["high"]
    return points_of(low, high)


def judge_project(project: Project) -> dict[str, Any]:
    """Rows, execution, total, possible grades, and the other total where it changes the grade."""
    policy = read_policy(project["policy"])
    execution = judge_execution(project, policy)
    rows = [dict(row) for row in project["rows"]]
    unweighted = all(row["weight"] is None for row in rows)
    if unweighted:
        share_out(rows, policy, by_level2=False)
    partial = any(row["weight"] is None for row in rows)
    if policy["rescale"] and not partial:
        rows = rescale(rows, policy["places"])
    judged = judge_rows(rows, project["policy"])
    result: dict[str, Any] = {
        "rows": judged,
        "execution": execution,
        "score": None,
        "grades": [],
        "alternative": None,
        "remarks": project_remarks(project, judged, execution, policy),
    }
    for verdict in (MET, UNMET, UNDETERMINED):
        result[verdict] = len([row for row in judged if row["verdict"] == verdict])
    if partial:
        return result
    result["score"] = total_of(judged, execution)
    result["grades"] = grades_between(result["score"], policy)
    if unweighted:
        share_out(rows, policy, by_level2=True)
        other = total_of(judge_rows(rows, project["policy"]), execution)
        if grades_between(other, policy) != result["grades"]:
            result["alternative"] = other
    return result


# --------------------------------------------------------------------------------------------
# The generator


DEDUCTIONS = ["0", "1", "2.5", "0.5分", "3", "0.005", "100", " 2 ", "", "/", "-1", "两分", "1e2"]


def some_deduction(rng: Random) -> str | None:
    return rng.choice(DEDUCTIONS) if rng.randrange(4) == 0 else None


def plain_row(rng: Random) -> Case:
    """A row whose part of the weight is round, so that flags find their very edge."""
    case = FAMILIES[0](rng)
    actual = rng.choice(["100", "100", "100", "95", "90", "85", "80"])
    return {**case, "target": "≥100场", "actual": actual + "场"}


def some_row(rng: Random) -> Case:
    family = rng.choice(FAMILIES)
    if family is refused_family and rng.randrange(3):
        family = FAMILIES[0]
    return family(rng)


def levels(rng: Random, count: int, policy: Policy, weighted: bool) -> list[tuple[str, str]]:
    """一级 and 二级 for each row; a table without weights has every 一级 that the rule needs."""
    choice = [*ROWS, ("产出指标", "成本指标"), ("效益指标", "生态效益指标")]
    needed = [rng.choice(ROWS[:3]), rng.choice(ROWS[3:5])]
    if policy["ladder"]:
        choice += COST_ROWS
        needed.append(COST_ROWS[0])
    if weighted:
        needed = []
    rows = needed + [rng.choice(choice) for _ in range(count - len(needed))]
    order = ["成本指标", "产出指标", "效益指标", "满意度指标"]
    return sorted(rows, key=lambda row: order.index(row[0]))


def given_weights(rng: Random, total: int, count: int) -> list[str]:
    """Weights that add up to the total, in whole points, halves or cents."""
    step = rng.choice([Fraction(1), Fraction(1, 2), CENT])
    steps = int(total / step)
    cuts = sorted(rng.sample(range(1, steps), count - 1))
    parts = [high - low for low, high in zip([0, *cuts], [*cuts, steps], strict=True)]
    return [plain(part * step, "") for part in parts]


RATES = ["1", "1", "0.95", "0.8", "0.799", "0.6", "0.59", "0", "1.01", "0.333"]
# a last digit beside what flags ask about: 5 % and 20 %, before and after rounding
FINE_RATES = [
    "0.9499",
    "0.9501",
    "0.94996",
    "0.8999",
    "0.9",
    "0.8001",
    "0.79999",
    "1.0001",
    "0.99996",
]
# ties of the last place
FINE_RATES += ["0.8005", "0.85", "0.45"]


def some_money(rng: Random) -> tuple[str | None, str | None]:
    budget = Fraction(rng.choice([100, 250, 86, 3, 1200]))
    rate = Fraction(rng.choice(RATES + FINE_RATES))
    executed = budget * rate
    choice = rng.randrange(10)
    if choice == 0:
        return plain(budget, "万元"), None
    if choice == 1:
        return rng.choice([None, "0万元"]), plain(executed, "万元")
    if choice == 2:
        return plain(budget * 10000, "元"), plain(executed, "万元")
    if choice == 3:
        return plain(budget, "万元"), plain(executed * 10000, "元")
    return plain(budget, "万元"), plain(executed, "万元")


def some_project(rng: Random, policy_text: str) -> Project:
    policy = read_policy(policy_text)
    count = rng.randrange(3, 7)
    kind = rng.choice(["weighted", "weighted", "weighted", "none", "none", "partial"])
    rows: list[Case] = []
    write = plain_row if rng.randrange(4) == 0 else some_row
    for number, (level1, level2) in enumerate(levels(rng, count, policy, kind != "none")):
        row = {**write(rng), "deduction": some_deduction(rng)}
        name = row["name"] + "甲乙丙丁戊己"[number]
        rows.append({**row, "year": 2024, "level1": level1, "level2": level2, "name": name})
    weights: list[str | None] = [None] * count
    if kind != "none":
        weights = [*given_weights(rng, 100 - policy["execution"], count)]
    if kind == "partial":
        weights[rng.randrange(count)] = None
    for row, weight in zip(rows, weights, strict=True):
        row["weight"] = weight
    if kind == "weighted" and policy["rescale"] and rng.randrange(2):
        for row in rng.sample(rows, rng.randrange(1, count - 1)):
            row["actual"] = NOT_APPLICABLE
    budget, executed = some_money(rng)
    return {
        "policy": policy_text,
        "name": "年度重点项目",
        "year": 2024,
        "budget": budget,
        "executed": executed,
        "rows": rows,
    }


def projects(seed: int, count: int, policies: Sequence[str] = ALL) -> Iterator[Project]:
    """`count` projects; the same seed gives the same projects."""
    rng = random.Random(seed)
    for _ in range(count):
        yield some_project(rng, rng.choice(policies))
