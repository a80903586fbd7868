"""How long the lint takes: 10,000 indicators, against reading their targets.

``PYTHONPATH=src:tests python tests/benchmarks/bench_lint.py [--json FILE]``. The rows are those of the
corpus of real values, in projects of 20, each number changed a little so that no two targets of a
kind are equal. Both sides run in turn in one process; trust the ratio more than the times.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import re
import statistics
import time
from pathlib import Path
from typing import Any

from kpieval.amounts import money
from kpieval.constraints import Target, TargetError
from kpieval.errors import ReadingError
from kpieval.linting import lint_tables
from kpieval.parsing import parse_target
from kpieval.tables import Indicator, Project

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "real_values.jsonl"
ROWS, IN_A_PROJECT, ROUNDS, SEED, YEAR = 10_000, 20, 5, 20240601, 2024
BUDGET = money("950000")


def lines() -> list[dict[str, Any]]:
    """The rows of the corpus that have a value."""
    read = CORPUS.read_text("utf-8").splitlines()
    return [line for line in map(json.loads, read) if line["value"]]


def texts(found: list[dict[str, Any]]) -> list[tuple[dict[str, Any], str]]:
    """As many rows as are wanted, each with its value, its last digit changed."""
    chance = random.Random(SEED)
    made = []
    for number in range(ROWS):
        line = found[number % len(found)]
        value = re.sub(r"[0-9](?=[^0-9]*$)", lambda _: str(chance.randrange(10)), line["value"])
        made.append((line, value))
    return made


def read(text: str) -> Target | TargetError:
    """The target, or its error, as tables hold it."""
    try:
        return parse_target(text, year=YEAR)
    except ReadingError as error:
        return TargetError(text, error)


def projects(rows: list[tuple[dict[str, Any], str]]) -> list[Project]:
    """The rows in projects, their targets read."""
    indicators = [
        Indicator(line["level1"] or "", line["level2"] or "", line["indicator"], text, read(text))
        for line, text in rows
    ]
    return [
        Project(f"p{start}", tuple(indicators[start : start + IN_A_PROJECT]), "", YEAR, BUDGET)
        for start in range(0, ROWS, IN_A_PROJECT)
    ]


def main() -> None:
    """Time both, print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    rows = texts(lines())
    tables = projects(rows)
    parsing, linting = [], []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for _, text in rows:
            read(text)
        parsing.append(time.perf_counter() - start)
        start = time.perf_counter()
        findings = lint_tables(tables)
        linting.append(time.perf_counter() - start)
    ratios = [lint / parse for lint, parse in zip(linting, parsing, strict=True)]
    result = {
        "python": platform.python_version(),
        "indicators": ROWS,
        "findings": len(findings),
        "reading_s": round(min(parsing), 3),
        "linting_s": round(min(linting), 3),
        "ratio": round(statistics.median(ratios), 2),
    }
    print(json.dumps(result, indent=2))
    if options.json is not None:
        options.json.write_text(json.dumps(result) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
