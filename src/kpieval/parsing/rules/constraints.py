"""Rules of comparators, ranges, changes and words."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve
from lark import Token, v_args

from kpieval import units
from kpieval.constraints import (
    About,
    AtLeast,
    AtMost,
    Bare,
    Between,
    Change,
    Constraint,
    Direction,
    Equal,
    LessThan,
    Level,
    MoreThan,
    Size,
    between,
)
from kpieval.errors import AlternativesError, ContradictionError, RecurringDateError
from kpieval.meaning import amounts_of
from kpieval.parsing.drafting import Draft, Reader, Scope, shared
from kpieval.parsing.rules.amounts import AmountRules
from kpieval.units import NO_UNIT
from kpieval.wordlists import scale_of


@v_args(inline=True)
class ConstraintRules(AmountRules):
    """Comparators, ranges, changes and words."""

    def at_least(self, *parts: Draft) -> Reader:
        return _reached(AtLeast, parts)

    def at_least_of(self, whole: Token, amount: Draft) -> Reader:
        return _of_whole(AtLeast, whole, amount)

    def at_most_of(self, whole: Token, amount: Draft) -> Reader:
        return _of_whole(AtMost, whole, amount)

    def more_than(self, amount: Draft) -> Reader:
        return lambda scope: MoreThan(scope.amount(amount))

    def at_most(self, *parts: Draft) -> Reader:
        return _reached(AtMost, parts)

    def less_than(self, amount: Draft) -> Reader:
        return lambda scope: LessThan(scope.amount(amount))

    def equal(self, amount: Draft) -> Reader:
        return lambda scope: Equal(scope.amount(amount))

    def about(self, amount: Draft) -> Reader:
        return lambda scope: About(scope.amount(amount))

    def bare(self, amount: Draft) -> Reader:
        return lambda scope: Bare(scope.amount(amount))

    def range(self, lower: Draft, upper: Draft) -> tuple[Draft, Draft]:
        return shared(lower, upper)

    def between(self, ends: tuple[Draft, Draft]) -> Reader:
        return lambda scope: _between(scope, *ends)

    def between_listed(self, lower: Draft, upper: Draft) -> Reader:
        return self.between(shared(lower, upper))

    def between_within(self, ends: tuple[Draft, Draft]) -> Reader:
        def read(scope: Scope) -> Constraint:
            if ends[1].unit is None or not units.is_duration(ends[1].unit):
                raise ContradictionError(scope.source)
            scope.note("range.within")
            return _between(scope, *ends)

        return read

    def between_around(self, centre: Draft, spread: Draft) -> Reader:
        if spread.unit is None:
            spread = evolve(spread, unit=centre.unit)
        elif centre.unit is None:
            centre = evolve(centre, unit=spread.unit)
        lower = evolve(centre, figures=centre.number - spread.number, factor=1)
        upper = evolve(centre, figures=centre.number + spread.number, factor=1)
        fault = ContradictionError if centre.unit != spread.unit else centre.fault
        return lambda scope: _between(scope, evolve(lower, fault=fault), upper)

    def symmetric(self, spread: Draft) -> Reader:
        lower = evolve(spread, figures=-spread.figures)
        return lambda scope: _between(scope, lower, spread)

    def base(self, *parts: Any) -> Draft:
        amount: Draft = parts[-1]
        return evolve(amount, note="level.base")

    def increase(self, *parts: Any) -> Reader:
        return _change(Direction.INCREASE, parts)

    def decrease(self, *parts: Any) -> Reader:
        return _change(Direction.DECREASE, parts)

    def last_year(self) -> Reader | str:
        return "previous_year"

    def last_period(self) -> str:
        return "previous_period"

    def each_year(self) -> str:
        return "annual_average"

    def than_year(self, year: int | None) -> str:
        return "table_year" if year is None else str(year)

    def level(self, word: Token) -> Reader:
        return lambda scope: Level(str(word), scale_of(word))

    def zero(self) -> Reader:
        def read(scope: Scope) -> Constraint:
            scope.note("zero.words")
            return Equal(scope.amount(Draft(Fraction(0), unit=NO_UNIT)))

        return read

    def contradiction(self, _: Draft) -> Reader:
        return _refused(ContradictionError)

    def alternatives(self, *_: Reader) -> Reader:
        return _refused(AlternativesError)

    def other_day(self, *_: Any) -> Reader:
        return _refused(RecurringDateError)


def _refused(error: type[ContradictionError | AlternativesError | RecurringDateError]) -> Reader:
    def read(scope: Scope) -> Constraint:
        raise error(scope.source)

    return read


def _reached(kind: type[AtLeast | AtMost], parts: tuple[Draft, ...]) -> Reader:
    """A floor or ceiling; a base before it (由35%提高到40%) is kept in a note."""
    *base, amount = parts

    def read(scope: Scope) -> Constraint:
        reached = scope.amount(amount)
        if base:
            scope.note("level.base", base=scope.amount(evolve(base[0], note="")))
        return kind(reached)

    return read


def _of_whole(kind: type[AtLeast | AtMost], whole: Token, amount: Draft) -> Reader:
    """不低于总人数的80%: what the share is of is read past, noted."""

    def read(scope: Scope) -> Constraint:
        scope.note("reading.subject", words=str(whole))
        return kind(scope.amount(amount))

    return read


def _between(scope: Scope, lower: Draft, upper: Draft) -> Between:
    low, high = scope.amount(lower), scope.amount(upper)
    if not units.comparable(low.unit, high.unit):
        raise ContradictionError(scope.source)
    return between(low, high, source=scope.source, closed=(True, True))


def _change(direction: Direction, parts: tuple[Any, ...]) -> Reader:
    *bases, size = parts

    def read(scope: Scope) -> Constraint:
        constraint: Size = size(scope)
        if any(amount.value < 0 for amount in amounts_of(constraint)):
            raise ContradictionError(scope.source)
        return Change(direction, bases[0] if bases else None, constraint)

    return read
