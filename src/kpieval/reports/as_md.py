"""The report as Markdown tables, one a project, for pull requests and wikis."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kpieval.explaining import explanation, row_word
from kpieval.overview import pending
from kpieval.phrases import counted, listed, phrase, points, span
from kpieval.reports import standing
from kpieval.reports.report import Report
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.unseen import spelled

SUFFIXES = (".md",)

_COLUMNS = ("name", "target", "actual", "verdict", "points", "weight", "explanation")
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!])")


def render(report: Report) -> str:
    """A heading, a table and results for each project, then several projects together."""
    blocks = [_project(project, report.lang) for project in report.summary.projects]
    if len(report.summary.projects) > 1:
        blocks.append(_together(report))
    return "\n".join(blocks)


def _project(project: ProjectResult, lang: str) -> str:
    heads = [phrase(f"column.{name}", lang) for name in _COLUMNS]
    score = phrase("report.no_score", lang)
    if project.score is not None:
        score = phrase("report.score", lang, score=span(project.score, lang))
    grade = phrase("report.grade", lang, grade=listed(project.grades, lang))
    told = phrase("comma", lang).join((score, grade)) if project.grades else score
    lines = [
        f"## {escaped(project.project.name)}",
        "",
        table_line(heads),
        table_line(["---"] * len(heads)),
    ]
    lines += [
        table_line([escaped(cell) for cell in _cells(row, lang)]) for row in project.indicators
    ]
    stands = [*standing.losses(project, lang), *standing.ahead(project, lang)]
    below = ["", *(f"- {escaped(one)}" for one in stands)] if stands else []
    return "\n".join([*lines, "", escaped(told), *below, ""])


def _together(report: Report) -> str:
    """Several projects: counts, means, grades, and all rows that need a person."""
    summary, lang = report.summary, report.lang
    told = [counted(summary.compliance, lang), standing.means(summary, lang)]
    told = [one for one in [*told, standing.spread(summary, lang)] if one]
    lines = [f"## {phrase('report.total', lang)}", "", *(f"- {escaped(one)}" for one in told)]
    waiting = pending(summary)
    if waiting:
        lines += ["", f"### {escaped(phrase('overview.pending', lang))}", ""]
    for number, one in enumerate(waiting, start=1):
        label = phrase("label", lang, label=standing.waiting_row(one, lang))
        lines.append(f"{number}. {escaped(label + one.advice(lang))}")
    return "\n".join([*lines, ""])


def _cells(row: IndicatorResult, lang: str) -> tuple[str, ...]:
    return (
        row.indicator.name,
        row.indicator.text,
        row.actual.source,
        row_word(row, lang),
        "" if row.score is None else span(row.score, lang),
        "" if row.weight is None else points(row.weight),
        explanation(row, lang),
    )


def table_line(cells: Iterable[str]) -> str:
    """One line of a table, its cells as they stand.

    >>> table_line(["甲", "≥3人"])
    '| 甲 | ≥3人 |'
    """
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    r"""Text that Markdown shows as it stands.

    >>> print(escaped("a|b <i>"))
    a\|b \<i\>
    """
    return marked(spelled(text))


def marked(text: str) -> str:
    r"""The text with a backslash before every character that means something in Markdown.

    >>> print(marked("a  *"))
    a  \*
    """
    return _SPECIAL.sub(r"\\\1", text)
