"""Where results go: standard output, or a file that is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from kpieval.cli.streams import STDIO, PipeClosedError, is_terminal, write_bytes, write_text

# What a killed process may leave beside its output is known by its name.
_BEGIN, _END = ".kpieval-", ".tmp"
_NEW_FILE = 0o666
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
# What the shell has opened already: opened anew, a file would be emptied or replaced under it.
_DESCRIPTOR = r"/dev/(?P<name>stdout|stderr)|/(?:dev|proc/self)/fd/(?P<number>\d{1,9})"
_NAMED = {"stdout": 1, "stderr": 2}


def emit(made: str | bytes, output: str | None, *, for_people: bool) -> None:
    """Give a result out. ``for_people``: text that may take the terminal's encoding."""
    if output is not None and output != STDIO:
        data = made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace")
        write_atomically(output, data)
    elif isinstance(made, str) and (for_people or is_terminal()):
        write_text(made)
    else:
        write_bytes(made.encode("utf-8", "backslashreplace") if isinstance(made, str) else made)


def check_output(output: str | None, inputs: Iterable[str | None]) -> None:
    """Refuse an output that is one of the inputs, before any work is done.

    An input may be a name that is no file (a shipped policy), or None (an option left out).
    """
    if output is None or output == STDIO or not os.path.exists(output):
        return
    for path in inputs:
        if path in (None, STDIO) or not os.path.exists(path):
            continue
        if os.path.samefile(path, output):
            from kpieval.cli.faults import Unwritable

            raise Unwritable("is_input", path=output)


def write_atomically(output: str, data: bytes) -> None:
    """Write through a temporary file beside ``output``: readers see the old file or the new one."""
    try:
        if opened := _opened(output):
            _append(int(opened["number"] or _NAMED[opened["name"]]), data)
        elif os.path.exists(output) and not os.path.isfile(output):
            with open(output, "wb") as file:  # a device or a pipe cannot be replaced
                file.write(data)
        else:
            _replace(os.path.realpath(output), data)
    except BrokenPipeError as fault:
        raise PipeClosedError from fault
    except OSError as fault:
        from kpieval.cli.faults import unwritable

        raise unwritable(output, fault) from fault


def _opened(output: str) -> re.Match[str] | None:
    """The descriptor that a name stands for, if it does."""
    looks_like_one = output.startswith(("/dev/", "/proc/"))
    return re.fullmatch(_DESCRIPTOR, output) if looks_like_one else None


def _append(descriptor: int, data: bytes) -> None:
    """Write where the shell has opened a file, a pipe or a terminal, after what stands there."""
    if sys.stdout is not None:
        sys.stdout.flush()
    with os.fdopen(os.dup(descriptor), "wb") as file:
        file.write(data)


def _replace(place: str, data: bytes) -> None:
    with _beside(place) as file:
        file.write(data)


@contextmanager
def replacing(output: str) -> Iterator[BinaryIO]:
    """A file to write piece by piece, which takes the place of ``output`` when all went well.

    Folders that it is to stand in are made.
    """
    from kpieval.cli.faults import unwritable

    place = os.path.realpath(output)
    if _opened(output) or (os.path.exists(place) and not os.path.isfile(place)):
        raise unwritable(output, IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)))
    try:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        with _beside(place) as file:
            yield file
    except OSError as fault:
        raise unwritable(output, fault) from fault


@contextmanager
def _beside(place: str) -> Iterator[BinaryIO]:
    """A temporary file beside a place, moved there at the end; nothing is left after a fault."""
    if os.path.exists(place) and not os.access(place, os.W_OK):
        # Replacing asks the folder alone; a file that is protected stays all the same.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    # Its own short name: one made of the output's would be too long where that just fits. It is
    # known before the file is there, so that an interrupt at any moment finds it.
    name = f"{_BEGIN}{os.urandom(8).hex()}{_END}"
    temporary = os.path.join(os.path.dirname(place), name)
    try:
        descriptor = os.open(temporary, _CREATE, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(place))
        os.replace(temporary, place)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _mode(place: str) -> int:
    """The permissions that the file has, or that a new one gets here."""
    if os.path.exists(place):
        return stat.S_IMODE(os.stat(place).st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return _NEW_FILE & ~mask
