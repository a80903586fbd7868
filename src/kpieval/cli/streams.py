"""Standard input and output: encodings that never fail, pipes that close, terminals."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import TextIO

from kpieval.reports.width import clean

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
    """One line on standard error."""
    print(f"kpieval: {clean(message)}", file=sys.stderr)


def write_text(text: str) -> None:
    """Text to standard output, as its encoding allows."""
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as fault:
        raise PipeClosedError from fault


def write_bytes(data: bytes) -> None:
    """Bytes to standard output: other programs get UTF-8 whatever the locale."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        write_text(data.decode("utf-8", "backslashreplace"))
        return
    try:
        sys.stdout.flush()
        buffer.write(data)
        buffer.flush()
    except BrokenPipeError as fault:
        raise PipeClosedError from fault


def abandon_stdout() -> None:
    """Send what is left to nowhere, so that the interpreter's last flush says nothing."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def is_terminal(stream: TextIO | None = None) -> bool:
    """Whether somebody reads the stream on a screen."""
    return (sys.stdout if stream is None else stream).isatty()


def wants_colour(environ: Mapping[str, str] | None = None) -> bool:
    """Colour on a terminal, unless ``NO_COLOR`` is set or the terminal is dumb."""
    known = os.environ if environ is None else environ
    return is_terminal() and not known.get("NO_COLOR") and known.get("TERM") != "dumb"


def terminal_width(default: int) -> int:
    """The terminal's width within reason; ``default`` when there is no terminal."""
    if not is_terminal():
        return default
    columns = shutil.get_terminal_size((default, 24)).columns
    return max(_NARROWEST, min(columns, _WIDEST))
