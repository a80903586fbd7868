"""Comparing and scoring rows that are read already: objects of the interface, against pint by row.

``PYTHONPATH=src:tests python tests/benchmarks/bench_score.py [--json FILE]``. The other side is what a
script does: a Quantity of Decimals for target and actual, one comparison, one ratio, one rounding.
It gives a verdict and points alone; kpieval gives a margin, notes, steps and the reason beside
them. Both must give the same verdicts and points before anything is timed. The rows are made up.

The quantities are made before they are timed, as the objects of kpieval are. All sides are timed by
turns, and their times are those of one row. ``score_batch`` is what the interface offers for many
rows: it takes as many of them at once as are taken of a file, and reads the texts of their cells in
every turn. So it is also compared with pint making its quantities of the same cells, which it is
given in their parts.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import pint
from timing import SEED, Samples, arguments, circumstances, compared, interleaved, line, report

from kpieval import evaluate, parse_actual, parse_target, policy, score_indicator
from kpieval.actuals import Actual
from kpieval.bulk import score_batch
from kpieval.bulk.files import BATCH
from kpieval.bulk.memo import memo_for
from kpieval.constraints import Target
from kpieval.explaining import verdict_name
from kpieval.tables import Indicator, Place

YEAR = 2024
CENT = Decimal("0.01")
NAMES = {"万元": "wan_yuan", "元": "yuan", "%": "percentage", "人": "person", "公里": "kilometer"}
DEFINITIONS = ("yuan = [money]", "wan_yuan = 10000 yuan", "person = [people]")
PERCENT = "percentage = 0.01"
UNITS = (("%", "%"), ("万元", "元"), ("人", "人"), ("公里", "公里"))

Row = tuple[str, str, str, str, str, Decimal]
"""Sign, target, its unit, actual, its unit, weight."""


def rows(count: int) -> list[Row]:
    """Floors and ceilings, met and missed, some in another unit than their actual."""
    chance = random.Random(SEED)
    made: list[Row] = []
    for _ in range(count):
        unit, other = chance.choice(UNITS)
        goal = Decimal(chance.randint(10, 9999)) / 10
        share = Decimal(chance.randint(50, 119)) / 100
        actual = (goal * share).quantize(CENT, ROUND_HALF_UP)
        if unit != other:
            actual = (actual * 10_000).quantize(Decimal(1))
        sign = chance.choice(("≥", "≤"))
        made.append((sign, str(goal), unit, str(actual), other, Decimal(chance.choice((5, 10)))))
    return made


# --- the two sides -------------------------------------------------------------------------------


def by_kpieval(given: list[Row]) -> list[tuple[Indicator, Target, Actual, Fraction]]:
    """The rows as objects of the interface."""
    made = []
    for sign, goal, unit, actual, other, weight in given:
        text = f"{sign}{goal}{unit}"
        target = parse_target(text, year=YEAR)
        row = Indicator("", "", "", text, target)
        said = parse_actual(f"{actual}{other}", like=target, year=YEAR)
        made.append((row, target, said, Fraction(weight)))
    return made


def registry() -> Any:
    """The units of the rows."""
    units: Any = pint.UnitRegistry(non_int_type=Decimal)
    for definition in (*DEFINITIONS, PERCENT):
        units.define(definition)
    return units


def by_pint(given: list[Row], units: Any) -> list[tuple[str, Any, Any, Decimal]]:
    """The rows as quantities."""
    return [
        (
            sign,
            units.Quantity(Decimal(goal), NAMES[unit]),
            units.Quantity(Decimal(actual), NAMES[other]),
            weight,
        )
        for sign, goal, unit, actual, other, weight in given
    ]


def one_with_pint(sign: str, goal: Any, actual: Any, weight: Decimal) -> tuple[str, Decimal]:
    """A row's verdict and points."""
    if actual >= goal if sign == "≥" else actual <= goal:
        return "met", weight
    ratio = actual / goal if sign == "≥" else goal / actual
    points = weight * ratio.to("dimensionless").magnitude
    return "unmet", min(points.quantize(CENT, ROUND_HALF_UP), weight - CENT)


