"""``kpieval bulk --allocate-weights``: every weight the one that ``kpieval score`` gives the row."""

from __future__ import annotations

import csv
import io
import random
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from profiles import few
from pyarrow import parquet

from kpieval import read_actuals, score_tables
from kpieval.bulk.files import Source
from kpieval.bulk.memo import memo_for
from kpieval.bulk.running import Tally, score_into, surveyed
from kpieval.cli.app import run
from kpieval.errors import KpiEvalError, MalformedFileError
from kpieval.policies import Allocation, Policy
from kpieval.presets import policies, policy
from kpieval.readers import read_tables
from kpieval.strategies import policies as any_policy
from kpieval.tables import EXECUTED, Place

HEADERS = {
    "project": "项目名称", "year": "年度", "level1": "一级指标", "level2": "二级指标",
    "indicator": "三级指标", "target": "指标值", "actual": "实际完成值", "weight": "分值",
}  # fmt: skip
YEAR = 2024
FIRST = ("产出指标", "产出", "效益指标", "满意度指标", "成本指标", "社会效益", "其他", "")
SECOND = ("数量指标", "质量指标", "时效指标", "")
PAIRS = (("≥90%", "88%"), ("≤12人", "12人"), ("≥3次", ""), ("优", "良"), ("≥5个", "不适用"))
Row = dict[str, str]


def scored(rows: Sequence[Row], by: Policy, size: int = 3) -> list[dict[str, Any]]:
    """The rows through bulk, in batches of ``size``."""
    schema = pa.schema([(name, pa.string()) for name in HEADERS])
    batches = pa.Table.from_pylist(list(rows), schema).combine_chunks().to_batches(size)
    memo, file = memo_for(by, Place("rows"), YEAR), io.BytesIO()
    allocated = surveyed(Source(schema, iter(batches)), memo)
    score_into(
        file, "parquet", Source(schema, iter(batches)), memo, Tally(), lambda _: None, allocated
    )
    return list(parquet.read_table(io.BytesIO(file.getvalue())).to_pylist())


def by_score(rows: Sequence[Row], by: Policy, folder: Path) -> dict[str, tuple[Any, ...]]:
    """The weight and points of each row by its name, and what its project says, as ``score`` has it."""
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(HEADERS))
        writer.writerow(HEADERS)
        writer.writerows(rows)
    tables = read_tables(path, year=YEAR)
    found = {}
    for project in score_tables(tables.projects, read_actuals(path, year=YEAR), by).projects:
        told = [note.code for note in project.notes if note.code.startswith("weights.")]
        notes = list(dict.fromkeys(told))
        errors = [fault for fault in project.problems if fault.code in ("KP201", "KP208")]
        for row in project.indicators:
            found[row.indicator.name] = (row.weight, row.score, notes, errors)
    return found


def assert_alike(rows: Sequence[Row], by: Policy, folder: Path) -> None:
    alone = by_score(rows, by, folder)
    for row in scored(rows, by):
        name = row["indicator"]
        if name == EXECUTED:
            assert row["weight_allocated"] is None
            continue
        weight, score, notes, errors = alone[name]
        own = Fraction(row["weight"]) if row["weight"].strip() else None
        given = row["weight_allocated"]
        assert (own if given is None else Fraction(given)) == weight, (by.name, row)
        assert given is None or own is None
        low, high = row["score_low"], row["score_high"]
        assert (low is None) == (score is None), (by.name, row)
        if score is not None:
            assert (Fraction(low), Fraction(high)) == (score.low, score.high), (by.name, row)
        if given is not None:
            assert [code for code in row["notes"] if code.startswith("weights.")] == notes
        about_me = {fault.code for fault in errors if is_about(fault, name)}
        assert about_me <= {row["code"]} or str(row["code"]).startswith("KP1")


def is_about(fault: KpiEvalError, name: str) -> bool:
    """Whether an error names the row, as the last word of its place or in its list of rows."""
    listed = str(fault.params.get("rows", "")).split("、")
    return name in listed or str(fault.where).endswith(f" {name}")


@st.composite
def tables(draw: st.DrawFn) -> list[Row]:
    """Rows of some projects in any order: most without weights, some with, some with a few."""
    rows: list[Row] = []
    for project in range(draw(st.integers(1, 4))):
        way = draw(st.sampled_from(("none", "none", "none", "some", "all")))
        firsts = draw(st.lists(st.sampled_from(FIRST), min_size=1, max_size=4))
        for _ in range(draw(st.integers(1, 9))):
            target, actual = draw(st.sampled_from(PAIRS))
            has_weight = way == "all" or (way == "some" and draw(st.booleans()))
            rows.append(
                {
                    "project": f"项目{project}",
                    "year": draw(st.sampled_from(("", "", "2023", "2024"))) if project == 3 else "",
                    "level1": draw(st.sampled_from(firsts)),
                    "level2": draw(st.sampled_from(SECOND)),
                    "target": target,
                    "actual": actual,
                    "weight": draw(st.sampled_from(("10", "2.5"))) if has_weight else "",
                }
            )
    shuffled = draw(st.permutations(rows))
    return [row | {"indicator": f"指标{at:03}"} for at, row in enumerate(shuffled)]


PRESETS = [
    *policies(),
    evolve(policy(), weights=evolve(policy().weights, allocation=Allocation.BY_LEVEL2)),
]


