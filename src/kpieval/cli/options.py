"""Commands whose help speaks the reader's language, and the options that verbs share."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import click

from kpieval import paths
from kpieval.cli.completing import BY_METAVAR, words
from kpieval.cli.forms import no_such_form
from kpieval.cli.streams import STDIO, write_text
from kpieval.messages import LANGUAGES
from kpieval.phrases import phrase

_DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,12})?")
_YEAR = re.compile(r"(19|20|21)[0-9]{2}")


class _Context(click.Context):
    """What a verb is called in."""

    def make_formatter(self) -> click.HelpFormatter:
        """What lays the help out."""
        from kpieval.cli.helping import Formatter

        return Formatter(width=self.terminal_width, max_width=self.max_content_width)


class _Spoken(click.Command):
    """Help with headings in ``lang``, and an example at its end."""

    context_class = _Context

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        told = phrase("help.options_here", lang)
        super().__init__(*args, **kwargs | {"options_metavar": told})
        self.lang = lang

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line."""
        pieces = " ".join(self.collect_usage_pieces(ctx))
        prefix = phrase("help.usage", self.lang)
        formatter.write_usage(ctx.command_path, pieces, prefix=prefix)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Commands that can be typed as they stand; they are never wrapped."""
        with formatter.section(phrase("help.examples", self.lang)):
            for line in phrase(f"example.{self.name}", self.lang).splitlines():
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")

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
    """A verb; what click would say of its arguments in English is said in ``lang``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments into the context. Raises UsageError for what the verb does not take."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.BadOptionUsage as fault:
            raise click.UsageError(self._value_fault(fault.option_name), ctx) from None
        if rest and not ctx.resilient_parsing:
            said = phrase("cli.extra", self.lang, words=" ".join(rest))
            raise click.UsageError(said, ctx)
        return rest

    def _value_fault(self, name: str) -> str:
        takes = any(
            isinstance(it, click.Option) and name in it.opts and not it.is_flag
            for it in self.params
        )
        return phrase("cli.no_value" if takes else "cli.no_value_wanted", self.lang, option=name)


class Group(_Spoken, click.Group):
    """The group of the verbs."""

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        told = phrase("help.verb_here", lang)
        super().__init__(*args, lang=lang, subcommand_metavar=told, **kwargs)

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

    metavar = f"[{'|'.join(known)}]"
    return {"callback": check, "metavar": metavar, "shell_complete": words(known)}


def some_of(known: tuple[str, ...], lang: str) -> dict[str, Any]:
    """Words from a closed list, joined by commas."""

    def check(ctx: click.Context, param: click.Parameter, value: str) -> tuple[str, ...]:
        given = tuple(word.strip() for word in value.split(",") if word.strip())
        for word in given:
            if word not in known:
                raise _bad_choice(word, known, lang, ctx, param)
        return given

    metavar = ",".join(known)
    return {"callback": check, "metavar": metavar, "default": "", "shell_complete": words(known)}


def _bad_choice(
    value: str, known: tuple[str, ...], lang: str, ctx: click.Context, param: click.Parameter
) -> click.BadParameter:
    message = phrase("cli.no_choice", lang, value=value, known=phrase("list", lang).join(known))
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
    proposing = BY_METAVAR.get(kwargs.get("metavar") or "")
    kwargs = {"shell_complete": proposing} | kwargs
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
    told = {"metavar": "[zh|en]", "shell_complete": words(LANGUAGES)}
    return option("--lang", lang, default=None, callback=_inherited(lang), **told)


def year_option(lang: str) -> click.Option:
    """``--year``."""
    return option("--year", lang, default=None, **whole_year(lang))


def format_option(lang: str, names: tuple[str, ...]) -> click.Option:
    """``--format``; a form that the verb has not is refused as a suffix of ``-o`` is."""

    def check(ctx: click.Context, _: click.Parameter, value: str | None) -> str | None:
        if value is not None and value not in names:
            raise no_such_form(f"{ctx.command_path} --format", value, names)
        return value

    told = {"metavar": f"[{'|'.join(names)}]", "shell_complete": words(names)}
    return option("--format", lang, default=None, callback=check, **told)


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
        raise click.UsageError(phrase("cli.no_form", lang, known=phrase("list", lang).join(known)))
    suffix = paths.suffix(output).lower().removeprefix(".")
    if suffix not in known:
        raise no_such_form(output, paths.suffix(output) or "-", known)
    return suffix
