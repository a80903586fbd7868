"""Where results go: standard output, or a file that is replaced whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from attrs import frozen

from kpieval.cli.streams import STDIO, is_terminal, write_bytes, write_text
from kpieval.errors import UnwritableFileError
from kpieval.phrases import phrase

_NEW_FILE = 0o666


@frozen
class Made:
    """What a verb has made, before it is given out."""

    content: str | bytes
    for_people: bool


def emit(made: str | bytes, output: str | None, *, for_people: bool) -> None:
    """Give a result out. ``for_people``: text that may take the terminal's encoding."""
    if output is not None and output != STDIO:
        data = made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")
        write_atomically(output, data)
    elif isinstance(made, str) and (for_people or is_terminal()):
        write_text(made)
    else:
        write_bytes(made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made)


def check_output(output: str | None, inputs: Iterable[str], lang: str) -> None:
    """Refuse an output that is one of the inputs, before any work is done."""
    if output is None or output == STDIO or not os.path.exists(output):
        return
    for path in inputs:
        if path != STDIO and os.path.exists(path) and os.path.samefile(path, output):
            raise UnwritableFileError(path=output, reason=phrase("cli.is_input", lang))


def write_atomically(output: str, data: bytes) -> None:
    """Write through a temporary file beside ``output``: readers see the old file or the new one."""
    place = Path(os.path.realpath(output))
    try:
        if place.exists() and not place.is_file():
            place.write_bytes(data)  # a device or a pipe cannot be replaced
            return
        _replace(place, data)
    except OSError as fault:
        raise UnwritableFileError(path=output, reason=fault.strerror or str(fault)) from fault


def _replace(place: Path, data: bytes) -> None:
    descriptor, temporary = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(place))
        os.replace(temporary, place)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _mode(place: Path) -> int:
    """The permissions that the file has, or that a new one gets here."""
    if place.exists():
        return stat.S_IMODE(place.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return _NEW_FILE & ~mask
