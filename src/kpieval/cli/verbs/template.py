"""``kpieval template``: the form to fill in with actuals."""

from __future__ import annotations

import click
from attrs import frozen

from kpieval.cli.completing import files
from kpieval.cli.inputs import inputs, told_apart
from kpieval.cli.language import language
from kpieval.cli.options import (
    Command,
    format_option,
    lang_option,
    output_form,
    output_option,
    year_option,
)
from kpieval.cli.output import check_output, emit
from kpieval.cli.progress import progress
from kpieval.phrases import phrase
from kpieval.tables import Project

FORMS = ("xlsx", "docx", "csv")


@frozen
class Choices:
    """The arguments of the verb."""

    targets: tuple[str, ...]
    year: int | None
    format: str | None
    output: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    return Command(
        "template",
        lang=lang,
        help=phrase("help.template", lang),
        params=[
            click.Argument(["targets"], nargs=-1, required=True, shell_complete=files),
            year_option(lang),
            format_option(lang, FORMS),
            output_option(lang),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Read the targets and write their form."""
    from kpieval.readers import Role
    from kpieval.readers.loading import load

    lang = language(choices.lang, terminal=False)
    found = inputs(choices.targets, [choices.output])
    check_output(choices.output, found.paths)
    form = output_form(choices.format, choices.output, FORMS, lang)
    needed = frozenset([Role.TARGET])
    with progress(len(found.paths), choices.lang) as told:
        files = told.files(found.paths)
        # A form that lacks a project is worse than none: a file that cannot be used ends it.
        read = [load(path, needed, choices.year, None) for path in files]
        told.stage("progress.writing")
        made = _made([project for it in read for project in it.projects], form, lang)
    emit(made, choices.output, for_people=False)
    told_apart(found.left_out, (), choices.lang)
    return 0


def _made(projects: list[Project], form: str, lang: str) -> str | bytes:
    from kpieval.writers.office import office
    from kpieval.writers.table import written
    from kpieval.writers.template import template_pages, template_table

    match form:
        case "xlsx" | "docx":
            return office(form, template_pages(projects, lang), lang)
        case _:
            return written(template_table(projects), form, lang=lang)
