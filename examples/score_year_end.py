"""年底打分：读目标表和实际值，逐项打分，把结果写成 JSON。Score a year end and write the result.

用法 Usage: python score_year_end.py TARGETS ACTUALS OUT.json [YEAR]
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import kpieval


def main(targets: str, actuals: str, out: str, year: str = "2024") -> int:
    """Score the tables and print a line a project; 1 when something still needs a person."""
    projects = kpieval.read(targets, year=int(year))
    summary = kpieval.score_tables(
        projects, kpieval.read_actuals(actuals), kpieval.policy("mof-2020")
    )
    for project in summary.projects:
        grades = " / ".join(project.grades)
        print(f"{project.project.name}: {project.score} {grades}")
        for row in project.indicators:
            if isinstance(row.verdict, kpieval.Undetermined):
                print(f"  待定 {row.indicator.name}: {row.verdict.reason}")
    Path(out).write_text(
        json.dumps(kpieval.to_wire(summary), ensure_ascii=False, indent=2), encoding="utf-8"
    )
    return 1 if summary.compliance.undetermined else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
