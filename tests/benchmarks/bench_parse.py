"""How long reading takes: one distinct value, against a regular expression made for its shapes.

``PYTHONPATH=src:tests python tests/benchmarks/bench_parse.py [--json FILE]``. The regular expression
gives the same output (comparator, exact number, unit, date) on plain values only; it is the lower
bound of what Python needs for them. Both must agree on every value before anything is timed. They
run interleaved in one process; trust the ratios and the minima more than the times.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import time
from calendar import monthrange
from collections.abc import Callable, Sequence
from fractions import Fraction
from importlib.metadata import version
from pathlib import Path
from typing import Any

from kpieval.constraints import (
    AtLeast,
    AtMost,
    Bare,
    By,
    Constraint,
    Equal,
    LessThan,
    MoreThan,
    Statement,
    Target,
)
from kpieval.parsing import language, parse_target, target_grammar, targets
from kpieval.parsing.rows import Row
from kpieval.versions import SEMANTICS_VERSION

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
SRC = Path(__file__).resolve().parents[2] / "src"
ROUNDS = 7
COLD_RUNS = 11
SEED = 20240601
SYNTHETIC = 3000
YEAR = 2024

Output = tuple[str, Fraction | None, str, dt.date | None] | None
"""Comparator, exact number with its scale, unit as written, last day; None for prose."""


# --- the regular expression: 25 lines ------------------------------------------------------------

VALUE = re.compile(
    r"(?P<op>[≥≤><=]?)(?P<number>\d+(?:\.\d+)?)(?P<scale>万|亿)?"
    r"(?P<unit>(?:%|百分比|元/人天|元|平方米|公里|小时|个工作日|人次|[人次个份家套年场项户亩台天])?)"
)
DATE = re.compile(r"(?:(?P<year>\d{4})年)?(?P<month>\d{1,2})月底(?:之)?前")
OPS = {"≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "=", "": ""}
SCALES = {None: 1, "万": 10_000, "亿": 100_000_000}
UNITS = {"百分比": "%", "元/人天": "元/(人*天)", "公里": "千米", "个工作日": "工作日"}


def by_regex(text: str, year: int) -> Output:
    """The plain values alone, with nothing checked twice and nothing noted."""
    found = VALUE.fullmatch(text)
    if found:
        op, number, scale, unit = found.groups()
        value = Fraction(number) * SCALES[scale]
        return OPS[op], value, UNITS.get(unit, unit), None
    found = DATE.fullmatch(text)
    if found:
        years, month = int(found["year"] or year), int(found["month"])
        return "by", None, "", dt.date(years, month, monthrange(years, month)[1])
    return None


# --- ours, and the same output of it -------------------------------------------------------------

_SIGNS = {AtLeast: "≥", AtMost: "≤", MoreThan: ">", LessThan: "<", Equal: "=", Bare: ""}


def by_kpieval(text: str, year: int) -> Target:
    """The whole reading: constraint, canonical text, notes."""
    return parse_target(text, year=year)


def by_grammar(text: str, year: int) -> Target:
    """The same by the grammar alone, whatever the shape of the text."""
    return target_grammar.by_grammar(text, Row(year))


def output_of(constraint: Constraint) -> Output:
    """What the regular expression would give for a constraint."""
    match constraint:
        case By(date=date, from_=None):
            return "by", None, "", date
        case AtLeast() | AtMost() | MoreThan() | LessThan() | Equal() | Bare():
            value = constraint.value
            return _SIGNS[type(constraint)], value.value, value.unit.name, None
        case Statement():
            return None
        case _:
            raise ValueError(f"no plain value: {constraint}")


# --- the values ----------------------------------------------------------------------------------


def tianjin() -> list[str]:
    """The 54 published values, each once."""
    lines = (CORPUS / "tianjin-2024.jsonl").read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(json.loads(line)["text"] for line in lines))


def synthetic(seed: int, count: int) -> list[str]:
    """Distinct values made up in the shapes of the published ones."""
    rng = random.Random(seed)
    made: dict[str, None] = {}
    while len(made) < count:
        made[_made(rng)] = None
    return list(made)


def _made(rng: random.Random) -> str:
    shape = rng.random()
    if shape < 0.08:
        before = rng.choice(["前", "之前"])
        return f"{rng.choice(['', '2024年', '2025年'])}{rng.randint(1, 12)}月底{before}"
    sign = rng.choices(["≥", "≤", "", ">", "=", "<"], [45, 25, 20, 4, 4, 2])[0]
    if shape < 0.35:
        return f"{sign}{rng.randint(1, 1000) / 10:g}%"
    if shape < 0.60:
        unit = rng.choice(["万元", "元", "亿元", "元/人天"])
        return f"{sign}{rng.randint(1, 9999) / 10:g}{unit}"
    unit = rng.choice(["人", "次", "个", "份", "家", "套", "场", "项", "户", "亩", "台", "天"])
    unit = rng.choice([unit] * 5 + ["平方米", "公里", "小时", "个工作日", "人次", "百分比"])
    return f"{sign}{rng.randint(1, 20000)}{unit}"


def disagreeing(texts: Sequence[str]) -> list[str]:
    """The values on which the two give different outputs."""
    return [
        f"{text}: {by_regex(text, YEAR)} and {output_of(by_kpieval(text, YEAR).constraint)}"
        for text in texts
        if by_regex(text, YEAR) != output_of(by_kpieval(text, YEAR).constraint)
    ]


# --- timing --------------------------------------------------------------------------------------


def warm(texts: Sequence[str], repeats: int) -> dict[str, Any]:
    """Microseconds a value of both, interleaved; every round reads every value ``repeats`` times."""
    readers: dict[str, Callable[[str, int], object]] = {
        "kpieval": by_kpieval,
        "grammar": by_grammar,
        "regex": by_regex,
    }
    samples: dict[str, list[float]] = {name: [] for name in readers}
    for read in readers.values():
        _once(read, texts, 1)
    for _ in range(ROUNDS):
        for name, read in readers.items():
            samples[name].append(_once(read, texts, repeats))
    ratios = [a / b for a, b in zip(samples["kpieval"], samples["regex"], strict=True)]
    lark = {"kpieval": samples["grammar"], "regex": samples["regex"]}
    return {
        "values": len(texts),
        "us": {name: _middle(times) for name, times in samples.items()},
        "ratio_of_medians": _ratio(statistics.median, samples),
        "ratio_of_minima": _ratio(min, samples),
        "grammar_ratio_of_medians": _ratio(statistics.median, lark),
        "ratios": ratios,
        "samples_us": samples,
    }


def _once(read: Callable[[str, int], object], texts: Sequence[str], repeats: int) -> float:
    """Microseconds a value; no text is remembered from one time to the next."""
    taken = 0.0
    for _ in range(repeats):
        targets.forget()
        start = time.perf_counter()
        for text in texts:
            read(text, YEAR)
        taken += time.perf_counter() - start
    return taken / (repeats * len(texts)) * 1e6


def _middle(samples: Sequence[float]) -> dict[str, float]:
    return {"median": statistics.median(samples), "min": min(samples)}


def _ratio(of: Callable[[list[float]], float], samples: dict[str, list[float]]) -> float:
    return of(samples["kpieval"]) / of(samples["regex"])


COLD = {
    "bare python": "pass",
    "import kpieval": "import kpieval",
    "import lark": "import lark",
    "first parse": "import kpieval; kpieval.parse_target('≤2.7万元', year=2024)",
}


def cold() -> dict[str, Any]:
    """Wall milliseconds of fresh interpreters, interleaved; each must end well."""
    # -I leaves the environment out, so the path is set inside; the first run only warms the caches.
    path = f"import sys; sys.path.insert(0, {str(SRC)!r})"
    samples: dict[str, list[float]] = {name: [] for name in COLD}
    for run in range(COLD_RUNS + 1):
        for name, code in COLD.items():
            command = [sys.executable, "-I", "-c", f"{path}\n{code}"]
            start = time.perf_counter()
            subprocess.run(command, check=True)
            if run:
                samples[name].append((time.perf_counter() - start) * 1e3)
    bare = min(samples["bare python"])
    return {
        "ms": {name: _middle(times) for name, times in samples.items()},
        "over_bare": {name: min(times) / bare for name, times in samples.items()},
        "samples_ms": samples,
    }


BUILD = """
import sys; sys.path.insert(0, {src!r})
import time
from kpieval.parsing import language
start = time.perf_counter()
language.grammar()
middle = time.perf_counter()
language.parser()
print((middle - start) * 1e3, (time.perf_counter() - middle) * 1e3)
"""


def build() -> dict[str, Any]:
    """Milliseconds to put the grammar's text together and to build the parser, in fresh processes."""
    samples: dict[str, list[float]] = {"grammar text": [], "parser": []}
    for _ in range(COLD_RUNS):
        command = [sys.executable, "-I", "-c", BUILD.format(src=str(SRC))]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for times, figure in zip(samples.values(), printed.split(), strict=True):
            times.append(float(figure))
    return {"ms": {name: _middle(times) for name, times in samples.items()}, "samples_ms": samples}


