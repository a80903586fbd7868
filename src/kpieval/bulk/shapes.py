"""Texts that differ in their numbers alone: read by the grammar a few times, then by their shape.

``≤2.7万元`` has the shape ``≤#万元``. A shape is trusted once the grammar has read it with numbers
of every kind that a date, a share or a scale could be told by, and the fact that came out was the
same but for the number. All else stays with the grammar: numbers up to 1, long ones, signs of time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from fractions import Fraction
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import define, field

Fact = TypeVar("Fact")
Beside = TypeVar("Beside", bound=Hashable)

TRUSTED_AFTER = 1
"""Texts of a shape that the grammar reads before its probes."""

PROBES = ("2", "31", "99.95", "2024")
"""A month, a day, a decimal and a year, if anything around them makes them one; in rising order."""

_NUMBER = r"([1-9][0-9]{0,8})(?:\.([0-9]{1,4}))?"
_SHAPE = re.compile(rf"([^0-9]{{0,8}}){_NUMBER}([^0-9]{{0,12}})(?:{_NUMBER}([^0-9]{{0,12}}))?")
_TIMELY = frozenset("年月日号旬季周时分秒点成折比:：.,，、;；~～-—－+±()（）")
_SCALES = "万亿"
_TO = ("-", "~", "～", "—", "至")

Around = tuple[str, ...]
Number = tuple[int, int]
"""The digits of a number without its point, and its decimal places."""


def split(text: str) -> tuple[Around, tuple[Number, ...]] | None:
    """A text as its shape and its one or two numbers; None for one that the grammar should read.

    >>> split("≤2.7万元"), split("9-11人"), split("0.5")
    ((('≤', '万元'), ((27, 1),)), (('', '-', '人'), ((9, 0), (11, 0))), None)
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    before, digits, places, between, more, more_places, after = found.groups("")
    first = int(digits + places), len(places)
    if first[0] <= 10 ** first[1]:
        return None
    if not more:
        return (before, between), (first,)
    second = int(more + more_places), len(more_places)
    if second[0] * 10 ** first[1] <= first[0] * 10 ** second[1]:
        return None
    return (before, between, after), (first, second)


def _is_plain(around: Around) -> bool:
    """Whether nothing around the numbers speaks of time or is a number itself."""
    if len(around) == 3:
        before, between, after = around
        if not between.endswith(_TO):
            return False
        around = before, between[:-1], after
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

    ``read`` is the grammar's way to a fact; ``amounts_of`` gives the amounts of a fact, none for
    one that the columns do not know; ``without`` is what must be the same for all texts of a shape.
    An amount above ``largest`` is left to the grammar.
    """

    read: Callable[[str, Beside], Fact]
    amounts_of: Callable[[Fact], tuple[int, ...]]
    without: Callable[[Fact], Hashable]
    largest: int
    seen: dict[Hashable, int] = field(factory=dict)
    trusted: dict[Hashable, Shape[Fact] | None] = field(factory=dict)

    def find(self, text: str, beside: Beside) -> tuple[Shape[Fact], tuple[int, ...]] | None:
        """The trusted shape and the amounts of a text; None where the grammar must read it."""
        parts = split(text)
        if parts is None:
            return None
        around, numbers = parts
        key = around, beside
        if key not in self.trusted:
            self.seen[key] = self.seen.get(key, 0) + 1
            if self.seen[key] <= TRUSTED_AFTER:
                return None
            self.trusted[key] = self._learnt(around, beside)
        shape = self.trusted[key]
        if shape is None:
            return None
        amounts = []
        for number, places in numbers:
            amount = shape.amount(number, places)
            if amount is None or amount > self.largest:
                return None
            amounts.append(amount)
        return shape, tuple(amounts)

    def _learnt(self, around: Around, beside: Beside) -> Shape[Fact] | None:
        """The shape, if all probes agree on it."""
        if not _is_plain(around):
            return None
        probes = [*zip(PROBES)] if len(around) == 2 else [*pairwise(PROBES)]
        example = self.read(_joined(around, probes[0]), beside)
        first = self.amounts_of(example)
        if len(first) != len(around) - 1:
            return None
        factor = Fraction(first[0]) / Fraction(probes[0][0])
        for numbers in probes:
            amounts = tuple(factor * Fraction(number) for number in numbers)
            if max(amounts) > self.largest:
                continue
            fact = self.read(_joined(around, numbers), beside)
            if self.amounts_of(fact) != amounts or self.without(fact) != self.without(example):
                return None
        return Shape(example, factor)


def _joined(around: Around, numbers: tuple[str, ...]) -> str:
    """The text of a shape with these numbers.

    >>> _joined(("", "-", "人"), ("2", "31"))
    '2-31人'
    """
    pieces = [piece for pair in zip(around, numbers, strict=False) for piece in pair]
    return "".join((*pieces, around[-1]))
