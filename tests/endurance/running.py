"""Child processes with a limit on their time, and what they said."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from attrs import frozen

ROOT = Path(__file__).resolve().parents[2]
PATHS = ("src", "tests", "tests/property", "tests/readers")


@frozen
class Ran:
    """How a command went; a command that takes too long is ended and has failed."""

    code: int
    output: str
    seconds: float

    @property
    def tail(self) -> str:
        """The last lines, for a person to begin with."""
        return "\n".join(self.output.strip().splitlines()[-25:])


def run(
    arguments: Sequence[str], seconds: float, environment: Mapping[str, str] | None = None
) -> Ran:
    """Run this Python with arguments, in the checkout, for so many seconds at most."""
    found = {**os.environ, "PYTHONPATH": os.pathsep.join(str(ROOT / path) for path in PATHS)}
    started = time.monotonic()
    try:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**found, "PYTHONIOENCODING": "utf-8", **(environment or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            timeout=seconds,
            check=False,
        )
        code, output = done.returncode, done.stdout
    except subprocess.TimeoutExpired as late:
        said = late.stdout or b""
        output = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
        code, output = -1, f"{output}\nended after {seconds:.0f} seconds"
    return Ran(code, output, time.monotonic() - started)


def pytest(arguments: Sequence[str], seconds: float, environment: Mapping[str, str]) -> Ran:
    """Run tests on all cores."""
    shared = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(cores())]
    return run([*shared, *arguments], seconds, environment)


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