def in_a_batch(given: list[Row]) -> Callable[[], Any]:
    """The rows as a record batch of texts; what was learnt of their shapes is kept for the next."""
    import pyarrow as pa

    batch = pa.RecordBatch.from_pydict(
        {
            "target": [f"{row[0]}{row[1]}{row[2]}" for row in given],
            "actual": [f"{row[3]}{row[4]}" for row in given],
            "weight": [str(row[5]) for row in given],
        }
    )
    memo = memo_for(policy(), Place("rows"), YEAR)
    return lambda: score_batch(batch, memo=memo)


def check(given: list[Row]) -> None:
    """Objects and pint give the same verdicts and points."""
    by = policy()
    sides = zip(by_kpieval(given), by_pint(given, registry()), given, strict=True)
    for (row, target, actual, weight), quantities, texts in sides:
        found = score_indicator(row, actual, by, weight=weight)
        points = None if found.score is None else found.score.low
        ours = verdict_name(found.verdict), points
        theirs, earned = one_with_pint(*quantities)
        alone = verdict_name(evaluate(target, actual))
        if not ours == (theirs, Fraction(earned)) == (alone, points):
            raise SystemExit(f"{texts}: {ours}, {theirs} {earned}: nothing is timed")


def check_batch(given: list[Row]) -> None:
    """Every row of the batch gives what pint gives."""
    cells = in_a_batch(given)().to_pylist()
    for cell, quantities, texts in zip(cells, by_pint(given, registry()), given, strict=True):
        ours = cell["verdict"], Fraction(cell["score_low"])
        theirs, earned = one_with_pint(*quantities)
        if ours != (theirs, Fraction(earned)):
            raise SystemExit(f"{texts}: {ours}, {theirs} {earned}: nothing is timed")


def a_row(samples: Samples, sizes: dict[str, int]) -> Samples:
    """The samples of each side as seconds of one of its rows."""
    return {
        name: {kind: [taken / sizes[name] for taken in it[kind]] for kind in it}
        for name, it in samples.items()
    }


def main() -> None:
    """Check, time, print, and write the JSON where asked for."""
    options = arguments(
        __doc__,
        rounds=(int, 7, "turns"),
        rows=(int, 2000, "rows that are objects"),
        batch_rows=(int, BATCH, "rows of the batch"),
    )
    given, many = rows(options.rows), rows(options.batch_rows)
    check(given)
    check_batch(many)
    units = registry()
    objects, quantities, by = by_kpieval(given), by_pint(given, units), policy()
    taken = interleaved(
        {
            "pint by row": lambda: [one_with_pint(*row) for row in quantities],
            "pint by row, made of texts": lambda: [
                one_with_pint(*row) for row in by_pint(given, units)
            ],
            "evaluate": lambda: [evaluate(target, actual) for _, target, actual, _ in objects],
            "score_indicator": lambda: [
                score_indicator(row, actual, by, weight=weight)
                for row, _, actual, weight in objects
            ],
            "score_batch": in_a_batch(many),
        },
        options.rounds,
    )
    sizes = dict.fromkeys(taken, len(given)) | {"score_batch": len(many)}
    found: dict[str, Any] = {"circumstances": circumstances("pint", "attrs", "polars")}
    found["rows"] = sizes
    found |= compared(a_row(taken, sizes), "pint by row")
    cpu = {name: it["of CPU"] for name, it in found["ratios"].items()}
    times = {name: 1 / ratio for name, ratio in cpu.items()}
    from_texts = cpu["pint by row, made of texts"] / cpu["score_batch"]
    few, all_ = f"{len(given):,} rows", f"{len(many):,} rows"
    beside = f"pint by row, {few} (CPU)"
    found["lines"] = [
        line("G5", f"`score_indicator`, {few}: rows in the time of one", beside, times["score_indicator"], ">= 20", times["score_indicator"] >= 20),
        line("G5", f"`evaluate` alone, {few}: rows in the time of one", beside, times["evaluate"], "(to compare)", True),
        line("G5", f"`score_batch`, {all_} of texts: rows in the time of one", beside, times["score_batch"], ">= 20", times["score_batch"] >= 20),
        line("G5", "the same", f"pint by row, its quantities made of the texts, {few} (CPU)", from_texts, ">= 20", from_texts >= 20),
    ]  # fmt: skip
    report(found, options.json)


if __name__ == "__main__":
    main()
