"""``kpieval schema``: the JSON Schemas of everything that goes in and comes out."""

from __future__ import annotations

import json

import click

from kpieval.cli.options import Command, lang_option, one_of
from kpieval.cli.output import emit
from kpieval.phrases import phrase


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    from kpieval.schemas import names

    return Command(
        "schema",
        lang=lang,
        help=phrase("help.schema", lang),
        params=[
            click.Argument(
                ["name"], required=False, **one_of(names(), lang) | {"metavar": "[NAME]"}
            ),
            lang_option(lang),
        ],
        callback=lambda name, lang: run(name),
    )


def run(name: str | None) -> int:
    """Print a schema, or the names of all."""
    from kpieval.schemas import load, names

    if name is None:
        emit("".join(f"{known}\n" for known in names()), None, for_people=True)
    else:
        emit(json.dumps(load(name), ensure_ascii=False, indent=2) + "\n", None, for_people=False)
    return 0
