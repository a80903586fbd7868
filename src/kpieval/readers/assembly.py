"""Lines of a table -> Projects and ActualEntries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import partial
from typing import TypeVar

from attrs import define, evolve, field

from kpieval.amounts import Amount
from kpieval.constraints import Target, TargetError
from kpieval.errors import KpiEvalError, TargetSyntaxError
from kpieval.notes import Note, merged
from kpieval.readers import cells
from kpieval.readers.columns import WORDS, Role
from kpieval.readers.faults import BadCell
from kpieval.readers.grid import excerpt, squeeze
from kpieval.readers.head import Head
from kpieval.readers.rows import Kind, Line
from kpieval.readers.targets import QUALITATIVE, read_target
from kpieval.tables import EXECUTED, ActualEntry, DecisionCells, Indicator, Place, Project

T = TypeVar("T")


@define(eq=False, repr=False)
class Draft:
    """A project before its year is settled: its head, its lines, what was said about it."""

    name: str
    head: Head
    lines: list[Line]
    money: str = ""
    place: Place | None = None
    notes: list[Note] = field(factory=list)
    problems: list[KpiEvalError] = field(factory=list)
    year: int | None = None


def drafts(head: Head, lines: Sequence[Line], default: str, money: str) -> list[Draft]:
    """The projects of one table, in order of first appearance: by name, then by year.

    ``default`` names the rows that name no project; ``money`` is the unit of the budget column.
    """
    by_name: dict[str, list[Line]] = {}
    for line in lines:
        if line.kind is not Kind.OTHER:
            by_name.setdefault(line.record.get(Role.PROJECT) or default, []).append(line)
    for line in lines:
        if line.kind is Kind.OTHER and line.owner in by_name:
            by_name[line.owner].append(line)
        elif line.kind is Kind.OTHER and by_name:
            next(reversed(by_name.values())).append(line)
    alone = len(by_name) == 1
    made = []
    for name, own in by_name.items():
        shared = head if alone or name == head.name else _common(head)
        made += [
            Draft(name, shared, part, money, shared.place or part[0].record.place, year=year)
            for year, part in _by_year(own)
        ]
    return made


def _common(head: Head) -> Head:
    """What the head of a table says of all its projects."""
    return Head(
        department=head.department, year=head.year, title_year=head.title_year, unit=head.unit
    )


def _by_year(lines: list[Line]) -> list[tuple[int | None, list[Line]]]:
    """The lines by the year in their 年度 column; a blank one goes with the line above."""
    parts: dict[int | None, list[Line]] = {}
    current: int | None = None
    leading: list[Line] = []
    for line in lines:
        text = line.record.get(Role.YEAR)
        if text and line.kind is not Kind.OTHER:
            current = _tried(line, partial(_year, text, line.record.place)) or current
        (leading if current is None else parts.setdefault(current, [])).append(line)
    if not parts:
        return [(None, lines)]
    first = next(iter(parts))
    return [(year, leading + part if year == first else part) for year, part in parts.items()]


def _year(text: str, place: Place) -> int:
    return cells.year(text, column="年度", place=place)


def finish(draft: Draft) -> Project:
    """The project of a draft whose year is settled; every target is read."""
    head = draft.head
    own = [line for line in draft.lines if line.kind is not Kind.INDICATOR]
    indicators = tuple(
        _indicator(line, draft.year) for line in draft.lines if line.kind is Kind.INDICATOR
    )
    budget = _agreed(draft, Role.BUDGET, lambda text, place: _budget(text, place, draft))
    department = _agreed(draft, Role.DEPARTMENT, lambda text, place: text)
    return Project(
        name=draft.name,
        indicators=indicators,
        department=department or head.department,
        year=draft.year,
        budget=budget or head.budget,
        funds=tuple(head.funds),
        purpose=head.purpose,
        goals=head.goals,
        level_points=tuple(level for line in draft.lines for level in line.levels),
        implementer=head.implementer,
        outcome=head.outcome,
        place=draft.place,
        notes=merged(draft.notes, head.notes, *(line.notes for line in own)),
        problems=(
            *draft.problems,
            *head.problems,
            *(problem for line in own for problem in line.problems),
        ),
    )


def _agreed(draft: Draft, role: Role, read: Callable[[str, Place], T]) -> T | None:
    """What a column says once for the whole project; rows that say something else are problems."""
    agreed: T | None = None
    seen: set[str] = set()
    for line in draft.lines:
        text = line.record.get(role)
        if not text or text in seen or line.kind is Kind.OTHER or line.shifted:
            continue
        seen.add(text)
        place = line.record.place
        try:
            value = read(text, place)
        except BadCell as problem:
            draft.problems.append(problem)
            continue
        if agreed is None:
            agreed = value
        elif agreed != value:
            fault = BadCell("twice", where=place, column=WORDS[role][0], found=excerpt(text))
            draft.problems.append(fault)
    return agreed


def _budget(text: str, place: Place, draft: Draft) -> Amount:
    return cells.money(text, draft.money or draft.head.unit, column="预算数", place=place)


def _indicator(line: Line, year: int | None) -> Indicator:
    record = line.record
    notes = list(line.notes)
    if record.get(Role.SIGN) in QUALITATIVE:
        notes.append(Note.of("table.kind_as_sign", sign=record.get(Role.SIGN)))
    weight = _weight(line, notes)
    direction = squeeze(record.get(Role.DIRECTION))
    if direction and direction not in cells.DIRECTIONS:
        fault = BadCell("no_direction", where=record.place, column="指标方向性", found=direction)
        line.problems.append(fault)
    return Indicator(
        level1=record.get(Role.LEVEL1),
        level2=record.get(Role.LEVEL2),
        name=record.get(Role.NAME),
        text=record.get(Role.TARGET),
        target=_target(line, year),
        description=record.get(Role.DESCRIPTION),
        direction=direction,
        weight=weight,
        place=record.place,
        notes=merged(notes),
        problems=tuple(line.problems),
        sign=record.get(Role.SIGN),
        unit=record.get(Role.UNIT),
    )


def _target(line: Line, year: int | None) -> Target | TargetError:
    if line.shifted:
        # The cells may stand under the wrong headers: none of them is read.
        return TargetError(line.raw, TargetSyntaxError(line.raw, expected=("cells",)))
    return read_target(line.record, year)


def _weight(line: Line, notes: list[Note]) -> Fraction | None:
    text = line.record.get(Role.WEIGHT)
    if not text or line.shifted:
        return None
    if text.endswith(("%", "％")):
        notes.append(Note.of("table.percent_weight", text=text))
    place = line.record.place
    return _tried(line, lambda: cells.weight(text, column="分值", place=place))


def _tried(line: Line, read: Callable[[], T]) -> T | None:
    """What ``read`` gives; None, and the line keeps the problem, when the cell is at fault."""
    try:
        return read()
    except BadCell as problem:
        line.problems.append(problem)
        return None


def entries(lines: Iterable[Line], head: Head) -> list[ActualEntry]:
    """The actuals, previous values and decisions that are written in the lines and the head.

    A row that names no project means that of the head; without one it stays open.
    """
    found = []
    for line in lines:
        record = line.record
        decision = DecisionCells(
            verdict=record.get(Role.DECISION),
            points=record.get(Role.DECISION_POINTS),
            reason=record.get(Role.DECISION_REASON),
        )
        entry = ActualEntry(
            name=squeeze(record.get(Role.NAME))
            if line.kind is Kind.EXECUTION
            else record.get(Role.NAME),
            value=record.get(Role.ACTUAL),
            project=record.get(Role.PROJECT) or head.name,
            level2=record.get(Role.LEVEL2),
            previous=record.get(Role.PREVIOUS),
            decision=decision,
            place=record.place,
            so_far=record.get(Role.SO_FAR),
            likelihood=record.get(Role.LIKELIHOOD),
            deduction=record.get(Role.DEDUCTION),
        )
        said = entry.value or entry.previous or entry.so_far or entry.likelihood or entry.deduction
        written = bool(said) or not decision.is_blank
        if line.kind is not Kind.OTHER and not line.shifted and written:
            found.append(entry)
    if head.executed is not None and all(entry.name != EXECUTED for entry in found):
        text, place = head.executed
        found.append(ActualEntry(EXECUTED, text, project=head.name, place=place))
    elif head.spent_so_far is not None and all(entry.name != EXECUTED for entry in found):
        text, place = head.spent_so_far
        found.append(ActualEntry(EXECUTED, "", project=head.name, place=place, so_far=text))
    return found


def settle_years(made: Sequence[Draft], year: int | None) -> list[Draft]:
    """The drafts with their years: the column's or the head's, ``year``, the title's.

    A form that lost its title takes the year that all other titles of the file agree on.
    """
    titles = {draft.head.title_year[0] for draft in made if draft.head.title_year is not None}
    return [_settled(draft, year, titles) for draft in made]


def _settled(draft: Draft, year: int | None, titles: set[int]) -> Draft:
    stated = draft.year or draft.head.year
    title = draft.head.title_year
    notes = list(draft.notes)
    if stated is None and year is not None and title is not None and title[0] != year:
        notes.append(Note.of("table.year_differs", year=year, title=excerpt(title[1])))
    settled = stated or year
    if settled is None and title is not None:
        settled = title[0]
        notes.append(Note.of("table.year_from_title", year=settled, title=excerpt(title[1])))
    elif settled is None and len(titles) == 1 and draft.head.name:
        settled = next(iter(titles))
        notes.append(Note.of("table.year_from_document", year=settled))
    return evolve(draft, year=settled, notes=notes)
