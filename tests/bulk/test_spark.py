"""``kpieval.spark`` on two local workers: every value that of a run without Spark.

Skipped where there is no Java or no pyspark; starting both takes half a minute.
"""

from __future__ import annotations

import datetime as dt
import doctest
import os
import shutil
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

pytest.importorskip("pyspark", reason="needs the extra spark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("Spark needs Java 17 or later", allow_module_level=True)

from pyspark.sql import DataFrame, SparkSession
from sparking import session

import kpieval.spark
from kpieval.bulk import score_batch
from kpieval.bulk.files import plain
from kpieval.errors import (
    ImpossiblePolicyError,
    KpiEvalError,
    MalformedFileError,
    MissingColumnError,
)
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.spark import Scorer, output_schema, score_frame

# pyspark warns of the newest pandas, which is not used here.
pytestmark = [pytest.mark.long, pytest.mark.filterwarnings("ignore::FutureWarning")]

TEXTS = [
    ("≥90%", "88%", "10"),
    ("≤2.7万元", "26500元", "8.35"),
    ("2024年12月底前", "2024年12月31日", "8.33"),
    ("若干", "3", "5"),
    ("应保尽保", "达成", "10"),
    ("≥12次；≥30人", "12次；29人", "10"),
    ("≥46113993432.7371亿元", "46113993432.7370亿元", "10"),
    ("3-5个", "6个", "many"),
    ("≥5人", None, None),
    (None, None, None),
    ("6月前", "5月", "-1"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """Two workers that run this Python and this checkout, each with small batches."""
    kept = dict(os.environ)
    made = session(spark_sql_execution_arrow_maxRecordsPerBatch="100")
    yield made
    made.stop()
    os.environ.clear()
    os.environ.update(kept)


def table(rows: int) -> pa.Table:
    """Rows with every kind of outcome, numbered, each with a project and a day of its own."""
    texts = [TEXTS[number * number % len(TEXTS)] for number in range(rows)]
    return pa.table(
        {
            "number": pa.array(range(rows), pa.int64()),
            "project": [f"项目{number % 7}" for number in range(rows)],
            "target": pa.array([it[0] for it in texts], pa.string()),
            "actual": pa.array([it[1] for it in texts], pa.string()),
            "weight": pa.array([it[2] for it in texts], pa.string()),
            "year": pa.array([2024 if number % 3 else None for number in range(rows)], pa.int32()),
            "day": pa.array([dt.date(2024, 1, 1)] * rows),
            "tags": pa.array([["a", None]] * rows, pa.list_(pa.string())),
        }
    )


def here(made: pa.Table, by: Policy | None = None, year: int | None = None) -> list[dict[str, Any]]:
    """The rows scored without Spark."""
    (batch,) = made.combine_chunks().to_batches()
    return list(plain(score_batch(batch, by, year=year)).to_pylist())


def in_order(found: DataFrame) -> list[dict[str, Any]]:
    return sorted(found.toArrow().to_pylist(), key=lambda row: int(row["number"]))


@pytest.mark.parametrize("name", ["mof-2020", "mof-2021-core", "platform-standard+step(1)"])
def test_the_values_are_those_of_a_local_run(spark: SparkSession, name: str) -> None:
    made, by = table(2_000), policy(name)
    frame = spark.createDataFrame(made).repartition(5)
    assert in_order(score_frame(frame, by, year=2024)) == here(made, by, 2024)


def test_partitions_by_project_and_empty_ones(spark: SparkSession) -> None:
    made = table(50)
    frame = spark.createDataFrame(made).repartition(16, "project")
    assert in_order(score_frame(frame)) == here(made)
    none = score_frame(spark.createDataFrame(made.slice(0, 0), spark.createDataFrame(made).schema))
    assert none.toArrow().num_rows == 0


def test_the_columns_are_those_that_were_promised(spark: SparkSession) -> None:
    frame = spark.createDataFrame(table(10))
    scored = score_frame(frame)
    assert scored.schema == output_schema(frame.schema)
    assert scored.toArrow().schema.names == scored.columns
    assert scored.schema["score_low"].dataType.simpleString() == "decimal(18,6)"
    assert scored.schema["notes"].dataType.simpleString() == "array<string>"


def test_a_decimal_weight_and_chinese_names(spark: SparkSession) -> None:
    rows = [("≥90%", "80%", Decimal("9.90"))]
    frame = spark.createDataFrame(
        rows, "`指标值` string, `实际完成值` string, `分值` decimal(10,2)"
    )
    (found,) = score_frame(frame).collect()
    assert (found["verdict"], found["score_high"]) == ("unmet", Decimal("8.800000"))


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ("target string", MissingColumnError),
        ("target string, actual double", MalformedFileError),
        ("target string, actual string, weight double", MalformedFileError),
        ("target string, actual string, verdict string", MalformedFileError),
        ("target string, actual binary", MalformedFileError),
    ],
)
def test_columns_that_cannot_be_used_are_told_before_anything_runs(
    spark: SparkSession, columns: str, error: type[KpiEvalError]
) -> None:
    # A frame whose rows could never be made: only its schema is looked at.
    unmade = spark.range(1).mapInArrow(lambda batches: 1 / 0, columns)  # type: ignore[arg-type,return-value]
    with pytest.raises(error) as caught:
        score_frame(unmade)
    assert caught.value.code in ("KP304", "KP306")


def test_a_policy_that_is_too_fine_is_told_before_anything_runs(spark: SparkSession) -> None:
    from attrs import evolve

    by = policy()
    fine = evolve(by, rounding=evolve(by.rounding, places=9))
    with pytest.raises(ImpossiblePolicyError):
        score_frame(spark.createDataFrame(table(1)), fine)


def test_each_worker_keeps_what_it_read(spark: SparkSession) -> None:
    made = table(600)
    frame = spark.createDataFrame(made).repartition(4)
    for _ in range(3):
        assert score_frame(frame, year=2023).toArrow().num_rows == 600

    def asked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for _ in batches:
            from kpieval.presets import policy
            from kpieval.spark import _memo

            before = _memo.cache_info()
            memo = _memo(policy(), 2023)
            is_kept = _memo.cache_info().hits == before.hits + 1
            kept = len(memo.indicators)
            yield pa.RecordBatch.from_pydict({"kept": [kept], "is_kept": [is_kept]})

    workers = frame.mapInArrow(asked, "kept long, is_kept boolean").collect()
    assert workers
    assert all(row["is_kept"] and row["kept"] >= 5 for row in workers)


def test_a_worker_with_other_rules_refuses() -> None:
    scorer = Scorer(policy(), None, "0")
    with pytest.raises(MalformedFileError, match="KP306"):
        next(scorer(iter(table(1).to_batches())))


def test_the_examples_in_the_module() -> None:
    found = doctest.testmod(kpieval.spark)
    assert found.attempted > 3
    assert found.failed == 0
