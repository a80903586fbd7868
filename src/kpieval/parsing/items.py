"""Items: the parts of a cell, and how they join into one constraint."""

from __future__ import annotations

from enum import Enum

from attrs import evolve, frozen

from kpieval import units, wordlists
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
    MoreThan,
    NotBefore,
    Single,
)
from kpieval.errors import (
    BracketedNumberError,
    ContradictionError,
    MissingYearError,
    PairingError,
    RecurringDateError,
    TargetSyntaxError,
)
from kpieval.meaning import amounts_of
from kpieval.parsing import leftovers, plans
from kpieval.parsing.drafting import Reader, Scope
from kpieval.parsing.faults import unknown_unit_error
from kpieval.units import NO_UNIT, Unit, parse_unit


@frozen
class Item:
    """One part of a cell: its core, and the words that stand beside it."""

    core: Reader
    per: tuple[Unit, ...] = ()
    averages: tuple[str, ...] = ()
    lead: str = ""
    """The words before the core, those that carry nothing included."""
    subject: tuple[str, ...] = ()
    event: tuple[str, ...] = ()
    in_principle: bool = False
    remainder: tuple[str, ...] = ()
    bracketed: bool = False

    def read(self, scope: Scope) -> Single:
        """The item's constraint, what was read past named in notes."""
        if scope.is_actual:
            plans.refuse(scope.source, self.lead, self.remainder)
        for word in self.subject:
            scope.note("reading.subject", words=word)
        for word in self.event:
            scope.note("reading.event", words=word)
        if self.in_principle:
            scope.note("reading.in_principle")
        for word in self.remainder:
            scope.note("reading.remainder", words=word)
        scope.per = self._divisor(scope)
        scope.unitless = scope.bare_date = scope.compared_date = False
        constraint = self._core(scope)
        scope.per = None
        if self.bracketed and isinstance(constraint, Bare):
            raise BracketedNumberError(scope.source)
        if scope.unitless and isinstance(constraint, Bare):
            leftovers.refuse_reference(scope.source, self.lead)
        if self.remainder and scope.unitless:
            # Words straight after a bare number are where its unit should be.
            word = self.remainder[0]
            start = max(scope.source.find(word), 0)
            raise unknown_unit_error(scope.source, (start, start + len(word)), word)
        leftovers.refuse(scope.source, self.remainder)
        if self.remainder and (_is_condition(constraint, self.remainder[0]) or scope.compared_date):
            # 不超过2024年预算 compares with a budget, not with a date.
            raise TargetSyntaxError(scope.source, expected=("number",))
        if self.remainder and _is_part_of_year(constraint, self.remainder[0]):
            raise TargetSyntaxError(scope.source, expected=("date",))
        if self.per and isinstance(constraint, By | NotBefore | During):
            raise RecurringDateError(scope.source)
        if self.per and isinstance(constraint, Change) and _in_percent(constraint):
            constraint = self._change_of_average(scope)
        assert not isinstance(constraint, AllOf)  # a core is a single constraint
        return constraint

    def _core(self, scope: Scope) -> Constraint:
        try:
            return self.core(scope)
        except MissingYearError:
            # 每年4月15日前 recurs, whatever the year.
            if self.per:
                raise RecurringDateError(scope.source) from None
            raise

    def _change_of_average(self, scope: Scope) -> Constraint:
        """人均收入增长3%: an average that grows by 3%, not a growth per head."""
        if len(self.averages) < len(self.per):
            raise ContradictionError(scope.source)
        for word in self.averages:
            scope.note("reading.subject", words=word)
        return self.core(scope)

    def _divisor(self, scope: Scope) -> Unit | None:
        if not self.per:
            return None
        divisor = NO_UNIT
        for unit in self.per:
            divisor = divisor * unit
        if any(power > 1 for _, power in divisor.factors):
            # 每户每户: said twice, it divides once or something else was meant.
            raise ContradictionError(scope.source)
        return divisor


class Join(Enum):
    """How an item follows the one before it."""

    LISTED = ","
    APART = ";"
    BAND = "且"
    DIRECT = ""


@frozen
class Items:
    """The items of a cell, and how each further item joins the ones before it."""

    items: tuple[Item, ...]
    joins: tuple[Join, ...] = ()
    respectively: bool = False


