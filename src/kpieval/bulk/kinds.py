"""Numbers for which a single text is not read by its shape: 2024人, 0.5%, 27% (or ≥7%, scanned).

A column holds many of them, so that their shapes are worth learning too: each kind by probes of its
own, in the way of :mod:`kpieval.parsing.shapes`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from enum import IntEnum
from fractions import Fraction
from typing import TypeVar

from attrs import define

from kpieval.parsing.shapes import Around, Shape, Shapes, is_plain

Fact = TypeVar("Fact")
Beside = TypeVar("Beside")

YEARS = ("1900", "1999", "2000", "2024", "2035", "2100", "2199")
PARTS = ("0.5", "0.2", "0.31", "0.05", "0.95")
SCANNED = ("2", "20", "25.5", "200", "290", "299.95", "2500")


class Kind(IntEnum):
    """What the number of a text may be taken for; a plain one for nothing else.

    ``SCANNED``: its first figure may be a sign that a scanner took for it.
    """

    PLAIN = 0
    YEAR = 1
    PART = 2
    SCANNED = 3


@define(eq=False, repr=False)
class KindShapes(Shapes[Fact, Beside]):
    """The shapes of one number of a kind, which is what its ``probes`` are."""

    probes: tuple[str, ...] = ()

    def _learnt(self, around: Around, beside: Beside) -> Shape[Fact] | None:
        """The shape, if all probes agree on it."""
        if len(around) != 2 or not is_plain(around):
            return None
        example, factors, others = None, set[Fraction](), set[object]()
        for number in self.probes:
            fact = self.read(number.join(around), beside)
            amounts = self.amounts_of(fact)
            if len(amounts) != 1:
                return None
            example = fact if example is None else example
            factors.add(Fraction(amounts[0]) / Fraction(number))
            others.add(self.without(fact))
        if example is None or len(factors) != 1 or len(others) != 1:
            return None
        return Shape(example, factors.pop())


ByKind = tuple[Shapes[Fact, Beside], ...]
"""The shapes of each kind, in the order of their numbers."""


def by_kind(
    read: Callable[[str, Beside], Fact],
    amounts_of: Callable[[Fact], tuple[Fraction | int, ...]],
    without: Callable[[Fact], Hashable],
    largest: int,
    most: int,
) -> ByKind[Fact, Beside]:
    """The shapes of all kinds, for texts of which all that stands beside them may change all.

    >>> def read(text, beside):
    ...     return float(text.removesuffix("人"))
    >>> plain, years, *others = by_kind(read, lambda fact: (Fraction(fact),), type, 10**6, 9)
    >>> years.shape(("", "人"), None, 9).factor, years.shape(("", "年"), None, 9)
    (Fraction(1, 1), None)
    """
    given = read, amounts_of, without, _itself, largest, most
    others = (KindShapes(*given, probes=probes) for probes in (YEARS, PARTS, SCANNED))
    return Shapes(*given), *others


def _itself(beside: Hashable) -> Hashable:
    return beside
