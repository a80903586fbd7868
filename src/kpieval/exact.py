"""Exact numbers: how they are held, written, rounded.

A number is a Decimal when a finite decimal holds it, else a Fraction. All arithmetic is done on
Fractions and whole numbers, so no decimal context, neither ours nor the host program's, can change
a result. What every row asks for is worked out in the whole numbers of a Fraction: its own
operators look their operands up among the abstract classes of numbers first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

Number = Decimal | Fraction

_SHORTEST = re.compile(r"[0-9]+(?:\.[0-9]*[1-9])?")
_PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?(/0*[1-9][0-9]*)?")


def fraction(number: Number | int) -> Fraction:
    """The number as a Fraction. Decimals must be finite."""
    return number if type(number) is Fraction else Fraction(number)


def order(one: Fraction, other: Fraction) -> int:
    """Which is greater: below 0 for the other, 0 for neither, above 0 for the one.

    >>> order(Fraction(1, 3), Fraction(2, 3)) < 0, order(Fraction(2, 4), Fraction(1, 2))
    (True, 0)
    """
    # The numerator of their difference over the product of their denominators.
    over, under = one.as_integer_ratio()
    other_over, other_under = other.as_integer_ratio()
    return over * other_under - other_over * under


def times(number: Number, factor: Fraction | int) -> Fraction:
    """The number multiplied, as a Fraction.

    >>> times(Decimal("2.7"), 10000)
    Fraction(27000, 1)
    """
    over, under = number.as_integer_ratio()
    factor_over, factor_under = factor.as_integer_ratio()
    return Fraction(over * factor_over, under * factor_under)


def divided(number: Number, divisor: Fraction | int) -> Fraction:
    """The number divided, as a Fraction.

    >>> divided(Fraction(27000), 10000)
    Fraction(27, 10)
    """
    over, under = number.as_integer_ratio()
    divisor_over, divisor_under = divisor.as_integer_ratio()
    return Fraction(over * divisor_under, under * divisor_over)


def apart(one: Fraction, other: Fraction) -> Fraction:
    """How far the two lie apart.

    >>> apart(Fraction(1, 2), Fraction(2, 3))
    Fraction(1, 6)
    """
    return Fraction(abs(order(one, other)), one.denominator * other.denominator)


def number(value: Fraction) -> Number:
    """The value as a Decimal if it is a finite decimal, else unchanged.

    >>> number(Fraction(27, 10)), number(Fraction(2, 3))
    (Decimal('2.7'), Fraction(2, 3))
    """
    if value.denominator == 1:
        return Decimal(value.numerator)
    places = _decimal_places(value.denominator)
    if places is None:
        return value
    return Decimal(text(value))


def shortest(value: Number | int) -> Number:
    """The number as :func:`number` holds it; one that is held so already is given back.

    >>> shortest(Decimal("2.70")), shortest(Decimal("2.7E+4")), shortest(Fraction(1, 3))
    (Decimal('2.7'), Decimal('27000'), Fraction(1, 3))
    """
    if isinstance(value, Decimal) and _SHORTEST.fullmatch(str(value)):
        return value
    return number(fraction(value))


def text(value: Number | int) -> str:
    """The exact plain text: ``27000``, ``-2.5`` or ``2/3``; never an exponent.

    >>> text(Decimal("2.700")), text(Fraction(2, 3)), text(Decimal("2.7E+4"))
    ('2.7', '2/3', '27000')
    """
    if isinstance(value, Decimal) and _SHORTEST.fullmatch(written := str(value)):
        return written
    over, under = value.as_integer_ratio()
    if under == 1:
        return str(over)
    places = _decimal_places(under)
    if places is None:
        return f"{over}/{under}"
    return _point(str(over * 10**places // under), places)


def from_text(plain: str) -> Fraction:
    """The number of a text that :func:`text` made.

    >>> from_text("2.7"), from_text("2/3")
    (Fraction(27, 10), Fraction(2, 3))
    """
    if not _PLAIN.fullmatch(plain):
        raise ValueError(f"{plain!r} is no exact number (digits, a point, or p/q)")
    return Fraction(plain)


def total(values: Iterable[Fraction]) -> Fraction:
    """The sum, a Fraction even of nothing.

    >>> total([Fraction("2.5"), Fraction(1, 2)]), total([])
    (Fraction(3, 1), Fraction(0, 1))
    """
    return sum(values, Fraction(0))


def half_up(value: Fraction, places: int) -> Fraction:
    """The value rounded half away from zero (四舍五入) to ``places`` decimal places.

    >>> half_up(Fraction("8.985"), 2), half_up(Fraction("-0.125"), 2)
    (Fraction(899, 100), Fraction(-13, 100))
    """
    return Fraction(_half_up(value, places), 10**places)


def _half_up(value: Fraction, places: int) -> int:
    """The value rounded half away from zero, in steps of the last place."""
    over, under = value.as_integer_ratio()
    steps: int = (2 * abs(over) * 10**places + under) // (2 * under)
    return steps if over >= 0 else -steps


def cut(value: Fraction, places: int) -> Fraction:
    """The value rounded down to ``places`` decimal places.

    >>> cut(Fraction("5.625"), 2), cut(Fraction("-1.998"), 2)
    (Fraction(281, 50), Fraction(-2, 1))
    """
    return Fraction(_cut(value, places), 10**places)


def _cut(value: Fraction, places: int) -> int:
    """The value rounded down, in steps of the last place."""
    steps: int = value.numerator * 10**places // value.denominator
    return steps


def cut_below(value: Fraction, places: int) -> Fraction:
    """One step less than the value rounded down to ``places`` decimal places, and not below 0.

    >>> cut_below(Fraction("5.625"), 2), cut_below(Fraction("0.5"), 0)
    (Fraction(561, 100), Fraction(0, 1))
    """
    return Fraction(max(0, _cut(value, places) - 1), 10**places)


def rounding_unit(places: int) -> Fraction:
    """The smallest step at ``places`` decimal places: 0.01 for 2."""
    return Fraction(1, 10**places)


def fixed(value: Fraction, places: int) -> str:
    """The value for people, half-up, with exactly ``places`` places.

    >>> fixed(Fraction(10), 2)
    '10.00'
    """
    digits = str(_half_up(value, places))
    return digits if places == 0 else _point(digits, places)


def fixed_below(value: Fraction, places: int) -> str:
    """The value for people, rounded down, with exactly ``places`` places, one at least.

    >>> fixed_below(Fraction(2, 3), 4), fixed_below(Fraction("0.99999"), 4)
    ('0.6666', '0.9999')
    """
    return _point(str(_cut(value, places)), places)


def _decimal_places(denominator: int) -> int | None:
    """How many places a finite decimal with this denominator needs; None if there is none."""
    twos = fives = 0
    while denominator % 2 == 0:
        denominator //= 2
        twos += 1
    while denominator % 5 == 0:
        denominator //= 5
        fives += 1
    return max(twos, fives) if denominator == 1 else None


def _point(digits: str, places: int) -> str:
    """Put the decimal point ``places`` digits from the right."""
    sign, figures = ("-", digits[1:]) if digits.startswith("-") else ("", digits)
    figures = figures.rjust(places + 1, "0")
    return f"{sign}{figures[:-places]}.{figures[-places:]}"
