"""Plain targets, ``≥90%`` or ``9-11人``, read without the grammar once it taught their shape.

What comes out is equal to the grammar's in every field. A shape is learnt anew for each combination
of what reading takes from the columns beside the value; where they say nothing, a sign, a number
and a unit are known without.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from decimal import Decimal
from fractions import Fraction

from attrs import define, field, frozen

from kpieval import exact
from kpieval.amounts import Amount
from kpieval.constraints import (
    About,
    AtLeast,
    AtMost,
    Bare,
    Between,
    Equal,
    LessThan,
    MoreThan,
    Target,
)
from kpieval.errors import ReadingError
from kpieval.meaning import amounts_of, open_notes
from kpieval.notes import Note
from kpieval.parsing.known import SIGNS, measured, unit_of
from kpieval.parsing.rows import Row
from kpieval.parsing.shapes import Around, Number, Shape, Shapes, split
from kpieval.rendering import canonical
from kpieval.showing import Shown
from kpieval.units import Unit

Plain = AtLeast | MoreThan | AtMost | LessThan | Equal | Bare | About | Between


@frozen(repr=False)
class Template(Shown):
    """All of a target but its text and its numbers.

    ``spelling`` is the canonical text around the numbers, ``closed`` which ends of a range are.
    """

    kind: type[Plain]
    unit: Unit
    spelling: tuple[str, ...]
    closed: tuple[bool, ...]
    notes: tuple[Note, ...]
    factor: int | Fraction
    factors: tuple[int | Fraction, ...]

    def filled(self, source: str, texts: tuple[str, ...]) -> Target:
        """The target with these numbers in it, each as its exact text."""
        amounts = [Amount(Decimal(text), self.unit) for text in texts]
        constraint: Plain = self.kind(*amounts, *self.closed)  # type: ignore[arg-type]
        canonical = self.spelling[0]
        for text, after in zip(texts, self.spelling[1:], strict=True):
            canonical += text + after
        return Target(source, constraint, canonical, self.notes, self.factor, self.factors)


@frozen(repr=False)
class Parts(Shown):
    """A target taken apart; without numbers where it is refused or of no plain kind."""

    numbers: tuple[Fraction, ...] = ()
    template: Template | None = None


@define(eq=False, repr=False)
class PlainTargets:
    """The shapes of targets that were learnt so far; ``read`` is the grammar's way."""

    read: Callable[[str, Row], Target]
    _shapes: Shapes[Parts, Row] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._shapes = Shapes(
            self._parts,
            lambda parts: parts.numbers,
            lambda parts: parts.template,
            _sense,
            known=_known,
        )

    def target(self, text: str, row: Row) -> Target | None:
        """The target, where its shape is trusted; None where the grammar must read it."""
        found = split(text)
        if found is None and row.is_silent:
            found = measured(text)
        if found is None:
            return None
        around, numbers = found
        shape = self._shapes.shape(around, row)
        if shape is None:
            return None
        template = shape.example.template
        assert template is not None  # such a shape is not trusted
        return template.filled(text, tuple(_written(shape, number) for number in numbers))

    def _parts(self, text: str, row: Row) -> Parts:
        try:
            return taken_apart(self.read(text, row))
        except ReadingError:
            return Parts()


def _sense(row: Row) -> Hashable:
    """All that reading takes from a row."""
    return row.year, row.sign, row.unit, row.sense


def _known(around: Around, row: Row) -> Shape[Parts] | None:
    """The shape of a sign, a number and a unit in a row that says nothing about them."""
    before, *after = around
    kind, found = SIGNS.get(before), unit_of(after[0]) if len(after) == 1 else None
    if kind is None or found is None or not row.is_silent:
        return None
    unit, factor = found
    constraint = kind(Amount(2 * factor, unit))
    target = Target("", constraint, canonical(constraint), open_notes(constraint), factor)
    return Shape(taken_apart(target), Fraction(factor))


def _written(shape: Shape[Parts], number: Number) -> str:
    """The exact text of the amount of a number; a shape that is trusted has finite decimals."""
    digits, places = number
    times, under = shape.terms(places)
    whole, rest = divmod(digits * times, under)
    return str(whole) if rest == 0 else exact.text(Fraction(digits * times, under))


def taken_apart(target: Target) -> Parts:
    """A target as its numbers and the rest.

    >>> from kpieval.parsing import parse_target
    >>> parts = taken_apart(parse_target("≥90%"))
    >>> parts.numbers, parts.template.spelling
    ((Fraction(90, 1),), ('≥', '%'))
    """
    constraint = target.constraint
    if not isinstance(constraint, Plain):
        return Parts()
    amounts = amounts_of(constraint)
    units = {amount.unit for amount in amounts}
    spelling = _around(target.canonical, [exact.text(amount.magnitude) for amount in amounts])
    if len(units) != 1 or spelling is None:
        return Parts()
    closed: tuple[bool, ...] = ()
    if isinstance(constraint, Between):
        closed = constraint.lower_closed, constraint.upper_closed
    template = Template(
        type(constraint), units.pop(), spelling, closed, target.notes, target.factor, target.factors
    )
    return Parts(tuple(amount.value for amount in amounts), template)


def _around(text: str, numbers: list[str]) -> tuple[str, ...] | None:
    """The pieces of a text around numbers; None where one of them is not in it."""
    pieces = []
    for number in numbers:
        before, found, text = text.partition(number)
        if not found:
            return None
        pieces.append(before)
    return (*pieces, text)
