"""What a table holds: projects, their indicators, where each stood, and the actuals beside them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from attrs import field, frozen

from kpieval.amounts import Amount
from kpieval.constraints import Target, TargetError
from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.showing import Shown

EXECUTED = "全年执行数"
"""The reserved third-level name whose actual is a project's spending."""

Key = str | tuple[str, ...]
"""How an actual names its row: name, (project, name) or (project, second level, name)."""


@frozen(repr=False)
class Place(Shown):
    """Where something stood: a file, a sheet or table in it, a row.

    ``line`` is the line that the row begins on, in files that are made of lines: a cell that holds
    a line break makes the two differ.

    >>> str(Place("targets.xlsx", "表一", 7)), str(Place("actuals.csv", row=12))
    ('targets.xlsx[表一]:7', 'actuals.csv:12')
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    line: int | None = None

    @property
    def in_table(self) -> str:
        """The sheet or table as notes write it before a row: ``"[表一] "``, or ``""``."""
        return f"[{self.sheet}] " if self.sheet else ""

    def of_text(self) -> Place:
        """The place of a line of text outside of any row: by its own line, where it has one."""
        return Place(self.file, self.sheet, self.line, self.line)

    def __str__(self) -> str:
        sheet = f"[{self.sheet}]" if self.sheet else ""
        return f"{self.file}{sheet}" + (f":{self.row}" if self.row is not None else "")


@frozen(repr=False)
class DecisionCells(Shown):
    """The 认定 columns as written; they are checked when the row is scored."""

    verdict: str = ""
    points: str = ""
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody decided anything."""
        return not (self.verdict.strip() or self.points.strip() or self.reason.strip())


@frozen(repr=False)
class Indicator(Shown):
    """One row of a table. ``text`` is the target cell as written.

    ``sign`` and ``unit`` are the cells beside it, where the table has such columns.
    """

    _row_ = ("level1", "level2", "name", "text", "weight")

    level1: str
    level2: str
    name: str
    text: str
    target: Target | TargetError
    description: str = ""
    direction: str = ""
    weight: Fraction | None = None
    place: Place | None = None
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    sign: str = ""
    unit: str = ""


@frozen(repr=False)
class LevelPoints(Shown):
    """The weight that stands behind a level's name, as in 产出指标（50分）.

    ``level2`` is "" for a first level.
    """

    level1: str
    level2: str
    points: Fraction

    def holds(self, row: Indicator) -> bool:
        """Whether a row stands under the level."""
        return self.level1 == row.level1 and self.level2 in ("", row.level2)


@frozen(repr=False)
class Project(Shown):
    """One project with its budget, goals and indicators.

    ``level_points`` are the weights that its levels say, which their rows should make.
    ``implementer`` is the 实施单位; ``outcome`` says what became of the goals (实际完成情况).
    ``problems`` are faults of the table that belong to no single row.
    """

    _row_ = ("name", "year", "budget")

    name: str
    indicators: tuple[Indicator, ...]
    department: str = ""
    year: int | None = None
    budget: Amount | None = None
    funds: tuple[tuple[str, Amount], ...] = ()
    purpose: str = ""
    goals: str = ""
    level_points: tuple[LevelPoints, ...] = ()
    place: Place | None = None
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    implementer: str = ""
    outcome: str = ""


@frozen(repr=False)
class ActualEntry(Shown):
    """One actual as written, with whatever was said about which row it belongs to.

    ``so_far`` and ``likelihood`` are what monitoring forms say in the middle of the year
    (半年度指标执行情况, 完成目标可能性); scoring reads neither. ``deduction`` is 扣减分数.
    """

    _row_ = ("project", "name", "value")

    name: str
    value: str
    project: str = ""
    level2: str = ""
    previous: str = ""
    decision: DecisionCells = DecisionCells()
    place: Place | None = None
    so_far: str = ""
    likelihood: str = ""
    deduction: str = ""


@frozen(repr=False)
class Actuals(Shown):
    """The actuals of a year, as written. A row without an entry is Missing, never zero."""

    entries: tuple[ActualEntry, ...] = ()

    @classmethod
    def from_mapping(
        cls, values: Mapping[str, str] | Mapping[tuple[str, ...], str] | Mapping[Key, str]
    ) -> Actuals:
        """Actuals by name, by (project, name) or by (project, second level, name).

        Values are text; a float would not be exact and is refused.

        >>> Actuals.from_mapping({"补助人员数量": "12人"}).entries[0].value
        '12人'
        """
        return cls(tuple(_entry(key, value) for key, value in values.items()))

    def __add__(self, other: Actuals) -> Actuals:
        return Actuals(self.entries + other.entries)


@frozen(repr=False)
class ScoreEntry(Shown):
    """A published score as written, with its weight where it has one of its own, and the reason.

    The name :data:`EXECUTED` stands for the budget execution.
    """

    _row_ = ("project", "name", "value", "weight")

    name: str
    value: str
    project: str = ""
    level2: str = ""
    weight: str = ""
    reason: str = ""
    place: Place | None = None


@frozen(repr=False)
class TotalEntry(Shown):
    """What a table says of a project as a whole: the total of its points, of weights, its grade.

    With ``level1``, it is what a subtotal (小计) says of the rows of that first level.
    """

    _row_ = ("project", "score", "weight", "grade")

    project: str = ""
    score: str = ""
    weight: str = ""
    grade: str = ""
    place: Place | None = None
    level1: str = ""


@frozen(repr=False)
class Published(Shown):
    """The scores, totals and grades that a self-evaluation publishes, as written."""

    entries: tuple[ScoreEntry, ...] = ()
    totals: tuple[TotalEntry, ...] = ()

    @classmethod
    def from_mapping(
        cls,
        values: Mapping[str, str] | Mapping[tuple[str, ...], str] | Mapping[Key, str],
        *,
        total: str = "",
        grade: str = "",
    ) -> Published:
        """Published scores by the keys that :meth:`Actuals.from_mapping` takes.

        >>> Published.from_mapping({"补助人员数量": "9.5"}, total="96").totals[0].score
        '96'
        """
        found = Actuals.from_mapping(values).entries
        totals = (TotalEntry(score=total, grade=grade),) if total or grade else ()
        return cls(tuple(ScoreEntry(e.name, e.value, e.project, e.level2) for e in found), totals)

    def __add__(self, other: Published) -> Published:
        return Published(self.entries + other.entries, self.totals + other.totals)


def _entry(key: Key, value: str) -> ActualEntry:
    if not isinstance(value, str):
        raise TypeError(f"the actual of {key!r} must be text such as '95%', not {value!r}")
    match (key,) if isinstance(key, str) else key:
        case (name,):
            return ActualEntry(name, value)
        case (project, name):
            return ActualEntry(name, value, project=project)
        case (project, level2, name):
            return ActualEntry(name, value, project=project, level2=level2)
        case _:
            raise TypeError(
                f"{key!r} is no key: a name, (project, name) or (project, level2, name)"
            )
