"""``kpieval convert``: a table from one format to another, and what was recognised in it."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import click
from attrs import frozen

from kpieval.cli.completing import files
from kpieval.cli.language import language
from kpieval.cli.options import (
    Command,
    format_option,
    lang_option,
    option,
    output_form,
    output_option,
    year_option,
)
from kpieval.cli.output import check_output, emit
from kpieval.cli.progress import progress
from kpieval.cli.streams import complain, is_terminal
from kpieval.phrases import phrase

if TYPE_CHECKING:
    from kpieval.readers import Document

FORMS = ("csv", "tsv", "md", "json", "jsonl", "xlsx", "docx")


@frozen
class Choices:
    """The arguments of the verb."""

    table: str
    year: int | None
    show: bool
    format: str | None
    output: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    return Command(
        "convert",
        lang=lang,
        help=phrase("help.convert", lang),
        params=[
            click.Argument(["table"], metavar="IN", shell_complete=files),
            option("--show", lang, is_flag=True),
            year_option(lang),
            format_option(lang, FORMS),
            output_option(lang),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Read the table, say what was recognised, write it in the other format."""
    from kpieval.readers import Role
    from kpieval.readers.loading import load

    spoken = language(choices.lang, terminal=is_terminal())
    check_output(choices.output, [choices.table])
    wanted = choices.output is not None or choices.format is not None or not choices.show
    form = output_form(choices.format, choices.output, FORMS, spoken) if wanted else None
    needed = frozenset([Role.TARGET, Role.ACTUAL, Role.SO_FAR])
    with progress(1, choices.lang) as told:
        (document,) = [
            load(path, needed, choices.year, None) for path in told.files([choices.table])
        ]
    if choices.show:
        from kpieval.reports.recognised import recognised

        emit(recognised(document, spoken), None, for_people=True)
    if form is not None:
        _write(document, form, choices)
    return 0


def _write(document: Document, form: str, choices: Choices) -> None:
    from kpieval.writers.table import risky_cells, written
    from kpieval.writers.tabular import table_of

    table = table_of(document)
    name = PurePath(document.source.name).stem
    lang = language(choices.lang, terminal=False)
    emit(written(table, form, name=name, lang=lang), choices.output, for_people=False)
    count = risky_cells(table) if form in ("csv", "tsv") else 0
    if count:
        spoken = language(choices.lang, terminal=is_terminal())
        complain(phrase("convert.guarded", spoken, count=count))
