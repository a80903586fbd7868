"""docs/bulk.md: its examples run, and every output column is described."""

from __future__ import annotations

import doctest
from pathlib import Path

from kpieval.bulk.columns import RESULTS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bulk.md"


def test_the_examples_give_what_they_say() -> None:
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted > 3
    assert found.failed == 0


def test_every_column_is_described() -> None:
    text = PAGE.read_text("utf-8")
    assert [name for name in RESULTS.names if f"`{name}`" not in text] == []
