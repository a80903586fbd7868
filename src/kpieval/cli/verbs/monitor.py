"""``kpieval monitor``: how targets stand at the end of a month, and where the year is heading."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

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
    year_option,
)
from kpieval.cli.output import check_output, emit
from kpieval.cli.progress import progress
from kpieval.cli.scoring import Given, policy_called, read, with_reading
from kpieval.phrases import phrase
from kpieval.presets import DEFAULT

if TYPE_CHECKING:
    from kpieval.monitored import Monitoring

_MONTH = re.compile(r"0?[1-9]|1[0-2]")


@frozen
class Choices:
    """The arguments of the verb."""

    targets: tuple[str, ...]
    actuals: tuple[str, ...]
    month: int | None
    policy: str
    year: int | None
    format: str | None
    output: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    from kpieval.reports.monitored import FORMATS

    return Command(
        "monitor",
        lang=lang,
        help=phrase("help.monitor", lang),
        params=[
            click.Argument(["targets"], nargs=-1, required=True, shell_complete=files),
            option("--actuals", lang, multiple=True, metavar="FILE"),
            option("--month", lang, default=None, **_whole_month(lang)),
            option("--policy", lang, default=DEFAULT, metavar="NAME|FILE"),
            year_option(lang),
            format_option(lang, FORMATS),
            output_option(lang),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def _whole_month(lang: str) -> dict[str, Any]:
    """A month from 1 to 12; None stays None."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        if not _MONTH.fullmatch(value):
            raise click.BadParameter(phrase("cli.no_month", lang, value=value), ctx, param)
        return int(value)

    return {"callback": check, "metavar": "N"}


def run(choices: Choices) -> int:
    """Monitor and give the report out; a report was asked for, so what it says fails nothing."""
    found = inputs(choices.targets, (*choices.actuals, choices.output))
    files = (*found.paths, *choices.actuals)
    check_output(choices.output, (*files, choices.policy))
    with progress(len(files), choices.lang) as told:
        targets, actuals = told.files(found.paths), told.files(choices.actuals)
        given = read(targets, actuals, choices.year, so_far=True)
        told.stage("progress.monitoring")
        monitoring = _found(given, choices)
    _show(monitoring, given, choices)
    told_apart(found.left_out, given.refused, choices.lang)
    return USAGE if given.refused else 0


def _found(given: Given, choices: Choices) -> Monitoring:
    from kpieval.monitoring import monitor_tables

    policy = policy_called(choices.policy)
    found = monitor_tables(given.projects, given.actuals, policy, month=choices.month)
    return with_reading(found, given)


def _show(found: Monitoring, given: Given, choices: Choices) -> None:
    from kpieval.reports.monitored import FORMATS, MonitoringReport, format_of, render

    how = shown(choices.format, choices.output, choices.lang, FORMATS, format_of)
    report = MonitoringReport(
        found, given.sources, lang=how.lang, width=how.width, colour=how.colour
    )
    emit(render(how.form, report), choices.output, for_people=how.for_people)
