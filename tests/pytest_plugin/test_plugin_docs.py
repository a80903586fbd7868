"""The examples of docs/pytest.md: their files are written, their runs are run."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kpieval.pytest_plugin import options
from kpieval.readers.columns import Role

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "pytest.md").read_text("utf-8")
BLOCK = re.compile(r"<!-- (file|run): (.*?) -->\n```\w+\n(.*?)```", re.DOTALL)
BLOCKS = BLOCK.findall(TEXT)
RUNS = [(args, block) for kind, args, block in BLOCKS if kind == "run"]


@pytest.fixture
def documented(repository):
    """The repository of the page."""
    for kind, name, block in BLOCKS:
        if kind == "file":
            (repository.path / name).write_text(block, "utf-8")
    return repository


def test_every_block_is_an_example() -> None:
    assert len(BLOCKS) == TEXT.count("```") // 2
    assert len(RUNS) == 5


@pytest.mark.parametrize(("args", "told"), RUNS, ids=[args for args, _ in RUNS])
def test_a_run_says_what_is_written(args, told, documented, run) -> None:
    words = shlex.split(args)
    done = run(
        *words, *(() if "::" in args or ".py" in args else ("--deselect", "test_program.py"))
    )
    lines = iter([*done.outlines, *done.errlines])
    for wanted in told.splitlines():
        assert any(wanted in line for line in lines), wanted


def test_the_options_of_the_page_are_those_there_are() -> None:
    for name in (options.POLICY, options.YEAR, options.FAIL_ON, options.LANG):
        assert f"`--{name.replace('_', '-')} " in TEXT and f"`{name}`" in TEXT


def test_the_keys_of_the_page_are_those_there_are() -> None:
    elsewhere = {Role.SCORE, Role.REASON, Role.SO_FAR, Role.LIKELIHOOD}
    keys = {role.value for role in Role if role not in elsewhere}
    told = TEXT[TEXT.index("The keys are") : TEXT.index("or the official names")]
    assert set(re.findall(r"`(\w+)`", told)) == keys
