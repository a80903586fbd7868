"""The official forms with their points as a workbook, a sheet each; the reasons behind them."""

from __future__ import annotations

from kpieval.reports.pages import pages
from kpieval.reports.report import Report
from kpieval.writers.office import office

SUFFIXES = (".xlsx",)


def render(report: Report) -> bytes:
    """The workbook. Raises MissingExtraError without the extra ``office``."""
    return office("xlsx", pages(report), report.lang)
