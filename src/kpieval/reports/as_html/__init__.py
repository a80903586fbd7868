"""One self-contained page: overview, charts, a section a project, every row with its reasons.

Needs the extra ``html``. The page loads nothing and runs nothing but its own script, whose hash
its Content-Security-Policy names; equal input gives equal bytes.
"""

from __future__ import annotations

from kpieval.errors import MissingExtraError
from kpieval.reports.report import Report

SUFFIXES = (".html", ".htm")


def render(report: Report) -> str:
    """The page. Raises MissingExtraError without the extra ``html``."""
    try:
        from kpieval.reports.as_html.page import page
    except ImportError as error:
        library = (error.name or "jinja2").partition(".")[0]
        if library == "kpieval":
            raise
        raise MissingExtraError(extra="html", library=library) from None
    return page(report)
