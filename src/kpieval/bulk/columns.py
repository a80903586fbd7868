"""Which column is what, whether it can be used, and what is given back beside it."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
from attrs import frozen

from kpieval.bulk.single import SCALE
from kpieval.readers.columns import Role, missing_columns, recognise
from kpieval.readers.faults import Malformed
from kpieval.tables import Place

DIGITS = 18
"""Digits of a score, the decimal places among them: what files and Spark hold in 64 bits."""

BESIDE = (Role.SIGN, Role.UNIT, Role.NAME, Role.LEVEL1, Role.LEVEL2, Role.DIRECTION, Role.YEAR)
"""The columns that say how a target is read, in the order of a context."""

RESULTS = pa.schema(
    [
        ("verdict", pa.dictionary(pa.int32(), pa.string())),
        ("attainment_num", pa.int64()),
        ("attainment_den", pa.int64()),
        ("score_low", pa.decimal128(DIGITS, SCALE)),
        ("score_high", pa.decimal128(DIGITS, SCALE)),
        ("code", pa.dictionary(pa.int32(), pa.string())),
        ("notes", pa.list_(pa.string())),
    ]
)


@frozen
class Layout:
    """The columns of a source by what they hold."""

    schema: pa.Schema
    places: dict[Role, int]

    @property
    def output(self) -> pa.Schema:
        """The columns as they are given back: those of the source, then the results."""
        return pa.schema([*self.schema, *RESULTS], metadata=self.schema.metadata)

    @property
    def words(self) -> list[str]:
        """The columns whose texts have no order: those that are read, the verdicts, the codes."""
        read = (self.places.get(role) for role in (Role.TARGET, Role.ACTUAL, Role.WEIGHT))
        return [*(self.schema.names[at] for at in read if at is not None), "verdict", "code"]

    def column(self, batch: pa.RecordBatch, role: Role) -> pa.Array | None:
        """A column as text; None where the source has none."""
        place = self.places.get(role)
        return None if place is None else as_text(batch.column(place))


def layout_of(schema: pa.Schema, where: Place) -> Layout:
    """What the columns of a source are, by the names that every table of kpieval may have.

    Raises MissingColumnError, and MalformedFileError for a column of a type that holds no such
    thing: amounts and weights are text or decimals, never binary fractions.
    """
    places = recognise(schema.names, where).places
    lacking = [role for role in (Role.TARGET, Role.ACTUAL) if role not in places]
    if lacking:
        raise missing_columns(lacking, schema.names, where)
    used = (Role.TARGET, Role.ACTUAL, Role.WEIGHT, Role.PROJECT, *BESIDE)
    for role in used:
        place = places.get(role)
        if place is not None and not _is_usable(role, schema.field(place).type):
            field = schema.field(place)
            raise Malformed("column_type", where=where, column=field.name, found=field.type)
    taken = [name for name in RESULTS.names if name in schema.names]
    if taken:
        raise Malformed("column_taken", where=where, column=", ".join(taken))
    return Layout(schema, {role: place for role, place in places.items() if role in used})


def as_text(column: pa.Array) -> pa.Array:
    """A column of the types that are taken, as text, by its distinct values."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        if _is_text(kind.value_type):
            return column
        column = column.dictionary_decode()
    if _is_text(column.type):
        return column
    if pa.types.is_null(column.type):
        return pc.cast(column, pa.string())
    found = pc.dictionary_encode(column)
    texts = [_written(value) for value in found.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(found.indices, pa.array(texts, pa.string()))


def _written(value: object) -> str | None:
    """A whole or decimal number in plain digits."""
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value is None else str(value)


def _is_usable(role: Role, kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if _is_text(kind) or pa.types.is_null(kind):
        return True
    if role is Role.WEIGHT:
        return bool(pa.types.is_integer(kind) or pa.types.is_decimal(kind))
    return role is Role.YEAR and bool(pa.types.is_integer(kind))


def _is_text(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    )