def circumstances() -> dict[str, Any]:
    """What the figures depend on."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "lark": version("lark"),
        "semantics_version": SEMANTICS_VERSION,
        "cpus": os.cpu_count(),
        "load": os.getloadavg(),
        "commit": _commit(),
        "seed": SEED,
        "rounds": ROUNDS,
    }


def _commit() -> str | None:
    found = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=SRC,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or None


def main() -> None:
    """Check, time, print, and write the JSON where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write raw samples and all")
    parser.add_argument("--warm", action="store_true", help="leave the fresh processes out")
    options = parser.parse_args()
    published = tianjin()
    plain = [text for text in published if by_regex(text, YEAR) is not None]
    prose = [text for text in published if text not in plain]
    sets = {"tianjin": plain, "synthetic": synthetic(SEED, SYNTHETIC), "tianjin prose": prose}
    language.parser()
    for name, texts in sets.items():
        apart = disagreeing(texts)
        if apart:
            raise SystemExit("\n".join([f"{name}: the outputs differ, nothing is timed", *apart]))
    report: dict[str, Any] = {"circumstances": circumstances()}
    report["warm"] = {
        name: warm(texts, max(1, SYNTHETIC // 2 // len(texts))) for name, texts in sets.items()
    }
    if not options.warm:
        report |= {"cold": cold(), "build": build()}
    _show(report)
    if options.json is not None:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


def _show(report: dict[str, Any]) -> None:
    print(", ".join(f"{key} {value}" for key, value in report["circumstances"].items()))
    for name, figures in report["warm"].items():
        ours, theirs = figures["us"]["kpieval"], figures["us"]["regex"]
        print(
            f"{name} ({figures['values']} distinct values): kpieval {ours['median']:.1f} us "
            f"(min {ours['min']:.1f}), regex {theirs['median']:.2f} us (min {theirs['min']:.2f}); "
            f"ratio of medians {figures['ratio_of_medians']:.1f}, "
            f"of minima {figures['ratio_of_minima']:.1f}; by the grammar alone "
            f"{figures['grammar_ratio_of_medians']:.1f}"
        )
    for name, figures in report.get("cold", {}).get("ms", {}).items():
        over = report["cold"]["over_bare"][name]
        print(f"fresh process, {name}: min {figures['min']:.0f} ms, {over:.1f}x bare python")
    for name, figures in report.get("build", {}).get("ms", {}).items():
        print(f"build, {name}: min {figures['min']:.0f} ms, median {figures['median']:.0f} ms")


if __name__ == "__main__":
    main()
