"""The form in which a verb gives its report out, and whom it is for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from attrs import frozen

from kpieval import paths, showing
from kpieval.cli.language import language
from kpieval.cli.streams import STDIO, is_terminal, terminal_width, wants_colour
from kpieval.errors import FileError

TEXT = "text"


@frozen(repr=False)
class Shown(showing.Shown):
    """How a report is shown: to people on standard output, or into a file or a pipe."""

    form: str
    lang: str
    for_people: bool
    width: int
    colour: bool


def shown(
    form: str | None,
    output: str | None,
    lang: str | None,
    known: Sequence[str],
    format_of: Callable[[str], str | None],
) -> Shown:
    """The form by ``--format``, else by the suffix of the output, else text; and the rest of it.

    Raises UnsupportedFormatError when the suffix names none of the ``known`` forms.
    """
    from kpieval.reports.report import FILE_WIDTH

    chosen = form or _by_suffix(output, known, format_of)
    for_people = chosen == TEXT and output in (None, STDIO)
    return Shown(
        chosen,
        language(lang, terminal=for_people and is_terminal()),
        for_people,
        terminal_width(FILE_WIDTH) if for_people else FILE_WIDTH,
        for_people and wants_colour(),
    )


def _by_suffix(
    output: str | None, known: Sequence[str], format_of: Callable[[str], str | None]
) -> str:
    if output is None or output == STDIO or not paths.suffix(output):
        return TEXT
    found = format_of(output)
    if found is None:
        raise no_such_form(output, paths.suffix(output), known)
    return found


def no_such_form(where: str, asked: str, known: Sequence[str]) -> FileError:
    """The refusal of a form that is not written, with those that are."""
    from kpieval.readers.faults import Unsupported

    return Unsupported("written", where=where, format=asked, known=", ".join(known))
