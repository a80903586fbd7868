"""Totals and grades against the rows that they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from kpieval import exact
from kpieval.auditing.judging import number
from kpieval.auditing.results import AuditedRow, Checked
from kpieval.notes import Note
from kpieval.outcomes import Score
from kpieval.policies import Policy
from kpieval.presets import policies
from kpieval.tables import TotalEntry

_SHORT = {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}


@frozen
class Parts:
    """What a total is made of: the points of the rows, and those of the execution.

    ``execution`` is None when the table publishes none; ``room`` is the most that the execution
    could add then.
    """

    rows: tuple[Fraction | None, ...]
    execution: Fraction | None
    room: Fraction


def total_of(text: str, parts: Parts) -> Checked | None:
    """A published sum against its parts; None where nothing is published."""
    if not text.strip():
        return None
    published = number(text)
    if published is None:
        return Checked(None, None, None, Note.of("audit.score_unread", text=text))
    known = [part for part in parts.rows if part is not None]
    if len(known) < len(parts.rows) or not known:
        lacking = len(parts.rows) - len(known)
        return Checked(published, None, None, Note.of("audit.sum_open", rows=lacking))
    low = sum(known, parts.execution or Fraction(0))
    high = low if parts.execution is not None else low + parts.room
    score = Score(low, high)
    if published == low:
        return Checked(published, Score.exactly(low), True, Note.of("audit.sum_follows"))
    if low < published <= high:
        return Checked(published, score, None, Note.of("audit.sum_without_execution"))
    return Checked(published, score, False, Note.of("audit.sum_off", sum=score))


def grade_of(
    text: str, total: Fraction | None, policy: Policy
) -> tuple[str, bool | None, str | None] | None:
    """The published grade, whether it follows, and the one that the total earns.

    A grade that only another policy's steps would give is left open: sets of steps differ.
    """
    if not text:
        return None
    word = _SHORT.get(text, text)
    if total is None or policy.grades is None or word not in policy.grades.names:
        return (text, None, None)
    wanted = policy.grades.of(total)
    if word == wanted:
        return (text, True, wanted)
    scales = [other.grades for other in policies() if other.grades is not None]
    elsewhere = any(scale.of(total) == word for scale in scales)
    return (text, None if elsewhere else False, wanted)


def points_of(rows: Sequence[AuditedRow]) -> tuple[Fraction | None, ...]:
    """The published points of the rows, None where one has none."""
    return tuple(row.checked.published for row in rows)


def whole_of(entries: Sequence[TotalEntry]) -> TotalEntry:
    """All that a table says of a project as a whole, the first of each kind."""

    def first(found: Sequence[str]) -> str:
        return next((text for text in found if text.strip()), "")

    return TotalEntry(
        score=first([entry.score for entry in entries]),
        weight=first([entry.weight for entry in entries]),
        grade=first([entry.grade for entry in entries]),
    )


def shown(value: Fraction | None) -> str:
    """A sum for a sentence."""
    return "-" if value is None else exact.text(value)
