"""What was recognised in a file: tables, the meaning of their columns, projects, rows, notes."""

from __future__ import annotations

from collections.abc import Iterator

from kpieval.constraints import TargetError
from kpieval.phrases import phrase
from kpieval.readers.columns import WORDS, Role
from kpieval.readers.document import Document, Found
from kpieval.tables import ActualEntry, Place, Project
from kpieval.unseen import clean


def recognised(document: Document, lang: str) -> str:
    """The text for a person who wants to know how a file was read."""
    lines = [phrase("show.file", lang, name=document.source.name)]
    for number, table in enumerate(document.tables, start=1):
        lines += _table(number, table, lang)
    actuals = {entry.place: entry for entry in document.actuals.entries}
    for project in document.projects:
        lines += _project(project, actuals, lang)
    beside = [it for it in document.actuals.entries if it.place not in _places(document)]
    if beside:
        lines += ["", phrase("show.actuals", lang)]
        lines += [f"  {_where(entry.place)}  {entry.name}  {entry.value}" for entry in beside]
    lines += [phrase("report.note", lang, note=it.message(lang)) for it in document.notes]
    lines += [phrase("report.problem", lang, problem=it.message(lang)) for it in document.problems]
    return "".join(f"{_tidy(line)}\n" for line in lines)


def _tidy(line: str) -> str:
    indent = line[: len(line) - len(line.lstrip(" "))]
    return indent + clean(line) if line.strip() else ""


def _places(document: Document) -> set[Place | None]:
    return {row.place for project in document.projects for row in project.indicators}


def _table(number: int, table: Found, lang: str) -> Iterator[str]:
    yield ""
    yield phrase("show.table", lang, number=number, place=table.place, rows=table.rows)
    for header, role in table.columns:
        if role is None and not header:
            continue
        meaning = phrase("show.unknown", lang) if role is None else _meaning(role, lang)
        yield f"  {header or '-'} → {meaning}"


def _meaning(role: Role, lang: str) -> str:
    """The official name of a column, with the English key where that is what is read."""
    official = WORDS[role][0]
    return official if lang == "zh" else f"{official} ({role.value})"


def _project(
    project: Project, actuals: dict[Place | None, ActualEntry], lang: str
) -> Iterator[str]:
    yield ""
    yield phrase(
        "show.project",
        lang,
        name=project.name,
        year="-" if project.year is None else project.year,
        department=project.department or "-",
        budget="-" if project.budget is None else project.budget,
        rows=len(project.indicators),
    )
    for row in project.indicators:
        entry = actuals.get(row.place)
        parts = [_where(row.place), row.level1, row.level2, row.name, row.text]
        told = f"  {' | '.join(parts)}" + (f" | {entry.value}" if entry is not None else "")
        yield told
        if isinstance(row.target, TargetError):
            yield "    " + phrase("report.problem", lang, problem=row.target.error.message(lang))
        for problem in row.problems:
            yield "    " + phrase("report.problem", lang, problem=problem.message(lang))
        for note in row.notes:
            yield "    " + phrase("report.note", lang, note=note.message(lang))
    for note in project.notes:
        yield "  " + phrase("report.note", lang, note=note.message(lang))
    for problem in project.problems:
        yield "  " + phrase("report.problem", lang, problem=problem.message(lang))


def _where(place: Place | None) -> str:
    return "-" if place is None or place.row is None else str(place.row)
