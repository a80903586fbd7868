"""What a large workbook takes: 100,000 rows of 8 columns, against python-calamine.

``PYTHONPATH=src:tests python tests/benchmarks/bench_xlsx.py [--json FILE]``. The workbook is synthetic:
the rows of the corpus of real values, in projects of 20, each last digit changed, written by
XlsxWriter. Every reading runs in a fresh process, the two readers in turn.

What is measured of kpieval is ``readers.xlsx.read`` and a walk over every row of its grids, texts
and notes made; the memory is the peak of the whole process, interpreter, libraries and the file's
bytes included. python-calamine gives the values of all cells at once and knows no number formats,
hidden rows or limits. Trust the memory and the ratios of
processor time (``cpu_s``) more than the times on the clock (``s``).
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).resolve().parents[1] / "corpus" / "real_values.jsonl"
ROWS, IN_A_PROJECT, ROUNDS, SEED = 100_000, 20, 5, 20240601
HEADER = (
    *("项目名称", "一级指标", "二级指标", "三级指标"),
    *("指标值", "分值", "实际完成值", "偏差原因"),
)
MOST_MEMORY, MOST_TIMES = 60, 6
"""MiB of the process; multiples of python-calamine's time."""


def rows(count: int = ROWS) -> Iterator[tuple[Any, ...]]:
    """A header and the rows below it as they are stored; a share is shown as per cent."""
    yield HEADER
    read = (json.loads(line) for line in CORPUS.read_text("utf-8").splitlines())
    lines = [line for line in read if line["value"]]
    chance = random.Random(SEED)
    for number in range(count - 1):
        line = lines[number % len(lines)]
        value = re.sub(r"[0-9](?=[^0-9]*$)", lambda _: str(chance.randrange(10)), line["value"])
        share = chance.randrange(500, 1000) / 1000
        actual = share if "%" in value else chance.randrange(1000)
        levels = (line["level1"] or "产出指标", line["level2"] or "数量指标")
        project = f"2024年项目{number // IN_A_PROJECT}"
        name = f"{line['indicator']}（{number}）"
        yield (project, *levels, name, value, 5, actual, "" if number % 7 else "雨天停工，已补做")


def made(count: int = ROWS) -> bytes:
    """The workbook of the rows."""
    import xlsxwriter

    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("表一")
        share = book.add_format({"num_format": "0.0%"})
        for number, cells in enumerate(rows(count)):
            for column, cell in enumerate(cells):
                form = share if isinstance(cell, float) else None
                if isinstance(cell, str):
                    sheet.write_string(number, column, cell)
                else:
                    sheet.write_number(number, column, cell, form)
    return stream.getvalue()


def expected(cells: tuple[Any, ...]) -> tuple[str, ...]:
    """What the screen shows of a row."""
    return tuple(f"{cell:.1%}".replace(".0%", "%") if isinstance(cell, float) else str(cell)
                 for cell in cells)  # fmt: skip


ALONE = """
import io, json, pathlib, re, sys, time, {library}

def peak():
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        # What getrusage tells begins with the memory of the process that started this one.
        return int(re.findall(r"VmHWM:\\s*([0-9]+)", status.read_text())[0]) / 1024
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 ** (2 if sys.platform == "darwin" else 1)

bare, wall, cpu = peak(), time.perf_counter(), time.process_time()
data = pathlib.Path(sys.argv[1]).read_bytes()
count = {read}
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(json.dumps(dict(rows=count, s=wall, cpu_s=cpu, bare_mib=bare, peak_mib=peak())))
"""
"""One reading in a process that did nothing before, told as JSON."""

READERS = {
    "kpieval": {
        "library": "kpieval.readers.xlsx",
        "read": "sum(1 for grid in kpieval.readers.xlsx.read(data, 'b').grids for _ in grid.rows)",
    },
    "calamine": {
        "library": "python_calamine",
        "read": "sum(len(book.get_sheet_by_name(name).to_python())"
        " for book in [python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))]"
        " for name in book.sheet_names)",
    },
}


def child(reader: str, path: Path) -> dict[str, Any]:
    """One reading in a fresh process."""
    command = [sys.executable, "-X", "utf8", "-c", ALONE.format(**READERS[reader]), str(path)]
    done = subprocess.run(command, capture_output=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def check(data: bytes) -> None:
    """End unless every cell reads as it was written."""
    from kpieval.readers import xlsx

    (grid,) = xlsx.read(data, "bench.xlsx").grids
    read = iter(grid.rows)
    wanted = map(expected, rows())
    if any(row.cells != cells for row, cells in zip(read, wanted, strict=True)):
        raise SystemExit("not all cells are read as they were written, nothing is timed")


def measured(path: Path) -> dict[str, Any]:
    """Time and memory of both readers, in turn."""
    samples: dict[str, list[dict[str, Any]]] = {name: [] for name in READERS}
    for _ in range(ROUNDS):
        for name, runs in samples.items():
            runs.append(child(name, path))
    found: dict[str, Any] = {}
    for kind in ("s", "cpu_s"):
        ours, theirs = ([run[kind] for run in samples[name]] for name in READERS)
        found[f"ratio_of_medians_{kind}"] = statistics.median(ours) / statistics.median(theirs)
        found[f"ratio_of_minima_{kind}"] = min(ours) / min(theirs)
    for kind, of in (("s", min), ("cpu_s", min), ("bare_mib", max), ("peak_mib", max)):
        found[f"{of.__name__}_{kind}"] = {
            name: round(of(run[kind] for run in runs), 2) for name, runs in samples.items()
        }
    rounded = {key: round(told, 2) if isinstance(told, float) else told
               for key, told in found.items()}  # fmt: skip
    return {**rounded, "samples": samples}


def main() -> None:
    """Check, measure, print, and write the JSON where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write raw samples and all")
    options = parser.parse_args()
    data = made()
    check(data)
    report: dict[str, Any] = {
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "rows": ROWS,
        "columns": len(HEADER),
        "file_mib": round(len(data) / 1024 / 1024, 1),
    }
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "synthetic.xlsx"
        path.write_bytes(data)
        del data
        report |= measured(path)
    print(json.dumps({key: told for key, told in report.items() if key != "samples"}, indent=2))
    memory, times = report["max_peak_mib"]["kpieval"], report["ratio_of_medians_cpu_s"]
    print(f"memory {memory:.1f} MiB of {MOST_MEMORY}; {times:.2f} times the processor time of "
          f"python-calamine, of {MOST_TIMES}")  # fmt: skip
    if options.json is not None:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
