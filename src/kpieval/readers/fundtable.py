"""The table of funds in the head of a self-evaluation form: budgets and spending in columns.

Its header names 年初预算数, 全年预算数 and 全年执行数; its rows are the total and the funds.
"""

from __future__ import annotations

import re

from attrs import frozen

from kpieval.readers import cells
from kpieval.readers.columns import header_word
from kpieval.readers.grid import Row
from kpieval.readers.labels import NOTHING

_BUDGETS = ("全年预算数", "年初预算数", "预算数")
_SPENDING = ("全年执行数", "执行数")
_TASKS = frozenset(("年度主要任务", "主要任务", "任务名称"))
"""Headers of the tasks of a whole department: what is spent on each is no source of money."""
_SO_FAR = re.compile(r"(?:1月?[-—–~～至]6月|半年度?|上半年)(?:预算)?执行数")
_WEIGHT, _SCORE = "分值", "得分"


@frozen
class FundRow:
    """One row: its label, its budget and its spending as written; "" where there is none."""

    label: str
    budget: str
    executed: str
    weight: str = ""
    score: str = ""


@frozen
class FundColumns:
    """Where the columns stand. ``others`` are the headers of what is not read, with places.

    ``so_far`` says that the spending is that of the first months (1-6月执行数), not of the year.
    """

    budget: int
    executed: int
    first: int
    others: tuple[tuple[int, str], ...]
    so_far: bool = False
    weight: int | None = None
    score: int | None = None

    def row(self, row: Row) -> FundRow | None:
        """The row of funds that a row of the head is; None when it is none."""
        labels = [cell.strip() for cell in row.cells[: self.first] if cell.strip()]
        budget, executed = row.at(self.budget), row.at(self.executed)
        fits = all(
            text in NOTHING or not text or cells.is_money(text) for text in (budget, executed)
        )
        if row.loose or not labels or not fits or len(row.cells) <= self.first:
            return None
        blank = NOTHING | {""}
        points = (row.at(place) for place in (self.weight, self.score))
        read = ("" if text in blank else text for text in (budget, executed, *points))
        return FundRow(labels[-1], *read)


def header(row: Row) -> FundColumns | None:
    """The columns, when the row is the header of such a table."""
    places = {header_word(cell)[0]: place for place, cell in enumerate(row.cells) if cell.strip()}
    if _TASKS & places.keys():
        return None
    budget = next((places[word] for word in _BUDGETS if word in places), None)
    executed = next((places[word] for word in _SPENDING if word in places), None)
    so_far = executed is None
    if so_far:
        executed = next((places[word] for word in places if _SO_FAR.fullmatch(word)), None)
    if budget is None or executed is None:
        return None
    known = [places[word] for word in (*_BUDGETS, *_SPENDING) if word in places]
    first = min(*known, executed)
    others = tuple(
        (place, word)
        for word, place in places.items()
        if place >= first and place not in (budget, executed)
    )
    scored = (places.get(_WEIGHT), places.get(_SCORE))
    return FundColumns(budget, executed, first, others, so_far, *scored)
