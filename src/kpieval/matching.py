"""Matching: which actual belongs to which indicator, exactly or by name of what does not fit."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import TypeVar

from attrs import evolve, field, frozen

from kpieval.errors import DoubledActualError, KpiEvalError, UnmatchedActualError
from kpieval.notes import Note
from kpieval.parsing.folding import Folded, fold
from kpieval.showing import Shown
from kpieval.tables import EXECUTED, ActualEntry, Actuals, Place, Project

_STARS = "★☆*"
K = TypeVar("K", bound=Hashable)


@frozen(repr=False)
class Matched(Shown):
    """The entry of each row of each project, the spending of each project, and what is left.

    ``doubled`` holds, by (project, row), the error of rows for which several actuals were given.
    """

    rows: dict[tuple[int, int], ActualEntry]
    executed: dict[int, ActualEntry]
    count: int = 0
    doubled: dict[tuple[int, int], KpiEvalError] = field(factory=dict, eq=False)
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    notes: tuple[Note, ...] = ()


def match(projects: Sequence[Project], actuals: Actuals, *, strict: bool = True) -> Matched:
    """Match by name, and by project and second level where given; never fuzzily.

    With ``strict`` every entry must find a row. Without it, entries that name another project are
    passed over, because the projects at hand are only some of the file's.
    """
    rows: dict[tuple[int, int], list[ActualEntry]] = {}
    executed: dict[int, list[ActualEntry]] = {}
    problems: list[KpiEvalError] = []
    notes: list[Note] = []
    known, own = _Known(projects), _places(projects)
    for entry in _each_once(actuals.entries):
        if entry.project and not known.projects_of(entry) and not strict:
            continue
        if key(entry.name) == EXECUTED:
            problem = _filed(executed, known.projects_of(entry), entry)
        elif entry.place in own:
            # It stands in the row itself, whatever other rows are called.
            problem = _filed(rows, [own[entry.place]], entry)
        else:
            found = known.rows_of(entry, key)
            if not found and (found := known.rows_of(entry, _unmarked)):
                notes.append(Note.of("matching.star", name=_spoken(entry)))
            problem = _filed(rows, found, entry)
        if problem is not None:
            problems.append(problem)
    single, doubled = _single(rows)
    spending, spent_twice = _single(executed)
    problems += [*doubled.values(), *spent_twice.values()]
    return Matched(
        single, spending, len(single) + len(spending), doubled, tuple(problems), tuple(notes)
    )


def _each_once(entries: Iterable[ActualEntry]) -> Iterator[ActualEntry]:
    """The entries; what was read of one row twice, as of a file given twice, only once."""
    seen: set[ActualEntry] = set()
    for entry in entries:
        placed = entry.place is not None and entry.place.row is not None
        if not placed or entry not in seen:
            yield entry
        seen.add(entry)


def _places(projects: Sequence[Project]) -> dict[Place | None, tuple[int, int]]:
    """The rows by where they stand."""
    return {
        indicator.place: (number, row)
        for number, project in enumerate(projects)
        for row, indicator in enumerate(project.indicators)
        if indicator.place is not None and indicator.place.row is not None
    }


def key(text: str) -> str:
    """A name for comparing: look-alikes folded, white space and brackets' width ignored."""
    return "".join(_folded(text).text.split())


def _unmarked(text: str) -> str:
    """A name for comparing, without the star that marks the main indicators (★ or *)."""
    return key(text).lstrip(_STARS)


def _folded(text: str) -> Folded:
    try:
        return fold(text)
    except KpiEvalError:
        return Folded(text, ())


Read = Callable[[str], str]


class _Known:
    """The projects and rows by their names; each name is read once, however many entries ask."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self._projects = projects
        self._by_project: dict[str, list[int]] = {}
        for number, project in enumerate(projects):
            self._by_project.setdefault(key(project.name), []).append(number)
        self._by_name: dict[Read, dict[str, list[tuple[int, int]]]] = {}

    def projects_of(self, entry: ActualEntry) -> list[int]:
        """The projects that an entry speaks of: all where it names none."""
        wanted = key(entry.project)
        return self._by_project.get(wanted, []) if wanted else [*range(len(self._projects))]

    def rows_of(self, entry: ActualEntry, read: Read) -> list[tuple[int, int]]:
        """The rows that an entry speaks of, names read like this."""
        wanted, level2 = key(entry.project), key(entry.level2)
        own = self._by_project.get(wanted, [])
        return [
            (number, row)
            for number, row in self._rows(read).get(read(entry.name), [])
            if (not wanted or number in own)
            and (not level2 or key(self._projects[number].indicators[row].level2) == level2)
        ]

    def _rows(self, read: Read) -> dict[str, list[tuple[int, int]]]:
        if read not in self._by_name:
            found = self._by_name[read] = {}
            for number, project in enumerate(self._projects):
                for row, indicator in enumerate(project.indicators):
                    found.setdefault(read(indicator.name), []).append((number, row))
        return self._by_name[read]


def _filed(
    found: dict[K, list[ActualEntry]], places: list[K], entry: ActualEntry
) -> KpiEvalError | None:
    """File an entry under its one place; an error when there is none or more than one."""
    if len(places) == 1:
        found.setdefault(places[0], []).append(entry)
        return None
    if not places:
        return UnmatchedActualError(where=entry.place, name=_spoken(entry), value=entry.value)
    return DoubledActualError(where=entry.place, name=_spoken(entry), count=len(places))


def _merged(entries: list[ActualEntry]) -> ActualEntry | None:
    """Entries that complete each other (上年实际值 here, 实际完成值 there) as one; else None."""
    whole = entries[0]
    for entry in entries[1:]:
        if any((whole.value and entry.value, whole.previous and entry.previous)):
            return None
        if any((whole.so_far and entry.so_far, whole.likelihood and entry.likelihood)):
            return None
        if not (whole.decision.is_blank or entry.decision.is_blank):
            return None
        first, second = (whole, entry) if whole.value else (entry, whole)
        whole = evolve(
            first,
            previous=first.previous or second.previous,
            deduction=first.deduction or second.deduction,
            decision=second.decision if first.decision.is_blank else first.decision,
            so_far=first.so_far or second.so_far,
            likelihood=first.likelihood or second.likelihood,
        )
    return whole


def _spoken(entry: ActualEntry) -> str:
    return " / ".join(part for part in (entry.project, entry.level2, entry.name) if part)


def _single(
    found: dict[K, list[ActualEntry]],
) -> tuple[dict[K, ActualEntry], dict[K, KpiEvalError]]:
    """The places with one entry, and the errors of those with several: none of them is used."""
    merged = {place: _merged(entries) for place, entries in found.items()}
    single = {place: entry for place, entry in merged.items() if entry is not None}
    doubled: dict[K, KpiEvalError] = {
        place: DoubledActualError(
            where=" ".join(dict.fromkeys(str(e.place) for e in entries if e.place)) or None,
            name=_spoken(entries[0]),
            count=len(entries),
        )
        for place, entries in found.items()
        if merged[place] is None
    }
    return single, doubled
