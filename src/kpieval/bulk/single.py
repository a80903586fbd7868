"""One row the way that every single row goes: texts to objects, objects to an outcome.

What the columns cannot decide is decided here, and what they can is tested against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from attrs import frozen

from kpieval.actuals import Actual, Missing, Stated
from kpieval.constraints import Target, TargetError
from kpieval.errors import KpiEvalError, WeightValueError
from kpieval.explaining import all_notes, fault, verdict_name
from kpieval.judging import Row, Rules, judge
from kpieval.outcomes import Score, Undetermined
from kpieval.parsing import parse_actual
from kpieval.readers import cells
from kpieval.readers.columns import Role
from kpieval.readers.document import Record
from kpieval.readers.targets import read_target
from kpieval.results import IndicatorResult
from kpieval.tables import Indicator, Place

VERDICTS = ("met", "unmet", "undetermined")
"""The words of the verdict column; a verdict is its place here."""

SCALE = 6
"""Decimal places of a score, and of the weights that can be used."""

_HEAVIEST = 10**12
PROBE = Fraction(10)
"""The weight at which the kind of a row's points is found out."""


class Context(NamedTuple):
    """What stands beside a target in its row; the year as written, "" for none."""

    sign: str = ""
    unit: str = ""
    name: str = ""
    level1: str = ""
    level2: str = ""
    direction: str = ""
    year: str = ""


class Year(NamedTuple):
    """A year cell: its year, or the code of what is wrong with it."""

    year: int | None
    error: str | None = None


class Weight(NamedTuple):
    """A weight cell: its points, or the code of what is wrong with it."""

    points: Fraction | None
    error: str | None = None


class Outcome(NamedTuple):
    """What a row without its weight comes to; ``points`` says how the weight makes its score."""

    verdict: int
    ratio: tuple[int, int] | None
    points: str
    error: str | None
    notes: tuple[str, ...]


@frozen
class Reader:
    """Reads cells as rows of ``place``, ``year`` where a row names none."""

    place: Place
    year: int | None = None

    def year_of(self, text: str) -> Year:
        """The year of a cell, or the one for all rows where it is blank."""
        if not text:
            return Year(self.year)
        try:
            return Year(cells.year(text, column="年度", place=self.place))
        except KpiEvalError as error:
            return Year(None, error.code)

    def indicator(self, text: str, beside: Context) -> Indicator:
        """The row with its target read, or with the reason why it is not."""
        said: Mapping[Role, str] = {
            Role.TARGET: text.strip(),
            Role.SIGN: beside.sign,
            Role.UNIT: beside.unit,
            Role.NAME: beside.name,
            Role.LEVEL1: beside.level1,
            Role.LEVEL2: beside.level2,
        }
        target = read_target(Record(said, self.place), self.year_of(beside.year).year)
        return Indicator(
            beside.level1, beside.level2, beside.name, text, target, direction=beside.direction
        )

    def weight(self, text: str) -> Weight:
        """The points of a weight cell: none below 0, and none finer than scores are kept.

        >>> Reader(Place("rows")).weight("10分").points, Reader(Place("rows")).weight("many")
        (Fraction(10, 1), Weight(points=None, error='KP308'))
        """
        if not text.strip():
            return Weight(None)
        try:
            points = cells.weight(text, column="分值", place=self.place)
        except KpiEvalError as error:
            return Weight(None, error.code)
        if not 0 <= points < _HEAVIEST or (points * 10**SCALE).denominator != 1:
            return Weight(None, WeightValueError.code)
        return Weight(points)


def actual_of(
    text: str, like: Target | None, year: int | None, name: str = ""
) -> tuple[Actual, str | None]:
    """The actual as read against its target, and the code of what is wrong with it."""
    try:
        return parse_actual(text, like=like, year=year, name=name), None
    except KpiEvalError as error:
        return Actual(text, Missing("unread")), error.code


def outcome(row: Row, error: str | None, rules: Rules) -> Outcome:
    """A row's outcome but for its weight."""
    result = judge(row, rules, PROBE)
    reached = result.judgement.attainment
    ratio = None
    if reached is not None and reached.low == reached.high:
        ratio = reached.low.numerator, reached.low.denominator
    verdict = VERDICTS.index(verdict_name(result.verdict))
    if isinstance(result.verdict, Undetermined):
        ratio = None
    found = fault(result)
    return Outcome(
        verdict, ratio, _points(result), error if found is None else found.code, _codes(result)
    )


def score(row: Row, rules: Rules, weight: Fraction) -> Score:
    """A row's points at its weight."""
    found = judge(row, rules, weight).score
    assert found is not None  # there is a weight
    return found


def _codes(result: IndicatorResult) -> tuple[str, ...]:
    """The codes of all notes, each once; of an undetermined row the reason first."""
    verdict = result.verdict
    reason = (verdict.reason,) if isinstance(verdict, Undetermined) else ()
    return tuple(dict.fromkeys(note.code for note in (*reason, *all_notes(result))))


def _points(result: IndicatorResult) -> str:
    """How the score follows from the weight alone; ``each`` where it does not.

    ``full`` is the weight, ``open`` from nothing to the weight, ``band.*`` a band of it.
    """
    steps = [step.code for step in result.judgement.steps]
    if len(steps) != 1:
        return "each"
    (step,) = steps
    if step == "step.full" or step.startswith("step.band."):
        return step.removeprefix("step.")
    # Nothing was asked bound by bound, so that the least is nothing at any weight.
    unread = isinstance(result.indicator.target, TargetError)
    reading = result.actual.reading
    words = isinstance(reading, Missing) or (isinstance(reading, Stated) and not reading.done)
    return "open" if step == "step.open" and (unread or words) else "each"
