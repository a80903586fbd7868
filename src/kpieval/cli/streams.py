"""Standard input and output: encodings that never fail, pipes that close, terminals."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TextIO

from kpieval.unseen import clean

STDIO = "-"
"""The name that stands for standard input or output."""

_WIDEST = 120
_NARROWEST = 60


class PipeClosedError(Exception):
    """The reader of our output has gone; nothing is left to do, and nothing to say."""


def prepare() -> None:
    """Let no character that the terminal cannot show stop the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def complain(message: str) -> None:
    """One line on standard error; where nobody can be told, the exit code says it alone."""
    if sys.stderr is None:
        return
    try:
        print(f"kpieval: {clean(message)}", file=sys.stderr)
    except OSError:
        abandon(sys.stderr)


def write_text(text: str) -> None:
    """Text to standard output, as its encoding allows."""
    with _to_stdout() as stream:
        stream.write(text)


def write_bytes(data: bytes) -> None:
    """Bytes to standard output: other programs get UTF-8 whatever the locale."""
    with _to_stdout() as stream:
        buffer = getattr(stream, "buffer", None)
        if buffer is None:
            stream.write(data.decode("utf-8", "backslashreplace"))
        else:
            stream.flush()
            buffer.write(data)


@contextmanager
def _to_stdout() -> Iterator[TextIO]:
    """Standard output, flushed after use; the system's refusals become errors of ours."""
    try:
        if sys.stdout is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        yield sys.stdout
        sys.stdout.flush()
    except BrokenPipeError as fault:
        raise PipeClosedError from fault
    except OSError as fault:
        from kpieval.cli.faults import STDOUT, unwritable

        abandon(sys.stdout)
        raise unwritable(STDOUT, fault) from fault


def abandon(stream: TextIO | None) -> None:
    """Send what is left to nowhere, so that the interpreter's last flush says nothing."""
    if stream is not None:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def is_terminal(stream: TextIO | None = None) -> bool:
    """Whether somebody reads the stream, or else standard output, on a screen."""
    asked = sys.stdout if stream is None else stream
    return asked is not None and asked.isatty()


def wants_colour(environ: Mapping[str, str] | None = None) -> bool:
    """Colour on a terminal, unless ``NO_COLOR`` is set or the terminal is dumb."""
    known = os.environ if environ is None else environ
    return is_terminal() and not known.get("NO_COLOR") and known.get("TERM") != "dumb"


def terminal_width(default: int) -> int:
    """The terminal's width within reason; ``default`` when there is no terminal."""
    if not is_terminal():
        return default
    import shutil  # brings all that packs and unpacks files

    columns = shutil.get_terminal_size((default, 24)).columns
    return max(_NARROWEST, min(columns, _WIDEST))
