"""What an actual was read as, in a few words or signs."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import assert_never

from kpieval import exact
from kpieval.actuals import (
    Answered,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Reading,
    Stated,
)
from kpieval.intervals import Bound, Interval
from kpieval.phrases import phrase
from kpieval.units import Unit


def describe(reading: Reading, lang: str = "zh") -> str:
    """The reading for people: ``26500 元``, ``[200, 300) 人次``, ``2024-10-01 – 2024-10-31``.

    >>> from kpieval.units import parse_unit
    >>> describe(Measured(Interval.point(Fraction(26500)), parse_unit("元")))
    '26500 元'
    """
    match reading:
        case Measured(interval=interval, unit=unit, about=about):
            size = _amounts(interval, unit)
            return phrase("reading.about", lang, size=size) if about else size
        case Dated(interval=days):
            return _days(days)
        case Changed(direction=direction, size=size):
            return phrase(f"reading.{direction.value}", lang, size=describe(size, lang))
        case Stated(text=text, attained=attained):
            if attained is None:
                return phrase("reading.prose", lang, text=text)
            return phrase(f"attained.{attained.value}", lang)
        case Graded(level=level):
            return phrase("reading.level", lang, level=level)
        case Answered(value=value):
            return phrase("yes" if value else "no", lang)
        case Every(parts=parts):
            return phrase("semicolon", lang).join(describe(part, lang) for part in parts)
        case Missing():
            return phrase("explain.no_actual", lang)
        case _:
            assert_never(reading)


def _amounts(interval: Interval[Fraction], unit: Unit) -> str:
    return f"{_numbers(interval, unit)} {unit.name}".rstrip()


def _numbers(interval: Interval[Fraction], unit: Unit) -> str:
    lower, upper = interval.lower, interval.upper
    if lower is None:
        return "(-∞, ∞)" if upper is None else f"{'≤' if upper.closed else '<'}{_in(upper, unit)}"
    if upper is None:
        return f"{'≥' if lower.closed else '>'}{_in(lower, unit)}"
    if interval.is_point:
        return _in(lower, unit)
    left, right = "[" if lower.closed else "(", "]" if upper.closed else ")"
    return f"{left}{_in(lower, unit)}, {_in(upper, unit)}{right}"


def _in(bound: Bound[Fraction], unit: Unit) -> str:
    return exact.text(bound.value / unit.scale)


def _days(interval: Interval[dt.date]) -> str:
    first, last = interval.lower, interval.upper
    if first is not None and last is not None and interval.is_point:
        return first.value.isoformat()
    ends = ["" if end is None else end.value.isoformat() for end in (first, last)]
    return " – ".join(ends).strip()
