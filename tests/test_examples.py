"""The examples and both READMEs are run as a user would run them."""

from __future__ import annotations

import doctest
import filecmp
import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
TIANJIN = EXAMPLES / "tianjin-2024"
FILES = (str(TIANJIN / "targets.txt"), str(TIANJIN / "actuals.csv"))


def run(script: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(EXAMPLES / script), *args],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )


def test_year_end_scores_every_project_and_writes_the_result(tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    done = run("score_year_end.py", *FILES, str(out))
    assert done.returncode == 1, done.stderr  # rows are left for a person
    assert "2024年工商界生活互助金: 97.59 优" in done.stdout
    result = json.loads(out.read_text("utf-8"))
    assert [len(project["indicators"]) for project in result["projects"]] == [8, 12, 17, 9, 8]


def test_ci_check_names_what_is_broken() -> None:
    done = run("check_in_ci.py", *FILES)
    assert done.returncode == 1, done.stderr
    assert "2024年工商界生活互助金 / 补助对象满意度" in done.stdout
    assert "补助人员数量" not in done.stdout


def test_ci_check_passes_when_every_constraint_holds(tmp_path: Path) -> None:
    table = tmp_path / "targets.csv"
    table.write_text("三级指标,一级指标,指标值\n培训人次,产出指标,≥600人次\n", "utf-8")
    actuals = tmp_path / "actuals.csv"
    actuals.write_text("三级指标,实际完成值\n培训人次,640人次\n", "utf-8")
    done = run("check_in_ci.py", str(table), str(actuals))
    assert (done.returncode, done.stdout.strip()) == (0, "all constraints hold"), done.stderr


def test_a_tool_can_judge_single_values() -> None:
    done = run("import_in_a_tool.py")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "≤2.7万元 26500元 -> met, 500元 to spare"
    assert "undetermined" in lines[2]
    assert "unreadable (KP102)" in lines[4]


@pytest.mark.parametrize("name", ["targets.txt", "actuals.csv"])
def test_the_bundled_demo_is_the_example(name: str) -> None:
    assert filecmp.cmp(TIANJIN / name, ROOT / "src/kpieval/demo" / name, shallow=False)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md"])
def test_the_readme_tells_the_truth(name: str) -> None:
    failed, tried = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert tried >= 4
    assert not failed
