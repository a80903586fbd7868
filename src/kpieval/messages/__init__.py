"""The message catalogue: a folder a language, a TOML file a subject, keyed by code.

Codes, keys and parameters are English and stable; only the sentences differ. A test holds the
languages equal in keys and placeholders. Tables: ``[error.CODE]`` and ``[note."code"]`` with
``title``, ``message`` and ``page``; ``[term]`` with the words of the reports.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from kpieval.resources import read_toml

LANGUAGES = ("zh", "en")

HERE = os.path.dirname(__file__)
"""The folder of the catalogue."""


@cache
def catalogue(lang: str) -> dict[str, dict[str, Any]]:
    """The whole catalogue of a language: kind -> code -> entry."""
    if lang not in LANGUAGES:
        raise ValueError(f"unknown language {lang!r}, expected one of {', '.join(LANGUAGES)}")
    merged: dict[str, dict[str, Any]] = {"error": {}, "note": {}, "term": {}}
    folder = os.path.join(HERE, lang)
    for name in sorted(name for name in os.listdir(folder) if name.endswith(".toml")):
        for kind, entries in read_toml(os.path.join(folder, name)).items():
            merged[kind].update(entries)
    return merged


def sentence(
    kind: str, code: str, lang: str, params: Mapping[str, str], *, part: str = "message"
) -> str:
    """The sentence for a code of ``kind`` ("error" or "note"), its places filled in.

    ``part`` "advice" says what to do; it is "" for a code that has none.
    """
    template: str = catalogue(lang)[kind][code].get(part, "")
    return template.format_map(params)


def page(code: str, lang: str) -> Mapping[str, str] | None:
    """What there is to say about a code: ``title``, ``message``, ``page``; None if unknown."""
    for kind in ("error", "note"):
        entry: Mapping[str, str] | None = catalogue(lang)[kind].get(code)
        if entry is not None:
            return entry
    return None


def term(key: str, lang: str) -> str:
    """A word of the reports, such as the name of a verdict."""
    word: str = catalogue(lang)["term"][key]
    return word


def listed(keys: tuple[str, ...], lang: str) -> str:
    """Words of the catalogue as a list in a sentence."""
    return ("、" if lang == "zh" else ", ").join(term(f"expected.{key}", lang) for key in keys)


def codes(kind: str) -> tuple[str, ...]:
    """All codes of a kind, in the order of the catalogue."""
    return tuple(catalogue("zh")[kind])
