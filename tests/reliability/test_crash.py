"""An output is the old file or the new one, whatever happens while it is written.

Killed, or refused by the system, at every step: the path holds what stood there before, byte for
byte, or the whole of what was to be written. A handled error leaves nothing else; what a killed
process leaves beside the output is known by its name. Everything is counted, nothing waits.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("resource", reason="forks, and limits by the system")

from commands import SOURCE

from kpieval.cli.output import write_atomically
from reliability import everyoutput

CRASHER = Path(__file__).with_name("crasher.py")
POINTS = {"writing": 50, "bytes": 10, "anywhere": 5}
MORE_POINTS = {"writing": 50, "bytes": 25, "anywhere": 25}
SENTENCES = {
    "zh": {
        "ENOSPC": "磁盘已满",
        "EACCES": "没有写入的权限",
        "EINTR": "写入被中断，请再试一次",
        "EFBIG": "超过允许的文件大小",
    },
    "en": {
        "ENOSPC": "the disk is full",
        "EACCES": "there is no permission to write",
        "EINTR": "writing was interrupted; try again",
        "EFBIG": "it is larger than files may be",
    },
}
REFUSE: dict[str, Any] = {
    "do": "refuse",
    "errors": ["ENOSPC", "EACCES", "EINTR"],
    "languages": SENTENCES,
}

REFUSALS = 5 * 3 - 1 + 2
"""Five calls with three errors each, but for one that cannot be, and a limit in two languages."""


@pytest.fixture(scope="module")
def targets() -> Iterator[str]:
    """A table of one project, where anybody may read it: pytest's folders are their owner's."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        path = Path(folder, "small.targets.csv")
        path.write_text(everyoutput.table(1), "utf-8")
        yield str(path)


def crash(*jobs: dict[str, Any]) -> list[dict[str, Any]]:
    """The ends of the jobs, done in one process."""
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{SOURCE}{os.pathsep}{CRASHER.parents[1]}"}
    command = [sys.executable, "-X", "utf8", str(CRASHER)]
    done = subprocess.run(
        command,
        input=json.dumps(jobs).encode(),
        capture_output=True,
        env=known,
        check=False,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr.decode()
    ends: list[dict[str, Any]] = json.loads(done.stdout)
    return ends


def jobs_of(output: everyoutput.Output, points: dict[str, int]) -> list[dict[str, Any]]:
    """All that is done to one output."""
    asked = {"name": output.name, "args": output.args}
    kills = [
        asked | {"do": "kill", "family": family, "points": count}
        for family, count in points.items()
    ]
    return [*kills, asked | REFUSE]


def check(jobs: list[dict[str, Any]], ends: list[dict[str, Any]]) -> None:
    """Nothing bad, every kill did kill, and both sides of the replacement were seen."""
    assert [end["bad"] for end in ends if end["bad"]] == []
    for job, end in zip(jobs, ends, strict=True):
        if job["do"] == "kill":
            assert end["seen"]["killed"] == end["points"] > min(job["points"], 30) // 2
            assert end["seen"]["old"] > 0
            if job["family"] != "anywhere":
                assert end["seen"]["left"] > 0  # else nothing was killed while it wrote
        else:
            assert end["seen"]["old"] == REFUSALS
    # Few points lie behind the replacement: a busy machine, where progress is told more often,
    # may have one run end before them.
    assert sum(end["seen"]["new"] for job, end in zip(jobs, ends, strict=True) if _beyond(job)) > 0


def _beyond(job: dict[str, Any]) -> bool:
    """Whether its last kill comes after the replacement."""
    return job["do"] == "kill" and job["family"] != "bytes"


def test_a_report_survives_every_crash(targets: str) -> None:
    (report,) = (it for it in everyoutput.outputs(targets) if it.name == "convert.json")
    jobs = jobs_of(report, POINTS)
    check(jobs, crash(*jobs))


@pytest.mark.long
@pytest.mark.parametrize("verb", ["score", "monitor", "lint", "audit", "convert", "template"])
def test_every_output_survives_every_crash(verb: str, targets: str) -> None:
    named = [it for it in everyoutput.outputs(targets) if it.name.startswith(f"{verb}.")]
    assert len(named) >= 3
    jobs = [job for output in named for job in jobs_of(output, MORE_POINTS)]
    check(jobs, crash(*jobs))


@pytest.mark.long
def test_a_writer_that_writes_in_place_is_caught(targets: str, tmp_path: Path) -> None:
    # The check itself: the plain way of writing loses the old file, and must be seen to.
    script = tmp_path / "plain.py"
    plain = "lambda name, data: __import__('pathlib').Path(name).write_bytes(data)"
    script.write_text(
        f"import sys, runpy\nfrom kpieval.cli import output\n"
        f"output.write_atomically = {plain}\nrunpy.run_path({str(CRASHER)!r}, run_name='__main__')\n",
        "utf-8",
    )
    job = {"name": "plain", "do": "kill", "family": "bytes", "points": 5}
    jobs = [job | {"args": ["score", targets, "--format", "json"]}]
    known = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{SOURCE}{os.pathsep}{CRASHER.parents[1]}"}
    command = [sys.executable, "-X", "utf8", str(script)]
    done = subprocess.run(
        command,
        input=json.dumps(jobs).encode(),
        capture_output=True,
        env=known,
        check=False,
        timeout=600,
    )
    assert len(json.loads(done.stdout)[0]["bad"]) == 5


@pytest.mark.skipif(
    not all(place.stat().st_mode & 0o001 for place in Path(__file__).parents),
    reason="this checkout is closed to other users, so nobody can run it",
)
def test_without_rights_the_old_file_stays(targets: str) -> None:
    job = {"name": "nobody", "do": "nobody", "args": ["score", targets, "--format", "json"]}
    (end,) = crash(job | {"modes": {"folder": 0o500, "file": 0o400}})
    assert end["bad"] == []
    assert end["seen"]["old"] == 2
    for answer in end["answers"]:
        assert answer["code"] == 2, answer
        assert "[KP309]" in answer["said"] and "没有写入的权限" in answer["said"]


def test_signals_do_not_interrupt_the_writing(tmp_path: Path) -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals reach the main thread alone")
    place, data, caught = tmp_path / "out", os.urandom(1 << 20), []
    before = signal.signal(signal.SIGALRM, lambda *_: caught.append(1))
    signal.setitimer(signal.ITIMER_REAL, 0.0005, 0.0005)
    try:
        while len(caught) < 20:
            write_atomically(str(place), data)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    assert place.read_bytes() == data
    assert os.listdir(tmp_path) == ["out"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A real one, of 64 KiB; only root can make it."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)]
    try:
        made = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except OSError:
        made = False
    if not made:
        pytest.skip("no file system can be mounted here")
    try:
        place = tmp_path / "out"
        place.write_bytes(b"old" * 10_000)
        with pytest.raises(OSError, match="No space left") as full:
            (tmp_path / "other").write_bytes(bytes(100_000))
        assert full.value.errno == errno.ENOSPC
        (tmp_path / "other").unlink()
        with pytest.raises(Exception, match=r"\[KP309\].*磁盘已满"):
            write_atomically(str(place), bytes(40_000))
        assert place.read_bytes() == b"old" * 10_000
        assert os.listdir(tmp_path) == ["out"]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)
