"""``kpieval audit``: recompute published self-evaluations, report what does not follow."""

from __future__ import annotations

import click
from attrs import frozen

from kpieval.cli import USAGE
from kpieval.cli.completing import files
from kpieval.cli.forms import shown
from kpieval.cli.inputs import inputs, told_apart
from kpieval.cli.options import (
    Command,
    format_option,
    lang_option,
    option,
    output_option,
    some_of,
    year_option,
)
from kpieval.cli.output import check_output, emit
from kpieval.cli.progress import progress
from kpieval.cli.scoring import policy_called
from kpieval.phrases import phrase
from kpieval.presets import DEFAULT

_FORMS = ("text", "json", "csv", "md")
_FAILURES = ("inconsistent",)


@frozen
class Choices:
    """The arguments of the verb."""

    tables: tuple[str, ...]
    policy: str
    year: int | None
    fail_on: tuple[str, ...]
    format: str | None
    output: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    fail_on = click.Option(
        ["--fail-on"], help=phrase("help.audit_fail_on", lang), **some_of(_FAILURES, lang)
    )
    return Command(
        "audit",
        lang=lang,
        help=phrase("help.audit", lang),
        params=[
            click.Argument(
                ["tables"],
                nargs=-1,
                required=True,
                metavar="SELF_EVALUATIONS...",
                shell_complete=files,
            ),
            option("--policy", lang, default=DEFAULT, metavar="NAME|FILE"),
            year_option(lang),
            fail_on,
            format_option(lang, _FORMS),
            output_option(lang),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Audit the tables, give the report out, and fail where that was asked for."""
    from kpieval.auditing.reading import audit_files
    from kpieval.auditing.telling import FORMS, format_of, rendered

    found = inputs(choices.tables, [choices.output])
    check_output(choices.output, (*found.paths, choices.policy))
    how = shown(choices.format, choices.output, choices.lang, FORMS, format_of)
    policy = policy_called(choices.policy)
    with progress(len(found.paths), choices.lang) as told:
        files = told.files(found.paths)
        report = audit_files(files, policy, year=choices.year, lang=how.lang)
        made = rendered(how.form, report, width=how.width, colour=how.colour)
    emit(made, choices.output, for_people=how.for_people)
    told_apart(found.left_out, report.refused, choices.lang)
    if report.refused:
        return USAGE
    return int("inconsistent" in choices.fail_on and report.consistent is False)
