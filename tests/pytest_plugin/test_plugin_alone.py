"""Without being asked for, the plugin is not there: pytest loads nothing of the package."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from commands import process

ROOT = Path(__file__).resolve().parents[2]
LISTING = """
import json, sys

def pytest_unconfigure():
    loaded = sorted(name for name in sys.modules if name.partition(".")[0] == "kpieval")
    with open("loaded.json", "w") as file:
        json.dump(loaded, file)
"""


def loaded(folder: Path, *args: str) -> tuple[int, set[str]]:
    """The exit code of pytest in a process of its own, and what it had loaded of the package."""
    (folder / "conftest.py").write_text(LISTING, "utf-8")
    (folder / "test_one.py").write_text("def test():\n    pass\n", "utf-8")
    table = "项目名称,三级指标,指标值,实际完成值,分值\n甲,a,≥1人,0人,90\n"
    (folder / "t.kpi.csv").write_text(table, "utf-8")
    code = (
        f"import os, sys, pytest; os.chdir({str(folder)!r}); sys.exit(pytest.main({list(args)!r}))"
    )
    done = process("-c", code)
    return done.returncode, set(json.loads((folder / "loaded.json").read_text("utf-8")))


def test_pytest_alone_loads_nothing_of_the_package(tmp_path) -> None:
    code, modules = loaded(tmp_path)
    assert code == pytest.ExitCode.OK
    # Where the package is installed, Hypothesis runs its entry points once it is imported itself:
    # that loads the door and the hook, and nothing behind them.
    assert modules <= {"kpieval", "kpieval.hypothesis_entry"}


def test_asked_for_it_is_there_without_the_command_line(tmp_path) -> None:
    code, modules = loaded(tmp_path, "-p", "kpieval.pytest_plugin")
    assert code == pytest.ExitCode.TESTS_FAILED
    assert "kpieval.pytest_plugin.collecting" in modules
    assert not {
        name for name in modules if name.startswith(("kpieval.cli.app", "kpieval.cli.verbs"))
    }


def test_click_is_not_needed(tmp_path) -> None:
    (tmp_path / "click.py").write_text("raise ImportError('no click here')\n", "utf-8")
    code, _ = loaded(tmp_path, "-p", "kpieval.pytest_plugin")
    assert code == pytest.ExitCode.TESTS_FAILED


def test_no_entry_point_loads_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "pytest11" not in project.get("entry-points", {})
