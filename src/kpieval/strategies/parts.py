"""Actuals for one constraint: of its own kind, on the side of it that is asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial

from attrs import evolve, frozen
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from kpieval import meaning, units
from kpieval.actuals import Actual, Answered, Attained, Dated, Graded, Stated
from kpieval.amounts import Amount
from kpieval.constraints import (
    About,
    Bare,
    Between,
    By,
    Change,
    Direction,
    During,
    Level,
    NotBefore,
    Single,
    Size,
    Statement,
    YesNo,
)
from kpieval.intervals import Interval
from kpieval.meaning import Dates, Decided
from kpieval.parsing.measuring import reading_of
from kpieval.rendering import canonical, day
from kpieval.strategies import measured, timed
from kpieval.strategies.amounts import unit_of
from kpieval.strategies.measured import Scale
from kpieval.wordlists import same_level, scale_of, words
from kpieval.wordlists import scales as level_scales

Found = list[st.SearchStrategy[Actual]]
"""The strategies that give what was asked; none where there is no such actual."""

OWN_UNIT_FIRST = 4
"""How much oftener an actual stands in the target's own unit than in any other."""


@frozen
class Asked:
    """On which side of the target (None: undecidable), and how the actual is to be written."""

    met: bool | None
    exact: bool = False
    unit: str | None = None

    def scales(self, amount: Amount) -> list[Scale]:
        """What an actual beside this amount may be written in."""
        if self.unit is None:
            own, *others = measured.scales(amount)
            return [own] * OWN_UNIT_FIRST + others
        unit, factor = unit_of(self.unit)
        if not units.comparable(unit, amount.unit):
            raise InvalidArgument(f"no amount of {amount.unit.name or '1'} is said in {self.unit}")
        return [Scale(unit, measured.step_of(amount), factor, self.unit)]


def parts(constraint: Single, asked: Asked) -> Found:
    """Actuals of the constraint's own kind."""
    match constraint:
        case By() | NotBefore() | During():
            return _dated(constraint, asked)
        case Change():
            return _changed(constraint, asked)
        case Level():
            return _graded(constraint, asked)
        case YesNo(value=value):
            return [] if asked.met is None else [_answers(value is asked.met)]
        case Statement():
            return [_stated(asked.met)]
        case Bare() | About():
            return []  # open: nothing measured meets it or misses it
        case _:
            return _sized(constraint, asked)


# ---- amounts and changes ------------------------------------------------------------------------


def amount_of(size: Size) -> Amount:
    """The amount in whose unit a size speaks."""
    return size.upper if isinstance(size, Between) else size.value


def _sized(constraint: Decided, asked: Asked) -> Found:
    allowed = meaning.numbers(constraint)
    made = partial(_sizes, allowed, [allowed], measured.outside(allowed), asked)
    return _said(asked.scales(amount_of(constraint)), made)


def _sizes(
    allowed: Interval[Fraction],
    inside: list[Interval[Fraction]],
    outside: list[Interval[Fraction]],
    asked: Asked,
    scale: Scale,
    least: Fraction | None = None,
) -> list[st.SearchStrategy[Size]]:
    """The sizes on the side that is asked for."""
    if asked.met is None:
        return [] if asked.exact else measured.across(allowed, scale, least=least)
    chosen = inside if asked.met else outside
    exact = measured.exact_sizes(chosen, scale)
    return exact if asked.exact else exact + measured.rough_sizes(chosen, scale)


def _said(
    scales: Sequence[Scale],
    made: Callable[[Scale], list[st.SearchStrategy[Size]]],
    changed: Direction | None = None,
    bases: Sequence[str | None] = (None,),
) -> Found:
    """Actuals of these sizes, or of changes by them."""
    if not made(scales[0]):
        return []
    return [_actual(scales, made, changed, bases)]


@st.composite
def _actual(
    draw: st.DrawFn,
    scales: Sequence[Scale],
    made: Callable[[Scale], list[st.SearchStrategy[Size]]],
    changed: Direction | None,
    bases: Sequence[str | None],
) -> Actual:
    scale = draw(st.sampled_from(scales))
    size = draw(st.one_of(made(scale)))
    text, reading = draw(measured.spoken(size, scale)), reading_of(size)
    if changed is None:
        return Actual(text, reading)
    basis = draw(st.sampled_from(bases))
    said = Change(changed, basis, size)
    lead = canonical(said).removesuffix(canonical(size))
    return Actual(f"{lead}{text}", reading_of(said))


