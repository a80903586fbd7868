"""The XML of a workbook looked through before a library opens it.

Refuses document types (they can hide or drop text) and sheets whose far cells would make a
library fill memory; finds what the library does not tell: formulas without a stored value, cells
that show a picture.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import Any
from xml.parsers import expat

from attrs import define, field

from kpieval.readers.faults import Malformed
from kpieval.readers.grid import MAX_COLUMNS

MAX_ROWS = 100_000
MAX_CELLS = 2_000_000
MAX_COVERED = 200_000
"""Cells under merged areas and links: a library makes every one of them."""

_REF = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_XML = (".xml", ".rels", ".vml")


@define
class Scan:
    """What one worksheet holds: its cells by row, formulas without a value, pictures in cells."""

    columns: dict[int, list[int]] = field(factory=dict)
    """By row, the columns of its cells, both from 1."""
    uncounted: set[tuple[int, int]] = field(factory=set)
    """Cells (row, column) with a formula whose result is not stored."""
    pictured: set[tuple[int, int]] = field(factory=set)
    """Cells that show a picture or a rich value, and hold an error for programs that cannot."""
    count: int = 0
    area: int = 0
    """Cells that merged areas and links cover."""

    @property
    def width(self) -> int:
        """The last column that any row uses."""
        return max((max(columns) for columns in self.columns.values()), default=0)


def scan(parts: dict[str, bytes], file: str) -> dict[str, Scan]:
    """The worksheets by the name on their tab. Raises MalformedFileError; see the module."""
    sheets = {name: _scan_part(name, data, file) for name, data in parts.items() if _is_xml(name)}
    names = _tabs(parts, file)
    return {tab: sheets.get(part) or Scan() for tab, part in names.items()}


def _is_xml(name: str) -> bool:
    return name.lower().endswith(_XML) or name == "[Content_Types].xml"


def _scan_part(name: str, data: bytes, file: str) -> Scan:
    reader = _Reader(file, name)
    parse(data, name, file, reader.start, reader.end, reader.text)
    for held, most in ((reader.scan.count, MAX_CELLS), (reader.scan.area, MAX_COVERED)):
        if held > most:
            raise Malformed("sheet_cells", where=file, part=name, n=held, most=most)
    return reader.scan


def parse(
    data: bytes,
    name: str,
    file: str,
    start: Callable[[str, dict[str, str]], Any],
    end: Callable[[str], Any] | None = None,
    text: Callable[[str], Any] | None = None,
) -> None:
    """Run an XML part through the handlers of its elements and text; no document type."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise Malformed("xml_doctype", where=file, part=name)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise Malformed("xml", where=file, part=name, detail=error) from None


@define
class _Reader:
    file: str
    part: str
    scan: Scan = field(factory=Scan)
    row: int = 0
    column: int = 0
    formula: bool = False
    value: bool = False
    inside_value: bool = False
    of_text: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "row":
                self._row(attributes.get("r"))
            case "c":
                self._cell(attributes.get("r"))
                self.of_text = attributes.get("t") == "str"
                if attributes.get("t") == "e" and "vm" in attributes:
                    self.scan.pictured.add((self.row, self.column))
            case "f":
                self.formula = True
            case "v":
                # The result of a formula may be a text of no length; a number never is.
                self.inside_value = True
                self.value = self.of_text
            case "mergeCell" | "hyperlink":
                self._area(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        self.value = self.value or (self.inside_value and bool(text.strip()))

    def end(self, name: str) -> None:
        element = name.rpartition(":")[2]
        if element == "v":
            self.inside_value = False
        elif element == "c" and self.formula and not self.value:
            self.scan.uncounted.add((self.row, self.column))

    def _row(self, ref: str | None) -> None:
        self.row = self.row + 1 if ref is None else self._position(f"A{ref}")[0]
        self.column = 0

    def _cell(self, ref: str | None) -> None:
        self.formula = self.value = False
        if ref is None:
            self.column += 1
        else:
            self.row, self.column = self._position(ref)
        self._within(self.row, self.column)
        self.scan.columns.setdefault(self.row, []).append(self.column)
        self.scan.count += 1

    def _area(self, ref: str) -> None:
        if ref:
            first, _, second = ref.partition(":")
            top, left = self._position(first)
            bottom, right = self._position(second or first)
            self._within(bottom, right)
            self.scan.area += max(bottom - top + 1, 0) * max(right - left + 1, 0)

    def _position(self, ref: str) -> tuple[int, int]:
        found = _REF.fullmatch(ref)
        if found is None:
            raise Malformed("sheet_ref", where=self.file, part=self.part, found=ref[:40])
        column = 0
        for letter in found[1].upper():
            column = column * 26 + ord(letter) - 64
        return int(found[2]), column

    def _within(self, row: int, column: int) -> None:
        if row > MAX_ROWS or column > MAX_COLUMNS:
            raise Malformed(
                *("sheet_far",),
                where=self.file,
                part=self.part,
                row=row,
                column=column,
                rows=MAX_ROWS,
                columns=MAX_COLUMNS,
            )


def _tabs(parts: dict[str, bytes], file: str) -> dict[str, str]:
    """The part of every sheet by the name on its tab."""
    book = "xl/workbook.xml"
    targets: dict[str, str] = {}
    tabs: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target))[
                1:
            ]

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "sheet":
            key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
            tabs[attributes.get("name", "")] = targets.get(key, "")

    rels = "xl/_rels/workbook.xml.rels"
    parse(parts.get(rels, b"<x/>"), rels, file, relation)
    parse(parts[book], book, file, sheet)
    return tabs
