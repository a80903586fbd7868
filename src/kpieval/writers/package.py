"""Office files as archives: the same parts give the same bytes, whenever they are packed."""

from __future__ import annotations

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
_FIRST = "[Content_Types].xml"


def repacked(data: bytes) -> bytes:
    """The archive with its members in a fixed order, all of the same old time."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as given,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for name in sorted(given.namelist(), key=lambda name: (name != _FIRST, name)):
            member = zipfile.ZipInfo(name, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            # Neither the system nor its permissions: they differ from machine to machine.
            member.create_system = 0
            packed.writestr(member, given.read(name))
    return made.getvalue()
