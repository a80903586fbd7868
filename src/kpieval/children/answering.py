"""The child's side: limits first, then the file, then one JSON text."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

MOST_ANSWERED = 64 * 1024 * 1024


class Refused(Exception):
    """The file cannot be read; ``key`` is that of the message, filled from ``params``."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(key)
        self.key = key
        self.params = params


def answer(read: Callable[[bytes, list[str]], Any], *, memory: int) -> None:
    """Give what ``read`` makes of standard input, within ``memory`` bytes and the time given."""
    seconds, *arguments = sys.argv[1:]
    limit(memory, int(seconds))
    sys.stdout.write(told(read, sys.stdin.buffer.read(), arguments))


def told(read: Callable[[bytes, list[str]], Any], data: bytes, arguments: list[str]) -> str:
    """The JSON text of an answer, of a refusal, or of the library that is missing."""
    try:
        whole = json.dumps({"answer": read(data, arguments)})
    except Refused as fault:
        params = {name: str(value) for name, value in fault.params.items()}
        return json.dumps({"fault": fault.key, "params": params})
    except ModuleNotFoundError as error:
        return json.dumps({"missing": (error.name or "").partition(".")[0]})
    if len(whole) > MOST_ANSWERED:
        return json.dumps({"fault": "child_large", "params": {"most": MOST_ANSWERED >> 20}})
    return whole


def limit(memory: int, seconds: int) -> None:
    """Bound memory and time of this process, where the system can; leave no core behind."""
    try:
        import resource
    except ImportError:
        return
    # The time bounds a child whose parent was killed; the parent's own clock ends it sooner.
    wanted = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds + 1),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in wanted:
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (most, hard))
        except (ValueError, OSError):
            continue
