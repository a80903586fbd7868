"""A zip archive opened with care: everything is counted before anything is believed."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from attrs import frozen

from kpieval.readers.faults import Malformed

MAX_INFLATED = 50 * 1024 * 1024
MAX_RATIO = 100
MAX_MEMBERS = 2000
_ENTRY = b"PK\x01\x02"
_CHUNK = 1 << 16
_PIECE = 1 << 18
"""Not smaller: a parser begins anew with every piece of a token that has no end."""


@frozen
class Archive:
    """An archive within the limits, whose members are inflated when they are asked for."""

    opened: zipfile.ZipFile
    file: str
    members: dict[str, zipfile.ZipInfo]

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member piece by piece, so that it never stands in memory as a whole."""
        with _faults(self.file), self.opened.open(self.members[name]) as stream:
            while piece := stream.read(_PIECE):
                yield piece


def names(data: bytes, file: str) -> set[str]:
    """The names of the members. Raises MalformedFileError as :func:`parts` does."""
    with _opened(data, file) as archive:
        return set(archive.namelist())


def checked(data: bytes, file: str) -> Archive:
    """The archive, once all of it was inflated and found to be within the limits.

    Raises MalformedFileError as :func:`parts` does.
    """
    members: dict[str, zipfile.ZipInfo] = {}
    total = 0
    _check_members(data, file)
    with _faults(file):
        archive = zipfile.ZipFile(io.BytesIO(data))
        for name, member in _named(archive, file):
            members[name] = member
            for piece in _inflated(archive, member):
                total += len(piece)
                _check_size(total, len(data), file)
    return Archive(archive, file, members)


def parts(data: bytes, file: str) -> dict[str, bytes]:
    """The members of an archive by name, inflated, within the limits.

    Raises MalformedFileError for a damaged or encrypted archive, for doubled, absolute or climbing
    names, and when members, size or ratio are beyond the limits; sizes are counted while
    inflating, since the headers of an archive may lie.
    """
    found: dict[str, bytes] = {}
    total = 0
    with _opened(data, file) as archive:
        for name, member in _named(archive, file):
            pieces = []
            for piece in _inflated(archive, member):
                total += len(piece)
                _check_size(total, len(data), file)
                pieces.append(piece)
            found[name] = b"".join(pieces)
    return found


@contextmanager
def _opened(data: bytes, file: str) -> Iterator[zipfile.ZipFile]:
    """The archive, open for as long as it is looked at."""
    _check_members(data, file)
    with _faults(file), zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield archive


def _check_members(data: bytes, file: str) -> None:
    """Counted in the bytes: a directory of a million members is costly even to list."""
    directory = data.count(_ENTRY)
    if directory > MAX_MEMBERS:
        raise Malformed("zip_members", where=file, n=directory, most=MAX_MEMBERS)


@contextmanager
def _faults(file: str) -> Iterator[None]:
    """Whatever is wrong with an archive is one error."""
    try:
        yield
    except (
        *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError),
        *(NotImplementedError, RuntimeError, ValueError, OverflowError, struct.error),
    ) as error:
        raise Malformed("zip", where=file, detail=error) from None


def _named(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """The members with their names; a doubled, absolute or climbing one is refused."""
    known: set[str] = set()
    for member in archive.infolist():
        name = member.filename.replace("\\", "/")
        if name in known or name.startswith("/") or ".." in name.split("/"):
            raise Malformed("zip_name", where=file, name=member.filename)
        known.add(name)
        yield name, member


def _inflated(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while piece := stream.read(_CHUNK):
            yield piece


def _check_size(total: int, packed: int, file: str) -> None:
    if total > MAX_INFLATED:
        raise Malformed("zip_size", where=file, most=MAX_INFLATED // 1024 // 1024)
    if total > packed * MAX_RATIO:
        raise Malformed("zip_ratio", where=file, most=MAX_RATIO)
