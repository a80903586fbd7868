"""Reading one actual: the same grammar as for targets, and the words of self-evaluations."""

from __future__ import annotations

import re
from fractions import Fraction

from attrs import evolve

from kpieval import wordlists
from kpieval.actuals import (
    Actual,
    Answered,
    Attained,
    Changed,
    Dated,
    Graded,
    Measured,
    Missing,
    Reading,
    Stated,
)
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
from kpieval.intervals import Interval, negated
from kpieval.meaning import amounts_of, is_near, target_unit
from kpieval.notes import Note, merged
from kpieval.parsing import language, plain, plans
from kpieval.parsing.drafting import Scope
from kpieval.parsing.folding import Folded, fold
from kpieval.parsing.measuring import reading_of
from kpieval.parsing.targets import counts_nothing, number_notes, read_cell
from kpieval.units import parse_unit

_TRAILING = " 。."
_STATED = {"fully": Attained.FULLY, "partly": Attained.PARTLY, "not": Attained.NOT}


def parse_actual(text: str, *, like: Target | None = None, year: int | None = None) -> Actual:
    """Read one actual. ``like`` is its target: a bare number takes the target's unit, noted.

    Blank, 无 and a dash are Missing, never zero. Stated words (达成, 部分达成, 未达成) and prose
    are kept as words; a text with figures that is not understood raises a ReadingError, a day
    without a year where no ``year`` is given a MissingYearError. Intervals stand in base units.

    >>> parse_actual("26500元").reading.interval.lower.value
    Fraction(26500, 1)
    """
    when = plain.day(text)
    if when is not None and not (like and isinstance(like.constraint, Statement | Level)):
        return Actual(text, Dated(Interval.point(when)))
    return by_grammar(text, like, year)


def by_grammar(text: str, like: Target | None = None, year: int | None = None) -> Actual:
    """Read an actual by the grammar, whatever its shape; what :func:`parse_actual` is held to."""
    folded = fold(text)
    word = folded.text.strip().rstrip(_TRAILING)
    whole = _actual_word(text, word, like)
    if whole is not None:
        return whole
    scope = _actual_scope(text, folded, like, year)
    try:
        plans.refuse_bounds(text, folded.text)
        constraint = read_cell(folded, scope, start="actual")
    except ReadingError as error:
        prose = isinstance(like.constraint, Statement | Level) if like else False
        if not prose and not (counts_nothing(folded.text) and language.is_prose(error)):
            raise
        return Actual(text, Stated(text.strip()), folded.notes)
    reading = _directed(reading_of(constraint), folded.text.strip(), like)
    if isinstance(reading, Measured) and _shares_scale(like, scope.written_factor):
        reading = evolve(reading, factor=scope.written_factor)
    notes = merged(folded.notes, number_notes(folded.text), scope.notes)
    return Actual(text, reading, notes)


def _directed(reading: Reading, text: str, like: Target | None) -> Reading:
    """Against a change, a written + or - says the direction: -6% is a decrease of 6%."""
    if not (like and isinstance(like.constraint, Change) and isinstance(reading, Measured)):
        return reading
    if text[0] not in "+-" or not reading.interval.is_point:
        return reading
    if text[0] == "+":
        return Changed(Direction.INCREASE, None, reading)
    return Changed(Direction.DECREASE, None, evolve(reading, interval=negated(reading.interval)))


def is_blank(text: str) -> bool:
    """Whether a cell holds no actual: nothing, a dash, 无.

    >>> is_blank(" — "), is_blank("0")
    (True, False)
    """
    word = text.strip()
    blanks: str = wordlists.context()["empty"]["blanks"]
    return word.strip(blanks) == "" or word in wordlists.words("empty", "words")


def _actual_word(text: str, word: str, like: Target | None) -> Actual | None:
    """An actual that is one word: nothing, a stated word, or the target's own words."""
    if word in wordlists.words("stated", "not_applicable"):
        return Actual(text, Missing("not_applicable"))
    if is_blank(word):
        return Actual(text, Missing("blank"))
    for key, attained in _STATED.items():
        if word in wordlists.words("stated", key):
            return Actual(text, Stated(word, attained))
    if word in wordlists.words("stated", "done"):
        return Actual(text, Stated(word, done=True))
    if like is not None and _repeats(word, like):
        return Actual(text, _repeated(word, like), (Note.of("actual.repeats_target"),))
    if word in wordlists.words("stated", "yes"):
        return Actual(text, Answered(True))
    if word in wordlists.words("stated", "no"):
        return Actual(text, Answered(False))
    return None


def _shares_scale(like: Target | None, factor: int | Fraction) -> bool:
    """Whether a target without a unit can be meant in the actual's scale: 5 against 4万元.

    A target with a scale of its own, or with a number as large as the scale, is written out.
    """
    if like is None or like.factor != 1:
        return False
    return all(abs(value.value) < factor for value in amounts_of(like.constraint))


def _repeats(word: str, like: Target) -> bool:
    """Whether the actual is the target's own words, where the target is words."""
    if not isinstance(like.constraint, Statement | Level):
        return False
    return word == fold(like.source).text.strip().rstrip(_TRAILING)


def _repeated(word: str, like: Target) -> Stated | Graded:
    if isinstance(like.constraint, Level):
        return Graded(like.constraint.level, like.constraint.scale)
    return Stated(word, Attained.FULLY)


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
