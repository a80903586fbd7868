"""The JSON document of ``kpieval score``; its schema is ``kpieval schema score``."""

from __future__ import annotations

import json

from kpieval.reports.report import Report
from kpieval.wire.results import summary

SUFFIXES = (".json",)


def render(report: Report) -> str:
    """The document, indented, ending in a line feed."""
    document = summary(report.summary, sources=report.sources, lang=report.lang)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
