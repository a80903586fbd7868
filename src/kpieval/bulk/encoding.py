"""Cells as numbers of distinct texts, and columns of Arrow made from numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import prod

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

_BLANKS = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
)
"""What ``str.strip`` takes away."""

_LARGEST = 2**63 - 1
_INT64_DIGITS = 19
_FEW = 8
"""So many times fewer values than rows cost less than to look which of them the rows have."""
_MANY = 2**15
_SPARSE = 4
"""So many rows are hashed more slowly than marks are set, for no more than so many times them."""


@frozen
class Coded:
    """A column as the place of each row's value among ``values``, some of which no row may have."""

    codes: pl.Series
    values: pl.Series

    def used(self) -> Coded:
        """The same without the values that no row has, where they may be many."""
        if len(self.values) * _FEW <= len(self.codes):
            return self
        places, kept = _counted_out(self.codes, len(self.values))
        if len(kept) == len(self.values):
            return self
        return Coded(places, self.values.gather(kept))


@frozen
class Distinct:
    """Combinations of columns: of each row its place, and of each place what it is made of."""

    codes: pl.Series
    parts: tuple[pl.Series, ...]

    def __len__(self) -> int:
        return len(self.parts[0])

    def each(self) -> Iterator[tuple[int, ...]]:
        """The combinations one by one."""
        return zip(*(part.to_list() for part in self.parts), strict=True)


def coded(column: pa.Array) -> Coded:
    """A column of text by its distinct cells, without blanks around them; null is blank."""
    found = numbered(column)
    return Coded(found.codes, found.values.str.strip_chars(_BLANKS))


def numbered(column: pa.Array) -> Coded:
    """A column of text by its distinct cells as they stand; null is blank."""
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column)
    values = _series(column.dictionary).cast(pl.String)
    if values.null_count():
        values = values.fill_null("")
    codes = _series(column.indices).cast(pl.Int64)
    if codes.null_count():
        codes = codes.fill_null(len(values))
        values = values.append(pl.Series([""], dtype=pl.String))
    return Coded(codes, values)


def distinct(*columns: tuple[pl.Series, int]) -> Distinct:
    """The combinations that occur; each column with the number of values that it may have.

    Some that do not occur may be among them.
    """
    (codes, first), *others = columns
    sizes = [size for _, size in columns]
    if all(size == 1 for size in sizes[1:]):
        # Each value is its own combination, the ones that no row has among them.
        every = pl.int_range(first, dtype=pl.Int64, eager=True)
        return Distinct(codes, (every, *(every * 0 for _ in others)))
    if prod(sizes) > _LARGEST:
        return _step_by_step(*columns)
    for series, size in others:
        if size > 1:
            codes = codes * size + series
    places, whole = _numbers(codes, prod(sizes))
    parts: list[pl.Series] = []
    for size in reversed(sizes[1:]):
        parts.append(whole % size)
        whole = whole if size == 1 else whole // size
    parts.append(whole)
    return Distinct(places, tuple(reversed(parts)))


def _numbers(codes: pl.Series, size: int) -> tuple[pl.Series, pl.Series]:
    """The place of each code, of which there may be ``size``, among those that occur; and these."""
    if len(codes) >= _MANY and size <= _SPARSE * len(codes):
        return _counted_out(codes, size)
    found = pc.dictionary_encode(codes.to_arrow())
    return _series(found.indices).cast(pl.Int64), _series(found.dictionary)


def _counted_out(codes: pl.Series, size: int) -> tuple[pl.Series, pl.Series]:
    """The same with a mark for every code that there may be, which takes no hashing."""
    # Numbers, for not every polars sets flags in any order.
    is_there = pl.repeat(0, size, dtype=pl.Int32, eager=True).scatter(codes, 1)
    kept = (is_there == 1).arg_true().cast(pl.Int64)
    places = is_there.scatter(kept, pl.int_range(len(kept), dtype=pl.Int32, eager=True))
    return places.gather(codes).cast(pl.Int64), kept


def _step_by_step(*columns: tuple[pl.Series, int]) -> Distinct:
    """The combinations of so many values that they cannot be numbered at once."""
    *firsts, last = columns
    found = distinct(*firsts)
    whole = distinct((found.codes, len(found)), last)
    place, value = whole.parts
    return Distinct(whole.codes, (*(part.gather(place) for part in found.parts), value))


def words(places: pl.Series, values: Sequence[str]) -> pa.DictionaryArray:
    """A column of words from their places; null where there is no place."""
    indices = places.cast(pl.Int32).to_arrow()
    return pa.DictionaryArray.from_arrays(indices, pa.array(values, pa.string()))


def lists(places: pl.Series, values: Sequence[Sequence[str]]) -> pa.ListArray:
    """A column of lists of words from their places."""
    known = pa.array(values, pa.list_(pa.string()))
    return pc.take(known, places.cast(pl.Int32).to_arrow())


def decimals(numbers: pl.Series, scale: int, digits: int) -> pa.Decimal128Array:
    """A column of decimals from whole numbers of their last place, of no more digits."""
    wide = pc.cast(numbers.to_arrow(), pa.decimal128(_INT64_DIGITS, 0))
    made = pa.decimal128(digits, scale)
    return pa.Array.from_buffers(made, len(wide), wide.buffers(), wide.null_count, wide.offset)


def _series(array: pa.Array) -> pl.Series:
    made = pl.from_arrow(array)
    assert isinstance(made, pl.Series)
    return made
