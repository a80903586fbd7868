"""Hostile texts: each gives the reading or the code that the rules ask for, at once, in little memory."""

from __future__ import annotations

import decimal
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import texts
from hypothesis import given
from hypothesis import strategies as st
from profiles import few
from texts import Line
from tracing import SLOWER

from kpieval.errors import ReadingError
from kpieval.parsing import parse_actual, parse_target
from kpieval.parsing.folding import MAX_TEXT

LINES = texts.lines()
SOUND = [line for line in LINES if "fault" not in line]
FAULTS = [line for line in LINES if "fault" in line]
MOST_SECONDS = 0.05
MOST_BYTES = 50_000_000
TRIES = 5
LONG_TEXT = 100


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """The parser is made, and every pattern compiled, before a clock starts."""
    for text in ("≥90%", "≥5外星币", "近百场", "好" * 10, "十" * 10 + "次", "2024年12月底前"):
        for role in ("target", "actual"):
            texts.answer(role, text, {})


def wrong(line: Line) -> list[str]:
    """Where the answer is none that the line allows."""
    text, context = texts.text_of(line), line.get("context", {})
    answers = {role: texts.answer(role, text, context) for role in texts.roles(line)}
    return [
        f"{line['id']} as {role}: {line['why']}: {found}"
        for role, found in answers.items()
        if not texts.holds(line, found)
    ]


@pytest.mark.parametrize("group", sorted({texts.group(line) for line in SOUND}))
def test_what_hostile_texts_give(group: str) -> None:
    found = [wrong(line) for line in SOUND if texts.group(line) == group]
    assert found
    assert not [told for lines in found for told in lines]


@pytest.mark.parametrize("line", FAULTS, ids=[line["id"] for line in FAULTS])
def test_a_known_fault_is_still_one(line: Line) -> None:
    """Strictly: a fault that is mended loses its ``fault`` in the corpus."""
    assert wrong(line), f"mended: {line['fault']}"


def test_the_corpus_covers_every_threat_of_texts() -> None:
    assert len(LINES) >= 400
    assert len({line["id"] for line in LINES}) == len(LINES)
    assert all(line["why"] for line in LINES)
    assert {line["threat"] for line in LINES} >= {*range(1, 11), 12, 13, 18, 21, 23}
    written = texts.CORPUS.read_text(encoding="utf-8").splitlines()
    assert max(map(len, written)) < 2_000, "say what is long by its pieces"


def test_a_line_of_the_corpus_can_fail() -> None:
    """The check itself: what a line does not allow is told from what it does."""
    read = {"canonical": "≥90%", "notes": ["bare"], "words": False}
    assert texts.holds({"canonical": "≥90%", "notes": ["bare"]}, read)
    assert not texts.holds({"canonical": ">90%"}, read)
    assert not texts.holds({"canonical": "≥90%", "notes": ["about"]}, read)
    assert not texts.holds({"error": texts.ANY_REFUSAL}, read)
    assert not texts.holds({"canonical": "≥90%"}, {"error": "KP101"})
    assert texts.holds({"canonical": "≥90%", "or_refused": True}, {"error": "KP101"})
    assert not texts.holds({"error": "KP106"}, {"error": "KP101"})
    assert not texts.holds({"error": texts.ANY_REFUSAL}, {"error": "KP301"})
    assert not texts.holds({"outcome": "noted"}, read | {"notes": []})
    assert not texts.holds({"outcome": "words"}, read)


def seconds(run: Callable[[], object], enough: float) -> float:
    """The least processor time of some tries; one that is short enough is the last."""
    best = float("inf")
    for _ in range(TRIES):
        started = time.process_time()
        run()
        best = min(best, time.process_time() - started)
        if best < enough:
            break
    return best


@pytest.mark.parametrize("role", ["target", "actual"])
def test_no_text_takes_long(role: str) -> None:
    """Every text in both roles: what is a target in one file is an actual in another."""
    slow = {}
    for line in LINES:
        context = line.get("context", {})
        if texts.roles(line) == (role,) or not context:
            text = texts.text_of(line)
            taken = seconds(partial(texts.answer, role, text, context), MOST_SECONDS * SLOWER)
            if taken >= MOST_SECONDS * SLOWER:
                slow[line["id"]] = taken
    assert not slow


