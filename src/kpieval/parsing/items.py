"""Items: the parts of a cell, and how they join into one constraint."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from kpieval import units
from kpieval.constraints import (
    AllOf,
    AtLeast,
    AtMost,
    Between,
    By,
    Constraint,
    During,
    LessThan,
    MoreThan,
    NotBefore,
    Single,
)
from kpieval.parsing.drafting import Reader, Scope
from kpieval.errors import PairingError, RecurringDateError, TargetSyntaxError
from kpieval.parsing.faults import unknown_unit_error
from kpieval.units import NO_UNIT, Unit


@frozen
class Item:
    """One part of a cell: its core, and the words that stand beside it."""

    core: Reader
    per: tuple[Unit, ...] = ()
    subject: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    in_principle: bool = False
    remainder: tuple[str, ...] = ()

    def read(self, scope: Scope) -> Single:
        """The item's constraint, what was read past named in notes."""
        for word in self.subject:
            scope.note("reading.subject", words=word)
        for word in self.event:
            scope.note("reading.event", words=word)
        if self.in_principle:
            scope.note("reading.in_principle")
        for word in self.remainder:
            scope.note("reading.remainder", words=word)
        scope.per = self._divisor()
        scope.unitless = False
        constraint = self.core(scope)
        scope.per = None
        if self.remainder and scope.unitless:
            # Words straight after a bare number are where its unit should be.
            word = self.remainder[0]
            start = max(scope.source.find(word), 0)
            raise unknown_unit_error(scope.source, (start, start + len(word)), word)
        if self.per and isinstance(constraint, By | NotBefore | During):
            raise RecurringDateError(scope.source)
        assert not isinstance(constraint, AllOf)  # a core is a single constraint
        return constraint

    def _divisor(self) -> Unit | None:
        if not self.per:
            return None
        divisor = NO_UNIT
        for unit in self.per:
            divisor = divisor * unit
        return divisor


class Join(Enum):
    """How an item follows the one before it."""

    LISTED = ","
    BAND = "且"
    DIRECT = ""


@frozen
class Items:
    """The items of a cell, and how each further item joins the ones before it."""

    items: tuple[Item, ...]
    joins: tuple[Join, ...] = ()
    respectively: bool = False


def combined(cell: Items, scope: Scope, names: int | None = None) -> Constraint:
    """The constraint of a whole cell. ``names`` is how many things the row's name lists."""
    parts = [item.read(scope) for item in cell.items]
    if cell.respectively and len(parts) != names:
        raise PairingError(scope.source, values=len(parts), names=names or 0)
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2 and cell.joins[0] is not Join.LISTED and not cell.items[1].subject:
        band = _band(parts[0], parts[1])
        if band is not None:
            return band
    for join, before in zip(cell.joins, parts, strict=False):
        if join is Join.DIRECT and not isinstance(before, By | NotBefore | During):
            raise TargetSyntaxError(scope.source, expected=("separator",))
    return AllOf(tuple(parts))


def _band(first: Single, second: Single) -> Between | None:
    """A floor and a ceiling of one quantity as a range; None when they are not, or leave nothing."""
    if isinstance(first, AtMost | LessThan):
        first, second = second, first
    if not (isinstance(first, AtLeast | MoreThan) and isinstance(second, AtMost | LessThan)):
        return None
    lower, upper = first.value, second.value
    closed = isinstance(first, AtLeast), isinstance(second, AtMost)
    if not units.comparable(lower.unit, upper.unit):
        return None
    if lower.base > upper.base or (lower.base == upper.base and not all(closed)):
        return None
    return Between(lower, upper, *closed)
