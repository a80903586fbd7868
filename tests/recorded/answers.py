"""The answer of the package to one line of a corpus, short enough to be read in a diff."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kpieval.constraints import Target
from kpieval.errors import KpiEvalError, ReadingError
from kpieval.notes import Note
from kpieval.parsing import parse_actual, parse_target
from kpieval.wire.readings import reading

HERE = Path(__file__).parent
CORPUS = HERE.parent / "corpus"
ROW = ("year", "sign", "unit", "name", "level1", "level2")

Line = dict[str, Any]

TEXTS = {
    **dict.fromkeys(("readings", "wanted", "refusals", "compounds", "units", "wordings"), "text"),
    "tianjin-2024": "text",
    "real_values": "value",
    "wild_values": "value",
    "peer_cases": "input",
}
"""The corpora, and the key under which each holds its texts."""


def lines(corpus: str) -> Iterator[Line]:
    """The answers to the texts of a corpus, each text (with its row) once."""
    seen = set()
    for given in (CORPUS / f"{corpus}.jsonl").read_text("utf-8").split("\n")[:-1]:
        line = json.loads(given)
        asked = {"text": line[TEXTS[corpus]]} | {key: line[key] for key in ROW if line.get(key)}
        if isinstance(asked["text"], str) and str(asked) not in seen:
            seen.add(str(asked))
            yield asked | answer(**asked)


def answer(text: str, **row: Any) -> Line:
    """The text as a target of its row, as an actual alone, and as an actual of itself."""
    target, found = _target(text, row)
    alone = _actual(text, None, row.get("year"))
    own = _actual(text, target, row.get("year"))
    return found | {"actual": alone} | ({} if own == alone else {"own": own})


def recorded(corpus: str) -> Path:
    """The file with the recorded answers to a corpus."""
    return HERE / "readings" / f"{corpus}.jsonl"


def _target(text: str, row: Line) -> tuple[Target | None, Line]:
    try:
        target = parse_target(text, **row)
    except ReadingError as error:
        return None, {"target": _refused(error)}
    return target, {"target": [target.canonical, *map(noted, target.notes)]}


def _actual(text: str, like: Target | None, year: int | None) -> list[str]:
    try:
        actual = parse_actual(text, like=like, year=year)
    except ReadingError as error:
        return _refused(error)
    said = json.dumps(reading(actual.reading), ensure_ascii=False, separators=(",", ":"))
    return [said, *map(noted, actual.notes)]


def _refused(error: ReadingError) -> list[str]:
    start, end = error.span
    return [f"{error.code} {start}-{end}", *told(error)]


def told(error: KpiEvalError) -> list[str]:
    place = {"text", "before", "after"}
    return [f"{name}={value}" for name, value in error.params.items() if name not in place]


def as_text(line: Line) -> str:
    """A line of a recording."""
    return json.dumps(line, ensure_ascii=False)


def noted(note: Note) -> str:
    return " ".join((note.code, *(f"{name}={value}" for name, value in note.params)))
