"""What ``score`` and ``demo`` have in common: read, score, show, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import attrs
from attrs import frozen

from kpieval.cli.language import language
from kpieval.cli.output import emit
from kpieval.cli.streams import STDIO, is_terminal, terminal_width, wants_colour
from kpieval.errors import KpiEvalError, UnsupportedFormatError
from kpieval.notes import Note
from kpieval.reports.checks import NO_CHECKS, Checks
from kpieval.results import Summary
from kpieval.tables import Actuals, Project

if TYPE_CHECKING:
    from kpieval.policies import Policy
    from kpieval.readers import Document
    from kpieval.wire.results import Source

TEXT = "text"


@frozen
class Given:
    """All that was read from the files."""

    projects: tuple[Project, ...]
    actuals: Actuals
    sources: tuple[Source, ...]
    year: int | None
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = attrs.field(default=(), eq=False)


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
    targets: tuple[str, ...],
    actuals: tuple[str, ...],
    year: int | None,
    *,
    bundled: bool = False,
    so_far: bool = False,
) -> Given:
    """Read the tables and the actuals, those that stand in the tables too.

    ``bundled`` files are called by their names alone: where they are installed is nobody's matter.
    With ``so_far`` the actuals may be those of a monitoring form, which no year ends with.
    """
    from kpieval.readers import Role
    from kpieval.readers.loading import load

    def loaded(path: str, *roles: Role) -> Document:
        shown = Path(path).name if bundled else None
        return load(path, frozenset(roles), year, None, shown=shown)

    wanted = (Role.ACTUAL, Role.SO_FAR) if so_far else (Role.ACTUAL,)
    tables = [loaded(path, Role.TARGET) for path in targets]
    documents = [*tables, *(loaded(path, *wanted) for path in actuals)]
    projects = tuple(project for document in tables for project in document.projects)
    values = Actuals(tuple(entry for document in documents for entry in document.actuals.entries))
    years = {project.year for project in projects}
    return Given(
        projects,
        values,
        tuple(document.source for document in documents),
        year if year is not None or len(years) != 1 else years.pop(),
        tuple(note for document in documents for note in document.notes),
        tuple(problem for document in documents for problem in document.problems),
    )


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
    from kpieval.reports import render
    from kpieval.reports.report import FILE_WIDTH, Report

    form = _form(showing)
    on_stdout = showing.output in (None, STDIO)
    for_people = form == TEXT and on_stdout
    lang = language(showing.lang, terminal=for_people and is_terminal())
    report = Report(
        summary,
        given.sources,
        lang=lang,
        explain=showing.explain,
        width=terminal_width(FILE_WIDTH) if for_people else FILE_WIDTH,
        colour=for_people and wants_colour(),
        heading="" if showing.heading is None else _heading(showing.heading, lang),
        checks=showing.checks,
        policy=None if showing.policy is None else chosen_policy(showing.policy),
    )
    emit(render(form, report), showing.output, for_people=for_people)


def _heading(key: str, lang: str) -> str:
    from kpieval.phrases import phrase

    return phrase(key, lang)


def _form(showing: Showing) -> str:
    """The form by ``--format``, else by the suffix of the output, else text."""
    from kpieval.reports import format_of, formats

    if showing.format is not None:
        return showing.format
    if showing.output in (None, STDIO) or not Path(str(showing.output)).suffix:
        return TEXT
    found = format_of(str(showing.output))
    if found is None:
        suffix, known = Path(str(showing.output)).suffix, ", ".join(formats())
        raise UnsupportedFormatError(where=showing.output, format=suffix, advice=known)
    return found