def _changed(change: Change, asked: Asked) -> Found:
    """Changes the same way, measured against the same base or against one that is not said."""
    size, nothing = change.constraint, Fraction(0)
    assert isinstance(size, Decided)  # what is open was decided before
    allowed = meaning.numbers(size)
    inside, outside = [allowed], measured.outside(allowed)
    made = partial(_sizes, allowed, _from_nothing(inside), _from_nothing(outside), asked)
    scales, bases = asked.scales(amount_of(size)), [change.basis, None]
    found = _said(scales, partial(made, least=nothing), change.direction, bases)
    if asked.met is False:
        other = next(one for one in Direction if one is not change.direction)
        some = [Interval.at_least(nothing, closed=False)]
        made = partial(_sizes, allowed, [], some, asked)
        found += _said(scales, made, other, bases)
    if asked.met is None and change.basis is not None:
        base = "previous_year" if change.basis != "previous_year" else "previous_period"
        made = partial(_sizes, allowed, _from_nothing([allowed]), [], evolve(asked, met=True))
        found += _said(scales, made, change.direction, [base])
    return found


def _from_nothing(intervals: list[Interval[Fraction]]) -> list[Interval[Fraction]]:
    found = map(measured.from_nothing, intervals)
    return [one for one in found if one is not None]


# ---- dates --------------------------------------------------------------------------------------


def _dated(constraint: Dates, asked: Asked) -> Found:
    if asked.met is None:
        return [] if asked.exact and not _is_period(constraint) else _undated(constraint, asked)
    spans = timed.in_time(constraint) if asked.met else timed.out_of_time(constraint)
    found = [timed.days_of(span).map(on_day) for span in spans]
    return found if asked.exact else found + [timed.spans_of(span).map(_within) for span in spans]


def _is_period(constraint: Dates) -> bool:
    return isinstance(constraint, By) and constraint.from_ is not None


def _undated(constraint: Dates, asked: Asked) -> Found:
    found = [one.map(_within) for one in timed.undecided(constraint)]
    if isinstance(constraint, By) and constraint.from_ is not None:
        days = timed.days_of((constraint.from_, constraint.date)).map(on_day)
        return [days] if asked.exact else [days, *found]
    return found


def on_day(date: dt.date) -> Actual:
    """The actual of one day."""
    return Actual(day(date), Dated(Interval.point(date)))


def _within(span: timed.Span) -> Actual:
    said = During(*span)
    return Actual(canonical(said), reading_of(said))


# ---- words --------------------------------------------------------------------------------------


def _graded(constraint: Level, asked: Asked) -> Found:
    found = tuple(word for word in _levels() if _reaches(constraint, word) is asked.met)
    made = [Actual(word, Graded(word, scale_of(word))) for word in found]
    return [st.sampled_from(made)] if made else []


def _levels() -> list[str]:
    return list(dict.fromkeys(word for scale in level_scales() for word in scale))


def _reaches(constraint: Level, word: str) -> bool | None:
    """Whether a word is as good as the one asked for; None where no scale holds both."""
    wanted, reached = same_level(constraint.level), same_level(word)
    for scale in (constraint.scale, *level_scales()):
        places = {same_level(one): place for place, one in reversed([*enumerate(scale)])}
        if wanted == reached:
            return True
        if wanted in places and reached in places:
            return places[reached] <= places[wanted]
    return None


def _answers(value: bool) -> st.SearchStrategy[Actual]:
    return _spellings("yes" if value else "no", "是" if value else "否").map(
        lambda word: Actual(word, Answered(value))
    )


_PROSE = ("工作有序推进", "进展顺利", "正在办理")


def _stated(met: bool | None) -> st.SearchStrategy[Actual]:
    """Words for prose, which no measure decides."""
    if met is None:
        return prose()
    keys = {"fully": Attained.FULLY} if met else {"partly": Attained.PARTLY, "not": Attained.NOT}
    first = {"fully": "达成", "partly": "部分达成", "not": "未达成"}
    return st.one_of(
        [
            _spellings(key, first[key]).map(partial(_attained, attained))
            for key, attained in keys.items()
        ]
    )


def _attained(attained: Attained, word: str) -> Actual:
    return Actual(word, Stated(word, attained))


def _spellings(key: str, first: str) -> st.SearchStrategy[str]:
    return st.sampled_from([first, *sorted(words("stated", key) - {first})])


def prose() -> st.SearchStrategy[Actual]:
    """Prose, which says neither how much nor when."""
    return st.sampled_from(_PROSE).map(lambda text: Actual(text, Stated(text)))
