"""The columns: verdict, attainment and points of plain rows, in whole numbers of 64 bits.

A frame has, for each row, the target's ``op least most lower upper``, the actual's ``value`` in the
same parts, and the ``weight`` in rounding steps. :mod:`kpieval.bulk.limits` says how large they may
be, so that no product passes 64 bits.
"""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction
from typing import assert_never

import polars as pl
from attrs import frozen

from kpieval.bulk.facts import Op
from kpieval.formulas import Formula, Ladder, Linear, PassGate, Ratio, Step
from kpieval.policies import OverCompletion, Policy

MET, UNMET = 0, 1
NO_NOTE, NOTED, REASON, MANDATORY = 0, 1, 2, 3
OVER_CODES = ((), ("over.noted",), ("over.reason",), ("over.reason_mandatory",))

_value, _weight = pl.col("value"), pl.col("weight")
_lower, _upper = pl.col("lower"), pl.col("upper")
_op = pl.col("op")
_is_below, _is_above = _value < pl.col("least"), _value > pl.col("most")
_is_met = ~(_is_below | _is_above)
_NONE = pl.lit(None, dtype=pl.Int64)


@frozen
class Term:
    """A fraction of two columns."""

    over: pl.Expr
    under: pl.Expr


_FLOOR, _CEILING = Term(_value, _lower), Term(_upper, _value)


def columns_of(ops: Collection[int], policy: Policy) -> list[pl.Expr]:
    """The expressions ``verdict num den points over`` for rows of these ops.

    An op that no row has costs nothing.
    """
    found = sorted(Op(op) for op in ops if op != Op.NONE)
    reached = _reached(found)
    return [
        pl.when(_is_met).then(pl.lit(MET)).otherwise(pl.lit(UNMET)).cast(pl.Int8).alias("verdict"),
        reached.over.alias("num"),
        reached.under.alias("den"),
        _points(found, policy).alias("points"),
        _over(found, policy.over_completion).alias("over"),
    ]


def _by_op(found: list[Op], each: dict[Op, pl.Expr]) -> pl.Expr:
    """The expression of each op; no choice where there is only one."""
    chosen: dict[int, tuple[list[Op], pl.Expr]] = {}
    for op in found:
        chosen.setdefault(id(each[op]), ([], each[op]))[0].append(op)
    branches = list(chosen.values())
    if not branches:
        return _NONE
    *others, (_, made) = branches
    for ops, expression in others:
        made = pl.when(_is_one_of(ops)).then(expression).otherwise(made)
    return made


def _is_one_of(ops: list[Op]) -> pl.Expr:
    found = _op == pl.lit(int(ops[0]), dtype=pl.Int8)
    for op in ops[1:]:
        found = found | (_op == pl.lit(int(op), dtype=pl.Int8))
    return found


def _reached(found: list[Op]) -> Term:
    """The attainment: A/T of a floor, T/A of a ceiling, a range against the bound it misses."""
    one = pl.lit(1, dtype=pl.Int64)
    is_over = _value > _lower
    above_zero = pl.when(_value > 0)
    over = {
        Op.FLOOR: _value,
        Op.CEILING: above_zero.then(_upper).otherwise(_NONE),
        Op.EQUAL: pl.when(is_over).then(_lower).otherwise(_value),
        Op.RANGE: pl.when(_is_below).then(_value).when(_is_above).then(_upper).otherwise(one),
        Op.DAY: _is_met.cast(pl.Int64),
    }
    under = {
        Op.FLOOR: _lower,
        Op.CEILING: above_zero.then(_value).otherwise(_NONE),
        Op.EQUAL: pl.when(is_over).then(_value).otherwise(_lower),
        Op.RANGE: pl.when(_is_below).then(_lower).when(_is_above).then(_value).otherwise(one),
        Op.DAY: one,
    }
    return Term(_by_op(found, over), _by_op(found, under))


def _points(found: list[Op], policy: Policy) -> pl.Expr:
    """The points in rounding steps: the weight when met, at most a step below it when missed."""
    missed: dict[Op, pl.Expr] = {}
    for op in found:
        match op:
            case Op.FLOOR:
                missed[op] = _earned(_FLOOR, policy.floor)
            case Op.CEILING:
                missed[op] = _earned(_CEILING, policy.ceiling)
            case Op.EQUAL:
                # An = that is exceeded earns like a floor that is met.
                below = _earned(_FLOOR, policy.floor)
                missed[op] = pl.when(_is_below).then(below).otherwise(_weight)
            case Op.RANGE:
                missed[op] = _missed_range(policy)
            case Op.DAY:
                missed[op] = 0 * _weight
            case _:
                raise ValueError(f"{op} is scored row by row")
    return pl.when(_is_met).then(_weight).otherwise(_by_op(found, missed))


def _missed_range(policy: Policy) -> pl.Expr:
    """The points of the bound of a range that is missed."""
    if policy.floor != policy.ceiling:
        floor, ceiling = _earned(_FLOOR, policy.floor), _earned(_CEILING, policy.ceiling)
        return pl.when(_is_below).then(floor).otherwise(ceiling)
    over = pl.when(_is_below).then(_value).otherwise(_upper)
    under = pl.when(_is_below).then(_lower).otherwise(_value)
    return _earned(Term(over, under), policy.floor)


def _earned(ratio: Term, formula: Formula) -> pl.Expr:
    """What a missed bound earns: half-up, and below the weight by a step at least."""
    share = _share(ratio, formula)
    rounded = (2 * _weight * share.over + share.under) // (2 * share.under)
    most = pl.max_horizontal(_weight - 1, pl.lit(0, dtype=pl.Int64))
    return pl.when(rounded > most).then(most).otherwise(rounded)


def _share(ratio: Term, formula: Formula) -> Term:
    """The share of the weight at a ratio between 0 and 1."""
    n, d = ratio.over, ratio.under
    match formula:
        case Ratio():
            return ratio
        case Linear():
            over = pl.when(2 * n > d).then(2 * n - d).otherwise(0)
            return Term(over, pl.when(n > 0).then(n).otherwise(1))
        case PassGate(at=at):
            p, q = at.numerator, at.denominator
            passed = n * q - d * p
            return Term(pl.when(passed > 0).then(passed).otherwise(0), d * (q - p))
        case Ladder() | Step():
            raise ValueError(f"{formula} is scored row by row")
        case _:
            assert_never(formula)


def _over(found: list[Op], over: OverCompletion) -> pl.Expr:
    """Which note a floor that was far exceeded gets."""
    none = pl.lit(NO_NOTE, dtype=pl.Int8)
    if not {Op.FLOOR, Op.EQUAL} & set(found):
        return none
    noted, asked = _is_reached(over.noted_at), _is_reached(over.reason_at)
    reason = pl.lit(MANDATORY if over.mandatory else REASON, dtype=pl.Int8)
    floors = pl.when(asked).then(reason)
    plain = floors.when(noted).then(pl.lit(NOTED, dtype=pl.Int8)).otherwise(none)
    each = dict.fromkeys(Op, none) | {Op.FLOOR: plain}
    if over.mandatory:
        each[Op.EQUAL] = floors.otherwise(none)
    return _by_op(found, each)


def _is_reached(share: Fraction) -> pl.Expr:
    """Whether the actual is that many times the lower bound."""
    return _value * share.denominator >= _lower * share.numerator
