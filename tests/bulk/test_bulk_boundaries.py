"""Numbers on, beside and beyond every bound: 0 wrong verdicts against fractions written out here.

The reference knows the numbers, not their texts, and shares no code with the package: a comparison
of fractions, a ratio, a rounding half-up that never shows full points for a miss.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import pyarrow as pa
import pytest

from kpieval.bulk import score_batch
from kpieval.bulk.limits import MONEY_PARTS, limits_of
from kpieval.bulk.memo import memo_for
from kpieval.presets import policy
from kpieval.tables import Place

CENT = Fraction(1, 100)
SCALES = {
    "元": Fraction(1), "万元": Fraction(10**4), "亿元": Fraction(10**8), "%": Fraction(1, 100),
    "‰": Fraction(1, 1000), "人": Fraction(1), "万人": Fraction(10**4), "米": Fraction(1),
    "公里": Fraction(1000), "平方米": Fraction(1), "亩": Fraction(2000, 3), "分钟": Fraction(1),
    "小时": Fraction(60),
}  # fmt: skip
FAMILIES = (
    ("元", "万元", "亿元"),
    ("%", "‰"),
    ("人", "万人"),
    ("米", "公里"),
    ("平方米", "亩"),
    ("分钟", "小时"),
)
GUARD = Fraction(limits_of(policy()).amount, MONEY_PARTS)
"""Yuan from which on the columns leave money to the single row."""

BOUNDS = ("0.07", "0.1", "0.3", "1", "2.7", "8.35", "99.99", "120", "700", "2024", "27000")
STEPS = ("0", "0.0001", "-0.0001", "0.01", "-0.01", "1", "-1", "0.000000001", "-0.000000001")

EVERYDAY = 1500
"""Rows of each kind that the everyday run takes."""


class Case(NamedTuple):
    """A row by its numbers: sign, bound and actual in the base unit, the texts of both, weight."""

    sign: str
    bound: Fraction
    actual: Fraction
    texts: tuple[str, str]
    weight: Fraction


def written(value: Fraction) -> str | None:
    """A number in plain digits; None where no finite decimal holds it, or it has over 28."""
    for places in range(20):
        scaled = value * 10**places
        if scaled.denominator == 1:
            digits = str(abs(scaled.numerator)).zfill(places + 1)
            if len(digits) > 28:
                return None
            whole, part = digits[: len(digits) - places], digits[len(digits) - places :]
            return f"{'-' if value < 0 else ''}{whole}{'.' if part else ''}{part}"
    return None


def case(
    sign: str, bound: Fraction, actual: Fraction, units: tuple[str, str], weight: Fraction
) -> Case | None:
    """A row, if both numbers can be written in their units; below nothing there is none."""
    texts = tuple(
        written(it / SCALES[unit]) for it, unit in zip((bound, actual), units, strict=True)
    )
    if None in texts or actual < 0:
        return None
    target, said = f"{sign}{texts[0]}{units[0]}", f"{texts[1]}{units[1]}"
    return Case(sign, bound, actual, (target, said), weight)


def beside_bounds() -> Iterator[Case | None]:
    """Actuals that are a little more or less than their bound, each in every unit of its kind."""
    chance = random.Random(20240601)
    for family, text, step in product(FAMILIES, BOUNDS, STEPS):
        for mine, other in product(family, family):
            bound = Fraction(text) * SCALES[mine]
            actual = bound + Fraction(step) * SCALES[chance.choice((mine, other))]
            weight = Fraction(chance.choice(("10", "0.01", "3.33", "100", "8.35")))
            for sign in ("≥", "≤", ">", "<", "="):
                yield case(sign, bound, actual, (mine, other), weight)


def at_the_guard() -> Iterator[Case | None]:
    """Amounts of money on both sides of what 64 bits hold, in every unit."""
    steps = [
        Fraction(step)
        for step in ("0", "0.01", "-0.01", "0.02", "1", "-1", "100000000", "-100000000")
    ]
    for around in (GUARD, Fraction(2**63 - 1, 100), Fraction(2**63, 1), Fraction(10**18)):
        for first, second, units in product(steps, steps, product(FAMILIES[0], FAMILIES[0])):
            for sign, weight in (
                ("≥", Fraction(100)),
                ("≤", Fraction("99.99")),
                ("=", Fraction(10)),
            ):
                yield case(sign, around + first, around + second, units, weight)


def reference(row: Case) -> tuple[str, Fraction | None, Fraction]:
    """Verdict, attainment and points by fractions alone, under the default policy."""
    met = {
        "≥": row.actual >= row.bound, ">": row.actual > row.bound, "≤": row.actual <= row.bound,
        "<": row.actual < row.bound, "=": row.actual == row.bound,
    }[row.sign]  # fmt: skip
    is_floor = row.sign in "≥>" or (row.sign == "=" and row.actual < row.bound)
    over, under = (row.actual, row.bound) if is_floor else (row.bound, row.actual)
    ratio = over / under if under else None
    if met:
        return "met", ratio, row.weight
    if row.sign == "=" and row.actual > row.bound:
        # Every known rule gives full points here; it is no less unmet.
        return "unmet", ratio, row.weight
    exact = row.weight * (ratio or 0) / CENT
    rounded = (2 * exact.numerator + exact.denominator) // (2 * exact.denominator) * CENT
    return "unmet", ratio, max(Fraction(0), min(rounded, row.weight - CENT))


def wrong(cases: list[Case]) -> list[str]:
    """The rows that a batch has otherwise, in words."""
    batch = pa.RecordBatch.from_pydict(
        {
            "target": [row.texts[0] for row in cases],
            "actual": [row.texts[1] for row in cases],
            "weight": [written(row.weight) for row in cases],
        }
    )
    found = []
    for row, made in zip(cases, score_batch(batch).to_pylist(), strict=True):
        verdict, ratio, points = reference(row)
        num, den = made["attainment_num"], made["attainment_den"]
        given = None if num is None else Fraction(num, den)
        fits = given == ratio or "attainment.too_long" in made["notes"]
        right = (verdict, points, points)
        if (made["verdict"], made["score_low"], made["score_high"]) != right or not fits:
            found.append(f"{row}: {made}, not {right} {ratio}")
    return found


@pytest.mark.parametrize("kind", [beside_bounds, at_the_guard])
def test_no_verdict_is_wrong_beside_a_bound(kind: Callable[[], Iterator[Case | None]]) -> None:
    cases = [row for row in kind() if row is not None]
    assert len(cases) > EVERYDAY
    assert wrong(random.Random(len(cases)).sample(cases, EVERYDAY))[:3] == []


@pytest.mark.long
@pytest.mark.parametrize("kind", [beside_bounds, at_the_guard])
def test_no_verdict_is_wrong_anywhere(kind: Callable[[], Iterator[Case | None]]) -> None:
    assert wrong([row for row in kind() if row is not None])[:3] == []


def test_both_ways_are_taken() -> None:
    # Else the guard is not where this file thinks: the columns know what is below, and no more.
    memo = memo_for(policy(), Place("rows"), None)
    for amount, is_plain in ((GUARD, True), (GUARD + CENT, False), (Fraction("0.001"), False)):
        text = f"≥{written(amount)}元"
        batch = pa.RecordBatch.from_pydict({"target": [text], "actual": ["1元"]})
        score_batch(batch, memo=memo)
        (fact,) = [
            it.fact for known in memo.targets.values() for it in known.values() if it.text == text
        ]
        assert (fact.op != 0) == is_plain, text
