"""Which form an output file is to have: by ``--format``, else by its suffix."""

from __future__ import annotations

from pathlib import Path

import click

from kpieval.cli.streams import STDIO
from kpieval.errors import UnsupportedFormatError
from kpieval.phrases import phrase


def output_form(asked: str | None, output: str | None, known: tuple[str, ...], lang: str) -> str:
    """One of the ``known`` forms. Raises UsageError when nothing says which."""
    if asked is not None:
        return asked
    if output is None or output == STDIO:
        raise click.UsageError(phrase("cli.no_form", lang, known=", ".join(known)))
    suffix = Path(output).suffix.lower().removeprefix(".")
    if suffix not in known:
        told = ", ".join(known)
        raise UnsupportedFormatError(where=output, format=Path(output).suffix or "-", advice=told)
    return suffix
