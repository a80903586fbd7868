"""A whole file of rows scored, batch by batch, with what its projects come to."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, BinaryIO

import polars as pl
import pyarrow as pa
from attrs import define, field

from kpieval.bulk.allocation import Allocated, Survey
from kpieval.bulk.columns import Layout, as_text, layout_of
from kpieval.bulk.encoding import coded
from kpieval.bulk.files import Source, sink
from kpieval.bulk.memo import Memo
from kpieval.bulk.scoring import score_batch
from kpieval.bulk.single import SCALE, VERDICTS
from kpieval.bulk.weighted import Weighting
from kpieval.readers.columns import Role

Tell = Callable[[int], None]
"""Told how many rows are done."""

_SUM = "score_low", "score_high"
_SUM_DIGITS = 38
"""The points of many rows have more digits than those of one."""


@define
class Tally:
    """What the rows that were scored come to, all together and, where asked for, by project."""

    by_project: bool = False
    rows: int = 0
    verdicts: dict[str, int] = field(factory=lambda: dict.fromkeys(VERDICTS, 0))
    errors: int = 0
    projects: dict[str, dict[str, int | Decimal]] = field(factory=dict)

    def add(self, batch: pa.RecordBatch, layout: Layout) -> None:
        """Count the rows of a scored batch."""
        rows = _judged(batch)
        (all_of_it,) = rows.select(_COUNTS).to_dicts()
        self.rows += all_of_it["rows"]
        self.errors += all_of_it["errors"]
        for verdict in VERDICTS:
            self.verdicts[verdict] += all_of_it[verdict]
        if self.by_project:
            for found in _of_projects(rows, batch, layout):
                self._sum(found)

    def _sum(self, found: dict[str, Any]) -> None:
        name = str(found.pop("project"))
        known = self.projects.setdefault(name, dict.fromkeys(found, 0))
        for key, value in found.items():
            known[key] += value or 0

    def table(self) -> pa.Table:
        """A row for each project: its rows by verdict, and the sum of their points.

        There is no sum where a row has no points. It is the sum of the rows alone: weights are
        taken as they stand, and the spending of the budget is no row here.
        """
        points = pa.decimal128(_SUM_DIGITS, SCALE)
        counts = ("rows", *VERDICTS, "errors", "unscored")
        made = {
            "project": pa.array(self.projects, pa.string()),
            **{name: pa.array(self._column(name), pa.int64()) for name in counts},
        }
        for name in _SUM:
            whole = zip(self._column(name), self._column("unscored"), strict=True)
            sums = [None if lacking else Decimal(value) for value, lacking in whole]
            made[name] = pa.array(sums, points)
        return pa.table(made)

    def _column(self, name: str) -> list[int | Decimal]:
        return [project[name] for project in self.projects.values()]


def score_into(
    file: BinaryIO,
    form: str,
    found: Source,
    memo: Memo,
    tally: Tally,
    tell: Tell,
    allocated: Allocated | None = None,
) -> None:
    """Score the rows of a source into an open file, in their order.

    One batch is scored while the next is read and the last is written; no more are held. With
    ``allocated``, rows have these weights where their projects have none.
    """
    layout = layout_of(found.schema, memo.reader.place)
    weighting = None if allocated is None else Weighting(layout, allocated, memo)
    schema = layout.output if weighting is None else weighting.output
    start = 0
    with (
        _frozen(),
        sink(file, form, schema, layout.words) as out,
        ThreadPoolExecutor(1) as pool,
    ):
        writing: Future[None] | None = None
        for batch in found.batches:
            if weighting is None:
                made = score_batch(batch, memo=memo)
            else:
                made = weighting.scored(batch, start)
                start += batch.num_rows
            if writing is not None:
                writing.result()
            writing = pool.submit(out.write_batch, made)
            tally.add(made, layout)
            tell(tally.rows)
        if writing is not None:
            writing.result()


FEW = 1000
"""Objects that Python itself may have frozen at its start, as 3.12 does with some hundred."""


@contextmanager
def _frozen() -> Iterator[None]:
    """Search what was there before for no garbage: with libraries this large one search takes as
    long as half a million rows, and it comes while the first texts are read.
    """
    if gc.get_freeze_count() > FEW:  # somebody else's: left as it is
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def surveyed(found: Source, memo: Memo) -> Allocated:
    """The weights of the projects of a source that have none of their own."""
    layout = layout_of(found.schema, memo.reader.place)
    survey = Survey(memo)
    for batch in found.batches:
        survey.add(batch, layout)
    return survey.allocated()


def recount(found: Source, layout: Layout, tally: Tally) -> None:
    """Count the rows of a file that was scored before."""
    for batch in found.batches:
        tally.add(batch, layout)


def _judged(batch: pa.RecordBatch) -> pl.DataFrame:
    """The verdict of each row by its number, and whether it has an error."""
    return pl.DataFrame(
        {
            "verdict": _numbered(batch["verdict"], VERDICTS.index),
            "is_error": _numbered(batch["code"], lambda code: code.startswith("KP")),
        }
    )


def _of_projects(
    rows: pl.DataFrame, batch: pa.RecordBatch, layout: Layout
) -> Iterator[dict[str, Any]]:
    """The counts and sums of each project, in the order in which the projects come."""
    points = pl.from_arrow(batch.select(list(_SUM)))
    assert isinstance(points, pl.DataFrame)
    # What is blank in CSV is no number.
    points = points.select(pl.col(*_SUM).cast(pl.Decimal(_SUM_DIGITS, SCALE), strict=False))
    place = layout.places.get(Role.PROJECT)
    if place is None:
        project = pl.repeat("", batch.num_rows, dtype=pl.String, eager=True)
    else:
        project = pl.Series(pl.from_arrow(batch.column(place))).cast(pl.String).fill_null("")
    whole = pl.concat([rows, points], how="horizontal").with_columns(project.alias("project"))
    grouped = whole.group_by("project", maintain_order=True).agg(*_COUNTS, *_SUMS)
    return grouped.iter_rows(named=True)


def _numbered(column: pa.Array, number: Callable[[str], int]) -> pl.Series:
    """A column of words as a small number of each."""
    found = coded(as_text(column))
    numbers = [number(text) for text in found.values]
    return pl.Series(numbers, dtype=pl.Int8).gather(found.codes)


_COUNTS = (
    pl.len().cast(pl.Int64).alias("rows"),
    *(
        (pl.col("verdict") == number).sum().cast(pl.Int64).alias(it)
        for number, it in enumerate(VERDICTS)
    ),
    pl.col("is_error").sum().cast(pl.Int64).alias("errors"),
)
_SUMS = (
    pl.col("score_low").is_null().sum().cast(pl.Int64).alias("unscored"),
    *(pl.col(name).sum() for name in _SUM),
)
