"""Files -> projects and actuals: text form, csv, JSON, TOML, xlsx, told apart by content."""

from __future__ import annotations

import os

from attrs import evolve

from kpieval.notes import merged
from kpieval.readers.columns import Role
from kpieval.readers.document import Document, Record, Source
from kpieval.readers.loading import load
from kpieval.tables import Actuals, Project, Published

__all__ = [
    "Document",
    "Record",
    "Role",
    "Source",
    "read",
    "read_actuals",
    "read_published",
    "read_tables",
]

Path = str | os.PathLike[str]


def read(path: Path, *, year: int | None = None, fill_down: bool | None = None) -> list[Project]:
    """The projects of a file; ``-`` is standard input.

    ``year`` is that of tables that name none. ``fill_down`` says whether a blank project or
    category cell continues the one above; None leaves it to the format (not in csv and JSON).
    A row that cannot be read stays, with its error. What holds for the whole file stands among
    the notes and problems of every project. Raises a FileError when the file cannot be used:
    UnreadableFileError, UnsupportedFormatError, EncodingError, MalformedFileError, NotATableError,
    MissingColumnError, and MissingExtraError where an optional library is needed.

    >>> from kpieval.demo import targets_file
    >>> project, *others = read(targets_file(), year=2024)
    >>> project.name, project.budget, project.indicators[0].target.canonical, len(others)
    ('2024年工商界生活互助金', Amount(27000 元), '≤12人', 4)
    """
    document = load(path, frozenset([Role.TARGET]), year, fill_down)
    return [
        evolve(
            project,
            notes=merged(document.notes, project.notes),
            problems=(*document.problems, *project.problems),
        )
        for project in document.projects
    ]


def read_actuals(path: Path, *, year: int | None = None, fill_down: bool | None = None) -> Actuals:
    """The actuals of a file: a filled-in table, a monitoring form, or 三级指标 and 实际完成值.

    A row in which nothing is written gives no entry. Arguments and errors are those of
    :func:`read`; for what was assumed see :func:`read_tables`.

    >>> from kpieval.demo import actuals_file
    >>> first = read_actuals(actuals_file()).entries[0]
    >>> first.name, first.value, first.place.row
    ('补助人员数量', '12人', 2)
    """
    return load(path, frozenset([Role.ACTUAL, Role.SO_FAR]), year, fill_down).actuals


def read_published(
    path: Path, *, year: int | None = None, fill_down: bool | None = None
) -> Published:
    """The scores, totals and grades that a self-evaluation table publishes, as written.

    They are read for the audit alone. Arguments and errors are those of :func:`read`.

    >>> from kpieval.demo import targets_file
    >>> first = read_published(targets_file()).entries[0]
    >>> first.name, first.value  # a table of targets publishes no score
    ('补助人员数量', '')
    """
    return load(path, frozenset([Role.TARGET]), year, fill_down).published


def read_tables(path: Path, *, year: int | None = None, fill_down: bool | None = None) -> Document:
    """Everything that is in a file: projects, actuals, rows as written, notes and problems.

    Needs 三级指标 and either 指标值 or 实际完成值. Arguments and errors are those of :func:`read`.

    >>> from kpieval.demo import targets_file
    >>> document = read_tables(targets_file(), year=2024)
    >>> len(document.projects), document.source.sha256[:8]
    (5, 'c637be1d')
    """
    return load(path, frozenset([Role.TARGET, Role.ACTUAL]), year, fill_down)
