"""What scoring costs Spark: ``score_frame`` against a mapInArrow that gives its batches back.

``PYTHONPATH=src:tests python tests/benchmarks/bench_spark.py [--json FILE] [--rows N]`` with the extra
spark and Java. Both read the same Parquet files on local[2] and write nowhere (noop), by turns, the
workers warm. First all rows are compared with a run without Spark, value for value. The rows are
made up, with 0.4 % and 7 % distinct texts.
"""

from __future__ import annotations

import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from bulk_rows import rows
from pyarrow import parquet
from pyspark.sql import DataFrame, SparkSession
from sparking import session
from timing import SEED, arguments, circumstances, compared, interleaved, line, report

from kpieval.bulk import score_batch
from kpieval.bulk.files import plain
from kpieval.spark import score_frame

YEAR = 2024
FILES = 8
SHARES = {"0.4 %": 0.004, "7 %": 0.074}


def written(folder: Path, made: pa.Table) -> str:
    """The rows as some files, each a partition, numbered so that their order can be had again."""
    folder.mkdir()
    numbered = made.append_column("number", pa.array(range(len(made)), pa.int64()))
    size = -(-len(made) // FILES)
    for part in range(FILES):
        parquet.write_table(numbered.slice(part * size, size), folder / f"{part}.parquet")
    return str(folder)


def same_as_here(frame: DataFrame, made: pa.Table) -> bool:
    """Whether Spark gives what one process gives."""
    found = score_frame(frame, year=YEAR).toArrow().sort_by("number").drop_columns("number")
    (batch,) = made.combine_chunks().to_batches()
    wanted = pa.Table.from_batches([plain(score_batch(batch, year=YEAR))])
    return bool(found.cast(wanted.schema).equals(wanted))


def nowhere(frame: DataFrame) -> None:
    """Run the plan and keep nothing."""
    frame.write.format("noop").mode("overwrite").save()


def figures(
    spark: SparkSession, folder: Path, count: int, share: float, rounds: int
) -> dict[str, Any]:
    """Both sides on one set of rows."""
    made = rows(count, int(count * share), SEED)
    frame = spark.read.parquet(written(folder, made))
    start = time.perf_counter()
    if not same_as_here(frame, made):
        raise SystemExit("Spark gives other values: nothing is timed")
    first = time.perf_counter() - start
    given_back = identity_of(frame)
    samples = interleaved(
        {
            "identity": lambda: nowhere(given_back),
            "score_frame": lambda: nowhere(score_frame(frame, year=YEAR)),
        },
        rounds,
    )
    return compared(samples, "identity") | {"seconds_of_the_check": first, "rows": count}


def identity_of(frame: DataFrame) -> DataFrame:
    """A mapInArrow that changes nothing; its function travels by value."""

    def run(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from batches

    return frame.mapInArrow(run, frame.schema)


def main() -> None:
    """Check, time, print, and write the JSON where asked for."""
    options = arguments(__doc__, rounds=(int, 5, "turns"), rows=(int, 10**6, "rows"))
    warnings.simplefilter("ignore", FutureWarning)
    start = time.perf_counter()
    spark = session(spark_driver_memory="2g")
    found: dict[str, Any] = {"seconds_of_the_start": time.perf_counter() - start, "lines": []}
    found["circumstances"] = circumstances("pyspark", "pyarrow", "polars", "pandas")
    with tempfile.TemporaryDirectory() as name:
        for title, share in SHARES.items():
            known = figures(spark, Path(name) / str(share), options.rows, share, options.rounds)
            found[title] = known
            # Java and the workers are other processes: there is no CPU of both to compare.
            ratio = known["ratios"]["score_frame"]["of minima"]
            what = f"`score_frame`, {options.rows:,} rows, {title} distinct"
            found["lines"].append(
                line("G9", what, "identity mapInArrow (wall)", ratio, "<= 1.3", ratio <= 1.3)
            )
    spark.stop()
    report(found, options.json)


if __name__ == "__main__":
    main()
