"""examples/tianjin-2024: its commands are run as written, and make the files that are kept there.

When something changed on purpose, run the commands of the page in its folder, and look at the diff.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from kpieval.cli import main

pytest.importorskip("jinja2", reason="needs the extra html")
openpyxl = pytest.importorskip("openpyxl", reason="needs the extra office")
docx = pytest.importorskip("docx", reason="needs the extra office")

ROOT = Path(__file__).parents[1]
YEAR = ROOT / "examples" / "tianjin-2024"
KEPT = YEAR / "results"
PAGE = (YEAR / "README.md").read_text("utf-8")
NAMES = sorted(path.name for path in KEPT.iterdir())
TEXTS = [name for name in NAMES if Path(name).suffix not in (".xlsx", ".docx")]


def commands() -> list[list[str]]:
    """The command lines of the page, without the name of the command."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    lines = [shlex.split(line) for block in blocks for line in block.splitlines()]
    assert {line[0] for line in lines} == {"kpieval"}
    return [line[1:] for line in lines]


pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the commands make in a copy of the folder."""
    folder = tmp_path_factory.mktemp("example") / YEAR.name
    shutil.copytree(YEAR, folder, ignore=shutil.ignore_patterns("results"))
    (folder / "results").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for command in commands():
            assert main([*command, "--lang", "zh"]) == 0, command
    return folder / "results"


def test_the_commands_make_the_files_that_are_kept(results: Path) -> None:
    assert sorted(path.name for path in results.iterdir()) == NAMES
    assert len(NAMES) == len(commands())


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_the_one_that_is_kept(name: str, results: Path) -> None:
    assert (results / name).read_bytes() == (KEPT / name).read_bytes()


# The bytes of office files are those of the libraries that write them: what a reader sees is compared.


def cells(path: Path) -> list[list[str]]:
    """All cells of a workbook or a document as text, a list for each sheet or table."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        sheets = [[str(cell.value) for row in sheet for cell in row] for sheet in book]
        book.close()
        return sheets
    tables = docx.Document(str(path)).tables
    return [[cell.text for row in table.rows for cell in row.cells] for table in tables]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TEXTS])
def test_an_office_file_says_what_the_one_says_that_is_kept(name: str, results: Path) -> None:
    found = cells(results / name)
    assert found == cells(KEPT / name)
    assert any("补助对象满意度" in cell for cell in found[-1] + found[0] + found[1])


def test_the_page_tells_how_many_rows_wait_for_a_person() -> None:
    projects = json.loads((KEPT / "scored.json").read_text("utf-8"))["projects"]
    assert sum(project["compliance"]["undetermined"] for project in projects) == 6
    assert sum(project["score"]["low"] != project["score"]["high"] for project in projects) == 4
    assert (
        "Six rows wait for a person, so four" in PAGE and "有六行还等着人来判断，所以有四个" in PAGE
    )


def test_what_is_kept_is_of_a_reasonable_size() -> None:
    assert sum(path.stat().st_size for path in KEPT.iterdir()) < 700_000
