"""``kpieval bulk``: files and folders in and out, what is refused, and what a fault leaves."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from commands import SOURCE
from one_by_one import expected, given_back
from pyarrow import csv, ipc, parquet
from tracing import untraced

from kpieval.bulk import files, output_schema, running, score_batch
from kpieval.cli.app import run
from kpieval.errors import MalformedFileError, MissingColumnError
from kpieval.presets import policy

ROWS = [
    {"project": "甲", "target": "≥90%", "actual": "88%", "weight": "10", "note": "a"},
    {"project": "甲", "target": "≤2.7万元", "actual": "26500元", "weight": "5.5", "note": ""},
    {
        "project": "乙",
        "target": "12月底前",
        "actual": "2024年12月31日",
        "weight": "3.33",
        "note": "=1",
    },
    {"project": "乙", "target": "若干人", "actual": "3人", "weight": "10", "note": '逗号,引号"'},
    {"project": "乙", "target": "应保尽保", "actual": "达成", "weight": "10", "note": "两\n行"},
    {"project": "丙", "target": "≥5人", "actual": "", "weight": "", "note": "x"},
]
FORMS = ("parquet", "csv", "arrow")


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "BATCH", 2)


def table(rows: list[dict[str, Any]]) -> pa.Table:
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in rows[0]]))


def write(path: Path, made: pa.Table) -> Path:
    """A table as a file by its suffix."""
    match path.suffix:
        case ".parquet":
            parquet.write_table(made, path)
        case ".csv":
            csv.write_csv(made, path)
        case _:
            with ipc.new_file(path, made.schema) as out:
                out.write_table(made, max_chunksize=2)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of an output; of CSV the decimals and lists made from their texts."""
    if path.suffix == ".parquet":
        return list(parquet.read_table(path).to_pylist())
    if path.suffix == ".arrow":
        return list(ipc.open_file(path).read_all().to_pylist())
    options = csv.ConvertOptions(
        column_types=dict.fromkeys(("weight", "score_low", "score_high", "notes"), pa.string()),
        strings_can_be_null=True, quoted_strings_can_be_null=False,
    )  # fmt: skip
    parsing = csv.ParseOptions(newlines_in_values=True)
    rows = csv.read_csv(path, parse_options=parsing, convert_options=options).to_pylist()
    for row in rows:
        row["notes"] = row["notes"].split()
        for name in ("score_low", "score_high"):
            row[name] = None if row[name] is None else Decimal(row[name])
    return list(rows)


@pytest.mark.parametrize("into", FORMS)
@pytest.mark.parametrize("form", FORMS)
def test_every_format_into_every_other(form: str, into: str, tmp_path: Path) -> None:
    source, output = write(tmp_path / f"in.{form}", table(ROWS)), tmp_path / f"out.{into}"
    before = source.read_bytes()
    assert run(["bulk", str(source), "-o", str(output), "--year", "2024"]) == 0
    found = read(output)
    assert [given_back(row) for row in found] == [expected(row, policy(), 2024) for row in ROWS]
    assert [{name: row[name] for name in ROWS[0]} for row in found] == ROWS
    assert source.read_bytes() == before
    assert sorted(it.name for it in tmp_path.iterdir()) == sorted({source.name, output.name})


def test_the_columns_are_those_that_were_promised(tmp_path: Path) -> None:
    made, output = table(ROWS), tmp_path / "out.parquet"
    assert run(["bulk", str(write(tmp_path / "in.parquet", made)), "-o", str(output)]) == 0
    assert parquet.read_schema(output).equals(output_schema(made.schema))


@pytest.mark.parametrize("form", FORMS)
def test_the_most_points_are_kept_to_their_last_place(form: str, tmp_path: Path) -> None:
    most = Decimal(10**18 - 1).scaleb(-6)
    rows = [{"target": "≥1人", "actual": "1人", "weight": str(most)}] * 30
    source, output = write(tmp_path / "in.csv", table(rows)), tmp_path / f"out.{form}"
    summary = tmp_path / "sum.parquet"
    assert run(["bulk", str(source), "-o", str(output), "--summary", str(summary)]) == 0
    assert {row["score_low"] for row in read(output)} == {most}
    assert read(summary)[0]["score_high"] == 30 * most


