"""What kpieval makes of each line, and which of six outcomes that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from kpieval import evaluate, exact
from kpieval.actuals import Dated, Every, Measured, Reading, Stated
from kpieval.errors import ReadingError
from kpieval.outcomes import Met, Unmet
from kpieval.parsing import parse_actual, parse_target
from kpieval.rendering import canonical
from kpieval.units import parse_unit
from kpieval.wire import constraints as wire
from measure.corpora import Line
from measure.gold import REFUSED, Json, differences, nearest


class Outcome(Enum):
    """What became of a line, the best first."""

    AS_GOLD = "read as the gold says"
    AS_DECIDED = "read as the rules decide, not as the gold"
    RIGHTLY_REFUSED = "rightly refused"
    REFUSED = "refused"
    NOTED = "misread with a note"
    SILENT = "misread without a note"


GOOD = {Outcome.AS_GOLD, Outcome.AS_DECIDED, Outcome.RIGHTLY_REFUSED}

SAYS_NOTHING = {"fold.lookalike", "number.separators", "unit.from_context"}
"""Notes that never warn of a misreading."""

OPEN = {"bare", "about"}
"""Notes that only say that the comparator is open; they warn of nothing else."""


@dataclass(frozen=True)
class Result:
    """A line, what it was read as, in which aspects that is wrong, and the outcome."""

    line: Line
    found: Json
    shown: str
    notes: tuple[str, ...]
    aspects: frozenset[str]
    outcome: Outcome


def measured(lines: Iterable[Line]) -> list[Result]:
    """Every line with its outcome."""
    return [_result(line) for line in lines]


def _result(line: Line) -> Result:
    if line.is_actual:
        found, shown, notes = _read_actual(line)
        aspects = _actual_differences(line.wanted[0], found)
    else:
        found, shown, notes = _read_target(line)
        aspects = nearest(line.wanted, found)
    if line.note and line.note not in notes:
        aspects |= {"note"}
    return Result(line, found, shown, notes, aspects, _outcome(line, found, aspects, notes))


def _outcome(line: Line, found: Json, aspects: frozenset[str], notes: tuple[str, ...]) -> Outcome:
    if found.get("error"):
        return Outcome.REFUSED if aspects else Outcome.RIGHTLY_REFUSED
    if not aspects:
        return Outcome.AS_DECIDED if line.reason else Outcome.AS_GOLD
    return Outcome.NOTED if warns(notes, aspects) else Outcome.SILENT


def warns(notes: Iterable[str], aspects: Iterable[str]) -> bool:
    """Whether a note could have told a reader that something is amiss in these aspects."""
    telling = set(notes) - SAYS_NOTHING
    return bool(telling if set(aspects) == {"comparator"} else telling - OPEN)


def _read_target(line: Line) -> tuple[Json, str, tuple[str, ...]]:
    try:
        target = parse_target(line.text, **line.row)
    except ReadingError as error:
        return _refusal(error)
    notes = tuple(dict.fromkeys(note.code for note in target.notes))
    return wire.constraint(target.constraint), canonical(target.constraint), notes


def _refusal(error: ReadingError) -> tuple[Json, str, tuple[str, ...]]:
    return {**REFUSED, "code": error.code}, error.message("en"), ()


def _read_actual(line: Line) -> tuple[Json, str, tuple[str, ...]]:
    try:
        actual = parse_actual(line.text, **line.row)
    except ReadingError as error:
        return _refusal(error)
    notes = tuple(dict.fromkeys(note.code for note in actual.notes))
    found = _actual_json(actual.reading)
    return found, _shown_actual(actual.reading, found), notes


def _actual_json(reading: Reading) -> Json:
    match reading:
        case Measured(interval=numbers, unit=unit):
            bounds = (numbers.lower, numbers.upper)
            sizes = [exact.text(bound.value / unit.scale) if bound else None for bound in bounds]
            return {"actual": [*sizes, unit.name]}
        case Dated(interval=days):
            ends = (days.lower, days.upper)
            return {"actual": [*(day.value.isoformat() if day else None for day in ends), "date"]}
        case _:
            return {"other": type(reading).__name__}


def _shown_actual(reading: Reading, found: Json) -> str:
    if isinstance(reading, Every):
        return "；".join(_shown_actual(part, _actual_json(part)) for part in reading.parts)
    if "actual" in found:
        low, high, unit = found["actual"]
        ends = low if low == high else f"{low or '...'} to {high or '...'}"
        return f"{ends} {'' if unit == 'date' else unit}".strip()
    return f"the words {reading.text}" if isinstance(reading, Stated) else found["other"]


def _actual_differences(expected: Json, found: Json) -> frozenset[str]:
    if found.get("error"):
        return frozenset({"refusal"})
    if "actual" not in found or (expected["actual"][2] == "date") != (found["actual"][2] == "date"):
        return frozenset({"kind"})
    if expected["actual"][2] == "date":
        return frozenset() if expected == found else frozenset({"date"})
    return differences(_range(expected["actual"]), _range(found["actual"]))


def _range(ends: list[str]) -> Json:
    low, high, unit = ends
    amounts = [{"magnitude": end, "unit": parse_unit(unit).name} for end in (low, high)]
    return {"type": "between", "lower": amounts[0], "upper": amounts[1]}


def verdicts(results: Iterable[Result]) -> tuple[int, int]:
    """How many lines that come with an actual and a verdict give that verdict, and of how many."""
    right = total = 0
    for result in results:
        if result.line.verdict is None:
            continue
        total += 1
        actual, satisfied = result.line.verdict
        if not result.found.get("error"):
            target = parse_target(result.line.text, **result.line.row)
            verdict = evaluate(target, parse_actual(actual, like=target))
            right += isinstance(verdict, Met if satisfied else Unmet)
    return right, total
