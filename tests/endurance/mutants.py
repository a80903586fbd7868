"""mutmut over a sample of the mutants, and what each that survived changes.

A mutant that runs into the limit of time is tried once more: only one that hangs again is counted
as a hang, and so as noticed. What no test reaches counts as not noticed.
"""

from __future__ import annotations

import json
import math
import random
import shutil
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from endurance.running import ROOT, Ran, cores, run

SEED = 20_261_123
SHORT = 200
"""Mutants of the short form; the long one tries all."""

FOLDER = ROOT / "mutants"
JUDGED = Path(__file__).with_name("survivors.toml")
FIRST = "kpieval.parsing.damage.x__repaired__mutmut_1"
"""A mutant that few tests reach, with which mutmut makes all: it has no command for that alone."""

# What pytest ends with under a mutant: 1 when a test fails, 3 when pytest itself does.
KILLED = frozenset({1, 3})
NO_TESTS = frozenset({5, 33})
HANGS = frozenset({-24, 24, 36, 152})

Names = list[str]


class Judged(NamedTuple):
    """A mutant of which somebody said why no test can, or should, notice it.

    A ``*`` at the end of ``was`` stands for anything, as ``function`` it stands for all.
    """

    function: str
    was: str
    now: str
    reason: str

    def fits(self, function: str, was: str, now: str) -> bool:
        """Whether this is the change.

        >>> Judged("*", "case _: assert_never(*", "", "mypy").fits("f", "case _: assert_never(x)", "")
        True
        """
        anything = self.was.endswith("*")
        same = was.startswith(self.was[:-1]) if anything else was == self.was
        return self.function in ("*", function) and same and now == self.now


def judged() -> list[Judged]:
    """The judged survivors."""
    entries = tomllib.loads(JUDGED.read_text("utf-8")).get("survivor", [])
    return [Judged(**entry) for entry in entries]


def reason(function: str, was: str, now: str) -> str:
    """Why nothing notices a change; "" where nobody judged it."""
    return next((one.reason for one in judged() if one.fits(function, was, now)), "")


