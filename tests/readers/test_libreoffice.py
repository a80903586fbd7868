"""Word documents of other forms: LibreOffice stood in for by small scripts."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import makers
import pytest

from kpieval.errors import MalformedFileError, UnsupportedFormatError
from kpieval.readers import formats, libreoffice, read

Write = Callable[[str, "str | bytes"], Path]
RTF = b"{\\rtf1 x}"
DOC = makers.compound(WordDocument=b"x")

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the stand-ins are scripts")


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Put a script in the place of LibreOffice; it finds the folder of its output as ``out``."""

    def made(code: str) -> Path:
        script = tmp_path / "soffice"
        start = (
            "import pathlib, sys\nout = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
        )
        script.write_text(f"#!{sys.executable}\n{start}{code}\n", "utf-8")
        script.chmod(0o755)
        monkeypatch.setattr(libreoffice, "command", lambda: str(script))
        return tmp_path

    return made


@pytest.mark.parametrize(("data", "kind"), [(RTF, "rtf"), (DOC, "doc")])
def test_without_it_the_way_to_convert_is_told(
    data: bytes, kind: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(libreoffice, "command", lambda: None)
    with pytest.raises(UnsupportedFormatError) as caught:
        read(write("a.wps", data))
    assert caught.value.params["format"] == kind
    assert "另存为 .docx" in caught.value.message() and ".docx" in caught.value.message("en")


def test_what_it_makes_is_read_again(
    write: Write, program: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the reader of what it made: here it makes a table of separated text."""
    program("out.mkdir(); (out / 'in.docx').write_text('三级指标,指标值\\na,≥1\\n', 'utf-8')")
    (project,) = read(write("a.doc", DOC))
    assert [row.text for row in project.indicators] == ["≥1"]
    assert "table.converted" in {note.code for note in project.notes}


def test_its_profile_is_its_own_and_goes(program: Callable[[str], Path]) -> None:
    folder = program(
        "import os, urllib.parse\n"
        "where = next(a for a in sys.argv if a.startswith('-env:')).partition('=')[2]\n"
        "profile = pathlib.Path(urllib.parse.urlsplit(where).path)\n"
        "text = (profile / 'user' / 'registrymodifications.xcu').read_text('utf-8')\n"
        "assert 'DisableMacrosExecution' in text and 'BlockUntrustedRefererLinks' in text\n"
        "assert os.environ['http_proxy'].startswith('http://127.0.0.1')\n"
        "pathlib.Path(__file__).with_name('told').write_text(str(profile))\n"
        "out.mkdir(); (out / 'in.docx').write_bytes(b'made')"
    )
    assert libreoffice.as_docx(RTF, "rtf", "a.rtf") == b"made"
    assert not Path((folder / "told").read_text()).exists()


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("sys.exit(1)", "child_died"),
        ("pass", "not_converted"),
        ("import time; time.sleep(600)", "child_slow"),
        ("out.mkdir(); (out / 'in.docx').write_bytes(b'x' * 2000)", "zip_size"),
    ],
)
def test_what_it_does_not_do(
    code: str, reason: str, program: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    program(code)
    monkeypatch.setattr(libreoffice, "SECONDS", 3)
    monkeypatch.setattr(libreoffice, "MAX_BYTES", 1000)
    with pytest.raises(MalformedFileError) as caught:
        formats.sheets(DOC, "a.doc")
    assert caught.value.params["reason"] == reason
