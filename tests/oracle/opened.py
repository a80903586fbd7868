"""Rows whose points a site may change by hand, so that nobody can call a published score wrong."""

from fractions import Fraction
from typing import Any

from .judging import UNDETERMINED, compare, policy_of
from .reading import ReadingError, read_actual, read_target

SIGNS = ("at_least", "more_than", "at_most", "less_than", "equal")


def is_exact_amount(actual: dict[str, Any]) -> bool:
    if actual["kind"] != "amount" or actual["constraint"]["type"] != "bare":
        return False
    return not actual["constraint"]["value"]["more"]


def opened(case: dict[str, Any]) -> bool | None:
    """Whether a row with a sign and an exact actual is opened; None for any other row."""
    try:
        target = read_target(case["target"], case["year"])
        actual = read_actual(case["actual"], case["year"])
    except ReadingError:
        return None
    if target["type"] not in SIGNS or not is_exact_amount(actual):
        return None
    found = compare(target, actual, case)
    if found["verdict"] == UNDETERMINED or found["attainment"] is None:
        return None
    if not policy_of(case)["opened"]:
        return False
    ratio: Fraction = found["attainment"][0]
    if found["kind"] in ("at_least", "more_than"):
        return ratio >= Fraction(12, 10)
    # T/A below 1 is more than was allowed; an = is reported by how far it was missed either way.
    return ratio < 1
