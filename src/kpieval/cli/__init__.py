"""The command line: ``main`` is its entry point, the modules of ``verbs`` are its verbs."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

__all__ = ["main"]

USAGE = 2
"""Exit code for wrong usage, configuration or unreadable input."""

_YOUNG = 200_000
"""New objects after which Python looks for garbage in a process of ours.

Nearly all that a start makes stays; looking through it every few hundred took a tenth of the time.
"""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; ``args`` are those of the process if None."""
    if args is not None or not hasattr(gc, "freeze"):
        return _run(list(sys.argv[1:] if args is None else args))
    gc.set_threshold(_YOUNG)
    try:
        return _run(sys.argv[1:])
    finally:
        # The end of the process gives all back at once; what stays is not looked through for it.
        gc.freeze()


def _run(given: Sequence[str]) -> int:
    try:
        from kpieval.cli.app import run
    except ModuleNotFoundError as fault:
        if fault.name != "click":
            raise
        return _without_click(given)
    return run(given)


def _without_click(args: Sequence[str]) -> int:
    from kpieval.cli.language import asked_language, language
    from kpieval.cli.streams import complain, is_terminal, prepare
    from kpieval.phrases import phrase

    prepare()
    lang = language(asked_language(args), terminal=is_terminal(sys.stderr))
    complain(phrase("cli.no_click", lang))
    return USAGE
