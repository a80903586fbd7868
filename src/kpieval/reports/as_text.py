"""The report for reading by people: a table a project, reasons under it, totals at the end."""

from __future__ import annotations

from kpieval.explaining import (
    all_notes,
    explanation,
    notes_beside_execution,
    plainly_met,
    project_problems,
    row_word,
    steps,
)
from kpieval.outcomes import Met, Score, Unmet, Verdict
from kpieval.overview import Pending, pending
from kpieval.phrases import bare, counted, executed, listed, phrase, points, span
from kpieval.reports import standing
from kpieval.reports.grid import Cell, Column, Ink, draw, hanging
from kpieval.reports.report import Report
from kpieval.reports.width import cut, wrap
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.unseen import clean

SUFFIXES = (".txt",)

WAITING = 20
"""Rows that need a person, as many as are named at the end; the JSON has all."""


def render(report: Report) -> str:
    """The whole report as text."""
    lines = wrap(report.heading, report.width) if report.heading else []
    lines += [_opening(report), ""]
    for project in report.summary.projects:
        lines += [*_project(project, report), ""]
    lines += _totals(report)
    return "\n".join(lines) + "\n"


def _opening(report: Report) -> str:
    summary, lang = report.summary, report.lang
    if summary.year is None:
        return phrase("report.policy", lang, policy=summary.policy)
    return phrase("report.policy_year", lang, policy=summary.policy, year=summary.year)


def _project(project: ProjectResult, report: Report) -> list[str]:
    title = cut(clean(project.project.name), report.width)
    lines = [title, *_table(project, report)]
    lines += _stories(project, report) if report.explain else _reasons(project, report)
    return lines + _outcome(project, report)


def _table(project: ProjectResult, report: Report) -> list[str]:
    heads = ("name", "target", "actual", "verdict", "points", "weight")
    columns = [
        Column(
            phrase(f"column.{head}", report.lang),
            right=head in ("points", "weight"),
            elastic=head in ("name", "target", "actual"),
        )
        for head in heads
    ]
    rows = [_cells(row, report.lang) for row in project.indicators]
    return draw(columns, rows, report.width, colour=report.colour)


def _cells(row: IndicatorResult, lang: str) -> list[Cell]:
    word = row_word(row, lang)
    if row.decision is not None:
        word = phrase("verdict.decided", lang, verdict=word)
    return [
        Cell(row.indicator.name),
        Cell(row.indicator.text),
        Cell(row.actual.source or "-"),
        Cell(word, _ink(row.verdict)),
        Cell("-" if row.score is None else span(row.score, lang)),
        Cell("-" if row.weight is None else points(row.weight)),
    ]


def _ink(verdict: Verdict) -> Ink:
    if isinstance(verdict, Met):
        return Ink.GOOD
    return Ink.BAD if isinstance(verdict, Unmet) else Ink.OPEN


def _reasons(project: ProjectResult, report: Report) -> list[str]:
    """The reason of every row that is not plainly met, and how many others rest on a note."""
    lang = report.lang
    open_rows = [row for row in project.indicators if not plainly_met(row)]
    lines = [phrase("report.reasons", lang)] if open_rows else []
    for row in open_rows:
        label = phrase("label", lang, label=row.indicator.name)
        lines += hanging(label, explanation(row, lang), report.width)
        for problem in row.indicator.problems:
            told = phrase("report.problem", lang, problem=problem.message(lang))
            lines += hanging("  ", told, report.width, indent="    ")
    noted = sum(plainly_met(row) and bool(all_notes(row)) for row in project.indicators)
    if noted:
        lines += hanging("", phrase("report.noted", lang, count=noted), report.width, indent="")
    return lines


def _stories(project: ProjectResult, report: Report) -> list[str]:
    """Every row step by step."""
    lines = [phrase("report.steps", report.lang)]
    for row in project.indicators:
        lines.append(cut(clean(row.indicator.name), report.width))
        for step in steps(row, report.lang):
            lines += hanging("", step, report.width)
        lines += hanging("", explanation(row, report.lang), report.width)
    for note in () if project.execution is None else project.execution.notes:
        lines += hanging("", note.message(report.lang), report.width, indent="")
    return lines


