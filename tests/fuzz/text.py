"""The door of texts: the lines of the input are a target, an actual, and the row's columns."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from fuzz.laws import BrokenLawError, actual_of, figures_count, hold, target_of
from kpieval import Indicator, policy, score_indicator, units, wordlists
from kpieval.actuals import Actual
from kpieval.errors import KpiEvalError
from kpieval.outcomes import Met, Undetermined, Unmet

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
COLUMNS = ("unit", "sign", "name", "level1", "level2")
WEIGHT = Fraction(10)


def seeds() -> Iterator[bytes]:
    """One of ten texts of the corpus with their rows; each with itself as the actual."""
    yield from sorted({*_written()})[::10]


def _written() -> Iterator[bytes]:
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            case = json.loads(line)
            text = next((case[key] for key in ("text", "value", "input") if case.get(key)), None)
            if isinstance(text, str) and len(text) < 200 and "\n" not in text:
                row = [case.get(key) or "" for key in COLUMNS]
                yield "\n".join([text, case.get("actual") or text, *row]).rstrip("\n").encode()


def words() -> Iterator[bytes]:
    """What the fuzzer may put in: every spelling of the grammar, and every unit."""
    for terminal in wordlists.terminals():
        yield from (word.encode() for word in wordlists.spellings(terminal))
    yield from (word.encode() for word in units.words())


def check(data: bytes) -> None:
    """Read the target and the actual, and score the row."""
    lines = data.decode("utf-8", "ignore").split("\n")
    text, written, *columns = [*lines, ""] if len(lines) < 2 else lines
    row = {key: value for key, value in zip(COLUMNS, columns, strict=False) if value}
    target = target_of(text, **row)
    if target is not None:
        figures_count(text, target, **row)
    actual = actual_of(written, target)
    if target is None or actual is None:
        return
    level1, level2, name = (row.get(key, "") for key in ("level1", "level2", "name"))
    scored(Indicator(level1, level2, name, text, target, weight=WEIGHT), actual)


def scored(indicator: Indicator, actual: Actual) -> None:
    """The row has one verdict of three, and points that lie within its weight."""
    told = (indicator.text, actual.source)
    try:
        result = score_indicator(indicator, actual, policy("mof-2020"))
    except KpiEvalError as error:
        # What is read is scored, if only as undetermined.
        raise BrokenLawError(("not scored", *told, error.code)) from error
    hold(isinstance(result.verdict, Met | Unmet | Undetermined), result.verdict)
    score = result.score
    hold(score is not None and 0 <= score.low <= score.high <= WEIGHT, (*told, score))
