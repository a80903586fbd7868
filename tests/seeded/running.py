"""Put one fault into a copy of the tree, and see which checks fail there."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
FAULTS = Path(__file__).with_name("faults.toml")
COPIED = ("src", "grammar", "tests", "examples", "docs", ".ci", "pyproject.toml")
FILES = ("README.md", "README.zh.md", "CHANGELOG.md", "LICENSE", "SECURITY.md")


@frozen
class Fault:
    """What is changed in which file, and what that would mean to a user."""

    room: str
    what: str
    file: str
    changes: tuple[tuple[str, str], ...]

    def put_into(self, tree: Path) -> None:
        """Change the file of a tree. Raises ValueError when the text to change is not there once."""
        path = tree / self.file
        text = path.read_text("utf-8")
        for old, new in self.changes:
            if text.count(old) != 1:
                raise ValueError(f"{self.file}: {old!r} stands there {text.count(old)} times")
            text = text.replace(old, new)
        path.write_text(text, "utf-8")


@frozen
class Plan:
    """The faults, and the checks by name, each the arguments of a run of pytest."""

    faults: tuple[Fault, ...]
    checks: Mapping[str, tuple[str, ...]]


def plan() -> Plan:
    """What ``faults.toml`` says."""
    data = tomllib.loads(FAULTS.read_text("utf-8"))
    checks = {name: tuple(paths) for name, paths in data["checks"].items()}
    return Plan(tuple(_fault(one) for one in data["fault"]), checks)


def _fault(data: Mapping[str, Any]) -> Fault:
    pairs = [data, *data.get("also", [])]
    changes = tuple((pair["old"], pair["new"]) for pair in pairs)
    return Fault(data["room"], data["what"], data["file"], changes)


def copied(to: Path) -> Path:
    """A copy of what the checks need of the tree."""
    without = shutil.ignore_patterns("__pycache__", "*.pyc", "parser.json")
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=without)
        else:
            shutil.copy2(ROOT / name, to / name)
    for name in FILES:
        if (ROOT / name).exists():
            shutil.copy2(ROOT / name, to / name)
    return to


def noticed_by(fault: Fault, checks: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The checks that fail with the fault in the tree."""
    with TemporaryDirectory() as folder:
        tree = copied(Path(folder))
        fault.put_into(tree)
        return tuple(name for name, paths in checks.items() if not passes(tree, paths))


def passes(tree: Path, paths: tuple[str, ...]) -> bool:
    """Whether a run of pytest over the paths of a tree is green."""
    # What is installed elsewhere must not stand in for the tree that is checked.
    environ = os.environ | {
        "PYTHONPATH": os.pathsep.join(str(tree / part) for part in ("src", "tests")),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(command, cwd=tree, env=environ, capture_output=True, check=False)
    return done.returncode == 0
