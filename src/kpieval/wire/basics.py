"""The JSON form of numbers, amounts, days, notes and errors."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from kpieval import exact, units
from kpieval.amounts import Amount
from kpieval.errors import KpiEvalError, ReadingError
from kpieval.notes import Note

Wire = dict[str, Any]
"""One JSON object."""

_SHOWN = 120


def malformed(data: object) -> ValueError:
    """The error for data that is no wire form."""
    shown = repr(data)
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."
    return ValueError(f"not the wire form of any value of kpieval: {shown}")


def number(value: Fraction | None) -> str | None:
    """An exact number as text; null for None."""
    return None if value is None else exact.text(value)


def amount(value: Amount) -> Wire:
    """Magnitude and canonical unit name, both as text."""
    return {"magnitude": exact.text(value.magnitude), "unit": value.unit.name}


def amount_from(data: Mapping[str, Any]) -> Amount:
    """The amount of its JSON form."""
    magnitude = exact.number(exact.from_text(data["magnitude"]))
    return Amount(magnitude, units.parse_unit(data["unit"]))


def optional_amount(value: Amount | None) -> Wire | None:
    """The amount, or null."""
    return None if value is None else amount(value)


def day(value: dt.date | None) -> str | None:
    """A civil day as ``2024-12-31``, or null."""
    return None if value is None else value.isoformat()


def day_from(data: str) -> dt.date:
    """The day of its JSON form."""
    return dt.date.fromisoformat(data)


def optional_day_from(data: str | None) -> dt.date | None:
    """The day of its JSON form, None for null."""
    return None if data is None else day_from(data)


def boolean_from(data: object) -> bool:
    """A boolean, checked: the text "false" must not become true."""
    if not isinstance(data, bool):
        raise malformed(data)
    return data


def text_from(data: object) -> str:
    """A text, checked."""
    if not isinstance(data, str):
        raise malformed(data)
    return data


def factor_from(data: object) -> int | Fraction:
    """A scale such as 10000, or 1/10000 for one in a divisor, from its text."""
    value = exact.from_text(text_from(data))
    if value <= 0:
        raise malformed(data)
    return int(value) if value.denominator == 1 else value


def note(value: Note, lang: str) -> Wire:
    """Code, sentence and parameters of a note."""
    return {"code": value.code, "message": value.message(lang), "params": dict(value.params)}


def note_from(data: Mapping[str, Any]) -> Note:
    """The note of its JSON form; the sentence is composed anew."""
    params = ((text_from(name), text_from(value)) for name, value in data["params"].items())
    return Note(text_from(data["code"]), tuple(params))


def notes(values: Iterable[Note], lang: str) -> list[Wire]:
    """A list of notes."""
    return [note(value, lang) for value in values]


def notes_from(data: Iterable[Mapping[str, Any]]) -> tuple[Note, ...]:
    """The notes of a list."""
    return tuple(note_from(item) for item in data)


def error(value: KpiEvalError, lang: str) -> Wire:
    """Code and sentence of an error, and the place inside the text when it has one."""
    start, end = value.span if isinstance(value, ReadingError) else (None, None)
    return {"code": value.code, "message": value.message(lang), "start": start, "end": end}


def errors(values: Iterable[KpiEvalError], lang: str) -> list[Wire]:
    """A list of errors."""
    return [error(value, lang) for value in values]
