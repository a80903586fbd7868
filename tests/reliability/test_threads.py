"""Threads that begin together with nothing loaded score as one thread does.

The grammar, the tables of units and words, pint's registry and the public names themselves are
made when they are first needed: here sixteen threads need all of them at once.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from commands import process

PROGRAM = str(Path(__file__).with_name("threaded.py"))
THREADS = 16


def told(threads: int, scores: int) -> list[str]:
    """The digests of the results, a thread each, of an interpreter that has just started."""
    # A tracer would take longer than all else: what the threads run is measured elsewhere.
    done: subprocess.CompletedProcess[bytes] = process(
        PROGRAM, str(threads), str(scores), COVERAGE_PROCESS_CONFIG="", COVERAGE_PROCESS_START=""
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert found["failed"] == []
    digests: list[str] = found["told"]
    assert len(digests) == threads
    return digests


@pytest.mark.parametrize("scores", [20, pytest.param(10_000, marks=pytest.mark.long)])
def test_threads_that_start_cold_score_as_one_does(scores: int) -> None:
    (alone,) = set(told(1, 10))
    assert set(told(THREADS, scores)) == {alone}


@pytest.mark.long
def test_every_cold_start_is_another_race() -> None:
    (alone,) = set(told(1, 10))
    for _ in range(20):
        assert set(told(THREADS, 10)) == {alone}


def test_the_program_tells_a_result_that_differs() -> None:
    """A result that changes from call to call fails in its thread, and one of each thread shows."""
    code = f"""
import sys
sys.path.insert(0, {str(Path(PROGRAM).parent)!r})
import threaded
calls = iter(range(1000))
threaded.result = threaded.told_of = lambda _: str(next(calls))
for scores in (10, 20):
    threaded.SCORES = scores
    threads = [threaded.threading.Thread(target=threaded.work, args=(at,)) for at in (0, 1)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
print(len(set(threaded.told)), len(threaded.failed))
"""
    assert process("-c", code).stdout.split() == [b"2", b"2"]
