"""The published targets of one department: 54 values, each with its reading."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kpieval.constraints import (
    AtLeast,
    AtMost,
    Bare,
    By,
    MoreThan,
    Statement,
)
from kpieval.errors import MissingYearError, ReadingError
from kpieval.parsing import parse_target
from kpieval.wire import constraints as wire

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "tianjin-2024.jsonl"
LINES = [json.loads(line) for line in CORPUS.read_text(encoding="utf-8").splitlines()]

Line = dict[str, Any]


@pytest.mark.parametrize("line", LINES, ids=[f"{line['name']} {line['text']}" for line in LINES])
@pytest.mark.parametrize("with_row", [False, True], ids=["text alone", "with its row"])
def test_each_value_is_read_as_published(line: Line, with_row: bool) -> None:
    row = {key: line[key] for key in ("name", "level1", "level2")} if with_row else {}
    target = parse_target(line["text"], year=line["year"], **row)
    assert wire.constraint(target.constraint) == line["constraint"]
    assert parse_target(target.canonical).constraint == target.constraint


def test_how_many_values_of_which_kind_there_are() -> None:
    kinds = Counter(
        type(parse_target(line["text"], year=line["year"]).constraint) for line in LINES
    )
    signed = kinds[AtLeast] + kinds[AtMost] + kinds[MoreThan]
    assert (signed, kinds[Bare]) == (37, 8)
    assert signed + kinds[Bare] == 45
    assert kinds[By] == 6
    assert kinds[Statement] == 3
    assert kinds.total() == 54


def test_one_deadline_needs_the_year_of_the_table() -> None:
    refused = []
    for line in LINES:
        try:
            parse_target(line["text"])
        except ReadingError as error:
            refused.append((line["text"], error.code))
    assert refused == [("12月底之前", "KP103")]


def test_a_deadline_without_a_year_is_refused() -> None:
    with pytest.raises(MissingYearError) as caught:
        parse_target("12月底之前")
    assert caught.value.code == "KP103"


def test_bare_values_and_no_others_carry_a_note() -> None:
    for line in LINES:
        notes = [note.code for note in parse_target(line["text"], year=line["year"]).notes]
        assert notes == (["bare"] if line["constraint"]["type"] == "bare" else []), line["text"]
