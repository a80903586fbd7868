"""A child process that cannot outstay: started in a session of its own, ended as a whole.

The one place of the package that starts processes: a reader of this package, or LibreOffice.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[2]


class ChildFault(Exception):
    """A child gave no answer; ``key`` says why: ``child_start``, ``child_slow``, ``child_died``."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params


def run(
    command: Sequence[str],
    data: bytes = b"",
    *,
    seconds: float,
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """What a command prints, given ``data`` on its standard input and ``extra`` environment.

    Raises ChildFault when it cannot start, takes too long, or fails. Whatever happens, none of its
    processes outlives the call.
    """
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **(extra or {})},
        )
    except OSError as error:
        raise ChildFault("child_start", detail=error) from None
    try:
        answer, _ = child.communicate(data, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise ChildFault("child_slow", seconds=f"{seconds:g}") from None
    finally:
        _end(child)
    if child.returncode != 0:
        raise ChildFault("child_died", status=child.returncode)
    return answer


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and all that it started, and wait for it."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()
    for stream in filter(None, (child.stdin, child.stdout)):
        with contextlib.suppress(OSError):
            stream.close()


def ask(module: str, data: bytes, arguments: Sequence[str] = (), *, seconds: float) -> Any:
    """The answer of a module of this package, run as a child on ``data``.

    The child sees the libraries that this process sees. Raises ChildFault, also for an answer that
    is no JSON; a fault that the child names is one with the child's key, and a library that it
    misses is the ImportError that it met.
    """
    if not sys.executable:
        raise ChildFault("child_start", detail="sys.executable")
    paths = os.pathsep.join([str(_ROOT), *filter(None, sys.path)])
    command = [sys.executable, "-P", "-X", "utf8", "-m", module, str(int(seconds)), *arguments]
    answer = run(command, data, seconds=seconds, extra={"PYTHONPATH": paths})
    try:
        found = json.loads(answer)
    except (ValueError, RecursionError):
        raise ChildFault("child_died", status="-") from None
    if "missing" in found:
        raise ImportError(name=str(found["missing"]))
    if "fault" in found:
        raise ChildFault(str(found["fault"]), **found["params"])
    return found["answer"]
