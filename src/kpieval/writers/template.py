"""The form that is to be filled in with actuals: on paper, in a workbook, as a plain table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kpieval import exact
from kpieval.actuals import Attained
from kpieval.phrases import phrase
from kpieval.readers.columns import WORDS, Role
from kpieval.tables import EXECUTED, Indicator, Project
from kpieval.writers.form import Form, FormRow, FundLine, Hints, page
from kpieval.writers.funds import WHOLE, fund_lines, in_wan
from kpieval.writers.layout import Page
from kpieval.writers.table import BUDGET, Table
from kpieval.writers.written import level_texts, target_text

_ALWAYS = (
    *(Role.PROJECT, Role.LEVEL1, Role.LEVEL2, Role.NAME, Role.TARGET, Role.ACTUAL, Role.REASON),
    *(Role.DECISION, Role.DECISION_POINTS, Role.DECISION_REASON),
)


def choices() -> tuple[str, ...]:
    """The words that a person decides with, as the decision columns take them.

    >>> choices()
    ('达成', '部分达成', '未达成')
    """
    return tuple(phrase(f"attained.{one.value}", "zh") for one in Attained)


def template_pages(projects: Sequence[Project], lang: str) -> list[Page]:
    """A form for each project, to be filled in and read again."""
    several = len(projects) > 1
    return [
        page(_form(project, lang), f"{number}.{project.name}" if several else project.name)
        for number, project in enumerate(projects, start=1)
    ]


def _form(project: Project, lang: str) -> Form:
    hints = Hints(
        choice=phrase("template.choice", lang, words=phrase("list", lang).join(choices())),
        points=phrase("template.points", lang),
        reason=phrase("template.reason", lang),
        money=phrase("template.money", lang),
        choices=choices(),
        foot=(phrase("template.foot", lang),),
    )
    rows = zip(project.indicators, level_texts(project), strict=True)
    return Form(
        project.name,
        tuple(_row(row, levels, project.year, lang) for row, levels in rows),
        fund_lines(project, FundLine(WHOLE, budget=in_wan(project.budget))),
        department=project.department,
        implementer=project.implementer,
        year=project.year,
        goals=project.goals,
        hints=hints,
    )


def _row(row: Indicator, levels: tuple[str, str], year: int | None, lang: str) -> FormRow:
    target = target_text(row, year)
    hint = phrase("template.actual", lang, target=target)
    if row.description:
        hint += "\n" + row.description
    return FormRow(
        *levels,
        row.name,
        target,
        weight="" if row.weight is None else exact.text(row.weight),
        direction=row.direction,
        hint=hint,
        most=row.weight,
    )


def template_table(projects: Iterable[Project]) -> Table:
    """The same as a plain table under the official names, with a row for the spending of each."""
    rows = [row for project in projects for row in _rows(project)]
    wanted = {role for row in rows for role, text in row.items() if text} | set(_ALWAYS)
    roles = [role for role in Role if role in wanted]
    headers = tuple(BUDGET if role is Role.BUDGET else WORDS[role][0] for role in roles)
    return Table(headers, tuple(tuple(row.get(role, "") for role in roles) for row in rows))


def _rows(project: Project) -> Iterable[dict[Role, str]]:
    shared = {
        Role.PROJECT: project.name,
        Role.DEPARTMENT: project.department,
        Role.YEAR: "" if project.year is None else str(project.year),
        Role.BUDGET: "" if project.budget is None else exact.text(project.budget.value),
    }
    for row in project.indicators:
        yield shared | {
            Role.LEVEL1: row.level1,
            Role.LEVEL2: row.level2,
            Role.NAME: row.name,
            Role.DESCRIPTION: row.description,
            Role.TARGET: target_text(row, project.year),
            Role.DIRECTION: row.direction,
            Role.WEIGHT: "" if row.weight is None else exact.text(row.weight),
        }
    yield shared | {Role.NAME: EXECUTED}
