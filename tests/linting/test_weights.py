"""Weights of levels, weights that could not be read, and bounds that are configured."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve

from kpieval import read
from kpieval.linting import DEFAULTS, LintConfig, lint_project
from kpieval.linting.pages import examples
from kpieval.tables import LevelPoints, Project

ROWS = """
产出/数量 | 培训人数 | ≥30人 | 分值=30
产出/质量 | 培训合格率 | ≥90% | 分值=30
效益/社会 | 就业率 | ≥60% | 分值=30
"""


def project(*levels: LevelPoints, rows: str = ROWS) -> Project:
    (table,) = examples(rows)
    return evolve(table.project, level_points=levels)


def notes(of: Project, code: str = "L29", config: LintConfig = DEFAULTS) -> list[dict[str, str]]:
    chosen = evolve(config, select=(code,))
    return [dict(found.note.params) for found in lint_project(of, config=chosen)]


def points(level1: str, level2: str, said: int) -> LevelPoints:
    return LevelPoints(level1, level2, Fraction(said))


def test_a_level_is_held_against_its_rows() -> None:
    right = points("产出指标", "", 60), points("产出指标", "质量指标", 30)
    assert notes(project(*right, points("效益指标", "", 30))) == []
    wrong = points("产出指标", "", 50), points("效益指标", "社会指标", 20)
    assert notes(project(*wrong)) == [
        {"level": "产出指标", "total": "60", "said": "50"},
        {"level": "社会指标", "total": "30", "said": "20"},
    ]


def test_without_weights_of_rows_a_level_is_held_against_those_below() -> None:
    bare = ROWS.replace(" | 分值=30", "")
    below = points("产出指标", "数量指标", 20), points("产出指标", "质量指标", 20)
    assert notes(project(points("产出指标", "", 40), *below, rows=bare)) == []
    assert notes(project(points("产出指标", "", 50), *below, rows=bare)) == [
        {"level": "产出指标", "total": "40", "said": "50"}
    ]
    assert notes(project(points("产出指标", "", 50), below[0], rows=bare)) == []


def test_the_sums_are_configured() -> None:
    assert notes(project(), config=LintConfig(weight_sums=(Fraction(100),))) == [
        {"total": "90", "wanted": "100"}
    ]


@pytest.mark.parametrize(("heaviest", "found"), [(30, 0), (29, 3)])
def test_the_heaviest_row_is_configured(heaviest: int, found: int) -> None:
    assert len(notes(project(), "L31", LintConfig(heaviest=Fraction(heaviest)))) == found


def test_a_weight_that_is_no_number_is_told_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "targets.csv"
    path.write_text(
        "项目名称,一级指标,二级指标,三级指标,指标值,分值\n"
        "甲,产出指标,数量指标,培训人数,≥30人,十来分\n"
        "甲,产出指标,质量指标,合格率,≥90%,80\n",
        encoding="utf-8",
    )
    (found,) = read(path, year=2024)
    assert notes(found, "L30") == [{"found": "十来分"}]
    assert notes(found) == []
