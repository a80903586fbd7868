"""What no row or run may do: mix up units, break off half, or touch what it was given."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from commands import SOURCE
from one_by_one import expected, given_back
from pyarrow import parquet

from kpieval.bulk import score_batch
from kpieval.presets import policy

PAIRS = [
    ("≥2.7万元", "27000元"), ("≥2.7万元", "26999.99元"), ("≤3人", "3个"), ("≥90%", "0.9"),
    ("≥90%", "900‰"), ("≥1亩", "666.7平方米"), ("≥1.5亩", "1000平方米"), ("≤2小时", "121分钟"),
    ("≥3", "3人"), ("≥3人", "3"), ("12月底前", "3人"), ("≥3人", "2024年12月1日"), ("≤500元/人天", "500元"),
    ("≥1美元", "7元"), ("优", "90%"), ("≥99999999999999999999亿元", "1元"), ("≥1年", "12个月"),
    ("≥1月", "30天"), ("≥", "1"), ("", ""), ("≥5人次", "5人"), ("≥1.95:1", "2:1"),
]  # fmt: skip


def judged_as_alone(rows: list[dict[str, str]]) -> list[dict[str, Any]]:
    """The results of a batch, each of which is that of its row alone."""
    made: list[dict[str, Any]] = score_batch(
        pa.RecordBatch.from_pylist(rows), year=2024
    ).to_pylist()
    wrong = [
        row
        for row, found in zip(rows, made, strict=True)
        if given_back(found) != expected(row, policy(), 2024)
    ]
    assert wrong == []
    return made


def test_units_of_every_kind_in_one_column() -> None:
    # Each text comes with every other, so that none is read by the unit of its neighbours.
    pairs = [(target, actual) for target, _ in PAIRS for _, actual in PAIRS]
    rows = [{"target": target, "actual": actual, "weight": "10"} for target, actual in pairs]
    made = judged_as_alone(rows)
    assert {found["verdict"] for found in made} == {"met", "unmet", "undetermined"}


def large(path: Path) -> Path:
    """A file that takes some seconds: no text comes twice."""
    numbers = range(150_000)
    made = pa.table(
        {
            "target": [f"不少于{number}.5万元且不超过{number + 7}万元" for number in numbers],
            "actual": [f"{number}5000元" for number in numbers],
        }
    )
    parquet.write_table(made, path, row_group_size=2_000)
    return path


def interrupted(call: list[str], waits_for: Path) -> subprocess.CompletedProcess[str]:
    """A run that gets Ctrl-C once it has begun to write in a folder."""
    with subprocess.Popen(
        [sys.executable, "-m", "kpieval", *call], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, env=os.environ | {"PYTHONPATH": SOURCE},
    ) as child:  # fmt: skip
        end = time.monotonic() + 60
        while not list(waits_for.glob(".kpieval*")) and time.monotonic() < end:
            assert child.poll() is None, child.communicate()
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate(timeout=120)
    return subprocess.CompletedProcess(call, child.returncode, out, err)


@pytest.mark.long
@pytest.mark.parametrize("more", [(), ("--allocate-weights",)])
def test_ctrl_c_leaves_what_was_there(more: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source, folder = large(tmp_path / "in/rows.parquet"), tmp_path / "out"
    before, output = source.read_bytes(), folder / "rows.parquet"
    folder.mkdir()
    output.write_bytes(b"old")
    done = interrupted(["bulk", str(source), "-o", str(output), *more], folder)
    assert done.returncode == 130, done
    assert (done.stdout, done.stderr.strip().count("\n")) == ("", 0)
    assert "Traceback" not in done.stderr
    assert [it.name for it in folder.iterdir()] == ["rows.parquet"]
    assert output.read_bytes() == b"old"
    assert source.read_bytes() == before


@pytest.mark.long
def test_a_folder_that_was_broken_off_goes_on(tmp_path: Path) -> None:
    source, folder = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    parquet.write_table(pa.table({"target": ["≥1人"], "actual": ["1人"]}), source / "a.parquet")
    large(source / "b.parquet")
    folder.mkdir()
    call = ["bulk", str(source), "-o", str(folder), "--lang", "en"]

    # The first file is quick: what is waited for is likely the second, and either is right.
    done = interrupted(call, folder)
    assert done.returncode == 130, done
    assert not (folder / "b.parquet").exists()
    (source / "b.parquet").unlink()
    parquet.write_table(pa.table({"target": ["≥1人"], "actual": ["2人"]}), source / "b.parquet")
    again = subprocess.run(
        [sys.executable, "-m", "kpieval", *call], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": SOURCE},
    )  # fmt: skip
    assert again.returncode == 0, again.stderr
    names = ["a.parquet", "b.parquet", "kpieval-bulk.json"]
    assert sorted(it.name for it in folder.iterdir()) == names
    assert parquet.read_table(folder / "b.parquet")["verdict"].to_pylist() == ["met"]


@pytest.mark.long
def test_a_disk_that_is_full_in_a_folder_is_no_finished_file(tmp_path: Path) -> None:
    import resource

    source, folder = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    parquet.write_table(pa.table({"target": ["≥1人"], "actual": ["1人"]}), source / "a.parquet")
    rows = 60_000
    parquet.write_table(
        pa.table({"target": ["≥1人"] * rows, "actual": [f"{it}人" for it in range(rows)]}),
        source / "b.parquet",
    )
    done = subprocess.run(
        [sys.executable, "-m", "kpieval", "bulk", str(source), "-o", str(folder), "--lang", "en"],
        capture_output=True, text=True, check=False, env=os.environ | {"PYTHONPATH": SOURCE},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert "KP309" in done.stderr
    assert sorted(it.name for it in folder.iterdir()) == ["a.parquet", "kpieval-bulk.json"]
    assert '"b.parquet"' not in (folder / "kpieval-bulk.json").read_text("utf-8")


def test_words_that_only_their_own_target_takes() -> None:
    # What an actual may say hangs on the words of its target: none is read by another's.
    path = Path(__file__).resolve().parents[1] / "corpus" / "judged_pairs.jsonl"
    known = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    targets = list(dict.fromkeys(pair["target"] for pair in known))
    actuals = list(dict.fromkeys(pair["actual"] for pair in known))
    rows = [
        {"target": target, "actual": actual, "weight": "10"}
        for place, target in enumerate(targets)
        for actual in actuals[place % 3 :: 3]
    ]
    judged_as_alone(rows)
