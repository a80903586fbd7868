"""The text of paragraphs as a person sees it; every choice on the way is remembered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import cast

from attrs import define, field

from kpieval import heights
from kpieval.readers.docx import equations, symbols
from kpieval.readers.docx.fields import Fields, form_field, symbol_text
from kpieval.readers.docx.finds import Finds, Kind
from kpieval.readers.docx.marks import Marks, ParagraphMarks
from kpieval.readers.docx.names import (
    ALTERNATE,
    DEL,
    DRAWING_SPACE,
    INS,
    M_SPACE,
    MOVE_FROM,
    MOVE_TO,
    P_PR,
    R_PR,
    SDT,
    SDT_CONTENT,
    THROUGH,
    Element,
    R,
    T,
    chosen,
    m,
    w,
)
from kpieval.readers.docx.numbering import Label, Numbering
from kpieval.readers.docx.pieces import boxes_in, deleted_text, is_prompt, spaced
from kpieval.readers.docx.styles import PLAIN, Look, Styles
from kpieval.readers.faults import Malformed
from kpieval.readers.grid import OBJECT

MAX_DEPTH = 60
"""How deep elements may lie in each other inside of a paragraph."""

_SEEN = 3
"""How far, in half points, figures must be moved for a person to see it."""

_EQUATION = f"{{{M_SPACE}}}"
_M_T = m("t")
_DROPPED = frozenset((DEL, MOVE_FROM))
_FIELD, _INSTRUCTION = w("fldChar"), w("instrText")
_REFERENCES = ("footnoteReference", "endnoteReference", "commentReference")
_SHOWN_OBJECTS = ("object", "pict", "drawing", "dayShort", "dayLong", "monthShort", "monthLong")
_TEXT_OF = {w("tab"): " ", w("ptab"): " ", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}


@define
class Document:
    """What all paragraphs of a document share."""

    file: str
    styles: Styles
    numbering: Numbering
    marks: Marks


@define
class Inline:
    """Reads the paragraphs of one cell; ``boxes`` are the text boxes that were met."""

    document: Document
    finds: Finds = field(factory=Finds)
    boxes: list[Element] = field(factory=list)
    pieces: list[str] = field(factory=list)
    fields: Fields = field(factory=Fields)
    style: Look = PLAIN
    line: int = 0
    """The position that the line has as a whole, in half points."""
    prompt: bool = False
    depth: int = 0

    def paragraph(self, element: Element) -> str:
        """The text of a paragraph with its list number."""
        marks = _marks(element, self.document)
        self.style = self._style(marks)
        self.pieces = []
        self.line = self._line(element) if self.document.marks.positions else 0
        self._children(element)
        text = equations.settled("".join(self.pieces))
        label = self._label(marks)
        if label is not None:
            text = self._labelled(label, text)
        return text

    def open_end(self, element: Element) -> bool:
        """Whether the next paragraph goes on in the line of this one."""
        marks = _marks(element, self.document)
        return marks is not None and marks.open_end

    def _style(self, marks: ParagraphMarks | None) -> Look:
        styles = self.document.styles
        return styles.look(marks.style) if marks and marks.style else styles.base

    def _label(self, marks: ParagraphMarks | None) -> Label | None:
        styles, numbering = self.document.styles, self.document.numbering
        if marks is None:
            return None
        number, level = marks.number, marks.level
        if number is None and marks.style:
            found = styles.numbering(marks.style)
            number, level = found if found is not None else (None, None)
            if number is not None and level is None:
                level = numbering.level_of(number, marks.style)
        # A paragraph whose end is deleted is none of its own, and is not counted.
        if number is None or number == "0" or marks.open_end:
            return None
        return numbering.label(number, level or 0)

    def _labelled(self, label: Label, text: str) -> str:
        if label.bullet or not text.strip():
            self.finds.add(Kind.LABEL, label.text if not label.bullet else "•")
            return text
        self.finds.add(Kind.NUMBER, f"{label.text} ")
        close = not label.gap and not (label.text[-1:].isdigit() and text[:1].isdigit())
        return f"{label.text}{'' if close else ' '}{text}"

    # --- what stands in a paragraph --------------------------------------------------------------

    def _children(self, element: Iterable[Element]) -> None:
        for child in element:
            if child.tag == R:
                self._run(child)
            else:
                handler = _HANDLERS.get(cast(str, child.tag))
                if handler is not None:
                    handler(self, child)

    def _inside(self, element: Iterable[Element]) -> None:
        with self._deeper():
            self._children(element)

    @contextmanager
    def _deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise Malformed("docx_deep", where=self.document.file, most=MAX_DEPTH)
        yield
        self.depth -= 1

    def _captured(self, read: Callable[[], None]) -> str:
        """The text that something gives, taken out of the paragraph."""
        outer, self.pieces = self.pieces, []
        read()
        inner, self.pieces = self.pieces, outer
        return "".join(inner)

    def _control(self, element: Element) -> None:
        """A content control; its prompt, which asks for a text, is none."""
        content = element.find(SDT_CONTENT)
        if content is None:
            return
        if is_prompt(element):
            text = self._captured(lambda: self._inside(content))
            self.finds.add(Kind.PROMPT, text)
        else:
            self._inside(content)

    def _added(self, element: Element) -> None:
        text = self._captured(lambda: self._inside(element))
        self.finds.add(Kind.INSERTED, text)
        self.pieces.append(text)

    def _removed(self, element: Element) -> None:
        self.finds.add(Kind.DELETED, deleted_text(element))

    def _simple_field(self, element: Element) -> None:
        known = Fields()
        known.begin()
        known.instruct(element.get(w("instr")) or "")
        text = self._captured(lambda: self._inside(element))
        self._field_done(known, text)
        self.pieces.append(text)

    def _direction(self, element: Element) -> None:
        """Text whose order on the screen is turned around is marked so that no value is read."""
        text = self._captured(lambda: self._inside(element))
        turned = element.get(w("val")) == "rtl" and bool(text.strip())
        if turned:
            self.finds.add(Kind.RTL, text)
        self.pieces.append(f"\u202e{text}\u202c" if turned else text)

    def _alternate(self, element: Element) -> None:
        branch = chosen(element)
        if branch is not None:
            self._inside(branch)

    def _equation(self, element: Element) -> None:
        text = self._captured(lambda: self.pieces.append(self._math(element)))
        self.finds.add(Kind.EQUATION, equations.settled(text))
        self.pieces.append(text)

    def _math(self, element: Element) -> str:
        tag = str(element.tag)
        if tag == m("r"):
            return self._captured(lambda: self._run(element))
        if not tag.startswith(_EQUATION):
            return self._captured(lambda: self._children([element]))
        with self._deeper():
            return equations.text(element, self._math)

    # --- runs ------------------------------------------------------------------------------------

    def _run(self, run: Element) -> None:
        look = self.style
        for child in run:
            tag = cast(str, child.tag)
            if tag in (T, _M_T):
                text = child.text
                if text:
                    self._text(spaced(text, child), look)
            elif tag == R_PR:
                found = self.document.marks.runs.get(child)
                if found is not None:
                    look = self._look(found)
            elif tag in _TEXT_OF:
                self._text(_TEXT_OF[tag], look)
            else:
                handler = _IN_RUN.get(tag)
                if handler is not None:
                    handler(self, child, look)

    def _look(self, found: tuple[str, Look]) -> Look:
        name, direct = found
        look = self.style
        if name:
            look = self.document.styles.look(name).beside(look)
        return direct.over(look)

    def _text(self, text: str, look: Look) -> None:
        if self.fields.in_code:
            return
        if look is PLAIN or look.is_plain:
            self.pieces.append(text)
        elif look.hidden:
            self.finds.add(Kind.HIDDEN, text)
        elif look.struck:
            self.finds.add(Kind.STRUCK, text)
        else:
            self.pieces.append(self._dressed(text, look))

    def _dressed(self, text: str, look: Look) -> str:
        """The text in its font and at its height."""
        if look.rtl:
            self.finds.add(Kind.RTL, text)
        if look.font:
            text, known, unknown = symbols.in_font(text, look.font, bool(look.latin))
            self.finds.add(Kind.SYMBOL, "".join(known))
            self.finds.add(Kind.UNKNOWN, "".join(f"{sign} " for sign in unknown))
        height = look.height or self._shift(text, look)
        if height:
            moved = heights.raised if height == "superscript" else heights.lowered
            self.finds.add(Kind.RAISED, text)
            text = moved(text)
        return text

    def _shift(self, text: str, look: Look) -> str:
        """The height of figures that a position moves against the rest of their line."""
        if not look.position or not any(sign.isdecimal() for sign in text):
            return ""
        shift = look.position - self.line
        if abs(shift) < _SEEN:
            return ""
        return "superscript" if shift > 0 else "subscript"

    def _line(self, paragraph: Element) -> int:
        """The position of a line: where all of it is moved alike, nothing is raised."""
        found = []
        for run in paragraph.iter(R):
            if any(text.text for text in run.iter(T)):
                marked = self.document.marks.runs.get(cast(Element, run.find(R_PR)))
                look = self.style if marked is None else self._look(marked)
                found.append(look.position or 0)
        return 0 if 0 in found or not found else found[0]

    def _symbol(self, element: Element, look: Look) -> None:
        font = element.get(w("font")) or ""
        written = element.get(w("char")) or ""
        try:
            code = int(written[:8], 16)
        except ValueError:
            self._unread(element, look)
            return
        self._sign(font, code, look)

    def _sign(self, font: str, code: int, look: Look) -> None:
        text, known = symbol_text(font, code)
        if look.hidden or look.struck or self.fields.in_code:
            self._text(text, look)
            return
        self.finds.add(
            Kind.SYMBOL if known else Kind.UNKNOWN, text if known else f"{font} {code:04X} "
        )
        self.pieces.append(text)

    def _unread(self, element: Element, look: Look) -> None:
        """Something that is shown and is no text."""
        boxes = list(boxes_in(element))
        if boxes:
            if not look.hidden:
                self.boxes += boxes
            return
        if look.hidden or self.fields.in_code:
            return
        self.finds.add(Kind.UNREAD, f"{str(element.tag).rpartition('}')[2]} ")
        if not any(True for _ in element.iter(_ANCHOR)):
            self._text(OBJECT, look)

    def _reference(self, element: Element, look: Look) -> None:
        if not look.hidden:
            name = str(element.tag).rpartition("}")[2].removesuffix("Reference")
            if name != "comment":
                self.finds.add(Kind.REFERENCE, f"{name} {element.get(w('id')) or ''} ")

    def _ruby(self, element: Element, look: Look) -> None:
        """The base of a text with its reading above; the reading is left out."""
        above, base = element.find(w("rt")), element.find(w("rubyBase"))
        if above is not None:
            with self._deeper():
                self.finds.add(Kind.RUBY, self._captured(lambda: self._children(above)))
        if base is not None:
            self._inside(base)

    def _run_alternate(self, element: Element, look: Look) -> None:
        branch = chosen(element)
        if branch is not None:
            with self._deeper():
                self._run(branch)

    def _field(self, element: Element, look: Look) -> None:
        match element.get(w("fldCharType")):
            case "begin":
                self.fields.begin()
                shown = form_field(element)
                if shown and len(self.fields.open) == 1 and not look.hidden:
                    self.pieces.append(shown)
            case "separate":
                self.fields.separate(self.pieces)
            case "end":
                self._field_done(self.fields, None)
            case _:
                pass

    def _field_done(self, fields: Fields, text: str | None) -> None:
        """A field ended: tell it, and what it shows without a stored result."""
        known = fields.end()
        if known is None or fields.in_code:
            return
        symbol = known.symbol()
        if symbol is not None and not known.result and not text:
            self._sign(*symbol, PLAIN)
            return
        empty = known.is_empty(self.pieces) if text is None else not text
        if not empty:
            self.finds.add(Kind.FIELD, f"{known.told} " if known.told else "")
        elif known.verb and not known.is_silent:
            self.finds.add(Kind.UNREAD, f"{known.code.strip()} ")
            self.pieces.append(OBJECT)


_ANCHOR = f"{{{DRAWING_SPACE}}}anchor"


def _marks(element: Element, document: Document) -> ParagraphMarks | None:
    """The marks of a paragraph, if it has any."""
    first = element[0] if len(element) else None
    if first is None or first.tag != P_PR:
        return None
    return document.marks.paragraphs.get(first)


_HANDLERS: dict[str, Callable[[Inline, Element], None]] = {
    **dict.fromkeys(THROUGH, Inline._inside),
    **dict.fromkeys(_DROPPED, Inline._removed),
    **dict.fromkeys((INS, MOVE_TO), Inline._added),
    SDT: Inline._control,
    w("fldSimple"): Inline._simple_field,
    w("bdo"): Inline._direction,
    w("dir"): Inline._direction,
    ALTERNATE: Inline._alternate,
    m("oMath"): Inline._equation,
    m("oMathPara"): Inline._equation,
    m("r"): Inline._run,
}
_IN_RUN: dict[str, Callable[[Inline, Element, Look], None]] = {
    w("sym"): Inline._symbol,
    _FIELD: Inline._field,
    _INSTRUCTION: lambda inline, element, look: inline.fields.instruct(element.text or ""),
    w("ruby"): Inline._ruby,
    ALTERNATE: Inline._run_alternate,
    **{w(name): Inline._reference for name in _REFERENCES},
    **{w(name): Inline._unread for name in _SHOWN_OBJECTS},
}
