"""What the cells of a workbook refer to: its tabs, number formats, shared strings, first day."""

from __future__ import annotations

import datetime as dt
import posixpath
from collections.abc import Iterable

from attrs import define, field
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from kpieval.readers.archive import Archive
from kpieval.readers.builtinformats import FORMATS
from kpieval.readers.faults import Malformed
from kpieval.readers.runs import PLAIN, Font, FontScan, settled
from kpieval.readers.sheetcells import Texts
from kpieval.readers.xmlparts import LocalNames, parse

BOOK = "xl/workbook.xml"
_RELS = "xl/_rels/workbook.xml.rels"
_DRAWN = frozenset(("pic", "sp", "graphicFrame"))
_TRUE = ("1", "true")


@define(eq=False)
class Tab:
    """One tab of a workbook: its name, the part that holds it, whether it is hidden."""

    name: str
    part: str
    hidden: bool


@define(eq=False)
class Book:
    """A workbook without its sheets. ``formats`` are the number formats by style.

    ``fonts`` are the fonts that change what is read, by style.
    """

    tabs: list[Tab] = field(factory=list)
    epoch: dt.datetime = WINDOWS_EPOCH
    formats: list[str] = field(factory=list)
    fonts: dict[int, Font] = field(factory=dict)
    strings: Texts = field(factory=Texts)


def book(parts: Archive, file: str) -> Book:
    """The workbook of an archive. Raises MalformedFileError."""
    if BOOK not in parts.members:
        raise Malformed("workbook", where=file, detail=BOOK)
    known = _Relations()
    if _RELS in parts.members:
        parse(parts.pieces(_RELS), _RELS, file, known.start)
    found = _Tabs(known, parts.members.keys())
    parse(parts.pieces(BOOK), BOOK, file, found.start)
    if not found.seen:
        raise Malformed("workbook", where=file, detail=BOOK)
    made = found.book
    styles = known.part("styles", parts)
    if styles is not None:
        read = _Styles()
        parse(parts.pieces(styles), styles, file, read.start, read.end)
        made.formats, made.fonts = read.formats(), read.fonts()
    texts = known.part("sharedStrings", parts)
    if texts is not None:
        made.strings = strings(parts.pieces(texts), texts, file, keep=bool(made.fonts))
    return made


def floating(parts: Archive, tab: Tab, file: str) -> int:
    """How many pictures, shapes and charts float over the cells of a tab."""
    folder, name = posixpath.split(tab.part)
    known = f"{folder}/_rels/{name}.rels"
    if known not in parts.members:
        return 0
    relations = _Relations(f"/{folder}")
    parse(parts.pieces(known), known, file, relations.start)
    count = _Floating()
    for kind, part in relations.parts.values():
        if kind.endswith("/drawing") and part in parts.members:
            parse(parts.pieces(part), part, file, count.start)
    return count.n


@define(eq=False)
class _Floating:
    n: int = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        if name.rpartition(":")[2] in _DRAWN:
            self.n += 1


@define(eq=False)
class _Relations:
    """The parts of a workbook by the key of their relation, with what they are."""

    folder: str = "/xl"
    parts: dict[str, tuple[str, str]] = field(factory=dict)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "Relationship":
            target = posixpath.normpath(posixpath.join(self.folder, attributes.get("Target", "")))[
                1:
            ]
            self.parts[attributes.get("Id", "")] = (attributes.get("Type", ""), target)

    def part(self, kind: str, archive: Archive) -> str | None:
        """The part of a kind, if it is there; relations may forget one that has its usual name."""
        named = [part for known, part in self.parts.values() if known.endswith(f"/{kind}")]
        return next((part for part in (*named, f"xl/{kind}.xml") if part in archive.members), None)


@define(eq=False)
class _Tabs:
    known: _Relations
    members: Iterable[str]
    book: Book = field(factory=Book)
    seen: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match name.rpartition(":")[2]:
            case "workbook":
                self.seen = True
            case "workbookPr" if attributes.get("date1904") in _TRUE:
                self.book.epoch = MAC_EPOCH
            case "sheet":
                self._sheet(attributes)

    def _sheet(self, attributes: dict[str, str]) -> None:
        key = next((v for k, v in attributes.items() if k.rpartition(":")[2] == "id"), "")
        kind, part = self.known.parts.get(key, ("", ""))
        if "chartsheet" not in kind and part in self.members:
            hidden = attributes.get("state", "visible") != "visible"
            self.book.tabs.append(Tab(attributes.get("name", ""), part, hidden))


@define(eq=False)
class _Styles:
    named: dict[str, str] = field(factory=dict)
    used: list[tuple[str, str]] = field(factory=list)
    known: list[Font] = field(factory=list)
    scan: FontScan = field(factory=FontScan)
    in_cells: bool = False
    in_fonts: bool = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if self.in_fonts:
            self.scan.start(local, attributes)
        match local:
            case "fonts":
                self.in_fonts = True
            case "numFmt":
                self.named.setdefault(
                    attributes.get("numFmtId", ""), attributes.get("formatCode", "")
                )
            case "cellXfs":
                self.in_cells = True
            case "xf" if self.in_cells:
                self.used.append((attributes.get("numFmtId", "0"), attributes.get("fontId", "0")))

    def end(self, name: str) -> None:
        match name.rpartition(":")[2]:
            case "cellXfs":
                self.in_cells = False
            case "fonts":
                self.in_fonts = False
            case "font" if self.in_fonts:
                self.known.append(self.scan.font)

    def formats(self) -> list[str]:
        """The number formats by style; what is not known is shown as stored."""
        builtin = {str(number): form for number, form in FORMATS.items()}
        known = {**builtin, **self.named}
        return [known.get(number) or "General" for number, _ in self.used]

    def fonts(self) -> dict[int, Font]:
        """The fonts by style that strike or move their text."""
        known = {str(at): font for at, font in enumerate(self.known) if font not in PLAIN}
        return {at: known[font] for at, (_, font) in enumerate(self.used) if font in known}


def strings(pieces: Iterable[bytes], part: str, file: str, *, keep: bool = False) -> Texts:
    """The shared strings of a workbook: the runs of each put together, phonetic guides left out.

    Runs are kept apart where one is struck or moved; ``keep``: where one has a font of its own.
    """
    found = Texts()
    reader = _Strings(found, keep)
    parse(pieces, part, file, reader.start, reader.end, reader.text)
    return found


@define(eq=False)
class _Strings:
    found: Texts
    keep: bool
    pieces: list[str] = field(factory=list)
    in_text: bool = False
    in_guide: bool = False
    scan: FontScan = field(factory=FontScan)
    in_run: bool = False
    names: LocalNames = field(factory=LocalNames)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        match self.names[name]:
            case "si":
                self.pieces = []
                self.in_run = False
            case "rPh":
                self.in_guide = True
            case "t":
                self.in_text = not self.in_guide
                if self.in_run and self.in_text:
                    self.pieces.append(self.scan.mark())
            case local:
                self.in_run = self.in_run or local == "r"
                self.scan.start(local, attributes)

    def text(self, text: str) -> None:
        if self.in_text:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        match self.names[name]:
            case "si":
                text, in_runs = settled("".join(self.pieces), keep=self.keep)
                number = self.found.add(text)
                if in_runs:
                    self.found.in_runs.add(number)
            case "rPh":
                self.in_guide = False
            case "t":
                self.in_text = False
