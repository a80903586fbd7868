"""The cells of a batch, each distinct one read once, and the rows as their places and facts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Generic, TypeVar

import polars as pl
import pyarrow as pa
from attrs import frozen

from kpieval.bulk.columns import BESIDE, Layout
from kpieval.bulk.encoding import Coded, Distinct, coded, distinct
from kpieval.bulk.facts import Op
from kpieval.bulk.limits import Limits
from kpieval.bulk.memo import Memo, ReadActual, ReadTarget
from kpieval.bulk.shaping import Shaped, shaped
from kpieval.bulk.single import Context, Weight
from kpieval.bulk.splitting import Split, split_all
from kpieval.readers.columns import Role

One = TypeVar("One", ReadTarget, ReadActual)

Columns = tuple[tuple[int, str, type[pl.DataType]], ...]
"""The place in a fact, the name and the type of each column that is made of facts."""

_TARGET: Columns = (
    (0, "op", pl.Int8),
    (1, "least", pl.Int64),
    (2, "most", pl.Int64),
    (3, "lower", pl.Int64),
    (4, "upper", pl.Int64),
    (5, "asked", pl.Int32),
    (6, "like", pl.Int64),
    (8, "said", pl.Int64),
    (9, "is_boundary", pl.Boolean),
)
_ACTUAL: Columns = ((0, "value", pl.Int64), (1, "given", pl.Int32), (3, "heard", pl.Int64))
_WEIGHT: Columns = ((0, "weight", pl.Int64), (1, "cap", pl.Int64), (2, "is_usable", pl.Boolean))
_WORTH = 0.7
"""The share of rows that may be distinct for the others to be worth leaving out."""
_PART, _OF_PART = 32, 1 - 1 / 64
"""The same of a part of the rows, which is looked at first: where combinations are equally likely,
and as many as rows, 0.63 of all rows are distinct and 63/64 of a 32nd part of them.
"""

_IS_PLAIN = (pl.col("op") != 0) & (pl.col("asked") == pl.col("given")) & pl.col("is_usable")


@frozen
class Found(Generic[One]):
    """The distinct cells of a column, each a text with what is beside it.

    ``facts`` are those of all cells, as columns; a cell is read by itself when it is asked for.
    """

    facts: pl.DataFrame
    texts: pl.Series
    besides: Sequence[Any]
    places: Distinct
    read: Callable[[str, Any], One]

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, place: int) -> One:
        text, beside = (part[place] for part in self.places.parts)
        return self.read(self.texts[text], self.besides[beside])


@frozen
class Cells:
    """The distinct cells of a batch as read, and its rows, those of equal cells once.

    ``rows`` has, of each such row, the places of its target, actual and weight: ``t a w``.
    ``every`` has, of each row of the batch, its place among them; None where they are the rows.
    """

    rows: pl.DataFrame
    every: pl.Series | None
    targets: Found[ReadTarget]
    actuals: Found[ReadActual]
    weights: list[Weight]


def read_cells(batch: pa.RecordBatch, layout: Layout, memo: Memo) -> Cells:
    """Every distinct target, actual and weight read once."""
    roles = (Role.TARGET, Role.ACTUAL, Role.WEIGHT)
    target, actual, weight = (_column(batch, layout, role) for role in roles)
    beside, contexts = _contexts(batch, layout)
    said = distinct((target.codes, len(target.values)), (beside, len(contexts)))
    sizes = len(said), len(actual.values), len(weight.values)
    codes = said.codes, actual.codes, weight.codes
    # Together: for few texts the way to polars and back takes longer than the splitting.
    texts = [target.values, actual.values]
    counts = [len(it) for it in texts]
    with ThreadPoolExecutor(1) as pool:
        finding = pool.submit(_once, *zip(codes, sizes, strict=True))
        split = split_all(pl.concat(texts))
        targets = _targets(target.values, contexts, said, split.some(0, counts[0]), memo)
        (t, a, w), every = finding.result()
    likes = targets.facts["like"].gather(t)
    actuals = _actuals(Coded(a, actual.values), split.some(*counts), likes, memo)
    rows = pl.DataFrame({"t": t, "a": actuals.places.codes, "w": w})
    return Cells(rows, every, targets, actuals, [memo.weight(text) for text in weight.values])


def _once(*columns: tuple[pl.Series, int]) -> tuple[tuple[pl.Series, ...], pl.Series | None]:
    """The rows of equal cells once, and of each row its place; None where few are equal.

    The cells are given by their numbers, and how many of them there may be.
    """
    rows = len(columns[0][0])
    each = tuple(codes for codes, _ in columns)
    if max(size for _, size in columns) > rows * _WORTH:
        return each, None
    for count, share in ((rows // _PART, _OF_PART), (rows, _WORTH)):
        found = distinct(*((codes.head(count), size) for codes, size in columns))
        if len(found) > count * share:
            return each, None
    return found.parts, found.codes


def _targets(
    texts: pl.Series, contexts: list[Context], places: Distinct, split: Split, memo: Memo
) -> Found[ReadTarget]:
    """The targets; those of a shape have its example's facts, with the bounds moved."""
    by_shape = shaped(split, places, contexts, memo.target_shapes)
    facts = _facts(by_shape, places, _TARGET, _reader(texts, contexts, memo.target))
    is_shaped, first, last = pl.col("first").is_not_null(), pl.col("first"), pl.col("last")
    has_lower = is_shaped & (pl.col("op") != int(Op.CEILING))
    has_upper = is_shaped & (pl.col("op") != int(Op.FLOOR))
    least = first + pl.col("least") - pl.col("lower")
    most = last + pl.col("most") - pl.col("upper")
    moved = facts.with_columns(
        least=pl.when(has_lower).then(least).otherwise("least"),
        lower=pl.when(has_lower).then(first).otherwise("lower"),
        most=pl.when(has_upper).then(most).otherwise("most"),
        upper=pl.when(has_upper).then(last).otherwise("upper"),
    ).drop("first", "last")
    return Found(moved, texts, contexts, places, memo.target)


