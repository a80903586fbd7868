"""The content of a cell, or of a text box: its paragraphs as lines, the tables in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field

from kpieval.readers.docx.finds import Finds, Kind
from kpieval.readers.docx.inline import Document, Inline
from kpieval.readers.docx.names import (
    ALTERNATE,
    DEL,
    MOVE_FROM,
    SDT,
    SDT_CONTENT,
    TBL,
    THROUGH,
    Element,
    P,
    chosen,
    w,
)
from kpieval.readers.docx.pieces import deleted_text, is_prompt
from kpieval.readers.faults import Malformed
from kpieval.readers.grid import OBJECT

MAX_NESTED = 8
"""How deep tables, text boxes and content controls may lie in each other."""

CHUNK = w("altChunk")
_BLOCKS = frozenset((P, TBL, CHUNK))


@define
class Content:
    """What a cell holds: its text, what was chosen on the way, tables that were met in it."""

    text: str
    finds: Finds
    tables: list[Element] = field(factory=list)


def flat(
    container: Iterable[Element], finds: Finds, file: str, depth: int = 0
) -> Iterator[Element]:
    """The paragraphs, tables and foreign parts in a container, out of what wraps them."""
    if depth > MAX_NESTED:
        raise Malformed("docx_deep", where=file, most=MAX_NESTED)
    for child in container:
        tag = child.tag
        if tag in _BLOCKS:
            yield child
        elif tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None and is_prompt(child):
                finds.add(Kind.PROMPT, deleted_text(content))
            elif content is not None:
                yield from flat(content, finds, file, depth + 1)
        elif tag in THROUGH:
            yield from flat(child, finds, file, depth + 1)
        elif tag in (DEL, MOVE_FROM):
            finds.add(Kind.DELETED, deleted_text(child))
        elif tag == ALTERNATE and (branch := chosen(child)) is not None:
            yield from flat(branch, finds, file, depth + 1)


def content(container: Element, document: Document, depth: int = 0) -> Content:
    """The content of a cell or text box. Raises MalformedFileError when it lies too deep."""
    inline = Inline(document)
    found = Content("", inline.finds)
    lines: list[str] = []
    goes_on = False
    for block in flat(container, inline.finds, document.file, depth):
        if block.tag == P:
            text = inline.paragraph(block)
            if goes_on:
                lines[-1] += text
            else:
                lines.append(text)
            goes_on = inline.open_end(block)
            lines += _boxes(inline, found, document, depth)
        elif block.tag == TBL:
            found.tables.append(block)
        else:
            # Like a picture: what it shows may be the value, or a part of it.
            inline.finds.add(Kind.UNREAD, "altChunk ")
            lines.append(OBJECT)
            goes_on = False
    found.text = (
        "\n".join(line for line in lines if line.strip()) if len(lines) > 1 else "".join(lines)
    )
    return found


def _boxes(inline: Inline, found: Content, document: Document, depth: int) -> list[str]:
    """The texts of the boxes that hang on a paragraph, as lines after it."""
    boxes, inline.boxes = inline.boxes, []
    texts = []
    for box in boxes:
        inner = content(box, document, depth + 1)
        inline.finds.add(Kind.BOX, f"{inner.text} ")
        for kind, told in inner.finds.texts.items():
            for text in told:
                inline.finds.add(kind, text)
        found.tables += inner.tables
        texts.append(inner.text)
    return texts
