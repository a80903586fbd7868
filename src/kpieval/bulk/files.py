"""Parquet, CSV and Arrow files as batches of rows, and batches as such files."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from inspect import signature
from pathlib import PurePath
from typing import Any, BinaryIO, Protocol

import pyarrow as pa
import pyarrow.compute as pc
from attrs import define, evolve, frozen
from pyarrow import csv, ipc, parquet

from kpieval.readers.faults import Malformed, Unreadable, Unsupported
from kpieval.readers.grid import excerpt

BATCH = 2**19
"""Rows that are worked on at a time."""

FORMATS = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".ipc": "arrow",
    ".feather": "arrow",
}
"""The formats by their suffixes."""

_BLOCK = 8 * 2**20
_PAGE = 2**18
"""Rows of a page of Parquet, for each of which it takes the least and greatest value."""
_STREAM = b"ARROW1"
_TOLD = b"ARROW:schema"


class Sink(Protocol):
    """What batches are written to."""

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Write one more batch."""

    def close(self) -> None:
        """Finish the file."""


@frozen
class Source:
    """A file as batches; ``rows`` where the file says how many there are.

    A column of text in the schema may come as a dictionary in the batches.
    """

    schema: pa.Schema
    batches: Iterator[pa.RecordBatch]
    rows: int | None = None


def format_of(path: str) -> str:
    """The format by the suffix. Raises UnsupportedFormatError.

    >>> format_of("rows.parquet"), format_of("rows.CSV")
    ('parquet', 'csv')
    """
    suffix = PurePath(path).suffix.lower()
    if suffix not in FORMATS:
        raise Unsupported("written", where=path, format=suffix or "-", known=" ".join(FORMATS))
    return FORMATS[suffix]


@contextmanager
def source(path: str) -> Iterator[Source]:
    """The rows of a file, read as they are asked for, a batch ahead.

    Raises UnreadableFileError and MalformedFileError, at the beginning or later.
    """
    openers = {"parquet": _parquet, "csv": _csv, "arrow": _arrow}
    opener = openers[format_of(path)]
    try:
        file = pa.OSFile(path)
    except FileNotFoundError:
        raise Unreadable("missing", path=path) from None
    except OSError as fault:
        raise Unreadable("os", path=path, detail=fault.strerror or str(fault)) from None
    with file:
        try:
            found = opener(file)
        except (pa.ArrowException, OSError) as fault:
            raise _broken(path, fault) from fault
        with ThreadPoolExecutor(1) as pool:
            yield evolve(found, batches=_ahead(_checked(found.batches, path), pool))


def _ahead(batches: Iterator[pa.RecordBatch], pool: ThreadPoolExecutor) -> Iterator[pa.RecordBatch]:
    """The batches, the first one read at once, each other while the one before is worked on."""
    return _awaited(batches, pool, pool.submit(next, batches, None))


def _awaited(
    batches: Iterator[pa.RecordBatch],
    pool: ThreadPoolExecutor,
    reading: Future[pa.RecordBatch | None],
) -> Iterator[pa.RecordBatch]:
    while (batch := reading.result()) is not None:
        reading = pool.submit(next, batches, None)
        yield batch


def _checked(batches: Iterator[pa.RecordBatch], path: str) -> Iterator[pa.RecordBatch]:
    """The batches; what is wrong with the file is told as its fault."""
    while True:
        try:
            batch = next(batches, None)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as fault:
            raise _broken(path, fault) from fault
        if batch is None:
            return
        yield batch


def _broken(path: str, fault: Exception) -> Malformed:
    return Malformed("arrow", where=path, detail=excerpt(str(fault), 200))


def _parquet(file: pa.NativeFile) -> Source:
    """Texts come as the dictionaries that they are stored by."""
    schema = parquet.read_schema(file)
    texts = [one.name for one in schema if pa.types.is_string(one.type)]
    file.seek(0)
    found = parquet.ParquetFile(file, pre_buffer=True, read_dictionary=texts)
    return Source(schema, found.iter_batches(batch_size=BATCH), found.metadata.num_rows)


def _csv(file: pa.NativeFile) -> Source:
    """Every cell as text: a number that a reader takes for binary is not exact any more."""
    reading = csv.ReadOptions(block_size=_BLOCK)
    names = csv.open_csv(file, read_options=csv.ReadOptions(block_size=2**16)).schema.names
    file.seek(0)
    converting = csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False
    )
    parsing = csv.ParseOptions(newlines_in_values=True)
    found = csv.open_csv(file, reading, parsing, converting)
    return Source(found.schema, iter(found))


