"""Texts that differ in their numbers alone: read by the grammar a few times, then by their shape.

``≤2.7万元`` has the shape ``≤#万元``. A shape is trusted once the grammar has read it with numbers
of every kind that what is around them could make something else of, and what came out was the same
but for the number. All else stays with the grammar: numbers up to 1 (a share), years, long numbers,
signs of time, letters, and words that begin with figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from fractions import Fraction
from functools import cache
from itertools import pairwise
from typing import Generic, TypeVar

from attrs import define, field

from kpieval import units, wordlists
from kpieval.parsing.folding import lookalikes

Fact = TypeVar("Fact")
Beside = TypeVar("Beside")

MOST = 4096
"""Shapes that are kept unless told otherwise; beyond, they are learnt anew."""

PROBES = ("2", "31", "99.95", "200")
"""Numbers in rising order that could be taken for something else: a month, a day, a share with its
decimals, and 0 after a sign that a scanner took for a 2."""

UNTAUGHT = len(PROBES)
"""Texts of a shape up to which its probes are not worth their time."""

MOST_DIGITS, MOST_PLACES = 9, 4
"""Digits before the point of a number that a shape may have, and decimal places."""

MOST_BEFORE, MOST_AFTER = 8, 12
"""Characters before its first number, and after each."""

_NUMBER = rf"([1-9][0-9]{{0,{MOST_DIGITS - 1}}})(?:\.([0-9]{{1,{MOST_PLACES}}}))?"
_AFTER = rf"([^0-9.][^0-9]{{0,{MOST_AFTER - 1}}})"
_PATTERN = rf"([^0-9]{{0,{MOST_BEFORE}}}){_NUMBER}(?:{_AFTER}(?:{_NUMBER}{_AFTER}?)?)?"

MAY_BE_YEAR = "^(?:19|20|21)[0-9]{2}$"
"""The figures of what the grammar may take for a year."""

_SHAPE = re.compile(_PATTERN)
_YEAR = re.compile(MAY_BE_YEAR)
_SCALES = "万亿"

Around = tuple[str, ...]
Number = tuple[int, int]
"""The digits of a number without its point, and its decimal places."""


def split(text: str) -> tuple[Around, tuple[Number, ...]] | None:
    """A text as its shape and its one or two numbers; None for one that the grammar should read.

    >>> split("≤2.7万元"), split("9-11人"), split("0.5"), split("2024元")
    ((('≤', '万元'), ((27, 1),)), (('', '-', '人'), ((9, 0), (11, 0))), None, None)
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        return None
    before, digits, places, between, more, more_places, after = found.groups("")
    first = int(digits + places), len(places)
    if first[0] <= 10 ** first[1] or _YEAR.match(digits):
        return None
    if not before and digits.startswith(for_at_least()) and between.startswith(percents()):
        return None
    if not more:
        return (before, between), (first,)
    second = int(more + more_places), len(more_places)
    if second[0] * 10 ** first[1] <= first[0] * 10 ** second[1] or _YEAR.match(more):
        return None
    return (before, between, after), (first, second)


def is_plain(around: Around) -> bool:
    """Whether nothing around the numbers speaks of time, is a number, or could join one (5G)."""
    if len(around) == 3:
        before, between, after = around
        if not between.endswith(_to()):
            return False
        around = before, between[:-1], after
    rest = " ".join(around)
    for word in wordlists.words("shapes", "plain"):
        rest = rest.replace(word, "")
    doubtful = wordlists.words("shapes", "open")
    return not any(
        char in doubtful
        or (char.isascii() and char.isalpha())
        or (char.isnumeric() and char not in _SCALES)
        for char in rest
    )


@cache
def for_at_least() -> tuple[str, ...]:
    """The figures that scanners make of ≥: 290% may be ≥90%."""
    return tuple(sign for sign in wordlists.words("ocr", "for_at_least") if sign.isdigit())


@cache
def percents() -> tuple[str, ...]:
    """The spellings of %, its look-alikes among them."""
    return ("%", *units.aliases("%"), *_alike("%"))


@cache
def _to() -> tuple[str, ...]:
    """The characters that stand between the ends of a range."""
    signs = [word for word in wordlists.spellings("_TO") if len(word) == 1]
    return tuple(each for sign in signs for each in (sign, *_alike(sign)))


def _alike(sign: str) -> list[str]:
    singles, _ = lookalikes()
    return [char for char, known in singles.items() if known == sign]


@define(eq=False)
class Shape(Generic[Fact]):
    """A trusted shape: what one of its texts came to, and the amount of one of its number."""

    example: Fact
    factor: Fraction
    _by_places: dict[int, tuple[int, int]] = field(factory=dict, init=False)

    def terms(self, places: int) -> tuple[int, int]:
        """What the digits of a number with so many decimal places are multiplied and divided by."""
        known = self._by_places.get(places)
        if known is None:
            each = self.factor / 10**places
            known = self._by_places[places] = each.numerator, each.denominator
        return known


@define(eq=False, repr=False)
class Shapes(Generic[Fact, Beside]):
    """The shapes of one kind of text.

    ``read`` is the grammar's way to a fact; ``amounts_of`` gives the amounts of a fact, none for
    one that shapes do not know; ``without`` is what must be the same for all texts of a shape.
    ``sense`` is what reading takes from what stands beside a text. Probes with an amount above
    ``largest`` are left out. ``known`` gives the shapes that need not be learnt.
    """

    read: Callable[[str, Beside], Fact]
    amounts_of: Callable[[Fact], tuple[Fraction | int, ...]]
    without: Callable[[Fact], object]
    sense: Callable[[Beside], Hashable]
    largest: int | None = None
    most: int = MOST
    known: Callable[[Around, Beside], Shape[Fact] | None] = lambda around, beside: None
    seen: dict[Hashable, int] = field(factory=dict, init=False)
    trusted: dict[Hashable, Shape[Fact] | None] = field(factory=dict, init=False)

    def shape(self, around: Around, beside: Beside, texts: int = 1) -> Shape[Fact] | None:
        """The shape of what is around the numbers of so many texts, once it is trusted."""
        key = around, self.sense(beside)
        try:
            return self.trusted[key]
        except KeyError:
            return self._met(key, around, beside, texts)

    def _met(self, key: Hashable, around: Around, beside: Beside, texts: int) -> Shape[Fact] | None:
        """Count texts of a shape that is not known; learn the shape when there are enough."""
        if len(self.seen) >= self.most:
            self.seen.clear()
            self.trusted.clear()
        # Another thread may clear what is seen at any moment.
        times = self.seen[key] = self.seen.get(key, 0) + texts
        found = self.known(around, beside)
        if found is None:
            if times <= UNTAUGHT:
                return None
            found = self._learnt(around, beside)
        self.trusted[key] = found
        return found

    def _learnt(self, around: Around, beside: Beside) -> Shape[Fact] | None:
        """The shape, if all probes agree on it."""
        if not is_plain(around):
            return None
        probes = [*zip(PROBES)] if len(around) == 2 else [*pairwise(PROBES)]
        example = self.read(_joined(around, probes[0]), beside)
        first = self.amounts_of(example)
        if len(first) != len(around) - 1:
            return None
        factor = Fraction(first[0]) / Fraction(probes[0][0])
        if first != tuple(factor * Fraction(number) for number in probes[0]):
            return None
        for numbers in probes[1:]:
            amounts = tuple(factor * Fraction(number) for number in numbers)
            text = _joined(around, numbers)
            if split(text) is None or (self.largest is not None and max(amounts) > self.largest):
                continue
            fact = self.read(text, beside)
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
