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
from kpieval.bulk.limits import is_columnar
from kpieval.formulas import Formula, Ladder, Linear, PassGate, Ratio, Step
from kpieval.policies import OverCompletion, Policy

MET, UNMET = 0, 1
NO_NOTE, NOTED, REASON, MANDATORY = 0, 1, 2, 3
OVER_CODES = ((), ("over.noted",), ("over.reason",), ("over.reason_mandatory",))

_value, _weight = pl.col("value"), pl.col("weight")
_lower, _upper = pl.col("lower"), pl.col("upper")
_op = pl.col("op")
_is_below = _value < pl.col("least")
_is_met = _value.is_between(pl.col("least"), pl.col("most"))


@frozen
class Term:
    """A fraction of two columns."""

    over: pl.Expr
    under: pl.Expr


def columns_of(ops: Collection[int], policy: Policy) -> list[pl.Expr]:
    """The expressions ``verdict num den points over`` for rows of these ops.

    An op that no row has costs nothing.
    """
    found = {Op(op) for op in ops if op != Op.NONE}
    reached = _reached(found)
    verdict = (
        pl.when(_is_met).then(pl.lit(MET, dtype=pl.Int8)).otherwise(pl.lit(UNMET, dtype=pl.Int8))
    )
    return [
        verdict.alias("verdict"),
        reached.over.alias("num"),
        reached.under.alias("den"),
        _points(found, policy).alias("points"),
        _over(found, policy.over_completion).alias("over"),
    ]


def _reached(found: set[Op]) -> Term:
    """The attainment: A/T of a floor, T/A of a ceiling, a range against the bound it misses.

    A ceiling has none at 0.
    """
    is_floor = _is_below | (_op == _lit(Op.FLOOR)) if found - {Op.FLOOR} else pl.lit(True)
    over = pl.when(is_floor).then(_value).otherwise(_upper)
    under = pl.when(is_floor).then(_lower).otherwise(pl.when(_value > 0).then(_value))
    if found & {Op.RANGE, Op.DAY}:
        is_whole = _is_met & (_op >= _lit(Op.RANGE))
        one = pl.lit(1, dtype=pl.Int64)
        over, under = (pl.when(is_whole).then(one).otherwise(it) for it in (over, under))
    if Op.CEILING in found:
        over = pl.when(under.is_not_null()).then(over)
    return Term(over, under)


def _points(found: set[Op], policy: Policy) -> pl.Expr:
    """The points in rounding steps: the weight when met, at most a step below it when missed."""
    # A formula that goes row by row has no rows here; neither has the other end of a bound.
    floor, ceiling = (
        formula if is_columnar(formula) else Ratio() for formula in (policy.floor, policy.ceiling)
    )
    over = pl.when(_is_below).then(_value).otherwise(_upper)
    under = pl.when(_is_below).then(_lower).otherwise(_value)
    if not found & {Op.CEILING, Op.RANGE, Op.DAY}:
        missed = _earned(Term(_value, _lower), floor)
    elif not found & {Op.FLOOR, Op.EQUAL, Op.RANGE}:
        missed = _earned(Term(_upper, _value), ceiling)
    elif floor == ceiling:
        missed = _earned(Term(over, under), floor)
    else:
        by_floor = _earned(Term(_value, _lower), floor)
        by_ceiling = _earned(Term(_upper, _value), ceiling)
        missed = pl.when(_is_below).then(by_floor).otherwise(by_ceiling)
    # An = that is exceeded earns like a floor that is met. The upper bound of a day is 0, and a
    # day that is missed earns nothing by any formula.
    is_full = _is_met
    if Op.EQUAL in found:
        is_full = is_full | (~_is_below & (_op == _lit(Op.EQUAL)))
    points = pl.when(is_full).then(_weight).otherwise(missed)
    return pl.when(_weight.is_not_null()).then(points)


def _lit(op: Op) -> pl.Expr:
    return pl.lit(int(op), dtype=pl.Int8)


def _earned(ratio: Term, formula: Formula) -> pl.Expr:
    """What a missed bound earns: half-up, and below the weight by a step at least."""
    share = _share(ratio, formula)
    rounded = (2 * _weight * share.over + share.under) // (2 * share.under)
    return pl.min_horizontal(rounded, pl.max_horizontal(_weight - 1, pl.lit(0, dtype=pl.Int64)))


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


def _over(found: set[Op], over: OverCompletion) -> pl.Expr:
    """Which note a floor that was far exceeded gets."""
    none = pl.lit(NO_NOTE, dtype=pl.Int8)
    is_floor, is_equal = _op == _lit(Op.FLOOR), _op == _lit(Op.EQUAL)
    if Op.FLOOR not in found and not (over.mandatory and Op.EQUAL in found):
        return none
    noted, asked = _is_reached(over.noted_at), _is_reached(over.reason_at)
    if over.mandatory:
        mandatory = pl.when(asked & (is_floor | is_equal)).then(pl.lit(MANDATORY, dtype=pl.Int8))
        return mandatory.when(noted & is_floor).then(pl.lit(NOTED, dtype=pl.Int8)).otherwise(none)
    reason = pl.when(asked & is_floor).then(pl.lit(REASON, dtype=pl.Int8))
    return reason.when(noted & is_floor).then(pl.lit(NOTED, dtype=pl.Int8)).otherwise(none)


def _is_reached(share: Fraction) -> pl.Expr:
    """Whether the actual is that many times the lower bound."""
    return _value * share.denominator >= _lower * share.numerator
