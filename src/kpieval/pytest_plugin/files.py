"""A file of targets and actuals -> everything in it, read and scored as ``kpieval score`` does."""

from __future__ import annotations

import os

from attrs import evolve, frozen

from kpieval.policies import Policy
from kpieval.readers import Document, Role
from kpieval.readers.loading import load
from kpieval.results import Summary
from kpieval.scoring import score_tables
from kpieval.tables import Actuals

_TARGETS = frozenset((Role.TARGET,))
_BOTH = frozenset((Role.TARGET, Role.ACTUAL))


@frozen
class Rules:
    """What a file is read and scored by."""

    policy: Policy
    year: int | None = None


def scored(
    path: str | os.PathLike[str], shown: str, rules: Rules, more: Actuals | None = None
) -> tuple[Document, Summary]:
    """The file as read, and its projects scored with its own actuals and ``more``.

    The problems of the file stand with those of the summary. Raises a FileError when the file
    cannot be used or has no targets.
    """
    document = load(path, _BOTH, rules.year, None, shown=shown)
    if Role.TARGET not in document.roles:
        # Actuals alone: refused in the words of a file that should have targets.
        document = load(path, _TARGETS, rules.year, None, shown=shown)
    actuals = document.actuals + (more or Actuals())
    summary = score_tables(document.projects, actuals, rules.policy)
    problems = (*document.problems, *summary.problems)
    return document, evolve(summary, problems=problems)
