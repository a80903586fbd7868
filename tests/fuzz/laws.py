"""What holds for a reading of whatever text: it is stable, and no figure in it is lost in silence."""

from __future__ import annotations

import re
from typing import Any

from kpieval import from_wire, parse_actual, parse_target, to_wire
from kpieval.actuals import Actual
from kpieval.constraints import Target
from kpieval.errors import KpiEvalError

YEAR = 2024
FIGURE = re.compile("[0-9]")
NOTHING_OF = re.compile(r"(?<![0-9.])0+(?:\.0*)?\s*[/／:：]")
"""0/3 is 0, whatever stands below the line."""


class BrokenLawError(AssertionError):
    """What fuzzing looks for: the law that an input breaks."""


def hold(law: bool, told: object) -> None:
    """Raise BrokenLawError unless the law holds; an assert would go under ``python -O``."""
    if not law:
        raise BrokenLawError(str(told))


def refused_well(error: KpiEvalError) -> None:
    """A refusal has a code, a sentence in both languages and a place inside the text."""
    hold(error.code != "KP000", repr(error))
    hold(bool(error.message("zh") and error.message("en")), error.code)
    start, end = getattr(error, "span", (0, 0))
    hold(0 <= start <= end <= len(getattr(error, "source", "")), (error.code, start, end))


def target_of(text: str, **row: Any) -> Target | None:
    """The target of a text with what its row says; None when it is refused, as it should be."""
    try:
        target = parse_target(text, year=YEAR, **row)
    except KpiEvalError as error:
        refused_well(error)
        return None
    again = parse_target(target.canonical, year=YEAR)
    hold(again.constraint == target.constraint, ("canonical", text, target.canonical))
    hold(again.canonical == target.canonical, ("canonical twice", text, target.canonical))
    hold(from_wire(to_wire(target)) == target, ("wire", text))
    return target


def figures_count(text: str, target: Target, **row: Any) -> None:
    """Another figure gives another reading, a refusal, or other notes.

    One place of the text is tried; which one hangs on the text alone.
    """
    places = [found.start() for found in FIGURE.finditer(text)]
    if not places or NOTHING_OF.search(text):
        return
    place = places[sum(map(ord, text)) % len(places)]
    other = str((int(text[place]) + 3) % 10)
    changed = text[:place] + other + text[place + 1 :]
    try:
        found = parse_target(changed, year=YEAR, **row)
    except KpiEvalError:
        return
    same = (found.constraint, found.notes) == (target.constraint, target.notes)
    hold(not same, ("figure lost", text, place, row))


def actual_of(text: str, target: Target | None) -> Actual | None:
    """The actual of a text beside a target; None when it is refused."""
    try:
        actual = parse_actual(text, like=target, year=YEAR)
    except KpiEvalError as error:
        refused_well(error)
        return None
    hold(from_wire(to_wire(actual)) == actual, ("wire of the actual", text))
    return actual
