"""The rows below a header -> lines: categories filled down, rows that are no indicators named."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from fractions import Fraction

from attrs import define, field

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers.columns import WORDS, Columns, Role
from kpieval.readers.document import Record
from kpieval.readers.faults import BadCell
from kpieval.readers.grid import Row, excerpt, one_line, row_list, squeeze
from kpieval.tables import EXECUTED, LevelPoints, Place

_CATEGORIES = (Role.PROJECT, Role.LEVEL1, Role.LEVEL2)
_SHARED = frozenset((*_CATEGORIES, Role.DEPARTMENT, Role.YEAR, Role.BUDGET))
_FOOT = re.compile(
    r"(?:填表|填报|制表|审核|联系|经办|复核|备注|附注|注[:：]|说明|单位负责人|负责人|日期).*",
    re.DOTALL,
)
_TOTAL = re.compile(r"(?:合计|小计|总计|总分|合计得分|总得分)(?:[（(].*[)）])?[:：]?")
_SUBTOTAL = "小计"
_POINTS = re.compile(r"[（(]([0-9]+(?:\.[0-9]+)?)分?[)）]$")


class Kind(Enum):
    """What a row is."""

    INDICATOR = auto()
    EXECUTION = auto()
    OTHER = auto()


@define
class Line:
    """One row that was looked at, with what was assumed about it and what is wrong with it.

    ``owner`` is the project that was named last, ``levels`` are the weights that its categories
    say. ``shifted`` says that its cells cannot be trusted to stand under their headers; ``raw`` is
    the row as text.
    """

    kind: Kind
    record: Record
    owner: str
    raw: str
    shifted: bool = False
    cells: tuple[str, ...] = ()
    levels: list[LevelPoints] = field(factory=list)
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)


@define
class RowReader:
    """Reads the rows of one table, top down, and remembers what a blank category continues."""

    columns: Columns
    file: str
    sheet: str | None
    fill_down: bool
    above: dict[Role, str] = field(factory=dict)
    blanks: dict[Role, list[int]] = field(factory=dict)
    unnamed: set[str] = field(factory=set)

    def read(self, row: Row) -> Line:
        """The line of a row. Never raises: faults are its ``problems``."""
        kind, note, problem = self._kind(row)
        filled = kind is not Kind.OTHER or (note is not None and note.code == "table.category_row")
        levels: list[LevelPoints] = []
        categories, notes = self._categories(row, levels) if filled else ({}, [])
        cells = {role: self.columns.cell(row.cells, role) for role in self.columns.places}
        cells[Role.NAME] = one_line(cells[Role.NAME])
        record = Record(
            {role: text for role, text in {**cells, **categories}.items() if text},
            self._place(row),
            tuple((name, text) for at, name in self.columns.unknown if (text := _at(row, at))),
        )
        self.unnamed.update(name for name, _ in record.extra if name.startswith("#"))
        raw = " | ".join(cell.strip() for cell in row.cells)
        owner = self.above.get(Role.PROJECT, "")
        line = Line(kind, record, owner, raw, cells=tuple(cell.strip() for cell in row.cells))
        line.levels += levels
        line.notes += [*row.notes, *notes, *filter(None, [note])]
        line.problems += [*row.problems, *filter(None, [problem])]
        self._check_shape(row, line)
        return line

    def notes(self) -> tuple[Note, ...]:
        """What holds for the table once all its rows were read."""
        blanks = [
            Note.of("table.blank_category", column=WORDS[role][0], rows=row_list(numbers))
            for role, numbers in self.blanks.items()
        ]
        unnamed = ", ".join(sorted(self.unnamed))
        return (*blanks, *([Note.of("table.unnamed_columns", columns=unnamed)] if unnamed else ()))

    def _kind(self, row: Row) -> tuple[Kind, Note | None, KpiEvalError | None]:
        if row.loose:
            text = excerpt(row.filled()[0])
            return Kind.OTHER, Note.of("table.text_outside", row=row.number, text=text), None
        name = squeeze(self.columns.cell(row.cells, Role.NAME))
        filled = row.filled()
        total = next((text for text in filled if _TOTAL.fullmatch(squeeze(text))), None)
        if _TOTAL.fullmatch(name) or (not name and total is not None):
            told = Note.of("table.total_row", row=row.number, text=excerpt(" ".join(filled)))
            return Kind.OTHER, told, None
        if name == EXECUTED:
            return Kind.EXECUTION, Note.of("table.execution_row", row=row.number), None
        if name:
            return Kind.INDICATOR, None, None
        return self._nameless(row, filled)

    def _nameless(
        self, row: Row, filled: list[str]
    ) -> tuple[Kind, Note | None, KpiEvalError | None]:
        """A row without 三级指标: a category, a foot line, or a fault."""
        text = excerpt(" ".join(filled))
        places = {self.columns.places.get(role) for role in _CATEGORIES}
        if all(place in places for place, cell in enumerate(row.cells) if cell.strip()):
            return Kind.OTHER, Note.of("table.category_row", row=row.number, text=text), None
        if _FOOT.fullmatch(squeeze(filled[0])):
            return Kind.OTHER, Note.of("table.text_outside", row=row.number, text=text), None
        fault = BadCell("no_name", where=self._place(row), column="三级指标", found=text)
        return Kind.OTHER, None, fault

    def _categories(
        self, row: Row, levels: list[LevelPoints]
    ) -> tuple[dict[Role, str], list[Note]]:
        """Project and categories of a row; a blank one continues the one above where it may.

        Weights that stand behind their names join ``levels``.
        """
        found: dict[Role, str] = {}
        notes: list[Note] = []
        name = squeeze(self.columns.cell(row.cells, Role.NAME))
        executed = name == EXECUTED
        for depth, role in enumerate(_CATEGORIES):
            if role not in self.columns or (executed and role is not Role.PROJECT):
                # The spending row stands under no category.
                continue
            text = one_line(self.columns.cell(row.cells, role))
            if role is not Role.PROJECT:
                text, points = _without_points(text)
                if points:
                    said = {"category": text, "points": points}
                    notes.append(Note.of("table.category_points", row=row.number, **said))
                    above = found.get(Role.LEVEL1, "") if role is Role.LEVEL2 else ""
                    names = (above, text) if role is Role.LEVEL2 else (text, "")
                    levels.append(LevelPoints(*names, Fraction(points)))
            if text and text != self.above.get(role):
                for deeper in _CATEGORIES[depth:]:
                    self.above.pop(deeper, None)
                self.above[role] = text
            elif not text and (self.fill_down or self.columns.places[role] in row.joined):
                text = self.above.get(role, "")
            if not text and name:
                self.blanks.setdefault(role, []).append(row.number)
            found[role] = text
        return found, notes

    def _check_shape(self, row: Row, line: Line) -> None:
        """Cells too many or too few, and values that are merged with the row above."""
        if line.kind is Kind.OTHER:
            return
        width = self.columns.width
        beyond = [cell.strip() for cell in row.cells[width:] if cell.strip()]
        if beyond or len(row.cells) < width:
            key = "too_wide" if beyond else "too_narrow"
            found = excerpt(line.raw)
            count = len(row.cells)
            line.problems.append(
                BadCell(key, where=self._place(row), column="-", found=found, n=count, width=width)
            )
            line.shifted = True
        merged = [
            WORDS[role][0]
            for role, place in self.columns.places.items()
            if place in row.joined and role not in _SHARED
        ]
        if merged:
            told = Note.of("table.merged_value", row=row.number, columns=", ".join(merged))
            line.notes.append(told)

    def _place(self, row: Row) -> Place:
        return Place(self.file, row.sheet or self.sheet, row.number, row.line)


def is_total(cells: Iterable[str]) -> bool:
    """Whether a row is the total of its project, not of a part of it."""
    found = (squeeze(cell) for cell in cells if _TOTAL.fullmatch(squeeze(cell)))
    return any(not text.startswith(_SUBTOTAL) for text in found)


def _at(row: Row, place: int) -> str:
    return row.cells[place].strip() if place < len(row.cells) else ""


def _without_points(text: str) -> tuple[str, str]:
    """A category without white space, and the points that forms write after it; "" for none."""
    category = squeeze(text) if not text.isascii() else text
    found = _POINTS.search(category)
    return (category, "") if found is None else (category[: found.start()], found[1])
