"""``kpieval policies``: the shipped rules, and what each of them says."""

from __future__ import annotations

import json

import click
from attrs import frozen

from kpieval.cli.completing import policy_or_file
from kpieval.cli.language import language
from kpieval.cli.options import Command, lang_option, one_of, option
from kpieval.cli.output import emit
from kpieval.cli.streams import is_terminal
from kpieval.phrases import phrase

FORMS = ("text", "json")


@frozen
class Choices:
    """The arguments of the verb."""

    name: str | None
    format: str | None
    lang: str | None


def command(lang: str) -> click.Command:
    """The verb, its help in ``lang``."""
    return Command(
        "policies",
        lang=lang,
        help=phrase("help.policies", lang),
        params=[
            click.Argument(["name"], required=False, shell_complete=policy_or_file),
            option("--format", lang, default=None, **one_of(FORMS, lang)),
            lang_option(lang),
        ],
        callback=lambda **given: run(Choices(**given)),
    )


def run(choices: Choices) -> int:
    """Print the list, or one policy with its numbers and an example."""
    from kpieval.cli.scoring import policy_called
    from kpieval.presets import policies
    from kpieval.reports.policy import overview, page

    chosen = policies() if choices.name is None else (policy_called(choices.name),)
    if choices.format == "json":
        from kpieval.wire.policies import policy_wire

        wires = [policy_wire(policy) for policy in chosen]
        made = json.dumps(wires if choices.name is None else wires[0], ensure_ascii=False, indent=2)
        emit(made + "\n", None, for_people=False)
        return 0
    lang = language(choices.lang, terminal=is_terminal())
    lines = overview(chosen, lang) if choices.name is None else page(chosen[0], lang)
    emit("".join(line + "\n" for line in lines), None, for_people=True)
    return 0