def _arrow(file: pa.NativeFile) -> Source:
    is_stream = file.read(len(_STREAM)) != _STREAM
    file.seek(0)
    if is_stream:
        stream = ipc.open_stream(file)
        return Source(stream.schema, iter(stream))
    found = ipc.open_file(file)
    batches = (found.get_batch(number) for number in range(found.num_record_batches))
    return Source(found.schema, batches)


@contextmanager
def sink(
    file: BinaryIO, form: str, schema: pa.Schema, unordered: Collection[str] = ()
) -> Iterator[Sink]:
    """What writes batches of the schema into an open file.

    Parquet keeps the least and the greatest value of columns, to find rows by, but for the
    ``unordered`` ones.
    """
    made = _sink(file, form, schema, unordered)
    try:
        yield made
    except BaseException:
        # What is half written is thrown away with its file, which must not be closed first.
        with suppress(Exception):
            made.close()
        raise
    made.close()


def _sink(file: BinaryIO, form: str, schema: pa.Schema, unordered: Collection[str]) -> Sink:
    match form:
        case "parquet":
            return _Parquet(file, schema, unordered)
        case "csv":
            return _Csv(csv.CSVWriter(file, _flat_schema(schema)))
        case _:
            return _Arrow(ipc.new_file(file, plain_schema(schema)))


@define
class _Parquet:
    """The file is of the schema whether its texts come plainly or as dictionaries."""

    file: BinaryIO
    schema: pa.Schema
    unordered: Collection[str] = ()
    writer: parquet.ParquetWriter | None = None

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Write one more batch, a group of rows."""
        if self.writer is None:
            self.writer = self._opened(batch.schema)
        self.writer.write_batch(batch, row_group_size=BATCH)

    def close(self) -> None:
        """Finish the file, which may have no rows."""
        (self.writer or self._opened(self.schema)).close()

    def _opened(self, given: pa.Schema) -> parquet.ParquetWriter:
        ways: dict[str, Any] = {"compression": "zstd", "store_schema": False, **_further()}
        ordered = [name for name in given.names if name not in self.unordered]
        made = parquet.ParquetWriter(self.file, given, write_statistics=ordered, **ways)
        # The types that a reader of Arrow shall see are told beside the file's own.
        told = {_TOLD: base64.b64encode(self.schema.serialize().to_pybytes())}
        made.add_key_value_metadata({**(self.schema.metadata or {}), **told})
        return made


@cache
def _further() -> dict[str, Any]:
    """What pyarrow has of late: a limit of its own on the rows of a page, points in 64 bits."""
    known = signature(parquet.ParquetWriter.__init__).parameters
    ways = {"write_batch_size": _PAGE, "max_rows_per_page": _PAGE, "store_decimal_as_integer": True}
    return {name: way for name, way in ways.items() if name in known}


@frozen
class _Csv:
    writer: csv.CSVWriter

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Write one more batch, its lists as words with blanks between."""
        self.writer.write_batch(_flat(batch))

    def close(self) -> None:
        """Finish the file."""
        self.writer.close()


@frozen
class _Arrow:
    writer: ipc.RecordBatchFileWriter

    def write_batch(self, batch: pa.RecordBatch) -> None:
        """Write one more batch; a file has one dictionary, so that words are written plainly."""
        self.writer.write_batch(plain(batch))

    def close(self) -> None:
        """Finish the file."""
        self.writer.close()


def plain_schema(schema: pa.Schema) -> pa.Schema:
    """The schema with dictionaries as what they stand for."""
    return pa.schema(
        field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field
        for field in schema
    )


def plain(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The batch with dictionaries as what they stand for."""
    schema = plain_schema(batch.schema)
    columns = [
        pc.cast(column, field.type) for column, field in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)


def _flat_schema(schema: pa.Schema) -> pa.Schema:
    return pa.schema(
        field.with_type(pa.string()) if pa.types.is_list(field.type) else field
        for field in plain_schema(schema)
    )


def _flat(batch: pa.RecordBatch) -> pa.RecordBatch:
    schema = _flat_schema(batch.schema)
    columns = [
        pc.binary_join(column, " ")
        if pa.types.is_list(column.type)
        else pc.cast(column, field.type)
        for column, field in zip(batch.columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
