"""Shapes that need not be learnt: a sign, a number, and a unit as the list of units spells it.

A test holds what comes out of them equal to the grammar for every sign and every unit. A shape
known here costs no grammar at all, so that a table of plain values never loads the parser.
"""

from __future__ import annotations

from functools import cache

from kpieval import units
from kpieval.constraints import AtLeast, AtMost, Bare, Equal, LessThan, MoreThan
from kpieval.parsing.shapes import is_plain, percents
from kpieval.units import Unit

SIGNS: dict[str, type[AtLeast | MoreThan | AtMost | LessThan | Equal | Bare]] = {
    "≥": AtLeast,
    ">": MoreThan,
    "≤": AtMost,
    "<": LessThan,
    "=": Equal,
    "": Bare,
}
"""What may stand before a number."""

SCALES = {"": 1, "万": 10**4, "亿": 10**8}
"""What may stand between a number and its unit."""

_YUAN = Unit((("元", 1),))


@cache
def unit_of(written: str) -> tuple[Unit, int] | None:
    """A unit and the scale before it; None for what the grammar should read.

    >>> unit_of("万元"), unit_of("元/人天")[0].name, unit_of("万"), unit_of("月")
    ((Unit(factors=(('元', 1),)), 10000), '元/(人*天)', None, None)
    """
    if not is_plain(("", written)):
        return None
    above, slash, below = written.partition("/")
    scale = above[:1] if above[:1] in SCALES and units.find(above) is None else ""
    top, under = units.find(above.removeprefix(scale)), units.find(below)
    if top is None or (scale and above.endswith(percents())):
        return None  # 200万% may be ≥00万%
    if not slash:
        return top, SCALES[scale]
    # Other quotients may be a choice, 台/套, or make no sense, 人/人.
    if under is None or top != _YUAN or under == _YUAN:
        return None
    return top / under, SCALES[scale]
