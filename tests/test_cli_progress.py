"""The line that tells which of many files is being read: when it shows, what it says, how it goes."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import SOURCE, table

from kpieval.cli.progress import DELAY, INTERVAL, Line, Progress, progress, wants_line
from kpieval.reports.width import display_width

COLUMNS = 80


class Screen(io.StringIO):
    """A terminal of 80 columns with one line, which must never be left."""

    def isatty(self) -> bool:
        return True

    def line(self) -> str:
        cells, at = [" "] * COLUMNS, 0
        for char in self.getvalue():
            assert char.isprintable() or char == "\r"
            if char == "\r":
                at = 0
                continue
            cells[at] = char
            for covered in range(at + 1, at + display_width(char)):
                cells[covered] = ""
            at += display_width(char)
        return "".join(cells).rstrip()


def waits(*steps: Callable[[], object]) -> Callable[[float], bool]:
    """A wait that takes no time: each does the next step, and after the last the work is done."""
    left = iter(steps)
    first = [DELAY]

    def wait(seconds: float) -> bool:
        assert seconds == (first.pop() if first else INTERVAL)
        step = next(left, None)
        if step is not None:
            step()
        return step is None

    return wait


def test_work_that_is_done_within_a_second_shows_nothing() -> None:
    screen = Screen()
    Progress(3, "zh", wait=waits(), text="正在读取").run(Line(screen))
    assert screen.getvalue() == ""


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ["reading file 1 of 2: b.docx", "reading file 2 of 2: 表1.docx", "scoring"]),
        (
            "zh",
            [
                "正在读取第 1 个文件，共 2 个：b.docx",
                "正在读取第 2 个文件，共 2 个：表1.docx",
                "正在计分",
            ],
        ),
    ],
)
def test_files_and_stages_are_told_and_the_line_is_blank_at_the_end(
    lang: str, told: list[str]
) -> None:
    screen, seen = Screen(), list[str]()
    work = Progress(2, lang)
    paths = work.files(["d/b.docx", "d/表1.docx"])

    def doing(step: Callable[[], object]) -> Callable[[], None]:
        def do() -> None:
            seen.append(screen.line())
            step()

        return do

    work.wait = waits(
        doing(lambda: next(paths)),
        doing(lambda: next(paths)),
        doing(lambda: work.stage("progress.scoring")),
        doing(lambda: None),
    )
    work.run(Line(screen))
    assert seen == ["", *told]
    assert screen.line() == ""
    assert screen.getvalue().endswith("\r")


def test_a_name_is_cut_and_cannot_move_the_cursor() -> None:
    screen = Screen()
    work = Progress(1, "en")
    next(work.files(["\x1b[2J\n\x07\u202e" + "长" * 100 + ".docx"]))
    line = Line(screen)
    line.show(work.text)
    assert screen.line().startswith("reading file 1 of 1: [2J 长长")
    assert screen.line().endswith("…")
    assert display_width(screen.line()) <= COLUMNS - 3
    line.wipe()
    assert screen.line() == ""


def test_nothing_is_told_while_somebody_types() -> None:
    work = Progress(1, "en", text="before")
    next(work.files(["-"]))
    assert work.text == ""


def test_only_a_terminal_that_can_wipe_a_line_gets_one(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    assert wants_line(screen, {"TERM": "xterm", "NO_COLOR": "1"})
    assert not wants_line(screen, {"TERM": "dumb"})
    assert not wants_line(io.StringIO(), {"TERM": "xterm"})
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress(40, None).line is None


def test_the_line_has_no_colour_and_no_codes() -> None:
    screen = Screen()
    Line(screen).show("scoring")
    assert "\x1b" not in screen.getvalue()


def test_the_thread_ends_with_the_work_even_when_it_fails() -> None:
    screen = Screen()
    work = Progress(1, "en", Line(screen), wait=lambda _: work.is_done.wait(0))

    def fail() -> None:
        with work:
            work.text = "reading"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert work.is_done.is_set()
    assert screen.line() == ""


# --- on a real terminal


def on_terminal(
    *args: str, keys: bytes = b"", until: bytes = b"", folder: Path
) -> tuple[int, bytes, bytes]:
    """The exit code, standard output, and what a terminal got on standard error.

    ``keys`` are typed once ``until`` was seen.
    """
    pty = pytest.importorskip("pty", reason="terminals of this kind are not on Windows")
    ours, theirs = pty.openpty()
    environ = {**os.environ, "PYTHONPATH": SOURCE, "TERM": "xterm", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-c", SLOW, *args]
    with open(folder / "out", "w+b") as out:
        child = subprocess.Popen(
            command, stdin=theirs, stdout=out, stderr=theirs, env=environ, start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        seen = _seen(ours, keys, until)
        code = child.wait(60)
        out.seek(0)
        return code, out.read(), seen


def _seen(terminal: int, keys: bytes, until: bytes) -> bytes:
    seen, typed = b"", not keys
    while True:
        try:
            got = os.read(terminal, 4096)
        except OSError:  # the other side is closed
            break
        if not got:
            break
        seen += got
        if not typed and until in seen:
            os.write(terminal, keys)
            typed = True
    os.close(terminal)
    return seen


SLOW = """
import fcntl, sys, termios, time
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # so that ^C typed there comes here
from kpieval.readers import opening
quick = opening.whole
def slow(name):
    time.sleep(0.8)
    return quick(name)
opening.whole = slow
from kpieval.cli import main
sys.exit(main())
"""
"""The command line over a disk that takes its time."""


def shown(seen: bytes) -> list[str]:
    """What stood on the line, one after the other."""
    texts = [text.strip() for text in seen.decode().replace("\n", "\r").split("\r")]
    return [text for at, text in enumerate(texts) if text and text not in texts[:at]]


@pytest.mark.long
def test_a_real_terminal_sees_the_files_go_by(tmp_path: Path) -> None:
    files = [
        table(tmp_path, f"甲{n},数量指标,培训人数,≥600人,640人,90", name=f"{n}.csv")
        for n in range(3)
    ]
    code, out, seen = on_terminal(
        "score", *files, "--lang", "en", "--format", "csv", folder=tmp_path
    )
    assert code == 0, seen.decode()
    read = [text for text in shown(seen) if text.startswith("reading")]
    assert read[-2:] == ["reading file 2 of 3: 1.csv", "reading file 3 of 3: 2.csv"]
    assert seen.endswith(b" \r")
    assert b"\x1b" not in seen
    assert b"\r" not in out.replace(b"\r\n", b"") and b"reading" not in out


@pytest.mark.long
def test_interrupting_leaves_the_terminal_clean_and_no_file(tmp_path: Path) -> None:
    files = [
        table(tmp_path, f"甲{n},数量指标,培训人数,≥600人,640人,90", name=f"{n}.csv")
        for n in range(9)
    ]
    result = tmp_path / "r.html"
    code, out, seen = on_terminal(
        *("score", *files, "--lang", "en", "-o", str(result)),
        keys=b"\x03",
        until=b"reading file 2",
        folder=tmp_path,
    )  # fmt: skip
    assert code == 130, seen.decode()
    assert out == b""
    # The line with the ^C that the terminal put behind it is blank; click then ends it.
    assert seen.endswith(b" \r\r\nkpieval: interrupted\r\n")
    assert not result.exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        [*(f"{n}.csv" for n in range(9)), "out"]
    )
