"""Paths, bytes, encodings, formats told by content, and the sentences of the errors."""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import re
import string
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from kpieval import messages
from kpieval.errors import EncodingError, UnreadableFileError, UnsupportedFormatError
from kpieval.readers import faults, read, read_tables
from kpieval.tables import Place

Write = Callable[[str, "str | bytes"], Path]
CSV = "三级指标,指标值\n人数比例,≥90%\n"
PACKAGE = Path(faults.__file__).parents[1]


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError) as caught:
        read(tmp_path / "none.csv")
    assert "none.csv" in caught.value.message("en")
    with pytest.raises(UnreadableFileError) as caught:
        read(str(tmp_path))
    assert caught.value.params["reason"] == "directory"
    with pytest.raises(UnreadableFileError):
        read("nul\0byte")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_waits_for_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    with pytest.raises(UnreadableFileError) as caught:
        read(tmp_path / "a.csv")
    assert caught.value.params["reason"] == "pipe"


def test_too_large(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpieval.readers.opening.MAX_BYTES", 10)
    with pytest.raises(UnreadableFileError) as caught:
        read(write("a.csv", CSV))
    assert caught.value.params["reason"] == "too_large"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(CSV.encode())))
    document = read_tables("-")
    assert document.source.name == "stdin"
    assert document.source.sha256 == hashlib.sha256(CSV.encode()).hexdigest()
    assert document.projects[0].name == "stdin"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings(encoding: str, write: Write) -> None:
    document = read_tables(write("a.csv", CSV.encode(encoding)))
    assert document.projects[0].indicators[0].text == "≥90%"
    noted = [note.code for note in document.notes]
    assert noted == (["table.encoding"] if encoding.startswith("gb") else [])


@pytest.mark.parametrize(
    ("data", "reason", "offset"),
    [
        (CSV.encode()[:-4] + b"\xff\n", "utf8", len(CSV.encode()) - 4),
        (CSV.encode()[:10], "utf8", 9),
        (b"a,b\n\xff\xff\n", "neither", 4),
        (b"\xef\xbb\xbfabc\xff", "bom", 6),
        ((CSV + "�").encode(), "replacement", None),
        ((CSV + "\0").encode(), "nul", None),
        (bytes(range(256)), "neither", 128),
    ],
)
def test_bad_bytes(data: bytes, reason: str, offset: int | None, write: Write) -> None:
    with pytest.raises(EncodingError) as caught:
        read(write("a.csv", data))
    assert caught.value.params["reason"] == reason
    if offset is not None:
        assert caught.value.params["offset"] == str(offset)


def _zip(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "ole"),
        (
            b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>",
            "xml2003",
        ),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; x", "mhtml"),
        (_zip("a.csv"), "archive"),
    ],
)
def test_other_formats(data: bytes, kind: str, write: Write) -> None:
    """The suffix does not matter, and the message says what to do."""
    with pytest.raises(UnsupportedFormatError) as caught:
        read(write("a.xlsx", data))
    assert caught.value.params["format"] == kind
    assert "xlsx" in caught.value.message() or "解压" in caught.value.message()
    assert caught.value.message("en")


def test_contents_before_suffix(write: Write) -> None:
    assert len(read(write("a.json", CSV))[0].indicators) == 1
    row = '[{"三级指标": "a", "指标值": "1"}]'
    assert len(read(write("a.csv", row))[0].indicators) == 1


def test_every_fault_has_its_sentence() -> None:
    """The keys in the code, the terms in the catalogues, and their places agree."""
    code = "".join(file.read_text("utf-8") for file in (PACKAGE / "readers").glob("*.py"))
    used = set(re.findall(r'"(table\.[a-z_]+)"', code)) - {"table.fault"}
    for lang in messages.LANGUAGES:
        tables = tomllib.loads((PACKAGE / "messages" / lang / "tables.toml").read_text("utf-8"))
        assert used == set(tables["note"])
        assert set(tables["error"]) == {f"KP30{n}" for n in range(1, 10)}
        assert set(_places(tables["term"])) == set(tables["term"])
    zh, en = (
        tomllib.loads((PACKAGE / "messages" / lang / "tables.toml").read_text("utf-8"))
        for lang in messages.LANGUAGES
    )
    for kind in ("error", "note"):
        chinese = {code: entry["message"] for code, entry in zh[kind].items()}
        english = {code: entry["message"] for code, entry in en[kind].items()}
        assert _places(chinese) == _places(english)
        assert all(entry.keys() == {"title", "message", "page"} for entry in en[kind].values())
    assert _places(zh["term"]) == _places(en["term"])


def _places(entries: dict[str, str]) -> dict[str, set[str]]:
    return {
        code: {name for _, name, _, _ in string.Formatter().parse(text) if name}
        for code, text in entries.items()
    }


def test_errors_travel() -> None:
    fault = faults.BadCell("no_year", where=Place("a", None, 2), column="年度", found="x")
    copy = pickle.loads(pickle.dumps(fault))
    assert copy.message("en") == fault.message("en")
    assert fault.message("zh") == "a:2：「年度」写的是「x」：不是四位年份"
