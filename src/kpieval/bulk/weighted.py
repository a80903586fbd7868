"""Rows scored with the weights that their projects gave them."""

from __future__ import annotations

import polars as pl
import pyarrow as pa
from attrs import frozen

from kpieval.bulk.allocation import Allocated
from kpieval.bulk.columns import DIGITS, RESULTS, Layout, as_text
from kpieval.bulk.encoding import decimals
from kpieval.bulk.memo import Memo
from kpieval.bulk.scoring import score_batch
from kpieval.bulk.single import SCALE
from kpieval.readers.columns import Role
from kpieval.readers.faults import Malformed

COLUMN = "weight_allocated"
"""The column that has the weight of a row whose project has none of its own."""

_FIELD = pa.field(COLUMN, pa.decimal128(DIGITS, SCALE))
_ERROR = "KP"


@frozen
class Weighting:
    """The rows of one source with what was allocated to them."""

    layout: Layout
    allocated: Allocated
    memo: Memo

    @property
    def output(self) -> pa.Schema:
        """The columns that are given back. Raises MalformedFileError where one is there already."""
        schema = self.layout.output
        if COLUMN in schema.names:
            raise Malformed("column_taken", where=self.memo.reader.place, column=COLUMN)
        return schema.append(_FIELD)

    def scored(self, batch: pa.RecordBatch, start: int) -> pa.RecordBatch:
        """The rows of a batch that begins at row ``start``, scored."""
        amounts = self.allocated.amounts.slice(start, batch.num_rows)
        if len(amounts) != batch.num_rows:
            raise Malformed("changed", where=self.memo.reader.place)
        made = score_batch(self._weighted(batch, amounts), memo=self.memo)
        results = made.select(RESULTS.names).columns
        said = self.allocated.said.slice(start, batch.num_rows)
        results[-2:] = self._told(made, said)
        given = decimals(amounts, SCALE, DIGITS)
        return pa.RecordBatch.from_arrays([*batch.columns, *results, given], schema=self.output)

    def _weighted(self, batch: pa.RecordBatch, amounts: pl.Series) -> pa.RecordBatch:
        """The batch with the weights in its weight column, as text."""
        texts = amounts.unique().drop_nulls()
        written = [f"{amount // 10**SCALE}.{amount % 10**SCALE:0{SCALE}}" for amount in texts]
        weights = amounts.replace_strict(texts, pl.Series(written, dtype=pl.String), default=None)
        place = self.layout.places.get(Role.WEIGHT)
        if place is None:
            column = weights.cast(pl.String).to_arrow().cast(pa.string())
            return batch.append_column(Role.WEIGHT.value, column)
        own = pl.Series(pl.from_arrow(as_text(batch.column(place)))).cast(pl.String)
        whole = pl.select(pl.coalesce(weights.cast(pl.String), own)).to_series()
        name = batch.schema.names[place]
        return batch.set_column(place, name, whole.to_arrow().cast(pa.string()))

    def _told(self, made: pa.RecordBatch, said: pl.Series) -> list[pa.Array]:
        """The codes and notes, with what is said by the project after what the row says itself."""
        beside = self.allocated.beside
        errors = pl.Series([it.error for it in beside], dtype=pl.String).gather(said)
        notes = pl.Series([list(it.notes) for it in beside], dtype=pl.List(pl.String)).gather(said)
        empty = pl.lit([], dtype=pl.List(pl.String))
        found = pl.DataFrame(
            {
                "code": pl.Series(pl.from_arrow(made["code"])).cast(pl.String),
                "notes": pl.from_arrow(made["notes"]),
                "error": errors,
                "more": notes,
            }
        )
        is_error = pl.col("code").str.starts_with(_ERROR).fill_null(value=False)
        own = pl.when(is_error).then("code")
        found = found.with_columns(notes=pl.concat_list("notes", pl.col("more").fill_null(empty)))
        first = pl.col("notes").list.first()
        code = found.select(pl.coalesce(own, "error", "code", first)).to_series()
        coded = code.to_arrow().cast(pa.string()).dictionary_encode()
        return [coded, found["notes"].to_arrow().cast(pa.list_(pa.string()))]
