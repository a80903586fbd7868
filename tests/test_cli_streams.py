"""Where results go when standard streams are missing, full, closed, or are the output itself."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path

import pytest
from commands import run, table

from kpieval.cli.output import emit, replacing, write_atomically
from kpieval.cli.streams import PipeClosedError, abandon, complain, write_bytes, write_text
from kpieval.errors import KpiEvalError

ROW = "甲,数量指标,培训人数,≥600人,640人,90"


class _Refusing(io.StringIO):
    """A stream for which the system has no room."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code

    def write(self, text: str) -> int:
        raise OSError(self.code, os.strerror(self.code))


def test_nobody_to_complain_to(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program without streams (pythonw) still answers by its exit code."""
    monkeypatch.setattr(sys, "stderr", None)
    complain("told to nobody")
    assert run_quietly(["score", str(tmp_path / "none.csv")]) == 2
    monkeypatch.setattr(sys, "stderr", _Refusing(errno.ENOSPC))
    complain("told to nobody")
    assert run_quietly(["score", str(tmp_path / "none.csv")]) == 2


def run_quietly(args: list[str]) -> int:
    """The exit code, where nothing of what is printed can be caught."""
    from kpieval.cli import main

    return main(args)


def test_no_standard_output_is_the_users_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    with pytest.raises(KpiEvalError) as caught:
        write_text("甲")
    assert caught.value.code == "KP309"
    abandon(None)


@pytest.mark.parametrize(
    ("code", "error"), [(errno.ENOSPC, KpiEvalError), (errno.EPIPE, PipeClosedError)]
)
def test_a_standard_output_that_takes_nothing(
    code: int, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", _Refusing(code))
    with pytest.raises(error):
        write_bytes("甲".encode())


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="no names for open files")
def test_what_is_open_already_is_written_after_what_stands_there(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    path.write_text("head\n")
    with path.open("ab") as file:
        emit("甲\n", f"/dev/fd/{file.fileno()}", for_people=False)
        emit(b"b\n", f"/proc/self/fd/{file.fileno()}", for_people=False)
    assert path.read_text("utf-8") == "head\n甲\nb\n"


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="no names for open files")
def test_an_open_pipe_whose_reader_has_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    monkeypatch.setattr(sys, "stdout", None)
    try:
        with pytest.raises(PipeClosedError):
            write_atomically(f"/dev/fd/{writing}", b"x")
    finally:
        os.close(writing)


@pytest.mark.skipif(not os.path.exists(os.devnull), reason="no device to write to")
def test_a_device_is_written_and_never_replaced(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_atomically(os.devnull, b"x")
    assert not os.path.isfile(os.devnull)
    for name in (os.devnull, "/dev/stdout"):
        with pytest.raises(KpiEvalError) as caught, replacing(name):
            pass
        assert caught.value.code == "KP309"
    code, out, err = run(
        capsys, "score", table(tmp_path, ROW), "-o", os.devnull, "--format", "json"
    )
    assert (code, out, err) == (0, "", "")


def test_a_protected_output_stays(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(KpiEvalError) as caught:
        write_atomically(str(path), b"new")
    with pytest.raises(KpiEvalError), replacing(str(path)):
        pass
    assert caught.value.code == "KP309"
    assert (path.read_bytes(), os.listdir(tmp_path)) == (b"old", ["out.json"])
