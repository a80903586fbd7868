"""Targets against earlier tables: means of years, directions, and a table of the same year."""

from __future__ import annotations

import pytest
from attrs import evolve

from kpieval.linting import Finding, History, LintConfig, lint_tables
from kpieval.linting.pages import examples
from kpieval.tables import Actuals, Project


def project(target: str, year: int) -> Project:
    (table,) = examples(f"年度 {year}\n产出/数量 | 培训人数 | {target}")
    return table.project


def before(target: str, year: int, actual: str) -> History:
    return History((project(target, year),), Actuals.from_mapping({"培训人数": actual}))


def codes(target: str, *history: History) -> list[str]:
    config = LintConfig(select=("L17", "L51"))
    found = lint_tables([project(target, 2024)], config=config, history=history)
    return [each.note.code for each in found]


@pytest.mark.parametrize(
    ("target", "actuals", "wanted"),
    [
        ("≥30人", ("30人", "36人"), ["L17.mean"]),
        ("≥30人", ("30人", "30人", "30人", "90人"), []),  # a fourth year is too long ago
        ("≥30人", ("31人", "20人"), ["L17"]),
        ("≥30人", ("39人",), ["L17.overshoot"]),
        ("≥30人", ("38.9人",), ["L17"]),
        ("=30人", ("39人",), []),  # exactly so many is no floor
        ("≤30人", ("30人", "24人"), ["L17.mean"]),
        ("≤30人", ("31人", "30人"), []),
        ("≥30人", ("约40人",), []),  # about is no measure
        ("≥30人", ("40次",), []),
        ("≥30人", ("已完成", "90人"), []),  # without the last year nothing is said
    ],
)
def test_a_target_against_the_actuals_of_earlier_years(
    target: str, actuals: tuple[str, ...], wanted: list[str]
) -> None:
    history = [before("≥20人", 2023 - n, actual) for n, actual in enumerate(actuals)]
    assert codes(target, *history) == wanted


def test_the_table_of_the_same_year_is_no_history_of_actuals() -> None:
    assert codes("≥30人", before("≥30人", 2024, "60人")) == []


@pytest.mark.parametrize(("old", "wanted"), [("≥30人", []), ("30人", []), ("≥31人", ["L51"])])
def test_a_target_against_that_of_the_same_year(old: str, wanted: list[str]) -> None:
    assert codes("≥30人", before(old, 2024, "")) == wanted


def test_what_was_approved_is_offered_to_paste() -> None:
    config = LintConfig(select=("L51",))
    history = [before("不低于31人", 2024, "")]
    (found,) = lint_tables([project("≥30人", 2024)], config=config, history=history)
    assert isinstance(found, Finding)
    assert found.paste == "不低于31人"


def test_a_row_that_could_not_be_read_then_is_let_be() -> None:
    old = project("≥30人", 2024)
    unread = project("≥5外星币", 2024)
    history = [History((evolve(old, indicators=unread.indicators),))]
    assert codes("≥30人", *history) == []


def test_a_name_that_stood_twice_then_says_nothing() -> None:
    old = before("≥31人", 2024, "")
    assert codes("≥30人", old) == ["L51"]
    (table,) = old.projects
    twice = evolve(table, indicators=table.indicators * 2)
    assert codes("≥30人", evolve(old, projects=(twice,))) == []
