"""No text makes reading slower than its length does: twice the text, less than 2.5 times the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from kpieval import parse_actual, parse_target
from kpieval.errors import ReadingError

pytestmark = pytest.mark.long

UNITS = (
    "≥90%；", "≥", "<", "1", "1,", "一", "十二", "万", "约", "不", "不超过", "(", "（", "）(", " ", "\u3000", "\u200b",
    "12月", "12月底前，", "2024年12月31日-", "3-", "3-5个、", "~", "±", "元/", "元/人天*", "1/", "1:", "%", ".", "。",
    "持续改善", "完成", "杜绝", "增长", "比上年增长5%，", "优", "是", "a", "A1", "达到", "且", "和", "≥1人且≤2人，", "ℓ", "①", "𠀀",
)  # fmt: skip
SHORT = 480
"""Characters of the shorter text: twice as many are read still, and not refused for their length."""

LONG = 50_000
NOISE = 0.0004
"""Seconds by which a call may be late for reasons of its own."""


def _seconds(read: Callable[[str], object], text: str) -> float:
    """The processor time of a call, the best of three turns."""
    found = []
    for _ in range(3):
        start, count = time.process_time(), 0
        while count == 0 or time.process_time() - start < 0.01:
            with suppress(ReadingError):
                read(text)
            count += 1
        found.append((time.process_time() - start) / count)
    return min(found)


@pytest.mark.parametrize("length", [SHORT, LONG])
@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_text_is_no_more_than_twice_the_time(unit: str, length: int) -> None:
    for read in (lambda text: parse_target(text, year=2024), parse_actual):
        for beginning, end in (("", ""), ("≥90%", ""), ("", "90%")):
            once, twice = (
                beginning + (unit * size)[: size - len(beginning + end)] + end
                for size in (length, 2 * length)
            )
            # One bad moment of the machine is no bad text: it would have to come three times.
            assert any(
                _seconds(read, twice) < 2.5 * _seconds(read, once) + NOISE for _ in range(3)
            ), once[:40]
