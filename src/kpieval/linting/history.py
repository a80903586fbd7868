"""Earlier tables beside this one: the same project, the same row, a year ago."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from attrs import frozen

from kpieval.linting.sheets import Past
from kpieval.showing import Shown
from kpieval.tables import Actuals, Indicator, Project

_YEAR = re.compile(r"(?:19|20)[0-9]{2}(?:年度?)?")


@frozen
class History(Shown):
    """The projects of one earlier table, and the actuals that were reported for them."""

    projects: tuple[Project, ...]
    actuals: Actuals = Actuals()


def same(name: str) -> str:
    """A name without years and white space: what two years' tables are matched by.

    >>> same("2023年度物业 管理项目") == same("2024年物业管理项目")
    True
    """
    return "".join(_YEAR.sub("", name).split())


def earlier(project: Project, histories: Sequence[History], alone: bool) -> list[Project]:
    """The project in each earlier table, the latest first.

    ``alone`` says that it is the only one of its file: then so is the one that it is matched with,
    whatever it is called.
    """
    found = [
        old
        for history in histories
        for old in history.projects
        if same(old.name) == same(project.name) or (alone and len(history.projects) == 1)
    ]
    return sorted(found, key=lambda old: old.year or 0, reverse=True)


def past(
    row: Indicator, projects: Iterable[Project], histories: Sequence[History]
) -> tuple[Past, ...]:
    """What the earlier tables said of a row that has the same name there, once."""
    found = []
    for project in projects:
        rows = [old for old in project.indicators if same(old.name) == same(row.name)]
        if len(rows) == 1:
            (old,) = rows
            found.append(Past(project.year, old.target, _actual(old, project, histories)))
    return tuple(found)


def _actual(row: Indicator, project: Project, histories: Sequence[History]) -> str:
    """The actual of an earlier row as written; "" where it has none, or several."""
    values = {
        entry.value
        for history in histories
        if project in history.projects
        for entry in history.actuals.entries
        if entry.name == row.name and entry.project in ("", project.name)
    }
    return values.pop() if len(values) == 1 else ""
