"""Files of targets -> their findings."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from kpieval.errors import FileError, KpiEvalError
from kpieval.findings import Finding
from kpieval.linting.config import LintConfig
from kpieval.linting.history import History
from kpieval.linting.running import lint_tables
from kpieval.notes import Note
from kpieval.readers import Role
from kpieval.readers.document import Document
from kpieval.readers.loading import load, load_each
from kpieval.tables import Project
from kpieval.wire.results import Source


@frozen
class Linted:
    """The findings of some files, and what was read to get them."""

    findings: tuple[Finding, ...]
    projects: tuple[Project, ...]
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    refused: tuple[FileError, ...] = field(default=(), eq=False)
    """Files of several that could not be used; the others were read."""


def lint_files(
    targets: Iterable[str],
    history: Iterable[str],
    config: LintConfig,
    *,
    year: int | None = None,
) -> Linted:
    """The findings of every project in the files; ``-`` is standard input.

    ``history`` are tables of earlier years; their years are those that they name. Raises a
    FileError when no file of the targets can be used, or one of the history cannot.
    """
    wanted = frozenset([Role.TARGET])

    def of_this_year(path: str) -> Document:
        return load(path, wanted, year, None)

    several = load_each(targets, of_this_year)
    documents = several.documents
    earlier = [load(path, wanted, None, None) for path in history]
    before = [History(document.projects, document.actuals) for document in earlier]
    found = [
        finding
        for document in documents
        for finding in lint_tables(document.projects, config=config, history=before)
    ]
    read = [*documents, *earlier]
    return Linted(
        tuple(found),
        tuple(project for document in documents for project in document.projects),
        tuple(document.source for document in read),
        tuple(note for document in documents for note in document.notes),
        (*several.refused, *(problem for it in documents for problem in it.problems)),
        several.refused,
    )
