"""What was chosen while a cell was read: collected by kind, told as the notes of its row."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

from attrs import define, field

from kpieval.notes import Note
from kpieval.readers.grid import excerpt


class Kind(Enum):
    """The choices that a reader of Word has to make inside of a cell."""

    INSERTED = auto()
    DELETED = auto()
    SYMBOL = auto()
    UNKNOWN = auto()
    EQUATION = auto()
    HIDDEN = auto()
    STRUCK = auto()
    RAISED = auto()
    REFERENCE = auto()
    BOX = auto()
    RUBY = auto()
    PROMPT = auto()
    UNREAD = auto()
    FIELD = auto()
    NUMBER = auto()
    LABEL = auto()
    NESTED = auto()
    OWN = auto()
    COVERED = auto()
    RTL = auto()


_NOTES: dict[Kind, Callable[[str, str], Note]] = {
    Kind.INSERTED: lambda cell, text: Note.of("word.inserted", cell=cell, text=text),
    Kind.DELETED: lambda cell, text: Note.of("word.deleted", cell=cell, text=text),
    Kind.SYMBOL: lambda cell, text: Note.of("word.symbol", cell=cell, text=text),
    Kind.UNKNOWN: lambda cell, text: Note.of("word.symbol_unknown", cell=cell, text=text),
    Kind.EQUATION: lambda cell, text: Note.of("word.equation", cell=cell, text=text),
    Kind.HIDDEN: lambda cell, text: Note.of("word.hidden", cell=cell, text=text),
    Kind.STRUCK: lambda cell, text: Note.of("word.struck", cell=cell, text=text),
    Kind.RAISED: lambda cell, text: Note.of("word.raised", cell=cell, text=text),
    Kind.REFERENCE: lambda cell, text: Note.of("word.reference", cell=cell, text=text),
    Kind.BOX: lambda cell, text: Note.of("word.text_box", cell=cell, text=text),
    Kind.RUBY: lambda cell, text: Note.of("word.ruby", cell=cell, text=text),
    Kind.PROMPT: lambda cell, text: Note.of("word.prompt", cell=cell, text=text),
    Kind.UNREAD: lambda cell, text: Note.of("word.unread", cell=cell, text=text),
    Kind.FIELD: lambda cell, text: Note.of("word.field", cell=cell, text=text),
    Kind.NUMBER: lambda cell, text: Note.of("word.number", cell=cell, text=text),
    Kind.LABEL: lambda cell, text: Note.of("word.label", cell=cell, text=text),
    Kind.NESTED: lambda cell, text: Note.of("word.nested", cell=cell, text=text),
    Kind.OWN: lambda cell, text: Note.of("word.nested_table", cell=cell, text=text),
    Kind.COVERED: lambda cell, text: Note.of("word.covered", cell=cell, text=text),
    Kind.RTL: lambda cell, text: Note.of("word.rtl", cell=cell, text=text),
}


@define
class Finds:
    """The choices of one cell or paragraph, each with the texts that it was about."""

    texts: dict[Kind, list[str]] = field(factory=dict)

    def add(self, kind: Kind, text: str) -> None:
        """Remember a choice; the runs that a text is cut into are told as one."""
        if text:
            self.texts.setdefault(kind, []).append(text)

    def notes(self, cell: str) -> tuple[Note, ...]:
        """The notes on the cell, by kind in the order of :class:`Kind`."""
        if not self.texts:
            return ()
        told = {kind: "".join(texts) for kind, texts in self.texts.items()}
        return tuple(
            _NOTES[kind](cell, excerpt(told[kind]))
            for kind in Kind
            if kind in told and told[kind].strip()
        )
