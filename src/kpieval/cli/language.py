"""Which language to speak: files and JSON Chinese unless asked, terminals as they are set up."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from kpieval.messages import LANGUAGES

DEFAULT = "zh"
_OPTION = "--lang"
_SAYS_NOTHING = ("C", "POSIX")


def language(
    option: str | None, *, terminal: bool, environ: Mapping[str, str] | None = None
) -> str:
    """The language of an output.

    ``option`` is the value of ``--lang``. Only text for a terminal heeds ``KPIEVAL_LANG`` and the
    locale, so that a file is the same whoever makes it.

    >>> language(None, terminal=False, environ={"KPIEVAL_LANG": "en"})
    'zh'
    >>> language(None, terminal=True, environ={"LANG": "en_GB.UTF-8"})
    'en'
    """
    if option in LANGUAGES:
        return option
    if not terminal:
        return DEFAULT
    known = os.environ if environ is None else environ
    own = known.get("KPIEVAL_LANG", "")
    if own in LANGUAGES:
        return own
    return _of_locale(_locale(known, system=environ is None))


def _locale(environ: Mapping[str, str], *, system: bool) -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name]
    if not system:
        return ""
    import locale

    return locale.getlocale()[0] or ""


def _of_locale(name: str) -> str:
    """Chinese for Chinese and for locales that name no language, else English."""
    plain = name.partition(".")[0]
    silent = not plain or plain in _SAYS_NOTHING
    return DEFAULT if silent or plain.lower().startswith(("zh", "chinese")) else "en"


def asked_language(args: Sequence[str]) -> str | None:
    """The value of ``--lang`` among arguments that nobody has parsed yet.

    >>> asked_language(["score", "--lang", "en"]), asked_language(["--", "--lang=en"])
    ('en', None)
    """
    for place, arg in enumerate(args):
        if arg == "--":
            return None
        if arg == _OPTION and place + 1 < len(args):
            return args[place + 1]
        if arg.startswith(f"{_OPTION}="):
            return arg.partition("=")[2]
    return None
