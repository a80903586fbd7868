"""Kill, starve and refuse the writing of an output, at points that are counted and not timed.

Run as a program: a list of jobs as JSON on standard input, a list of their ends on standard
output. Everything is loaded by one run that may finish; each run that does not is a fork of it,
so that a thousand of them take seconds. It has one thread, as a program that forks must.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import json
import os
import re
import resource
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from attrs import define, field

import kpieval.cli.faults  # noqa: F401  what complains must be loaded before the forks
from kpieval.cli import main, output

OLD = b"what stood here before\n" * 40
LEFT = re.compile(r"\.kpieval-\w+\.tmp")
NOBODY = 65534
SECONDS = 30
"""Of the processor, which no run takes; one that hangs is ended by the system."""

Hook = Callable[[], None]


@define
class Run:
    """How a fork ended."""

    code: int | None
    """The exit code; None when it was killed."""
    said: str
    """What it complained, and whatever else was told."""


def forked(args: list[str], before: Hook, after: Callable[[], str] = str) -> Run:
    """The command line in a process of its own; ``before`` sets the trap, ``after`` says more."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _child(args, writing, before, after)
    os.close(writing)
    with os.fdopen(reading, "rb") as stream:
        said = stream.read().decode("utf-8", "replace")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return Run(status if status >= 0 else None, said)


def _child(args: list[str], writing: int, before: Hook, after: Callable[[], str]) -> None:
    code = 99
    try:
        gc.disable()
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
        before()
        code = main(args)
        sys.settrace(None)
        sys.setprofile(None)
        os.write(writing, (sys.stderr.getvalue() + after()).encode("utf-8", "replace")[:60_000])
    finally:
        os._exit(code)


# --- points ------------------------------------------------------------------------------------


@define
class Counter:
    """Counts what happens; the process kills itself at the one that is ``fatal``."""

    fatal: int = 0
    count: int = 0

    def tick(self) -> None:
        self.count += 1
        if self.count == self.fatal:
            os.kill(os.getpid(), signal.SIGKILL)


def anywhere(counter: Counter) -> None:
    """Every call and return of the whole run is a point."""
    sys.setprofile(lambda *_: counter.tick())


