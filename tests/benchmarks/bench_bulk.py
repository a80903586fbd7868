"""How fast bulk is: its columns against binary floats, files against what polars needs for them.

``PYTHONPATH=src:tests python tests/benchmarks/bench_bulk.py [--json FILE] [--rows N] [--kernel-rows N]``
with the extra bulk, and pandas for its part. Before anything is timed, results are compared: the
columns with exact fractions, the files with every distinct row judged alone. What is compared runs
interleaved in one process; trust the ratios more than the times. The rows are made up.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
from bulk_rows import rows
from pyarrow import parquet

from kpieval import exact, parse_actual, parse_target, score_indicator
from kpieval.bulk import kernel
from kpieval.bulk.facts import ENDLESS, Op
from kpieval.bulk.files import source
from kpieval.bulk.memo import memo_for
from kpieval.bulk.running import Tally, score_into
from kpieval.explaining import verdict_name
from kpieval.parsing import language
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.tables import Indicator, Place

ROUNDS = 5
SEED = 20240601
YEAR = 2024
SHARES = {"0.4 %": 0.004, "7 %": 0.074}
CHECKED = 20_000


# --- the columns alone --------------------------------------------------------------------------


def plain(count: int) -> pl.DataFrame:
    """Floors and ceilings with an actual and a weight, as the columns take them."""
    rng = random.Random(SEED)
    # Drawn once and repeated: the arithmetic does not know, and drawing 10^7 takes a minute.
    drawn = min(count, 10**6)
    goals = [rng.randint(100, 10**7) for _ in range(drawn)]
    facts = pl.DataFrame(
        {
            "op": [rng.choice((Op.FLOOR, Op.CEILING)) for _ in range(drawn)],
            "bound": goals,
            "value": [goal * rng.randint(50, 150) // 100 for goal in goals],
            "weight": [rng.choice((200, 300, 500, 833, 1000)) for _ in range(drawn)],
        },
        schema={"op": pl.Int8, "bound": pl.Int64, "value": pl.Int64, "weight": pl.Int64},
    )
    is_floor = pl.col("op") == int(Op.FLOOR)
    facts = facts.with_columns(
        least=pl.when(is_floor).then("bound").otherwise(-ENDLESS),
        most=pl.when(is_floor).then(ENDLESS).otherwise("bound"),
        lower=pl.when(is_floor).then("bound").otherwise(0),
        upper=pl.when(is_floor).then(0).otherwise("bound"),
        cap=pl.col("weight") - 1,
    )
    return pl.concat([facts] * max(1, count // drawn)).rechunk()


def in_floats(frame: pl.DataFrame) -> pl.DataFrame:
    """The same steps with binary floats: verdict, ratio, points half-up, the note."""
    is_floor = pl.col("op") == int(Op.FLOOR)
    value, weight = pl.col("value"), pl.col("weight")
    is_met = value.is_between(pl.col("least"), pl.col("most"))
    over = pl.when(is_floor).then(value).otherwise("upper")
    under = pl.when(is_floor).then("lower").otherwise(value)
    missed = pl.min_horizontal((weight * pl.col("ratio") + 0.5).floor(), pl.col("cap"))
    noted, asked = ((value >= share * pl.col("lower")).cast(pl.Int8) for share in (1.2, 1.3))
    return (
        frame.lazy()
        .with_columns(
            (~is_met).cast(pl.Int8).alias("verdict"),
            (over / under).alias("ratio"),
            (is_floor.cast(pl.Int8) * (noted + asked)).alias("over"),
        )
        .with_columns(points=pl.when(is_met).then(weight).otherwise(missed))
        .collect()
    )


def in_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """The exact columns: verdict, ratio as two whole numbers, points, the note."""
    return kernel.by_columns(frame, {Op.FLOOR, Op.CEILING}, policy())


def wrong_columns(frame: pl.DataFrame) -> int:
    """Rows of the first ones that differ from exact fractions."""
    made = in_columns(frame.head(CHECKED))
    wrong = 0
    for given, found in zip(
        frame.head(CHECKED).iter_rows(named=True), made.iter_rows(named=True), strict=True
    ):
        value, bound, weight = given["value"], given["bound"], given["weight"]
        is_floor = given["op"] == Op.FLOOR
        met = value >= bound if is_floor else value <= bound
        ratio = Fraction(value, bound) if is_floor else Fraction(bound, value)
        points = weight if met else min(weight - 1, exact.half_up(weight * ratio, 0))
        right = (0 if met else 1, ratio, points)
        wrong += (found["verdict"], Fraction(found["num"], found["den"]), found["points"]) != right
    return wrong


def columns(count: int) -> dict[str, Any]:
    """Both, interleaved."""
    whole = plain(count)
    if wrong_columns(whole):
        raise SystemExit("the columns are wrong: nothing is timed")
    inputs = whole.drop("bound")
    floats = inputs.cast({pl.Int64: pl.Float64})
    return interleaved(
        {"float64": lambda: in_floats(floats), "exact": lambda: in_columns(inputs)}, count
    ) | {"rows": count, "threads": pl.thread_pool_size()}


# --- files --------------------------------------------------------------------------------------


def least(path: str, output: str) -> None:
    """What polars needs to read the file, make three plain columns and write all."""
    made = pl.scan_parquet(path).with_columns(
        a=pl.col("target").str.len_bytes(),
        b=pl.col("actual").str.len_bytes(),
        c=pl.col("weight") == "10",
    )
    made.sink_parquet(output)


def scored(path: str, output: str) -> None:
    """The file scored with nothing read before; the parser of the texts is there."""
    with source(path) as found, open(output, "wb") as file:
        memo = memo_for(policy(), Place(path), YEAR)
        score_into(file, "parquet", found, memo, Tally(), lambda _: None)


def wrong_rows(path: str, output: str, by: Policy) -> int:
    """Distinct rows that differ from the same row judged alone."""
    known: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    wanted = ["target", "actual", "weight", "verdict", "score_low", "score_high"]
    given = parquet.read_table(path)
    found = parquet.read_table(output, columns=wanted)
    if found.select(given.column_names) != given:
        return found.num_rows
    distinct = pl.DataFrame(pl.from_arrow(found)).unique()
    if distinct.select("target", "actual", "weight").is_duplicated().any():
        return found.num_rows
    for target, actual, weight, *results in distinct.sample(
        min(len(distinct), CHECKED), seed=SEED
    ).iter_rows():
        read = parse_target(target, year=YEAR)
        said = parse_actual(actual, like=read, year=YEAR)
        row = Indicator("", "", "", target, read)
        alone = score_indicator(row, said, by, weight=Fraction(weight))
        points = (Decimal(0), Decimal(0)) if alone.score is None else alone.score
        low, high = (points.low, points.high) if not isinstance(points, tuple) else points
        right = (verdict_name(alone.verdict), low, high)
        known[target, actual, weight] = right
        if (results[0], Fraction(results[1]), Fraction(results[2])) != right:
            return 1
    return 0


def files(count: int, share: float, folder: Path) -> dict[str, Any]:
    """Reading, scoring and writing a file, against the least that polars needs."""
    path, output = str(folder / f"in-{share}.parquet"), str(folder / "out.parquet")
    made = rows(count, int(count * share), SEED)
    parquet.write_table(made, path, compression="zstd")
    scored(path, output)
    if wrong_rows(path, output, policy()):
        raise SystemExit("the rows are wrong: nothing is timed")
    Path(output).unlink()
    others: dict[str, Callable[[], object]] = {
        "polars scan -> sink": lambda: least(path, str(folder / "least.parquet")),
        "kpieval": lambda: scored(path, output),
    }
    figures = interleaved(others, count)
    texts = sum(len(made.column(name).unique()) for name in ("target", "actual"))
    return figures | {"rows": count, "distinct_texts": texts}


# --- pandas, a row at a time --------------------------------------------------------------------

_VALUE = re.compile(r"([≥≤><=]?)([0-9.]+)(万|亿)?(.*)")
_SCALES = {None: Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}


def by_regex(row: Any) -> tuple[str, Decimal | None]:
    """What a script does: a regular expression and Decimal; it reads numbers with signs alone."""
    target, actual = _VALUE.fullmatch(row.target), _VALUE.fullmatch(row.actual)
    if target is None or actual is None or target[4] != actual[4]:
        return "undetermined", None
    try:
        bound = Decimal(target[2]) * _SCALES[target[3]]
        value = Decimal(actual[2]) * _SCALES[actual[3]]
    except ArithmeticError:
        return "undetermined", None
    weight = Decimal(row.weight)
    is_ceiling = target[1] in ("≤", "<")
    met = {
        "≥": value >= bound, ">": value > bound, "≤": value <= bound, "<": value < bound,
        "=": value == bound, "": value >= bound,
    }[target[1]]  # fmt: skip
    if met:
        return "met", weight
    ratio = bound / value if is_ceiling else value / bound
    points = (weight * ratio).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return "unmet", min(points, weight - Decimal("0.01"))


def with_pandas(count: int, share: float, folder: Path) -> dict[str, Any]:
    """Against pandas on fewer rows of the same distinct texts, in rows a second; one round each."""
    import pandas as pd  # type: ignore[import-untyped,unused-ignore]

    path = str(folder / f"in-{share}.parquet")
    few = count // 10
    start = time.perf_counter()
    frame = pd.read_parquet(path).head(few)
    made = frame.apply(by_regex, axis=1, result_type="expand").astype(str)
    made.columns = ["verdict", "score"]
    pd.concat([frame, made], axis=1).to_parquet(folder / "pandas.parquet")
    theirs = (time.perf_counter() - start) / few
    ours = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        scored(path, str(folder / "out.parquet"))
        ours.append((time.perf_counter() - start) / count)
    return {
        "us_a_row": {"pandas": theirs * 1e6, "kpieval": statistics.median(ours) * 1e6},
        "ratio": theirs / statistics.median(ours),
    }


# --- together -----------------------------------------------------------------------------------


def interleaved(runs: dict[str, Callable[[], object]], count: int) -> dict[str, Any]:
    """Seconds of each by turns; the ratio is of the last over the first."""
    samples: dict[str, list[float]] = {name: [] for name in runs}
    work: dict[str, list[float]] = {name: [] for name in runs}
    for turn in range(ROUNDS + 1):
        for name, run in runs.items():
            start, busy = time.perf_counter(), time.process_time()
            run()
            if turn:
                samples[name].append(time.perf_counter() - start)
                work[name].append(time.process_time() - busy)
    first, last = samples.values()
    idle, busiest = work.values()
    return {
        "seconds": {name: {"median": statistics.median(it), "min": min(it)} for name, it in samples.items()},
        "rows_a_second": {name: count / statistics.median(it) for name, it in samples.items()},
        "ratio_of_medians": statistics.median(last) / statistics.median(first),
        "ratio_of_minima": min(last) / min(first),
        # Of all threads: what neighbours on the machine take is not in it.
        "ratio_of_cpu": statistics.median(busiest) / statistics.median(idle),
        "ratios": [b / a for a, b in zip(first, last, strict=True)],
        "samples": samples,
        "cpu_samples": work,
    }  # fmt: skip


def circumstances() -> dict[str, Any]:
    """What the figures depend on."""
    names = ["polars", "pyarrow", "lark", *(["pandas"] if find_spec("pandas") else [])]
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        **{name: version(name) for name in names},
        "cpus": os.cpu_count(),
        "load": os.getloadavg(),
        "seed": SEED,
        "rounds": ROUNDS,
        "rows are": "synthetic",
    }


def _show(name: str, figures: dict[str, Any]) -> None:
    times = ", ".join(
        f"{who} {it['median']:.3f} s (min {it['min']:.3f})"
        for who, it in figures["seconds"].items()
    )
    print(
        f"{name}: {times}; ratio of medians {figures['ratio_of_medians']:.2f}, of minima {figures['ratio_of_minima']:.2f}, of CPU {figures['ratio_of_cpu']:.2f}"
    )


def main() -> None:
    """Check, time, print, and write the JSON where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write raw samples and all")
    parser.add_argument("--rows", type=int, default=10**6, help="rows of the files")
    parser.add_argument("--kernel-rows", type=int, default=10**7, help="rows of the columns")
    parser.add_argument("--only", choices=["columns", "files"], help="leave the others out")
    options = parser.parse_args()
    language.parser()
    report: dict[str, Any] = {"circumstances": circumstances()}
    print(", ".join(f"{key} {value}" for key, value in report["circumstances"].items()))
    if options.only != "files":
        report["columns"] = columns(options.kernel_rows)
        _show(
            f"columns, {options.kernel_rows:,} rows, {report['columns']['threads']} threads",
            report["columns"],
        )
    if options.only != "columns":
        _files(report, options.rows)
    if options.json is not None:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def _files(report: dict[str, Any], count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, share in SHARES.items():
            report[name] = files(count, share, Path(folder))
            _show(
                f"files, {count:,} rows, {report[name]['distinct_texts']:,} texts",
                report[name],
            )
        if find_spec("pandas"):
            report["pandas"] = with_pandas(count, SHARES["7 %"], Path(folder))
            print(f"pandas.apply, 7 %: {report['pandas']['ratio']:.0f} times the time a row")


if __name__ == "__main__":
    main()
