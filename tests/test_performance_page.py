"""docs/performance.md holds what was measured and nothing that was typed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "tests" / "benchmarks"
PAGE = ROOT / "docs" / "performance.md"


@pytest.fixture
def tables(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The module that makes the table, which is run as a script beside the others."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return pytest.importorskip("tables")


def test_the_table_is_that_of_the_kept_figures(tables: Any, tmp_path: Path) -> None:
    kept = json.loads((BENCHMARKS / "figures.json").read_text("utf-8"))
    made = tmp_path / "page.md"
    made.write_text(f"before\n{tables.BEGIN}\nold\n{tables.END}\nafter\n", encoding="utf-8")
    tables.write(made, tables.page(kept))
    before, _, after = made.read_text("utf-8").partition(tables.BEGIN)
    assert before == "before\n"
    assert after.endswith(f"{tables.END}\nafter\n")
    assert f"{tables.BEGIN}{after.partition(tables.END)[0]}{tables.END}" in PAGE.read_text("utf-8")


def test_every_kept_line_says_whether_its_goal_is_met(tables: Any) -> None:
    kept = json.loads((BENCHMARKS / "figures.json").read_text("utf-8"))
    lines = [line for found in kept.values() for line in found["lines"]]
    assert lines
    for line in lines:
        assert line["ratio"] > 0
        assert line["what"] and line["beside"] and line["wanted"]
    goals = {line["goal"] for line in lines if line["goal"]}
    assert goals <= {f"G{number}" for number in range(1, 10)}


def test_a_page_without_a_place_for_the_table_is_left_alone(tables: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("no marks", encoding="utf-8")
    with pytest.raises(SystemExit, match="no place"):
        tables.write(page, "table")
    assert page.read_text("utf-8") == "no marks"


def test_a_missed_goal_is_shown_as_missed(tables: Any) -> None:
    slow = {"ratio_of_minima": 9.0, "grammar_ratio_of_medians": 30.0}
    known = {"warm": {"tianjin": slow, "synthetic": slow | {"ratio_of_minima": 2.0}}}
    told = {"python": "3", "libraries": {}, "machine": "m", "load": [1, 2], "commit": "c"}
    text = tables.page({"parse": {"circumstances": told, "lines": tables.lines("parse", known)}})
    verdicts = [line.rpartition(" | ")[2] for line in text.splitlines()[2:6]]
    assert verdicts == ["**missed** |", "**missed** |", "met |", "**missed** |"]
