"""Commands whose help speaks the reader's language, and the options that verbs share."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from kpieval.cli.forms import no_such_form
from kpieval.cli.streams import STDIO, write_text
from kpieval.messages import LANGUAGES
from kpieval.phrases import phrase

_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_YEAR = re.compile(r"(19|20|21)[0-9]{2}")


class _Spoken(click.Command):
    """Help with headings in ``lang``."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lang = lang

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = phrase("help.usage", self.lang) + " "
        formatter.write_usage(ctx.command_path, pieces, prefix=prefix)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options."""
        options = [it for it in self.get_params(ctx) if isinstance(it, click.Option)]
        records = [option.get_help_record(ctx) for option in options]
        with formatter.section(phrase("help.options", self.lang)):
            formatter.write_dl([record for record in records if record is not None])

    def get_help_option(self, ctx: click.Context) -> click.Option:
        """The ``--help`` option."""
        option = super().get_help_option(ctx)
        assert option is not None  # no verb goes without it
        option.help = phrase("help.help", self.lang)
        option.callback = _show_help
        return option


class Command(_Spoken):
    """A verb."""


class Group(_Spoken, click.Group):
    """The group of the verbs."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the verbs."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs, a line each."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [(name, verb.get_short_help_str(200)) for name, verb in found if verb is not None]
        with formatter.section(phrase("help.verbs", self.lang)):
            formatter.write_dl(rows)


def _show_help(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    """The help through our own door, which knows what to say when nothing can be written."""
    if wanted and not ctx.resilient_parsing:
        write_text(ctx.get_help() + "\n")
        ctx.exit()


def one_of(known: tuple[str, ...], lang: str) -> dict[str, Any]:
    """A closed choice; None stays None."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        if value is not None and value not in known:
            raise _bad_choice(value, known, lang, ctx, param)
        return value

    return {"callback": check, "metavar": f"[{'|'.join(known)}]"}


def some_of(known: tuple[str, ...], lang: str) -> dict[str, Any]:
    """Words from a closed list, joined by commas."""

    def check(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        words = tuple(word.strip() for word in value.split(",") if word.strip())
        for word in words:
            if word not in known:
                raise _bad_choice(word, known, lang, ctx, param)
        return words

    return {"callback": check, "metavar": ",".join(known), "default": ""}


def _bad_choice(
    value: str, known: tuple[str, ...], lang: str, ctx: click.Context, param: click.Parameter
) -> click.BadParameter:
    message = phrase("cli.no_choice", lang, value=value, known=", ".join(known))
    return click.BadParameter(message, ctx, param)


def exact_number(lang: str) -> dict[str, Any]:
    """An exact decimal number; None stays None."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> Fraction | None:
        if value is None:
            return None
        if not _DECIMAL.fullmatch(value):
            raise click.BadParameter(phrase("cli.no_number", lang, value=value), ctx, param)
        return Fraction(value)

    return {"callback": check, "metavar": "N"}


def whole_year(lang: str) -> dict[str, Any]:
    """A year of four digits; None stays None."""

    def check(ctx: click.Context, param: click.Parameter, value: str | None) -> int | None:
        if value is None:
            return None
        if not _YEAR.fullmatch(value):
            raise click.BadParameter(phrase("cli.no_year", lang, value=value), ctx, param)
        return int(value)

    return {"callback": check, "metavar": "Y"}


def option(name: str, lang: str, *names: str, **kwargs: Any) -> click.Option:
    """An option whose help is the phrase ``help.NAME``."""
    key = name.removeprefix("--").replace("-", "_")
    return click.Option([*names, name], help=phrase(f"help.{key}", lang), **kwargs)


def _inherited(lang: str) -> Callable[[click.Context, click.Parameter, str | None], str | None]:
    """The check of ``--lang``: one given before the verb holds for the verb."""
    check = one_of(LANGUAGES, lang)["callback"]

    def inherit(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
        above = None if ctx.parent is None else ctx.parent.params.get("lang")
        own: str | None = check(ctx, param, value)
        return above if own is None else own

    return inherit


def lang_option(lang: str) -> click.Option:
    """``--lang``, read before anything else is."""
    return option("--lang", lang, default=None, callback=_inherited(lang), metavar="[zh|en]")


def year_option(lang: str) -> click.Option:
    """``--year``."""
    return option("--year", lang, default=None, **whole_year(lang))


def format_option(lang: str, names: tuple[str, ...]) -> click.Option:
    """``--format``; a form that the verb has not is refused as a suffix of ``-o`` is."""

    def check(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
        if value is not None and value not in names:
            raise no_such_form(f"{ctx.command_path} --format", value, names)
        return value

    return option("--format", lang, default=None, callback=check, metavar=f"[{'|'.join(names)}]")


def output_option(lang: str) -> click.Option:
    """``-o`` and ``--output``."""
    return option("--output", lang, "-o", default=None, metavar="FILE")


def output_form(asked: str | None, output: str | None, known: tuple[str, ...], lang: str) -> str:
    """One of the ``known`` forms, for verbs that only write files.

    Raises UsageError when neither ``--format`` nor a suffix says which.
    """
    if asked is not None:
        return asked
    if output is None or output == STDIO:
        raise click.UsageError(phrase("cli.no_form", lang, known=", ".join(known)))
    suffix = Path(output).suffix.lower().removeprefix(".")
    if suffix not in known:
        raise no_such_form(output, Path(output).suffix or "-", known)
    return suffix
