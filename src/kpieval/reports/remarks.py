"""What people wrote into a self-evaluation beside its figures, to stand in the form again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from kpieval.readers.document import Document
from kpieval.showing import Shown
from kpieval.tables import Place


@frozen(repr=False)
class Remarks(Shown):
    """Reasons of deviations by the place of their row, and by project what became of the goals.

    ``implementers`` are the units that carried the projects out, by project too.
    """

    reasons: Mapping[Place, str] = field(factory=dict)
    outcomes: Mapping[str, str] = field(factory=dict)
    implementers: Mapping[str, str] = field(factory=dict)


NO_REMARKS = Remarks()


def remarks(documents: Iterable[Document]) -> Remarks:
    """The remarks of all files; where two say something, the later one counts."""
    read = tuple(documents)
    projects = [project for document in read for project in document.projects]
    return Remarks(
        {
            entry.place: entry.reason
            for document in read
            for entry in document.published.entries
            if entry.place is not None and entry.reason
        },
        {project.name: project.outcome for project in projects if project.outcome},
        {project.name: project.implementer for project in projects if project.implementer},
    )
