"""What became of every row, and of what belongs to no row: by name, by line, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from attrs import define, field, frozen

from kpieval.constraints import TargetError
from kpieval.errors import KpiEvalError
from kpieval.explaining import all_notes, explanation
from kpieval.outcomes import Undetermined, Unmet
from kpieval.phrases import phrase
from kpieval.reports import findings, telling
from kpieval.reports.checks import NO_CHECKS
from kpieval.results import IndicatorResult, Summary
from kpieval.tables import Place
from kpieval.unseen import clean

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


def found(summary: Summary, shown: str, lang: str) -> Iterator[Finding]:
    """The tests of a scored file, which messages call ``shown``."""
    names = Names()
    for finding in findings.findings(summary, NO_CHECKS):
        place = telling.home(finding)
        line = _line(place)
        at = Place(shown, place.sheet if place else None, line)
        lines = (
            *_sentences(finding, lang),
            phrase("label", "en", label=at) + clean(telling.word(finding, lang)),
        )
        name = names.new(*_names(finding))
        yield Finding(name, line, findings.kinds(finding), lines)


def row_named(problem: KpiEvalError, file: str) -> int | None:
    """The row that an error names in its place, or as the line of its fault."""
    place = rf"{re.escape(file)}(?:\[[^\]]*\])?:([0-9]+)"
    named = re.match(place, problem.where or "")
    written = named[1] if named else str(problem.params.get("line", ""))
    return int(written) if written.isdecimal() else None


def _line(place: Place | None) -> int:
    return (place.line or place.row or 1) if place else 1


def _names(finding: findings.Finding) -> tuple[str, ...]:
    """What a test is called by: its project, and its row or the code of its fault."""
    project = finding.project.project.name if finding.project else ""
    match finding:
        case findings.Row(result=row):
            return project, row.indicator.level2, row.indicator.name
        case _:
            return project, telling.code(finding)


def _sentences(finding: findings.Finding, lang: str) -> list[str]:
    """The errors, one a line; of a row also its sentence, where that says more, and its columns."""
    if not isinstance(finding, findings.Row):
        return [clean(telling.sentence(finding, lang))]
    row = finding.result
    problems = findings.row_problems(row)
    told = [clean(f"[{problem.code}] {problem.message(lang)}") for problem in problems]
    if not isinstance(row.indicator.target, TargetError):
        told.append(clean(explanation(row, lang)))
    return told + _facts(row, _names(finding), lang)


def _facts(row: IndicatorResult, names: tuple[str, ...], lang: str) -> list[str]:
    """The row by its columns: who, target, actual, gap, and what was assumed."""
    verdict = row.verdict
    gap = (verdict.gap or "") if isinstance(verdict, Unmet) else ""
    reason = verdict.reason.message(lang) if isinstance(verdict, Undetermined) else ""
    facts = [
        ("column.name", " / ".join(filter(None, names))),
        ("column.target", row.indicator.text or "-"),
        ("column.actual", row.actual.source or "-"),
        ("pytest.gap", gap),
        ("pytest.reason", reason),
        *(("step.assumed", note.message(lang)) for note in all_notes(row)),
    ]
    return [
        f"  {phrase('label', lang, label=phrase(key, lang))}{clean(text)}"
        for key, text in facts
        if text
    ]
