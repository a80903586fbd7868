"""A record batch in, the same rows with their verdicts and scores out."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from kpieval.bulk import kernel
from kpieval.bulk.columns import DIGITS, layout_of
from kpieval.bulk.encoding import decimals, distinct, lists, words
from kpieval.bulk.facts import Numbered, Op
from kpieval.bulk.memo import Memo, memo_for
from kpieval.bulk.pairs import Codes, judged
from kpieval.bulk.reading import Cells, read_cells, with_facts
from kpieval.bulk.single import SCALE, VERDICTS
from kpieval.policies import Policy
from kpieval.presets import policy as preset
from kpieval.tables import Place

HERE = Place("batch")

_EXTRAS = (*kernel.OVER_CODES, ("date.boundary_day",))
_BOUNDARY_DAY = len(kernel.OVER_CODES)


def score_batch(
    batch: pa.RecordBatch,
    policy: Policy | None = None,
    *,
    year: int | None = None,
    memo: Memo | None = None,
) -> pa.RecordBatch:
    """The rows of a batch, in order, each with its verdict, attainment, score, code and notes.

    The columns have the names of a table's, ``target`` and ``actual`` or 指标值 and 实际完成值
    among them. A row that cannot be read stays, with the code that says why. ``memo`` holds what
    earlier batches had read, with their policy and year.

    >>> rows = pa.RecordBatch.from_pydict(
    ...     {"target": ["≥90%", "≤2.7万元"], "actual": ["88%", "26500元"], "weight": ["10", "5"]}
    ... )
    >>> found = score_batch(rows).to_pylist()
    >>> [(row["verdict"], str(row["score_low"])) for row in found]
    [('unmet', '9.780000'), ('met', '5.000000')]
    >>> found[0]["attainment_num"], found[0]["attainment_den"]
    (880000, 900000)
    """
    known = memo if memo is not None else memo_for(policy or preset(), HERE, year)
    layout = layout_of(batch.schema, known.reader.place)
    known.forget()
    results = _arrays(read_cells(batch, layout, known), known)
    return pa.RecordBatch.from_arrays([*batch.columns, *results], schema=layout.output)


def output_schema(schema: pa.Schema) -> pa.Schema:
    """The columns that :func:`score_batch` gives for those of a source.

    >>> output_schema(pa.schema([("target", pa.string()), ("actual", pa.string())])).names[2:4]
    ['verdict', 'attainment_num']
    """
    return layout_of(schema, HERE).output


def _arrays(cells: Cells, memo: Memo) -> list[pa.Array]:
    """The columns of the results."""
    rows = with_facts(cells, memo.facts.limits)
    codes = Codes(Numbered(), Numbered())
    found = _by_columns(rows, cells, memo, codes)
    left = (~rows["is_plain"]).arg_true()
    if len(left):
        one_by_one = judged(cells.rows.select(pl.all().gather(left)), cells, memo, codes)
        found = _overlaid(found, one_by_one, left)
    notes = [tuple(map(str, it)) for it in codes.notes.values]
    made = [
        words(found["verdict"], VERDICTS),
        found["num"].to_arrow(),
        found["den"].to_arrow(),
        decimals(found["low"], SCALE, DIGITS),
        decimals(found["high"], SCALE, DIGITS),
        _codes(found, cells, notes, codes.errors),
    ]
    return _spread(made, (found["noted"], notes), cells.every)


def _spread(
    columns: list[pa.Array], noted: tuple[pl.Series, list[tuple[str, ...]]], every: pl.Series | None
) -> list[pa.Array]:
    """The columns and the notes of all rows, from those of the rows of equal cells once.

    The cores share them: what is written next waits for them all.
    """
    numbers, notes = noted
    if every is None:
        return [*columns, lists(numbers, notes)]
    places = every.to_arrow()
    with ThreadPoolExecutor(pl.thread_pool_size()) as pool:
        last = pool.submit(lambda: lists(numbers.gather(every), notes))
        made = pool.map(lambda column: pc.take(column, places, boundscheck=False), columns)
        return [*made, last.result()]


def _by_columns(rows: pl.DataFrame, cells: Cells, memo: Memo, codes: Codes) -> pl.DataFrame:
    """What the columns make of the rows; without meaning where a row is not plain."""
    ops = set(cells.targets.facts["op"].unique())
    made = kernel.by_columns(rows, ops, memo.policy)
    made = made.with_columns(
        extra=pl.max_horizontal(_extra(ops), "over").cast(pl.Int64),
        score=pl.col("points") * _last_places(memo.policy),
        # A ceiling of which nothing was used has no attainment.
        num=pl.when(pl.col("den") != 0).then("num"),
        den=pl.when(pl.col("den") != 0).then("den"),
    )
    found = distinct(
        (made["said"], len(memo.facts.target_notes)),
        (made["heard"], len(memo.facts.actual_notes)),
        (made["extra"], len(_EXTRAS)),
    )
    said, heard = memo.facts.target_notes.values, memo.facts.actual_notes.values
    numbers = []
    for target, actual, extra_ in found.each():
        first, last = said[target]
        every = (*first, *heard[actual], *last, *_EXTRAS[extra_])
        numbers.append(codes.notes.of(tuple(dict.fromkeys(every))))
    noted = pl.Series("noted", numbers, dtype=pl.Int64).gather(found.codes)
    return made.select(
        "verdict", "num", "den", noted, low="score", high="score",
        error=pl.lit(None, dtype=pl.Int32),
    )  # fmt: skip


def _extra(ops: set[int]) -> pl.Expr:
    """Whether a day is the very day of a deadline that leaves open whether it counts."""
    if Op.DAY not in ops:
        return pl.lit(0, dtype=pl.Int8)
    is_day = pl.col("is_boundary") & (pl.col("value") == pl.col("most"))
    return pl.when(is_day).then(pl.lit(_BOUNDARY_DAY, dtype=pl.Int8)).otherwise(0)


def _last_places(policy: Policy) -> int:
    """How many of the score column's last places a rounding step is."""
    return int(10 ** (SCALE - policy.rounding.places))


def _overlaid(found: pl.DataFrame, others: pl.DataFrame, places: pl.Series) -> pl.DataFrame:
    """The rows with others in some places."""
    at = pl.repeat(0, len(found), dtype=pl.Int64, eager=True)
    at = at.scatter(places, pl.int_range(len(places), dtype=pl.Int64, eager=True))
    is_other = pl.repeat(False, len(found), dtype=pl.Boolean, eager=True).scatter(places, True)
    return found.select(
        pl.when(is_other).then(others[name].gather(at)).otherwise(pl.col(name)).alias(name)
        for name in others.columns
    )


def _codes(
    found: pl.DataFrame, cells: Cells, notes: list[tuple[str, ...]], errors: Numbered
) -> pa.Array:
    """The code of the error, else of the first note."""
    faults = [None if it.error is None else errors.of(it.error) for it in cells.weights]
    firsts = [errors.of(codes[0]) if codes else None for codes in notes]
    made = found.select(
        pl.coalesce(
            "error",
            pl.Series(faults, dtype=pl.Int32).gather(cells.rows["w"]),
            pl.Series(firsts, dtype=pl.Int32).gather(found["noted"]),
        ).alias("code")
    )
    return words(made["code"], [str(code) for code in errors.values])
