"""What the paths of a command line mean: files, folders, and patterns that no shell filled in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from kpieval import paths
from kpieval.cli.language import language
from kpieval.cli.streams import STDIO, complain, is_terminal
from kpieval.errors import FileError
from kpieval.phrases import phrase
from kpieval.readers.faults import Unreadable
from kpieval.showing import Shown

SUFFIXES = frozenset(
    (
        *(".docx", ".doc", ".wps", ".rtf", ".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods"),
        *(".pdf", ".html", ".htm", ".csv", ".tsv"),
    )
)
"""What is read of a folder. Text, JSON, TOML and Markdown are often no tables: they are named."""

MAX_FILES = 10_000
"""Files that a folder may hold, its own folders included."""

_NAMED = 5
_NOT_OURS = (".", "~$")
"""How the names begin of hidden files and of those that Office leaves beside an open one."""


@frozen(repr=False)
class Inputs(Shown):
    """The files to read, in order, and what was left out of folders by its suffix."""

    paths: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def inputs(paths: Sequence[str], elsewhere: Iterable[str | None] = ()) -> Inputs:
    """The files that the paths mean; a folder is all tables below it, in the order of their names.

    A file that stands ``elsewhere`` on the command line (the actuals, the output) is not taken out
    of a folder once more. Raises UnreadableFileError for a folder or pattern without files.
    """
    taken = {same(path) for path in elsewhere if path is not None and path != STDIO}
    files: list[str] = []
    left_out: list[str] = []
    for path in paths:
        if path != STDIO and os.path.isdir(path):
            found = [it for it in _below(path) if same(it) not in taken]
            tables = [it for it in found if _suffix(it) in SUFFIXES]
            if not tables:
                raise Unreadable("folder", path=path, known=" ".join(sorted(SUFFIXES)))
            left_out += [it for it in found if it not in tables]
            files += tables
        elif path != STDIO and not os.path.lexists(path) and any(sign in path for sign in "*?"):
            files += _matching(path)
        else:
            files.append(path)
    once = files if tuple(files) == tuple(paths) else list({same(it): it for it in files}.values())
    return Inputs(tuple(once), tuple(left_out))


def told_apart(left_out: Sequence[str], refused: Iterable[FileError], lang: str | None) -> None:
    """Say on standard error which files were not read, and why."""
    spoken = language(lang, terminal=is_terminal(sys.stderr))
    for error in refused:
        complain(f"[{error.code}] {error.message(spoken)}")
    if left_out:
        named = [os.path.basename(path) for path in left_out]
        shown = named[:_NAMED] + ["…"] * (len(named) > _NAMED)
        complain(
            phrase("cli.left_out", spoken, n=len(named), files=phrase("list", spoken).join(shown))
        )


def _below(folder: str) -> list[str]:
    """The files of a folder and its folders; links to folders are not followed."""
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(_NOT_OURS))
        found += (os.path.join(place, name) for name in sorted(names) if _is_ours(name))
        if len(found) > MAX_FILES:
            raise Unreadable("folder_large", path=folder, most=MAX_FILES)
    return found


def _matching(pattern: str) -> Iterator[str]:
    """The files that a pattern means, where the shell leaves that to the program."""
    import glob

    found = sorted(glob.glob(pattern, recursive=True))
    files = [path for path in found if os.path.isfile(path) and _is_ours(os.path.basename(path))]
    if not files:
        raise Unreadable("pattern", path=pattern)
    yield from files


def _is_ours(name: str) -> bool:
    return not name.startswith(_NOT_OURS)


def _suffix(path: str) -> str:
    return paths.suffix(path).lower()


def same(path: str) -> str:
    """What is equal for two ways to write one file."""
    return path if path == STDIO else os.path.realpath(path)
