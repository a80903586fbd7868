"""What ``score`` and ``demo`` have in common: read, score, show, check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from kpieval.cli.forms import shown
from kpieval.cli.output import Made, emit
from kpieval.errors import FileError, KpiEvalError
from kpieval.notes import Note
from kpieval.reports.checks import NO_CHECKS, Checks
from kpieval.reports.remarks import NO_REMARKS, Remarks, remarks
from kpieval.results import Summary
from kpieval.tables import Actuals, Project

if TYPE_CHECKING:
    from kpieval.policies import Policy
    from kpieval.readers import Document
    from kpieval.wire.results import Source


@frozen
class Given:
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


@frozen
class Showing:
    """How a report is asked for."""

    format: str | None = None
    output: str | None = None
    lang: str | None = None
    explain: bool = False
    heading: str | None = None
    """The key of the phrase that stands first in a text report."""
    checks: Checks = NO_CHECKS
    policy: str | None = None
    """The name or file of the policy, for the reports that tell about it."""


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

    def loaded(path: str, *roles: Role) -> Document:
        shown = Path(path).name if bundled else None
        return load(path, frozenset(roles), year, None, shown=shown)

    wanted = (Role.ACTUAL, Role.SO_FAR) if so_far else (Role.ACTUAL,)
    tables = load_each(targets, lambda path: loaded(path, Role.TARGET))
    documents = [*tables.documents, *(loaded(path, *wanted) for path in actuals)]
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


def result(given: Given, policy: str, *, blank_not_due: bool = False) -> Summary:
    """Score everything under the policy of that name or file."""
    from kpieval.scoring import score_tables

    summary = score_tables(
        given.projects, given.actuals, chosen_policy(policy), blank_not_due=blank_not_due
    )
    return attrs.evolve(
        summary,
        year=given.year if summary.year is None else summary.year,
        notes=tuple(dict.fromkeys((*given.notes, *summary.notes))),
        problems=(*given.problems, *summary.problems),
    )


def chosen_policy(name: str) -> Policy:
    """A shipped policy by its name, or the one in a file."""
    from kpieval.presets import policies, policy

    is_path = Path(name).suffix.lower() in (".toml", ".json") or Path(name).is_file()
    if any(known.name == name for known in policies()) or not is_path:
        return policy(name)
    from kpieval.wire.policy_files import read_policy

    return read_policy(name)


def show(summary: Summary, given: Given, showing: Showing) -> None:
    """Give the report out in the form that was asked for."""
    made = report(summary, given, showing)
    emit(made.content, showing.output, for_people=made.for_people)


def report(summary: Summary, given: Given, showing: Showing) -> Made:
    """The report in the form that was asked for."""
    from kpieval.reports import format_of, formats, render
    from kpieval.reports.report import Report

    how = shown(showing.format, showing.output, showing.lang, formats(), format_of)
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
        policy=None if showing.policy is None else chosen_policy(showing.policy),
    )
    return Made(render(how.form, told), how.for_people)


def _heading(key: str, lang: str) -> str:
    from kpieval.phrases import phrase

    return phrase(key, lang)
