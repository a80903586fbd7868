"""Monitoring as CSV for spreadsheets and as Markdown for pull requests and wikis."""

from __future__ import annotations

import csv
import io

from kpieval.amounts import Amount
from kpieval.monitored import MonitoredIndicator, MonitoredProject, Monitoring
from kpieval.phrases import phrase
from kpieval.rendering import amount as rendered
from kpieval.reports.as_md import escaped, table_line
from kpieval.reports.guarding import guarded
from kpieval.reports.monitored.words import (
    counted,
    opening,
    progress,
    shown,
    spending,
    status_word,
    story,
    uncut,
)
from kpieval.unseen import spelled_out

_OFFICIAL = ("项目名称", "一级指标", "二级指标", "三级指标", "指标值", "实际完成值")
_ADDED = ("status", "expected", "progress", "forecast", "gap", "per_month")
_MD = ("name", "target", "actual", "status", "expected", "progress", "explanation")


def as_csv(found: Monitoring, lang: str) -> str:
    """One line a row, amounts exact, under the official names; UTF-8 with a byte order mark."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    heads = [phrase(f"column.{name}", lang) for name in _ADDED]
    writer.writerow([*_OFFICIAL, *heads, "完成目标可能性", phrase("column.explanation", lang)])
    for project in found.projects:
        for row in project.indicators:
            cells = (project.project.name, *_cells(row, lang))
            writer.writerow([guarded(spelled_out(cell)) for cell in cells])
    return "\ufeff" + made.getvalue()


def _cells(row: MonitoredIndicator, lang: str) -> tuple[str, ...]:
    about, ahead = row.result.indicator, row.forecast
    return (
        about.level1,
        about.level2,
        about.name,
        about.text,
        row.result.actual.source,
        status_word(row.possible, lang),
        _exact(row.expected),
        progress(row),
        _exact(None if ahead is None else ahead.value),
        _exact(None if ahead is None else ahead.gap),
        _exact(None if ahead is None else ahead.per_month),
        row.likelihood,
        story(row, lang),
    )


def _exact(value: Amount | None) -> str:
    return "" if value is None else rendered(value)


def as_md(found: Monitoring, lang: str) -> str:
    """The month and what was assumed; a heading, a table and the spending for each project."""
    told = [opening(found, lang), *(note.message(lang) for note in found.notes)]
    blocks = [_project(project, lang) for project in found.projects]
    return "\n".join([*(f"{escaped(line)}\n" for line in told), *blocks])


def _project(project: MonitoredProject, lang: str) -> str:
    heads = [phrase(f"column.{name}", lang) for name in _MD]
    lines = [
        f"## {escaped(project.project.name)}",
        "",
        table_line(heads),
        table_line(["---"] * len(heads)),
    ]
    for row in project.indicators:
        about = row.result.indicator
        cells = (
            about.name,
            about.text,
            row.result.actual.source,
            status_word(row.possible, lang),
            shown(row.expected),
            progress(row),
            story(row, lang),
        )
        lines.append(table_line([escaped(cell) for cell in cells]))
    told = [spending(project.execution, lang), counted(project.counts, lang), uncut(project, lang)]
    return "\n".join([*lines, "", *(f"{escaped(line)}\n" for line in told if line)])
