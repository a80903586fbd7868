"""Several projects together: the plain mean, the mean by budget, and the rows counted."""

from fractions import Fraction
from typing import Any

from .projects import judge_project, money

Points = dict[str, Fraction]


def mean(scores: list[Points | None], shares: list[Fraction]) -> Points | None:
    """The mean by shares of a whole; one project without a score leaves nothing to say."""
    whole = sum(shares, Fraction(0))
    if whole <= 0:
        return None
    low = high = Fraction(0)
    for score, share in zip(scores, shares, strict=True):
        if score is None:
            return None
        low += score["low"] * share
        high += score["high"] * share
    return {"low": low / whole, "high": high / whole}


def summarise(projects: list[dict[str, Any]]) -> dict[str, Any]:
    """The summary of projects that were scored under one policy."""
    judged = [judge_project(project) for project in projects]
    scores = [one["score"] for one in judged]
    weighted = None
    if all(project["budget"] is not None for project in projects):
        weighted = mean(scores, [money(project["budget"]) for project in projects])
    counts = {key: sum(one[key] for one in judged) for key in ("met", "unmet", "undetermined")}
    return {"mean": mean(scores, [Fraction(1)] * len(scores)), "by budget": weighted, **counts}
