"""Cells in several fonts: what is struck through is not read, raised figures are no digits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from attrs import define

from kpieval import heights
from kpieval.notes import Note
from kpieval.readers.grid import excerpt

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MARK = "\0"
"""Stands before every run of a text that is held in runs; no text of XML can hold it."""


class Font(StrEnum):
    """What of a font changes what is read."""

    CELL = "-"
    """None of its own: that of the cell holds."""
    PLAIN = "+"
    STRUCK = "s"
    RAISED = "^"
    LOWERED = "_"


PLAIN = (Font.CELL, Font.PLAIN)
Run = tuple[Font, str]


@define(eq=False)
class FontScan:
    """The elements of one font in, what matters of it out; being struck comes before its height."""

    font: Font = Font.CELL

    def start(self, local: str, attributes: Mapping[str, str]) -> None:
        """Take the start of an element: of a run, its properties, or a font of the workbook."""
        match local:
            case "r":
                self.font = Font.CELL
            case "rPr" | "font":
                self.font = Font.PLAIN
            case "strike" if attributes.get("val", "1") not in ("0", "false"):
                self.font = Font.STRUCK
            case "vertAlign" if self.font is not Font.STRUCK:
                height = attributes.get("val")
                moved = {"superscript": Font.RAISED, "subscript": Font.LOWERED}
                self.font = moved.get(height or "", self.font)

    def mark(self) -> str:
        """What stands before the text of the run that begins."""
        return f"{_MARK}{self.font}"


def settled(joined: str, *, keep: bool) -> tuple[str, bool]:
    """A text out of marks and texts as a file spells them, and whether it is still in runs.

    It is where a run is struck or moved; ``keep``: where a run has a font of its own at all.

    >>> settled("a_x0009_b", keep=False), settled("\\0-10\\0+人", keep=False)
    (('a\\tb', False), ('10人', False))
    >>> settled("\\0-10\\0^4", keep=False)
    ('\\x00-10\\x00^4', True)
    """
    if _MARK not in joined:
        return unescaped(joined), False
    found = list(_split(joined))
    odd = [font for font, _ in found if font is not Font.CELL and (keep or font is not Font.PLAIN)]
    if not odd:
        return unescaped("".join(text for _, text in found)), False
    texts = ((font, unescaped(text).replace(_MARK, "\ufffd")) for font, text in found)
    return "".join(f"{_MARK}{font}{text}" for font, text in texts), True


def _split(text: str) -> Iterator[Run]:
    first, *rest = text.split(_MARK)
    if first:
        yield Font.CELL, first
    for run in rest:
        yield Font(run[0]), run[1:]


def runs_of(text: str, cell: Font) -> list[Run]:
    """The runs of a text that :func:`settled` gave, in a cell of some font."""
    return [(cell if font is Font.CELL else font, part) for font, part in _split(text)]


def is_struck(text: str, cell: Font) -> bool:
    """Whether nothing of a text is left when what is struck through is left out."""
    return not any(part.strip() for font, part in runs_of(text, cell) if font is not Font.STRUCK)


def dressed(runs: Iterable[Run], cell: str) -> tuple[str, list[Note]]:
    """What is read of a cell: its text without what is struck, moved figures as such; noted.

    >>> text, notes = dressed([(Font.PLAIN, "10"), (Font.RAISED, "4"), (Font.STRUCK, "5")], "B2")
    >>> text, [note.code for note in notes]
    ('10⁴', ['word.struck', 'word.raised'])
    """
    read, struck, moved = [], "", ""
    for font, text in runs:
        if font is Font.STRUCK:
            struck += text
            continue
        if font in PLAIN:
            read.append(text)
            continue
        moved += text
        read.append(heights.raised(text) if font is Font.RAISED else heights.lowered(text))
    notes = []
    if struck.strip():
        notes.append(Note.of("word.struck", cell=cell, text=excerpt(struck)))
    if moved.strip():
        notes.append(Note.of("word.raised", cell=cell, text=excerpt(moved)))
    return "".join(read), notes


def unescaped(text: str) -> str:
    """The text with its characters that XML cannot hold; half a character stays as written.

    >>> unescaped("a_x0009_b"), unescaped("_x005F_x0009_"), unescaped("_xD83D_")
    ('a\\tb', '_x0009_', '_xD83D_')
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(
        lambda found: (
            found[0] if found[1][0] in "dD" and found[1][1] > "7" else chr(int(found[1], 16))
        ),
        text,
    )
