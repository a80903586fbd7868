"""XML parts of an office file given to their handlers, with no document type."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from xml.parsers import expat

from kpieval.readers.faults import Malformed


def parser(part: str, file: str) -> Any:
    """A parser that refuses a document type."""
    made = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Malformed("xml_doctype", where=file, part=part)

    made.StartDoctypeDeclHandler = refuse
    made.buffer_text = True
    return made


def run(made: Any, pieces: Iterable[bytes], part: str, file: str) -> None:
    """Give a part to its parser, piece by piece."""
    try:
        for piece in pieces:
            made.Parse(piece, False)
        made.Parse(b"", True)
    except expat.ExpatError as error:
        raise Malformed("xml", where=file, part=part, detail=error) from None


def parse(
    data: bytes | Iterable[bytes],
    name: str,
    file: str,
    start: Callable[[str, dict[str, str]], Any] | None = None,
    end: Callable[[str], Any] | None = None,
    text: Callable[[str], Any] | None = None,
) -> None:
    """Run an XML part through the handlers of its elements and text; no document type."""
    made = parser(name, file)
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.CharacterDataHandler = text
    run(made, [data] if isinstance(data, bytes) else data, name, file)


class LocalNames(dict[str, str]):
    """The names of elements without their prefix, each made once.

    >>> names = LocalNames()
    >>> names["x:row"], names["c"]
    ('row', 'c')
    """

    def __missing__(self, name: str) -> str:
        made = self[name] = name.rpartition(":")[2]
        return made
