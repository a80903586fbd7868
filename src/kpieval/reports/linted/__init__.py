"""The forms in which the findings of the lint are given out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from kpieval.reports.linted import documents, github, html, junit, tables, text
from kpieval.reports.linted.report import LintReport

__all__ = ["FORMATS", "LintReport", "format_of", "render"]

_FORMS: Mapping[str, Callable[[LintReport], str | bytes]] = {
    "text": text.render,
    "json": documents.as_json,
    "sarif": documents.as_sarif,
    "csv": tables.as_csv,
    "md": tables.as_md,
    "xlsx": tables.as_xlsx,
    "html": html.render,
    "github": github.render,
    "junit": junit.render,
}
_SUFFIXES = {
    ".txt": "text",
    ".json": "json",
    ".sarif": "sarif",
    ".csv": "csv",
    ".md": "md",
    ".xml": "junit",
    ".xlsx": "xlsx",
    ".html": "html",
    ".htm": "html",
}

FORMATS = tuple(sorted(_FORMS))
"""The names of all forms."""


def format_of(path: str) -> str | None:
    """The form that a file name asks for by its suffix, if any does.

    >>> format_of("lint.SARIF"), format_of("lint.unknown")
    ('sarif', None)
    """
    return _SUFFIXES.get(Path(path).suffix.lower())


def render(name: str, report: LintReport) -> str | bytes:
    """The report in the form of that name."""
    return _FORMS[name](report)
