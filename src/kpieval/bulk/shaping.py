"""Distinct cells whose shape is trusted, as columns: their amounts without a look at each of them.

What :func:`kpieval.parsing.shapes.split` does to one text is done here to a column of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Generic, TypeVar

import polars as pl
from attrs import frozen

from kpieval.bulk.encoding import Distinct, coded, distinct
from kpieval.bulk.kinds import ByKind, Kind
from kpieval.parsing.shapes import (
    MAY_BE_YEAR,
    MOST_PLACES,
    PATTERN,
    Around,
    Shape,
    for_at_least,
    percents,
)

Fact = TypeVar("Fact")
Beside = TypeVar("Beside")

_LARGEST = 2**63 - 1
_GAP = "\x00"
_TEN = pl.lit(10, dtype=pl.Int64)


@frozen
class Shaped(Generic[Fact]):
    """Of each cell the place of its ``shape`` among the shapes; its ``first`` and ``last`` amount.

    All three are null where no shape is trusted, or where an amount is no whole number of parts.
    """

    cells: pl.DataFrame
    shapes: list[Shape[Fact]]


def shaped(
    parts: pl.DataFrame, cells: Distinct, besides: Sequence[Beside], shapes: ByKind[Fact, Beside]
) -> Shaped[Fact]:
    """The cells, each a split text with what is beside it, by the shapes that are trusted."""
    text, beside = cells.parts
    arounds = coded(parts["around"].to_arrow())
    keys = distinct(
        (arounds.codes.gather(text), len(arounds.values)),
        (parts["kind"].gather(text), len(Kind)),
        (beside, len(besides)),
    )
    pieces_of = [_pieces(around) for around in arounds.values]
    known: list[Shape[Fact]] = []
    places: list[int | None] = []
    counts = keys.codes.value_counts().sort(keys.codes.name)["count"]
    for (around, kind, near), count in zip(keys.each(), counts, strict=True):
        pieces = pieces_of[around]
        shape = shapes[kind].shape(pieces, besides[near], count) if pieces else None
        places.append(None if shape is None else len(known))
        known += [] if shape is None else [shape]
    place = pl.Series("shape", places, dtype=pl.Int64).gather(keys.codes)
    numbers = parts.select(pl.col(_NUMBERS).gather(text)).with_columns(place)
    return Shaped(_amounts(numbers, known, shapes[Kind.PLAIN].largest or _LARGEST), known)


def split_kinds(texts: pl.Series) -> pl.DataFrame:
    """Texts as :func:`split_all` has them, and those of the other kinds with their ``kind``.

    >>> split_kinds(pl.Series(["2.7元", "2024元", "0.5元", "27%", "0元"]))["kind", "first"].rows()
    [(0, 27), (1, 2024), (2, 5), (3, 27), (0, None)]
    """
    parts = split_all(texts).with_columns(kind=pl.lit(int(Kind.PLAIN), dtype=pl.Int64))
    rest = (parts["around"] == "").arg_true()
    groups = texts.gather(rest).str.extract_groups(_OF_ONE).struct
    frame = groups.rename_fields(["before", "part", "digits", "decimals", "after"]).struct.unnest()
    others = frame.with_columns(place=rest).select(_of_kinds()).filter(pl.col("kind").is_not_null())
    if not len(others):
        return parts
    places = others["place"]
    return parts.select(column.scatter(places, others[column.name]) for column in parts)


_OF_ONE = (
    rf"^([^0-9]{{0,8}})(?:0\.([0-9]{{1,{MOST_PLACES}}})"
    rf"|([1-9][0-9]{{0,8}})(?:\.([0-9]{{1,{MOST_PLACES}}}))?)([^0-9]{{0,12}})\z"
)


@cache
def _of_kinds() -> tuple[pl.Expr, ...]:
    """The columns of texts of one number; ``kind`` is null where it is of none."""
    part, digits, decimals = pl.col("part"), pl.col("digits"), pl.col("decimals")
    figures = pl.coalesce(digits, pl.lit("0"))
    places = pl.coalesce(part, decimals, pl.lit(""))
    number, length = (figures + places).cast(pl.Int64), places.str.len_bytes().cast(pl.Int64)
    is_year = digits.str.contains(MAY_BE_YEAR)
    is_scanned = _may_be_scanned(figures, pl.col("after"))
    is_unknown = (number == 0) | _has_gap("before", "after") | (is_scanned & is_year)
    kind = (
        pl.when(is_unknown.fill_null(False)).then(None)
        .when(is_scanned).then(int(Kind.SCANNED))
        .when(part.is_not_null()).then(int(Kind.PART))
        .when(is_year & decimals.is_null()).then(int(Kind.YEAR))
    )  # fmt: skip
    around = pl.concat_str("before", "after", separator=_GAP)
    amounts = zip(_NUMBERS, (number, length, number, length), strict=True)
    return (
        pl.col("place"), around.alias("around"), *(it.alias(name) for name, it in amounts),
        kind.cast(pl.Int64).alias("kind"),
    )  # fmt: skip


def _has_gap(*names: str) -> pl.Expr:
    """Whether a text holds what its pieces are parted by, which no text should."""
    return pl.any_horizontal(pl.col(it).str.contains(_GAP, literal=True) for it in names)


def split_all(texts: pl.Series) -> pl.DataFrame:
    """Texts as what is around their one or two numbers, "" where the grammar should read them.

    ``first`` and ``last`` are the digits without the points, ``first_places`` and ``last_places``
    their decimal places; they are the same where there is one number.

    >>> split_all(pl.Series(["≤2.7万元", "9-11人", "0.5"])).select("first", "last").rows()
    [(27, 27), (9, 11), (None, None)]
    """
    names = ["before", "digits", "places", "between", "more", "more_places", "after"]
    groups = texts.str.extract_groups(rf"^{PATTERN}\z").struct.rename_fields(names)
    frame = groups.struct.unnest().with_columns(pl.col("places", "more_places").fill_null(""))
    numbers, is_split, shown = _of_all()
    return frame.with_columns(numbers).with_columns(is_split=is_split).select(shown)


@cache
def _of_all() -> tuple[list[pl.Expr], pl.Expr, list[pl.Expr]]:
    """The numbers of a text, whether it is split at them, and what is shown of it then."""
    last_places = _of_last("more_places", "places")
    numbers = [
        (pl.col("digits") + pl.col("places")).cast(pl.Int64).alias("first"),
        pl.col("places").str.len_bytes().cast(pl.Int64).alias("first_places"),
        (pl.coalesce("more", "digits") + last_places).cast(pl.Int64).alias("last"),
        last_places.str.len_bytes().cast(pl.Int64).alias("last_places"),
    ]
    around = pl.when("is_split").then(_around()).otherwise(pl.lit("")).alias("around")
    shown = [around, *(pl.when("is_split").then(name).alias(name) for name in _NUMBERS)]
    return numbers, _is_split(), shown


_NUMBERS = ("first", "first_places", "last", "last_places")
_AMOUNTS = ("first", "last")
_IS_ONE = pl.col("more").is_null()


def _of_last(second: str, first: str) -> pl.Expr:
    """A column of the last number, which is the first where there is one."""
    return pl.when(_IS_ONE).then(first).otherwise(second)


def _is_split() -> pl.Expr:
    """Whether the numbers are above 1, rising and no years, and no sign may be damaged."""
    first, last = pl.col("first"), pl.col("last")
    first_unit, last_unit = _TEN.pow(pl.col("first_places")), _TEN.pow(pl.col("last_places"))
    years = pl.col("digits").str.contains(MAY_BE_YEAR), pl.col("more").str.contains(MAY_BE_YEAR)
    damaged = _may_be_scanned(pl.col("digits"), pl.col("between"))
    rising = (last * first_unit > first * last_unit) & ~years[1]
    sure = ~years[0] & ~damaged & ~_has_gap("before", "between", "after").fill_null(False)
    return ((first > first_unit) & sure & (_IS_ONE | rising)).fill_null(False)


def _may_be_scanned(figures: pl.Expr, after: pl.Expr) -> pl.Expr:
    """Whether the first figure may be a sign that a scanner took for it: 290% for ≥90%."""
    percent = pl.any_horizontal(after.str.starts_with(it) for it in percents())
    figure = pl.any_horizontal(figures.str.starts_with(it) for it in for_at_least())
    return (pl.col("before") == "") & figure & percent


def _around() -> pl.Expr:
    """The pieces around the numbers as one text."""
    return pl.concat_str("before", "between", "after", separator=_GAP, ignore_nulls=True)


def _pieces(around: str) -> Around:
    """The pieces again; none of a text that is not split."""
    return tuple(around.split(_GAP)) if around else ()


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
