"""How long a start takes: fresh processes with the package as a wheel installs it.

``PYTHONPATH=tests python tests/benchmarks/bench_import.py [--json FILE]``, with hatchling and the extra cli. The
wheel is made from the checkout and unpacked into a temporary folder, so that the prebuilt tables of
the parser are used. All run by turns; ``-I`` leaves the user's environment out. What the processor
did (``cpu``) is what neighbours on the machine disturb least.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from timing import ROOT, arguments, circumstances, compared, fresh, line, report

HEADER = "项目名称,三级指标,指标值,实际完成值,分值\n"
ROWS = [
    ("补助人员数量", "≤12人", "12人", "10", "met"),
    ("完成率", "≥90%", "88%", "10", "unmet"),
    ("发放时间", "2024年12月底前", "2024年12月20日", "10", "met"),
    ("资金数额", "≤2.7万元", "26500元", "10", "met"),
    ("培训次数", "≥3次", "4次", "10", "met"),
    ("合格率", "≥95%", "96%", "10", "met"),
    ("成本", "≤500元/人天", "480元/人天", "10", "met"),
    ("满意度", "≥90%", "93%", "10", "met"),
    ("参与人数", "≥120人", "118人", "5", "unmet"),
    ("建设长度", "=3公里", "3公里", "5", "met"),
]
SCORE = """
from kpieval.cli import main
sys.argv[1:] = ["score", {table!r}, "--year", "2024", "--format", "json", "-o", {output!r}]
sys.exit(main())
"""
PREBUILT = """
import json
from kpieval.parsing import prebuilt
from kpieval.resources import grammar_dir
made = json.loads((grammar_dir() / prebuilt.FILE).read_bytes())
sys.exit(made["fingerprint"] != prebuilt.fingerprint())
"""


def installed(folder: Path) -> Path:
    """The package as a wheel of the checkout puts it there, its modules compiled."""
    place = folder / "installed"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps"]
    command += ["--no-build-isolation", "--disable-pip-version-check", "--target", str(place)]
    subprocess.run([*command, str(ROOT)], check=True)
    return place


def table(folder: Path) -> Path:
    """Ten plain rows."""
    path = folder / "ten.csv"
    lines = [",".join(("甲", *row[:4])) for row in ROWS]
    path.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def commands(folder: Path) -> dict[str, list[str]]:
    """What is started, by name."""
    path = f"import sys; sys.path.insert(0, {str(installed(folder))!r})\n"
    score = SCORE.format(table=str(table(folder)), output=str(folder / "result.json"))
    codes = {
        "bare python": "pass",
        "import kpieval": f"{path}import kpieval",
        "import attrs, click, lark": "import attrs, click, lark",
        "kpieval score, 10 rows": path + score,
        "first parse": f"{path}import kpieval; kpieval.parse_target('≤2.7万元', year=2024)",
    }
    return {name: [sys.executable, "-I", "-c", code] for name, code in codes.items()}


def check(given: dict[str, list[str]], result: Path) -> None:
    """The ten rows are scored rightly, and with the prebuilt tables."""
    subprocess.run(given["kpieval score, 10 rows"], check=True, stdout=subprocess.DEVNULL)
    (project,) = json.loads(result.read_text("utf-8"))["projects"]
    verdicts = [row["verdict"] for row in project["indicators"]]
    if verdicts != [row[4] for row in ROWS]:
        raise SystemExit(f"the verdicts are wrong: {verdicts}")
    path = given["import kpieval"][-1].partition("\n")[0]
    asked = f"{path}\n{PREBUILT}"
    if subprocess.run([sys.executable, "-I", "-c", asked], check=False).returncode:
        raise SystemExit("the wheel has no prebuilt tables that can be used")
    result.unlink()


def main() -> None:
    """Check, time, print, and write the JSON where asked for."""
    options = arguments(__doc__, rounds=(int, 15, "turns of all processes"))
    found: dict[str, Any] = {"circumstances": circumstances("attrs", "click", "lark", "pint")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given = commands(folder)
        check(given, folder / "result.json")
        found |= compared(fresh(given, options.rounds), "bare python")
    ratios = found["ratios"]
    start, score = ratios["import kpieval"], ratios["kpieval score, 10 rows"]
    libraries = ratios["import attrs, click, lark"]["of minima"]
    wall, cpu = score["of minima"], score["of CPU"]
    found["lines"] = [
        line("G1", "`import kpieval`", "bare python (CPU)", start["of CPU"], "<= 1.2", start["of CPU"] <= 1.2),
        line("G2", "`kpieval score`, 10 rows of CSV", "bare python (least wall)", wall, "<= 12, aim 8", wall <= 12),
        line("G2", "the same", "bare python (CPU)", cpu, "(to compare)", True),
        line("G2", "its libraries alone: attrs, click, lark", "bare python (least wall)", libraries, "(to compare)", True),
    ]  # fmt: skip
    report(found, options.json)


if __name__ == "__main__":
    main()
