"""The findings as text: by project, the cell with its place marked, below it what to do."""

from __future__ import annotations

from itertools import groupby

from kpieval.findings import Severity
from kpieval.linting import Finding
from kpieval.phrases import phrase
from kpieval.reports.grid import Ink, hanging, painted
from kpieval.reports.linted.report import LintReport, counted, marked, severity_word
from kpieval.unseen import clean

_INKS = {Severity.ERROR: Ink.BAD, Severity.WARNING: Ink.OPEN, Severity.NOTE: None}


def render(report: LintReport) -> str:
    """A block a project, then what was counted."""
    lines: list[str] = []
    for project, found in groupby(report.findings, key=lambda one: one.project):
        lines += [clean(project), *(line for one in found for line in _finding(one, report)), ""]
    told = [note.message(report.lang) for note in report.notes]
    told += [problem.message(report.lang) for problem in report.problems]
    for sentence in told:
        lines += hanging("", phrase("report.note", report.lang, note=sentence), report.width)
    return "\n".join([*lines, counted(report)]) + "\n"


def _finding(one: Finding, report: LintReport) -> list[str]:
    lang, width = report.lang, report.width
    head = f"{one.code} {severity_word(one.severity, lang)}"
    place = "" if one.place is None else f"  {clean(str(one.place))}"
    cell = f"  {clean(one.indicator)}  {clean(marked(one))}" if one.indicator else ""
    said = painted(head, _INKS[one.severity], report.colour)
    lines = [f"  {said}{cell}{place}"]
    lines += hanging("", one.message(lang), width, indent="      ")
    return [*lines, *hanging("", _todo(one, lang), width, indent="      ")]


def _todo(one: Finding, lang: str) -> str:
    """What to do, and the value to paste where there is one."""
    if one.paste:
        return phrase("lint.paste", lang, advice=one.advice(lang), paste=one.paste)
    return phrase("lint.advice", lang, advice=one.advice(lang))
