"""Over-completion: what is said of a floor that was passed by far, and what a ladder takes off."""

from fractions import Fraction
from typing import Any

from .policies import Policy

FLOORS = ("at_least", "more_than")

Outcome = dict[str, Any]


def share_at(ladder: list[tuple[Fraction, Fraction]], ratio: Fraction, reached: bool) -> Fraction:
    """The share that the highest step takes which the attainment comes up to."""
    for start, share in ladder:
        if ratio > start or (reached and ratio == start):
            return share
    return Fraction(0)


def taken_off(found: Outcome, policy: Policy) -> tuple[Fraction, Fraction]:
    """The least and the greatest share of the weight that the ladder takes off."""
    ladder = policy["taken"]
    if not ladder or found["kind"] not in FLOORS or found["points"] is None:
        return Fraction(0), Fraction(0)
    low, high = found["points"]
    least = share_at(ladder, low, True)
    if high is None:
        return least, ladder[0][1]
    return least, share_at(ladder, high, found["high_closed"])


def over_remarks(found: Outcome, policy: Policy) -> list[str]:
    """What must be said of a row whose actual is surely far more than was asked for."""
    if found["points"] is None or found["verdict"] == "undetermined":
        return []
    noted, asked = policy["over"]
    ratio = found["points"][0]
    remarks = []
    if found["kind"] in FLOORS:
        if ratio >= asked:
            remarks.append("mandatory reason" if policy["mandatory"] else "reason")
        elif ratio >= noted:
            remarks.append("far over")
    if found["exceeded"] and policy["mandatory"] and ratio >= asked:
        remarks.append("mandatory reason")
    # Said too where the ladder only may take something off: the points are open for no other reason.
    if taken_off(found, policy)[1] > 0:
        remarks.append("ladder")
    return remarks
