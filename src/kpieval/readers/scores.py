"""What a self-evaluation says of itself: points a row, totals, the grade; for the audit alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kpieval.readers.closing import SUBTOTAL, totals
from kpieval.readers.columns import Role
from kpieval.readers.grid import squeeze
from kpieval.readers.head import Head
from kpieval.readers.rows import Kind, Line
from kpieval.tables import EXECUTED, Published, ScoreEntry, TotalEntry

_WORD = "优秀|优|良好|良|中等|中|较差|差|合格|不合格|一般"
_GRADE = rf"(?:自评|评价|评定|绩效)*(?:等级|评级|等次|结论)[:：为]?[（(“\"]?({_WORD})[）)”\"]?"
_LABEL = r"(?:自评|评价|评定|绩效)*(?:等级|评级|等次)[:：]?"


def published(lines: Sequence[Line], head: Head) -> Published:
    """The published points, totals and grades of one table, in order."""
    entries = [_entry(line, head) for line in lines if _scored(line)]
    if head.execution_score is not None and all(entry.name != EXECUTED for entry in entries):
        weight, score, place = head.execution_score
        entries.append(ScoreEntry(EXECUTED, score, head.name, weight=weight, place=place))
    return Published(tuple(entries), tuple(_totals(lines, head)))


def _scored(line: Line) -> bool:
    return line.kind is not Kind.OTHER and not line.shifted


def _entry(line: Line, head: Head) -> ScoreEntry:
    record = line.record
    name = record.get(Role.NAME)
    return ScoreEntry(
        name=squeeze(name) if line.kind is Kind.EXECUTION else name,
        value=record.get(Role.SCORE),
        project=record.get(Role.PROJECT) or head.name,
        level2=record.get(Role.LEVEL2),
        weight=record.get(Role.WEIGHT),
        reason=record.get(Role.REASON),
        place=record.place,
    )


def _totals(lines: Iterable[Line], head: Head) -> Iterable[TotalEntry]:
    owner = level1 = ""
    for line in lines:
        record = line.record
        owner = record.get(Role.PROJECT) or line.owner or owner
        if line.kind is not Kind.OTHER:
            level1 = record.get(Role.LEVEL1) or level1
            continue
        grade = _grade(line.cells)
        words = totals(line.cells)
        if any(not word.startswith(SUBTOTAL) for word in words):
            score, weight = record.get(Role.SCORE), record.get(Role.WEIGHT)
            yield TotalEntry(owner or head.name, score, weight, grade, record.place)
        elif words and level1:
            score, weight = record.get(Role.SCORE), record.get(Role.WEIGHT)
            yield TotalEntry(owner or head.name, score, weight, place=record.place, level1=level1)
        elif grade:
            yield TotalEntry(owner or head.name, grade=grade, place=record.place)


def _grade(cells: Sequence[str]) -> str:
    """The grade in a row: in one cell with its label, or in the cell after it."""
    texts = [squeeze(cell) for cell in cells if cell.strip()]
    for text in texts:
        if found := re.search(_GRADE, text):
            return found[1]
    for label, after in pairwise(texts):
        if re.fullmatch(_LABEL, label) and re.fullmatch(_WORD, after):
            return after
    return next((text for text in texts[1:] if re.fullmatch(_WORD, text)), "")
