"""The corpus by file: every word of the language, every unit, refusals, compounds.

The wanted readings follow the rules. Lines that are not read as wanted stand in
``wanted_forms.jsonl``, with what was found when they were written.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from failing import failing

from kpieval import messages, units, wordlists
from kpieval.constraints import Target
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
from kpieval.parsing.tries import any_of
from kpieval.wire import constraints as wire

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
FILES = ("wordings.jsonl", "units.jsonl", "refusals.jsonl", "compounds.jsonl")
WANTED = "wanted_forms.jsonl"
ALL = (*FILES, WANTED, "readings.jsonl", "wanted.jsonl", "tianjin-2024.jsonl")
READ = (*FILES, "readings.jsonl", "tianjin-2024.jsonl")
ROW = ("year", "sign", "unit", "name", "level1", "level2")
KEYS = {"text", *ROW, "constraint", "canonical", "notes", "error"}
LENGTHS = {"wordings.jsonl": 600, "units.jsonl": 800, "refusals.jsonl": 350, "compounds.jsonl": 150}

OF_ACTUALS = {"KP118"}

COMPARED = (
    *("_AT_LEAST", "_REACH", "_MORE_THAN", "_AT_MOST", "_HOLD", "_LESS_THAN", "_EQUAL", "_IS"),
    "_ABOUT",
    *("_OR_MORE", "_OVER", "_OR_LESS", "_UNDER", "_OR_SO", "_ODD"),
)
RANGES_AND_JOINS = (
    *("_TO", "_PLUS_MINUS", "_BETWEEN", "_AMONG", "_AND", "_SEP", "_SEMICOLON", "_OR"),
    *("_RESPECTIVELY", "_COLON"),
)
DATED = (
    *("_END", "_BEFORE", "_NOT_LATER", "_FROM", "_ONWARD", "_AFTER", "_UNTIL", "_WITHIN_PERIOD"),
    *(
        "_THROUGHOUT",
        "_YEAR_END",
        "_IN_YEAR",
        "_THIS_YEAR",
        "_WHOLE_YEAR",
        "_NEXT_YEAR",
        "_FIRST_HALF",
    ),
    *("_SECOND_HALF", "_OTHER_DAY"),
)
CHANGED = (
    *("_INCREASE", "_DECREASE", "_LAST_YEAR", "_LAST_PERIOD", "_EACH_YEAR", "_THAN", "_ZERO_OF"),
)

Line = dict[str, Any]


@cache
def lines(name: str) -> list[Line]:
    text = (CORPUS / name).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.split("\n") if line]


def numbered(*names: str) -> list[Any]:
    return [
        pytest.param(line, id=f"{name}:{number}")
        for name in names
        for number, line in enumerate(lines(name), start=1)
    ]


def read(line: Line) -> Target:
    return parse_target(line["text"], **{key: line[key] for key in ROW if key in line})


def check(line: Line) -> None:
    if line["error"] is not None:
        with pytest.raises(ReadingError) as caught:
            read(line)
        assert caught.value.code == line["error"], line["text"]
        start, end = caught.value.span
        assert 0 <= start <= end <= len(line["text"])
        return
    target = read(line)
    assert wire.constraint(target.constraint) == line["constraint"]
    assert target.canonical == line.get("canonical", target.canonical)
    assert set(line["notes"]) <= {note.code for note in target.notes}
    assert parse_target(target.canonical).constraint == target.constraint


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_read_as_wanted(name: str) -> None:
    assert failing(check, ((line,) for line in lines(name))) == []


@pytest.mark.xfail(reason="not yet read as wanted: move it when it is", strict=True)
@pytest.mark.parametrize("line", numbered(WANTED))
def test_wanted_line(line: Line) -> None:
    check(line)


@pytest.mark.parametrize(
    "line", [line for line in lines(WANTED) if line["error"] and line["found"]["error"]]
)
def test_a_refusal_with_another_code_stays_a_refusal(line: Line) -> None:
    with pytest.raises(ReadingError):
        read(line)


@pytest.mark.parametrize("name", FILES)
def test_each_file_is_long_enough(name: str) -> None:
    assert len(lines(name)) >= LENGTHS[name]


def test_the_corpus_is_large_and_refuses_much() -> None:
    read_as_wanted = [line for name in READ for line in lines(name)]
    refused = sum(line.get("error") is not None for line in read_as_wanted)
    assert len(read_as_wanted) >= 1500
    assert refused * 5 >= len(read_as_wanted)


def test_every_line_is_well_formed() -> None:
    for name in (*FILES, WANTED):
        more = {"found", "why"} if name == WANTED else set()
        for line in lines(name):
            assert {"text", "constraint", "notes", "error"} <= set(line) <= KEYS | more, line
            assert (line["constraint"] is None) == (line["error"] is not None), line
            assert set(line["notes"]) <= set(messages.codes("note")), line
            assert line["error"] in {None, *messages.codes("error")}, line
    assert all(line["why"] for line in lines(WANTED))


def test_refusals_are_refusals_and_have_every_code() -> None:
    codes = Counter(line["error"] for line in lines("refusals.jsonl"))
    assert set(codes) == {f"KP{number}" for number in range(101, 120)} - OF_ACTUALS
    assert min(codes.values()) >= 5


def test_no_line_is_there_twice() -> None:
    counted = Counter(
        (line["text"], *(str(line.get(key)) for key in ROW))
        for name in (*FILES, WANTED)
        for line in lines(name)
    )
    assert [key for key, count in counted.items() if count > 1] == []


@cache
def texts() -> tuple[str, ...]:
    return tuple(line["text"] for name in ALL for line in lines(name))


@pytest.mark.parametrize("terminal", [*COMPARED, *RANGES_AND_JOINS, *DATED, *CHANGED])
def test_every_spelling_stands_in_a_line(terminal: str) -> None:
    words = wordlists.spellings(terminal)
    # A word counts only where it is not the beginning of a longer one of the same meaning.
    pattern = re.compile(any_of(words))
    found = {word for text in texts() for word in pattern.findall(text)}
    assert set(words) - found == set()


def test_every_word_of_a_unit_stands_in_a_line() -> None:
    number = r"[0-9一二两三四五六七八九十百千万亿半]|/|每|·|\*|\("
    pattern = re.compile(rf"(?:{number})\s*({any_of(units.words())})")
    columns = {line.get("unit", "") for name in ALL for line in lines(name)}
    found = {word for text in texts() for word in pattern.findall(text)} | columns
    assert set(units.words()) - found == set()
