"""Comparing an actual with a target: Met, Unmet or Undetermined, strictly and exactly."""

from __future__ import annotations

from typing import assert_never

from attrs import evolve

from kpieval.actuals import (
    Actual,
    Answered,
    Attained,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Part,
    Reading,
    Stated,
)
from kpieval.calendars import Calendar
from kpieval.comparing import compare_change, compare_dates, compare_numbers
from kpieval.constraints import (
    AllOf,
    Bare,
    By,
    Change,
    Constraint,
    During,
    Level,
    NotBefore,
    Single,
    Statement,
    Target,
    YesNo,
)
from kpieval.intervals import Interval
from kpieval.lasting import CALENDAR_LACKS, lasted
from kpieval.meaning import Decided, amounts_of
from kpieval.notes import Note, merged
from kpieval.outcomes import Met, Undetermined, Unmet, Verdict
from kpieval.pairing import paired
from kpieval.policies import Policy
from kpieval.resolving import Open, Resolved, RowContext, resolve
from kpieval.units import NO_UNIT, parse_unit
from kpieval.wordlists import same_level, scales

BOUNDARY = "date.before_day"
"""The reading note of ``12月31日前``, whose very day is in time by convention only."""


def evaluate(
    target: Target | Constraint,
    actual: Actual | Reading,
    *,
    context: RowContext | None = None,
    policy: Policy | None = None,
    calendar: Calendar | None = None,
) -> Verdict:
    """Compare an actual with a target or a bare constraint.

    ``context`` decides what a number without a sign means, ``policy`` how wide 约 is, and
    ``calendar`` which days of a span are worked; without them such a target is Undetermined, and so
    is what cannot be compared (人 with 个). Margin and gap are texts with a unit. Raises TypeError
    for texts: they are read first, by ``parse_target`` and ``parse_actual``.

    >>> from kpieval.parsing import parse_actual, parse_target
    >>> target = parse_target("≤2.7万元")
    >>> evaluate(target, parse_actual("26500元", like=target))
    Met(margin='500元', notes=())
    """
    constraint, reading = as_read(target, actual)
    said = finished(constraint, reading, calendar)
    decided = resolve(constraint, context, policy)
    if isinstance(decided, Open):
        return left_open(decided, said[0])
    verdict = compare(decided.constraint, said[0], context=context, policy=policy)
    return settled(verdict, target, decided, said)


def as_read(target: Target | Constraint, actual: Actual | Reading) -> tuple[Constraint, Reading]:
    """The constraint and the reading that are compared; TypeError for texts."""
    constraint = target.constraint if isinstance(target, Target) else target
    reading = actual.reading if isinstance(actual, Actual) else actual
    if isinstance(constraint, str) or isinstance(reading, str):
        raise TypeError("texts are read first: parse_target(text), parse_actual(text, like=target)")
    return constraint, reading


def settled(
    verdict: Verdict,
    target: Target | Constraint,
    decided: Resolved,
    said: tuple[Reading, tuple[Note, ...]],
) -> Verdict:
    """The verdict with all that was assumed for it: of the target, of the actual, of the day."""
    reading, assumed = said
    if isinstance(verdict, Undetermined) and assumed and assumed[0].code in CALENDAR_LACKS:
        return Undetermined(assumed[0], verdict.notes)
    verdict = _on_the_day(verdict, target, reading)
    if not (decided.notes or assumed):
        return verdict
    return evolve(verdict, notes=merged(decided.notes, assumed, verdict.notes))


def compare(
    constraint: Constraint,
    reading: Reading,
    *,
    context: RowContext | None = None,
    policy: Policy | None = None,
) -> Verdict:
    """Compare a reading with a constraint in which nothing is open."""
    if isinstance(reading, Missing):
        return _missing(reading)
    if isinstance(reading, Stated):
        return _stated(constraint, reading)
    if isinstance(constraint, AllOf):
        pairs = paired(constraint.parts, reading)
        verdict = _all([_single(part, found, context, policy) for part, found in pairs])
        return _with_unused(verdict, pairs, reading)
    if isinstance(reading, Every):
        pairs = paired((constraint,), reading)
        verdict = _single(constraint, pairs[0][1], context, policy)
        return _with_unused(verdict, pairs, reading)
    return _single(constraint, reading, context, policy)


def _single(
    constraint: Single, reading: Part | None, context: RowContext | None, policy: Policy | None
) -> Verdict:
    if reading is None:
        return Undetermined(Note.of("actual.part_missing"))
    if isinstance(reading, Stated):
        return _stated(constraint, reading)
    if isinstance(constraint, Decided) and isinstance(reading, Measured):
        return compare_numbers(constraint, reading, context, policy)
    match constraint, reading:
        case ((By() | NotBefore() | During()), Dated()):
            return compare_dates(constraint, reading.interval)
        case Change(), Changed():
            return compare_change(constraint, reading, context, policy)
        case Change(), Measured():
            return Undetermined(Note.of("change.no_direction"))
        case Level(), Graded():
            return _graded(constraint, reading)
        case YesNo(value=expected), Answered(value=answered):
            return Met() if expected == answered else Unmet()
        case Statement(), _:
            return Undetermined(Note.of("actual.prose"))
        case _:
            return Undetermined(Note.of("actual.other_kind"))