def measure(size: int | None, seconds: float) -> dict[str, Any]:
    """Try so many mutants, or all, and count how the tests took them."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    started = time.monotonic()
    ran = _mutmut(["run", "--max-children", _workers(), FIRST], seconds)
    modules = _modules()
    if ran.code or not modules:
        return {"failures": [ran.tail], "seconds": round(ran.seconds)}
    chosen = sample(modules, size, SEED)
    codes = _tried(chosen, seconds)
    figures = counted([codes[name] for name in chosen])
    escaped = [name for name in chosen if status(codes[name]) in ("survived", "no_tests")]
    return {
        **figures,
        "seed": SEED,
        "mutants": sum(map(len, modules.values())),
        "modules": len(modules),
        "bounds": bounds(figures["caught"], figures["tried"]),
        "survivors": [_survivor(name) for name in escaped],
        "seconds": round(time.monotonic() - started),
    }


def _tried(chosen: Names, seconds: float) -> dict[str, int | None]:
    """What the tests say of each: tests/recorded first, the others of what these let pass, of hangs
    once more."""
    file = FOLDER / "mutmut-stats.json"
    stats = json.loads(file.read_text("utf-8"))
    reached = stats["tests_by_mangled_function_name"]
    recorded = {name for name in stats["duration_by_test"] if name.startswith("tests/recorded")}
    # What builds a table runs once in a process, in whichever test is the first. mutmut would try
    # its mutants with that test alone; so every mutant that is reached at all meets all recorded.
    few = dict.fromkeys(reached, sorted(recorded))
    many = {name: sorted(set(tests) - recorded or recorded) for name, tests in reached.items()}
    left = chosen
    for tests, workers in ((few, _workers()), (many, _workers()), (many, "1")):
        stats["tests_by_mangled_function_name"] = tests
        file.write_text(json.dumps(stats), encoding="utf-8")
        if left:
            _mutmut(["run", "--max-children", workers, *left], seconds)
        codes = _codes()
        again = ("survived", "hangs") if tests is few else ("hangs",)
        left = [name for name in left if status(codes[name]) in again]
    return codes


def sample(modules: dict[str, Names], size: int | None, seed: int) -> Names:
    """So many mutants, each module in proportion to its own.

    >>> modules = {"a": [f"a{number}" for number in range(30)], "b": ["b0", "b1", "b2"]}
    >>> chosen = sample(modules, 11, seed=1)
    >>> Counter(name[0] for name in chosen)
    Counter({'a': 10, 'b': 1})
    >>> chosen == sample(modules, 11, seed=1), chosen == sample(modules, 11, seed=2)
    (True, False)
    """
    total = sum(map(len, modules.values()))
    size = total if size is None else min(size, total)
    due = {name: size * len(mutants) / total for name, mutants in modules.items()}
    counts = {name: int(share) for name, share in due.items()}
    rest = size - sum(counts.values())
    for name in sorted(due, key=lambda name: counts[name] - due[name])[:rest]:
        counts[name] += 1
    return [
        chosen
        for name, mutants in modules.items()
        for chosen in random.Random(f"{seed} {name}").sample(mutants, counts[name])
    ]


def counted(codes: Sequence[int | None]) -> dict[str, Any]:
    """How many were killed, survived and so on; a failure when less than 90 % were noticed.

    >>> found = counted([1] * 8 + [0, -24])
    >>> found["killed"], found["survived"], found["hangs"], found["caught"], found["failures"]
    (8, 1, 1, 9, [])
    >>> counted([1, 0])["failures"]
    ['1 of 2 noticed, not 90 %']
    """
    by_status = Counter(map(status, codes))
    counts = {name: by_status[name] for name in ("killed", "hangs", "survived", "no_tests")}
    counts["untold"] = by_status["untold"]
    tried, caught = len(codes), counts["killed"] + counts["hangs"]
    few = [] if tried and caught >= 0.9 * tried else [f"{caught} of {tried} noticed, not 90 %"]
    lost = [f"{counts['untold']} mutants without a result"] if counts["untold"] else []
    return {**counts, "tried": tried, "caught": caught, "failures": few + lost}


def status(code: int | None) -> str:
    """What the exit code of the tests under a mutant says about it."""
    if code in KILLED:
        return "killed"
    if code in HANGS:
        return "hangs"
    if code in NO_TESTS:
        return "no_tests"
    return "survived" if code == 0 else "untold"


def bounds(caught: int, tried: int) -> tuple[float, float]:
    """Between which percentages the share in all mutants lies, with 95 % confidence (Wilson).

    >>> bounds(380, 400)
    (92.4, 96.7)
    """
    z, share = 1.96, caught / tried
    middle = share + z * z / (2 * tried)
    reach = z * math.sqrt(share * (1 - share) / tried + z * z / (4 * tried * tried))
    whole = 1 + z * z / tried
    return round(100 * (middle - reach) / whole, 1), round(100 * (middle + reach) / whole, 1)


def _workers() -> str:
    # On a machine that is busy with nothing else: a test that waits for a core comes near its limit.
    return str(max(1, cores() // 2))


def _mutmut(arguments: list[str], seconds: float) -> Ran:
    # mutmut puts its own copy of the package before the others; ours must not be on the path.
    script = Path(sys.executable).with_name("mutmut")
    return run([str(script), *arguments], seconds, {"PYTHONPATH": ""})


def _modules() -> dict[str, Names]:
    return {name: list(codes) for name, codes in sorted(_told().items()) if codes}


def _codes() -> dict[str, int | None]:
    return {name: code for codes in _told().values() for name, code in codes.items()}


def _told() -> dict[str, dict[str, int | None]]:
    return {
        file.relative_to(FOLDER).as_posix(): json.loads(file.read_text("utf-8"))["exit_code_by_key"]
        for file in FOLDER.glob("src/**/*.meta")
    }


def _survivor(name: str) -> dict[str, str]:
    told = _mutmut(["show", name], 60).output
    was, now = changed(told)
    return {"function": plain(name), "was": was, "now": now}


def plain(name: str) -> str:
    """The function of a mutant, as people write it.

    >>> plain("kpieval.dates.x__last__mutmut_3"), plain("kpieval.intervals.xǁBoundǁis__mutmut_12")
    ('dates._last', 'intervals.Bound.is')
    """
    module, _, mangled = name.rpartition("__mutmut_")[0].removeprefix("kpieval.").rpartition(".")
    function = mangled.removeprefix("xǁ").replace("ǁ", ".").removeprefix("x_")
    return f"{module}.{function}"


def changed(shown: str) -> tuple[str, str]:
    r"""The lines that a mutant takes away and puts in, each as one line.

    >>> changed("# a: survived\n--- a\n+++ a\n@@ -1 +1 @@\n def f(x):\n-    return x + 1\n+    return x - 1")
    ('return x + 1', 'return x - 1')
    """
    lines = [line for line in shown.splitlines() if not line.startswith(("---", "+++"))]
    was = " ".join(line[1:].strip() for line in lines if line.startswith("-"))
    now = " ".join(line[1:].strip() for line in lines if line.startswith("+"))
    return was, now
