"""An exact amount with its unit, and its bridge to pint."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from attrs import field, frozen

from kpieval import exact, units
from kpieval.showing import Shown
from kpieval.units import NO_UNIT, Unit

if TYPE_CHECKING:
    from collections.abc import Callable


@frozen
class Amount(Shown):
    """An exact magnitude in the unit that was written, the scale multiplied out.

    >>> from kpieval.units import parse_unit
    >>> Amount(27000, parse_unit("元"))
    Amount(27000 元)
    >>> Amount(27000, parse_unit("元")).quantity.magnitude
    Decimal('27000')
    """

    magnitude: exact.Number = field(converter=exact.shortest)
    unit: Unit = NO_UNIT

    @property
    def value(self) -> Fraction:
        """The magnitude as a Fraction, in :attr:`unit`."""
        return exact.fraction(self.magnitude)

    @property
    def base(self) -> Fraction:
        """The magnitude in the base units of its dimension (24小时 is 1 of 天)."""
        return exact.times(self.magnitude, self.unit.scale)

    @property
    def quantity(self) -> Any:
        """The amount as a pint Quantity with an exact magnitude (Decimal, else Fraction)."""
        return units.registry().Quantity(self.magnitude, units.pint_unit(self.unit))

    def __str__(self) -> str:
        return f"{exact.text(self.magnitude)} {self.unit.name}".rstrip()

    def __repr__(self) -> str:
        return f"Amount({self})"

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        # IPython and Hypothesis would print the fields, and hide 700 元 among them.
        printer.text(repr(self))

    def __reduce__(self) -> tuple[Callable[[str, str], Amount], tuple[str, str]]:
        # Plain text survives any version of the libraries; a pint object would not.
        return _from_texts, (exact.text(self.magnitude), self.unit.name)


def _from_texts(magnitude: str, unit: str) -> Amount:
    return Amount(exact.number(exact.from_text(magnitude)), units.parse_unit(unit))


def money(magnitude: str | Decimal | int, unit: str = "元") -> Amount:
    """An amount of money in ``unit``; the magnitude is exact, never a float.

    >>> money("95.5")
    Amount(95.5 元)
    """
    return Amount(Decimal(magnitude), units.parse_unit(unit))
