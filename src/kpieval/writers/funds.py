"""The rows of funds of the official form, from what a project says of its money."""

from __future__ import annotations

import re

from attrs import evolve

from kpieval import exact, units
from kpieval.amounts import Amount
from kpieval.tables import Project
from kpieval.writers.form import FundLine

WHOLE = "年度资金总额"
_OF_WHICH = "其中："
_OFFICIAL = (
    ("本年财政拨款", re.compile("财政|拨款|预算")),
    ("上年结转资金", re.compile("结转|结余")),
    ("其他资金", re.compile("")),
)
"""The funds of the form, with the words by which a fund of another name counts as one of them."""
_POINTLESS = "—"


def in_wan(amount: Amount | None) -> str:
    """A sum of money in 万元, as the form wants it; "" for none.

    >>> from kpieval.amounts import money
    >>> in_wan(money("26500")), in_wan(None)
    ('2.65', '')
    """
    if amount is None:
        return ""
    if amount.unit.dimension != units.parse_unit("元").dimension:
        return str(amount)
    return exact.text(amount.base / 10_000)


def fund_lines(project: Project, whole: FundLine) -> tuple[FundLine, ...]:
    """``whole``, then the project's own funds by their names, then the official ones it lacks."""
    slots: list[list[FundLine]] = [[], [], []]
    for name, amount in project.funds:
        # What is carried over may be the treasury's too: it is asked first.
        slot = next(at for at in (1, 0, 2) if _OFFICIAL[at][1].search(name))
        slots[slot].append(_line(name, in_wan(amount)))
    found = [
        line
        for (name, _), lines in zip(_OFFICIAL, slots, strict=True)
        for line in lines or [_line(name)]
    ]
    first = evolve(found[0], label=_OF_WHICH + found[0].label)
    return (whole, first, *found[1:])


def _line(name: str, budget: str = "") -> FundLine:
    return FundLine(name, budget=budget, weight=_POINTLESS, score=_POINTLESS)
