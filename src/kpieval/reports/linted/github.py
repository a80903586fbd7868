"""The findings as workflow commands of GitHub Actions."""

from __future__ import annotations

from kpieval.findings import Severity
from kpieval.linting import Finding
from kpieval.phrases import phrase
from kpieval.reports.as_github import command
from kpieval.reports.linted.report import LintReport, counted, marked
from kpieval.unseen import spelled

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def render(report: LintReport) -> str:
    """A command a finding, then what was counted."""
    lines = [_line(one, report.lang) for one in report.findings]
    return "".join(line + "\n" for line in [*lines, counted(report)])


def _line(one: Finding, lang: str) -> str:
    about = " ".join(filter(None, (one.project, one.indicator)))
    known = {"title": spelled(f"{one.code} {about}")}
    if one.place is not None:
        known = {"file": one.place.file, **known}
        if one.place.line is not None:
            known["line"] = str(one.place.line)
    label = phrase("label", lang, label=about)
    said = [f"{label}{marked(one)}", one.message(lang), one.suggestion(lang)]
    return command(_COMMANDS[one.severity], known, said)
