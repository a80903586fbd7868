"""What the lint and the audit find: a code, how grave it is, where, and what to write instead."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from kpieval.errors import Span
from kpieval.notes import Note
from kpieval.showing import Shown
from kpieval.tables import Place


class Severity(Enum):
    """How grave a finding is.

    >>> Severity.ERROR.outweighs(Severity.NOTE), Severity.NOTE.outweighs(Severity.WARNING)
    (True, False)
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    def outweighs(self, other: Severity) -> bool:
        """Whether this is at least as grave as the other."""
        order = list(Severity)
        return order.index(self) <= order.index(other)


@frozen
class Finding(Shown):
    """Something that a reader should look at.

    ``note`` is the sentence; its code begins with that of the finding. ``indicator`` and ``text``
    are "" where it is about the project as a whole. ``paste`` is a value that could stand in the
    cell instead, ``span`` the part of ``text`` that the finding is about.

    >>> note = Note.of("L03.limit", text="≤12人")
    >>> Finding(Severity.NOTE, note, "互助金", "补助人员数量").code
    'L03'
    """

    _row_ = ("code", "severity", "indicator", "text", "note", "paste")

    severity: Severity
    note: Note
    project: str
    indicator: str = ""
    text: str = ""
    paste: str = ""
    span: Span | None = None
    place: Place | None = None

    @property
    def code(self) -> str:
        """The stable code."""
        return self.note.code.partition(".")[0]

    def message(self, lang: str = "zh") -> str:
        """The sentence, in ``"zh"`` or ``"en"``."""
        return self.note.message(lang)

    def suggestion(self, lang: str = "zh") -> str:
        """The value to write instead where there is one, else what to do."""
        return self.paste or self.advice(lang)

    def advice(self, lang: str = "zh") -> str:
        """What to do, as a sentence; "" where there is nothing to say."""
        return self.note.advice(lang)
