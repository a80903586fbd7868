"""The cells of a batch, each distinct one read once, and the rows as their places and facts."""

from __future__ import annotations

import polars as pl
import pyarrow as pa
from attrs import evolve, frozen

from kpieval.bulk.columns import BESIDE, Layout
from kpieval.bulk.encoding import Coded, coded, distinct
from kpieval.bulk.limits import Limits
from kpieval.bulk.memo import Memo, ReadActual, ReadTarget
from kpieval.bulk.single import Context, Weight
from kpieval.readers.columns import Role

_TARGET = {
    "op": pl.Int8,
    "least": pl.Int64,
    "most": pl.Int64,
    "lower": pl.Int64,
    "upper": pl.Int64,
    "asked": pl.Int32,
    "like": pl.Int32,
    "kind": pl.Int32,
    "said": pl.Int64,
    "is_boundary": pl.Boolean,
    "is_unread": pl.Boolean,
}
_ACTUAL = {"value": pl.Int64, "given": pl.Int32, "is_word": pl.Boolean, "heard": pl.Int64}
_WEIGHT = {"weight": pl.Int64, "cap": pl.Int64, "is_usable": pl.Boolean}
_WORTH = 0.7
"""The share of rows that may be distinct for the others to be worth leaving out."""

_UNUSED = ("like", "kind", "is_unread", "is_word")

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
    targets = [memo.target(texts.values[text], contexts[place]) for text, place in both.each()]
    likes = pl.Series([target.fact.like for target in targets], dtype=pl.Int64)
    found = _column(batch, layout, Role.ACTUAL)
    read = distinct(
        (found.codes, len(found.values)), (likes.gather(both.codes), len(memo.facts.likes))
    )
    actuals = [memo.actual(found.values[text], like) for text, like in read.each()]
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
    targets = _frame([target.fact for target in cells.targets], _TARGET).drop(_UNUSED[:3])
    actuals = _frame([actual.fact for actual in cells.actuals], _ACTUAL).drop(_UNUSED[3:])
    weights = _frame([_weight_fact(weight, limits) for weight in cells.weights], _WEIGHT)
    gathered = [
        facts.select(pl.all().gather(rows[place]))
        for facts, place in ((targets, "t"), (actuals, "a"), (weights, "w"))
    ]
    return pl.concat([rows, *gathered], how="horizontal").with_columns(is_plain=_IS_PLAIN)


def _frame(facts: list[tuple[object, ...]], schema: dict[str, type[pl.DataType]]) -> pl.DataFrame:
    columns = zip(*facts, strict=True) if facts else [() for _ in schema]
    return pl.DataFrame(
        [
            pl.Series(name, values, dtype=kind)
            for (name, kind), values in zip(schema.items(), columns, strict=True)
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
        cells = _column(batch, layout, role)
        if len(cells.values) > 1:
            both = distinct((codes, len(found)), (cells.codes, len(cells.values)))
            codes = both.codes
            found = [(*found[old], cells.values[new]) for old, new in both.each()]
        else:
            found = [(*old, *(cells.values or [""])) for old in found]
    return codes, [Context(*values) for values in found]


def _zeros(count: int) -> pl.Series:
    return pl.repeat(0, count, dtype=pl.Int64, eager=True)
