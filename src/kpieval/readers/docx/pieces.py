"""Small questions about elements: their white space, the boxes in them, the text that they hold."""

from __future__ import annotations

from collections.abc import Iterator

from kpieval.readers.docx.names import (
    ALTERNATE,
    SDT_PR,
    XML_SPACE,
    Element,
    T,
    chosen,
    is_on,
    m,
    w,
)

_SPACES = " \t\r\n"


def spaced(text: str, element: Element) -> str:
    """The text of a run; white space at its ends counts only where it is said to."""
    if (text[0] in _SPACES or text[-1] in _SPACES) and element.get(XML_SPACE) != "preserve":
        text = text.strip(_SPACES) if element.tag == T else text
    return text.replace("\n", " ").replace("\t", " ") if "\n" in text or "\t" in text else text


def boxes_in(element: Element) -> Iterator[Element]:
    """The text boxes in a drawing, each once."""
    for child in element:
        if child.tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                yield from boxes_in(branch)
        elif child.tag == w("txbxContent"):
            yield child
        else:
            yield from boxes_in(child)


def is_prompt(control: Element) -> bool:
    """Whether a content control shows only the text that asks for one."""
    found = control.find(f"{SDT_PR}/{w('showingPlcHdr')}")
    return found is not None and is_on(found)


def deleted_text(element: Element) -> str:
    """All text in something that was deleted or covered, for a note."""
    names = (w("delText"), T, m("t"))
    return "".join(text.text or "" for text in element.iter(*names))
