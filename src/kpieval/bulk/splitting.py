"""Texts as their numbers and what is around them, a column of them at once.

What :func:`kpieval.parsing.shapes.split` does to one text is done here to all, by two expressions
that know no bounds: those match twice as fast. How long a piece is, is looked at after; and what is
around the numbers is looked at once for all the texts that have it.
"""

from __future__ import annotations

from functools import cache

import polars as pl
from attrs import frozen

from kpieval.bulk.encoding import numbered
from kpieval.bulk.kinds import Kind
from kpieval.parsing.shapes import (
    MAY_BE_YEAR,
    MOST_AFTER,
    MOST_BEFORE,
    MOST_DIGITS,
    MOST_PLACES,
    Around,
    for_at_least,
    percents,
)

_GAP = "\x00"
_NUMBER = r"([0-9]+)(?:\.([0-9]+))?"
_AFTER = "[^0-9.][^0-9]*"
_ONE = rf"^([^0-9]*){_NUMBER}((?:{_AFTER})?)\z"
_TWO = rf"^([^0-9]*){_NUMBER}({_AFTER}){_NUMBER}((?:{_AFTER})?)\z"
_NAMES = ["before", "digits", "places", "after", "more", "more_places", "end"]
_TEN = pl.lit(10, dtype=pl.Int64)


@frozen
class Split:
    """Texts as ``parts``, and the ``arounds`` that these name.

    A part has the digits of the ``first`` and the ``last`` number of its text without their points,
    and their ``first_places`` and ``last_places``; they are the same where there is one number.
    ``around`` is the place of what is around them: 0, of nothing, where the grammar should read the
    text.
    """

    parts: pl.DataFrame
    arounds: list[Around]

    def some(self, start: int, count: int) -> Split:
        """The same of some of the texts."""
        return Split(self.parts.slice(start, count), self.arounds)


def split_all(texts: pl.Series) -> Split:
    """The texts split at one number of any kind, or at two plain ones.

    >>> found = split_all(pl.Series(["≤2.7万元", "9-11人", "0.5元", "2024元", "0元"]))
    >>> found.parts.select("first", "last", "kind").rows()
    [(27, 27, 0), (9, 11, 0), (5, 5, 2), (2024, 2024, 1), (0, 0, 0)]
    >>> [found.arounds[place] for place in found.parts["around"]]
    [('≤', '万元'), ('', '-', '人'), ('', '元'), ('', '元'), ()]
    """
    ones = _groups(texts, _ONE)
    rest = ones["digits"].is_null().arg_true()
    found = _of_one(ones)
    if not len(rest):
        return found
    others = _of_two(_groups(texts.gather(rest), _TWO))
    around = pl.col("around") + (pl.col("around") > 0) * (len(found.arounds) - 1)
    parts = others.parts.with_columns(around)
    columns = (it.scatter(rest, parts[it.name]) for it in found.parts)
    return Split(pl.DataFrame(columns), [*found.arounds, *others.arounds[1:]])


def _groups(texts: pl.Series, pattern: str) -> pl.DataFrame:
    """The groups of the pattern; null where it does not match."""
    groups = texts.str.extract_groups(pattern).struct
    return groups.rename_fields(_NAMES[: len(groups.fields)]).struct.unnest()


def _of_one(groups: pl.DataFrame) -> Split:
    """Texts of one number: plain, or of another kind."""
    around = _around(groups, "before", "after")
    frame = groups.select(_NUMBERS_OF_ONE).hstack(around.columns)
    return _finished(frame.with_columns(_kind_of_one()), around)


def _of_two(groups: pl.DataFrame) -> Split:
    """Texts of two numbers that rise and are plain."""
    around = _around(groups, "before", "after", "end")
    frame = groups.select(_NUMBERS_OF_TWO).hstack(around.columns)
    return _finished(frame.with_columns(_kind_of_two()), around)


# --- the expressions, made once ------------------------------------------------------------------


def _number(name: str, digits: str, places: str) -> tuple[pl.Expr, ...]:
    """A number as digits without its point, and how many of them are decimal places.

    What is too long for that is null or wrong; it is not short.
    """
    length = pl.col(places).str.len_bytes().cast(pl.Int64).fill_null(0)
    whole, part = (pl.col(it).cast(pl.Int64, strict=False) for it in (digits, places))
    number = whole * _TEN.pow(length) + part.fill_null(0)
    return pl.col(digits), number.alias(name), length.alias(f"{name}_places")


