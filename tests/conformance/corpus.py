"""The lines of the corpus, and how an answer differs from what a line expects.

Nothing here is of kpieval: the standard library is enough to check the answers of any
implementation, in the keys of the corpus.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

Line = dict[str, Any]

HERE = Path(__file__).parent
KNOWN = "differs.jsonl"
"""Lines that kpieval is known to answer otherwise than the rules ask."""

LEVELS = {
    "reading": ("constraint", "error", "canonical", "notes"),
    "verdict": ("actual_error", "actual_notes", "verdict", "reason", "evaluation_notes"),
    "attainment": ("attainment",),
    "score": ("decision_error", "score", "steps"),
}
"""The keys that each level of conformance answers for, beside those of the levels before it."""

_SETS = {"notes", "actual_notes", "evaluation_notes", "steps"}
_NUMBERS = {"attainment", "score"}


class Difference(NamedTuple):
    """One key of one line that an answer does not have as expected."""

    key: str
    expected: Any
    found: Any


def files() -> tuple[str, ...]:
    """The names of the files of the corpus, the known differences left out."""
    return tuple(sorted(path.name for path in HERE.glob("*.jsonl") if path.name != KNOWN))


@cache
def lines(name: str) -> tuple[Line, ...]:
    """The lines of a file of the corpus."""
    return tuple(read(HERE / name))


def read(path: Path) -> list[Line]:
    """The JSON objects of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def differences(line: Line, answer: Mapping[str, Any], level: str = "score") -> list[Difference]:
    """Where an answer differs from what the line expects, up to a level of conformance.

    >>> line = {"id": "x", "score": {"low": "0.5", "high": "1/2"}, "steps": ["a", "b"]}
    >>> differences(line, {"score": {"low": "1/2", "high": "0.50"}, "steps": ["b", "a", "a"]})
    []
    >>> differences(line, {"score": {"low": "0.5", "high": "0.5"}, "steps": ["a"]})
    [Difference(key='steps', expected=['a', 'b'], found=['a'])]
    """
    return [
        Difference(key, line.get(key), answer.get(key))
        for key in keys_of(level)
        if _comparable(key, line.get(key)) != _comparable(key, answer.get(key))
    ]


def keys_of(level: str) -> tuple[str, ...]:
    """The keys that a level answers for, those of the levels before it included.

    >>> keys_of("attainment")[-2:]
    ('evaluation_notes', 'attainment')
    """
    names = list(LEVELS)
    return tuple(key for name in names[: names.index(level) + 1] for key in LEVELS[name])


def _comparable(key: str, value: Any) -> Any:
    """Notes as sets, ratios and points as numbers, everything else as it stands."""
    if key in _SETS:
        return frozenset(value or ())
    if key in _NUMBERS and value is not None:
        return {end: None if text is None else Fraction(text) for end, text in value.items()}
    return value