def test_rows_can_be_found_by_what_has_an_order(tmp_path: Path) -> None:
    source, output = write(tmp_path / "in.parquet", table(ROWS)), tmp_path / "out.parquet"
    assert run(["bulk", str(source), "-o", str(output)]) == 0
    group = parquet.read_metadata(output).row_group(0)
    columns = [group.column(place) for place in range(group.num_columns)]
    told = {it.path_in_schema for it in columns if it.is_stats_set}
    assert {"project", "note", "score_low"} <= told
    assert told.isdisjoint({"target", "actual", "weight", "verdict", "code"})


def test_chinese_names_and_other_types_of_text() -> None:
    weights = pa.array([Decimal("9.90"), None], pa.decimal128(10, 2))
    batch = pa.RecordBatch.from_pydict(
        {
            "指标值": pa.array(["≥90%", "≥90%"], pa.large_string()),
            "实际完成值": pa.array(["80%", None]).dictionary_encode(),
            "分值": weights,
            "年度": pa.array([2024, None], pa.int16()),
            "计算符号": pa.nulls(2),
        }
    )
    first, second = score_batch(batch).to_pylist()
    assert (first["verdict"], first["score_low"]) == ("unmet", Decimal("8.8"))
    assert (second["verdict"], second["code"]) == ("undetermined", "actual.missing")


@pytest.mark.parametrize("weights", [pa.array([1, 2]), pa.array([Decimal(1), Decimal(2)])])
def test_whole_and_decimal_weights(weights: pa.Array) -> None:
    batch = pa.RecordBatch.from_pydict(
        {"target": ["≥1人"] * 2, "actual": ["1人"] * 2, "weight": weights}
    )
    assert [row["score_high"] for row in score_batch(batch).to_pylist()] == [1, 2]


def test_a_batch_without_rows() -> None:
    empty = table(ROWS).slice(0, 0).combine_chunks()
    made = score_batch(
        pa.RecordBatch.from_arrays([pa.array([], pa.string())] * 5, schema=empty.schema)
    )
    assert made.num_rows == 0
    assert made.schema.equals(output_schema(empty.schema))


@pytest.mark.parametrize(
    ("columns", "error"),
    [
        ({"target": ["≥1人"]}, MissingColumnError),
        ({"target": ["≥1人"], "actual": [1.5]}, MalformedFileError),
        ({"target": ["≥1人"], "actual": ["1"], "weight": [0.1]}, MalformedFileError),
        ({"target": ["≥1人"], "actual": ["1"], "year": ["2024"], "年度": ["2024"]}, None),
        ({"target": ["≥1人"], "actual": ["1"], "verdict": ["met"]}, MalformedFileError),
        ({"target": ["≥1人"], "actual": [b"1"]}, MalformedFileError),
    ],
)
def test_columns_that_cannot_be_used(
    columns: dict[str, list[Any]], error: type[Exception] | None
) -> None:
    batch = pa.RecordBatch.from_pydict(columns)
    if error is None:
        assert score_batch(batch).num_rows == 1
        return
    with pytest.raises(error) as caught:
        score_batch(batch)
    assert all(name not in caught.value.message("en") for name in ("{", "}"))  # type: ignore[attr-defined]


def test_rows_with_bad_cells_stay_with_their_codes() -> None:
    rows = [
        ("≥1人", "1人", "ten", "2024", "KP308", None),
        ("≥1人", "1人", "-1", "2024", "KP203", None),
        ("≥1人", "1人", "10", "next", "KP308", Decimal(10)),
        ("≥?", "1人", "10", "2024", "KP101", Decimal(0)),
        ("6月前", "5月", "10", "", "KP103", Decimal(0)),
        (None, None, None, None, "KP105", None),
    ]
    names = ("target", "actual", "weight", "year")
    batch = pa.RecordBatch.from_pylist([dict(zip(names, row, strict=False)) for row in rows])
    found = score_batch(batch).to_pylist()
    assert [row["code"] for row in found] == [row[4] for row in rows]
    assert [row["score_low"] for row in found] == [row[5] for row in rows]


