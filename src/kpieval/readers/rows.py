"""The rows below a header -> lines: categories filled down, rows that are no indicators named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum, auto
from fractions import Fraction

from attrs import define, field

from kpieval.errors import KpiEvalError
from kpieval.notes import Note
from kpieval.readers import wideheaders
from kpieval.readers.blocks import MONEY_LINE
from kpieval.readers.cells import MONEY_SCALES
from kpieval.readers.closing import is_foot, is_total_word, totals
from kpieval.readers.columns import WORDS, Columns, Role, roles_of
from kpieval.readers.continuing import is_continued
from kpieval.readers.document import Record
from kpieval.readers.faults import BadCell
from kpieval.readers.grid import Row, excerpt, one_line, row_list, squeeze
from kpieval.readers.headerunits import Given, HeaderUnit
from kpieval.readers.wideheaders import Wide
from kpieval.tables import EXECUTED, LevelPoints, Place

_CATEGORIES = (Role.PROJECT, Role.LEVEL1, Role.LEVEL2)
_SHARED = frozenset((*_CATEGORIES, Role.DEPARTMENT, Role.YEAR, Role.BUDGET))
_MEASURED = (Role.TARGET, Role.ACTUAL, Role.WEIGHT, Role.PREVIOUS, Role.SO_FAR)
"""Where a row that closes the table says nothing."""

_UNIT_CELLS = 2
_SIGNS = "≥≤≧≦＞＜><＝=%％"
_POINTS = re.compile(r"[（(]([0-9]+(?:\.[0-9]+)?)分?[)）]$")


class Kind(Enum):
    """What a row is."""

    INDICATOR = auto()
    EXECUTION = auto()
    OTHER = auto()


@define(eq=False, repr=False)
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


@define(eq=False, repr=False)
class RowReader:
    """Reads the rows of one table, top down, and remembers what a blank category continues."""

    columns: Columns
    file: str
    sheet: str | None
    fill_down: bool
    above: dict[Role, str] = field(factory=dict)
    blanks: dict[Role, list[int]] = field(factory=dict)
    units: Mapping[Role, HeaderUnit] = field(factory=dict)
    wide: tuple[Wide, ...] = ()
    unnamed: set[str] = field(factory=set)
    money: str = ""
    """The unit of money that a row between the indicators says."""

    def read(self, row: Row) -> Line:
        """The line of a row. Never raises: faults are its ``problems``."""
        kind, note, problem = self._kind(row)
        filled = kind is not Kind.OTHER or (note is not None and note.code == "table.category_row")
        levels: list[LevelPoints] = []
        categories, notes = self._categories(row, levels) if filled else ({}, [])
        cells = {role: self.columns.cell(row.cells, role) for role in self.columns.places}
        cells[Role.NAME] = one_line(cells[Role.NAME])
        given = Given(cells, self._place(row))
        taken: set[int] = set()
        if kind is not Kind.OTHER:
            self._compare(row, given)
            taken = self._join(row, given)
            given.take(self.units)
        record = Record(
            {role: text for role, text in {**given.cells, **categories}.items() if text},
            given.place,
            tuple(
                (name, text)
                for at, name in self.columns.unknown
                if at not in taken and (text := row.at(at))
            ),
        )
        self.unnamed.update(name for name, _ in record.extra if name.startswith("#"))
        raw = " | ".join(cell.strip() for cell in row.cells)
        owner = self.above.get(Role.PROJECT, "")
        line = Line(kind, record, owner, raw, cells=tuple(cell.strip() for cell in row.cells))
        line.levels += levels
        line.notes += [*row.notes, *notes, *given.notes, *filter(None, [note])]
        line.problems += [*row.problems, *given.problems, *filter(None, [problem])]
        self._check_shape(row, line)
        return line

    def _compare(self, row: Row, given: Given) -> None:
        """A second column of the same meaning must not say something else."""
        for role, place in self.columns.seconds:
            other, own = row.at(place), given.cells[role]
            if squeeze(other) in ("", squeeze(own)):
                continue
            found = excerpt(f"{own or '-'} | {other}")
            column = WORDS[role][0]
            given.problems.append(
                BadCell("second_column", where=given.place, column=column, found=found)
            )

    def _join(self, row: Row, given: Given) -> set[int]:
        """Put together what stands in several columns under one header; gives their places."""
        taken: set[int] = set()
        for wide in self.wide:
            found = wideheaders.joined(row.cells, self.columns, wide)
            if found is None:
                continue
            column = WORDS[found.role][0]
            if found.text is None:
                told = excerpt(found.written)
                given.problems.append(
                    BadCell("wide_header", where=given.place, column=column, found=told)
                )
            else:
                given.cells[found.role] = found.text
                note = Note.of("table.joined_cells", column=column, text=found.written)
                given.notes.append(note)
                taken.update(wide.places)
        return taken

    def notes(self) -> tuple[Note, ...]:
        """What holds for the table once all its rows were read."""
        blanks = [
            Note.of(
                "table.blank_category",
                table=Place(self.file, self.sheet).in_table,
                column=WORDS[role][0],
                rows=row_list(numbers),
            )
            for role, numbers in self.blanks.items()
        ]
        unnamed = ", ".join(sorted(self.unnamed))
        return (*blanks, *([Note.of("table.unnamed_columns", columns=unnamed)] if unnamed else ()))

    def _kind(self, row: Row) -> tuple[Kind, Note | None, KpiEvalError | None]:
        if row.loose:
            text = excerpt(row.filled()[0])
            where = self._place(row).of_text()
            return Kind.OTHER, Note.of("table.text_outside", place=where, text=text), None
        name = squeeze(self.columns.cell(row.cells, Role.NAME))
        filled = row.filled()
        aside = self._aside(row, name, filled)
        if aside is not None:
            return Kind.OTHER, aside, None
        table, number = self._place(row).in_table, row.number
        if name == EXECUTED:
            return Kind.EXECUTION, Note.of("table.execution_row", table=table, row=number), None
        if name:
            return Kind.INDICATOR, None, None
        text = excerpt(" ".join(filled))
        places = {self.columns.places.get(role) for role in _CATEGORIES}
        if all(place in places for place, cell in enumerate(row.cells) if cell.strip()):
            note = Note.of("table.category_row", table=table, row=number, text=text)
            return Kind.OTHER, note, None
        key = "second_header" if roles_of(row.cells) & set(_MEASURED) else "no_name"
        fault = BadCell(key, where=self._place(row), column="三级指标", found=text)
        return Kind.OTHER, None, fault

    def _aside(self, row: Row, name: str, filled: list[str]) -> Note | None:
        """The note on a row that is known to be no indicator: a total, a unit, the foot."""
        table, number = self._place(row).in_table, row.number
        text = excerpt(" ".join(filled))
        if self._is_total(row, name):
            return Note.of("table.total_row", table=table, row=number, text=text)
        if self._unit_line(row, filled):
            return Note.of("table.unit_row", table=table, row=number, text=text)
        foot = is_foot(filled[0], marked=bool(name)) and not self._measured(row, *_MEASURED)
        if foot or is_continued("".join(filled)):
            return Note.of("table.foot_row", table=table, row=number, text=text)
        return None

    def _is_total(self, row: Row, name: str) -> bool:
        """Whether a row is a total: no target stands in it, but for a number or a dash."""
        if not (is_total_word(name) if name else totals(row.cells)):
            return False
        target = squeeze(self.columns.cell(row.cells, Role.TARGET)).removesuffix("分")
        return not any(sign in target for sign in _SIGNS) and not re.search(r"[^\W\d_]", target)

    def _unit_line(self, row: Row, filled: list[str]) -> bool:
        """Whether a row says nothing but the unit of money; then it is kept."""
        units = [found[1] for text in filled if (found := MONEY_LINE.fullmatch(squeeze(text)))]
        known = [unit for unit in units if unit in MONEY_SCALES]
        if not known or len(filled) > _UNIT_CELLS or self._measured(row, *_MEASURED):
            return False
        self.money = self.money or known[0]
        return True

    def _measured(self, row: Row, *roles: Role) -> bool:
        return any(self.columns.cell(row.cells, role) for role in roles)

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
                    notes.append(_points_note(self._place(row), text, points))
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
            told = Note.of(
                "table.merged_value",
                table=self._place(row).in_table,
                row=row.number,
                columns=", ".join(merged),
            )
            line.notes.append(told)

    def _place(self, row: Row) -> Place:
        return Place(self.file, row.table or self.sheet, row.number, row.line)


def _points_note(place: Place, category: str, points: str) -> Note:
    return Note.of(
        "table.category_points",
        table=place.in_table,
        row=place.row,
        category=category,
        points=points,
    )


def _without_points(text: str) -> tuple[str, str]:
    """A category without white space, and the points that forms write after it; "" for none."""
    category = squeeze(text) if not text.isascii() else text
    found = _POINTS.search(category)
    return (category, "") if found is None else (category[: found.start()], found[1])
