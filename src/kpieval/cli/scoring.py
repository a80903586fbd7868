"""What ``score`` and ``demo`` have in common: read, score, show, check."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

import attrs
from attrs import frozen

from kpieval import paths, showing
from kpieval.cli.forms import shown
from kpieval.cli.inputs import same
from kpieval.notes import Note
from kpieval.reports.checks import NO_CHECKS, Checks
from kpieval.reports.remarks import NO_REMARKS, Remarks, remarks
from kpieval.tables import Actuals

if TYPE_CHECKING:
    from kpieval.cli.forms import Shown
    from kpieval.errors import FileError, KpiEvalError
    from kpieval.monitored import Monitoring
    from kpieval.policies import Policy
    from kpieval.readers import Document
    from kpieval.results import Summary
    from kpieval.tables import Project
    from kpieval.wire.results import Source

Found = TypeVar("Found", "Summary", "Monitoring")


@frozen(repr=False)
class Given(showing.Shown):
    """All that was read from the files."""

    projects: tuple[Project, ...]
    actuals: Actuals
    sources: tuple[Source, ...]
    year: int | None
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = attrs.field(default=(), eq=False)
    remarks: Remarks = NO_REMARKS
    refused: tuple[FileError, ...] = attrs.field(default=(), eq=False)
    """Files of several that could not be used; the others were read."""


@frozen(repr=False)
class Showing(showing.Shown):
    """How a report is asked for."""

    how: Shown
    explain: bool = False
    heading: str | None = None
    """The key of the phrase that stands first in a text report."""
    checks: Checks = NO_CHECKS
    policy: Policy | None = None
    """For the reports that tell about it."""


def read(
    targets: Iterable[str],
    actuals: Iterable[str],
    year: int | None,
    *,
    bundled: bool = False,
    so_far: bool = False,
) -> Given:
    """Read the tables and the actuals, those that stand in the tables too.

    ``bundled`` files are called by their names alone: where they are installed is nobody's matter.
    With ``so_far`` the actuals may be those of a monitoring form, which no year ends with. A table
    of several that cannot be used is ``refused``, and the rest is read.
    """
    from kpieval.readers import Role
    from kpieval.readers.loading import load, load_each

    wanted = (Role.ACTUAL, Role.SO_FAR) if so_far else (Role.ACTUAL,)
    taken: set[str] = set()
    """The files whose actuals were read."""

    def loaded(path: str, *roles: Role) -> Document:
        shown = os.path.basename(path) if bundled else None
        document = load(path, frozenset(roles), year, None, shown=shown)
        if document.roles.intersection(wanted):
            taken.add(same(path))
        return document

    tables = load_each(targets, lambda path: loaded(path, Role.TARGET))
    documents, again = [*tables.documents], []
    for path in actuals:
        if same(path) in taken:
            again.append(path)
        else:
            documents.append(loaded(path, *wanted))
    projects = tuple(project for document in tables.documents for project in document.projects)
    values = Actuals(tuple(entry for document in documents for entry in document.actuals.entries))
    years = {project.year for project in projects}
    return Given(
        projects,
        values,
        tuple(document.source for document in documents),
        year if year is not None or len(years) != 1 else years.pop(),
        (
            *(note for document in documents for note in document.notes),
            *_repeated(tables.documents),
            *(Note.of("input.read_once", file=path) for path in again),
        ),
        (*tables.refused, *(problem for document in documents for problem in document.problems)),
        remarks(documents),
        tables.refused,
    )


def _repeated(tables: Iterable[Document]) -> Iterator[Note]:
    """Projects that several files hold: a result of before may lie beside its table."""
    counts = Counter(
        key
        for table in tables
        for key in dict.fromkeys((it.name, it.year) for it in table.projects)
    )
    for (name, _), count in counts.items():
        if count > 1:
            yield Note.of("table.project_repeated", project=name, n=count)


def result(given: Given, policy: Policy, *, blank_not_due: bool = False) -> Summary:
    """Score everything under the policy."""
    from kpieval.scoring import score_tables

    found = score_tables(given.projects, given.actuals, policy, blank_not_due=blank_not_due)
    return with_reading(found, given)


def with_reading(found: Found, given: Given) -> Found:
    """What was found in the projects, with what was met when their files were read."""
    return attrs.evolve(
        found,
        year=given.year if found.year is None else found.year,
        notes=tuple(dict.fromkeys((*given.notes, *found.notes))),
        problems=(*given.problems, *found.problems),
    )


def policy_called(name: str) -> Policy:
    """A shipped policy by its name, or the one in a file."""
    from kpieval.presets import names, policy

    is_path = paths.suffix(name).lower() in (".toml", ".json") or os.path.isfile(name)
    if name in names() or not is_path:
        return policy(name)
    from kpieval.wire.policy_files import read_policy

    return read_policy(name)


def form_of(form: str | None, output: str | None, lang: str | None) -> Shown:
    """The form of a report on scores. Raises UnsupportedFormatError for one that is not written."""
    from kpieval.reports import format_of, formats

    return shown(form, output, lang, formats(), format_of)


def report(summary: Summary, given: Given, showing: Showing) -> str | bytes:
    """The report in the form that was asked for."""
    from kpieval.reports import render
    from kpieval.reports.report import Report

    how = showing.how
    told = Report(
        summary,
        given.sources,
        lang=how.lang,
        explain=showing.explain,
        width=how.width,
        colour=how.colour,
        heading="" if showing.heading is None else _heading(showing.heading, how.lang),
        checks=showing.checks,
        remarks=given.remarks,
        policy=showing.policy,
    )
    return render(how.form, told)


def _heading(key: str, lang: str) -> str:
    from kpieval.phrases import phrase

    return phrase(key, lang)
