"""The JSON form of targets, actuals, attainment, points and decisions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kpieval.actuals import Actual
from kpieval.constraints import Target
from kpieval.errors import ReadingError
from kpieval.outcomes import Attainment, Decision, Score
from kpieval.wire.basics import (
    Wire,
    error,
    factor_from,
    malformed,
    notes,
    notes_from,
    number,
    text_from,
)
from kpieval.wire.constraints import constraint, constraint_from
from kpieval.wire.readings import reading, reading_from


def target(value: Target, lang: str) -> Wire:
    """A target that was read: one object of ``kpieval parse``."""
    return {
        "text": value.source,
        "constraint": constraint(value.constraint),
        "canonical": value.canonical,
        "notes": notes(value.notes, lang),
        "error": None,
        "factor": str(value.factor),
        "factors": [str(factor) for factor in value.factors],
    }


def target_error(source: str, fault: ReadingError, lang: str) -> Wire:
    """A target that was refused: one object of ``kpieval parse``."""
    return {
        "text": source,
        "constraint": None,
        "canonical": None,
        "notes": [],
        "error": error(fault, lang),
        "factor": None,
        "factors": [],
    }


def target_from(data: Mapping[str, Any]) -> Target:
    """The target of its JSON form; a refused one is not read back."""
    if data["constraint"] is None:
        raise malformed(data)
    return Target(
        text_from(data["text"]),
        constraint_from(data["constraint"]),
        text_from(data["canonical"]),
        notes_from(data["notes"]),
        factor_from(data["factor"]),
        tuple(factor_from(factor) for factor in data["factors"]),
    )


def actual(value: Actual, lang: str) -> Wire:
    """An actual that was read."""
    return {
        "text": value.source,
        "reading": reading(value.reading),
        "notes": notes(value.notes, lang),
    }


def actual_from(data: Mapping[str, Any]) -> Actual:
    """The actual of its JSON form."""
    remarks = notes_from(data["notes"])
    return Actual(text_from(data["text"]), reading_from(data["reading"]), remarks)


def attainment(value: Attainment) -> Wire:
    """Both ends; a missing upper end is null."""
    return {"low": number(value.low), "high": number(value.high)}


def score(value: Score) -> Wire:
    """Both ends of the points."""
    return {"low": number(value.low), "high": number(value.high)}


def decision(value: Decision) -> Wire:
    """What a person decided."""
    word = None if value.attained is None else value.attained.value
    return {"attained": word, "points": number(value.points), "reason": value.reason}
