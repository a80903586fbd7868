"""The writers of office files, which come with an extra and are loaded when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from kpieval.errors import MissingExtraError
from kpieval.writers.layout import Page

Suffix = Literal["xlsx", "docx"]


def office(suffix: Suffix, pages: Iterable[Page], lang: str) -> bytes:
    """The pages as a file of that kind.

    Raises MissingExtraError when its library is not installed.
    """
    try:
        if suffix == "xlsx":
            from kpieval.writers.xlsx import render
        else:
            from kpieval.writers.docx import render
    except ImportError as error:
        library = (error.name or suffix).partition(".")[0]
        if library == "kpieval":
            raise
        raise MissingExtraError(where=suffix, extra="office", library=library) from None
    return render(pages, lang)
