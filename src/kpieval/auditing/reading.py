"""Files of self-evaluations -> their audit."""

from __future__ import annotations

from collections.abc import Iterable

from kpieval.auditing.running import audit_tables
from kpieval.auditing.wire import AuditReport
from kpieval.policies import Policy
from kpieval.readers import Role
from kpieval.readers.document import Document
from kpieval.readers.loading import load, load_each


def audit_files(
    paths: Iterable[str], policy: Policy, *, year: int | None = None, lang: str = "zh"
) -> AuditReport:
    """The audit of every project in the files; ``-`` is standard input.

    Raises a FileError when no file can be used.
    """

    def loaded(path: str) -> Document:
        return load(path, frozenset([Role.TARGET]), year, None)

    several = load_each(paths, loaded)
    documents = several.documents
    audited = tuple(
        project
        for document in documents
        for project in audit_tables(document.projects, document.actuals, document.published, policy)
    )
    years = {project.project.year for project in audited}
    return AuditReport(
        audited,
        policy.name,
        years.pop() if len(years) == 1 else year,
        tuple(document.source for document in documents),
        tuple(note for document in documents for note in document.notes),
        (*several.refused, *(problem for it in documents for problem in it.problems)),
        lang,
        several.refused,
    )