def writing(counter: Counter) -> None:
    """Every instruction of what the writing of the file does is a point."""
    outer: CodeType = output.write_atomically.__code__
    inside = False

    def called(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal inside
        inside = inside or frame.f_code is outer
        if not inside:
            return None
        frame.f_trace_lines, frame.f_trace_opcodes = False, True
        return instruction

    def instruction(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal inside
        counter.tick()
        inside = event != "return" or frame.f_code is not outer
        return instruction

    sys.settrace(called)


def starved(most: int, *, deadly: bool) -> None:
    """No file may grow beyond so many bytes: the system kills, or refuses, in the middle."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if deadly else signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


FAMILIES = {"anywhere": anywhere, "writing": writing}


def spread(count: int, most: int) -> list[int]:
    """So many of the numbers from 1 to ``most``, the first and the last among them."""
    if most <= count:
        return list(range(1, most + 1))
    return sorted({1 + (most - 1) * at // (count - 1) for at in range(count)})


# --- the errors of the system --------------------------------------------------------------------


class _Failing(io.FileIO):
    """A file that takes half of what it is given, and then refuses."""

    refusal = errno.ENOSPC
    halved = False

    def write(self, data: Any) -> int:
        if self.halved:
            raise OSError(self.refusal, os.strerror(self.refusal))
        self.halved = True
        return super().write(bytes(data)[: len(data) // 2])


def refusing(call: str, number: int) -> None:
    """The call of that name of the system fails, when it is about the output."""
    if call == "write":
        _Failing.refusal = number
        os.fdopen = lambda descriptor, mode: io.BufferedWriter(_Failing(descriptor, "w"))  # type: ignore
        return
    original = getattr(os, call)

    def refuse(*args: Any, **kwargs: Any) -> Any:
        if call == "fsync" or LEFT.search(str(args[0])):
            raise OSError(number, os.strerror(number))
        return original(*args, **kwargs)

    setattr(os, call, refuse)


CALLS = ("open", "write", "fsync", "chmod", "replace")


# --- jobs ----------------------------------------------------------------------------------------


@define
class Case:
    """One output in a folder of its own, where the old file stands before each run."""

    args: list[str]
    place: Path
    new: bytes = b""
    points: int = 0
    bad: list[str] = field(factory=list)
    seen: dict[str, int] = field(factory=lambda: {"old": 0, "new": 0, "left": 0, "killed": 0})

    def prepare(self) -> None:
        for path in self.place.parent.iterdir():
            path.unlink()
        self.place.write_bytes(OLD)

    def check(self, where: str, *, may_leave: bool) -> bytes:
        """Old or new, and nothing beside it but what is known by its name."""
        there = self.place.read_bytes() if self.place.exists() else b""
        if there not in (OLD, self.new):
            self.bad.append(f"{where}: neither the old file nor the new one ({len(there)} bytes)")
        left = [path.name for path in self.place.parent.iterdir() if path != self.place]
        if any(not may_leave or not LEFT.fullmatch(name) for name in left):
            self.bad.append(f"{where}: left {left}")
        self.seen["left"] += len(left)
        self.seen["old" if there == OLD else "new"] += 1
        return there


def killed(case: Case, family: str, points: int) -> None:
    """Killed at so many points of a family, or at all where it has fewer.

    An interpreter that tells no single instructions (3.12) has some dozens of ``writing``.
    """
    if family == "bytes":
        traps: list[tuple[int, Hook]] = [
            (most, partial(starved, most, deadly=True))
            for most in (at - 1 for at in spread(points, len(case.new)))
        ]
    else:
        set_up, counter = FAMILIES[family], Counter()
        case.prepare()
        counted = forked(case.args, partial(set_up, counter), lambda: f"\n{counter.count}")
        traps = [
            (at, partial(set_up, Counter(at)))
            for at in spread(points, int(counted.said.rsplit("\n", 1)[-1]))
        ]
    case.points = len(traps)
    for at, trap in traps:
        case.prepare()
        case.seen["killed"] += forked(case.args, trap).code is None
        case.check(f"{family} {at}", may_leave=True)


def refused(case: Case, numbers: dict[str, int], languages: dict[str, dict[str, str]]) -> None:
    """Every call refused with every number, in one language after the other: all is as before."""
    # An interrupted write is taken up again by Python itself, for ever if it must.
    kinds = [
        (call, name, number)
        for call in CALLS
        for name, number in numbers.items()
        if (call, number) != ("write", errno.EINTR)
    ]
    for at, (call, name, number) in enumerate(kinds):
        lang = ("zh", "en")[at % 2]
        trap = partial(refusing, call, number)
        _refused(case, lang, languages[lang][name], f"{call} {name}", trap)
    for lang in ("zh", "en"):
        most = len(case.new) // 2
        sentence = languages[lang]["EFBIG"]
        _refused(case, lang, sentence, "too big", partial(starved, most, deadly=False))


def _refused(case: Case, lang: str, sentence: str, where: str, trap: Hook) -> None:
    case.prepare()
    run = forked([*case.args, "--lang", lang], trap)
    if run.code != 2 or "[KP309]" not in run.said or sentence not in run.said:
        case.bad.append(f"{where}: {run.code} {run.said}")
    if case.check(where, may_leave=False) != OLD:
        case.bad.append(f"{where}: the old file is gone")


def as_nobody(case: Case, modes: dict[str, int]) -> list[dict[str, Any]]:
    """Without rights: a folder, or a file, that may not be written."""
    answers = []
    for what, mode in modes.items():
        case.prepare()
        place = case.place if what == "file" else case.place.parent
        if os.getuid() == 0:
            for path in (case.place, case.place.parent):
                os.chown(path, NOBODY, NOBODY)
        place.chmod(mode)
        run = forked(case.args, lambda: os.setuid(NOBODY) if os.getuid() == 0 else None)
        place.chmod(0o700)
        case.check(what, may_leave=False)
        answers.append({"what": what, "code": run.code, "said": run.said})
    return answers


@contextlib.contextmanager
def _case(job: dict[str, Any]) -> Iterator[Case]:
    # Anybody may go there: where tests keep their files, often only their owner may.
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        place = Path(folder, "inner", "out")
        place.parent.mkdir()
        case = Case([*job["args"], "-o", str(place)], place)
        kept = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
        try:
            main(case.args)
        finally:
            sys.stdout, sys.stderr = kept
        case.new = place.read_bytes()
        gc.freeze()
        yield case


def done(job: dict[str, Any]) -> dict[str, Any]:
    """The end of one job: what was seen, and what was bad."""
    with _case(job) as case:
        answer: dict[str, Any] = {"name": job["name"], "size": len(case.new)}
        match job["do"]:
            case "kill":
                killed(case, job["family"], job["points"])
                answer["points"] = case.points
            case "refuse":
                numbers = {name: getattr(errno, name) for name in job["errors"]}
                refused(case, numbers, job["languages"])
            case "nobody":
                answer["answers"] = as_nobody(case, job["modes"])
        return answer | {"seen": case.seen, "bad": case.bad}


if __name__ == "__main__":
    print(json.dumps([done(job) for job in json.load(sys.stdin)]))
