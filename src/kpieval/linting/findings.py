"""What the lint says: a code, the row it is about, the sentence, and what to write instead."""

from __future__ import annotations

from attrs import frozen

from kpieval.errors import Span
from kpieval.notes import Note
from kpieval.severity import Severity
from kpieval.tables import Place


@frozen
class Finding:
    """Something to mend before a table is approved.

    ``indicator`` and ``text`` are "" where it is about the project as a whole. ``paste`` is a value
    that could stand in the cell instead, ``span`` the part of ``text`` that it is about.
    """

    code: str
    severity: Severity
    note: Note
    project: str
    indicator: str = ""
    text: str = ""
    paste: str = ""
    span: Span | None = None
    place: Place | None = None

    def message(self, lang: str = "zh") -> str:
        """The sentence, in ``"zh"`` or ``"en"``."""
        return self.note.message(lang)

    def suggestion(self, lang: str = "zh") -> str:
        """The value to write instead where there is one, else what to do."""
        return self.paste or self.advice(lang)

    def advice(self, lang: str = "zh") -> str:
        """What to do, as a sentence."""
        return self.note.advice(lang)