@pytest.mark.long
@few(60)
@given(tables(), st.sampled_from(PRESETS))
def test_weights_are_those_of_score(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], by: Policy
) -> None:
    assert_alike(rows, by, tmp_path_factory.mktemp("rows"))


@pytest.mark.long
@few(60)
@given(tables(), any_policy())
def test_weights_under_policies_that_could_be(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Row], by: Policy
) -> None:
    if by.rounding.places <= 6:
        assert_alike(rows, by, tmp_path_factory.mktemp("rows"))


@pytest.mark.parametrize(
    "by",
    [PRESETS[0], *(pytest.param(by, marks=pytest.mark.long) for by in PRESETS[1:])],
    ids=lambda by: f"{by.name} {by.weights.allocation.value}",
)
def test_many_projects_of_many_forms(by: Policy, tmp_path: Path) -> None:
    chance = random.Random(7)
    rows = []
    for number in range(150):
        target, actual = chance.choice(PAIRS[:4])
        rows.append(
            {
                "project": f"项目{chance.randrange(8)}", "year": "", "weight": "",
                "level1": chance.choice(FIRST[:5]), "level2": chance.choice(SECOND),
                "indicator": f"指标{number:03}", "target": target, "actual": actual,
            }
        )  # fmt: skip
    assert_alike(rows, by, tmp_path)
    found = scored(rows, by)
    whole: dict[str, Decimal] = defaultdict(Decimal)
    for row in found:
        whole[row["project"]] += row["weight_allocated"]
    assert set(whole.values()) == {Decimal(by.indicator_total.numerator)}


def test_what_is_said_of_rows_that_get_no_weight() -> None:
    plain = {"year": "", "level2": "", "target": "≥1人", "actual": "1人", "weight": ""}
    rows = [
        plain | {"project": "甲", "level1": "产出指标", "indicator": "a"},
        plain | {"project": "乙", "level1": "产出指标", "indicator": "b", "weight": "5"},
        plain | {"project": "甲", "level1": "别的", "indicator": "c"},
        plain | {"project": "乙", "level1": "产出指标", "indicator": "d"},
        plain | {"project": "丙", "level1": "效益指标", "indicator": "e", "target": "≥?"},
        plain | {"project": "丙", "level1": "效益指标", "indicator": EXECUTED},
        plain | {"project": "丁", "level1": "产出指标", "indicator": "f", "weight": "many"},
        plain | {"project": "丁", "level1": "产出指标", "indicator": "g"},
    ]
    found = scored(rows, policy())
    told = [(row["indicator"], row["weight_allocated"], row["code"]) for row in found]
    assert told == [
        ("a", None, None), ("b", None, None), ("c", None, "KP208"), ("d", None, "KP201"),
        ("e", Decimal(90), "KP101"), (EXECUTED, None, None), ("f", None, "KP308"), ("g", None, None),
    ]  # fmt: skip
    assert found[4]["notes"][-3:] == ["weights.by_row", "weights.spread", "weights.handed_on"]


def test_a_table_without_a_column_of_weights_or_projects(tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.parquet"
    source.write_text("一级指标,指标值,实际完成值\n产出指标,≥1人,1人\n效益指标,≥2人,1人\n", "utf-8")
    call = ["bulk", str(source), "-o", str(output), "--policy", "platform-standard"]
    assert run(call) == 0
    assert [row["score_low"] for row in parquet.read_table(output).to_pylist()] == [None, None]
    assert run([*call, "--allocate-weights"]) == 0
    found = parquet.read_table(output)
    assert found.column_names[:3] == ["一级指标", "指标值", "实际完成值"]
    assert found.column_names[-1] == "weight_allocated"
    rows = found.to_pylist()
    assert (
        sum(row["weight_allocated"] for row in rows) == policy("platform-standard").indicator_total
    )
    assert rows[0]["score_low"] == rows[0]["weight_allocated"]


def test_an_empty_table_and_a_column_that_is_taken(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("target,actual\n", "utf-8")
    assert run(["bulk", str(source), "-o", str(output), "--allocate-weights"]) == 0
    assert output.read_text("utf-8").count("\n") == 1
    source.write_text("target,actual,weight_allocated\n≥1人,1人,1\n", "utf-8")
    output.write_text("old", "utf-8")
    call = ["bulk", str(source), "-o", str(output), "--allocate-weights", "--lang", "en"]
    assert run(call) == 2
    assert "KP306" in capfd.readouterr().err
    assert output.read_text("utf-8") == "old"


def test_a_file_that_grows_between_the_two_passes() -> None:
    schema = pa.schema([("target", pa.string()), ("actual", pa.string())])
    batch = pa.RecordBatch.from_pylist([{"target": "≥1人", "actual": "1人"}] * 3, schema)
    memo = memo_for(policy(), Place("rows"), YEAR)
    allocated = surveyed(Source(schema, iter([batch])), memo)
    grown = Source(schema, iter([batch, batch]))
    with pytest.raises(MalformedFileError, match="KP306"):
        score_into(io.BytesIO(), "parquet", grown, memo, Tally(), lambda _: None, allocated)


def test_a_folder_is_done_anew_when_weights_are_asked_for(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.csv").write_text("一级指标,target,actual\n产出指标,≥1人,1人\n", "utf-8")
    call = ["bulk", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--lang", "en"]
    assert run(call) == 0
    assert run([*call, "--allocate-weights"]) == 0
    assert "done before" not in capfd.readouterr().out
    assert "weight_allocated" in (tmp_path / "out/a.csv").read_text("utf-8")