@pytest.mark.long
@pytest.mark.parametrize("role", ["target", "actual"])
def test_no_text_takes_much_memory(role: str) -> None:
    """Those of some length: a short one cannot, but by what it is made to repeat, see the lengths."""
    large = {}
    for line in LINES:
        text = texts.text_of(line)
        if len(text) < LONG_TEXT or line.get("context"):
            continue
        tracemalloc.start()
        texts.answer(role, text, {})
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        if peak >= MOST_BYTES:
            large[line["id"]] = peak
    assert not large


@pytest.mark.long
@pytest.mark.parametrize(
    "piece", ["一", "1,", "情况", "≥3次；", "(", "人次", "1 ", "增长", "百分之", "12月"]
)
@pytest.mark.parametrize("role", ["target", "actual"])
def test_twice_the_text_takes_some_times_as_long(piece: str, role: str) -> None:
    """Quadratic is four times as long; a search that goes back and forth is beyond all bounds."""

    def taken(length: int) -> float:
        return seconds(partial(texts.answer, role, (piece * length)[:length] + "x", {}), 0)

    assert taken(MAX_TEXT - 1) < 8 * taken(MAX_TEXT // 2 - 1) + 0.01


def _in_role(line: Line) -> list[Line]:
    return [
        texts.answer(role, texts.text_of(line), line.get("context", {}))
        for role in texts.roles(line)
    ]


SHORT = [line for line in SOUND if "spec" not in line]


@pytest.mark.long
def test_the_decimal_context_of_the_caller_changes_nothing() -> None:
    before = [_in_role(line) for line in SHORT]
    traps = [decimal.Inexact, decimal.Rounded, decimal.FloatOperation]
    with decimal.localcontext(decimal.Context(prec=3, rounding=decimal.ROUND_UP, traps=traps)):
        assert [_in_role(line) for line in SHORT] == before


@pytest.mark.long
def test_threads_read_alike() -> None:
    before = [_in_role(line) for line in SHORT]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(_in_role, SHORT)) == before


# ---- what no list can hold ----------------------------------------------------------------------

HIDDEN = (
    *"\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f",  # of no width
    *"\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",  # bidirectional
    *"\u0300\u0301\u20e3\u0338\ufe0f\u3099",  # combining, and those that choose a variant
    *"\u115f\u1160\u3164\uffa0\u17b4\u2800",  # letters that show nothing
    *"\x00\x07\x1b\x7f\x85\u2028\ue000\ufff9\U000e0041\U000f0000",  # control, private, tags
)


@pytest.mark.parametrize("char", HIDDEN, ids=[f"U+{ord(char):04X}" for char in HIDDEN])
@pytest.mark.parametrize("place", range(5))
def test_a_hidden_character_is_refused_by_its_code_point(char: str, place: int) -> None:
    text = "≥90%"[:place] + char + "≥90%"[place:]
    for parse in (parse_target, parse_actual):
        with pytest.raises(ReadingError) as caught:
            parse(text)
        assert caught.value.code == "KP107"
        assert caught.value.span == (place, place + 1)
        for lang in ("zh", "en"):
            assert f"U+{ord(char):04X}" in caught.value.message(lang)


ALPHABET = "0123456789.,，-~/%％‰≥≤<>=一二三十百千万亿零两半个人次元月年日天率不未无超过于以上内外前后底约每均或且；（）增长下降到达e"


@few(6000)
@given(st.text(ALPHABET, max_size=14))
def test_any_mixture_of_the_language_is_read_or_refused(text: str) -> None:
    for parse in (parse_target, parse_actual):
        try:
            parse(text)
        except ReadingError as error:
            start, end = error.span
            assert 0 <= start <= end <= len(text)
            assert error.message("zh") and error.message("en")


@few(10000)
@given(st.text(ALPHABET, max_size=14))
def test_a_reading_parses_back_from_its_canonical_text(text: str) -> None:
    try:
        target = parse_target(text, year=2024)
    except ReadingError:
        return
    assert parse_target(target.canonical, year=2024).constraint == target.constraint
