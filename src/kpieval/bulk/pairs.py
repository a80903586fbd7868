"""Rows that the columns leave: each distinct pair of cells judged the way of a single row."""

from __future__ import annotations

from fractions import Fraction

import polars as pl
from attrs import frozen

from kpieval.bulk.encoding import distinct
from kpieval.bulk.facts import Numbered
from kpieval.bulk.memo import Memo
from kpieval.bulk.reading import Cells
from kpieval.bulk.single import SCALE, Outcome
from kpieval.notes import Note

TOO_LONG = Note.of("attainment.too_long").code
"""The note of an attainment whose terms are no numbers of 64 bits."""

_LARGEST = 2**63 - 1
_SCHEMA = {
    "verdict": pl.Int8,
    "num": pl.Int64,
    "den": pl.Int64,
    "error": pl.Int32,
    "noted": pl.Int64,
    "low": pl.Int64,
    "high": pl.Int64,
}


@frozen
class Codes:
    """The codes and the lists of codes of a batch, by number."""

    errors: Numbered
    notes: Numbered


def judged(rows: pl.DataFrame, cells: Cells, memo: Memo, codes: Codes) -> pl.DataFrame:
    """The outcome of each row, given by its places ``t a w``; scores in their last place."""
    places = ((rows["t"], len(cells.targets)), (rows["a"], len(cells.actuals)))
    pairs = distinct(*places)
    weighed = distinct((pairs.codes, len(pairs)), (rows["w"], len(cells.weights)))
    kept = list(pairs.each())
    outcomes = [memo.outcome(cells.targets[t], cells.actuals[a]) for t, a in kept]
    made = []
    for pair, w in weighed.each():
        target, actual = cells.targets[kept[pair][0]], cells.actuals[kept[pair][1]]
        found, weight = outcomes[pair], cells.weights[w].points
        low = high = None
        if weight is not None:
            score = memo.score(target, actual, found.points, weight)
            low, high = _kept(score.low), _kept(score.high)
        made.append((*_row(found, codes), low, high))
    columns = zip(*made, strict=True)
    frame = pl.DataFrame(
        [pl.Series(n, v, dtype=t) for (n, t), v in zip(_SCHEMA.items(), columns, strict=True)]
    )
    return frame.select(pl.all().gather(weighed.codes))


def _row(found: Outcome, codes: Codes) -> tuple[int | None, ...]:
    notes = found.notes
    num, den = found.ratio or (None, None)
    if num is not None and den is not None and max(abs(num), den) > _LARGEST:
        num = den = None
        notes = (*notes, TOO_LONG)
    error = None if found.error is None else codes.errors.of(found.error)
    return found.verdict, num, den, error, codes.notes.of(notes)


def _kept(points: Fraction) -> int:
    """The points in their last place, of which they are a whole number."""
    scaled = points * int(10**SCALE)
    assert scaled.denominator == 1  # weights and rounding are no finer
    return scaled.numerator
