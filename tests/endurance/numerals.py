"""Chinese numerals against cn2an: 0 to 99,999, and every short string of numeral characters.

A string that both accept must be the same number to both. Where one refuses, the string is counted.
"""

from __future__ import annotations

import itertools
import json
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from kpieval.constraints import AtLeast
from kpieval.errors import KpiEvalError
from kpieval.parsing import numerals, parse_target

MOST = 99_999
CHARACTERS = "零一二两三九十百千万"
LENGTH = 5


def measured() -> dict[str, Any]:
    """All figures; ``failures`` holds what the two read as different numbers."""
    import cn2an

    failures: list[str] = []

    def theirs(text: str) -> int | None:
        try:
            return int(cn2an.cn2an(text, "smart"))
        except (ValueError, KeyError, IndexError):
            # It breaks off on some strings that it does not foresee.
            return None

    for number in range(MOST + 1):
        written = cn2an.an2cn(number)
        read = (_ours(written), theirs(written), _read(written))
        if read != (number, number, number):
            failures.append(f"{written}: {read}")
    alone: Counter[str] = Counter()
    examples: dict[str, list[str]] = {"ours": [], "theirs": []}
    for text in _strings():
        kind = _compared(text, _ours(text), theirs(text), failures)
        alone[kind] += 1
        if len(examples.get(kind, "enough")) < 6 and kind in examples:
            examples[kind].append(text)
    return {
        "numbers": MOST + 1,
        "strings": sum(alone.values()),
        "both": alone["both"],
        "ours": alone["ours"],
        "theirs": alone["theirs"],
        "examples": {
            "ours": [f"{text} {_ours(text)}" for text in examples["ours"]],
            "theirs": [f"{text} {theirs(text)}" for text in examples["theirs"]],
        },
        "failures": failures[:20],
    }


def _compared(text: str, ours: Fraction | None, theirs: int | None, failures: list[str]) -> str:
    """Who accepts the string; a number that differs is a failure."""
    if ours is None:
        return "neither" if theirs is None else "theirs"
    if theirs is None:
        return "ours"
    if ours != theirs:
        failures.append(f"{text}: {ours}, and {theirs} to cn2an")
    return "both"


def _strings() -> Iterator[str]:
    """Every string of up to five of the characters."""
    for length in range(1, LENGTH + 1):
        yield from map("".join, itertools.product(CHARACTERS, repeat=length))


def _ours(text: str) -> Fraction | None:
    try:
        return numerals.chinese(text)
    except ValueError:
        return None


def _read(text: str) -> Fraction | None:
    """The number as the value of a whole target."""
    try:
        constraint = parse_target(f"≥{text}个").constraint
    except KpiEvalError:
        return None
    return constraint.value.value if isinstance(constraint, AtLeast) else None


if __name__ == "__main__":
    print(json.dumps(measured(), ensure_ascii=False))
