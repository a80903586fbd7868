"""A path -> the bytes of its file, within the limit."""

from __future__ import annotations

import os
import stat
import sys

from kpieval.readers.faults import Unreadable

MAX_BYTES = 50 * 1024 * 1024


def whole(name: str) -> bytes:
    """The bytes of a file; ``-`` is standard input. Raises UnreadableFileError."""
    try:
        if name == "-":
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            _refuse_pipe(name)
            with open(name, "rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unreadable("missing", path=name) from None
    except IsADirectoryError:
        raise Unreadable("directory", path=name) from None
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or error
        raise Unreadable("os", path=name, detail=detail) from None
    if len(data) > MAX_BYTES:
        raise Unreadable("too_large", path=name, most=MAX_BYTES // 1024 // 1024)
    return data


def _refuse_pipe(name: str) -> None:
    """Refuse a named pipe: opening one waits for a writer, who may never come.

    What a shell hands over as /dev/fd/63 has its writer already.
    """
    if stat.S_ISFIFO(os.stat(name).st_mode) and not name.startswith(("/dev/", "/proc/")):
        raise Unreadable("pipe", path=name)
