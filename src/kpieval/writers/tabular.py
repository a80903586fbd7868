"""A document that was read -> one plain table under the official column names.

Nothing that was read is left out: columns without an official name keep their own, what the head
of a form says stands in columns of its own at the project's first row, totals are rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from attrs import define, field, frozen

from kpieval import exact
from kpieval.amounts import Amount
from kpieval.constraints import TargetError
from kpieval.readers.cells import MONEY_SCALES, number
from kpieval.readers.columns import WORDS, Role
from kpieval.readers.document import Document, Record
from kpieval.tables import EXECUTED, Indicator, Place, Project
from kpieval.writers.table import BUDGET, Table
from kpieval.writers.written import level_texts

TOTAL = "总分"
RAW_ROW = "原行"
"""Where a row stands as it was whose cells do not fit under the headers."""

_SHIFTED = ("too_wide", "too_narrow")
_PLACED = (Role.PROJECT, Role.LEVEL1, Role.LEVEL2, Role.NAME)


@define
class _Line:
    """One row in the making: by role, and by header for the columns that have no role."""

    cells: dict[Role, str]
    extra: dict[str, str] = field(factory=dict)


@frozen
class _Home:
    """Where a row belongs: its project, its levels as written."""

    project: Project
    row: Indicator
    levels: tuple[str, str]


def table_of(document: Document) -> Table:
    """The table of everything that was read from one file."""
    lines = [*_Lines(document).made()]
    roles = [
        role for role in Role if role in document.roles or any(role in line.cells for line in lines)
    ]
    names = list(dict.fromkeys(name for line in lines for name in line.extra))
    headers = [BUDGET if role is Role.BUDGET else WORDS[role][0] for role in roles]
    rows = tuple(
        (
            *(line.cells.get(role, "") for role in roles),
            *(line.extra.get(name, "") for name in names),
        )
        for line in lines
    )
    return Table((*headers, *names), rows)


class _Lines:
    """The rows of a document, with what its projects say of them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.homes = dict(_homes(document.projects))
        self.by_name = {project.name: project for project in document.projects}
        self.begun: set[int] = set()

    def made(self) -> Iterator[_Line]:
        for record in self.document.records:
            yield self._line(record)
        yield from self._spending()
        yield from self._totals()

    def _line(self, record: Record) -> _Line:
        line = _Line(dict(record.cells), _extras(record))
        home = self.homes.get(record.place)
        if home is None:
            self._share(line, self._project(record.get(Role.PROJECT)), record)
            return line
        self._share(line, home.project, record)
        for role, text in zip((Role.LEVEL1, Role.LEVEL2), home.levels, strict=True):
            if text:
                line.cells[role] = text
        if _is_shifted(home.row):
            line.cells = {role: text for role, text in line.cells.items() if role in _PLACED}
            line.extra = {RAW_ROW: home.row.target.source}
        if id(home.project) not in self.begun:
            self.begun.add(id(home.project))
            line.extra |= _head(home.project)
        return line

    def _project(self, name: str) -> Project | None:
        projects = self.document.projects
        return self.by_name.get(name) or (projects[0] if len(projects) == 1 and not name else None)

    def _share(self, line: _Line, project: Project | None, record: Record | None = None) -> None:
        """What the project says for all of its rows, where the row says nothing of its own."""
        if project is None:
            return
        line.cells[Role.PROJECT] = project.name
        if project.department:
            line.cells.setdefault(Role.DEPARTMENT, project.department)
        if project.year is not None:
            line.cells.setdefault(Role.YEAR, str(project.year))
        written = "" if record is None else record.get(Role.BUDGET)
        if project.budget is not None and (not written or _is_sum(written, project.budget)):
            line.cells[Role.BUDGET] = exact.text(project.budget.value)

    def _spending(self) -> Iterator[_Line]:
        """The spending that stands in the head of a form, with the points for it."""
        known = {record.place for record in self.document.records}
        scored = {
            entry.place: entry
            for entry in self.document.published.entries
            if entry.name == EXECUTED and entry.place not in known
        }
        for entry in self.document.actuals.entries:
            if entry.name != EXECUTED or entry.place in known:
                continue
            cells = {Role.NAME: EXECUTED, Role.ACTUAL: entry.value, Role.SO_FAR: entry.so_far}
            score = scored.get(entry.place)
            if score is not None:
                cells |= {Role.WEIGHT: score.weight, Role.SCORE: score.value}
            yield self._beside(cells, entry.project)

    def _totals(self) -> Iterator[_Line]:
        for total in self.document.published.totals:
            cells = {Role.NAME: TOTAL, Role.WEIGHT: total.weight, Role.SCORE: total.score}
            line = self._beside(cells, total.project)
            if total.grade:
                line.extra["等级"] = total.grade
            yield line

    def _beside(self, cells: Mapping[Role, str], name: str) -> _Line:
        """A row that stands in no table of the file."""
        line = _Line({role: text for role, text in cells.items() if text})
        if name:
            line.cells[Role.PROJECT] = name
        self._share(line, self._project(name))
        return line


def _homes(projects: Iterable[Project]) -> Iterator[tuple[Place, _Home]]:
    for project in projects:
        said: set[tuple[str, ...]] = set()
        for row, levels in zip(project.indicators, level_texts(project), strict=True):
            # The points of a level are said once, at its first row.
            first = levels[0] if (row.level1,) not in said else row.level1
            second = levels[1] if (row.level1, row.level2) not in said else row.level2
            said |= {(row.level1,), (row.level1, row.level2)}
            if row.place is not None:
                yield row.place, _Home(project, row, (first, second))


def _extras(record: Record) -> dict[str, str]:
    """The columns without a role; a name that stands twice in a row is numbered."""
    found: dict[str, str] = {}
    for name, text in record.extra:
        tried, more = name, 1
        while tried in found:
            more += 1
            tried = f"{name} {more}"
        found[tried] = text
    return found


def _head(project: Project) -> dict[str, str]:
    """What the head of a form says of its project and no official column holds."""
    said = {
        "实施单位": project.implementer,
        "资金用途": project.purpose,
        "年度总体目标": project.goals,
        "实际完成情况": project.outcome,
    }
    said |= {f"资金：{name}(元)": exact.text(amount.value) for name, amount in project.funds}
    return {name: text for name, text in said.items() if text}


def _is_shifted(row: Indicator) -> bool:
    shifted = any(problem.params.get("reason") in _SHIFTED for problem in row.problems)
    return shifted and isinstance(row.target, TargetError)


def _is_sum(text: str, budget: Amount) -> bool:
    """Whether a cell is the budget of its project, in whatever unit its table is."""
    plain = text.rstrip("元亿百万千")
    value = number(plain)
    return value is not None and any(
        value * scale == budget.value for scale in MONEY_SCALES.values()
    )
