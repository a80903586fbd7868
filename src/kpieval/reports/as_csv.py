"""One line a row under the official column names, for spreadsheets.

UTF-8 with a byte order mark, so that Excel reads it right. A cell that a spreadsheet would run as
a formula gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import io

from kpieval import exact
from kpieval.explaining import explanation, row_word
from kpieval.phrases import phrase
from kpieval.reports.guarding import guarded
from kpieval.reports.report import Report
from kpieval.results import IndicatorResult
from kpieval.unseen import spelled_out

SUFFIXES = (".csv",)

_HEADERS = ("项目名称", "一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值")
_ADDED = ("verdict", "low", "high", "explanation")


def render(report: Report) -> str:
    """The table as CSV."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([*_HEADERS, *(phrase(f"column.{name}", report.lang) for name in _ADDED)])
    for project in report.summary.projects:
        for row in project.indicators:
            cells = (project.project.name, *_cells(row, report.lang))
            writer.writerow([guarded(spelled_out(cell)) for cell in cells])
    return "\ufeff" + made.getvalue()


def _cells(row: IndicatorResult, lang: str) -> tuple[str, ...]:
    about, score = row.indicator, row.score
    return (
        about.level1,
        about.level2,
        about.name,
        about.text,
        row.actual.source,
        "" if row.weight is None else exact.text(row.weight),
        row_word(row, lang),
        "" if score is None else exact.text(score.low),
        "" if score is None else exact.text(score.high),
        explanation(row, lang),
    )