def _actuals(written: Coded, split: Split, likes: pl.Series, memo: Memo) -> Found[ReadActual]:
    """The actuals, each as it is read against targets like its own."""
    besides = range(len(memo.facts.likes))
    places = distinct((written.codes, len(written.values)), (likes, len(besides)))
    by_shape = shaped(split, places, besides, memo.actual_shapes)
    facts = _facts(by_shape, places, _ACTUAL, _reader(written.values, besides, memo.actual))
    moved = facts.with_columns(value=pl.coalesce("first", "value")).drop("first", "last")
    return Found(moved, written.values, besides, places, memo.actual)


def _facts(
    by_shape: Shaped[Any], places: Distinct, columns: Columns, read: Callable[[int, int], Any]
) -> pl.DataFrame:
    """The facts of each cell, its shape's or its own, with the amounts of its numbers."""
    shape = by_shape.cells["shape"]
    alone = shape.is_null().arg_true()
    own = zip(*(part.gather(alone).to_list() for part in places.parts), strict=True)
    facts = [one.example for one in by_shape.shapes]
    facts += [read(text, beside).fact for text, beside in own]
    place = shape.scatter(alone, pl.int_range(len(by_shape.shapes), len(facts), eager=True))
    found = _frame(facts, columns).select(pl.all().gather(place))
    return found.hstack(by_shape.cells.select("first", "last"))


def _reader(
    texts: pl.Series, besides: Sequence[Any], read: Callable[[str, Any], One]
) -> Callable[[int, int], One]:
    return lambda text, beside: read(texts[text], besides[beside])


def with_facts(cells: Cells, limits: Limits) -> pl.DataFrame:
    """The rows with the facts of their cells; ``is_plain`` where the columns decide them."""
    rows = cells.rows
    targets, actuals = cells.targets.facts.drop("like"), cells.actuals.facts
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
        return Coded(_zeros(batch.num_rows), pl.Series([""], dtype=pl.String))
    return coded(column).used()


def _contexts(batch: pa.RecordBatch, layout: Layout) -> tuple[pl.Series, list[Context]]:
    """What stands beside the targets, by its distinct combinations."""
    codes, found = _zeros(batch.num_rows), [()]  # type: tuple[pl.Series, list[tuple[str, ...]]]
    for role in BESIDE:
        column = layout.column(batch, role)
        if column is None:
            found = [(*old, "") for old in found]
            continue
        cells = coded(column)
        values = cells.values.to_list() or [""]
        both = distinct((codes, len(found)), (cells.codes, len(values)))
        codes = both.codes
        found = [(*found[old], values[new]) for old, new in both.each()]
    return codes, [Context(*values) for values in found]


def _zeros(count: int) -> pl.Series:
    return pl.repeat(0, count, dtype=pl.Int64, eager=True)
