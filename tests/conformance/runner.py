"""What kpieval answers to a line of the corpus, and where that differs from what it expects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from attrs import frozen

import kpieval
from conformance.corpus import Difference, Line, differences
from kpieval.actuals import MISSING, Missing
from kpieval.attaining import attainment
from kpieval.basing import against_previous
from kpieval.deciding import read_decision
from kpieval.errors import DecisionError, ReadingError
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Met, Score, Undetermined, Unmet, Verdict
from kpieval.resolving import Resolved, RowContext, resolve
from kpieval.verdicts import finished
from kpieval.wire import constraints as wire
from kpieval.wire.basics import number


def checked(line: Line, level: str = "score") -> list[Difference]:
    """Where kpieval differs from what a line expects.

    >>> from conformance.corpus import lines
    >>> checked(lines("amounts.jsonl")[0])
    []
    """
    return differences(line, answered(line), level)


def answered(line: Line) -> Line:
    """The answer of kpieval to what a line gives, in the keys of the corpus."""
    row = _Row(line)
    return row.reading() | (row.evaluation() if "actual" in line else {})


@frozen
class _ShortCalendar:
    """The calendar of a line: which days it knows, and which of them are off."""

    first: dt.date
    last: dt.date
    off: frozenset[dt.date]

    @classmethod
    def of(cls, data: Mapping[str, Any] | None) -> _ShortCalendar | None:
        if data is None:
            return None
        first, last = (dt.date.fromisoformat(day) for day in data["known"])
        return cls(first, last, frozenset(map(dt.date.fromisoformat, data["off"])))

    def is_working_day(self, day: dt.date) -> bool | None:
        return day not in self.off if self.first <= day <= self.last else None


class _Row:
    """A line as kpieval sees it."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.columns: dict[str, Any] = line.get("context") or {}
        self.calendar = _ShortCalendar.of(line.get("calendar"))
        self.policy = kpieval.policy(line["policy"]) if "policy" in line else None
        self.target = self._target()

    def _target(self) -> kpieval.Target | kpieval.TargetError:
        columns = {key: value for key, value in self.columns.items() if key != "direction"}
        text = self.line["text"]
        try:
            return kpieval.parse_target(text, **columns, repair=self.line.get("repair", False))
        except ReadingError as error:
            return kpieval.TargetError(text, error)

    def reading(self) -> Line:
        target = self.target
        if isinstance(target, kpieval.TargetError):
            refused: Line = {"constraint": None, "error": target.error.code}
            return refused | {"canonical": None, "notes": []}
        read: Line = {"constraint": wire.constraint(target.constraint), "error": None}
        return read | {"canonical": target.canonical, "notes": _codes(target.notes)}

    def evaluation(self) -> Line:
        actual, error = self._actual()
        answer: Line = {"actual_error": error, "actual_notes": _codes(actual.notes)}
        return answer | (self._compared(actual) if self.policy is None else self._scored(actual))

    def _actual(self) -> tuple[kpieval.Actual, str | None]:
        text = self.line["actual"]
        if text is None:
            return MISSING, None
        like = self.target if isinstance(self.target, kpieval.Target) else None
        try:
            actual = kpieval.parse_actual(text, like=like, year=self.columns.get("year"))
        except ReadingError as error:
            return kpieval.Actual(text, Missing("unread")), error.code
        previous = self.line.get("previous")
        if previous is None or like is None:
            return actual, None
        return against_previous(like, actual, kpieval.parse_actual(previous, like=like)), None

    def _context(self) -> RowContext | None:
        if "context" not in self.line:
            return None
        names = ("level1", "level2", "name", "direction")
        return RowContext(*(self.columns.get(name, "") for name in names))

    def _compared(self, actual: kpieval.Actual) -> Line:
        """Verdict and attainment without a policy, and without a row where none is given."""
        target, context = self.target, self._context()
        assert isinstance(target, kpieval.Target), "a refused target is judged under a policy"
        verdict = kpieval.evaluate(target, actual, context=context, calendar=self.calendar)
        resolved, reached = resolve(target.constraint, context), None
        if isinstance(resolved, Resolved):
            reading, _ = finished(target.constraint, actual.reading, self.calendar)
            reached = attainment(resolved.constraint, reading, context=context)
        found = _verdict(verdict) | {"attainment": _ends(reached)}
        return found | {"evaluation_notes": _codes(verdict.notes)}

    def _scored(self, actual: kpieval.Actual) -> Line:
        result, refused = self._decided(actual)
        judged = result.judgement
        read = self.target.notes if isinstance(self.target, kpieval.Target) else ()
        before = {*read, *actual.notes} - set(judged.verdict.notes)
        said = [note for note in result.notes if note not in before]
        found = _verdict(result.verdict) | {"evaluation_notes": _codes(said)}
        found |= {"attainment": _ends(judged.attainment), "decision_error": refused}
        return found | {"score": _ends(result.score), "steps": _codes(judged.steps)}

    def _decided(self, actual: kpieval.Actual) -> tuple[kpieval.IndicatorResult, str | None]:
        cells = kpieval.DecisionCells(**self.line.get("decision", {}))
        try:
            return self._result(actual, read_decision(cells, self.line["text"])), None
        except DecisionError as error:
            return self._result(actual, None), error.code

    def _result(
        self, actual: kpieval.Actual, decision: kpieval.Decision | None
    ) -> kpieval.IndicatorResult:
        assert self.policy is not None
        columns = {key: self.columns.get(key, "") for key in ("level1", "level2", "name")}
        indicator = kpieval.Indicator(
            **columns,
            text=self.line["text"],
            target=self.target,
            direction=self.columns.get("direction", ""),
            weight=Fraction(self.line["weight"]) if "weight" in self.line else None,
        )
        return kpieval.score_indicator(
            indicator, actual, self.policy, decision=decision, calendar=self.calendar
        )


def _codes(notes: Iterable[Note]) -> list[str]:
    return sorted({note.code for note in notes})


def _verdict(verdict: Verdict) -> Line:
    match verdict:
        case Met():
            return {"verdict": "met", "reason": None}
        case Unmet():
            return {"verdict": "unmet", "reason": None}
        case Undetermined(reason=reason):
            return {"verdict": "undetermined", "reason": reason.code}


def _ends(found: Attainment | Score | None) -> Line | None:
    return None if found is None else {"low": number(found.low), "high": number(found.high)}
