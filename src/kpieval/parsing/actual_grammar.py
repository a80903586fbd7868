"""Reading an actual by the grammar, the same as for targets."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import evolve

from kpieval.actuals import Actual, Changed, Measured, Reading, Stated
from kpieval.constraints import (
    By,
    Change,
    Constraint,
    Direction,
    During,
    Level,
    NotBefore,
    Statement,
    Target,
)
from kpieval.errors import ReadingError
from kpieval.intervals import negated
from kpieval.meaning import amounts_of, is_near, target_unit
from kpieval.notes import merged
from kpieval.parsing import labels, language, plans, unattained, zeros
from kpieval.parsing.answers import TRAILING, answer
from kpieval.parsing.drafting import Scope
from kpieval.parsing.folding import Folded, fold
from kpieval.parsing.measures import shares_scale
from kpieval.parsing.measuring import reading_of
from kpieval.parsing.target_grammar import counts_nothing, number_notes, read_cell
from kpieval.units import parse_unit


def by_grammar(
    text: str, like: Target | None = None, year: int | None = None, name: str = ""
) -> Actual:
    """Read an actual by the grammar, whatever its shape; what :func:`parse_actual` is held to."""
    folded = fold(text)
    word = folded.text.strip().rstrip(TRAILING)
    whole = answer(text, word, like)
    if whole is not None:
        return whole
    scope = _actual_scope(text, folded, like, year)
    try:
        plans.refuse_bounds(text, folded.text)
        constraint = read_cell(folded, scope, start="actual")
        if not isinstance(constraint, Level):
            unattained.refuse(text, folded.text, unattained.said_in_row(like, name))
    except ReadingError as error:
        prose = isinstance(like.constraint, Statement | Level) if like else False
        if not prose and not (counts_nothing(folded.text) and language.is_prose(error)):
            raise
        return Actual(text, Stated(text.strip()), folded.notes)
    reading = _directed(reading_of(constraint), folded.text.strip(), like)
    if isinstance(reading, Measured) and shares_scale(like, scope.written_factor):
        reading = evolve(reading, factor=scope.written_factor)
    _note_year(scope, folded.text, like)
    unattained.refuse_grade(text, reading, like)
    zeros.refuse_other(text, scope.notes, like, name)
    reading = labels.in_order(text, reading, scope.notes, like)
    notes = merged(folded.notes, number_notes(folded.text), scope.notes)
    return Actual(text, reading, notes)


def _note_year(scope: Scope, folded: str, like: Target | None) -> None:
    """Note that a day without a year was taken for the table's, where the target is of another."""
    if not scope.took_year or "年" in folded or like is None:
        return
    if isinstance(like.constraint, By | NotBefore) and like.constraint.date.year != scope.year:
        scope.note("date.target_of_other_year", target=like.constraint.date.year, year=scope.year)


def _directed(reading: Reading, text: str, like: Target | None) -> Reading:
    """Against a change, a written + or - says the direction: -6% is a decrease of 6%."""
    if not (like and isinstance(like.constraint, Change) and isinstance(reading, Measured)):
        return reading
    if text[0] not in "+-" or not reading.interval.is_point:
        return reading
    if text[0] == "+":
        return Changed(Direction.INCREASE, None, reading)
    return Changed(Direction.DECREASE, None, evolve(reading, interval=negated(reading.interval)))


def _actual_scope(text: str, folded: Folded, like: Target | None, year: int | None) -> Scope:
    scope = Scope(source=text, year=year, is_actual=True)
    if like is None:
        return scope
    unit = target_unit(like.constraint)
    if unit is None or _may_be_a_share(folded.text, like.constraint):
        return scope
    if like.factor != 1 and _may_be_unscaled(folded.text, like):
        return scope
    scope.hint, scope.hint_factor = unit, like.factor
    scope.hint_note = "unit.from_target"
    scope.date_row = isinstance(like.constraint, By | NotBefore | During)
    return scope


def _may_be_a_share(text: str, constraint: Constraint) -> bool:
    """A bare number in [0, 1] against a % target above 1 %: 0.953 may mean 95.3%."""
    unit = target_unit(constraint)
    if unit is None or unit.dimension != parse_unit("%").dimension:
        return False
    numbers = re.findall(r"\d+(?:\.\d+)?", text)
    if re.search(r"[%‰成]", text) or not numbers or any(Fraction(n) > 1 for n in numbers):
        return False
    highest = max(value.base for value in amounts_of(constraint))
    return highest > parse_unit("%").scale


def _may_be_unscaled(text: str, like: Target) -> bool:
    """A bare 280000 against ≤30万元: it is near the target in 元, and far beyond it in 万元."""
    if re.search("[万亿千百]", text):
        return False
    joined = re.sub(r"(?<=\d)[, ](?=\d{3})", "", text)
    numbers = [Fraction(number) for number in re.findall(r"\d+(?:\.\d+)?", joined)]
    bounds = [abs(value.value) for value in amounts_of(like.constraint)]
    pairs = [(number, bound) for number in numbers for bound in bounds]
    return any(is_near(*pair) for pair in pairs) and not any(
        is_near(number * like.factor, bound) for number, bound in pairs
    )
