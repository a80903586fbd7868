"""The audit as text, CSV and Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

from kpieval.auditing.results import AuditedProject, AuditedRow, Checked
from kpieval.auditing.wire import AuditReport, counted, document
from kpieval.findings import Finding
from kpieval.phrases import phrase, points, span
from kpieval.reports.as_md import escaped, table_line
from kpieval.reports.grid import Cell, Column, Ink, draw, hanging
from kpieval.reports.guarding import guarded
from kpieval.reports.report import FILE_WIDTH
from kpieval.unseen import spelled_out

_COLUMNS = ("name", "target", "actual", "weight")
_ADDED = ("score", "own", "said", "reason")
_ELASTIC = ("name", "target", "actual", "reason")
_RIGHT = ("weight", "score", "own")
_INKS = {True: Ink.GOOD, False: Ink.BAD, None: Ink.OPEN}


def rendered(
    form: str, report: AuditReport, *, width: int = FILE_WIDTH, colour: bool = False
) -> str:
    """The report in one of :data:`FORMS`; width and colour are those of a text."""
    return _text(report, width, colour) if form == "text" else _PLAIN[form](report)


def said(checked: Checked, lang: str) -> str:
    """What is said of a published number, in a word or two."""
    if checked.consistent is None:
        return phrase("audit.unknown", lang)
    if not checked.consistent:
        return phrase("audit.no", lang)
    return phrase("audit.yes" if checked.rule is None else "audit.yes_rule", lang)


def _heads(lang: str) -> list[str]:
    own = [phrase(f"column.{name}", lang) for name in _COLUMNS]
    return [*own, *(phrase(f"audit.column.{name}", lang) for name in _ADDED)]


def _cells(row: AuditedRow, lang: str) -> list[str]:
    checked, about = row.checked, row.result.indicator
    return [
        about.name,
        about.text,
        row.result.actual.source,
        "" if about.weight is None else points(about.weight),
        "" if checked.published is None else points(checked.published),
        "" if checked.recomputed is None else span(checked.recomputed, lang),
        said(checked, lang),
        checked.reason.message(lang),
    ]


def _text(report: AuditReport, width: int, colour: bool) -> str:
    lines: list[str] = []
    for project in report.projects:
        lines += [*_project(project, report.lang, width, colour), ""]
    lines += hanging("", _counts(report), width, indent="")
    told = [note.message(report.lang) for note in report.notes]
    told += [problem.message(report.lang) for problem in report.problems]
    for sentence in told:
        lines += hanging("", phrase("report.note", report.lang, note=sentence), width)
    return "\n".join(lines) + "\n"


def _counts(report: AuditReport) -> str:
    found = counted(report.rows)
    numbers = {
        "rows": found["rows"],
        "yes": found["follow"],
        "no": found["do_not_follow"],
        "unknown": found["cannot_tell"],
    }
    return phrase("audit.counts", report.lang, **numbers)


def _project(project: AuditedProject, lang: str, width: int, colour: bool) -> list[str]:
    columns = [
        Column(head, right=name in _RIGHT, elastic=name in _ELASTIC)
        for name, head in zip((*_COLUMNS, *_ADDED), _heads(lang), strict=True)
    ]
    rows = [
        [
            Cell(text, _INKS[row.checked.consistent] if at == 6 else None)
            for at, text in _at(row, lang)
        ]
        for row in project.rows
    ]
    lines = [project.project.name, *draw(columns, rows, width, colour=colour)]
    for sentence in _sentences(project, lang):
        lines += hanging("", sentence, width)
    return lines


def _at(row: AuditedRow, lang: str) -> list[tuple[int, str]]:
    return list(enumerate(_cells(row, lang)))


def _sentences(project: AuditedProject, lang: str) -> list[str]:
    """The rule that was found, execution, sums, grade, findings."""
    found: list[str] = []
    if project.rule is not None:
        rounding = phrase(f"audit.rounding.{project.rule.rounding}", lang)
        found.append(phrase("audit.found", lang, policy=project.rule.policy, rounding=rounding))
    for name in ("execution", "total", "weights"):
        checked: Checked | None = getattr(project, name)
        if checked is not None:
            reason = checked.reason.message(lang)
            part = phrase(f"audit.part.{name}", lang)
            found.append(
                phrase("audit.line", lang, name=part, told=said(checked, lang), reason=reason)
            )
    for level, checked in project.parts:
        told, reason = said(checked, lang), checked.reason.message(lang)
        part = phrase("audit.part.subtotal", lang, level=level)
        found.append(phrase("audit.line", lang, name=part, told=told, reason=reason))
    if project.grade is not None:
        word = {True: "audit.yes", False: "audit.no", None: "audit.unknown"}[project.grade[1]]
        told = phrase(word, lang)
        found.append(phrase("audit.part.grade", lang, grade=project.grade[0], told=told))
    return [*found, *(finding(each, lang) for each in project.findings)]


def finding(value: Finding, lang: str) -> str:
    """A finding as one sentence."""
    where = phrase("label", lang, label=value.indicator) if value.indicator else ""
    return phrase(
        "audit.finding",
        lang,
        code=value.code,
        severity=phrase(f"audit.severity.{value.severity.value}", lang),
        where=where,
        message=value.note.message(lang),
    )


def _json(report: AuditReport) -> str:
    return json.dumps(document(report), ensure_ascii=False, indent=2) + "\n"


def _csv(report: AuditReport) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow([phrase("column.project", report.lang), *_heads(report.lang)])
    for project in report.projects:
        for row in project.rows:
            cells = (project.project.name, *_cells(row, report.lang))
            writer.writerow([guarded(spelled_out(cell)) for cell in cells])
    return "\ufeff" + made.getvalue()


def _md(report: AuditReport) -> str:
    heads = _heads(report.lang)
    lines: list[str] = []
    for project in report.projects:
        lines += [f"## {escaped(project.project.name)}", "", table_line(heads)]
        lines += [table_line(["---"] * len(heads))]
        lines += [
            table_line([escaped(c) for c in _cells(row, report.lang)]) for row in project.rows
        ]
        lines += ["", *(f"- {escaped(told)}" for told in _sentences(project, report.lang)), ""]
    return "\n".join([*lines, escaped(_counts(report)), ""])


_PLAIN: dict[str, Callable[[AuditReport], str]] = {"json": _json, "csv": _csv, "md": _md}

FORMS = ("text", *_PLAIN)
"""The forms that an audit is given out in."""


def format_of(path: str) -> str | None:
    """The form that a file name asks for by its suffix, if any does."""
    suffix = Path(path).suffix.lower().removeprefix(".")
    return "text" if suffix == "txt" else suffix if suffix in _PLAIN else None
