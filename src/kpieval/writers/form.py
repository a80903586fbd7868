"""What stands in the official 项目支出绩效自评表, and the page that it makes.

The words are those of the form, in Chinese whatever the language of the reader. Scored projects
and templates to fill in are the same form; only what is blank differs.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from attrs import frozen

from kpieval.tables import DecisionCells
from kpieval.writers.layout import Cell, Fill, Kind, Look, Page, runs

TITLE = "项目支出绩效自评表"
FUNDS_LABEL = "项目资金\n（万元）"
_UNDECIDED = DecisionCells()
FUND_HEADS = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
GOALS = ("年度\n总体\n目标", "预期目标", "实际完成情况")
ASIDE = "绩效\n指标"
HEADS = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
REASON = "偏差原因分析及改进措施"
DIRECTION = "指标方向性"
DECISION = ("人工认定结论", "人工认定得分", "认定理由")
TOTAL = "总分"
SIGNED = ("填表人：", "审核人：", "填表日期：　　　　年　　月　　日")

_FIRST_FUND = 3
"""The column that the sums begin in: that of the third level."""
_ROOM = 3
"""Lines that are left for what became of the goals, however little there is to read."""
_LAST_FUND = _FIRST_FUND + len(FUND_HEADS) - 1
_WIDTHS = (10, 12, 11, 18, 14, 15, 8, 12, 16)
_DECISION_WIDTHS = (13, 10, 22)


@frozen
class FundLine:
    """A row of the funds: sums in 万元, points and rate, as text."""

    label: str
    initial: str = ""
    budget: str = ""
    executed: str = ""
    weight: str = ""
    rate: str = ""
    score: str = ""


@frozen
class FormRow:
    """An indicator as the form has it."""

    level1: str
    level2: str
    name: str
    target: str
    actual: str = ""
    weight: str = ""
    score: str = ""
    reason: str = ""
    direction: str = ""
    decision: DecisionCells = _UNDECIDED
    hint: str = ""
    most: Fraction | None = None


@frozen
class Hints:
    """What is said beside the cells of a form that is to be filled in, and below it."""

    choice: str
    points: str
    reason: str
    money: str
    choices: tuple[str, ...]
    foot: tuple[str, ...] = ()


@frozen
class Form:
    """One project's form. With ``hints`` it is one to fill in, with columns for decisions."""

    project: str
    rows: tuple[FormRow, ...]
    funds: tuple[FundLine, ...]
    department: str = ""
    implementer: str = ""
    year: int | None = None
    goals: str = ""
    outcome: str = ""
    weight: str = ""
    score: str = ""
    grade: str = ""
    foot: tuple[str, ...] = ()
    hints: Hints | None = None

    @property
    def directed(self) -> bool:
        """Whether any row says which way is better: then the form has a column for it."""
        return self.hints is not None and any(row.direction for row in self.rows)


def page(form: Form, name: str) -> Page:
    """The page of a form, called ``name``."""
    drawn = _Drawing(form)
    cells = (*drawn.head(), *drawn.funds(), *drawn.goals(), *drawn.table(), *drawn.foot())
    top = drawn.table_top
    return Page(
        name,
        cells,
        drawn.widths,
        landscape=form.hints is not None,
        heads=(top, top),
        guarded=form.hints is not None,
    )


