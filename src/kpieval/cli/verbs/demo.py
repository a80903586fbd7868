"""``kpieval demo``: the bundled tables with made-up actuals."""

from __future__ import annotations

import click
from attrs import frozen

from kpieval.cli.language import language
from kpieval.cli.options import Command, lang_option, one_of, option
from kpieval.cli.streams import is_terminal, write_text
from kpieval.phrases import phrase

FORMS = ("text", "json", "html")


@frozen
class Choices:
    """The arguments of the verb."""

    output: str | None
    explain: bool
    format: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    folder = click.Option(
        ["-o", "--output"], default=None, metavar="DIR", help=phrase("help.demo_output", lang)
    )
    return Command(
        "demo",
        lang=lang,
        help=phrase("help.demo", lang),
        params=[
            folder,
            option("--explain", lang, is_flag=True),
            option("--format", lang, default=None, **one_of(FORMS, lang)),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Score the bundled tables, or copy them to a folder to play with."""
    from kpieval.demo import YEAR, actuals_file, targets_file

    if choices.output is not None:
        return _copy(choices.output, choices.lang)
    from kpieval.cli.output import emit
    from kpieval.cli.scoring import Showing, form_of, read, report, result
    from kpieval.presets import DEFAULT, policy

    given = read((str(targets_file()),), (str(actuals_file()),), YEAR, bundled=True)
    heading = "demo.heading" if choices.format in (None, "text") else None
    chosen = policy(DEFAULT)
    how = form_of(choices.format, None, choices.lang)
    made = report(
        result(given, chosen), given, Showing(how, choices.explain, heading, policy=chosen)
    )
    emit(made, None, for_people=how.for_people)
    return 0


def _copy(folder: str, asked: str | None) -> int:
    """Copy the files; a file that is already there is never replaced."""
    from pathlib import Path

    from kpieval.cli.faults import Unwritable, unwritable
    from kpieval.cli.output import write_atomically
    from kpieval.demo import YEAR, actuals_file, targets_file

    lang = language(asked, terminal=is_terminal())
    copies = {Path(folder) / file.name: file for file in (targets_file(), actuals_file())}
    for copy in copies:
        if copy.exists():
            raise Unwritable("exists", path=copy)
    try:
        Path(folder).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise unwritable(folder, fault) from fault
    for copy, file in copies.items():
        write_atomically(str(copy), file.read_bytes())
    targets, actuals = copies
    write_text(phrase("demo.copied", lang, targets=targets, actuals=actuals, year=YEAR) + "\n")
    return 0
