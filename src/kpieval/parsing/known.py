"""Shapes that need not be learnt: a sign, a number, and a unit as the list of units spells it.

A test holds what comes out of them equal to the grammar for every sign and every unit. A shape
known here costs no grammar at all, so that a table of plain values never loads the parser.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kpieval import units
from kpieval.constraints import AtLeast, AtMost, Bare, Equal, LessThan, MoreThan
from kpieval.parsing.shapes import (
    MOST_PLACES,
    Around,
    Number,
    for_at_least,
    is_plain,
    percents,
)
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

_NUMBER = rf"(0|[1-9][0-9]{{0,8}})(?:\.([0-9]{{1,{MOST_PLACES}}}))?"
_MEASURED = re.compile(rf"([^0-9]?){_NUMBER}([^0-9]{{1,12}})")
_YUAN = Unit((("元", 1),))


def measured(text: str) -> tuple[Around, tuple[Number, ...]] | None:
    """A number that its unit alone makes plain, as its shape: one up to 1, or like a year.

    >>> measured("≥0.5吨"), measured("2024元"), measured("0.5"), measured("210%")
    ((('≥', '吨'), ((5, 1),)), (('', '元'), ((2024, 0),)), None, None)
    """
    found = _MEASURED.fullmatch(text)
    if found is None:
        return None
    before, digits, places, after = found.groups("")
    if before not in SIGNS or unit_of(after) is None:
        return None
    if not before and digits.startswith(for_at_least()) and after.startswith(percents()):
        return None  # 210% may be ≥10%
    return (before, after), ((int(digits + places), len(places)),)


@lru_cache(maxsize=4096)
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