def combined(cell: Items, scope: Scope, names: int | None = None) -> Constraint:
    """The constraint of a whole cell. ``names`` is how many things the row's name lists."""
    if cell.items[0].lead.startswith(tuple(wordlists.words("beside", "part"))):
        raise TargetSyntaxError(scope.source, expected=("number",))
    parts, bare_dates, unitless = [], [], []
    for item in cell.items:
        parts.append(item.read(scope))
        bare_dates.append(scope.bare_date)
        unitless.append(scope.unitless)
    if any(unitless) and not all(unitless) and not all(map(_is_zero, _only(parts, unitless))):
        # 3、4月底前 lists two months; nothing says so of the 3.
        raise TargetSyntaxError(scope.source, expected=("unit",))
    if all(unitless) and scope.hint is None and _is_bare_list(cell, parts):
        # ≥5、6: two numbers of nothing, or one of which a separator was mistyped.
        raise TargetSyntaxError(scope.source, expected=("unit",))
    if cell.respectively and len(parts) != names:
        raise PairingError(scope.source, values=len(parts), names=names or 0)
    if cell.respectively or _is_plain_list(cell, parts):
        parts = _sharing_sign(parts)
    joined = parts[:1]
    for place, (join, item) in enumerate(zip(cell.joins, cell.items[1:], strict=True)):
        part = parts[place + 1]
        named = bool(item.subject) or join is Join.APART
        band = None if named else _band(joined[-1], part)
        if band is not None:
            joined[-1] = band
            continue
        deadline = isinstance(joined[-1], By | NotBefore) and not bare_dates[place]
        if join is Join.DIRECT and not deadline:
            raise TargetSyntaxError(scope.source, expected=("separator",))
        if not named and _contradict(joined[-1], part):
            scope.note("band.empty")
        joined.append(part)
    return joined[0] if len(joined) == 1 else AllOf(tuple(joined))


def _is_condition(part: Constraint, after: str) -> bool:
    """Whether the amount says what is counted (60岁以上老年人数, 3人以上单位), and not how many."""
    conditions = wordlists.words("beside", "conditions")
    sized = after.startswith(tuple(wordlists.words("beside", "sized")))
    names = {amount.unit.name for amount in amounts_of(part)}
    return not conditions.isdisjoint(names) or (sized and "人" in names)


def _is_part_of_year(part: Constraint, after: str) -> bool:
    """Whether the words after a year say which part of it is meant: 2024年春节."""
    if not isinstance(part, By | During):
        return False
    return after.startswith(tuple(wordlists.words("date", "part_of_year")))


def _in_percent(change: Change) -> bool:
    percent = parse_unit("%").dimension
    return any(set(percent) <= set(amount.unit.dimension) for amount in amounts_of(change))


def _only(parts: list[Single], wanted: list[bool]) -> list[Single]:
    return [part for part, is_wanted in zip(parts, wanted, strict=True) if is_wanted]


def _is_zero(part: Single) -> bool:
    """Whether the part asks for none of what it names: zero needs no unit."""
    return isinstance(part, Equal) and part.value.value == 0


def _is_plain_list(cell: Items, parts: list[Single]) -> bool:
    """Three or more values of one kind without names: 不低于3%、5%和6%."""
    plain = all(not item.subject and not item.per for item in cell.items)
    listed = all(join is Join.LISTED for join in cell.joins)
    return plain and listed and len(parts) > 2 and len({_unit_of(part) for part in parts}) == 1


def _is_bare_list(cell: Items, parts: list[Single]) -> bool:
    """Whether a number without comparator or name stands in a list: 5、6, but not 5；6."""
    bare = [
        isinstance(part, Bare) and not item.subject
        for part, item in zip(parts, cell.items, strict=True)
    ]
    return Join.LISTED in cell.joins and any(bare)


def _unit_of(part: Single) -> Unit | None:
    amounts = amounts_of(part)
    return amounts[0].unit if len(amounts) == 1 else None


def _sharing_sign(parts: list[Single]) -> list[Single]:
    """A comparator said once, before the first value or after the last, binds them all."""
    ends = parts[0], parts[-1]
    middle = parts[1:-1]
    signs = {type(part) for part in ends if not isinstance(part, Bare)}
    if len(signs) != 1 or any(not isinstance(part, Bare) for part in middle):
        return parts
    (kind,) = signs
    if not issubclass(kind, AtLeast | MoreThan | AtMost | LessThan | Equal | About):
        return parts
    return [kind(part.value) if isinstance(part, Bare) else part for part in parts]


def _band(first: Single, second: Single) -> Between | Change | None:
    """Two bounds of one quantity, or of one change (增长5%以上且不超过10%), as a range."""
    if isinstance(first, Change):
        size = _range(first.constraint, second)
        return evolve(first, constraint=size) if size is not None else None
    return _range(first, second)


def _contradict(first: Single, second: Single) -> bool:
    """Whether a floor and a ceiling of one quantity leave nothing between them."""
    first = first.constraint if isinstance(first, Change) else first
    bounds = (AtLeast | MoreThan, AtMost | LessThan)
    opposite = any(
        isinstance(first, one) and isinstance(second, other)
        for one, other in (bounds, bounds[::-1])
    )
    return opposite and _range(first, second) is None and _unit_of(first) == _unit_of(second)


def _range(first: Single, second: Single) -> Between | None:
    """A floor and a ceiling of one quantity as a range; None if they are not, or leave nothing."""
    if isinstance(first, AtMost | LessThan):
        first, second = second, first
    if not (isinstance(first, AtLeast | MoreThan) and isinstance(second, AtMost | LessThan)):
        return None
    lower, upper = first.value, second.value
    closed = isinstance(first, AtLeast), isinstance(second, AtMost)
    if not units.comparable(lower.unit, upper.unit):
        return None
    if lower.base > upper.base or (lower.base == upper.base and not all(closed)):
        return None
    return Between(lower, upper, *closed)
