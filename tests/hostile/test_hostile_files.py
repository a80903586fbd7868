"""Hostile files: each gives its error or its reading, within 3 seconds and 300 MB of a child."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("lxml")
pytest.importorskip("pdfplumber")
pytest.importorskip("python_calamine")
pytest.importorskip("xlsxwriter")

import cases
import makers
import office_files
import text_files
from cases import CASES, Expected
from tracing import untraced

MOST_SECONDS = 3
MOST_BYTES = 300_000_000
HERE = Path(__file__).parent
ENTERED = (office_files, text_files)
"""The modules whose loading enters their cases."""

WARM = {
    "a.docx": office_files.word,
    "a.xlsx": lambda: office_files.book(office_files.ONE),
    "a.xls": lambda: makers.xls(office_files.OLD),
    "a.ods": lambda: makers.ods(f"{office_files.SHEET_ODS}</table:table>"),
    "a.pdf": lambda: makers.pdf([text_files.PAGE]),
    "a.csv": text_files.CSV.encode,
    "a.json": text_files.JSON.encode,
    "a.toml": text_files.TOML.encode,
    "a.html": text_files.HTML.encode,
    "a.md": text_files.MARKDOWN.encode,
}

Reader = subprocess.Popen[str]


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """The program that reads each file in a child, warmed up with a sound file of every format."""
    folder = tmp_path_factory.mktemp("sound")
    for name, build in WARM.items():
        (folder / name).write_bytes(build())
    source = Path(cases.__file__).parents[2] / "src"
    command = [sys.executable, str(HERE / "measured.py"), *map(str, sorted(folder.iterdir()))]
    environment = untraced() | {"PYTHONPATH": str(source)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as child:
        yield child
        child.stdin.close()


def ask(reader: Reader, path: str) -> dict[str, Any]:
    """What the child says of a file, within its limits."""
    reader.stdin.write(json.dumps(path) + "\n")
    reader.stdin.flush()
    found: dict[str, Any] = json.loads(reader.stdout.readline())
    assert "crash" not in found, found
    assert found["seconds"] < MOST_SECONDS
    assert found["bytes"] < MOST_BYTES
    return found


def check(found: dict[str, Any], expected: Expected) -> None:
    """Whether the answer is what was expected."""
    if expected.error:
        assert found.get("error") == expected.error, found
        assert not expected.reason or found["reason"] in expected.reason, found
        return
    assert "error" not in found, found
    if expected.rows is not None:
        assert [tuple(row[1:]) for row in found["rows"]] == list(expected.rows), found
    if expected.actuals is not None:
        assert [value for _, value in found["actuals"]] == list(expected.actuals)
    assert expected.notes <= set(found["notes"])
    assert expected.problems <= set(found["problems"])


@pytest.mark.parametrize("name", CASES)
def test_a_hostile_file(
    name: str, reader: Reader, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    case = CASES[name]
    if case.expected.fault:
        request.applymarker(pytest.mark.xfail(reason=case.expected.fault, strict=True))
    path = tmp_path / name
    path.write_bytes(case.build())
    check(ask(reader, str(path)), case.expected)


def test_the_files_cover_every_threat_of_files() -> None:
    assert len(CASES) >= 60
    assert {case.threat for case in CASES.values()} >= {1, 14, 15, 16, 17, 18, 19}
    kinds = {Path(name).suffix for name in CASES}
    assert kinds >= {".docx", ".xlsx", ".xls", ".xlsb", ".ods", ".pdf", ".html", ".csv", ".json"}


def test_a_check_can_fail(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text_files.CSV, encoding="utf-8")
    found = ask(reader, str(path))
    check(found, Expected(rows=(("≥90%", "≥90%"),)))
    for wrong in (
        Expected(error="KP306"),
        Expected(rows=(("≥90%", "≥9%"),)),
        Expected(notes="table.shown"),
        Expected(problems="no_result"),
        Expected(actuals=("90%",)),
    ):
        with pytest.raises(AssertionError):
            check(found, wrong)


# ---- what is no file ----------------------------------------------------------------------------


def refused(reader: Reader, path: Path, *reasons: str) -> None:
    found = ask(reader, str(path))
    assert found.get("error") == "KP301", found
    assert found["reason"] in reasons


def test_a_folder(reader: Reader, tmp_path: Path) -> None:
    refused(reader, tmp_path, "directory", "os")


def test_nothing(reader: Reader, tmp_path: Path) -> None:
    refused(reader, tmp_path / "none.csv", "missing")


def test_a_name_that_cannot_be(reader: Reader, tmp_path: Path) -> None:
    refused(reader, tmp_path / "a\0b.csv", "os", "missing")
    refused(reader, tmp_path / ("x" * 300), "os", "missing")


def test_links(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("b.csv")
    (tmp_path / "b.csv").symlink_to("a.csv")
    (tmp_path / "c.csv").symlink_to("nowhere.csv")
    refused(reader, tmp_path / "a.csv", "os")
    refused(reader, tmp_path / "c.csv", "missing")


def test_a_pipe_that_nobody_writes_to(reader: Reader, tmp_path: Path) -> None:
    """A pipe among the files of a folder must not hang whoever reads them all."""
    os.mkfifo(tmp_path / "a.csv")
    refused(reader, tmp_path / "a.csv", "pipe")


def test_a_socket(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("a.csv")
        refused(reader, tmp_path / "a.csv", "os")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no device without an end")
def test_a_device_without_an_end(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to("/dev/zero")
    refused(reader, tmp_path / "a.csv", "too_large", "os")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_file_that_may_not_be_read(reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(text_files.CSV, encoding="utf-8")
    path.chmod(0)
    refused(reader, path, "os")
