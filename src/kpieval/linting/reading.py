"""Files of targets -> their findings."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from kpieval.errors import KpiEvalError
from kpieval.findings import Finding
from kpieval.linting.config import LintConfig
from kpieval.linting.history import History
from kpieval.linting.running import lint_tables
from kpieval.notes import Note
from kpieval.readers import Role
from kpieval.readers.loading import load
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


def lint_files(
    targets: Sequence[str],
    history: Sequence[str],
    config: LintConfig,
    *,
    year: int | None = None,
) -> Linted:
    """The findings of every project in the files; ``-`` is standard input.

    ``history`` are tables of earlier years; their years are those that they name.
    """
    wanted = frozenset([Role.TARGET])
    documents = [load(path, wanted, year, None) for path in targets]
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
        tuple(problem for document in documents for problem in document.problems),
    )
