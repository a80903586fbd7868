"""The official forms with their points as a document, a section each; the reasons behind them."""

from __future__ import annotations

from kpieval.reports.pages import pages
from kpieval.reports.report import Report
from kpieval.writers.office import office

SUFFIXES = (".docx",)


def render(report: Report) -> bytes:
    """The document. Raises MissingExtraError without the extra ``office``."""
    return office("docx", pages(report), report.lang)
