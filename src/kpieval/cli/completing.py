"""What the shell proposes after the Tab key: files, names of policies, words of a closed list."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Proposing = Callable[[click.Context, click.Parameter, str], "list[CompletionItem]"]
"""What click asks for the values of a parameter that has begun like this."""

VARIABLE = "_KPIEVAL_COMPLETE"
"""Set by the shell while it asks; the answer goes to a person, though not to a terminal."""


def asked(environ: Mapping[str, str] | None = None) -> bool:
    """Whether a shell asks for proposals.

    >>> asked({}), asked({"_KPIEVAL_COMPLETE": "zsh_complete"})
    (False, True)
    """
    return VARIABLE in (os.environ if environ is None else environ)


def files(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
    """Leave it to the shell, which knows the files."""
    from click.shell_completion import CompletionItem

    return [CompletionItem(begun, type="file")]


def words(known: tuple[str, ...]) -> Proposing:
    """Words of a closed list; the last one where they are joined by commas."""

    def proposed(_: click.Context, __: click.Parameter, begun: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        done, comma, last = begun.rpartition(",")
        return [CompletionItem(done + comma + it) for it in known if it.startswith(last)]

    return proposed


def policy_or_file(ctx: click.Context, param: click.Parameter, begun: str) -> list[CompletionItem]:
    """The shipped policies that begin so, else files."""
    from kpieval.presets import names

    return words(names())(ctx, param, begun) or files(ctx, param, begun)


BY_METAVAR: Mapping[str, Proposing] = {"FILE": files, "NAME|FILE": policy_or_file}
"""How an option whose value is called so in the help is completed."""
