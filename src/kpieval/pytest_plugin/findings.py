"""What became of every row, and of what belongs to no row: by name, by line, in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import assert_never

from attrs import define, field, frozen

from kpieval.constraints import TargetError
from kpieval.errors import KpiEvalError
from kpieval.explaining import all_notes, explanation, fault, project_problems, verdict_word
from kpieval.outcomes import Met, Undetermined, Unmet
from kpieval.phrases import phrase
from kpieval.reports.width import clean
from kpieval.results import IndicatorResult, ProjectResult, Summary
from kpieval.tables import Place

_SEPARATOR = "/"


@frozen
class Finding:
    """One test: its name, where it stands, and what it has to say.

    ``kinds`` are the outcomes that hold, of those that ``--kpi-fail-on`` can list; there is none
    when the row is met and without fault. ``line`` counts from 1.
    """

    name: str
    line: int
    kinds: frozenset[str]
    lines: tuple[str, ...]

    @property
    def reason(self) -> str:
        """What is to be said in one line."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """All that is to be said."""
        return "\n".join(self.lines)


@define
class Names:
    """Names of tests, each given once: the second of a name gets ``#2``.

    >>> names = Names()
    >>> names.new("培训", "", "满意度"), names.new("培训", "", "满意度")
    ('培训/满意度', '培训/满意度#2')
    """

    given: set[str] = field(factory=set)

    def new(self, *parts: str) -> str:
        """The name of these parts, blank ones left out."""
        # Two colons part a file from its tests on pytest's command line.
        words = (re.sub(":{2,}", ":", clean(part)) for part in parts)
        whole = name = _SEPARATOR.join(filter(None, words)) or "-"
        count = 1
        while name in self.given:
            count += 1
            name = f"{whole}#{count}"
        self.given.add(name)
        return name


@frozen
class Findings:
    """Everything that a scored file has to say.

    ``line_of`` gives the line of a row by its number.
    """

    summary: Summary
    shown: str
    line_of: Callable[[int], int]
    lang: str
    names: Names = field(factory=Names)

    def all(self) -> Iterator[Finding]:
        """The rows of every project with what is wrong around them, then what the file has."""
        told: set[int] = set()
        for project in self.summary.projects:
            around = project_problems(project)
            for row in project.indicators:
                faults = _faults(row, (*around, *self.summary.problems))
                told |= {id(problem) for problem in faults}
                yield self._row(project, row, faults)
            yield from self._problems([it for it in around if id(it) not in told], project)
        yield from self._problems([it for it in self.summary.problems if id(it) not in told])

    def _row(
        self, project: ProjectResult, row: IndicatorResult, faults: list[KpiEvalError]
    ) -> Finding:
        parts = (project.project.name, row.indicator.level2, row.indicator.name)
        place = row.indicator.place
        line = self.line_of(place.row) if place and place.row else 1
        kinds = _kinds(row, faults)
        word = phrase("pytest.error", self.lang) if faults else verdict_word(row.verdict, self.lang)
        told = (
            *_sentences(row, faults, self.lang),
            *_facts(row, parts, self.lang),
            self._at(line, word, place.sheet if place else None),
        )
        return Finding(self.names.new(*parts), line, kinds, told)

    def _problems(
        self, problems: Iterable[KpiEvalError], project: ProjectResult | None = None
    ) -> Iterator[Finding]:
        for problem in problems:
            name = project.project.name if project else ""
            line = self._line(problem, project)
            told = (_coded(problem, self.lang), self._at(line, phrase("pytest.error", self.lang)))
            kinds = frozenset(("error",))
            yield Finding(self.names.new(name, problem.code), line, kinds, told)

    def _at(self, line: int, word: str, sheet: str | None = None) -> str:
        """Where, and what: a line that editors and build servers know how to follow."""
        return phrase("label", "en", label=Place(self.shown, sheet, line)) + word

    def _line(self, problem: KpiEvalError, project: ProjectResult | None) -> int:
        """The line that a problem names; that of its project when it names none."""
        row = row_named(problem, self.shown)
        if row is None and project is not None and project.project.place is not None:
            row = project.project.place.row
        return self.line_of(row) if row else 1


def row_named(problem: KpiEvalError, file: str) -> int | None:
    """The row that an error names in its place, or as the line of its fault."""
    place = rf"{re.escape(file)}(?:\[[^\]]*\])?:([0-9]+)"
    found = re.match(place, problem.where or "")
    written = found[1] if found else str(problem.params.get("line", ""))
    return int(written) if written.isdecimal() else None


def _faults(row: IndicatorResult, others: Iterable[KpiEvalError]) -> list[KpiEvalError]:
    """What is wrong with a row, each once: its own faults, and ``others`` that name its place.

    An actual that fits several rows belongs to none of them, but it stands in one.
    """
    error = fault(row)
    place = row.indicator.place
    found = [*([] if error is None else [error]), *row.indicator.problems]
    found += [other for other in others if place is not None and other.where == str(place)]
    return list({id(problem): problem for problem in found}.values())


def _kinds(row: IndicatorResult, faults: list[KpiEvalError]) -> frozenset[str]:
    kinds = {"error"} if faults else set()
    match row.verdict:
        case Met():
            pass
        case Unmet():
            kinds.add("unmet")
        case Undetermined():
            kinds.add("undetermined")
        case _:
            assert_never(row.verdict)
    return frozenset(kinds)


def _sentences(row: IndicatorResult, faults: list[KpiEvalError], lang: str) -> list[str]:
    """The errors of a row, one a line; then the row in one sentence, where that says more."""
    told = [_coded(problem, lang) for problem in faults]
    unread = isinstance(row.indicator.target, TargetError)
    return told if unread else [*told, clean(explanation(row, lang))]


def _coded(problem: KpiEvalError, lang: str) -> str:
    return clean(f"[{problem.code}] {problem.message(lang)}")


def _facts(row: IndicatorResult, parts: Sequence[str], lang: str) -> list[str]:
    """The row by its columns: who, target, actual, gap, and what was assumed."""
    verdict = row.verdict
    facts = [
        ("column.name", " / ".join(filter(None, parts))),
        ("column.target", row.indicator.text or "-"),
        ("column.actual", row.actual.source or "-"),
        ("pytest.gap", (verdict.gap or "") if isinstance(verdict, Unmet) else ""),
        (
            "pytest.reason",
            verdict.reason.message(lang) if isinstance(verdict, Undetermined) else "",
        ),
        *(("step.assumed", note.message(lang)) for note in all_notes(row)),
    ]
    return [
        f"  {phrase('label', lang, label=phrase(key, lang))}{clean(text)}"
        for key, text in facts
        if text
    ]
