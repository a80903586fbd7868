"""Distinct cells whose shape is trusted, as columns: their amounts without a look at each of them.

What :func:`kpieval.bulk.splitting.split_all` makes of their texts is multiplied out here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

import polars as pl
from attrs import frozen

from kpieval.bulk.encoding import Distinct, distinct
from kpieval.bulk.kinds import ByKind, Kind
from kpieval.bulk.splitting import Split
from kpieval.parsing.shapes import MOST_PLACES, Shape

Fact = TypeVar("Fact")
Beside = TypeVar("Beside")

_LARGEST = 2**63 - 1
_AMOUNTS = ("first", "last")
_NUMBERS = ("first", "first_places", "last", "last_places")


@frozen
class Shaped(Generic[Fact]):
    """Of each cell the place of its ``shape`` among the shapes; its ``first`` and ``last`` amount.

    All three are null where no shape is trusted, or where an amount is no whole number of parts.
    """

    cells: pl.DataFrame
    shapes: list[Shape[Fact]]


def shaped(
    texts: Split, cells: Distinct, besides: Sequence[Beside], shapes: ByKind[Fact, Beside]
) -> Shaped[Fact]:
    """The cells, each a split text with what is beside it, by the shapes that are trusted."""
    text, beside = cells.parts
    keys = distinct(
        (texts.parts["around"].gather(text), len(texts.arounds)),
        (texts.parts["kind"].gather(text), len(Kind)),
        (beside, len(besides)),
    )
    known: list[Shape[Fact]] = []
    places: list[int | None] = []
    counts = keys.codes.value_counts().sort(keys.codes.name)["count"]
    for (around, kind, near), count in zip(keys.each(), counts, strict=True):
        pieces = texts.arounds[around]
        shape = shapes[kind].shape(pieces, besides[near], count) if pieces else None
        places.append(None if shape is None else len(known))
        known += [] if shape is None else [shape]
    place = pl.Series("shape", places, dtype=pl.Int64).gather(keys.codes)
    numbers = texts.parts.select(pl.col(_NUMBERS).gather(text)).with_columns(place)
    return Shaped(_amounts(numbers, known, shapes[Kind.PLAIN].largest or _LARGEST), known)


def _amounts(numbers: pl.DataFrame, shapes: Sequence[Shape[Fact]], largest: int) -> pl.DataFrame:
    """The amounts of the numbers in whole parts, by what their shapes multiply them with."""
    terms = _terms(shapes, largest)
    rows = numbers.select(
        (pl.col("shape") * (MOST_PLACES + 1) + pl.col(f"{name}_places")).alias(name)
        for name in _AMOUNTS
    )
    of = terms.select(pl.all().gather(rows[name]).name.prefix(name) for name in _AMOUNTS)
    found = numbers.hstack(of).select("shape", *map(_amount, _AMOUNTS))
    is_known = pl.col("first").is_not_null() & pl.col("last").is_not_null()
    return found.select(pl.when(is_known).then(pl.all()))


def _amount(name: str) -> pl.Expr:
    """A number in parts, by its terms; null where it is no whole number of them, or too large."""
    number, under = pl.col(name), pl.col(f"{name}under")
    made = number * pl.col(f"{name}times")
    is_whole = (number <= pl.col(f"{name}most")) & (made % under == 0)
    return pl.when(is_whole).then(made // under).alias(name)


def _terms(shapes: Sequence[Shape[Fact]], largest: int) -> pl.DataFrame:
    """For each shape and number of places: what to multiply with, to divide by, and up to where."""
    rows = []
    for shape in shapes:
        for places in range(MOST_PLACES + 1):
            times, under = shape.terms(places)
            most = min(largest * under, _LARGEST) // times
            rows.append((times, under, most) if max(times, under) <= _LARGEST else (1, 1, 0))
    names = ("times", "under", "most")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row")
