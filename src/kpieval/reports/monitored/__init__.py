"""The forms in which monitoring is given out: text, json, csv and md."""

from __future__ import annotations

import json
from pathlib import Path

from attrs import frozen

from kpieval.monitored import Monitoring
from kpieval.reports.monitored.tables import as_csv, as_md
from kpieval.reports.monitored.text import as_text
from kpieval.reports.report import FILE_WIDTH
from kpieval.wire.monitored import document
from kpieval.wire.results import Source

__all__ = ["FORMATS", "MonitoringReport", "format_of", "render"]

_SUFFIXES = {".txt": "text", ".json": "json", ".csv": "csv", ".md": "md"}
FORMATS = tuple(sorted(_SUFFIXES.values()))
"""The names of all forms."""


@frozen
class MonitoringReport:
    """What was found, with the choices of the reader."""

    found: Monitoring
    sources: tuple[Source, ...] = ()
    lang: str = "zh"
    width: int = FILE_WIDTH
    colour: bool = False


def format_of(path: str) -> str | None:
    """The form that a file name asks for by its suffix, if any does.

    >>> format_of("july.MD"), format_of("july.unknown")
    ('md', None)
    """
    return _SUFFIXES.get(Path(path).suffix.lower())


def render(name: str, report: MonitoringReport) -> str:
    """The report in the form of that name."""
    match name:
        case "json":
            made = document(report.found, sources=report.sources, lang=report.lang)
            return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
        case "csv":
            return as_csv(report.found, report.lang)
        case "md":
            return as_md(report.found, report.lang)
        case "text":
            return as_text(report.found, report.lang, report.width, colour=report.colour)
        case _:
            raise ValueError(f"no form {name!r}; there are {', '.join(FORMATS)}")
