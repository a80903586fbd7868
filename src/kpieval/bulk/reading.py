"""The cells of a batch, each distinct one read once, and the rows as their places and facts."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pyarrow as pa
from attrs import evolve, frozen

from kpieval.bulk.columns import BESIDE, Layout
from kpieval.bulk.encoding import Coded, coded, distinct
from kpieval.bulk.limits import Limits
from kpieval.bulk.memo import Memo, ReadActual, ReadTarget
from kpieval.bulk.single import Context, Weight
from kpieval.readers.columns import Role

Columns = tuple[tuple[int, str, type[pl.DataType]], ...]
"""The place in a fact, the name and the type of each column that is made of facts."""

_TARGET: Columns = (
    (0, "op", pl.Int8),
    (1, "least", pl.Int64),
    (2, "most", pl.Int64),
    (3, "lower", pl.Int64),
    (4, "upper", pl.Int64),
    (5, "asked", pl.Int32),
    (8, "said", pl.Int64),
    (9, "is_boundary", pl.Boolean),
)
_ACTUAL: Columns = ((0, "value", pl.Int64), (1, "given", pl.Int32), (3, "heard", pl.Int64))
_WEIGHT: Columns = ((0, "weight", pl.Int64), (1, "cap", pl.Int64), (2, "is_usable", pl.Boolean))
_WORTH = 0.7
"""The share of rows that may be distinct for the others to be worth leaving out."""

_IS_PLAIN = (pl.col("op") != 0) & (pl.col("asked") == pl.col("given")) & pl.col("is_usable")


@frozen
class Cells:
    """The distinct cells of a batch as read.

    ``rows`` has, of each row, the places of its target, actual and weight: ``t a w``.
    """

    rows: pl.DataFrame
    targets: list[ReadTarget]
    actuals: list[ReadActual]
    weights: list[Weight]


def read_cells(batch: pa.RecordBatch, layout: Layout, memo: Memo) -> Cells:
    """Every distinct target, actual and weight read once."""
    beside, contexts = _contexts(batch, layout)
    texts = _column(batch, layout, Role.TARGET)
    both = distinct((texts.codes, len(texts.values)), (beside, len(contexts)))
    known = [memo.targets.setdefault(context, {}) for context in contexts]
    targets = [
        known[place].get(texts.values[text]) or memo.target(texts.values[text], contexts[place])
        for text, place in both.each()
    ]
    likes = pl.Series([target.fact.like for target in targets], dtype=pl.Int64)
    found = _column(batch, layout, Role.ACTUAL)
    read = distinct(
        (found.codes, len(found.values)), (likes.gather(both.codes), len(memo.facts.likes))
    )
    heard = [memo.actuals.setdefault(like, {}) for like in range(len(memo.facts.likes))]
    actuals = [
        heard[like].get(found.values[text]) or memo.actual(found.values[text], like)
        for text, like in read.each()
    ]
    weight = _column(batch, layout, Role.WEIGHT)
    rows = pl.DataFrame({"t": both.codes, "a": read.codes, "w": weight.codes})
    return Cells(rows, targets, actuals, [memo.weight(text) for text in weight.values])


def repeated(cells: Cells) -> tuple[Cells, pl.Series] | None:
    """The rows of equal cells once, and of each row the place of its own; None where few are."""
    rows = cells.rows
    sizes = len(cells.targets), len(cells.actuals), len(cells.weights)
    columns = zip((rows[name] for name in rows.columns), sizes, strict=True)
    if not len(rows):
        return None
    found = distinct(*columns)
    if len(found) > len(rows) * _WORTH:
        return None
    once = pl.DataFrame(dict(zip(rows.columns, found.parts, strict=True)))
    return evolve(cells, rows=once), found.codes


def with_facts(cells: Cells, limits: Limits) -> pl.DataFrame:
    """The rows with the facts of their cells; ``is_plain`` where the columns decide them."""
    rows = cells.rows
    targets = _frame([target.fact for target in cells.targets], _TARGET)
    actuals = _frame([actual.fact for actual in cells.actuals], _ACTUAL)
    weights = _frame([_weight_fact(weight, limits) for weight in cells.weights], _WEIGHT)
    gathered = [
        facts.select(pl.all().gather(rows[place]))
        for facts, place in ((targets, "t"), (actuals, "a"), (weights, "w"))
    ]
    return pl.concat([rows, *gathered], how="horizontal").with_columns(is_plain=_IS_PLAIN)


def _frame(facts: Sequence[tuple[object, ...]], columns: Columns) -> pl.DataFrame:
    parts = list(zip(*facts, strict=True))
    return pl.DataFrame(
        [
            pl.Series(name, parts[place] if parts else [], dtype=kind)
            for place, name, kind in columns
        ]
    )


def _weight_fact(weight: Weight, limits: Limits) -> tuple[int | None, int | None, bool]:
    """A weight in rounding steps, a step less, and whether the columns can use it."""
    if weight.points is None:
        return None, None, True
    steps = weight.points / limits.step
    if steps.denominator != 1 or steps > limits.weight:
        return None, None, False
    return steps.numerator, max(0, steps.numerator - 1), True


def _column(batch: pa.RecordBatch, layout: Layout, role: Role) -> Coded:
    """A column by its distinct cells; all blank where there is none."""
    column = layout.column(batch, role)
    if column is None:
        return Coded(_zeros(batch.num_rows), [""])
    return coded(column)


def _contexts(batch: pa.RecordBatch, layout: Layout) -> tuple[pl.Series, list[Context]]:
    """What stands beside the targets, by its distinct combinations."""
    codes, found = _zeros(batch.num_rows), [()]  # type: tuple[pl.Series, list[tuple[str, ...]]]
    for role in BESIDE:
        column = layout.column(batch, role)
        cells = None if column is None else coded(column)
        if cells is None:
            found = [(*old, "") for old in found]
            continue
        if len(cells.values) > 1:
            both = distinct((codes, len(found)), (cells.codes, len(cells.values)))
            codes = both.codes
            found = [(*found[old], cells.values[new]) for old, new in both.each()]
        else:
            found = [(*old, *(cells.values or [""])) for old in found]
    return codes, [Context(*values) for values in found]


def _zeros(count: int) -> pl.Series:
    return pl.repeat(0, count, dtype=pl.Int64, eager=True)
