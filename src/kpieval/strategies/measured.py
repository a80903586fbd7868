"""Measured actuals: numbers inside an interval, outside it, and across its bounds.

Numbers stand in base units, as :class:`~kpieval.actuals.Measured` holds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen
from hypothesis import strategies as st

from kpieval import exact, units
from kpieval.amounts import Amount
from kpieval.constraints import AtLeast, AtMost, Bare, Between, LessThan, MoreThan, Size
from kpieval.intervals import Bound, Interval
from kpieval.rendering import canonical
from kpieval.strategies import figures
from kpieval.strategies.pieces import Piece, Role, is_clear
from kpieval.units import NO_UNIT, Unit, parse_unit

FAR = 10**6
"""How many steps away from a bound a value may lie."""

FINE = 100
"""A fine step is the hundredth of a step: a cent beside a yuan."""


@frozen
class Scale:
    """In what an actual is written: a unit, the scale before it, and the text of both.

    ``step`` is the smallest step of the target's own figures, in base units.
    """

    unit: Unit
    step: Fraction
    factor: int | Fraction = 1
    text: str | None = None

    def amount(self, base: Fraction) -> Amount:
        """The amount of a number of base units."""
        return Amount(exact.number(base / self.unit.scale), self.unit)


def step_of(amount: Amount) -> Fraction:
    """The smallest step of the figures of an amount, in base units: 0.1 in 95.5, else 1.

    >>> step_of(Amount(95)), step_of(Amount("95.5"))
    (Fraction(1, 1), Fraction(1, 10))
    """
    places = figures.plain(abs(amount.value)).partition(".")[2]
    return Fraction(1, 10 ** len(places)) * amount.unit.scale


# ---- numbers inside an interval -----------------------------------------------------------------


def points(inside: Interval[Fraction], step: Fraction) -> st.SearchStrategy[Fraction]:
    """Numbers inside an interval: its bounds, their nearest neighbours, then any."""
    near = list(dict.fromkeys(one for one in _near(inside, step) if _holds(inside, one)))
    ends = [one for one in near if one in _ends(inside)]
    found = [st.sampled_from(some) for some in (ends, near) if some]
    far = _far(inside, step)
    if far is not None:
        found.append(far)
    return st.one_of(found)


def _ends(inside: Interval[Fraction]) -> set[Fraction]:
    return {bound.value for bound in (inside.lower, inside.upper) if bound is not None}


def _holds(inside: Interval[Fraction], number: Fraction) -> bool:
    return inside.contains(Interval.point(number))


def _near(inside: Interval[Fraction], step: Fraction) -> Iterator[Fraction]:
    steps = (Fraction(0), step, step / FINE)
    if inside.lower is not None:
        yield from (inside.lower.value + one for one in steps)
    if inside.upper is not None:
        yield from (inside.upper.value - one for one in steps)


def _far(inside: Interval[Fraction], step: Fraction) -> st.SearchStrategy[Fraction] | None:
    lower, upper = inside.lower, inside.upper
    counts = st.integers(1, FAR)
    if lower is None and upper is None:
        return st.integers(-FAR, FAR).map(lambda count: count * step)
    if lower is None and upper is not None:
        # What is counted is seldom less than nothing.
        down = min(FAR, max(int(upper.value / step), 0)) or FAR
        return st.integers(1, down).map(lambda count: upper.value - count * step)
    if upper is None and lower is not None:
        return counts.map(lambda count: lower.value + count * step)
    assert lower is not None and upper is not None  # the cases above took the others
    width = upper.value - lower.value
    if not width:
        return None
    return st.integers(1, 63).map(lambda part: lower.value + width * part / 64)


def outside(allowed: Interval[Fraction]) -> list[Interval[Fraction]]:
    """What lies below an interval, and what above it."""
    found = []
    if allowed.lower is not None:
        found.append(Interval.at_most(allowed.lower.value, closed=not allowed.lower.closed))
    if allowed.upper is not None:
        found.append(Interval.at_least(allowed.upper.value, closed=not allowed.upper.closed))
    return found


def from_nothing(inside: Interval[Fraction]) -> Interval[Fraction] | None:
    """The part of an interval that is not below zero; None if there is none."""
    lower = inside.lower
    if lower is None or lower.value < 0:
        lower = Bound(Fraction(0))
    upper = inside.upper
    empty = upper is not None and (
        upper.value < lower.value
        or (upper.value == lower.value and not (upper.closed and lower.closed))
    )
    return None if empty else Interval(lower, upper)


# ---- sizes that say them ------------------------------------------------------------------------


def exact_sizes(inside: list[Interval[Fraction]], scale: Scale) -> list[st.SearchStrategy[Size]]:
    """Exact values inside one of the intervals."""
    found = [points(one, scale.step) for one in inside]
    return [one.map(lambda base: Bare(scale.amount(base))) for one in found]


def rough_sizes(inside: list[Interval[Fraction]], scale: Scale) -> list[st.SearchStrategy[Size]]:
    """Values known within bounds only, every one of which lies inside one of the intervals."""
    return [made for one in inside for made in _rough(one, scale)]


def _rough(inside: Interval[Fraction], scale: Scale) -> Iterator[st.SearchStrategy[Size]]:
    numbers = points(inside, scale.step)
    if inside.upper is None:
        yield numbers.map(lambda base: AtLeast(scale.amount(base)))
        yield numbers.map(lambda base: MoreThan(scale.amount(base)))
    if inside.lower is None:
        yield numbers.map(lambda base: AtMost(scale.amount(base)))
        yield numbers.map(lambda base: LessThan(scale.amount(base)))
    if inside.lower != inside.upper:
        pairs = st.lists(numbers, min_size=2, max_size=2, unique=True).map(sorted)
        yield pairs.map(lambda ends: Between(scale.amount(ends[0]), scale.amount(ends[1])))


def across(
    allowed: Interval[Fraction], scale: Scale, *, least: Fraction | None = None
) -> list[st.SearchStrategy[Size]]:
    """Values known within bounds between which a bound of the target lies."""
    found: list[st.SearchStrategy[Size]] = []
    for bound in (allowed.lower, allowed.upper):
        if bound is not None and (least is None or bound.value > least):
            found += _across(bound.value, scale, least)
    return found


def _across(
    bound: Fraction, scale: Scale, least: Fraction | None
) -> Iterator[st.SearchStrategy[Size]]:
    steps = st.one_of(
        st.just(scale.step), st.just(scale.step / FINE), st.integers(1, FAR).map(scale.step.__mul__)
    )
    below = steps.map(lambda step: _at_least(bound - step, bound, least))
    above = steps.map(lambda step: bound + step)
    yield st.builds(lambda low, high: Between(scale.amount(low), scale.amount(high)), below, above)
    yield below.map(lambda low: AtLeast(scale.amount(low)))
    if least is None:
        yield above.map(lambda high: AtMost(scale.amount(high)))


def _at_least(number: Fraction, bound: Fraction, least: Fraction | None) -> Fraction:
    """A number below a bound, not below the least that can be."""
    if least is None or number >= least:
        return number
    return (least + bound) / 2


# ---- the text of an exact value -----------------------------------------------------------------


def spoken(size: Size, scale: Scale) -> st.SearchStrategy[str]:
    """Texts of a size: the canonical one; of an exact value also with 万 or 亿 before the unit."""
    if not isinstance(size, Bare) or size.value.unit == parse_unit("比"):
        return st.just(canonical(size))
    number = size.value.value
    if scale.text is not None:
        return st.just(f"{figures.plain(number / scale.factor)}{scale.text}")
    name = canonical(size).removeprefix(figures.plain(number))
    said = [canonical(size)]
    for short, word in figures.scaled(abs(number)):
        pieces = (Piece(f"{short}{word}", Role.FIGURES), Piece(name, Role.UNIT))
        if word in ("万", "亿") and number > 0 and is_clear(pieces):
            said.append(f"{short}{word}{name}")
    return st.sampled_from(said)


def scales(amount: Amount, others: bool = True) -> list[Scale]:
    """The target's unit, and the units that it can be converted into."""
    step, unit = step_of(amount), amount.unit
    found = [Scale(unit, step)]
    if others and len(unit.factors) == 1 and unit.factors[0][1] == 1:
        found += [
            Scale(other, step)
            for other in map(parse_unit, units.canonical_names())
            if other != unit and units.comparable(other, unit)
            if "/" not in figures.plain(unit.scale / other.scale)
        ]
    return found


def other_unit(unit: Unit) -> Unit | None:
    """A unit that a target's cannot be compared with; None where any can be."""
    if unit == NO_UNIT:
        return None
    return parse_unit("次") if not units.comparable(unit, parse_unit("次")) else parse_unit("人")
