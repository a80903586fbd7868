"""The JSON form of what an actual says, by ``type``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, assert_never

from kpieval import exact, units
from kpieval.actuals import (
    Answered,
    Attained,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Part,
    Reading,
    Stated,
)
from kpieval.constraints import Direction
from kpieval.intervals import Bound, Interval
from kpieval.units import Unit
from kpieval.wire.basics import (
    Wire,
    boolean_from,
    day,
    day_from,
    factor_from,
    malformed,
    number,
    text_from,
)

READING_TYPES = frozenset(
    {"measured", "dated", "changed", "stated", "graded", "answered", "every", "missing"}
)


def reading(value: Reading) -> Wire:
    """The JSON form of any reading."""
    match value:
        case Measured():
            return _measured(value)
        case Dated(interval=interval):
            return _dated(interval)
        case Changed(direction=direction, basis=basis, size=size):
            changed: Wire = {"type": "changed", "direction": direction.value, "basis": basis}
            return changed | {"size": _measured(size)}
        case Stated(text=text, attained=attained, done=done):
            word = None if attained is None else attained.value
            return {"type": "stated", "text": text, "attained": word, "done": done}
        case Graded(level=level, scale=scale):
            return {"type": "graded", "level": level, "scale": list(scale) or None}
        case Answered(value=answer):
            return {"type": "answered", "value": answer}
        case Every(parts=parts):
            return {"type": "every", "parts": [reading(part) for part in parts]}
        case Missing(reason=reason):
            return {"type": "missing", "reason": reason}
        case _:
            assert_never(value)


def _measured(value: Measured) -> Wire:
    """Both ends in the unit that was written; a missing end is null."""
    return {
        "type": "measured",
        "lower": _end(value.interval.lower, value.unit),
        "upper": _end(value.interval.upper, value.unit),
        "unit": value.unit.name,
        "about": value.about,
        "factor": str(value.factor),
    }


def _end(bound: Bound[Fraction] | None, unit: Unit) -> Wire | None:
    if bound is None:
        return None
    return {"magnitude": number(bound.value / unit.scale), "closed": bound.closed}


def _dated(interval: Interval[dt.date]) -> Wire:
    first = None if interval.lower is None else day(interval.lower.value)
    last = None if interval.upper is None else day(interval.upper.value)
    return {"type": "dated", "first": first, "last": last}


def reading_from(data: Mapping[str, Any]) -> Reading:
    """The reading of its JSON form."""
    match data["type"]:
        case "every":
            return Every(tuple(_part(part) for part in data["parts"]))
        case "missing":
            return Missing(text_from(data["reason"]))
        case _:
            return _part(data)


def _part(data: Mapping[str, Any]) -> Part:
    match data["type"]:
        case "measured":
            return _measured_from(data)
        case "dated":
            return Dated(Interval(_day_end(data["first"]), _day_end(data["last"])))
        case "changed":
            size = _measured_from(data["size"])
            return Changed(Direction(data["direction"]), data["basis"], size)
        case "stated":
            word = data["attained"]
            attained = None if word is None else Attained(word)
            return Stated(text_from(data["text"]), attained, boolean_from(data["done"]))
        case "graded":
            return Graded(text_from(data["level"]), tuple(map(text_from, data["scale"] or ())))
        case "answered":
            return Answered(boolean_from(data["value"]))
        case _:
            raise malformed(data)


def _measured_from(data: Mapping[str, Any]) -> Measured:
    unit = units.parse_unit(data["unit"])
    ends = (_end_from(data["lower"], unit), _end_from(data["upper"], unit))
    about, factor = boolean_from(data["about"]), factor_from(data["factor"])
    return Measured(Interval(*ends), unit, about, factor)


def _end_from(data: Mapping[str, Any] | None, unit: Unit) -> Bound[Fraction] | None:
    if data is None:
        return None
    return Bound(exact.from_text(data["magnitude"]) * unit.scale, boolean_from(data["closed"]))


def _day_end(data: str | None) -> Bound[dt.date] | None:
    return None if data is None else Bound(day_from(data))
