"""The errors of the readers, whose reason is told in the language that the sentence is told in.

Each is a class of :mod:`kpieval.errors` with its code; catch those. The reason is a key of the
message catalogue (``[term]``, ``table.fault.*``), filled from the error's parameters.
"""

from __future__ import annotations

from typing import ClassVar

from kpieval import messages
from kpieval.errors import (
    CellError,
    EncodingError,
    FileError,
    MalformedFileError,
    MissingColumnError,
    UnreadableFileError,
    UnsupportedFormatError,
)
from kpieval.tables import Place


class Reasoned(FileError):
    """Mixin: the parameter named by ``told`` is a key whose sentence is composed when read."""

    told: ClassVar[str] = "reason"

    def __init__(self, key: str, *, where: Place | str | None = None, **params: object) -> None:
        super().__init__(where=where, **params, **{self.told: key})

    def message(self, lang: str = "zh") -> str:
        """The sentence with its reason, in ``"zh"`` or ``"en"``."""
        words = {name: str(value) for name, value in self.params.items()}
        reason = messages.term(f"table.fault.{words[self.told]}", lang).format_map(words)
        text = messages.sentence("error", self.code, lang, {**words, self.told: reason})
        if self.where is None:
            return text
        return f"{self.where}：{text}" if lang == "zh" else f"{self.where}: {text}"


class Unreadable(Reasoned, UnreadableFileError):
    """``path`` cannot be read."""


class BadEncoding(Reasoned, EncodingError):
    """The bytes are no text that can be trusted."""


class Malformed(Reasoned, MalformedFileError):
    """The file breaks its own format, or the limits of what is opened."""


class Unsupported(Reasoned, UnsupportedFormatError):
    """``format`` is known, and not read; ``advice`` says what to do instead."""

    told = "advice"


class MissingColumns(Reasoned, MissingColumnError):
    """Columns that are always needed are ``missing``; ``advice`` says how they may be called."""

    told = "advice"


class BadCell(Reasoned, CellError):
    """The cell of ``column`` holds ``found``, which cannot be used."""
