"""What the benchmarks share: sides by turns, fresh processes, the circumstances, a line a goal."""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from checkout import commit

ROOT = Path(__file__).resolve().parents[2]
SEED = 20240601

Samples = dict[str, dict[str, list[float]]]
"""Seconds by side: ``wall``, and ``cpu`` of all threads (or of the process, of a fresh one)."""


def interleaved(runs: Mapping[str, Callable[[], object]], rounds: int) -> Samples:
    """Seconds of each side by turns, in this process; a first turn warms them up."""
    found: Samples = {name: {"wall": [], "cpu": []} for name in runs}
    for turn in range(rounds + 1):
        for name, run in runs.items():
            start, busy = time.perf_counter(), time.process_time()
            run()
            if turn:
                found[name]["wall"].append(time.perf_counter() - start)
                found[name]["cpu"].append(time.process_time() - busy)
    return found


def fresh(commands: Mapping[str, Sequence[str]], rounds: int) -> Samples:
    """Seconds of fresh processes by turns; each must end well, and says nothing."""
    found: Samples = {name: {"wall": [], "cpu": []} for name in commands}
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        silent = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        for turn in range(rounds + 1):
            for name, command in commands.items():
                start = time.perf_counter()
                child = os.posix_spawn(command[0], list(command), os.environ, file_actions=silent)
                _, status, used = os.wait4(child, 0)
                took = time.perf_counter() - start
                if os.waitstatus_to_exitcode(status) != 0:
                    raise SystemExit(f"{name} failed: nothing is timed")
                if turn:
                    found[name]["wall"].append(took)
                    found[name]["cpu"].append(used.ru_utime + used.ru_stime)
    return found


def compared(samples: Samples, beside: str) -> dict[str, Any]:
    """Every side's times, and its ratios over ``beside``."""
    base = samples[beside]
    return {
        "ms": {
            name: {f"{kind} {of.__name__}": of(it[kind]) * 1e3 for kind in it for of in (min, statistics.median)}
            for name, it in samples.items()
        },
        "ratios": {
            name: {
                "of minima": min(it["wall"]) / min(base["wall"]),
                "of medians": statistics.median(it["wall"]) / statistics.median(base["wall"]),
                "of CPU": min(it["cpu"]) / min(base["cpu"]),
            }
            for name, it in samples.items()
            if name != beside
        },
        "samples": samples,
    }  # fmt: skip


def circumstances(*libraries: str) -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {_cpu()}",
        "libraries": {name: told for name in libraries if (told := _version(name))},
        "load": [round(load, 2) for load in os.getloadavg()],
        "commit": commit(),
        "seed": SEED,
    }


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _cpu() -> str:
    """The name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor())


def line(goal: str, what: str, beside: str, ratio: float, wanted: str, met: bool) -> dict[str, Any]:
    """A line of the table: a measured ratio and what is wanted of it."""
    return {
        "goal": goal, "what": what, "beside": beside, "ratio": ratio, "wanted": wanted, "met": met,
    }  # fmt: skip


def arguments(doc: str | None, **more: tuple[type, Any, str]) -> argparse.Namespace:
    """``--json FILE`` and what a benchmark takes beside it."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write raw samples and all")
    for name, (kind, default, told) in more.items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=kind, default=default, help=told)
    return parser.parse_args()


def report(found: dict[str, Any], path: Path | None) -> None:
    """Print the lines, and write all of it where asked for."""
    told = found["circumstances"]
    print(", ".join(f"{key} {value}" for key, value in told.items()))
    for each in found["lines"]:
        said = "met" if each["met"] else "MISSED"
        print(
            f"{each['goal']}: {each['what']} / {each['beside']}: {each['ratio']:.2f} "
            f"(wanted {each['wanted']}, {said})"
        )
    if path is not None:
        path.write_text(json.dumps(found, ensure_ascii=False, indent=1), encoding="utf-8")
