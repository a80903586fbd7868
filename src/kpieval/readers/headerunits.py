"""A unit in brackets after a header, as in 实际完成值（元）-> the cells below that have none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from attrs import define, field, frozen

from kpieval.actuals import Changed, Measured
from kpieval.errors import KpiEvalError, ReadingError
from kpieval.meaning import amounts_of
from kpieval.notes import Note
from kpieval.parsing import parse_actual, parse_target
from kpieval.parsing.hints import hint_of, loosely_spelled
from kpieval.readers.columns import WORDS, Role, header_word
from kpieval.readers.faults import BadCell
from kpieval.readers.grid import squeeze
from kpieval.showing import Shown
from kpieval.tables import Place
from kpieval.units import NO_UNIT, Unit

_MEASURED = (Role.TARGET, Role.ACTUAL, Role.PREVIOUS, Role.SO_FAR)
_LETTER = re.compile("[A-Z]")
"""Forms letter their columns: 年度指标值（A）, 实际完成值（B）."""

_UNIT_WORD = re.compile("^单位[:：]")
_SCALED = re.compile(r"[0-9]\s*[千万亿]+$")
_ANY_YEAR = 2000
"""Whether a value has a unit does not depend on the year."""


@frozen(repr=False)
class HeaderUnit(Shown):
    """The unit of a column: as written, and without its scale (万元, 元)."""

    written: str
    plain: str


def of_headers(
    headers: Sequence[str], places: Mapping[Role, int]
) -> tuple[dict[Role, HeaderUnit], tuple[Note, ...]]:
    """The units that stand behind the headers of values; a note on other words in brackets."""
    found: dict[Role, HeaderUnit] = {}
    notes = []
    for role in _MEASURED:
        word, bracket = header_word(headers[places[role]]) if role in places else ("", "")
        unit = _unit(bracket) if bracket else None
        if unit is not None:
            found[role] = unit
        elif bracket and not _LETTER.fullmatch(bracket):
            notes.append(Note.of("table.header_bracket", column=word, text=bracket))
    return found, tuple(notes)


def _unit(bracket: str) -> HeaderUnit | None:
    written = loosely_spelled(_UNIT_WORD.sub("", bracket))
    hint = hint_of(written)
    if hint is None or hint.sign is not None or (hint.unit is None and hint.factor == 1):
        return None
    return HeaderUnit(written, hint.unit.name if hint.unit is not None else "")


@define(eq=False, repr=False)
class Given:
    """The cells of a row that take their unit from the header."""

    cells: dict[Role, str]
    place: Place
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)

    def take(self, units: Mapping[Role, HeaderUnit]) -> None:
        """Complete the cells: a target by its unit column, the others in their own text."""
        for role, unit in units.items():
            if not self.cells.get(role):
                continue
            if role is Role.TARGET:
                self._target(unit)
            else:
                self._actual(role, unit)

    def _target(self, unit: HeaderUnit) -> None:
        text = self.cells[Role.TARGET]
        beside = self.cells.get(Role.UNIT, "")
        if beside:
            if squeeze(beside) != unit.written:
                self._differs(Role.TARGET, unit, f"{text} {beside}")
            return
        own = _target_units(text)
        if own and all(found == NO_UNIT for found in own):
            self.cells[Role.UNIT] = unit.written
            self._taken(Role.TARGET, unit)
        elif own and unit.written not in squeeze(text):
            self._differs(Role.TARGET, unit, text)

    def _actual(self, role: Role, unit: HeaderUnit) -> None:
        text = self.cells[role]
        own = _actual_unit(text)
        if own is None:
            return
        if own != NO_UNIT:
            if unit.written not in squeeze(text):
                self._differs(role, unit, text)
            return
        whole = f"{text}{unit.plain if _SCALED.search(text) else unit.written}"
        if "/" in text or _actual_unit(whole) in (None, NO_UNIT):
            # 12/15 under （%） is no 12/15 of a percent.
            column = WORDS[role][0]
            fault = BadCell(
                "header_unit", where=self.place, column=column, found=text, unit=unit.written
            )
            self.problems.append(fault)
            self.cells[role] = ""
            return
        self.cells[role] = whole
        self._taken(role, unit)

    def _taken(self, role: Role, unit: HeaderUnit) -> None:
        column = WORDS[role][0]
        self.notes.append(Note.of("table.header_unit", column=column, unit=unit.written))

    def _differs(self, role: Role, unit: HeaderUnit, text: str) -> None:
        note = Note.of(
            "table.header_unit_differs", column=WORDS[role][0], unit=unit.written, text=text
        )
        self.notes.append(note)


def _target_units(text: str) -> list[Unit]:
    """The units of the amounts in a target; [] where it holds none, or cannot be read."""
    try:
        return [amount.unit for amount in amounts_of(parse_target(text, year=_ANY_YEAR).constraint)]
    except ReadingError:
        return []


def _actual_unit(text: str) -> Unit | None:
    """The unit of an actual that is an amount; None for a day, a word and what cannot be read."""
    try:
        reading = parse_actual(text, year=_ANY_YEAR).reading
    except ReadingError:
        return None
    if isinstance(reading, Changed):
        reading = reading.size
    return reading.unit if isinstance(reading, Measured) else None