def left_open(decided: Open, reading: Reading) -> Verdict:
    """An open target stays open, unless the actual meets it whichever way it is meant."""
    constraint = decided.constraint
    if isinstance(reading, Missing):
        return _missing(reading)
    if isinstance(reading, Stated) and reading.attained is not None:
        return _stated(constraint, reading)
    if decided.met_when_equal and isinstance(constraint, Bare) and isinstance(reading, Measured):
        value = constraint.value
        same_kind = value.unit == NO_UNIT or reading.unit.dimension == value.unit.dimension
        # A target without a unit takes that of the actual, its scale included.
        taken = reading.unit.scale * reading.factor if value.unit == NO_UNIT else 1
        same = reading.interval == Interval.point(value.base * taken)
        if same_kind and same and not reading.about:
            return Met(notes=(decided.reason,))
    return Undetermined(decided.reason)


def _missing(reading: Missing) -> Undetermined:
    """No actual, or one that could not be read: two different things to put right."""
    match reading.reason:
        case "unread":
            return Undetermined(Note.of("actual.unread"))
        case "not_applicable":
            return Undetermined(Note.of("actual.not_applicable"))
        case _:
            return Undetermined(Note.of("actual.missing"))


def _with_unused(
    verdict: Verdict, pairs: list[tuple[Single, Part | None]], reading: Reading
) -> Verdict:
    """Name how many parts of a compound actual no part of the target asked for."""
    if not isinstance(reading, Every):
        return verdict
    unused = sum(all(part is not found for _, found in pairs) for part in reading.parts)
    if not unused:
        return verdict
    return evolve(verdict, notes=merged(verdict.notes, (Note.of("actual.unused", count=unused),)))


def _stated(constraint: Constraint, reading: Stated) -> Verdict:
    match reading.attained:
        case Attained.FULLY:
            return Met(notes=(Note.of("actual.stated", words=reading.text),))
        case Attained.PARTLY | Attained.NOT:
            return Unmet(notes=(Note.of("actual.stated", words=reading.text),))
        case None:
            return Undetermined(_why_words_do_not_do(constraint, reading))
        case _:
            assert_never(reading.attained)


def _why_words_do_not_do(constraint: Constraint, reading: Stated) -> Note:
    """完成 says neither when nor how much; other prose wants a person."""
    if not reading.done:
        return Note.of("actual.prose")
    dated = isinstance(constraint, By | NotBefore | During)
    return Note.of("actual.done_when" if dated else "actual.done_how_much")


def finished(
    constraint: Constraint, reading: Reading, calendar: Calendar | None = None
) -> tuple[Reading, tuple[Note, ...]]:
    """What a reading says against this target: 完成 against 100 % is 100 %, a span of days
    against a duration is how long it took; any other reading stays as it is."""
    if isinstance(reading, Dated):
        return lasted(constraint, reading, calendar)
    if not (isinstance(reading, Stated) and reading.done and _is_whole(constraint)):
        return reading, ()
    percent = parse_unit("%")
    whole = Measured(Interval.point(100 * percent.scale), percent)
    return whole, (Note.of("actual.done_is_all"),)


def _is_whole(constraint: Constraint) -> bool:
    amounts = amounts_of(constraint)
    return (
        not isinstance(constraint, AllOf | Change)
        and len(amounts) == 1
        and amounts[0].unit == parse_unit("%")
        and amounts[0].value == 100
    )


def _graded(constraint: Level, reading: Graded) -> Verdict:
    """Compare two words on the one scale that holds both."""
    wanted, reached = same_level(constraint.level), same_level(reading.level)
    if wanted == reached:
        return Met()
    for scale in (constraint.scale, *scales()):
        words = [same_level(word) for word in scale]
        if wanted in words and reached in words:
            return Met() if words.index(reached) <= words.index(wanted) else Unmet()
    return Undetermined(
        Note.of("level.no_common_scale", target=constraint.level, actual=reading.level)
    )


def _all(verdicts: list[Verdict]) -> Verdict:
    """All met is Met, any unmet is Unmet, else Undetermined."""
    notes = merged(*(verdict.notes for verdict in verdicts))
    for verdict in verdicts:
        if isinstance(verdict, Unmet):
            return evolve(verdict, notes=notes)
    for verdict in verdicts:
        if isinstance(verdict, Undetermined):
            return evolve(verdict, notes=notes)
    return Met(notes=notes)


def _on_the_day(verdict: Verdict, target: Target | Constraint, reading: Reading) -> Verdict:
    """Note that the actual fell on the very day of a deadline such as 12月31日前."""
    constraint = target.constraint if isinstance(target, Target) else target
    if not isinstance(constraint, By | AllOf):
        return verdict
    if isinstance(target, Target) and all(note.code != BOUNDARY for note in target.notes):
        return verdict
    if isinstance(constraint, AllOf):
        pairs = paired(constraint.parts, reading)
    else:
        pairs = [(constraint, None if isinstance(reading, Every | Missing) else reading)]
    days = [
        part.date for part, found in pairs if isinstance(part, By) and _is_on_the_day(part, found)
    ]
    said = [Note.of("date.boundary_day", date=day) for day in days]
    return evolve(verdict, notes=merged(verdict.notes, said)) if said else verdict


def _is_on_the_day(deadline: By, found: Part | None) -> bool:
    """Whether the actual fell on the last day of a deadline that is a day."""
    if not isinstance(found, Dated) or deadline.from_ is not None:
        return False
    last = found.interval.upper
    return last is not None and last.value == deadline.date
