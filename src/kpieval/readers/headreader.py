"""The head of a form: rows of labels and values above the indicators -> what the project is.

The rows are read by their shape: a label is followed by its value, a row whose first cell is
blank goes on with the section above. What is not understood is named in a note, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from kpieval.notes import Note
from kpieval.parsing.hints import hint_of
from kpieval.readers import cells, fundtable
from kpieval.readers.blocks import MONEY_LINE, title_text
from kpieval.readers.columns import header_word
from kpieval.readers.faults import BadCell
from kpieval.readers.fundtable import FundColumns
from kpieval.readers.grid import Row, excerpt, one_line, squeeze
from kpieval.readers.head import Head
from kpieval.readers.labels import (
    BUDGET,
    DEPARTMENT,
    FUNDS,
    GOALS,
    IMPLEMENTER,
    LABELS,
    NAME,
    NOTHING,
    PURPOSE,
    YEAR,
    cut_label,
    department_code,
    fund_name,
    is_fund,
    label_of,
)
from kpieval.tables import Place

_EXPECTED = frozenset(("预期目标", "年度预期目标", "年初设定目标", "年初设定预期目标"))
_ACHIEVED = frozenset(("实际完成情况", "全年实际完成情况", "年度实际完成情况", "目标实际完成情况"))
_OUTSIDE = frozenset((NAME, DEPARTMENT, IMPLEMENTER, YEAR))
"""Labels that a line of text above a table may begin with."""

_YEAR_LINE = re.compile(r"[（(]?[0-9]{4}年度?[)）]?")
_YEARS = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*年")


def read_head(rows: Sequence[Row], file: str, sheet: str | None) -> Head:
    """The head that the rows above a header make. Never raises: faults are its ``problems``."""
    reader = _Reader(file, sheet)
    for row in rows:
        # The unit of money may stand in any row, and holds for all of them.
        reader.take_unit(row)
    for row in rows:
        reader.take(row)
    head = reader.head
    head.goals, head.purpose = "\n".join(reader.goals), "\n".join(reader.purpose)
    head.outcome = "\n".join(reader.outcome)
    head.place = reader.place(rows[0]) if rows else None
    if head.title_year is None and (found := _YEARS.match(head.name)):
        head.title_year = (int(found[1]), head.name)
    return head


@define
class _Reader:
    file: str
    sheet: str | None
    head: Head = field(factory=Head)
    section: str | None = None
    titled: bool = False
    funds: FundColumns | None = None
    goal_column: int | None = None
    outcome_column: int | None = None
    goals: list[str] = field(factory=list)
    purpose: list[str] = field(factory=list)
    outcome: list[str] = field(factory=list)

    def take_unit(self, row: Row) -> None:
        for cell in row.filled():
            found = MONEY_LINE.fullmatch(squeeze(cell))
            if found and found[1] in cells.MONEY_SCALES:
                self.head.unit = found[1]

    def take(self, row: Row) -> None:
        self.head.notes.extend(row.notes)
        self.head.problems.extend(row.problems)
        blank_first = not row.cells[0].strip()
        filled = row.filled()
        texts = [text for text in filled if not self._is_unit(text)]
        beside_unit = len(texts) < len(filled)
        if not blank_first and not row.loose:
            texts = _inline(texts)
        if not texts or self._fund_table(row) or self._goal_table(row):
            return
        if row.loose:
            self._loose(texts[0], row)
        elif blank_first and self.section is not None:
            self._value(self.section, texts, row)
        elif label_of(texts[0]) is not None or is_fund(texts[0]):
            self.section = None
            self._labelled(texts, row)
        else:
            self._unlabelled(texts, row, beside_unit=beside_unit)

    def _fund_table(self, row: Row) -> bool:
        """Whether the row is the header or a row of a table of funds; then it is taken."""
        columns = fundtable.header(row)
        if columns is not None:
            self._unit_of(row.filled()[0])
            self.funds = columns
            for cell in row.cells:
                self._unit_of(cell)  # 年初预算数（万元）
            names = ", ".join(name for _, name in columns.others)
            if names:
                note = Note.of(
                    "table.funds_columns",
                    table=self.place(row).in_table,
                    row=row.number,
                    columns=names,
                )
                self.head.notes.append(note)
            return True
        found = self.funds.row(row) if self.funds else None
        if found is None:
            self.funds = None
            return False
        if found.budget:
            self._money(found.label, found.budget, row)
        scored = found.score and label_of(found.label) == BUDGET
        if scored and self.head.execution_score is None:
            self.head.execution_score = (found.weight, found.score, self.place(row))
        if found.executed and label_of(found.label) == BUDGET:
            self._spent(found.executed, row)
        return True

    def _spent(self, written: str, row: Row) -> None:
        """Keep the first sum that was spent, with its unit: of the year, or of its first months."""
        text = written if cells.has_unit(written) else f"{written}{self.head.unit}"
        spent = (text, self.place(row))
        if self.funds is not None and self.funds.so_far:
            self.head.spent_so_far = self.head.spent_so_far or spent
        else:
            self.head.executed = self.head.executed or spent

    def _goal_table(self, row: Row) -> bool:
        """Whether the row belongs to goals in columns: 预期目标 beside 实际完成情况."""
        words = [squeeze(cell) for cell in row.cells]
        expected = next((place for place, word in enumerate(words) if word in _EXPECTED), None)
        if expected is not None and len(row.filled()) > 1:
            self.goal_column, self.section = expected, GOALS
            self.outcome_column = next(
                (at for at, word in enumerate(words) if word in _ACHIEVED), None
            )
            return True
        if self.goal_column is None or row.loose or self.goal_column >= len(row.cells):
            return False
        goal, outcome = row.at(self.goal_column), row.at(self.outcome_column)
        if row.cells[0].strip() or not (goal or outcome):
            self.goal_column = None
            return False
        self.goals += filter(None, [goal])
        self.outcome += filter(None, [outcome])
        known = (self.goal_column, self.outcome_column)
        others = [row.at(place) for place in range(len(row.cells)) if place not in known]
        self._leftover([text for text in others if text], row)
        return True

    def _is_unit(self, text: str) -> bool:
        found = MONEY_LINE.fullmatch(squeeze(text))
        return found is not None and found[1] in cells.MONEY_SCALES

    def _loose(self, text: str, row: Row) -> None:
        pair = cut_label(text)
        if pair is not None and self.section is None and label_of(pair[0]) in _OUTSIDE:
            self._labelled(list(pair), row)
        elif self.section == GOALS:
            self.goals.append(text)
        elif self.section in (FUNDS, PURPOSE) and self.purpose:
            self.purpose.append(text)
        else:
            self._unlabelled([text], row)

    def _labelled(self, texts: list[str], row: Row) -> None:
        """A row that begins with a label: pairs of label and value, or a section of its own."""
        rest = texts
        while rest:
            label, value = label_of(rest[0]), rest[1] if len(rest) > 1 else ""
            self._unit_of(rest[0])
            if label in (FUNDS, GOALS, PURPOSE):
                self.section = label
                self._value(label, rest[1:], row)
                return
            if label is not None and label_of(value) is not None:
                rest = rest[1:]
            elif label is not None:
                self._value(label, rest[1:2], row, named=rest[0])
                rest = rest[2:]
            elif is_fund(rest[0]) and cells.is_money(value):
                self._money(squeeze(rest[0]), value, row)
                rest = rest[2:]
            else:
                self._leftover(rest, row)
                return

    def _unit_of(self, label: str) -> None:
        bracket = header_word(label)[1]
        if bracket in cells.MONEY_SCALES and not self.head.unit:
            self.head.unit = bracket

    def _value(self, label: str, texts: list[str], row: Row, named: str = "") -> None:
        if not texts:
            return
        text = texts[0]
        match label:
            case "name":
                self._once("name", one_line(text), row)
            case "department" if hint_of(text) is not None:
                # 单位：个 names no department.
                self._leftover([f"{named or label} {text}"], row)
            case "department":
                self._once("department", (department_code(text) or one_line(text)), row)
            case "implementer":
                self._once("implementer", one_line(text), row)
            case "year":
                self._year(text, row)
            case "budget":
                self._money(squeeze(named), text, row)
            case "funds":
                self._funds(texts, row)
            case "purpose":
                self.purpose += texts
            case _:
                self.goals += texts

    def _funds(self, texts: list[str], row: Row) -> None:
        """Names of funds with their amounts (absent when blank); other text is the purpose."""
        rest = texts
        while rest:
            text, after = rest[0], rest[1] if len(rest) > 1 else ""
            fund = is_fund(text) or label_of(text) == BUDGET
            named = fund and after != "" and not (is_fund(after) or label_of(after))
            if cells.is_money(text):
                self._leftover([text], row)
            elif cells.is_money(after) or (named and after not in NOTHING):
                self._money(squeeze(text), after, row)
                rest = rest[1:]
            elif named:
                rest = rest[1:]
            elif not fund and label_of(text) != PURPOSE:
                self.purpose.append(text)
            rest = rest[1:]

    def _money(self, label: str, text: str, row: Row) -> None:
        bracket = header_word(label)[1]
        unit = bracket if bracket in cells.MONEY_SCALES else self.head.unit
        try:
            amount = cells.money(text, unit, column=label, place=self.place(row))
        except BadCell as problem:
            self.head.problems.append(problem)
            return
        if label_of(label) != BUDGET:
            self.head.funds.append((fund_name(label), amount))
        elif self.head.budget is None:
            self.head.budget = amount
        elif self.head.budget != amount:
            self._contradiction(label, text, row)

    def _year(self, text: str, row: Row) -> None:
        try:
            self.head.year = cells.year(text, column="年度", place=self.place(row))
        except BadCell as problem:
            self.head.problems.append(problem)

    def _once(self, attribute: str, text: str, row: Row) -> None:
        known = getattr(self.head, attribute)
        if known and known != text:
            self._contradiction(LABELS[attribute][0], text, row)
        else:
            setattr(self.head, attribute, text)

    def _unlabelled(self, texts: list[str], row: Row, *, beside_unit: bool = False) -> None:
        """A cell on its own: the title, or the department (a code before it, or a unit beside)."""
        text = texts[0]
        title = title_text(text) if len(texts) == 1 else None
        coded = department_code(text) is not None
        year = _YEARS.search(title or text)
        if title is not None and not self.titled:
            self.titled = True
            self._title_year(year, title)
        elif _YEAR_LINE.fullmatch(squeeze(text)) and self.head.title_year is None:
            self._title_year(year, text)
        elif (coded or beside_unit) and not self.head.department and not _YEARS.match(text):
            self.head.department = department_code(text) or one_line(text)
            self._leftover(texts[1:], row)
        else:
            self._leftover(texts, row)

    def _title_year(self, year: re.Match[str] | None, text: str) -> None:
        if year is not None and self.head.title_year is None:
            self.head.title_year = (int(year[1]), text)

    def _leftover(self, texts: list[str], row: Row) -> None:
        if texts:
            text = excerpt(" ".join(texts))
            place = self.place(row)
            if row.loose:
                note = Note.of("table.head_text", place=place.of_text(), text=text)
            else:
                note = Note.of("table.head_unread", table=place.in_table, row=row.number, text=text)
            self.head.notes.append(note)

    def _contradiction(self, column: str, text: str, row: Row) -> None:
        fault = BadCell("twice", where=self.place(row), column=column, found=excerpt(text))
        self.head.problems.append(fault)

    def place(self, row: Row) -> Place:
        """Where a row stands."""
        return Place(self.file, row.table or self.sheet, row.number, row.line)


def _inline(texts: list[str]) -> list[str]:
    """The cells, cut in two where one holds label and value (项目名称：…)."""
    parts: list[str] = []
    for text in texts:
        pair = cut_label(text) if len(parts) % 2 == 0 else None
        parts += pair or (text,)
    return parts
