"""Resolving: the row's context and the policy decide what a target left open.

A bare number takes its direction from the row; 约 takes its width from the policy. What the
context cannot decide stays open, with the reason; nothing is guessed without a note.
"""

from __future__ import annotations

from functools import cache
from typing import assert_never

from attrs import evolve, frozen

from kpieval import exact, units, wordlists
from kpieval.amounts import Amount
from kpieval.constraints import (
    About,
    AllOf,
    AtLeast,
    AtMost,
    Bare,
    Between,
    By,
    Change,
    Constraint,
    During,
    Equal,
    LessThan,
    Level,
    MoreThan,
    NotBefore,
    Size,
    Statement,
    YesNo,
)
from kpieval.notes import Note, merged
from kpieval.policies import Policy
from kpieval.showing import Shown
from kpieval.units import parse_unit


@frozen(repr=False)
class RowContext(Shown):
    """What a table says about a row beside its value."""

    level1: str = ""
    level2: str = ""
    name: str = ""
    direction: str = ""

    @property
    def is_cost(self) -> bool:
        """Whether the row belongs to the costs."""
        levels = f"{self.level1} {self.level2}"
        return wordlists.contains_any(levels, "direction", "cost")

    @property
    def is_rate(self) -> bool:
        """Whether the name says that the value is a rate."""
        return wordlists.contains_any(self.name, "rate", "names")

    @property
    def is_saving(self) -> bool:
        """Whether the name says how much was saved."""
        return wordlists.contains_any(self.name, "direction", "saved")

    @property
    def is_bad(self) -> bool:
        """Whether the name counts something bad, and not how it is dealt with."""
        return wordlists.contains_any(self.name, "direction", "bad") and not wordlists.contains_any(
            self.name, "direction", "handled"
        )


@frozen(repr=False)
class Resolved(Shown):
    """A constraint with nothing open, and what was assumed for it."""

    constraint: Constraint
    notes: tuple[Note, ...] = ()


@frozen(repr=False)
class Open(Shown):
    """A constraint whose direction or width nobody has said.

    ``met_when_equal``: whichever way it is meant, an actual equal to the number meets it.
    """

    constraint: Constraint
    reason: Note
    met_when_equal: bool = False


def resolve(
    constraint: Constraint, context: RowContext | None = None, policy: Policy | None = None
) -> Resolved | Open:
    """Decide what is open about a constraint, from the row and the policy.

    >>> from kpieval.amounts import money
    >>> resolve(Bare(money(500)), RowContext(level2="成本指标")).constraint
    AtMost(value=Amount(500 元))
    """
    match constraint:
        case AtLeast() | MoreThan() | AtMost() | LessThan() | Equal() | Between():
            return Resolved(constraint)
        case Bare(value=value):
            return _bare(value, context)
        case About(value=value):
            return _about(value, policy)
        case Change(constraint=size):
            return _change(constraint, size, context, policy)
        case AllOf(parts=parts):
            return _all_of(constraint, [resolve(part, context, policy) for part in parts])
        case By() | NotBefore() | During() | Level() | YesNo() | Statement():
            return Resolved(constraint)
        case _:
            assert_never(constraint)


def _bare(value: Amount, context: RowContext | None) -> Resolved | Open:
    if context is None:
        return Open(Bare(value), Note.of("bare.open"))
    if context.direction in wordlists.words("direction", "higher"):
        return Resolved(AtLeast(value), (Note.of("bare.direction", direction=context.direction),))
    if context.direction in wordlists.words("direction", "lower"):
        return Resolved(AtMost(value), (Note.of("bare.direction", direction=context.direction),))
    if value.magnitude == 0:
        return Resolved(Equal(value), (Note.of("bare.zero"),))
    if wordlists.contains_any(context.name, "direction", "exact"):
        return Resolved(Equal(value), (Note.of("bare.exact"),))
    if context.is_cost and is_money(value) and not context.is_saving:
        return Resolved(AtMost(value), (Note.of("bare.cost_ceiling"),))
    if context.is_bad:
        return Resolved(AtMost(value), (Note.of("bare.bad_ceiling"),))
    if context.is_cost:
        return Open(Bare(value), Note.of("bare.cost_open"), met_when_equal=True)
    return Resolved(AtLeast(value), (Note.of("bare.floor"),))


def is_money(value: Amount) -> bool:
    """Whether the amount is money or money per something."""
    above = [base for base, power in value.unit.dimension if power > 0]
    return len(above) == 1 and above[0] in _currencies()


@cache
def _currencies() -> frozenset[str]:
    """The dimensions of money, one a currency."""
    named = map(parse_unit, wordlists.words("money", "units"))
    return frozenset(base for unit in named for base, _ in unit.dimension)


def _about(value: Amount, policy: Policy | None) -> Resolved | Open:
    if policy is None:
        return Open(About(value), Note.of("about.open"))
    spread = abs(value.value) * policy.about_tolerance
    lower, upper = (
        Amount(exact.number(value.value + sign * spread), value.unit) for sign in (-1, 1)
    )
    percent = exact.text(policy.about_tolerance * 100)
    return Resolved(Between(lower, upper), (Note.of("about.width", percent=percent),))


def _change(
    change: Change, size: Size, context: RowContext | None, policy: Policy | None
) -> Resolved | Open:
    if context is not None and context.is_rate and _in_percent(size):
        return Open(change, Note.of("change.points_or_percent"))
    if isinstance(size, Bare):
        # A change that is asked for without a sign is the least that is asked for.
        floor = evolve(change, constraint=AtLeast(size.value))
        return Resolved(floor, (Note.of("bare.change"),))
    resolved = resolve(size, context, policy)
    if isinstance(resolved, Open):
        return Open(change, resolved.reason)
    assert isinstance(resolved.constraint, Size)  # a size resolves to a size
    return Resolved(evolve(change, constraint=resolved.constraint), resolved.notes)


def _in_percent(size: Size) -> bool:
    percent = parse_unit("%")
    value = size.upper if isinstance(size, Between) else size.value
    return units.comparable(value.unit, percent)


def _all_of(whole: AllOf, parts: list[Resolved | Open]) -> Resolved | Open:
    decided = []
    for part in parts:
        if isinstance(part, Open):
            return Open(whole, part.reason)
        decided.append(part.constraint)
    notes = merged(*(part.notes for part in parts if isinstance(part, Resolved)))
    return Resolved(AllOf(tuple(decided)), notes)  # type: ignore[arg-type]