_NUMBERS_OF_ONE = (
    *_number("first", "digits", "places"),
    *_number("last", "digits", "places")[1:],
)
_NUMBERS_OF_TWO = (
    *_number("first", "digits", "places"),
    *_number("last", "more", "more_places"),
)


@cache
def _kind_of_one() -> pl.Expr:
    digits, number, places = pl.col("digits"), pl.col("first"), pl.col("first_places")
    is_scanned = pl.col("may_be_scanned") & _begins_like_at_least()
    is_none = ~pl.col("fits") | ~_is_short("digits", "first_places") | (number == 0)
    return (
        pl.when(is_none).then(None)
        .when(digits == "0").then(int(Kind.PART))
        .when(digits.str.starts_with("0")).then(None)
        .when(_may_be_year("digits")).then(_where((places == 0) & ~is_scanned, Kind.YEAR))
        .when(is_scanned).then(int(Kind.SCANNED))
        .otherwise(_where(number > _TEN.pow(places), Kind.PLAIN))
        .alias("kind")
    )  # fmt: skip


@cache
def _kind_of_two() -> pl.Expr:
    first, last = pl.col("first"), pl.col("last")
    first_unit, last_unit = _TEN.pow(pl.col("first_places")), _TEN.pow(pl.col("last_places"))
    is_short = _is_short("digits", "first_places") & _is_short("more", "last_places")
    is_odd = pl.any_horizontal(
        _may_be_year("digits"), pl.col("digits").str.starts_with("0"),
        _may_be_year("more"), pl.col("more").str.starts_with("0"),
        pl.col("may_be_scanned") & _begins_like_at_least(),
    )  # fmt: skip
    rising = (first > first_unit) & (last * first_unit > first * last_unit)
    return _where(pl.col("fits") & is_short & ~is_odd & rising, Kind.PLAIN).alias("kind")


def _where(condition: pl.Expr, kind: Kind) -> pl.Expr:
    return pl.when(condition).then(int(kind))


def _is_short(digits: str, places: str) -> pl.Expr:
    return (pl.col(digits).str.len_bytes() <= MOST_DIGITS) & (pl.col(places) <= MOST_PLACES)


def _may_be_year(digits: str) -> pl.Expr:
    return pl.col(digits).str.contains(MAY_BE_YEAR)


def _begins_like_at_least() -> pl.Expr:
    return pl.any_horizontal(pl.col("digits").str.starts_with(it) for it in for_at_least())


# --- what is around ------------------------------------------------------------------------------


@frozen
class _Pieces:
    """What is around numbers; of each text its place, and what is known of it."""

    each: list[Around]
    columns: list[pl.Series]


def _around(groups: pl.DataFrame, *names: str) -> _Pieces:
    """The pieces of these names, and the columns ``around fits may_be_scanned``."""
    whole = groups.select(pl.concat_str(names, separator=_GAP)).to_series()
    found = numbered(whole.to_arrow())
    each: list[Around] = [tuple(text.split(_GAP)) for text in found.values]
    fits = [_fits(pieces, len(names)) for pieces in each]
    scanned = [
        is_fit and not pieces[0] and pieces[1].startswith(percents())
        for pieces, is_fit in zip(each, fits, strict=True)
    ]
    flags = {"fits": fits, "may_be_scanned": scanned}
    known = (pl.Series(name, flag, dtype=pl.Boolean) for name, flag in flags.items())
    columns = [found.codes.alias("around"), *(flag.gather(found.codes) for flag in known)]
    return _Pieces(each, columns)


def _fits(pieces: Around, count: int) -> bool:
    """Whether there are so many pieces, none of them too long."""
    before, *others = pieces
    lengths = all(len(piece) <= MOST_AFTER for piece in others)
    return len(pieces) == count and len(before) <= MOST_BEFORE and lengths


def _finished(frame: pl.DataFrame, around: _Pieces) -> Split:
    """The parts; what is of no kind has nothing around it."""
    return Split(frame.select(_FINISHED), [(), *around.each])


_FINISHED = (
    pl.when(pl.col("kind").is_not_null()).then(pl.col("around") + 1).otherwise(0),
    *("first", "first_places", "last", "last_places"),
    pl.col("kind").cast(pl.Int64).fill_null(int(Kind.PLAIN)),
)
