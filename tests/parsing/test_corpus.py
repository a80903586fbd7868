"""The corpus of readings: what each text is wanted to say, and what must be refused.

``readings.jsonl`` holds what is read as wanted. ``wanted.jsonl`` holds what is not yet: the wanted
reading, and under ``found`` what happened when the line was written. A line of it that passes is
shown as an unexpected pass and belongs into ``readings.jsonl``.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from failing import failing

from kpieval import messages
from kpieval.constraints import Target
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
from kpieval.wire import constraints as wire

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
ROW = ("year", "sign", "unit", "name", "level1", "level2")
KEYS = {"text", *ROW, "constraint", "canonical", "notes", "error"}

Line = dict[str, Any]


def lines(name: str) -> list[Line]:
    text = (CORPUS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


READINGS = lines("readings.jsonl")
WANTED = lines("wanted.jsonl")


def name_of(line: Line) -> str:
    row = "".join(f" {key}={line[key]}" for key in ROW if key in line)
    text = line["text"]
    return f"{text if len(text) < 40 else text[:20] + '...'}{row}"


def read(line: Line) -> Target:
    return parse_target(line["text"], **{key: line[key] for key in ROW if key in line})


def check(line: Line) -> None:
    if line["error"] is not None:
        with pytest.raises(ReadingError) as caught:
            read(line)
        assert caught.value.code == line["error"]
        start, end = caught.value.span
        assert 0 <= start <= end <= len(line["text"])
        return
    target = read(line)
    assert wire.constraint(target.constraint) == line["constraint"]
    assert target.canonical == line.get("canonical", target.canonical)
    assert set(line["notes"]) <= {note.code for note in target.notes}


def test_every_reading() -> None:
    assert failing(check, ((line,) for line in READINGS)) == []


@pytest.mark.xfail(
    reason="not yet read as wanted: move it to readings.jsonl when it is", strict=True
)
@pytest.mark.parametrize("line", WANTED, ids=name_of)
def test_wanted_reading(line: Line) -> None:
    check(line)


BACK = [line for line in READINGS if not line["error"]]


def _parses_back(line: Line) -> None:
    target = read(line)
    assert parse_target(target.canonical).constraint == target.constraint


def test_canonical_texts_of_the_corpus_parse_back() -> None:
    assert failing(_parses_back, ((line,) for line in BACK)) == []


def test_the_corpus_is_well_formed() -> None:
    for line in READINGS:
        assert set(line) <= KEYS, line
        assert (line["constraint"] is None) == (line["error"] is not None), line
    for line in WANTED:
        assert set(line) <= KEYS | {"found", "why"}, line
        assert line["why"], line
    assert {line["error"] for line in READINGS + WANTED} - {None} <= set(messages.codes("error"))
    noted = {code for line in READINGS + WANTED for code in line["notes"]}
    assert noted <= set(messages.codes("note"))


def test_the_corpus_is_large_and_refuses_much() -> None:
    assert len(READINGS) >= 350
    refused = sum(line["error"] is not None for line in READINGS)
    assert refused * 5 >= len(READINGS)


def test_no_line_is_there_twice() -> None:
    counted = Counter(
        (line["text"], *(str(line.get(key)) for key in ROW)) for line in READINGS + WANTED
    )
    assert [key for key, count in counted.items() if count > 1] == []


def test_every_kind_of_constraint_and_nearly_every_refusal_is_in_the_corpus() -> None:
    kinds = {line["constraint"]["type"] for line in READINGS if line["constraint"]}
    assert kinds == {
        *("at_least", "more_than", "at_most", "less_than", "equal", "bare", "about", "between"),
        *("by", "not_before", "during", "change", "level", "yes_no", "statement", "all_of"),
    }
    codes = {line["error"] for line in READINGS if line["error"]}
    assert {f"KP{number}" for number in range(101, 117)} <= codes
