"""Reads the files named on its input, each in a child of its own with limits, and tells the cost.

Run as a program: a path a line on standard input, an object a line on standard output. What all
readers need is loaded before the first child is made, so that only the file itself is measured.
The figures of a child hold those of the children that it waited for.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import kpieval
from kpieval.errors import FileError, KpiEvalError
from kpieval.readers import Document, read_tables

MEMORY = 2 << 30
"""What a child may address: far beyond the limit of the tests, and short of harming the machine."""
SECONDS = 30


def told(path: str) -> dict[str, Any]:
    """What is in a file, as codes and texts; any error but a FileError goes through."""
    try:
        document = read_tables(path)
    except FileError as error:
        assert error.message("zh") and error.message("en")
        reason = error.params.get("reason", error.params.get("advice"))
        return {"error": error.code, "reason": reason}
    return _document(document)


def _document(document: Document) -> dict[str, Any]:
    problems: list[KpiEvalError] = list(document.problems)
    notes = [note.code for note in document.notes]
    rows = []
    for project in document.projects:
        problems += project.problems
        notes += [note.code for note in project.notes]
        for row in project.indicators:
            problems += row.problems
            notes += [note.code for note in row.notes]
            found = row.target
            refused = isinstance(found, kpieval.TargetError)
            read = found.error.code if refused else found.canonical
            notes += [] if refused else [note.code for note in found.notes]
            rows.append([row.name, row.text, read])
    actuals = [[entry.name, entry.value] for entry in document.actuals.entries]
    reasons = [str(problem.params.get("reason", problem.code)) for problem in problems]
    return {"rows": rows, "actuals": actuals, "notes": sorted({*notes}), "problems": reasons}


def measured(path: str) -> dict[str, Any]:
    """What a child of its own gives, with the seconds and the bytes that it took."""
    out, inside = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(out)
        _answer(path, inside)
    os.close(inside)
    with os.fdopen(out, "rb") as stream:
        answer = stream.read()
    _, status, used = os.wait4(pid, 0)
    cost = {"seconds": used.ru_utime + used.ru_stime, "bytes": used.ru_maxrss * 1024}
    if status != 0 or not answer:
        return {"crash": f"status {status}"} | cost
    found: dict[str, Any] = json.loads(answer)
    return found | cost


def _answer(path: str, inside: int) -> None:
    """In the child: write the answer and end, without going back into the parent's program."""
    try:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        signal.alarm(2 * SECONDS)
        try:
            answer = told(path)
        except Exception as error:
            answer = {"crash": f"{type(error).__name__}: {str(error)[:200]}"}
        with os.fdopen(inside, "wb") as stream:
            stream.write(json.dumps(answer).encode())
    finally:
        os._exit(0)


def main() -> None:
    """Warm up with the sound files given as arguments, then measure what the input names."""
    for path in sys.argv[1:]:
        told(str(Path(path)))
    for line in sys.stdin:
        print(json.dumps(measured(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
