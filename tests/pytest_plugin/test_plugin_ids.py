"""The names of tests: stable, each once, the same in every process."""

from __future__ import annotations

import importlib.util

import pytest
from commands import SOURCE
from hypothesis import given
from hypothesis import strategies as st

from kpieval.pytest_plugin.findings import Names

ROWS = (
    "甲,数量指标,a,≥1人,2人,30",
    "甲,数量指标,a,≥1人,2人,30",
    "甲,质量指标,a,≥90%,80%,30",
    "乙,,b::c,≥1人,,50",
    "乙,,d[1],≥1人,1人,40",
)
NAMES = [
    "甲/数量指标/a",
    "甲/数量指标/a#2",
    "甲/质量指标/a",
    "乙/b:c",
    "乙/d[1]",
]


def names(repository) -> list[str]:
    """The tests of the repository as pytest lists them."""
    items, _ = repository.inline_genitems()
    return [item.nodeid for item in items]


def test_project_second_level_and_name(table, repository) -> None:
    table(*ROWS)
    assert names(repository) == [f"t.kpi.csv::{name}" for name in NAMES]


def test_names_stay_when_rows_join_at_the_end(table, repository) -> None:
    table(*ROWS[:3])
    first = names(repository)
    table(*ROWS, *ROWS[:1])
    later = names(repository)
    assert set(first) < set(later)
    assert "t.kpi.csv::甲/数量指标/a#3" in later


@pytest.mark.parametrize("name", NAMES)
def test_a_test_is_run_by_its_name(name, table, run) -> None:
    table(*ROWS)
    done = run("-v", f"t.kpi.csv::{name}")
    assert sum(done.parseoutcomes().values()) == 1
    done.stdout.fnmatch_lines([f"t.kpi.csv::{name.replace('[', '[[]')} *"])


def test_tests_are_chosen_by_a_word(table, run) -> None:
    table(*ROWS)
    run("-k", "质量指标").assert_outcomes(failed=1, deselected=4)


def test_a_name_with_a_point_is_shown_as_it_is(table, run) -> None:
    table("甲,数量指标,增长1.5倍,≥1人,1人,90")
    run("-v").stdout.fnmatch_lines(["t.kpi.csv::甲/数量指标/增长1.5倍 PASSED*"])


@given(st.lists(st.lists(st.text(alphabet="a/#2: \n\x1b", max_size=4), min_size=1, max_size=3)))
def test_no_name_is_given_twice(parts) -> None:
    given_names = Names()
    made = [given_names.new(*words) for words in parts]
    assert len(set(made)) == len(made)
    assert all(name and "::" not in name and name.isprintable() for name in made)


@pytest.mark.skipif(
    importlib.util.find_spec("xdist") is None, reason="pytest-xdist is not installed"
)
def test_workers_find_the_same_tests_and_outcomes(table, repository, monkeypatch) -> None:
    monkeypatch.setenv("PYTHONPATH", SOURCE)
    table(*ROWS)
    table(*ROWS, name="u.kpi.csv")
    (repository.path / "bad.kpi.toml").write_text("a =\n", "utf-8")
    args = ("-p", "no:cacheprovider", "-rA", "--kpi-lang", "en", "--continue-on-collection-errors")
    alone = repository.runpytest_subprocess(*args)
    spread = repository.runpytest_subprocess("-p", "xdist.plugin", "-n", "2", *args)
    assert spread.parseoutcomes() == alone.parseoutcomes()
    assert alone.parseoutcomes() == {"failed": 2, "passed": 6, "skipped": 2, "errors": 1}
    assert summary(spread) == summary(alone)


def summary(done: pytest.RunResult) -> list[str]:
    """The lines of the short summary, in any order; without the message, which is cut off."""
    words = ("PASSED", "FAILED", "SKIPPED", "ERROR ")
    lines = (line for line in done.outlines if line.startswith(words))
    return sorted(line.partition(" - ")[0] for line in lines)
