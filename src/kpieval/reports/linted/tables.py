"""The findings as a table: CSV for Excel, and Markdown."""

from __future__ import annotations

import csv
import io

from kpieval.linting import Finding
from kpieval.phrases import phrase
from kpieval.reports.as_md import escaped, table_line
from kpieval.reports.guarding import guarded
from kpieval.reports.linted.report import LintReport, counted, marked, severity_word
from kpieval.unseen import spelled_out

COLUMNS = ("project", "code", "severity", "indicator", "target", "message", "suggestion", "where")


def heads(lang: str) -> list[str]:
    """The headers of the table."""
    return [phrase(f"lint.column.{name}", lang) for name in COLUMNS]


def cells(one: Finding, lang: str) -> list[str]:
    """A finding under the headers."""
    return [
        one.project,
        one.code,
        severity_word(one.severity, lang),
        one.indicator,
        marked(one),
        one.message(lang),
        one.suggestion(lang),
        "" if one.place is None else str(one.place),
    ]


def as_csv(report: LintReport) -> str:
    """A row a finding, with a BOM for Excel."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(heads(report.lang))
    for one in report.findings:
        writer.writerow([guarded(spelled_out(cell)) for cell in cells(one, report.lang)])
    return "\ufeff" + made.getvalue()


def as_xlsx(report: LintReport) -> bytes:
    """A workbook with a row a finding. Needs the extra ``office``."""
    from kpieval.writers.table import Table, written

    rows = tuple(tuple(cells(one, report.lang)) for one in report.findings)
    title = phrase("lint.title", report.lang)
    made = written(Table(tuple(heads(report.lang)), rows), "xlsx", name=title, lang=report.lang)
    assert isinstance(made, bytes)
    return made


def as_md(report: LintReport) -> str:
    """A table of all findings, and what was counted."""
    lines = [table_line(heads(report.lang)), table_line(["---"] * len(COLUMNS))]
    for one in report.findings:
        lines.append(table_line([escaped(cell) for cell in cells(one, report.lang)]))
    return "\n".join([*lines, "", escaped(counted(report)), ""])
