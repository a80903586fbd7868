"""Plain actuals, 26500元 or 12人, read without the grammar."""

from __future__ import annotations

from fractions import Fraction

from kpieval.actuals import Actual, Dated, Measured
from kpieval.constraints import (
    About,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    During,
    Equal,
    LessThan,
    MoreThan,
    NotBefore,
    Target,
)
from kpieval.intervals import Interval
from kpieval.meaning import amounts_of
from kpieval.parsing.days import day
from kpieval.parsing.known import measured, unit_of
from kpieval.parsing.shapes import split

_AMOUNTS = AtLeast | MoreThan | AtMost | LessThan | Equal | Bare | About | Between
_DAYS = By | NotBefore | During


def plain(text: str, like: Target | None) -> Actual | None:
    """The actual that a number with its unit or a day written out is; None for all else.

    >>> plain("12人", None).reading.interval.lower.value, plain("12", None)
    (Fraction(12, 1), None)
    """
    when = day(text)
    if when is not None and (like is None or isinstance(like.constraint, _AMOUNTS | _DAYS)):
        return Actual(text, Dated(Interval.point(when)))
    found = split(text) or measured(text)
    if found is None or not (like is None or isinstance(like.constraint, _AMOUNTS)):
        return None
    (before, *after), ((digits, places), *_) = found
    known = unit_of(after[0]) if not before and len(after) == 1 else None
    if known is None:
        return None
    unit, factor = known
    interval = Interval.point(Fraction(digits * factor, 10**places) * unit.scale)
    kept = factor if shares_scale(like, factor) else 1
    return Actual(text, Measured(interval, unit, factor=kept))


def shares_scale(like: Target | None, factor: int | Fraction) -> bool:
    """Whether a target without a unit can be meant in the actual's scale: 5 against 4万元.

    A target with a scale of its own, or with a number as large as the scale, is written out.
    """
    if like is None or like.factor != 1:
        return False
    return all(abs(value.value) < factor for value in amounts_of(like.constraint))
