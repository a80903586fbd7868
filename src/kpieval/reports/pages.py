"""The report as pages of paper: the official form of each project, an overview, the reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from kpieval import exact
from kpieval.explaining import (
    all_notes,
    explanation,
    notes_beside_execution,
    plainly_met,
    project_problems,
    row_word,
    steps,
)
from kpieval.phrases import bare, counted, executed, listed, percent, phrase
from kpieval.reports import standing
from kpieval.reports.report import Report
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.writers.form import Form, FormRow, FundLine, page
from kpieval.writers.funds import WHOLE, fund_lines, in_wan
from kpieval.writers.layout import Cell, Look, Page
from kpieval.writers.written import level_texts, target_text

_NONE = "—"
# What lay around the rows of the table that was read: said on the screen and in the data, but no
# part of a form that is filed.
_OF_THE_SOURCE = frozenset(("table.total_row", "table.foot_row", "table.funds_columns"))
_OVERVIEW = (
    *(("number", 7), ("name", 34), ("owner", 20), ("funds", 17), ("rate", 10)),
    *(("points", 12), ("grade", 12), ("met", 8), ("unmet", 8), ("undetermined", 8)),
)
_REASONS = (("number", 7), ("row", 25), ("verdict", 10), ("points", 13), ("reason", 60))


def pages(report: Report) -> list[Page]:
    """An overview where there are several projects, the forms, and the reasons of all points."""
    projects = report.summary.projects
    several = len(projects) > 1
    made = [_overview(report)] if several else []
    for number, project in enumerate(projects, start=1):
        name = f"{number}.{project.project.name}" if several else project.project.name
        made.append(page(form(project, report), name))
    return [*made, _reasons(report)]


def form(result: ProjectResult, report: Report) -> Form:
    """The official form of a scored project."""
    project, remarks, lang = result.project, report.remarks, report.lang
    rows = zip(result.indicators, level_texts(project), strict=True)
    known = [row.weight for row in result.indicators if row.weight is not None]
    spent = result.execution
    whole = sum(known, Fraction(0)) + (Fraction(0) if spent is None else spent.weight)
    score = phrase("report.no_score", lang) if result.score is None else str(result.score)
    grade = phrase("paper.grade", lang, grade=listed(result.grades, lang)) if result.grades else ""
    return Form(
        project.name,
        tuple(_row(row, levels, project.year, report) for row, levels in rows),
        fund_lines(project, _spending(result)),
        department=project.department,
        implementer=project.implementer or remarks.implementers.get(project.name, ""),
        year=project.year or report.summary.year,
        goals=project.goals,
        outcome=project.outcome or remarks.outcomes.get(project.name, ""),
        weight=exact.text(whole) if known else "",
        score=score,
        grade=grade,
        foot=(phrase("paper.rule", lang, policy=result.policy),),
    )


def _row(
    row: IndicatorResult, levels: tuple[str, str], year: int | None, report: Report
) -> FormRow:
    left_out = row.left_out and row.weight is None
    return FormRow(
        *levels,
        row.indicator.name,
        target_text(row.indicator, year),
        row.actual.source,
        _NONE if left_out else _text(row.weight),
        _NONE if left_out else _score(row),
        _reason_of(row, report),
    )


def _reason_of(row: IndicatorResult, report: Report) -> str:
    """What a person wrote: why the row deviates, else why it was decided as it was."""
    known = report.remarks.reasons
    for place in (row.given, row.indicator.place):
        if place is not None and place in known:
            return known[place]
    return "" if row.decision is None else row.decision.reason


def _text(points: Fraction | None) -> str:
    return "" if points is None else exact.text(points)


def _score(row: IndicatorResult) -> str:
    return "" if row.score is None else str(row.score)


def _spending(result: ProjectResult) -> FundLine:
    """The row of the whole sum, with rate and points where spending is scored."""
    budget, spent = result.project.budget, result.execution
    if spent is None:
        return FundLine(WHOLE, budget=in_wan(budget))
    rate = "" if spent.rate is None else percent(spent.rate)
    done, weight = in_wan(spent.executed), exact.text(spent.weight)
    return FundLine(WHOLE, "", in_wan(budget), done, weight, rate, str(spent.score))


def _overview(report: Report) -> Page:
    """All projects, a line each, and what holds for all of them."""
    summary, lang = report.summary, report.lang
    last = len(_OVERVIEW)
    cells = [Cell(0, 0, phrase("paper.overview", lang), Look.TITLE, columns=last)]
    cells += _header(1, [name for name, _ in _OVERVIEW], lang)
    for number, project in enumerate(summary.projects, start=1):
        cells += _overview_row(number, project, lang)
    told = [standing.means(summary, lang), standing.spread(summary, lang)]
    rule = phrase("paper.rule", lang, policy=summary.policy)
    lines = [counted(summary.compliance, lang), *filter(None, told), rule]
    below = 2 + len(summary.projects)
    cells += [Cell(at, 0, it, Look.FOOT, columns=last) for at, it in enumerate(lines, below)]
    name = phrase("paper.overview_sheet", lang)
    return Page(name, tuple(cells), _widths(_OVERVIEW), landscape=True, heads=(1, 1))


def _overview_row(number: int, result: ProjectResult, lang: str) -> Iterator[Cell]:
    at, project, counts = 1 + number, result.project, result.compliance
    rate = None if result.execution is None else result.execution.rate
    score = phrase("report.no_score", lang) if result.score is None else str(result.score)
    grades = listed(result.grades, lang) or _NONE
    yield Cell(at, 0, str(number), Look.MIDDLE)
    yield Cell(at, 1, project.name)
    yield Cell(at, 2, project.department, Look.MIDDLE)
    yield Cell(at, 3, in_wan(project.budget), Look.MONEY)
    yield Cell(at, 4, _NONE if rate is None else percent(rate), Look.NUMBER)
    yield Cell(at, 5, score, Look.NUMBER)
    yield Cell(at, 6, grades, Look.MIDDLE)
    for place, count in enumerate((counts.met, counts.unmet, counts.undetermined), start=7):
        yield Cell(at, place, str(count), Look.NUMBER)


def _reasons(report: Report) -> Page:
    """How every row came to its points."""
    lang, last = report.lang, len(_REASONS)
    cells = [Cell(0, 0, phrase("paper.reasons", lang), Look.TITLE, columns=last)]
    cells += _header(1, [name for name, _ in _REASONS], lang)
    at = 2
    for result in report.summary.projects:
        cells.append(Cell(at, 0, result.project.name, Look.LABEL, columns=last))
        for number, row in enumerate(result.indicators, start=1):
            cells += _reason(at + number, number, row, report)
        at += 1 + len(result.indicators)
        for line in _about(result, lang):
            cells.append(Cell(at, 0, line, columns=last))
            at += 1
    name = phrase("paper.reasons_sheet", lang)
    return Page(name, tuple(cells), _widths(_REASONS), heads=(1, 1))


def _reason(at: int, number: int, row: IndicatorResult, report: Report) -> Iterator[Cell]:
    lang = report.lang
    word = row_word(row, lang)
    if row.decision is not None:
        word = phrase("verdict.decided", lang, verdict=word)
    points = ""
    if row.score is not None and row.weight is not None:
        points = phrase("of", lang, part=row.score, whole=exact.text(row.weight))
    yield Cell(at, 0, str(number), Look.MIDDLE)
    yield Cell(at, 1, row.indicator.name)
    yield Cell(at, 2, word, Look.MIDDLE)
    yield Cell(at, 3, points, Look.NUMBER)
    yield Cell(at, 4, "\n".join(_said(row, report)))


def _said(row: IndicatorResult, report: Report) -> list[str]:
    """The sentence of a row, and what was assumed about it where it is not plainly met."""
    lang = report.lang
    told = [explanation(row, lang)]
    for problem in row.indicator.problems:
        told.append(phrase("report.problem", lang, problem=problem.message(lang)))
    if report.explain:
        told += steps(row, lang)
    elif not plainly_met(row):
        said = bare(told[0])
        notes = [note.message(lang) for note in all_notes(row)]
        told += [phrase("report.note", lang, note=it) for it in notes if bare(it) not in said]
    return told


def _about(result: ProjectResult, lang: str) -> list[str]:
    """What is to be said of a project as a whole."""
    told = [counted(result.compliance, lang), executed(result.execution, lang)]
    told += [*standing.losses(result, lang), *standing.ahead(result, lang)]
    if result.alternative is not None:
        told.append(phrase("report.alternative", lang, score=result.alternative))
    notes = [it for it in notes_beside_execution(result) if it.code not in _OF_THE_SOURCE]
    told += [phrase("report.note", lang, note=note.message(lang)) for note in notes]
    for problem in project_problems(result):
        told.append(phrase("report.problem", lang, problem=problem.message(lang)))
    return [line for line in told if line]


def _header(at: int, names: Sequence[str], lang: str) -> list[Cell]:
    return [
        Cell(at, place, phrase(f"paper.column.{name}", lang), Look.LABEL)
        for place, name in enumerate(names)
    ]


def _widths(columns: Iterable[tuple[str, int]]) -> tuple[int, ...]:
    return tuple(width for _, width in columns)
