"""What the tests of the command line share: run it here, or in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kpieval import schemas
from kpieval.cli import main

TABLE = "项目名称,二级指标,三级指标,指标值,实际完成值,分值\n"
# The last two are set where coverage is measured, of processes too.
_INHERITED = ("PATH", "SYSTEMROOT", "COVERAGE_PROCESS_CONFIG", "COVERAGE_PROCESS_START")
SOURCE = str(Path(__file__).parents[1] / "src")


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    """The exit code, what was printed and what was complained."""
    code = main(list(args))
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def process(*args: str, **environ: str) -> subprocess.CompletedProcess[bytes]:
    """Python in a process of its own, in a fixed environment, with the package of this checkout."""
    inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    known = inherited | {"PYTHONPATH": SOURCE, "PYTHONUTF8": "1"} | environ
    return subprocess.run([sys.executable, *args], capture_output=True, env=known, check=False)


def table(folder: Path, *rows: str, name: str = "table.csv") -> str:
    """The path of a table with these rows."""
    path = folder / name
    path.write_text(TABLE + "".join(row + "\n" for row in rows), "utf-8")
    return str(path)


def validate(name: str, data: Any) -> None:
    """The data follow the schema of that name."""
    Draft202012Validator(schemas.load(name)).validate(data)
