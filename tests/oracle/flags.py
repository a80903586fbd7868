"""What is said of a project as a whole: its flags, and what its total rests on."""

from fractions import Fraction
from typing import Any

from .policies import Policy

Result = dict[str, Any]


def outruns(rows: list[Result], execution: Result, policy: Policy) -> bool:
    """Whether the indicators surely earn a greater part of their weights than the execution."""
    if policy["flags"] is None or any(row["score"] is None for row in rows):
        return False
    earned = sum((row["score"]["low"] for row in rows), Fraction(0))
    weights = sum((row["weight"] for row in rows), Fraction(0))
    spent: Fraction = execution["score"]["high"] / policy["execution"]
    return bool(earned / weights - spent > policy["flags"][0])


def money_remarks(project: Result, execution: Result, policy: Policy) -> list[str]:
    """What the spending gives to say; the rate is exact, whatever its points are rounded to."""
    rate: Fraction | None = execution["rate"]
    if rate is None:
        return ["no spending" if project["executed"] is None else "no budget"]
    remarks = []
    if policy["flags"] is not None and 1 - rate > policy["flags"][1]:
        remarks.append("unspent")
    if rate > 1:
        remarks.append("overspent")
    elif policy["finished"]:
        remarks.append("finished or not")
    return remarks


def weight_remarks(project: Result, kept: list[Result], policy: Policy) -> list[str]:
    """How weights came about that the table does not have."""
    rows = project["rows"]
    remarks = []
    if all(row["weight"] is None for row in rows):
        remarks.append("shared out")
        own_share = any(names == ["满意度指标"] for names, _ in policy["shares"])
        if own_share and not any(row["level1"] == "满意度指标" for row in rows):
            remarks.append("handed on")
    if len(kept) < len(rows):
        remarks.append("left out")
    return remarks


def project_remarks(
    project: Result, rows: list[Result], execution: Result, policy: Policy
) -> list[str]:
    """All that must be said of a project beside its rows, in alphabetical order."""
    remarks = money_remarks(project, execution, policy)
    remarks += weight_remarks(project, rows, policy)
    if policy["unverified"]:
        remarks.append("unverified")
    if outruns(rows, execution, policy):
        remarks.append("outrun")
    return sorted(remarks)
