"""A unit price times what it is the price of, with the units multiplied out."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import frozen

from kpieval import exact, units
from kpieval.amounts import Amount
from kpieval.constraints import AtLeast, MoreThan
from kpieval.linting import lexicon
from kpieval.linting.costs import said
from kpieval.linting.sheets import Row, Sheet
from kpieval.resolving import is_money
from kpieval.units import Unit, parse_unit


@frozen
class Product:
    """A price and the quantities that it was multiplied with, as a text, and what they make.

    ``missing`` is the unit of the quantity that is still to come; "" where all units cancel.
    """

    price: str
    amount: Amount
    missing: str = ""


def product(sheet: Sheet, row: Row) -> Product | None:
    """The price of the row times its quantities; None where that is unclear.

    >>> from kpieval.linting.config import DEFAULTS
    >>> from kpieval.linting.pages import page
    >>> from kpieval.linting.rules.money import price_times_quantity
    >>> from kpieval.linting.running import looked_at
    >>> sheet = looked_at(page(price_times_quantity).bad[1].project, DEFAULTS, ())
    >>> found = product(sheet, sheet.rows[1])
    >>> found.price, found.amount, found.missing
    ('500元/人·天×600人', Amount(300000 元/天), '天')
    """
    price = _price(row)
    if price is None:
        return None
    left, factors = price, [said(price)]
    for name, power in price.unit.factors:
        unit = parse_unit(name)
        if power == -1 and unit == parse_unit("年"):
            left = _times(left, Amount(1, unit))
        elif power == -1:
            quantity = _quantity(sheet, row, unit)
            if quantity is not None:
                left = _times(left, quantity)
                factors.append(f"{exact.text(quantity.value)}{quantity.unit.name}")
    missing = [name for name, power in left.unit.factors if power < 0]
    if len(factors) == 1 or len(missing) > 1:
        return None
    return Product("×".join(factors), left, "".join(missing))


def _price(row: Row) -> Amount | None:
    """The most that one may cost; None for floors and for plain money."""
    if len(row.parts) != 1 or len(row.amounts) != 1 or row.is_change:
        return None
    (amount,) = row.amounts
    per = any(power < 0 for _, power in amount.unit.dimension)
    floor = isinstance(row.constraint, AtLeast | MoreThan) and not row.is_bare
    return amount if per and is_money(amount) and not floor else None


def _quantity(sheet: Sheet, row: Row, unit: Unit) -> Amount | None:
    """The one quantity in this unit that belongs to the price by its name."""
    whose = _whose(row.name)
    found = [
        each.amounts[0]
        for each in sheet.rows
        if each.kind == "数量"
        and len(each.amounts) == 1
        and units.comparable(each.amounts[0].unit, unit)
        and (units.is_duration(unit) or whose in each.name)
    ]
    return found[0] if len(found) == 1 else None


def _whose(name: str) -> str:
    """What a price is the price of: its name without the words that every price has."""
    for word in lexicon.words("cost", "generic"):
        name = name.replace(word, "")
    return re.sub(r"\s", "", name)


def _times(one: Amount, other: Amount) -> Amount:
    """The product; units of one dimension cancel, whatever they were written in."""
    unit = one.unit * other.unit
    kept = tuple((name, power) for name, power in unit.factors if not _cancelled(name, unit))
    left = Unit(kept)
    base: Fraction = one.base * other.base
    return Amount(exact.number(base / left.scale), left)


def _cancelled(name: str, unit: Unit) -> bool:
    """Whether the dimension of a factor is gone from the product."""
    (own, *_) = parse_unit(name).dimension
    return own[0] not in {base for base, _ in unit.dimension}


def above(made: Amount, whole: Amount) -> bool:
    """Whether money is more than other money of its currency."""
    return units.comparable(made.unit, whole.unit) and made.base > whole.base
