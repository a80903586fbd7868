"""One JSON object a row: the row of the score document with its project's name before it."""

from __future__ import annotations

import json

from kpieval.reports.report import Report
from kpieval.wire.results import indicator

SUFFIXES = (".jsonl",)


def render(report: Report) -> str:
    """One line a row; its schema is ``kpieval schema score-row``."""
    lines = [
        json.dumps(
            {"project": project.project.name, **indicator(row, report.lang)}, ensure_ascii=False
        )
        for project in report.summary.projects
        for row in project.indicators
    ]
    return "".join(line + "\n" for line in lines)
