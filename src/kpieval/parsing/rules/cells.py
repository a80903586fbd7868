"""Rules of a whole cell: its items, and what stands before and after each."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from attrs import evolve, frozen
from lark import Token, v_args

from kpieval.amounts import Amount
from kpieval.constraints import (
    AtLeast,
    AtMost,
    Between,
    Constraint,
    Equal,
    LessThan,
    MoreThan,
    Size,
)
from kpieval.errors import VagueNumberError
from kpieval.parsing import numerals
from kpieval.parsing.drafting import Draft, Reader, Scope
from kpieval.parsing.items import Item, Items, Join
from kpieval.parsing.rules.amounts import Per
from kpieval.parsing.rules.constraints import ConstraintRules
from kpieval.parsing.rules.dates import DateRules
from kpieval.units import Unit

_STOPS = ",;。、. "


@frozen
class Hint:
    """What a name or a column says about sign and unit."""

    sign: type[Size] | None
    factor: int | Fraction
    unit: Unit | None


@v_args(inline=True)
class TargetRules(DateRules, ConstraintRules):
    """A whole cell: its items, and what stands before and after each."""

    def target(self, items: Items) -> Items:
        return items

    def actual(self, items: Items) -> Items:
        return items

    def prelude(self, *leads: Any) -> tuple[Any, ...]:
        return leads

    def closing(self, *words: Token) -> list[str]:
        return [str(word) for word in words]

    def item(self, *parts: Any) -> Item:
        leads = next((part for part in parts if isinstance(part, tuple)), ())
        closing = [word for part in parts if isinstance(part, list) for word in part]
        # A stop at the end says nothing.
        closing = [word for word in closing if word.strip(_STOPS)]
        core = next(part for part in parts if callable(part))
        tokens = [lead for lead in leads if isinstance(lead, Token)]
        pers = [lead for lead in leads if isinstance(lead, Per)]
        return Item(
            core=core,
            per=tuple(per.unit for per in pers),
            averages=tuple(per.average for per in pers if per.average),
            lead="".join(token for token in tokens if token.type != "EVENT"),
            subject=tuple(str(token) for token in tokens if token.type == "LABEL"),
            event=tuple(str(token) for token in tokens if token.type == "EVENT"),
            in_principle=any(token.type == "PRINCIPLE" for token in tokens),
            remainder=tuple(closing),
        )

    def bracketed(self, *parts: Any) -> Item:
        return evolve(self.item(*parts), bracketed=True)

    def items(self, first: Any, second: Item | None = None) -> Items:
        return Items((first,)) if second is None else _with(first, second, Join.LISTED)

    def items_apart(self, before: Items, item: Item) -> Items:
        return _with(before, item, Join.APART)

    def items_band(self, before: Items, item: Item) -> Items:
        return _with(before, item, Join.BAND)

    def items_joined(self, before: Items, core: Reader, closing: list[str] | None = None) -> Items:
        return _with(before, Item(core=core, remainder=tuple(closing or ())), Join.DIRECT)

    def respectively_items(self, *parts: Any) -> Items:
        cores = tuple(Item(core=part) for part in parts if callable(part))
        return Items(cores, (Join.APART,) * (len(cores) - 1), respectively=True)

    def moment_items(self, *parts: Any) -> Items:
        return Items((self.item(*parts),))

    def odd(self, figures: Token, *rest: Any) -> Reader:
        *scale, unit = rest
        factor = numerals.scale(scale[0]) if scale else 1
        before = scale[0] if scale and scale[0].start_pos == figures.end_pos else figures
        return _odd(before, Draft(numerals.arabic(figures), factor, unit.unit))

    def cn_odd(self, figures: Token, unit: Draft) -> Reader:
        return _odd(figures, Draft(numerals.chinese(figures), 1, unit.unit))

    def hint(self, *parts: Any) -> Hint:
        sign = next((part for part in parts if isinstance(part, type)), None)
        factor = next((part for part in parts if isinstance(part, int)), 1)
        written = next((part for part in parts if isinstance(part, Draft)), None)
        if written is None:
            return Hint(sign, factor, None)
        return Hint(sign, factor * written.factor, written.unit)

    def scale(self, word: Token) -> int:
        return numerals.scale(word)

    def blank(self, _: Token) -> None:
        return None

    def sign_at_least(self) -> type[Size]:
        return AtLeast

    def sign_more_than(self) -> type[Size]:
        return MoreThan

    def sign_at_most(self) -> type[Size]:
        return AtMost

    def sign_less_than(self) -> type[Size]:
        return LessThan

    def sign_equal(self) -> type[Size]:
        return Equal


def _with(before: Items, item: Item, join: Join) -> Items:
    return Items((*before.items, item), (*before.joins, join))


def _odd(before: Token, draft: Draft) -> Reader:
    """200余人: from 200 to the next number of its last significant place, that one excluded.

    Only what was measured may be said so: a target must be exact.
    """
    end = before.end_pos or 0

    def read(scope: Scope) -> Constraint:
        if not scope.is_actual:
            raise VagueNumberError(scope.source, (end, end + 1))
        number = draft.number
        if number <= 0 or number.denominator != 1:
            raise VagueNumberError(scope.source)
        place = 1
        while number % (place * 10) == 0:
            place *= 10
        scope.note("actual.odd", low=scope.amount(draft), high=number + place)
        low = scope.amount(draft)
        high = Amount(number + place, low.unit)
        return Between(low, high, True, False)

    return read
