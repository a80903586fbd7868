"""The columns: verdict, attainment and points of plain rows, in whole numbers of 64 bits.

A frame has, for each row, the target's ``op least most lower upper``, the actual's ``value`` in the
same parts, and the ``weight`` in rounding steps with its
``cap``, the most that a missed row shows. :mod:`kpieval.bulk.limits` says how large they may
be, so that no product passes 64 bits.
"""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from typing import assert_never

import polars as pl
from attrs import frozen

from kpieval.bulk.facts import Op
from kpieval.bulk.limits import is_columnar
from kpieval.formulas import Formula, Ladder, Linear, PassGate, Ratio, Step
from kpieval.policies import OverCompletion, Policy

PARTS = 8
LEAST_PART = 2**16
"""Into how many parts of at least so many rows a frame is cut for the cores to share."""

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


_RATIO = Term(pl.col("num"), pl.col("den"))


def by_columns(frame: pl.DataFrame, ops: Collection[int], policy: Policy) -> pl.DataFrame:
    """The frame with the columns ``verdict num den points over``; its rows have these ops.

    An op that no row has costs nothing.
    """
    found = {Op(op) for op in ops if op != Op.NONE}
    reached = _reached(found)
    first = (
        (~_is_met).cast(pl.Int8).alias("verdict"),
        reached.over.alias("num"),
        reached.under.alias("den"),
        _over(found, policy.over_completion).alias("over"),
    )
    points = _points(found, policy).alias("points")

    def made(part: pl.DataFrame) -> pl.DataFrame:
        return part.lazy().with_columns(*first).with_columns(points).collect()

    parts = _parts(frame)
    if len(parts) == 1:
        return made(frame)
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        return pl.concat(pool.map(made, parts), rechunk=False)


def _parts(frame: pl.DataFrame) -> list[pl.DataFrame]:
    """The frame in parts that the cores share; whole where there is one core, or little to do."""
    count = min(PARTS, len(frame) // LEAST_PART) if pl.thread_pool_size() > 1 else 1
    size = -(-len(frame) // max(1, count))
    return [frame.slice(place, size) for place in range(0, len(frame), size)] if size else [frame]


def _reached(found: set[Op]) -> Term:
    """The attainment: A/T of a floor, T/A of a ceiling, a range against the bound it misses.

    A ceiling has none at 0.
    """
    if not found - {Op.FLOOR}:
        return Term(_value, _lower)
    is_floor = _op == _lit(Op.FLOOR)
    if found & {Op.EQUAL, Op.RANGE}:
        is_floor = is_floor | _is_below
    over = pl.when(is_floor).then(_value).otherwise(_upper)
    under = pl.when(is_floor).then(_lower).otherwise(_value)
    if found & {Op.RANGE, Op.DAY}:
        is_whole = _is_met & (_op >= _lit(Op.RANGE))
        one = pl.lit(1, dtype=pl.Int64)
        over, under = (pl.when(is_whole).then(one).otherwise(it) for it in (over, under))
    return Term(over, under)


def _points(found: set[Op], policy: Policy) -> pl.Expr:
    """The points in rounding steps: the weight when met, at most a step below it when missed.

    What is missed earns by its attainment; a day that is missed has one of 0.
    """
    # A formula that goes row by row has no rows here.
    floor, ceiling = (
        formula if is_columnar(formula) else Ratio() for formula in (policy.floor, policy.ceiling)
    )
    if floor == ceiling or not found & {Op.CEILING, Op.RANGE}:
        missed = _earned(_RATIO, floor)
    elif not found & {Op.FLOOR, Op.EQUAL, Op.RANGE}:
        missed = _earned(_RATIO, ceiling)
    else:
        by_floor, by_ceiling = _earned(_RATIO, floor), _earned(_RATIO, ceiling)
        missed = pl.when(_is_below).then(by_floor).otherwise(by_ceiling)
    is_full = _is_met
    if Op.EQUAL in found:
        # An = that is exceeded earns like a floor that is met.
        is_full = is_full | (~_is_below & (_op == _lit(Op.EQUAL)))
    points = pl.when(is_full).then(_weight).otherwise(missed)
    return pl.when(_weight.is_not_null()).then(points)


def _lit(op: Op) -> pl.Expr:
    return pl.lit(int(op), dtype=pl.Int8)


def _earned(ratio: Term, formula: Formula) -> pl.Expr:
    """What a missed bound earns: half-up, and below the weight by a step at least."""
    share = _share(ratio, formula)
    rounded = (2 * _weight * share.over + share.under) // (2 * share.under)
    return pl.min_horizontal(rounded, pl.col("cap"))


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
    kinds = {Op.FLOOR, Op.EQUAL} if over.mandatory else {Op.FLOOR}
    if not found & kinds:
        return pl.lit(NO_NOTE, dtype=pl.Int8)
    noted, asked = (
        (_value * share.denominator >= _lower * share.numerator).cast(pl.Int8)
        for share in (over.noted_at, over.reason_at)
    )
    is_floor = (_op == _lit(Op.FLOOR)).cast(pl.Int8)
    # What asks for a reason is noted too: 1 + 1 is REASON, and 1 more is MANDATORY.
    if not over.mandatory:
        return is_floor * (noted + asked)
    is_asked = asked * (_op == _lit(Op.EQUAL)).cast(pl.Int8) * MANDATORY
    return is_floor * (noted + 2 * asked) + is_asked
