"""A zip archive opened with care: everything is counted before anything is believed."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from kpieval.readers.faults import Malformed

MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2000
_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 16


def names(data: bytes, file: str) -> set[str]:
    """The names of the members. Raises MalformedFileError as :func:`parts` does."""
    with _opened(data, file) as archive:
        return set(archive.namelist())


def parts(data: bytes, file: str) -> dict[str, bytes]:
    """The members of an archive by name, inflated, within the limits.

    Raises MalformedFileError for a damaged or encrypted archive, for doubled, absolute or climbing
    names, and when members, size or ratio are beyond the limits; sizes are counted while
    inflating, since the headers of an archive may lie.
    """
    with _opened(data, file) as archive:
        return _inflated(archive, len(data), file)


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[zipfile.ZipFile]:
    """The archive; whatever is wrong with it while it is open is one error."""
    # Counted in the bytes: a directory of a million members is costly even to list.
    directory = data.count(_ENTRY)
    if directory > MAX_MEMBERS:
        raise Malformed("zip_members", where=file, n=directory, most=MAX_MEMBERS)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive
    except (
        *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
        *(NotImplementedError, RuntimeError, ValueError, OverflowError, struct.error),
    ) as error:
        raise Malformed("zip", where=file, detail=error) from None


def _inflated(archive: zipfile.ZipFile, packed: int, file: str) -> dict[str, bytes]:
    members = archive.infolist()
    found: dict[str, bytes] = {}
    total = 0
    for member in members:
        name = member.filename.replace("\\", "/")
        if name in found or name.startswith("/") or ".." in name.split("/"):
            raise Malformed("zip_name", where=file, name=member.filename)
        pieces = []
        with archive.open(member) as stream:
            while piece := stream.read(_CHUNK):
                total += len(piece)
                _check_size(total, packed, file)
                pieces.append(piece)
        found[name] = b"".join(pieces)
    return found


def _check_size(total: int, packed: int, file: str) -> None:
    if total > MAX_INFLATED:
        raise Malformed("zip_size", where=file, most=MAX_INFLATED // 1024 // 1024)
    if total > packed * MAX_RATIO:
        raise Malformed("zip_ratio", where=file, most=MAX_RATIO)
