"""Texts that differ in one number alone: read by the grammar a few times, then by their shape.

``≤2.7万元`` has the shape ``≤#万元``. A shape is trusted once the grammar has read it with numbers
of every kind that a date, a share or a scale could be told by, and the fact that came out was the
same but for the number. All else stays with the grammar: numbers up to 1, long ones, signs of time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from fractions import Fraction
from typing import Generic, TypeVar

from attrs import define, field

Fact = TypeVar("Fact")
Beside = TypeVar("Beside", bound=Hashable)

TRUSTED_AFTER = 1
"""Texts of a shape that the grammar reads before its probes."""

PROBES = ("2", "31", "99.95", "2024")
"""A month, a day, a decimal and a year, if anything around them makes them one."""
_SHAPE = re.compile(r"([^0-9]{0,8})([1-9][0-9]{0,8})(?:\.([0-9]{1,4}))?([^0-9]{0,12})")
_TIMELY = frozenset("年月日号旬季周时分秒点成折比:：.,，、;；~～-—－+±()（）")

_SCALES = "万亿"

Split = tuple[tuple[str, str], int, int]
"""What stands around the number, the number without its point, and its decimal places."""


def split(text: str) -> Split | None:
    """A text as its shape and its number; None for one that only the grammar should read.

    >>> split("≤2.7万元"), split("9-11人"), split("0.5")
    ((('≤', '万元'), 27, 1), None, None)
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    before, digits, places, after = found.groups("")
    number = int(digits + places)
    if number <= 10 ** len(places):
        return None
    return (before, after), number, len(places)


def _is_plain(around: tuple[str, str]) -> bool:
    """Whether nothing around the number speaks of time or is a number itself."""
    return not any(
        char in _TIMELY or (char.isnumeric() and char not in _SCALES) for char in "".join(around)
    )


@define
class Shape(Generic[Fact]):
    """A trusted shape: the fact of one of its texts, and whole parts of the amount per unit."""

    example: Fact
    factor: Fraction
    over: dict[int, tuple[int, int]] = field(factory=dict)

    def amount(self, number: int, places: int) -> int | None:
        """The amount in whole parts; None where it is no whole number of them."""
        known = self.over.get(places)
        if known is None:
            each = self.factor / 10**places
            known = self.over[places] = each.numerator, each.denominator
        times, under = known
        amount, rest = divmod(number * times, under)
        return None if rest else amount


@define
class Shapes(Generic[Fact, Beside]):
    """The shapes of one kind of text.

    ``read`` is the grammar's way to a fact; ``amount_of`` gives the amount of a fact, None for one
    that has not one; ``without`` is what must be the same for all texts of a shape. An amount
    above ``largest`` is left to the grammar.
    """

    read: Callable[[str, Beside], Fact]
    amount_of: Callable[[Fact], int | None]
    without: Callable[[Fact], Hashable]
    largest: int
    seen: dict[Hashable, int] = field(factory=dict)
    trusted: dict[Hashable, Shape[Fact] | None] = field(factory=dict)

    def find(self, found: Split, beside: Beside) -> tuple[Shape[Fact], int] | None:
        """The trusted shape and the amount of a text; None where the grammar must read it."""
        around, number, places = found
        key = around, beside
        if key not in self.trusted:
            self.seen[key] = self.seen.get(key, 0) + 1
            if self.seen[key] <= TRUSTED_AFTER:
                return None
            self.trusted[key] = self._learnt(around, beside)
        shape = self.trusted[key]
        if shape is None:
            return None
        amount = shape.amount(number, places)
        return None if amount is None or amount > self.largest else (shape, amount)

    def _learnt(self, around: tuple[str, str], beside: Beside) -> Shape[Fact] | None:
        """The shape, if all probes agree on it."""
        if not _is_plain(around):
            return None
        example = self.read(f"{around[0]}{PROBES[0]}{around[1]}", beside)
        first = self.amount_of(example)
        if first is None:
            return None
        factor = Fraction(first) / Fraction(PROBES[0])
        for number in PROBES[1:]:
            amount = factor * Fraction(number)
            if amount > self.largest:
                continue
            fact = self.read(f"{around[0]}{number}{around[1]}", beside)
            if self.amount_of(fact) != amount or self.without(fact) != self.without(example):
                return None
        return Shape(example, factor)
