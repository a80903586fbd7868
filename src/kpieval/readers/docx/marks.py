"""The elements of a document that change what is read, found in one pass before the reading.

Almost all properties of a run, a paragraph, a row or a cell only decorate it. To look into each
would cost more than all the rest; here the few that matter are picked out by their names.
"""

from __future__ import annotations

from typing import cast

from attrs import define, field

from kpieval.readers.docx import symbols
from kpieval.readers.docx.names import (
    DEL,
    INS,
    MOVE_FROM,
    P_PR,
    R_PR,
    TC_PR,
    TR_PR,
    Element,
    integer,
    is_on,
    val,
    w,
)
from kpieval.readers.docx.styles import LOOKS, PLAIN, POSITION, Look, Styles, look_of

_STYLE_OF_RUN, _STYLE, _FONTS = w("rStyle"), w("pStyle"), w("rFonts")
_VANISH, _HIDDEN, _BEFORE = w("vanish"), w("hidden"), w("gridBefore")
_NUM_PR, _SPAN, _MERGE = w("numPr"), w("gridSpan"), w("vMerge")
_OF_RUNS = [tag for tag in LOOKS if tag not in (_FONTS, _STYLE_OF_RUN)]
_OF_ROWS = [INS, _HIDDEN, _BEFORE]
_OF_CELLS = [_SPAN, _MERGE, *(w(name) for name in ("hMerge", "cellDel", "cellIns", "cellMerge"))]


@define
class CellMarks:
    """What the properties of a cell say of its place: ``merge`` is that with the cell above."""

    span: int = 1
    merge: str = ""
    beside: bool = False
    """Merged with the cell before it, in the old way."""
    deleted: bool = False
    inserted: bool = False


@define
class RowMarks:
    """What the properties of a row say."""

    before: int = 0
    deleted: bool = False
    inserted: bool = False
    hidden: bool = False


@define
class ParagraphMarks:
    """What the properties of a paragraph say: its style, its list, and whether its end is shown."""

    style: str = ""
    number: str | None = None
    level: int | None = None
    open_end: bool = False
    """The mark at its end is deleted or hidden: the next paragraph goes on in its line."""


@define
class Marks:
    """The marks of a document by the properties that hold them."""

    runs: dict[Element, tuple[str, Look]] = field(factory=dict)
    """Of runs: their style if it matters, and what they say themselves."""
    paragraphs: dict[Element, ParagraphMarks] = field(factory=dict)
    rows: dict[Element, RowMarks] = field(factory=dict)
    cells: dict[Element, CellMarks] = field(factory=dict)
    mattering: set[str] = field(factory=set)
    positions: bool = False
    """Whether text is moved above or below its line anywhere."""

    @classmethod
    def of(cls, body: Element, text: bytes, styles: Styles) -> Marks:
        """The marks in the body of a document; ``text`` are the bytes that it was read from."""
        made = cls(mattering={name for name in styles.known if styles.matters(name)})
        wanted = [*_OF_RUNS, *_OF_CELLS, *_OF_ROWS, _NUM_PR, DEL, MOVE_FROM]
        if any(mark in text for mark in symbols.MARKS):
            wanted.append(_FONTS)
        if made.mattering:
            wanted += [_STYLE_OF_RUN, _STYLE]
        made.positions = any(styles.look(name).position for name in made.mattering)
        # A plain font says something only where a style sets a symbol font.
        every_font = any(styles.look(name).font for name in made.mattering)
        for element in body.iter(*wanted):
            made.positions = made.positions or element.tag == POSITION
            if element.tag != _FONTS or every_font or _is_symbolic(element):
                made._take(element)
        return made

    def _take(self, element: Element) -> None:
        """Look at an element that may matter, by the properties that it stands in."""
        # What is looked for stands in the body, and is never the body itself.
        properties = cast(Element, element.getparent())
        holder = properties.tag
        if holder == TC_PR:
            self._cell(element, properties)
        elif holder == R_PR:
            self._run(element, properties)
        elif holder == P_PR:
            self._paragraph(element, properties)
        elif holder == TR_PR:
            self._row(element, properties)

    def _run(self, element: Element, properties: Element) -> None:
        run = properties.getparent()
        if run is not None and run.tag == P_PR:
            if element.tag in (DEL, MOVE_FROM) or (element.tag == _VANISH and is_on(element)):
                self.paragraphs.setdefault(run, ParagraphMarks()).open_end = True
        elif element.tag not in (INS, DEL, MOVE_FROM) and properties not in self.runs:
            style = val(properties.find(_STYLE_OF_RUN)) if self.mattering else ""
            style = style if style in self.mattering else ""
            look = look_of(properties)
            if style or look != PLAIN:
                self.runs[properties] = (style, look)

    def _paragraph(self, element: Element, properties: Element) -> None:
        if element.tag == _STYLE:
            if val(element) in self.mattering:
                self.paragraphs.setdefault(properties, ParagraphMarks()).style = val(element)
        elif element.tag == _NUM_PR:
            marks = self.paragraphs.setdefault(properties, ParagraphMarks())
            marks.number = val(element.find(w("numId"))) or None
            level = element.find(w("ilvl"))
            marks.level = None if level is None else integer(val(level), 0)

    def _row(self, element: Element, properties: Element) -> None:
        marks = self.rows.setdefault(properties, RowMarks())
        if element.tag == INS:
            marks.inserted = True
        elif element.tag == DEL:
            marks.deleted = True
        elif element.tag == _HIDDEN:
            marks.hidden = is_on(element)
        elif element.tag == _BEFORE:
            marks.before = max(integer(val(element), 0), 0)

    def _cell(self, element: Element, properties: Element) -> None:
        marks = self.cells.setdefault(properties, CellMarks())
        tag = element.tag
        if tag == _SPAN:
            marks.span = max(integer(val(element), 1), 1)
        elif tag == _MERGE:
            marks.merge = val(element, "continue")
        elif tag == w("hMerge"):
            marks.beside = val(element, "continue") == "continue"
        elif tag == w("cellDel"):
            marks.deleted = True
        elif tag == w("cellIns"):
            marks.inserted = True
        elif element.get(_MERGE) == "cont":
            marks.merge = "continue"


def _is_symbolic(fonts: Element) -> bool:
    return any(symbols.is_symbol_font(str(face)) for face in fonts.values())
