"""The JSON form of constraints, by ``type``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_never

from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Change,
    Constraint,
    Direction,
    During,
    Equal,
    LessThan,
    Level,
    MoreThan,
    NotBefore,
    Single,
    Size,
    Statement,
    YesNo,
)
from kpieval.wire.basics import (
    Wire,
    amount,
    amount_from,
    boolean_from,
    day,
    day_from,
    malformed,
    optional_day_from,
    text_from,
)

_OF_ONE_VALUE: dict[str, type[AtLeast | MoreThan | AtMost | LessThan | Equal | Bare | About]] = {
    "at_least": AtLeast,
    "more_than": MoreThan,
    "at_most": AtMost,
    "less_than": LessThan,
    "equal": Equal,
    "bare": Bare,
    "about": About,
}
_NAMES = {cls: name for name, cls in _OF_ONE_VALUE.items()}

CONSTRAINT_TYPES = frozenset(_OF_ONE_VALUE) | {
    "between",
    "by",
    "not_before",
    "during",
    "change",
    "level",
    "yes_no",
    "statement",
    "all_of",
}


def constraint(value: Constraint) -> Wire:
    """The JSON form of any constraint."""
    match value:
        case AtLeast() | MoreThan() | AtMost() | LessThan() | Equal() | Bare() | About():
            return {"type": _NAMES[type(value)], "value": amount(value.value)}
        case Between():
            return _between(value)
        case By(date=date, from_=from_):
            return {"type": "by", "date": day(date), "from": day(from_)}
        case NotBefore(date=date):
            return {"type": "not_before", "date": day(date)}
        case During(start=start, end=end):
            return {"type": "during", "start": day(start), "end": day(end)}
        case Change():
            return _change(value)
        case Level(level=level, scale=scale):
            return {"type": "level", "level": level, "scale": list(scale) or None}
        case YesNo(value=answer):
            return {"type": "yes_no", "value": answer}
        case Statement(text=text):
            return {"type": "statement", "text": text}
        case AllOf(parts=parts):
            return {"type": "all_of", "parts": [constraint(part) for part in parts]}
        case _:
            assert_never(value)


def optional_constraint(value: Constraint | None) -> Wire | None:
    """The constraint, or null."""
    return None if value is None else constraint(value)


def _between(value: Between) -> Wire:
    return {
        "type": "between",
        "lower": amount(value.lower),
        "upper": amount(value.upper),
        "lower_closed": value.lower_closed,
        "upper_closed": value.upper_closed,
    }


def _change(value: Change) -> Wire:
    return {
        "type": "change",
        "direction": value.direction.value,
        "basis": value.basis,
        "constraint": constraint(value.constraint),
    }


def constraint_from(data: Mapping[str, Any]) -> Constraint:
    """The constraint of its JSON form."""
    if data["type"] == "all_of":
        return AllOf(tuple(_single(part) for part in data["parts"]))
    return _single(data)


def _single(data: Mapping[str, Any]) -> Single:
    match data["type"]:
        case "by":
            return By(day_from(data["date"]), optional_day_from(data["from"]))
        case "not_before":
            return NotBefore(day_from(data["date"]))
        case "during":
            return During(day_from(data["start"]), day_from(data["end"]))
        case "change":
            direction, size = Direction(data["direction"]), _size(data["constraint"])
            return Change(direction, data["basis"], size)
        case "level":
            return Level(text_from(data["level"]), tuple(map(text_from, data["scale"] or ())))
        case "yes_no":
            return YesNo(boolean_from(data["value"]))
        case "statement":
            return Statement(text_from(data["text"]))
        case _:
            return _size(data)


def _size(data: Mapping[str, Any]) -> Size:
    kind = data["type"]
    if kind == "between":
        return Between(
            amount_from(data["lower"]),
            amount_from(data["upper"]),
            boolean_from(data["lower_closed"]),
            boolean_from(data["upper_closed"]),
        )
    if kind not in _OF_ONE_VALUE:
        raise malformed(data)
    return _OF_ONE_VALUE[kind](amount_from(data["value"]))
