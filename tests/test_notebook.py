"""examples/notebook: every cell is executed anew, and shows what is kept with it.

In a process of its own: the machinery of notebooks warns and logs as it likes. When something
changed on purpose, run the notebook, save it, and look at the diff.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "examples" / "notebook").glob("*.ipynb"))
by_name = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)

_EXECUTE = """
import sys, nbclient, nbformat
book = nbformat.read(sys.argv[1], as_version=4)
nbclient.NotebookClient(book, timeout=300, kernel_name="python3").execute()
nbformat.write(book, sys.argv[2])
"""


def kept(path: Path) -> dict[str, Any]:
    """The notebook as the JSON that it is."""
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def shown(book: dict[str, Any]) -> list[str]:
    """What each cell shows: what was printed, else the page or the picture that it made."""
    found = []
    for cell in book["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            told = output.get("text") or data.get("text/html") or data.get("image/svg+xml")
            found.append("".join(told))
    return found


def test_there_is_a_notebook() -> None:
    assert NOTEBOOKS


@by_name
def test_the_notebook_holds_tables_and_a_chart_that_are_well_formed(path: Path) -> None:
    made = [ET.fromstring(text) for text in shown(kept(path)) if text.startswith("<")]
    tags = [element.tag.rpartition("}")[2] for element in made]
    assert tags.count("table") >= 4 and "svg" in tags
    errors = [o for cell in kept(path)["cells"] for o in cell.get("outputs", []) if "ename" in o]
    assert errors == []


@pytest.mark.long
@by_name
def test_the_cells_show_what_is_kept_with_them(path: Path, tmp_path: Path) -> None:
    for library in ("nbclient", "ipykernel"):
        if importlib.util.find_spec(library) is None:
            pytest.skip("needs the extra notebook")
    made = tmp_path / path.name
    done = subprocess.run(
        [sys.executable, "-c", _EXECUTE, str(path), str(made)],
        cwd=path.parent,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "IPYTHONDIR": str(tmp_path / "ipython"),
            "JUPYTER_RUNTIME_DIR": str(tmp_path / "runtime"),
        },
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    assert shown(kept(made)) == shown(kept(path))
