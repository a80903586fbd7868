"""持续集成里的检查：任何一项未达标就失败。Fail a build when an actual breaks its constraint.

用法 Usage: python check_in_ci.py TARGETS ACTUALS [YEAR]
"""

from __future__ import annotations

import sys

import kpieval


def broken(targets: str, actuals: str, year: int) -> list[str]:
    """A line for each indicator that is not met, with its reason."""
    projects = kpieval.read(targets, year=year)
    summary = kpieval.score_tables(projects, kpieval.read_actuals(actuals), kpieval.policy())
    return [
        f"{project.project.name} / {row.indicator.name}: {kpieval.explanation(row)}"
        for project in summary.projects
        for row in project.indicators
        if isinstance(row.verdict, kpieval.Unmet)
    ]


def main(targets: str, actuals: str, year: str = "2024") -> int:
    """Print what is broken; the exit code for the build."""
    lines = broken(targets, actuals, int(year))
    print("\n".join(lines) if lines else "all constraints hold")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
