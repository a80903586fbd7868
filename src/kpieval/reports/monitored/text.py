"""Monitoring for reading by people: a table a project, stories under it, counts at the end."""

from __future__ import annotations

from kpieval.errors import KpiEvalError
from kpieval.monitored import MonitoredIndicator, MonitoredProject, Monitoring, Status
from kpieval.notes import Note
from kpieval.phrases import bare, phrase
from kpieval.reports.grid import Cell, Column, Ink, draw, hanging
from kpieval.reports.monitored.words import (
    counted,
    opening,
    progress,
    shown,
    spending,
    status_word,
    story,
    uncut,
)
from kpieval.reports.width import cut
from kpieval.unseen import clean

_HEADS = ("name", "target", "actual", "status", "expected", "progress")
_RIGHT = ("expected", "progress")
_ELASTIC = ("name", "target", "actual")
_INKS = {
    Status.RED: Ink.BAD,
    Status.YELLOW: Ink.OPEN,
    Status.GREEN: Ink.GOOD,
    Status.BLUE: Ink.OPEN,
}


def as_text(found: Monitoring, lang: str, width: int, *, colour: bool = False) -> str:
    """The whole report as text."""
    lines = [opening(found, lang), ""]
    for project in found.projects:
        lines += [*_project(project, lang, width, colour=colour), ""]
    told = phrase(
        "report.matched",
        lang,
        projects=len(found.projects),
        indicators=sum(len(project.indicators) for project in found.projects),
        matched=found.matched,
    )
    told += phrase("comma", lang) + counted(found.counts, lang)
    lines += [phrase("report.total", lang), *hanging("", told, width, indent="")]
    lines += _remarks(found.notes, found.problems, lang, width)
    return "\n".join(lines) + "\n"


def _project(project: MonitoredProject, lang: str, width: int, *, colour: bool) -> list[str]:
    columns = [
        Column(phrase(f"column.{head}", lang), right=head in _RIGHT, elastic=head in _ELASTIC)
        for head in _HEADS
    ]
    rows = [_cells(row, lang) for row in project.indicators]
    lines = [cut(clean(project.project.name), width)]
    lines += draw(columns, rows, width, colour=colour)
    for row in project.indicators:
        told = story(row, lang)
        if told:
            label = phrase("label", lang, label=row.result.indicator.name)
            lines += hanging(label, told, width)
        for problem in row.result.indicator.problems:
            said = phrase("report.problem", lang, problem=problem.message(lang))
            lines += hanging("  ", said, width, indent="    ")
    lines += hanging("", spending(project.execution, lang), width, indent="")
    lines += hanging("", counted(project.counts, lang), width, indent="")
    told = uncut(project, lang)
    lines += hanging("", told, width) if told else []
    notes = (*project.notes, *project.execution.notes)
    return lines + _remarks(notes, project.problems, lang, width)


def _cells(row: MonitoredIndicator, lang: str) -> list[Cell]:
    ink = None if row.status is None else _INKS[row.status]
    return [
        Cell(row.result.indicator.name),
        Cell(row.result.indicator.text),
        Cell(row.result.actual.source or "-"),
        Cell(status_word(row.possible, lang), ink),
        Cell(shown(row.expected) or "-"),
        Cell(progress(row) or "-"),
    ]


def _remarks(
    notes: tuple[Note, ...], problems: tuple[KpiEvalError, ...], lang: str, width: int
) -> list[str]:
    lines = []
    for note in notes:
        lines += hanging("", phrase("report.note", lang, note=note.message(lang)), width)
    for problem in problems:
        said = phrase("report.problem", lang, problem=bare(problem.message(lang)))
        lines += hanging("", said, width)
    return lines