def _outcome(project: ProjectResult, report: Report) -> list[str]:
    lang = report.lang
    parts = [_scored(project.score, lang), _graded(project, lang)]
    parts += [counted(project.compliance, lang), executed(project.execution, lang)]
    told = phrase("comma", lang).join(part for part in parts if part)
    lines = hanging(phrase("report.result", lang), told, report.width, indent="")
    if project.alternative is not None:
        other = phrase("report.alternative", lang, score=span(project.alternative, lang))
        lines += hanging("", other, report.width)
    most = None if report.explain else standing.MOST
    stands = standing.losses(project, lang, most=most) + standing.ahead(project, lang, most=most)
    for line in stands:
        lines += hanging("", line, report.width)
    for note in notes_beside_execution(project):
        lines += hanging("", phrase("report.note", lang, note=note.message(lang)), report.width)
    for problem in project_problems(project):
        told = phrase("report.problem", lang, problem=problem.message(lang))
        lines += hanging("", told, report.width)
    return lines


def _scored(score: Score | None, lang: str) -> str:
    if score is None:
        return phrase("report.no_score", lang)
    return phrase("report.score", lang, score=span(score, lang))


def _graded(project: ProjectResult, lang: str) -> str:
    if not project.grades:
        return ""
    return phrase("report.grade", lang, grade=listed(project.grades, lang))


def _totals(report: Report) -> list[str]:
    """A line a project, the total, and what belongs to no project."""
    summary, lang = report.summary, report.lang
    lines = [phrase("report.total", lang), *_overview(report)]
    told = phrase(
        "report.matched",
        lang,
        projects=len(summary.projects),
        indicators=sum(len(project.indicators) for project in summary.projects),
        matched=summary.matched,
    )
    told += phrase("comma", lang) + counted(summary.compliance, lang)
    lines += hanging("", told, report.width, indent="")
    lines += _together(report)
    if summary.compliance.undetermined:
        lines += hanging("", phrase("report.open", lang), report.width, indent="")
    for note in summary.notes:
        lines += hanging("", phrase("report.note", lang, note=note.message(lang)), report.width)
    for problem in summary.problems:
        told = phrase("report.problem", lang, problem=bare(problem.message(lang)))
        lines += hanging("", told, report.width)
    return lines


def _together(report: Report) -> list[str]:
    """Means, grades and waiting rows of several projects."""
    summary, lang = report.summary, report.lang
    if len(summary.projects) < 2:
        return []
    told = [standing.means(summary, lang), standing.spread(summary, lang)]
    lines = [line for one in told if one for line in hanging("", one, report.width, indent="")]
    return lines + _waiting(pending(summary), report)


def _waiting(found: tuple[Pending, ...], report: Report) -> list[str]:
    """The rows that need a person, the first of them by name."""
    if not found:
        return []
    lang = report.lang
    lines = hanging("", phrase("overview.pending", lang), report.width, indent="")
    for number, one in enumerate(found[:WAITING], start=1):
        label = phrase("label", lang, label=standing.waiting_row(one, lang))
        lines += hanging(f"{number}. {label}", one.advice(lang), report.width)
    if len(found) > WAITING:
        lines += hanging("", standing.left_over(found[WAITING:], lang), report.width)
    return lines


def _overview(report: Report) -> list[str]:
    lang = report.lang
    heads = ("project", "score", "grade", "met", "unmet", "undetermined")
    columns = [
        Column(phrase(f"column.{head}", lang), right=place not in (0, 2), elastic=place == 0)
        for place, head in enumerate(heads)
    ]
    rows = []
    for project in report.summary.projects:
        found = project.compliance
        numbers = (found.met, found.unmet, found.undetermined)
        score = "-" if project.score is None else span(project.score, lang)
        grade = listed(project.grades, lang) or "-"
        texts = (project.project.name, score, grade, *map(str, numbers))
        rows.append([Cell(text) for text in texts])
    return draw(columns, rows, report.width)
