"""All benchmarks, or those that are named, and the table of docs/performance.md made from them.

``PYTHONPATH=tests python tests/benchmarks [NAME...] [--with NAME=PYTHON]... [--json FOLDER]
[--write FILE]``, or ``make benchmarks``. Each runs in a process of its own; one whose libraries are not installed is
named as skipped, and one that fails its check gives no figure. What was measured is kept in
figures.json beside this file, so that one benchmark can be run anew alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import tables
from checkout import commit
from timing import ROOT

HERE = Path(__file__).resolve().parent
KEPT = HERE / "figures.json"
PLACES = {
    "PYTHONPATH": os.pathsep.join(str(ROOT / part) for part in ("src", "tests")),
    "PYTHONUTF8": "1",
}
LIBRARIES = (
    *("attrs", "click", "lark", "pint", "polars", "pyarrow", "pandas", "pyspark", "lxml"),
    *("python-calamine", "openpyxl", "quantulum3", "cn2an", "jionlp"),
)
RUNS: dict[str, tuple[list[str], dict[str, str]]] = {
    "import": (["bench_import.py"], {}),
    "parse": (["bench_parse.py", "--warm"], {}),
    "peers": (["bench_peers.py"], {}),
    "score": (["bench_score.py"], {}),
    "columns": (["bench_bulk.py", "--only", "columns"], {"POLARS_MAX_THREADS": "1"}),
    "columns on all cores": (["bench_bulk.py", "--only", "columns"], {}),
    "files": (["bench_bulk.py", "--only", "files"], {}),
    "spark": (["bench_spark.py"], {}),
    "xlsx": (["bench_xlsx.py"], {}),
    "docx": (["bench_docx.py"], {}),
    "lint": (["bench_lint.py"], {}),
}
"""Each benchmark with its arguments and what is set in its environment."""


def run(name: str, python: str, folder: Path) -> dict[str, Any] | str:
    """What a benchmark measured, or why it did not."""
    (script, *options), extra = RUNS[name]
    path = folder / f"{name.replace(' ', '-')}.json"
    path.unlink(missing_ok=True)
    command = [python, str(HERE / script), *options, "--json", str(path)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, encoding="utf-8",
        env=os.environ | extra | PLACES,
    )  # fmt: skip
    print(done.stdout, end="")
    if done.returncode or not path.exists():
        last = (done.stderr.strip().splitlines() or ["it wrote nothing"])[-1]
        return f"{'skipped' if 'ModuleNotFound' in last or 'KP307' in last else 'FAILED'}: {last}"
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


def measured(name: str, python: str, folder: Path, at: str | None) -> dict[str, Any]:
    """A benchmark's lines, what it ran with ``at`` which commit, and why there are none."""
    load = os.getloadavg()[0]
    found = run(name, python, folder)
    asked = f"import json; from timing import *; print(json.dumps(circumstances(*{LIBRARIES!r})))"
    told = subprocess.run(
        [python, "-c", asked], check=True, capture_output=True, text=True, cwd=HERE,
        env=os.environ | PLACES,
    ).stdout  # fmt: skip
    loads = [round(load, 2), round(os.getloadavg()[0], 2)]
    known = json.loads(told) | {"load": loads, "commit": at}
    if isinstance(found, str):
        return {"circumstances": known, "lines": [], "why": found}
    return {"circumstances": known, "lines": tables.lines(name, found)}


def main() -> None:
    """Run them, keep what was found, and write the table where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(RUNS))
    parser.add_argument("--with", dest="others", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--json", type=Path, metavar="FOLDER", help="keep the raw samples there")
    parser.add_argument("--write", type=Path, metavar="FILE", help="the page with the table")
    options = parser.parse_args()
    unknown = [name for name in options.names if name not in RUNS]
    if unknown:
        parser.error(f"no such benchmark: {', '.join(unknown)}; there are {', '.join(RUNS)}")
    pythons = dict(each.split("=", 1) for each in options.others)
    at = commit()  # before the figures of the first one make it another
    kept: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.json or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for name in options.names or RUNS:
            print(f"=== {name}", flush=True)
            found = measured(name, pythons.get(name, sys.executable), folder, at)
            print(found.get("why", ""), flush=True)
            if found["lines"] or name not in kept:
                kept[name] = found
            kept = {each: kept[each] for each in RUNS if each in kept}
            text = json.dumps(kept, ensure_ascii=False, indent=1)
            KEPT.write_text(f"{text}\n", encoding="utf-8")
    table = tables.page(kept)
    print(table)
    if options.write is not None:
        tables.write(options.write, table)


if __name__ == "__main__":
    main()
