"""Made-up rows for the benchmarks of bulk: so many rows with so many distinct texts.

All of it is SYNTHETIC, in the shapes of the published values: 87 % numbers (ranges and Chinese
numerals among them), 7 % dates, 6 % words; how often a text comes follows Zipf's law.
"""

from __future__ import annotations

import random
from itertools import accumulate

import pyarrow as pa

ACTUALS = 4
"""Actuals that a target has."""

_ZIPF = 1.1
_CHINESE = "一二三四五六七八九"


def rows(count: int, distinct: int, seed: int) -> pa.Table:
    """A table of target, actual and weight with about so many distinct texts in both columns."""
    rng = random.Random(seed)
    pairs = _pairs(rng, distinct)
    weights = list(accumulate(1 / (rank + 1) ** _ZIPF for rank in range(len(pairs))))
    chosen = rng.choices(pairs, cum_weights=weights, k=count)
    # Each pair comes once at least, so that the distinct texts are as many as asked for.
    chosen[: min(len(pairs), count)] = pairs[:count]
    rng.shuffle(chosen)
    points = [str(points) for points in (2, 3, 5, 8, 10, 12.5, 3.33, 8.35)]
    return pa.table(
        {
            "target": [target for target, _ in chosen],
            "actual": [actual for _, actual in chosen],
            "weight": rng.choices(points, k=count),
        }
    )


def _pairs(rng: random.Random, distinct: int) -> list[tuple[str, str]]:
    found: dict[tuple[str, str], None] = {}
    texts: set[str] = set()
    while len(texts) < distinct:
        target, actuals = _target(rng)
        for actual in actuals:
            found[target, actual] = None
            texts |= {target, actual}
    made = list(found)
    rng.shuffle(made)
    return made


def _target(rng: random.Random) -> tuple[str, list[str]]:
    shape = rng.random()
    if shape < 0.06:
        word = rng.choice(["应保尽保", "优", "良", "逐步提高", "持续改善", "有效保障"])
        return word, [rng.choice(["达成", "部分达成", "优", "良", "未达成", "无"])]
    if shape < 0.13:
        month = rng.randint(1, 12)
        days = [f"2024年{rng.randint(1, 12)}月{rng.randint(1, 28)}日" for _ in range(ACTUALS)]
        return f"2024年{month}月底前", days
    if shape < 0.16:
        low = rng.randint(10, 900)
        return f"{low}-{low + rng.randint(1, 99)}元/人", [f"{low + rng.randint(-9, 99)}元/人"]
    if shape < 0.19:
        tens = f"{rng.choice(_CHINESE)}十{rng.choice(_CHINESE)}"
        return f"不少于{tens}人", [f"{rng.randint(5, 99)}人" for _ in range(ACTUALS)]
    sign = rng.choices(["≥", "≤", ">", "=", "<"], [55, 35, 4, 4, 2])[0]
    if shape < 0.45:
        goal = rng.randint(1, 1000)
        return f"{sign}{goal / 10:g}%", [f"{_near(rng, goal) / 10:g}%" for _ in range(ACTUALS)]
    if shape < 0.65:
        unit, goal = rng.choice(["万元", "元", "亿元"]), rng.randint(1, 9999)
        return f"{sign}{goal / 10:g}{unit}", [
            f"{_near(rng, goal) / 10:g}{unit}" for _ in range(ACTUALS)
        ]
    unit, goal = (
        rng.choice(["人", "次", "个", "份", "家", "场", "户", "台", "平方米", "公里"]),
        rng.randint(1, 20000),
    )
    return f"{sign}{goal}{unit}", [f"{_near(rng, goal)}{unit}" for _ in range(ACTUALS)]


def _near(rng: random.Random, goal: int) -> int:
    return rng.choice([goal, max(0, goal - 1), goal + 1, goal * rng.randint(50, 150) // 100])
