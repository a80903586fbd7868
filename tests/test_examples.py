"""The examples and both READMEs are run as a user would run them."""

from __future__ import annotations

import doctest
import filecmp
import json
import os
import re
import shutil
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


def test_the_list_of_examples_has_all_of_them() -> None:
    page = (EXAMPLES / "README.md").read_text("utf-8")
    links = re.findall(r"\]\(([^)]+)\)", page)
    assert [link for link in links if not (EXAMPLES / link).exists()] == []
    listed = {link.partition("/")[0] for link in links}
    assert listed == {path.name for path in EXAMPLES.iterdir()} - {"README.md", "__pycache__"}


def property_test(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", os.devnull, "."],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.long
def test_ten_lines_find_the_rounding_bug_and_show_it_in_a_line(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "rounding_bug", tmp_path, dirs_exist_ok=True)
    done = property_test(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "where False = within('≤700元', '0.07万元')" in done.stdout
    shown = [line.strip("E ") for line in done.stdout.splitlines() if " Draw " in line]
    shown = [line.replace("value=", "") for line in shown]  # shown by older releases
    assert shown == ["Draw 1 (limit): AtMost(Amount(700 元))", "Draw 2 (spent): '0.07万元'"]
    told = (ROOT / "docs/strategies.md").read_text("utf-8")
    assert all(line in told for line in shown)


@pytest.mark.long
def test_exact_arithmetic_mends_the_rounding_bug(tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES / "rounding_bug", tmp_path, dirs_exist_ok=True)
    ledger = tmp_path / "ledger.py"
    mended = ledger.read_text("utf-8").replace("float", "Decimal")
    ledger.write_text(mended.replace("\n\n\n", "\n\nfrom decimal import Decimal\n\n", 1), "utf-8")
    done = property_test(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["rounding_bug/ledger.py", "rounding_bug/test_ledger.py"])
def test_the_documentation_shows_the_example_as_it_is(name: str) -> None:
    _, _, code = (EXAMPLES / name).read_text("utf-8").partition("\n\n\n")
    assert code in (ROOT / "docs/strategies.md").read_text("utf-8")


@pytest.mark.parametrize("name", ["targets.txt", "actuals.csv"])
def test_the_bundled_demo_is_the_example(name: str) -> None:
    assert filecmp.cmp(TIANJIN / name, ROOT / "src/kpieval/demo" / name, shallow=False)


# A page of strategies draws hundreds of examples for every find: it goes with their tests.
STRATEGIES = pytest.param("docs/strategies.md", marks=pytest.mark.long)


@pytest.mark.parametrize("name", ["README.md", "README.zh.md", STRATEGIES])
def test_the_papers_tell_the_truth(name: str) -> None:
    failed, tried = doctest.testfile(str(ROOT / name), module_relative=False, encoding="utf-8")
    assert tried >= 4
    assert not failed
