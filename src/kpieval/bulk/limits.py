"""How large a number may be that is reckoned with in 64 bits; what is larger goes row by row."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from math import lcm

from attrs import frozen

from kpieval import units, wordlists
from kpieval.errors import ImpossiblePolicyError
from kpieval.formulas import Formula, Linear, PassGate, Ratio
from kpieval.policies import Policy
from kpieval.units import Dimension

LEAST_PARTS = 10**4
"""Parts that the base unit of a dimension is reckoned in: 0.0001 percentage points, 0.0001人."""

MONEY_PARTS = 100
"""The same for money: 0.01元. Sums of money are the largest numbers, and have no finer parts."""

_MOST_PARTS = 10**8
_LARGEST = 2**63 - 1
MAX_PLACES = 6
"""Decimal places of points that the score column holds."""


@cache
def parts_of(dimension: Dimension) -> int:
    """How many whole parts a base unit of the dimension is reckoned in.

    Such that one of each of its units is a whole number of them.

    >>> from kpieval.units import parse_unit
    >>> parts_of(parse_unit("元").dimension), parts_of(parse_unit("亩").dimension)
    (100, 3000000)
    """
    scales = (units.parse_unit(name) for name in units.canonical_names())
    same = [unit.scale.denominator for unit in scales if unit.dimension == dimension]
    least = MONEY_PARTS if _is_money(dimension) else LEAST_PARTS
    found = lcm(least, *same)
    return found if found <= _MOST_PARTS else least


def _is_money(dimension: Dimension) -> bool:
    known = (units.parse_unit(name).dimension for name in wordlists.words("money", "units"))
    return dimension in known


def whole(value: Fraction, parts: int, largest: int) -> int | None:
    """The value in whole parts; None where it is no whole number of them, or too large."""
    scaled = value * parts
    if scaled.denominator != 1 or abs(scaled.numerator) > largest:
        return None
    return scaled.numerator


@frozen
class Limits:
    """The largest weight, in rounding steps, and the largest amount, in parts, of the columns."""

    step: Fraction
    weight: int
    amount: int


def limits_of(policy: Policy) -> Limits:
    """What no product of the columns can pass 64 bits with.

    Raises ImpossiblePolicyError for a policy that rounds finer than a score is kept.

    >>> from kpieval.presets import policy
    >>> limits_of(policy()).amount // MONEY_PARTS  # 元
    4611455445655
    """
    places = policy.rounding.places
    if places > MAX_PLACES:
        fields = f"rounding.places = {places} > {MAX_PLACES}"
        raise ImpossiblePolicyError(where=policy.name, fields=fields)
    heaviest = 100 * 10**places
    factor = max(_factor(policy.floor), _factor(policy.ceiling))
    shares = (policy.over_completion.noted_at, policy.over_completion.reason_at)
    over = max(max(share.numerator, share.denominator) for share in shares)
    most = max((2 * heaviest + 1) * factor, over)
    return Limits(Fraction(1, 10**places), heaviest, _LARGEST // most)


def is_columnar(formula: Formula) -> bool:
    """Whether the columns know the formula."""
    return isinstance(formula, Ratio | Linear | PassGate)


def _factor(formula: Formula) -> int:
    """By how much the terms of a formula's fraction may outgrow the amounts."""
    match formula:
        case PassGate(at=at):
            return at.denominator + at.numerator
        case Linear():
            return 3
        case _:
            return 1
