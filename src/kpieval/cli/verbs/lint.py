"""``kpieval lint``: what should be mended in the targets before they are approved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from attrs import evolve, frozen

from kpieval.cli import USAGE
from kpieval.cli.completing import files
from kpieval.cli.forms import shown
from kpieval.cli.inputs import inputs, told_apart
from kpieval.cli.options import (
    Command,
    format_option,
    lang_option,
    one_of,
    option,
    output_option,
    year_option,
)
from kpieval.cli.output import check_output, emit
from kpieval.cli.progress import progress
from kpieval.phrases import phrase

if TYPE_CHECKING:
    from kpieval.linting import LintConfig

_FAILURES = ("error", "warning", "note", "never")


@frozen
class Choices:
    """The arguments of the verb."""

    targets: tuple[str, ...]
    history: tuple[str, ...]
    select: str | None
    ignore: str | None
    fail_on: str | None
    config: str | None
    isolated: bool
    year: int | None
    format: str | None
    output: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    from kpieval.reports.linted import FORMATS

    fail_on = click.Option(
        ["--fail-on"], help=phrase("help.lint_fail_on", lang), **one_of(_FAILURES, lang)
    )
    return Command(
        "lint",
        lang=lang,
        help=phrase("help.lint", lang),
        params=[
            click.Argument(
                ["targets"], nargs=-1, required=True, metavar="TARGETS...", shell_complete=files
            ),
            option("--history", lang, multiple=True, metavar="FILE"),
            option("--select", lang, default=None, metavar="CODES"),
            option("--ignore", lang, default=None, metavar="CODES"),
            fail_on,
            option("--config", lang, default=None, metavar="FILE"),
            option("--isolated", lang, is_flag=True),
            year_option(lang),
            format_option(lang, FORMATS),
            output_option(lang),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Lint the tables, give the report out, and fail where a finding is grave enough."""
    from kpieval.linting.reading import lint_files
    from kpieval.reports.linted import FORMATS, LintReport, format_of, render

    found = inputs(choices.targets, (*choices.history, choices.output))
    files = (*found.paths, *choices.history)
    settings = _settings(choices)
    check_output(choices.output, (*files, settings))
    how = shown(choices.format, choices.output, choices.lang, FORMATS, format_of)
    config = _config(choices, settings)
    with progress(len(files), choices.lang) as told:
        targets, history = told.files(found.paths), told.files(choices.history)
        linted = lint_files(targets, history, config, year=choices.year)
    report = LintReport(
        linted.findings,
        projects=len(linted.projects),
        rows=sum(len(project.indicators) for project in linted.projects),
        sources=linted.sources,
        notes=linted.notes,
        problems=linted.problems,
        fail_on=config.fail_on,
        lang=how.lang,
        width=how.width,
        colour=how.colour,
    )
    emit(render(how.form, report), choices.output, for_people=how.for_people)
    told_apart(found.left_out, linted.refused, choices.lang)
    return USAGE if linted.refused else int(report.failed)


def _settings(choices: Choices) -> str | None:
    """The file of the configuration: the one that was named, or the nearest one."""
    from kpieval.linting.settings import found_file

    if choices.config is not None or choices.isolated:
        return choices.config
    found = found_file(Path.cwd())
    return None if found is None else str(found)


def _config(choices: Choices, settings: str | None) -> LintConfig:
    """The configuration of the file, with what the command line says in its place."""
    from kpieval.linting import DEFAULTS
    from kpieval.linting.settings import read_config, severity

    config = DEFAULTS if settings is None else read_config(settings)
    if choices.select is not None:
        config = evolve(config, select=_codes(choices.select))
    if choices.ignore is not None:
        config = evolve(config, ignore=(*config.ignore, *_codes(choices.ignore)))
    if choices.fail_on is not None:
        config = evolve(config, fail_on=severity(choices.fail_on))
    return config


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip().upper() for code in text.split(",") if code.strip())