class _Drawing:
    """The form's parts from the top down; each knows where the one above ends."""

    def __init__(self, form: Form) -> None:
        self.form = form
        more = ((10,) if form.directed else ()) + (_DECISION_WIDTHS if form.hints else ())
        self.widths = (*_WIDTHS, *more)
        self.last = len(self.widths)
        self.fund_top = 4
        self.goal_top = self.fund_top + 1 + len(form.funds)
        self.table_top = self.goal_top + 2
        self.total = self.table_top + 1 + len(form.rows)

    def _fill(self, fill: Fill) -> Fill | None:
        return None if self.form.hints is None else fill

    def _rest(self, column: int) -> int:
        return self.last - column

    def head(self) -> Iterator[Cell]:
        form = self.form
        year = "" if form.year is None else f"（{form.year}年度）"
        yield Cell(0, 0, TITLE, Look.TITLE, columns=self.last)
        yield Cell(1, 0, year or "（　　　　年度）", Look.SUBTITLE, columns=self.last)
        yield Cell(2, 0, "项目名称", Look.LABEL, columns=2)
        yield Cell(2, 2, form.project, Look.MIDDLE, columns=self._rest(2))
        yield Cell(3, 0, "主管部门", Look.LABEL, columns=2)
        free = self._fill(Fill())
        yield Cell(3, 2, form.department, Look.MIDDLE, columns=2, fill=free)
        yield Cell(3, 4, "实施单位", Look.LABEL)
        yield Cell(3, 5, form.implementer, Look.MIDDLE, columns=self._rest(5), fill=free)

    def funds(self) -> Iterator[Cell]:
        top, lines = self.fund_top, self.form.funds
        yield Cell(top, 0, FUNDS_LABEL, Look.LABEL, rows=1 + len(lines))
        yield Cell(top, 1, "", Look.LABEL, columns=2)
        *words, last = FUND_HEADS
        for place, word in enumerate(words, start=_FIRST_FUND):
            yield Cell(top, place, word, Look.LABEL)
        yield Cell(top, _LAST_FUND, last, Look.LABEL, columns=self._rest(_LAST_FUND))
        for at, line in enumerate(lines, start=top + 1):
            yield Cell(at, 1, line.label, Look.MIDDLE, columns=2)
            yield from self._fund(at, line)

    def _fund(self, at: int, line: FundLine) -> Iterator[Cell]:
        hints = self.form.hints
        sums = (line.initial, line.budget, line.executed)
        for place, text in enumerate(sums, start=_FIRST_FUND):
            title = FUND_HEADS[place - _FIRST_FUND]
            said = hints.money if hints else ""
            fill = self._fill(Fill(title=title, hint=said))
            yield Cell(at, place, text, Look.MONEY, fill=fill)
        for place, text in enumerate((line.weight, line.rate), start=_LAST_FUND - 2):
            yield Cell(at, place, text, Look.NUMBER)
        yield Cell(at, _LAST_FUND, line.score, Look.NUMBER, columns=self._rest(_LAST_FUND))

    def goals(self) -> Iterator[Cell]:
        top, form, middle = self.goal_top, self.form, 4
        label, expected, achieved = GOALS
        yield Cell(top, 0, label, Look.LABEL, rows=2)
        yield Cell(top, 1, expected, Look.LABEL, columns=middle)
        yield Cell(top, 1 + middle, achieved, Look.LABEL, columns=self._rest(1 + middle))
        yield Cell(top + 1, 1, form.goals, columns=middle)
        yield Cell(
            *(top + 1, 1 + middle, form.outcome),
            columns=self._rest(1 + middle),
            fill=self._fill(Fill()),
            lines=_ROOM,
        )

    def table(self) -> Iterator[Cell]:
        top, form = self.table_top, self.form
        more = (DIRECTION,) if form.directed else ()
        decided = DECISION if form.hints else ()
        yield Cell(top, 0, ASIDE, Look.LABEL, rows=1 + len(form.rows))
        for place, word in enumerate((*HEADS, REASON, *more, *decided), start=1):
            yield Cell(top, place, word, Look.LABEL)
        yield from self._levels()
        for at, row in enumerate(form.rows, start=top + 1):
            yield from self._row(at, row)
        yield Cell(self.total, 0, TOTAL, Look.LABEL, columns=6)
        yield Cell(self.total, 6, form.weight, Look.NUMBER)
        yield Cell(self.total, 7, form.score, Look.NUMBER)
        yield Cell(self.total, 8, form.grade, Look.MIDDLE, columns=self._rest(8))

    def _levels(self) -> Iterator[Cell]:
        rows, first = self.form.rows, self.table_top + 1
        outer = [row.level1 for row in rows]
        for start, count in runs(outer):
            yield Cell(first + start, 1, rows[start].level1, Look.MIDDLE, rows=count)
        for start, count in runs((row.level1, row.level2) for row in rows):
            yield Cell(first + start, 2, rows[start].level2, Look.MIDDLE, rows=count)

    def _row(self, at: int, row: FormRow) -> Iterator[Cell]:
        hints = self.form.hints
        yield Cell(at, 3, row.name)
        yield Cell(at, 4, row.target, Look.MIDDLE)
        actual = self._fill(Fill(title="实际完成值", hint=row.hint))
        yield Cell(at, 5, row.actual, Look.MIDDLE, fill=actual)
        yield Cell(at, 6, row.weight, Look.NUMBER)
        yield Cell(at, 7, row.score, Look.NUMBER)
        yield Cell(at, 8, row.reason, fill=self._fill(Fill()))
        if self.form.directed:
            yield Cell(at, 9, row.direction, Look.MIDDLE)
        if hints is not None:
            yield from self._decision(at, row, hints)

    def _decision(self, at: int, row: FormRow, hints: Hints) -> Iterator[Cell]:
        first, decision = self.last - len(DECISION), row.decision
        choice = Fill(Kind.CHOICE, DECISION[0], hints.choice, hints.choices)
        points = Fill(Kind.NUMBER, DECISION[1], hints.points, most=row.most)
        reason = Fill(title=DECISION[2], hint=hints.reason)
        yield Cell(at, first, decision.verdict, Look.MIDDLE, fill=choice)
        yield Cell(at, first + 1, decision.points, Look.NUMBER, fill=points)
        yield Cell(at, first + 2, decision.reason, fill=reason)

    def foot(self) -> Iterator[Cell]:
        hints = self.form.hints
        at = self.total + 1
        signed = "　　　　　　　　　　".join(SIGNED)
        yield Cell(at, 0, signed, Look.FOOT, columns=self.last, fill=self._fill(Fill()))
        lines = (*self.form.foot, *(hints.foot if hints else ()))
        for place, line in enumerate(lines, start=at + 1):
            yield Cell(place, 0, line, Look.FOOT, columns=self.last)
