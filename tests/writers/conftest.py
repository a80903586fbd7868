"""Fixtures of the writer tests: the bundled tables scored, and files written by the command."""

from __future__ import annotations

from pathlib import Path

import pytest
from office import DEMO, Kpieval, Written

from kpieval import demo
from kpieval.cli import main


@pytest.fixture
def kpieval(capsys: pytest.CaptureFixture[str]) -> Kpieval:
    """Run the command, which must succeed, and give what it printed."""

    def run(*args: object) -> str:
        code = main([str(arg) for arg in args])
        captured = capsys.readouterr()
        assert code == 0, captured.err
        return captured.out

    return run


@pytest.fixture
def scored(kpieval: Kpieval, tmp_path: Path) -> Written:
    """The bundled tables scored into a file of that name."""

    def made(name: str) -> Path:
        kpieval("score", *DEMO, "--actuals", demo.actuals_file(), "-o", tmp_path / name)
        return tmp_path / name

    return made


@pytest.fixture
def template(kpieval: Kpieval, tmp_path: Path) -> Written:
    """The form of the bundled tables, to be filled in, in a file of that name."""

    def made(name: str) -> Path:
        kpieval("template", *DEMO, "-o", tmp_path / name)
        return tmp_path / name

    return made
