"""The costs of a project as the lint adds them up: what is a component, a total, a unit price."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

from kpieval import exact, units
from kpieval.amounts import Amount
from kpieval.linting import lexicon
from kpieval.linting.sheets import Row, Sheet

MYRIAD = 10_000
"""How many 元 a 万元 is: the factor of the commonest slip."""


def said(amount: Amount) -> str:
    """Money as tables write it.

    >>> from kpieval.amounts import money
    >>> said(money(860000)), said(money(500, "元/人天"))
    ('86万元', '500元/人·天')
    """
    value, unit = amount.value, re.sub("[()]", "", amount.unit.name).replace("*", "·")
    if value >= MYRIAD and unit.startswith("元"):
        return f"{exact.text(value / MYRIAD)}万{unit}"
    return f"{exact.text(value)}{unit}"


def budget(sheet: Sheet) -> Amount | None:
    """The budget of the year; None where the head names none, or two that differ."""
    found = sheet.budget
    columns = (str(fault.params.get("column", "")) for fault in sheet.project.problems)
    doubted = any("预算" in column or "总额" in column for column in columns)
    return found if found is not None and found.value > 0 and not doubted else None


def spending(sheet: Sheet) -> tuple[Row, ...]:
    """The rows of the economic costs, whatever they say."""
    return tuple(row for row in sheet.rows if row.context.is_cost and not _elsewhere(row))


def _elsewhere(row: Row) -> bool:
    levels = f"{row.indicator.level1} {row.indicator.level2}"
    return lexicon.holds(levels, "cost", "other_costs")


def plain(sheet: Sheet) -> tuple[Row, ...]:
    """Those among them that name one amount of money, in the budget's currency, that is spent."""
    whole = budget(sheet)
    return tuple(
        row
        for row in spending(sheet)
        if whole is not None
        and row.money is not None
        and units.comparable(row.money.unit, whole.unit)
        and not row.is_change
        and not is_unit_price(row)
        and (is_total(row) or not row.says("money", "wanted"))
    )


def is_unit_price(row: Row) -> bool:
    """Whether the name says what one of something costs."""
    name = row.name
    for word in lexicon.words("cost", "no_unit_prices"):
        name = name.replace(word, "")
    return lexicon.holds(name, "money", "unit_prices")


def is_total(row: Row) -> bool:
    """Whether the name says that the row is the cost of the whole project."""
    return row.says("money", "totals")


def totals(sheet: Sheet) -> tuple[Row, ...]:
    """The rows that give the cost of the whole project."""
    return tuple(row for row in plain(sheet) if is_total(row))


def components(sheet: Sheet) -> tuple[Row, ...]:
    """The rows that add up: no totals, nor the one row that holds all the others."""
    rows = tuple(row for row in plain(sheet) if not is_total(row))
    whole = budget(sheet)
    parts = tuple(row for row in rows if whole is None or not _holds(row, rows, whole))
    return parts if len(rows) - len(parts) == 1 else rows


def _holds(row: Row, rows: tuple[Row, ...], whole: Amount) -> bool:
    """Whether the row is the sum of the others, or the whole budget beside others."""
    is_sum = len(rows) > 2 and _base(row) * 2 == total(rows)
    return is_sum or (len(rows) > 1 and _base(row) == whole.base)


def total(rows: Iterable[Row]) -> Fraction:
    """What the rows make, in base units."""
    return sum(map(_base, rows), Fraction(0))


def in_unit_of(base: Fraction, like: Amount) -> Amount:
    """A sum in base units as an amount in the unit of another."""
    return Amount(exact.number(base / like.unit.scale), like.unit)


def misscaled(sheet: Sheet) -> tuple[Row, ...]:
    """The rows whose money is a factor of 10,000 off: 元 was written for 万元, or 万元 for 元.

    Too small only when the sum of all then fits the budget: small sums are common. Too large when
    a row is a thousand budgets and fits into one after the correction.
    """
    whole, rows = budget(sheet), plain(sheet)
    if whole is None or not rows:
        return ()
    least, most = whole.base * 1000, whole.base * MYRIAD
    large = tuple(row for row in rows if least <= _base(row) <= most)
    if large:
        return large
    parts = components(sheet) or rows
    share = sheet.config.cost_cover if len(parts) > 1 else Fraction(1)
    fits = share * whole.base <= total(parts) * MYRIAD <= whole.base
    return rows if fits else ()


def _base(row: Row) -> Fraction:
    assert row.money is not None  # asked of plain rows only
    return row.money.base
