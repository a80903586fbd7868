"""CONTRIBUTING.md leads where it says: its map is the house's, its worked examples work.

Each example is applied to a copy of the tree, in a process of its own: what it promises must hold
after the edit and must not hold before.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import house_map
import pytest
from measure.__main__ import between_markers
from tracing import untraced

ROOT = Path(__file__).resolve().parents[1]
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

# --- the map -----------------------------------------------------------------------------------


def test_the_map_is_that_of_the_house() -> None:
    # PYTHONPATH=src:tests python -m house_map
    assert between_markers(PAGE, "map") == house_map.house_map()


def test_every_room_says_what_it_is_for() -> None:
    rooms = " ".join(house_map.FLOORS).split()
    assert len(house_map.ON_FLOOR) == len(house_map.FLOORS)
    assert [room for room in rooms if len(house_map.purpose(room)) < 15] == []


def test_the_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", PAGE)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`((?:src|tests|docs|grammar)/[\w./]+)`", PAGE)))
)
def test_the_places_that_are_named_are_there(path: str) -> None:
    assert (ROOT / path).exists()


def test_the_extras_that_are_installed_are_there() -> None:
    extras = re.findall(r"'\.\[([\w,]+)\]'", PAGE)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert extras
    for extra in ",".join(extras).split(","):
        assert re.search(rf"^{extra} = \[", project, re.MULTILINE), extra


# --- the worked examples -----------------------------------------------------------------------


class Block(NamedTuple):
    """A fenced block: its language, the file that it is or changes, its text."""

    language: str
    file: str
    text: str


class Example(NamedTuple):
    """A section: the edits of its change, and what then holds."""

    name: str
    edits: tuple[Block, ...]
    check: str


def examples() -> list[Example]:
    """The sections under "One change, one place"."""
    part = PAGE.partition("\n## One change, one place\n")[2].partition("\n## ")[0]
    found = []
    for section in part.split("\n### ")[1:]:
        name, _, body = section.partition("\n")
        blocks = [
            Block(*parts)
            for parts in re.findall(r"^```(\w+) ?(\S*)\n(.*?)^```$", body, re.MULTILINE | re.DOTALL)
        ]
        checks = [block.text for block in blocks if not block.file]
        assert len(checks) == 1, f"{name}: one block says what holds"
        found.append(Example(name, tuple(block for block in blocks if block.file), checks[0]))
    return found


EXAMPLES = examples()
by_name = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def patched(text: str, diff: str) -> str:
    """A text with a change of one place, which must be there once."""
    old = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[:1] in " -")
    new = "".join(f"{line[1:]}\n" for line in diff.splitlines() if line[:1] in " +")
    assert text.count(old) == 1, f"stands {text.count(old)} times, once was expected:\n{old}"
    return text.replace(old, new)


def apply(block: Block, tree: Path) -> None:
    """Make the edit of a block in a copy of the tree."""
    file = tree / block.file
    if block.language == "diff":
        file.write_text(patched(file.read_text("utf-8"), block.text), "utf-8")
    else:
        assert not file.exists(), f"{block.file} is there already"
        file.write_text(block.text, "utf-8")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package and its grammar."""
    for folder in ("src", "grammar"):
        left_out = shutil.ignore_patterns("__pycache__", "*.egg-info")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=left_out)
    return tmp_path


_DOCTEST = """
import doctest, sys, kpieval
assert kpieval.__file__.startswith(sys.argv[1]), kpieval.__file__
failed, tried = doctest.testfile(sys.argv[2], module_relative=False, encoding="utf-8")
assert tried
sys.exit(1 if failed else 0)
"""


def holds(check: str, tree: Path) -> subprocess.CompletedProcess[str]:
    """Run what should hold, with the package of the copy."""
    (tree / "check.txt").write_text(check, "utf-8")
    return subprocess.run(
        [sys.executable, "-c", _DOCTEST, str(tree), "check.txt"],
        cwd=tree,
        env={
            **untraced(),
            "PYTHONPATH": str(tree / "src"),
            "PYTHONUTF8": "1",
            "PYTHONOPTIMIZE": "",
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_there_is_an_example_of_each_kind_of_change() -> None:
    assert [example.name for example in EXAMPLES] == [
        "A unit",
        "A wording",
        "A policy: a city's ladder",
        "A lint rule",
        "A file format",
        "An error message",
    ]


@by_name
def test_an_edit_still_fits_the_tree(example: Example, tmp_path: Path) -> None:
    for block in example.edits:
        here, there = ROOT / block.file, tmp_path / block.file
        there.parent.mkdir(parents=True, exist_ok=True)
        if here.exists() and not there.exists():
            shutil.copy(here, there)
        apply(block, tmp_path)


@pytest.mark.long
@by_name
def test_a_worked_example_works(example: Example, tree: Path) -> None:
    before = holds(example.check, tree)
    assert before.returncode == 1, f"holds without the edit:\n{before.stdout}{before.stderr}"
    for block in example.edits:
        apply(block, tree)
    after = holds(example.check, tree)
    assert after.returncode == 0, after.stdout + after.stderr


@pytest.mark.long
def test_the_code_of_an_example_is_in_the_style_of_the_house(tree: Path) -> None:
    pytest.importorskip("ruff", reason="needs ruff")
    for example in EXAMPLES:
        for block in example.edits:
            apply(block, tree)
    shutil.copy(ROOT / "pyproject.toml", tree)
    for command in (["check", "src"], ["format", "--check", "src"]):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", *command, "--no-cache"],
            cwd=tree,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr


# What a newcomer looks for, where CONTRIBUTING sends them, and the one entry that makes it known.
PLACES = [
    ("≤5元/吨公里", "grammar/units.txt", "吨公里 = 吨 * 千米 = _ = 吨千米\n", ""),
    ("不得少于5人", "grammar/wording.lark", ' | "不得少于"', ""),
    ("≥5㎡", "grammar/units.txt", " = ㎡ = m²", " = m²"),
]


@pytest.mark.long
@pytest.mark.parametrize(("text", "file", "entry", "instead"), PLACES)
def test_what_is_read_stands_in_one_place(
    text: str, file: str, entry: str, instead: str, tree: Path
) -> None:
    check = f">>> import kpieval\n>>> kpieval.parse_target({text!r}).notes\n()\n"
    assert holds(check, tree).returncode == 0
    place = tree / file
    whole = place.read_text("utf-8")
    assert whole.count(entry) == 1
    place.write_text(whole.replace(entry, instead), "utf-8")
    assert holds(check, tree).returncode == 1
