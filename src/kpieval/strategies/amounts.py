"""Strategies of exact amounts: whole numbers first, then decimals; 个 first, then other units."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache
from math import ceil, floor

from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from kpieval import exact, units
from kpieval.amounts import Amount
from kpieval.parsing.hints import hint_of
from kpieval.units import NO_UNIT, Unit, parse_unit

Bound = int | str | Decimal | Fraction | None
"""A bound of a magnitude: exact, so no float."""

SIMPLEST = "个"
"""The unit that a failing example ends with, where any unit fails."""

LOWEST, HIGHEST = -(10**6), 10**12
PLACES = 4

AWKWARD = ("0.07", "0.14", "0.17", "0.28", "0.56", "0.57", "0.29", "1.1", "1.15", "4.35", "8.985")
"""Decimals that binary floats get wrong: multiplied by 100 or 10000, or rounded to two places."""

_DIVISORS = ("人", "天", "月", "年", "亩")
_WITHOUT_DIVISORS = ("比", "%", "‰")


def amounts(
    unit: str | None = None,
    *,
    min_value: Bound = None,
    max_value: Bound = None,
    places: int = PLACES,
) -> st.SearchStrategy[Amount]:
    """Amounts with at most ``places`` decimal places; any unit, unless one is named.

    The bounds and places are those of the number before ``unit``: in 万元, 0.07 is 700 元.

    >>> from hypothesis import find
    >>> find(amounts(), lambda amount: True)
    Amount(1 个)
    >>> find(amounts("万元", places=2), lambda amount: amount.value < 10000)
    Amount(700 元)
    """
    numbers = magnitudes(min_value=min_value, max_value=max_value, places=places)
    if unit is None:
        return st.builds(Amount, numbers.map(exact.number), any_unit())
    named, factor = unit_of(unit)
    return numbers.map(lambda number: Amount(exact.number(number * factor), named))


def magnitudes(
    *, min_value: Bound = None, max_value: Bound = None, places: int = PLACES
) -> st.SearchStrategy[Fraction]:
    """Finite decimals between two bounds, both included; whole ones first.

    Decimals that floats get wrong come often (0.07: ``0.07 * 10000`` is 700.0000000000001).

    >>> from hypothesis import find
    >>> find(magnitudes(), lambda number: number > 5), find(magnitudes(), lambda number: number < 1)
    (Fraction(6, 1), Fraction(7, 100))
    """
    low = Fraction(LOWEST) if min_value is None else _exact(min_value)
    high = max(Fraction(HIGHEST), low) if max_value is None else _exact(max_value)
    low = min(low, high) if min_value is None else low
    above = [_decimals(max(low, Fraction(1, 10**p)), high, p) for p in range(places + 1)]
    below = [_decimals(low, min(high, Fraction(0)), p) for p in range(places + 1 if low else 1)]
    found = [strategy for strategy in (*above, *below) if strategy is not None]
    awkward = [one for one in map(Fraction, AWKWARD) if low <= one <= high and _fits(one, places)]
    if awkward:
        found.insert(1 if above[0] is not None else 0, st.sampled_from(awkward))
    if not found:
        raise InvalidArgument(f"no number with {places} places lies from {low} to {high}")
    return st.one_of(found)


def _decimals(low: Fraction, high: Fraction, places: int) -> st.SearchStrategy[Fraction] | None:
    """The numbers with so many places between two bounds; None if there are none."""
    unit = 10**places
    first, last = ceil(low * unit), floor(high * unit)
    if first > last:
        return None
    return st.integers(first, last).map(lambda digits: Fraction(digits, unit))


def _fits(number: Fraction, places: int) -> bool:
    return exact.cut(number, places) == number


def _exact(bound: Bound) -> Fraction:
    if isinstance(bound, float):
        raise InvalidArgument(f"{bound!r} is a float; give an exact bound such as '0.07'")
    return Fraction(bound or 0)


def unit_of(text: str) -> tuple[Unit, int | Fraction]:
    """The unit that a spelling names, and the scale before it.

    >>> unit_of("万元")[1], unit_of("元/人天")[0].name, unit_of("")[0].name
    (10000, '元/(人*天)', '')
    """
    try:
        return parse_unit(text.strip()), 1
    except ValueError:
        hint = hint_of(text)
    if hint is None or hint.sign is not None:
        near = "、".join(units.near(text))
        raise InvalidArgument(f"unknown unit {text!r}" + (f"; near it: {near}" if near else ""))
    return hint.unit or NO_UNIT, hint.factor


def units_of(text: str | None) -> st.SearchStrategy[Unit]:
    """The unit that is named, else any."""
    return any_unit() if text is None else st.just(unit_of(text)[0])


@st.composite
def any_unit(draw: st.DrawFn) -> Unit:
    """A unit of the table, at times per one or two others.

    >>> from hypothesis import find
    >>> find(any_unit(), lambda unit: True).name
    '个'
    """
    names = _names()
    name = names[draw(st.integers(0, len(names) - 1))]
    divisors = draw(st.lists(st.sampled_from(_DIVISORS), max_size=2))
    return parse_unit(name) if name in _WITHOUT_DIVISORS else _per(name, divisors)


@cache
def _names() -> tuple[str, ...]:
    others = (name for name in units.canonical_names() if name != SIMPLEST)
    return (SIMPLEST, *others)


def _per(name: str, divisors: list[str]) -> Unit:
    unit = parse_unit(name)
    for divisor in divisors:
        if divisor != name:  # 人/人 would be nothing
            unit = unit / parse_unit(divisor)
    return unit
