"""The elements of a document that change what is read, found in one pass before the reading.

Almost all properties of a run, a paragraph, a row or a cell only decorate it. To look into each
would cost more than all the rest; here the few that matter are picked out by their names.
"""

from __future__ import annotations

from collections.abc import Iterator

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
from kpieval.readers.docx.styles import LOOKS, PLAIN, Look, Styles, look_of

_STYLE_OF_RUN, _STYLE, _FONTS = w("rStyle"), w("pStyle"), w("rFonts")
_VANISH, _HIDDEN = w("vanish"), w("hidden")


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

    @classmethod
    def of(cls, body: Element, text: bytes, styles: Styles) -> Marks:
        """The marks in the body of a document; ``text`` are the bytes that it was read from."""
        made = cls()
        made._runs(body, text, styles)
        made._paragraphs(body, text, styles)
        made._rows(body, text)
        made._cells(body)
        return made

    def _runs(self, body: Element, text: bytes, styles: Styles) -> None:
        wanted = [tag for tag in LOOKS if tag not in (_FONTS, _STYLE_OF_RUN) and _in(text, tag)]
        if any(mark in text for mark in symbols.MARKS):
            wanted.append(_FONTS)
        mattering = {name for name in styles.known if styles.matters(name)}
        if mattering:
            wanted.append(_STYLE_OF_RUN)
        for element in _found(body, wanted):
            properties = element.getparent()
            if properties is None or properties.tag != R_PR or properties in self.runs:
                continue
            style = val(properties.find(_STYLE_OF_RUN))
            look = look_of(properties)
            if style in mattering or look != PLAIN:
                self.runs[properties] = (style if style in mattering else "", look)

    def _paragraphs(self, body: Element, text: bytes, styles: Styles) -> None:
        mattering = {name for name in styles.known if styles.matters(name)}
        for element in _found(body, [w("numPr"), *([_STYLE] if mattering else [])]):
            properties = element.getparent()
            if properties is None or properties.tag != P_PR:
                continue
            if element.tag == _STYLE and val(element) in mattering:
                self._paragraph(properties).style = val(element)
            elif element.tag != _STYLE:
                marks = self._paragraph(properties)
                marks.number = val(element.find(w("numId"))) or None
                level = element.find(w("ilvl"))
                marks.level = None if level is None else integer(val(level), 0)
        for element in _found(body, [tag for tag in (DEL, MOVE_FROM, _VANISH) if _in(text, tag)]):
            run = element.getparent()
            properties = run.getparent() if run is not None and run.tag == R_PR else None
            if properties is not None and properties.tag == P_PR:
                self._paragraph(properties).open_end = element.tag != _VANISH or is_on(element)

    def _paragraph(self, properties: Element) -> ParagraphMarks:
        return self.paragraphs.setdefault(properties, ParagraphMarks())

    def _rows(self, body: Element, text: bytes) -> None:
        wanted = [tag for tag in (w("gridBefore"), INS, DEL, _HIDDEN) if _in(text, tag)]
        for element in _found(body, wanted):
            properties = element.getparent()
            if properties is None or properties.tag != TR_PR:
                continue
            marks = self.rows.setdefault(properties, RowMarks())
            if element.tag == INS:
                marks.inserted = True
            elif element.tag == DEL:
                marks.deleted = True
            elif element.tag == _HIDDEN:
                marks.hidden = is_on(element)
            else:
                marks.before = max(integer(val(element), 0), 0)

    def _cells(self, body: Element) -> None:
        wanted = ("gridSpan", "vMerge", "hMerge", "cellDel", "cellIns", "cellMerge")
        for element in _found(body, [w(name) for name in wanted]):
            properties = element.getparent()
            if properties is None or properties.tag != TC_PR:
                continue
            marks = self.cells.setdefault(properties, CellMarks())
            tag = element.tag
            if tag == w("gridSpan"):
                marks.span = max(integer(val(element), 1), 1)
            elif tag == w("vMerge"):
                marks.merge = val(element, "continue")
            elif tag == w("hMerge"):
                marks.beside = val(element, "continue") == "continue"
            elif tag == w("cellDel"):
                marks.deleted = True
            elif tag == w("cellIns"):
                marks.inserted = True
            elif element.get(w("vMerge")) == "cont":
                marks.merge = "continue"


def _in(text: bytes, tag: str) -> bool:
    return tag.rpartition("}")[2].encode() in text


def _found(body: Element, tags: list[str]) -> Iterator[Element]:
    return body.iter(*tags) if tags else iter(())
