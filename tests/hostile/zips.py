"""Archives that lie, and parts of an archive changed in place."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Iterable, Mapping

Member = tuple[str, bytes | str]


def packed(members: Iterable[Member], data: bytes = b"") -> bytes:
    """An archive of these members, behind those of ``data``; a name may stand twice."""
    stream = io.BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore", UserWarning)
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def unpacked(data: bytes) -> dict[str, bytes]:
    """The members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The archive with bytes of a part replaced."""
    members = unpacked(data)
    assert old in members[part], (part, members[part][:2000])
    return packed({**members, part: members[part].replace(old, new)}.items())


def with_parts(data: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with these parts put in place of its own, or beside them."""
    return packed({**unpacked(data), **parts}.items())


def lying(data: bytes, size: int) -> bytes:
    """The archive whose headers all say that a member inflates to ``size`` bytes."""
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = made.find(mark)
        while at >= 0:
            struct.pack_into("<I", made, at + place, size)
            at = made.find(mark, at + 4)
    return bytes(made)


def flagged(data: bytes, bits: int) -> bytes:
    """The archive whose members say that they are encrypted (1), or the like."""
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = made.find(mark)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", made, at + place)
            struct.pack_into("<H", made, at + place, flags | bits)
            at = made.find(mark, at + 4)
    return bytes(made)


def method(data: bytes, number: int) -> bytes:
    """The archive whose members say that they are packed in another way."""
    made = bytearray(data)
    for mark, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = made.find(mark)
        while at >= 0:
            struct.pack_into("<H", made, at + place, number)
            at = made.find(mark, at + 4)
    return bytes(made)
