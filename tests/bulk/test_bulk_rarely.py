"""What a whole table meets rarely: other kinds of files, numbers beyond 64 bits, full memos."""

from __future__ import annotations

import gc
from fractions import Fraction
from pathlib import Path

import pyarrow as pa
import pytest
from attrs import evolve
from one_by_one import expected, given_back
from pyarrow import csv, ipc

from kpieval.bulk import files, kernel, memo, running, score_batch
from kpieval.bulk.facts import Op, TargetFact, bounds_of
from kpieval.bulk.limits import MAX_PLACES, limits_of
from kpieval.cli.app import run
from kpieval.errors import ImpossiblePolicyError, MalformedFileError, UnreadableFileError
from kpieval.formulas import Ladder, Step
from kpieval.parsing.shapes import Shapes, split
from kpieval.presets import policy

ROWS = [
    {"target": "≥90%", "actual": "88%", "weight": "10"},
    {"target": "≤2.7万元", "actual": "26500元", "weight": "5.5"},
    {"target": "若干人", "actual": "3人", "weight": "10"},
    {"target": "应保尽保", "actual": "部分达成", "weight": "10"},
]


def _table(rows: list[dict[str, str]]) -> pa.Table:
    return pa.Table.from_pylist(rows, pa.schema([(name, pa.string()) for name in rows[0]]))


def _given(rows: list[dict[str, str]]) -> list[dict[str, object]]:
    batch = _table(rows).combine_chunks().to_batches()[0]
    return [given_back(row) for row in score_batch(batch).to_pylist()]


def _arrow(path: Path, rows: list[dict[str, str]]) -> Path:
    """A file of a stream of batches."""
    made = _table(rows)
    with ipc.new_stream(path, made.schema) as out:
        out.write_table(made, max_chunksize=2)
    return path


@pytest.mark.parametrize("most", [3, 400_000])
def test_what_was_read_before_comes_to_the_same(
    most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In later batches, whether it is remembered or the memo was emptied between them."""
    monkeypatch.setattr(memo, "MOST", most)
    rows, output = [*ROWS, *ROWS], tmp_path / "out.arrow"
    call = ["bulk", str(_arrow(tmp_path / "in.arrow", rows)), "-o", str(output)]
    assert run([*call, "--summary", str(tmp_path / "sum.csv")]) == 0
    found = ipc.open_file(output).read_all().to_pylist()
    assert [given_back(row) for row in found] == [expected(row, policy()) for row in rows]
    # Without a column of projects all rows are of one.
    (sums,) = csv.read_csv(tmp_path / "sum.csv").to_pylist()
    assert (sums["rows"], sums["errors"]) == (8, 2)


def test_an_attainment_beyond_64_bits_is_told() -> None:
    rows = [{"target": "≥7人", "actual": "99999999999999999999人", "weight": "1"}]
    assert _given(rows) == [expected(rows[0], policy())]
    assert "attainment.too_long" in str(_given(rows)[0]["notes"])


def test_numbers_whose_unit_is_too_large_for_the_columns() -> None:
    rows = [
        {"target": f"≥{number}万亿元", "actual": f"{number}.5万亿元", "weight": "1"}
        for number in (5, 6, 7, 8, 2024)
    ]
    assert _given(rows) == [expected(row, policy()) for row in rows]


def test_a_shape_that_does_not_grow_with_its_number_is_left_to_the_grammar() -> None:
    def read(text: str, _: str) -> tuple[int, ...]:
        return (min(round(float(text.removesuffix("人"))), 50),)

    shapes = Shapes(read, lambda fact: fact, lambda _: "", lambda beside: beside, 10**9)
    found = split("3人")
    assert found is not None
    assert [shapes.shape(found[0], "") for _ in range(3)] == [None, None, None]


def test_dictionaries_of_numbers() -> None:
    batch = pa.RecordBatch.from_pydict(
        {
            "target": ["≥1人"] * 2,
            "actual": ["1人"] * 2,
            "weight": pa.array([5, 5]).dictionary_encode(),
        }
    )
    assert [row["score_high"] for row in score_batch(batch).to_pylist()] == [5, 5]


def test_a_range_has_two_bounds() -> None:
    assert bounds_of(TargetFact(Op.RANGE, 80, 90, 80, 90, 0, 0, 0, 0)) == (80, 90)


@pytest.mark.parametrize("formula", [Ladder(((Fraction(1), Fraction(1)),)), Step(Fraction(1))])
def test_a_formula_that_goes_row_by_row_is_none_of_columns(formula: Ladder | Step) -> None:
    with pytest.raises(ValueError, match="row by row"):
        kernel._share(kernel._RATIO, formula)


def test_a_policy_that_rounds_finer_than_a_score_is_kept() -> None:
    fine = evolve(policy(), rounding=evolve(policy().rounding, places=MAX_PLACES + 1))
    with pytest.raises(ImpossiblePolicyError) as caught:
        limits_of(fine)
    assert "rounding.places = 7 > 6" in caught.value.message("en")


@pytest.mark.parametrize("is_frozen", [False, True])
def test_what_was_frozen_before_is_so_afterwards(is_frozen: bool, tmp_path: Path) -> None:
    call = ["bulk", str(_arrow(tmp_path / "in.arrow", ROWS)), "-o", str(tmp_path / "out.csv")]
    try:
        if is_frozen:
            gc.freeze()
        before = gc.get_freeze_count() > running.FEW
        assert run(call) == 0
        assert (gc.get_freeze_count() > running.FEW) is before is is_frozen
    finally:
        gc.unfreeze()


# --- files ---------------------------------------------------------------------------------------


def test_a_file_without_rows(tmp_path: Path) -> None:
    with ipc.new_stream(tmp_path / "in.arrow", _table(ROWS).schema):
        pass
    assert run(["bulk", str(tmp_path / "in.arrow"), "-o", str(tmp_path / "out.csv")]) == 0
    assert csv.read_csv(tmp_path / "out.csv").num_rows == 0


def test_a_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    (tmp_path / "in.csv").mkdir()
    with pytest.raises(UnreadableFileError) as caught, files.source(str(tmp_path / "in.csv")):
        pass
    assert caught.value.params["reason"] == "os"


def test_a_fault_far_down_in_a_file_is_one_of_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "_BLOCK", 2**16)
    path = tmp_path / "in.csv"
    path.write_text("target,actual\n" + "≥1人,2人\n" * 9_000 + "≥1人,2人,3人\n", "utf-8")
    with files.source(str(path)) as found, pytest.raises(MalformedFileError) as caught:
        list(found.batches)
    assert caught.value.params["reason"] == "arrow"


def test_a_folder_taken_up_again_without_a_summary(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    _arrow(tmp_path / "in" / "a.arrow", ROWS)
    call = ["bulk", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--lang", "en"]
    assert (run(call), run(call)) == (0, 0)
    assert "1 files had been done before" in capfd.readouterr().out


def test_the_cores_share_a_frame_and_keep_its_order(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**ROWS[0], "actual": f"{number}%"} for number in range(80, 100)] * 3
    batch = _table(rows).to_batches()[0]
    whole = score_batch(batch).to_pylist()
    monkeypatch.setattr(kernel, "LEAST_PART", 2)
    monkeypatch.setattr(kernel.pl, "thread_pool_size", lambda: 2)
    assert score_batch(batch).to_pylist() == whole