# --- files that cannot be used ------------------------------------------------------------------


def refused(capfd: pytest.CaptureFixture[str], *args: object) -> str:
    assert run(["bulk", *map(str, args), "--lang", "en"]) == 2
    said = capfd.readouterr()
    assert said.out == ""
    assert "Traceback" not in said.err
    return said.err


def test_a_file_that_was_cut_short(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = write(tmp_path / "whole.parquet", table(ROWS * 50)).read_bytes()
    for length in (0, 3, 100, len(whole) // 2, len(whole) - 1):
        cut, output = tmp_path / "cut.parquet", tmp_path / "out.parquet"
        cut.write_bytes(whole[:length])
        output.write_bytes(b"old")
        assert "KP306" in refused(capfd, cut, "-o", output)
        assert output.read_bytes() == b"old"
    # The footer is whole, and what it speaks of is not.
    (tmp_path / "cut.parquet").write_bytes(
        b"PAR1" + bytes(len(whole) // 2 - 4) + whole[len(whole) // 2 :]
    )
    assert "KP306" in refused(capfd, tmp_path / "cut.parquet", "-o", tmp_path / "new.parquet")
    assert not (tmp_path / "new.parquet").exists()
    assert list(tmp_path.glob(".kpieval*")) == []


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"target,actual\n\xff\xfe,1\n", "KP306"),
        ("a.csv", b"target,actual\n1,2,3\n", "KP306"),
        ("a.csv", b"", "KP306"),
        ("a.csv", b"name,actual\nx,1\n", "KP304"),
        ("a.arrow", b"ARROW1 and no more", "KP306"),
        ("a.arrow", b"nothing of the kind", "KP306"),
        ("a.xlsx", b"", "KP305"),
    ],
)
def test_files_of_another_kind(
    name: str, data: bytes, code: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    assert code in refused(capfd, tmp_path / name, "-o", tmp_path / "out.parquet")
    assert [it.name for it in tmp_path.iterdir()] == [name]


def test_calls_that_are_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    source = write(tmp_path / "in.csv", table(ROWS))
    before = source.read_bytes()
    assert "KP301" in refused(capfd, tmp_path / "none.csv", "-o", tmp_path / "out.csv")
    assert "KP305" in refused(capfd, source, "-o", tmp_path / "out.xlsx")
    assert "KP305" in refused(capfd, source, "-o", tmp_path / "out.csv", "--summary", "sum.txt")
    assert "KP309" in refused(capfd, source, "-o", source)
    (tmp_path / "empty").mkdir()
    assert "KP301" in refused(capfd, tmp_path / "empty", "-o", tmp_path / "out")
    refused(capfd, source)
    assert source.read_bytes() == before
    assert not (tmp_path / "out.csv").exists()


# --- what a fault leaves ------------------------------------------------------------------------


def test_an_interrupted_run_leaves_the_old_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, output = write(tmp_path / "in.parquet", table(ROWS)), tmp_path / "out.parquet"
    output.write_bytes(b"old")
    batches = iter(range(2))

    def interrupted(batch: pa.RecordBatch, **given: Any) -> pa.RecordBatch:
        if next(batches, None) is None:
            raise KeyboardInterrupt
        return score_batch(batch, **given)

    monkeypatch.setattr(running, "score_batch", interrupted)
    assert run(["bulk", str(source), "-o", str(output)]) == 130
    assert output.read_bytes() == b"old"
    assert sorted(it.name for it in tmp_path.iterdir()) == ["in.parquet", "out.parquet"]


def _no_more_than(size: int) -> Iterator[None]:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    yield


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS)
def test_a_disk_that_is_full_leaves_the_old_output(form: str, tmp_path: Path) -> None:
    # A limit on the size of files ends writing where a full disk would.
    source, output = write(tmp_path / "in.parquet", table(ROWS * 20_000)), tmp_path / f"out.{form}"
    output.write_bytes(b"old")
    command = [sys.executable, "-m", "kpieval", "bulk", str(source), "-o", str(output)]
    done = subprocess.run(
        [*command, "--lang", "en"], capture_output=True, text=True, check=False,
        preexec_fn=lambda: next(_no_more_than(2_000)), env=untraced() | {"PYTHONPATH": SOURCE},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1 and "KP309" in done.stderr
    assert output.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 2


# --- folders, and sums of projects --------------------------------------------------------------


def test_a_folder_is_taken_up_where_it_was_left(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    source, output, summary = tmp_path / "in", tmp_path / "out", tmp_path / "sum.csv"
    for number, name in enumerate(("a.parquet", "year=2024/b.csv", "year=2024/c.arrow")):
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, table(ROWS[number:]))
    call = [
        "bulk",
        str(source),
        "-o",
        str(output),
        "--year",
        "2024",
        "--summary",
        str(summary),
        "--lang",
        "en",
    ]

    def times() -> dict[str, int]:
        return {
            it.name: it.stat().st_mtime_ns for it in output.rglob("*.*") if it.suffix != ".json"
        }

    assert run(call) == 0
    first, sums = times(), summary.read_bytes()
    assert len(first) == 3
    assert run(call) == 0
    assert "3 files had been done before" in capfd.readouterr().out
    assert (times(), summary.read_bytes()) == (first, sums)
    write(source / "a.parquet", table(ROWS[:1]))
    (output / "year=2024/c.arrow").unlink()
    assert run(call) == 0
    changed = [name for name, time in times().items() if first[name] != time]
    assert sorted(changed) == ["a.parquet", "c.arrow"]
    assert run([*call, "--policy", "mof-2021-core"]) == 0
    assert "done before" not in capfd.readouterr().out.splitlines()[-1]


def test_a_ledger_that_is_damaged_counts_for_nothing(tmp_path: Path) -> None:
    source, output = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    output.mkdir()
    write(source / "a.csv", table(ROWS))
    (output / "kpieval-bulk.json").write_text("{", "utf-8")
    assert run(["bulk", str(source), "-o", str(output)]) == 0
    assert len(read(output / "a.csv")) == len(ROWS)


def test_the_sums_of_projects(tmp_path: Path) -> None:
    source, summary = write(tmp_path / "in.csv", table(ROWS * 3)), tmp_path / "sum.parquet"
    call = ["bulk", str(source), "-o", str(tmp_path / "out.csv"), "--year", "2024"]
    assert run([*call, "--summary", str(summary)]) == 0
    found = {row["project"]: row for row in parquet.read_table(summary).to_pylist()}
    assert list(found) == ["甲", "乙", "丙"]
    for name, row in found.items():
        own = [expected(it, policy(), 2024) for it in ROWS * 3 if it["project"] == name]
        assert row["rows"] == len(own)
        for verdict in ("met", "unmet", "undetermined"):
            assert row[verdict] == sum(it["verdict"] == verdict for it in own)
        assert row["errors"] == sum(str(it["code"]).startswith("KP") for it in own)
        lows = [it["low"] for it in own]
        whole = None if None in lows else sum(lows, Fraction(0))
        assert row["score_low"] == whole


def test_progress_tells_the_rows_and_how_fast(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from kpieval.cli.progress import Progress
    from kpieval.cli.verbs.bulk import _teller

    told = Progress(1, "en")
    _teller(told, 0.0)(1234)
    assert told.text.startswith("1,234 rows done")


@pytest.mark.parametrize("library", ["polars", "pyarrow"])
def test_without_its_libraries_it_says_what_to_install(library: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.modules[{library!r}] = None; from kpieval.cli import main; "
        "sys.exit(main(sys.argv[1:]))"
    )
    call = ["bulk", str(tmp_path / "in.csv"), "-o", str(tmp_path / "out.csv"), "--lang", "en"]
    done = subprocess.run(
        [sys.executable, "-c", code, *call], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "[KP307]" in done.stderr and "kpieval[bulk]" in done.stderr
    assert library in done.stderr
