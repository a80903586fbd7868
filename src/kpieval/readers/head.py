"""The head of a form: rows of labels and values above the indicators -> what the project is.

The rows are read by their shape: a label is followed by its value, a row whose first cell is
blank goes on with the section above. What is not understood is named in a note, never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from attrs import define, field

from kpieval.amounts import Amount
from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers import cells
from kpieval.readers.blocks import MONEY_LINE, title_text
from kpieval.readers.columns import header_word
from kpieval.readers.faults import BadCell
from kpieval.readers.grid import Row, excerpt, one_line, squeeze
from kpieval.tables import Place

_NAME, _DEPARTMENT, _YEAR, _BUDGET = "name", "department", "year", "budget"
_FUNDS, _PURPOSE, _GOALS = "funds", "purpose", "goals"
_LABELS: dict[str, tuple[str, ...]] = {
    _NAME: ("项目名称", "项目支出名称"),
    _DEPARTMENT: (
        *("主管部门", "预算部门", "单位名称", "部门名称", "主管部门及代码", "单位"),
        *("部门", "单位代码及名称", "预算单位"),
    ),
    _YEAR: ("年度", "预算年度", "年份"),
    _BUDGET: (
        *("预算数", "预算金额", "项目资金总额", "年度资金总额", "全年预算数"),
        *("年度预算数", "资金总额", "预算总额"),
    ),
    _FUNDS: ("预算规模及资金用途", "预算规模", "项目资金", "资金情况", "预算情况"),
    _PURPOSE: ("资金用途", "资金使用用途"),
    _GOALS: (
        *("绩效目标", "年度目标", "年度绩效目标", "年度总体目标", "项目总目标", "总体目标"),
        *("本年度绩效目标", "项目绩效目标", "总体绩效目标"),
    ),
}
_LABEL_OF = {word: label for label, words in _LABELS.items() for word in words}
_FUND = re.compile(
    r"(?:其中[:：])?(?:本年|当年|上年|以前年度|中央|省级|市级|区级|县级|地方|上级|本级|一般公共预算"
    r"|政府性基金|国有资本经营预算|社会保险基金|专户|单位|事业|经营|自有|自筹|社会|其他|其它|财政)*"
    r"(?:专项|性)?(?:资金|拨款|结转资金|结转结余资金|结转|结余|收入|债券)"
)
_NOTHING = frozenset(("/", "／", "—", "－", "-", "无"))
_CODED = re.compile(r"[0-9]{3,}[-_ ]*(\D.*)", re.DOTALL)
_YEARS = re.compile(r"(?<![0-9])((?:19|20|21)[0-9]{2})\s*年")


@define
class Head:
    """What the head of one project says; empty fields where it says nothing.

    ``title_year`` is the year that the title or the name mentions, with the text it stood in.
    """

    name: str = ""
    department: str = ""
    year: int | None = None
    title_year: tuple[int, str] | None = None
    unit: str = ""
    budget: Amount | None = None
    funds: list[tuple[str, Amount]] = field(factory=list)
    purpose: str = ""
    goals: str = ""
    place: Place | None = None
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)


def read_head(rows: Sequence[Row], file: str, sheet: str | None) -> Head:
    """The head that the rows above a header make. Never raises: faults are its ``problems``."""
    reader = _Reader(file, sheet)
    for row in rows:
        # The unit of money may stand in any row, and holds for all of them.
        reader.take_unit(row)
    for row in rows:
        reader.take(row)
    head = reader.head
    head.place = Place(file, sheet, rows[0].number) if rows else None
    if head.title_year is None and (found := _YEARS.match(head.name)):
        head.title_year = (int(found[1]), head.name)
    return head


@define
class _Reader:
    file: str
    sheet: str | None
    head: Head = field(factory=Head)
    section: str | None = None

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
        if not blank_first:
            texts = _inline(texts)
        if not texts:
            return
        if row.loose:
            self._loose(texts[0], row)
        elif blank_first and self.section is not None:
            self._value(self.section, texts, row)
        elif _label(texts[0]) is not None or _is_fund(texts[0]):
            self.section = None
            self._labelled(texts, row)
        else:
            self._unlabelled(texts, row, beside_unit=beside_unit)

    def _is_unit(self, text: str) -> bool:
        found = MONEY_LINE.fullmatch(squeeze(text))
        return found is not None and found[1] in cells.MONEY_SCALES

    def _loose(self, text: str, row: Row) -> None:
        if self.section == _GOALS:
            self._append_goals([text])
        elif self.section in (_FUNDS, _PURPOSE) and self.head.purpose:
            self.head.purpose += f"\n{text}"
        else:
            self._unlabelled([text], row)

    def _labelled(self, texts: list[str], row: Row) -> None:
        """A row that begins with a label: pairs of label and value, or a section of its own."""
        rest = texts
        while rest:
            label, value = _label(rest[0]), rest[1] if len(rest) > 1 else ""
            self._unit_of(rest[0])
            if label in (_FUNDS, _GOALS, _PURPOSE):
                self.section = label
                self._value(label, rest[1:], row)
                return
            if label is not None and _label(value) is not None:
                rest = rest[1:]
            elif label is not None:
                self._value(label, rest[1:2], row, named=rest[0])
                rest = rest[2:]
            elif _is_fund(rest[0]) and cells.is_money(value):
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
            case "department":
                self._once("department", _without_code(text), row)
            case "year":
                self._year(text, row)
            case "budget":
                self._money(squeeze(named), text, row)
            case "funds":
                self._funds(texts, row)
            case "purpose":
                self.head.purpose = "\n".join(filter(None, [self.head.purpose, *texts]))
            case _:
                self._append_goals(texts)

    def _funds(self, texts: list[str], row: Row) -> None:
        """Names of funds with their amounts (absent when blank); other text is the purpose."""
        rest = texts
        while rest:
            text, after = rest[0], rest[1] if len(rest) > 1 else ""
            fund = _is_fund(text) or _label(text) == _BUDGET
            named = fund and after != "" and not (_is_fund(after) or _label(after))
            if cells.is_money(text):
                self._leftover([text], row)
            elif cells.is_money(after) or (named and after not in _NOTHING):
                self._money(squeeze(text), after, row)
                rest = rest[1:]
            elif named:
                rest = rest[1:]
            elif not fund and _label(text) != _PURPOSE:
                self.head.purpose = "\n".join(filter(None, [self.head.purpose, text]))
            rest = rest[1:]

    def _money(self, label: str, text: str, row: Row) -> None:
        word, bracket = header_word(label)
        unit = bracket if bracket in cells.MONEY_SCALES else self.head.unit
        try:
            amount = cells.money(text, unit, column=label, place=self._place(row))
        except BadCell as problem:
            self.head.problems.append(problem)
            return
        if _LABEL_OF.get(word) != _BUDGET:
            self.head.funds.append((re.sub("^其中[:：]", "", word), amount))
        elif self.head.budget is None:
            self.head.budget = amount
        elif self.head.budget != amount:
            self._contradiction(label, text, row)

    def _year(self, text: str, row: Row) -> None:
        try:
            self.head.year = cells.year(text, column="年度", place=self._place(row))
        except BadCell as problem:
            self.head.problems.append(problem)

    def _once(self, attribute: str, text: str, row: Row) -> None:
        known = getattr(self.head, attribute)
        if known and known != text:
            self._contradiction(_LABELS[attribute][0], text, row)
        else:
            setattr(self.head, attribute, text)

    def _append_goals(self, texts: list[str]) -> None:
        self.head.goals = "\n".join(filter(None, [self.head.goals, *texts]))

    def _unlabelled(self, texts: list[str], row: Row, *, beside_unit: bool = False) -> None:
        """A cell on its own: the title, or the department (a code before it, or a unit beside)."""
        text = texts[0]
        title = title_text(text) if len(texts) == 1 else None
        coded = _CODED.fullmatch(text)
        if title is not None or re.fullmatch(r"[（(].*年度?[)）]", squeeze(text)):
            if (found := _YEARS.search(title or text)) and self.head.title_year is None:
                self.head.title_year = (int(found[1]), title or text)
        elif (coded or beside_unit) and not self.head.department and not _YEARS.match(text):
            self.head.department = _without_code(text)
            self._leftover(texts[1:], row)
        else:
            self._leftover(texts, row)

    def _leftover(self, texts: list[str], row: Row) -> None:
        if texts:
            text = excerpt(" ".join(texts))
            self.head.notes.append(Note.of("table.head_unread", row=row.number, text=text))

    def _contradiction(self, column: str, text: str, row: Row) -> None:
        fault = BadCell("twice", where=self._place(row), column=column, found=excerpt(text))
        self.head.problems.append(fault)

    def _place(self, row: Row) -> Place:
        return Place(self.file, self.sheet, row.number)


def _label(text: str) -> str | None:
    return _LABEL_OF.get(header_word(text)[0])


def _is_fund(text: str) -> bool:
    return _FUND.fullmatch(header_word(text)[0]) is not None


def _without_code(text: str) -> str:
    coded = _CODED.fullmatch(text)
    return one_line(coded[1] if coded else text)


def _inline(texts: list[str]) -> list[str]:
    """The cells, cut in two where one holds label and value (项目名称：…)."""
    parts: list[str] = []
    for text in texts:
        label, colon, value = text.replace(":", "：", 1).partition("：")
        cut = not parts or len(parts) % 2 == 0
        if cut and colon and value.strip() and _label(label) not in (None, _FUNDS):
            parts += [label, text[len(label) + 1 :].strip()]
        else:
            parts.append(text)
    return parts
