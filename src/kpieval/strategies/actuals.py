"""Strategies of actuals: that meet a target, miss it, or leave it open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from types import EllipsisType

from attrs import evolve
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument

from kpieval import units
from kpieval.actuals import Actual, Every, Missing
from kpieval.amounts import Amount
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    Bare,
    By,
    Change,
    Constraint,
    During,
    Level,
    NotBefore,
    Single,
    Size,
    Statement,
    Target,
    YesNo,
)
from kpieval.intervals import Interval
from kpieval.parsing.measuring import reading_of
from kpieval.policies import Policy
from kpieval.rendering import canonical
from kpieval.resolving import Open, Resolved, RowContext, resolve
from kpieval.strategies import measured
from kpieval.strategies.constraints import constraints
from kpieval.strategies.kinds import word_of
from kpieval.strategies.parts import Asked, Found, amount_of, on_day, parts, prose
from kpieval.units import NO_UNIT

_VERDICTS = {True: "met", False: "unmet", None: "undetermined"}

BLANKS = ("", "—", "无", "/")


def actuals(
    for_: Target | Constraint | None = None,
    met: bool | EllipsisType | None = ...,
    *,
    exact: bool = False,
    unit: str | None = None,
    context: RowContext | None = None,
    policy: Policy | None = None,
) -> st.SearchStrategy[Actual]:
    """Actuals for a target: ``met=True`` inside it, ``False`` outside, ``None`` undecidable.

    The bounds of the target and their nearest neighbours come first. Without ``met`` all three
    come, without ``for_`` those of any target. ``exact`` leaves out what is known within bounds
    only (≥90%, 3~5人), ``unit`` is what amounts are written in (万元). ``context`` and ``policy``
    decide what a target leaves open, as in :func:`kpieval.evaluate`; what no actual can be is
    refused with InvalidArgument.

    >>> from hypothesis import find
    >>> from kpieval import parse_target
    >>> limit = parse_target("≤700元")
    >>> find(actuals(limit, met=True), lambda actual: True).source
    '700元'
    >>> find(actuals(limit, met=False), lambda actual: True).source
    '701元'
    >>> find(actuals(limit, met=True, exact=True, unit="万元"), lambda actual: True).source
    '0.07万元'
    >>> actuals(parse_target("700元"), met=True)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    hypothesis.errors.InvalidArgument: no actual makes 700元 met: ...
    """
    if for_ is None:
        if not isinstance(met, EllipsisType) or unit is not None or context is not None:
            raise InvalidArgument("met, unit and context are those of a target: say for which")
        return constraints().flatmap(lambda made: actuals(made, exact=exact, policy=policy))
    constraint = for_.constraint if isinstance(for_, Target) else for_
    decided = resolve(constraint, context, policy)
    wanted = (True, False, None) if isinstance(met, EllipsisType) else (met,)
    found = [
        strategy for one in wanted for strategy in _found(decided, Asked(one, exact, unit), policy)
    ]
    if not found:
        assert not isinstance(met, EllipsisType)  # a missing actual leaves every target open
        raise InvalidArgument(_refusal(constraint, met, decided))
    return st.one_of(found)


def _refusal(constraint: Constraint, met: bool | None, decided: Resolved | Open) -> str:
    reason = (
        decided.reason.message("en")
        if isinstance(decided, Open)
        else f"there is no such actual for {word_of(type(constraint))}"
    )
    return f"no actual makes {canonical(constraint)} {_VERDICTS[met]}: {reason}"


def _found(decided: Resolved | Open, asked: Asked, policy: Policy | None) -> Found:
    if isinstance(decided, Open):
        return _open(decided, asked)
    constraint = decided.constraint
    found = _all(constraint, asked) if isinstance(constraint, AllOf) else parts(constraint, asked)
    if asked.met is None:
        found = found + _unclear(constraint, asked, policy)
    return found


# ---- what leaves every target open --------------------------------------------------------------


def _unclear(constraint: Constraint, asked: Asked, policy: Policy | None) -> Found:
    """No actual, prose, and what is of another kind or in another unit."""
    found = [missing(), prose()]
    if isinstance(constraint, AllOf | Statement):
        return found
    if not isinstance(constraint, By | NotBefore | During):
        found.append(st.dates(dt.date(2024, 1, 1), dt.date(2024, 12, 31)).map(on_day))
    if not isinstance(constraint, YesNo):
        found += parts(YesNo(True), Asked(True, asked.exact))
    if isinstance(constraint, Size):
        found += _elsewhere(constraint, asked, policy)
    if isinstance(constraint, By | NotBefore | During | Level | YesNo | Change):
        found += parts(_ANY_AMOUNT, Asked(True, asked.exact))
    return found


def missing() -> st.SearchStrategy[Actual]:
    """No actual: never zero."""
    blank = st.sampled_from(BLANKS).map(lambda text: Actual(text, Missing("blank")))
    return st.one_of(st.just(Actual("", Missing())), blank)


_ANY_AMOUNT = AtLeast(Amount(1, units.parse_unit("次")))


def _elsewhere(size: Size, asked: Asked, policy: Policy | None) -> Found:
    """The same number of something else, or of nothing; without a policy, about as much."""
    amount = amount_of(size)
    others = [measured.other_unit(amount.unit)]
    if not units.comparable(amount.unit, NO_UNIT):
        others.append(NO_UNIT)
    said: list[Size] = [Bare(Amount(amount.magnitude, unit)) for unit in others if unit is not None]
    if policy is None and not asked.exact:
        said.append(About(amount))
    return [st.sampled_from([_saying(one) for one in said])] if said else []


def _saying(said: Constraint) -> Actual:
    return Actual(canonical(said), reading_of(said))


# ---- open targets and compounds -----------------------------------------------------------------


def _open(decided: Open, asked: Asked) -> Found:
    """What is open is met only by its very number, and that only where any direction allows it."""
    constraint = decided.constraint
    bare = isinstance(constraint, Bare)
    if asked.met is not None:
        equal = asked.met and decided.met_when_equal and bare
        return [st.just(_saying(constraint))] if equal else []
    found = [missing(), prose()]
    if isinstance(constraint, Bare | About):
        value = constraint.value
        # An actual that is equal may be met; the neighbours never are.
        other = Interval.at_least(value.base, closed=not decided.met_when_equal)
        for scale in asked.scales(value)[:1]:
            sizes = measured.exact_sizes([other], scale)
            found += [one.map(_saying) for one in sizes]
    return found


def _all(compound: AllOf, asked: Asked) -> Found:
    """An actual for each part: all met; one missed; one undecidable and none missed."""
    if asked.met is True:
        return _together(parts(part, evolve(asked, met=True)) for part in compound.parts)
    found = []
    for place in range(len(compound.parts)):
        rest = (True,) if asked.met is None else (True, False)
        found += _together(
            _one(part, asked, (asked.met,) if at == place else rest)
            for at, part in enumerate(compound.parts)
        )
    return found


def _one(part: Single, asked: Asked, sides: tuple[bool | None, ...]) -> Found:
    """Actuals of one part, on the first of the sides where there are any."""
    found = (parts(part, evolve(asked, met=side)) for side in sides)
    return next((made for made in found if made), [])


def _together(rows: Iterable[Found]) -> Found:
    """One actual of each row, as one compound; nothing where a row has none."""
    made = [st.one_of(row) if row else None for row in rows]
    if any(row is None for row in made):
        return []
    return [st.tuples(*(row for row in made if row is not None)).map(_compound)]


def _compound(found: tuple[Actual, ...]) -> Actual:
    readings = (actual.reading for actual in found)
    said = tuple(one for one in readings if not isinstance(one, Every | Missing))
    return Actual("；".join(actual.source for actual in found), Every(said))
