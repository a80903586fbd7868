"""``kpieval score``: tables and actuals in, points and reasons out."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import click
from attrs import frozen

from kpieval.cli import USAGE
from kpieval.cli.completing import files
from kpieval.cli.inputs import inputs, told_apart
from kpieval.cli.options import (
    Command,
    exact_number,
    format_option,
    lang_option,
    one_of,
    option,
    output_option,
    some_of,
    year_option,
)
from kpieval.cli.output import check_output, emit
from kpieval.cli.progress import progress
from kpieval.cli.scoring import Showing, form_of, policy_called, read, report, result
from kpieval.phrases import phrase
from kpieval.presets import DEFAULT
from kpieval.reports import formats
from kpieval.reports.checks import FAILURES, NO_CHECKS, Checks
from kpieval.showing import Shown

if TYPE_CHECKING:
    from kpieval.results import Summary

BLANKS = ("missing", "not-due")
"""What a row without an actual is: open, or not due yet and left out."""


@frozen(repr=False)
class Choices(Shown):
    """The arguments of the verb."""

    targets: tuple[str, ...]
    actuals: tuple[str, ...]
    policy: str
    year: int | None
    fail_under: Fraction | None
    fail_on: tuple[str, ...]
    blank: str
    explain: bool
    format: str | None
    output: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    return Command(
        "score",
        lang=lang,
        help=phrase("help.score", lang),
        params=[
            click.Argument(["targets"], nargs=-1, required=True, shell_complete=files),
            option("--actuals", lang, multiple=True, metavar="FILE"),
            option("--policy", lang, default=DEFAULT, metavar="NAME|FILE"),
            year_option(lang),
            option("--fail-under", lang, default=None, **exact_number(lang)),
            option("--fail-on", lang, **some_of(FAILURES, lang)),
            option("--blank", lang, default="missing", **one_of(BLANKS, lang)),
            option("--explain", lang, is_flag=True),
            format_option(lang, formats()),
            output_option(lang),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Score, give the report out, and say by the exit code whether the checks held."""
    checks = Checks(choices.fail_on, choices.fail_under)
    policy = policy_called(choices.policy)
    how = form_of(choices.format, choices.output, choices.lang)
    showing = Showing(how, choices.explain, checks=checks, policy=policy)
    found = inputs(choices.targets, (*choices.actuals, choices.output))
    files = (*found.paths, *choices.actuals)
    check_output(choices.output, (*files, choices.policy))
    with progress(len(files), choices.lang) as told:
        given = read(told.files(found.paths), told.files(choices.actuals), choices.year)
        told.stage("progress.scoring")
        summary = result(given, policy, blank_not_due=choices.blank == "not-due")
        told.stage("progress.writing")
        made = report(summary, given, showing)
    emit(made, choices.output, for_people=how.for_people)
    told_apart(found.left_out, given.refused, choices.lang)
    return USAGE if given.refused else int(_failed(summary, checks))


def _failed(summary: Summary, checks: Checks) -> bool:
    if checks == NO_CHECKS:
        return False
    from kpieval.reports.findings import failed

    return failed(summary, checks)
