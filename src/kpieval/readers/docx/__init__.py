"""Word documents (.docx, .docm): every table a grid of what a person sees in its cells.

Needs the extra ``office``. The XML is walked here, with lxml as its parser, since ready readers of
Word lose text without a word: tracked insertions, signs of symbol fonts, equations. Wherever the
walk chose between two texts a note says so. Nothing is fetched, no macro is run.
"""

from __future__ import annotations

from attrs import define

from kpieval.notes import Note
from kpieval.readers.docx import package
from kpieval.readers.docx.cells import CHUNK, flat
from kpieval.readers.docx.finds import Finds, Kind
from kpieval.readers.docx.grouping import Grouping
from kpieval.readers.docx.inline import Document, Inline
from kpieval.readers.docx.marks import Marks
from kpieval.readers.docx.names import TBL, Element
from kpieval.readers.docx.numbering import Numbering
from kpieval.readers.docx.styles import Styles
from kpieval.readers.docx.tables import Tables
from kpieval.readers.grid import Sheets, one_line

__all__ = ["read"]


def read(data: bytes, file: str) -> Sheets:
    """The tables of a document, with the paragraphs above them as loose rows.

    Raises MalformedFileError when the file is damaged, or beyond what is safe to open.
    """
    found = package.opened(data, file)
    styles = Styles.of(found.styles)
    numbering = Numbering.of(found.numbering, styles)
    marks = Marks.of(found.body, found.text, styles)
    story = _Story.of(Document(file, styles, numbering, marks))
    story.take(found.body)
    grids, notes = story.grouping.done()
    macros = (Note.of("table.macros"),) if found.macros else ()
    return Sheets(tuple(grids), fill_down=True, notes=(*macros, *notes))


@define
class _Story:
    """The body of a document, read from its first paragraph to its last."""

    document: Document
    tables: Tables
    grouping: Grouping
    paragraphs: int = 0
    count: int = 0

    @classmethod
    def of(cls, document: Document) -> _Story:
        """A story of which nothing has been read."""
        return cls(document, Tables(document), Grouping(document.file))

    def take(self, container: Element, depth: int = 0) -> None:
        """Read the paragraphs and tables of the body, or of a text box in it."""
        finds, before = Finds(), ""
        for block in flat(container, finds, self.document.file, depth):
            if block.tag == TBL:
                self._table(block)
            elif block.tag == CHUNK:
                finds.add(Kind.UNREAD, "altChunk ")
            else:
                before = self._paragraph(block, before, depth)
        self.grouping.notes += finds.notes("¶")

    def _paragraph(self, element: Element, before: str, depth: int) -> str:
        """Read a paragraph; gives its text back if the next one goes on in its line."""
        self.paragraphs += 1
        inline = Inline(self.document)
        text = before + inline.paragraph(element)
        if inline.open_end(element):
            return text
        self.grouping.paragraph(one_line(text), inline.finds.notes(f"¶{self.paragraphs}"))
        for box in inline.boxes:
            self.take(box, depth + 1)
        return ""

    def _table(self, element: Element) -> None:
        self.count += 1
        table = self.tables.read(element, f"表{self.count}")
        if table.inner and not table.has_form:
            # A table for the layout alone: what its cells say stands above what they hold.
            for row in table.rows:
                self.grouping.paragraph(one_line(" ".join(row.filled())), row.notes)
        else:
            self.grouping.table(table)
        for inner in table.inner:
            self.grouping.table(inner)
