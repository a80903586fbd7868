"""Distinct cells whose shape is trusted, as columns: their amounts without a look at each of them.

What :func:`kpieval.parsing.shapes.split` does to one text is done here to a column of them.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    texts: pl.Series, cells: Distinct, besides: Sequence[Beside], shapes: ByKind[Fact, Beside]
) -> Shaped[Fact]:
    """The cells, each a text with what is beside it, by the shapes that are trusted."""
    text, beside = cells.parts
    parts = split_kinds(texts)
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
    for kind, pattern in _PATTERNS.items():
        places, others = _split(texts, rest, kind, pattern)
        if len(places):
            parts = parts.select(
                column.scatter(places, others[column.name]) for column in parts.get_columns()
            )
    return parts


_BEFORE, _AFTER = "^([^0-9]{0,8})", r"([^0-9]{0,12})\z"
_PATTERNS = {
    Kind.YEAR: f"{_BEFORE}((?:19|20|21)[0-9]{{2}})(){_AFTER}",
    Kind.PART: rf"{_BEFORE}(0)\.([0-9]{{1,{MOST_PLACES}}}){_AFTER}",
    Kind.SCANNED: rf"{_BEFORE}([1-9][0-9]{{0,8}})(?:\.([0-9]{{1,{MOST_PLACES}}}))?{_AFTER}",
}


def _split(
    texts: pl.Series, places: pl.Series, kind: Kind, pattern: str
) -> tuple[pl.Series, pl.DataFrame]:
    """The texts of one number of a kind, among those at some places, and their places."""
    groups = texts.gather(places).str.extract_groups(pattern).struct
    frame = groups.rename_fields(["before", "digits", "decimals", "after"]).struct.unnest()
    frame = frame.with_columns(pl.col("decimals").fill_null(""), place=places)
    figures, after = pl.col("digits") + pl.col("decimals"), pl.col("after")
    is_scanned = _may_be_scanned(pl.col("digits"), after)
    is_kind = is_scanned if kind is Kind.SCANNED else ~is_scanned
    if kind is Kind.SCANNED:
        is_kind = is_kind & ~pl.col("digits").str.contains(MAY_BE_YEAR)
    number, length = figures.cast(pl.Int64), pl.col("decimals").str.len_bytes().cast(pl.Int64)
    found = frame.filter(is_kind & (number > 0) & ~_has_gap("before", "after")).select(
        "place", pl.concat_str("before", "after", separator=_GAP).alias("around"),
        number.alias("first"), length.alias("first_places"),
        number.alias("last"), length.alias("last_places"),
        pl.lit(int(kind), dtype=pl.Int64).alias("kind"),
    )  # fmt: skip
    return found["place"], found


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
    frame = frame.with_columns(
        first=(pl.col("digits") + pl.col("places")).cast(pl.Int64),
        first_places=pl.col("places").str.len_bytes().cast(pl.Int64),
        last=(pl.coalesce("more", "digits") + _of_last("more_places", "places")).cast(pl.Int64),
        last_places=_of_last("more_places", "places").str.len_bytes().cast(pl.Int64),
    ).with_columns(is_split=_is_split())
    return frame.select(
        pl.when("is_split").then(_around()).otherwise(pl.lit("")).alias("around"),
        *(pl.when("is_split").then(name).alias(name) for name in _NUMBERS),
    )


_NUMBERS = ("first", "first_places", "last", "last_places")
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
    found = numbers.select("shape")
    for name in ("first", "last"):
        row = numbers["shape"] * (MOST_PLACES + 1) + numbers[f"{name}_places"]
        of = numbers.select(name).hstack(terms.select(pl.all().gather(row)))
        number, under = pl.col(name), pl.col("under")
        made = number * pl.col("times")
        is_whole = (number <= pl.col("most")) & (made % under == 0)
        found = found.hstack(of.select(pl.when(is_whole).then(made // under).alias(name)))
    is_known = pl.col("first").is_not_null() & pl.col("last").is_not_null()
    return found.select(pl.when(is_known).then(pl.all()))


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
