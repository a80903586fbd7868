"""The command group, found by its verbs, and the translation of every outcome to an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

import click

from kpieval.cli import USAGE, completing, verbs
from kpieval.cli.language import asked_language, language
from kpieval.cli.options import Command, Group, lang_option
from kpieval.cli.streams import (
    PipeClosedError,
    abandon,
    complain,
    is_terminal,
    prepare,
    write_text,
)
from kpieval.errors import KpiEvalError
from kpieval.phrases import phrase

DONE, FAULT, INTERRUPTED = 0, 3, 130


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(sorted(module.name for module in iter_modules(verbs.__path__)))


class Verbs(Group):
    """The verbs by their modules; a verb is imported only when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All verbs in order of the alphabet."""
        return [*_verbs()]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: Command = import_module(f"{verbs.__name__}.{cmd_name}").command(self.lang)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb of the arguments; an unknown one is answered with its neighbours."""
        name = args[0]
        known = self.list_commands(ctx)
        if not name.startswith("-") and name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, known) or known
            raise click.UsageError(
                phrase(
                    "cli.no_verb", self.lang, verb=name, known=phrase("list", self.lang).join(near)
                ),
                ctx,
            )
        return super().resolve_command(ctx, args)


def run(args: Sequence[str]) -> int:
    """Run the verb of the arguments; every outcome becomes an exit code."""
    prepare()
    asked = asked_language(args)
    lang = language(asked, terminal=is_terminal(sys.stderr))
    try:
        for_people = is_terminal() or completing.asked()
        return _run(list(args), language(asked, terminal=for_people))
    except click.UsageError as fault:
        complain(usage_message(fault, lang))
        return USAGE
    except KpiEvalError as fault:
        complain(f"[{fault.code}] {fault.message(lang)}")
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        complain(phrase("cli.interrupted", lang))
        return INTERRUPTED
    except (PipeClosedError, BrokenPipeError):
        abandon(sys.stdout)
        return DONE
    except Exception as fault:  # the last line of defence: no traceback reaches a clerk
        complain(phrase("cli.fault", lang, fault=_short(fault)))
        return FAULT


def _run(args: list[str], lang: str) -> int:
    group = Verbs(name="kpieval", lang=lang, help=phrase("help.kpieval", lang))
    group.params.append(lang_option(lang))
    group.params.append(_version_option(lang))
    code = group.main(args=args, prog_name="kpieval", standalone_mode=False)
    return code if isinstance(code, int) else DONE


def _version_option(lang: str) -> click.Option:
    def show(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
        if wanted:
            from kpieval.versions import PACKAGE_VERSION

            write_text(f"kpieval {PACKAGE_VERSION}\n")
            ctx.exit()

    return click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=show,
        help=phrase("help.version", lang),
    )


def usage_message(fault: click.UsageError, lang: str) -> str:
    """One line that says what was wrong and where help is."""
    match fault:
        case click.NoSuchOption(option_name=name):
            said = phrase("cli.no_option", lang, option=name)
        case click.MissingParameter(param=click.Parameter() as missing):
            said = phrase("cli.missing", lang, parameter=missing.human_readable_name)
        case click.BadParameter(param=click.Parameter() as bad):
            option = isinstance(bad, click.Option)
            name = max(bad.opts, key=len) if option else bad.human_readable_name.strip("[]")
            said = phrase("cli.bad_value", lang, parameter=name, fault=fault.message)
        case _:
            said = fault.format_message()
    path = "kpieval" if fault.ctx is None else fault.ctx.command_path
    return phrase("cli.usage", lang, fault=said.rstrip("."), command=path)


def _short(fault: Exception) -> str:
    """The kind of the fault and the line of ours that it passed last."""
    import traceback

    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "kpieval" in frame.filename] or frames
    place = f" ({ours[-1].name}:{ours[-1].lineno})" if ours else ""
    return f"{type(fault).__name__}: {fault}{place}"
