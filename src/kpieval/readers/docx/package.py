"""The parts of a Word file: found by their relations, counted, and parsed without any entity."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping

from attrs import frozen
from lxml import etree

from kpieval.readers import archive
from kpieval.readers.docx.names import STRICT, W_SPACE, Element
from kpieval.readers.faults import Malformed

MAX_ELEMENTS = 1_000_000
"""Elements of one part, and also attributes: a tree takes far more room than its text."""

MAIN = "word/document.xml"
_STRICT = b"purl.oclc.org/ooxml/"
_XML = (".xml", ".rels", ".vml")
# A document type as UTF-8 and as both kinds of UTF-16 spell it.
_DOCTYPE = b"!DOCTYPE"
_WIDE_DOCTYPES = tuple("!DOCTYPE".encode(form) for form in ("utf-16-le", "utf-16-be"))


@frozen
class Package:
    """A Word file: its main part, and the parts that belong to it (None where there is none)."""

    body: Element
    text: bytes
    """The main part as bytes, for looking whether a name occurs in it at all."""
    styles: Element | None
    numbering: Element | None
    macros: bool


def opened(data: bytes, file: str) -> Package:
    """The package in a file. Raises MalformedFileError when it is damaged or not safe."""
    parts = archive.parts(data, file)
    for name, part in parts.items():
        if name.lower().endswith(_XML) and _has_doctype(part):
            raise Malformed("xml_doctype", where=file, part=name)
    main = _related(parts, "", file).get("officeDocument", MAIN)
    if main not in parts:
        main = MAIN
    text = _transitional(parts.get(main, b""))
    related = _related(parts, main, file)
    root = _parsed(text, main, file)
    bodies = root.findall(f"{{{W_SPACE}}}body")
    # Word opens no file with two; reading the first alone would lose what stands in the other.
    if len(bodies) != 1:
        raise Malformed("docx_body", where=file, part=main)
    return Package(
        body=bodies[0],
        text=text,
        styles=_part(parts, related.get("styles"), file),
        numbering=_part(parts, related.get("numbering"), file),
        macros=any(name.endswith("vbaProject.bin") for name in parts),
    )


def _part(parts: Mapping[str, bytes], name: str | None, file: str) -> Element | None:
    if name is None or name not in parts:
        return None
    return _parsed(_transitional(parts[name]), name, file)


def _has_doctype(part: bytes) -> bool:
    wide = b"\0" in part[:100]
    return _DOCTYPE in part or (wide and any(sign in part for sign in _WIDE_DOCTYPES))


def _transitional(part: bytes) -> bytes:
    if _STRICT not in part:
        return part
    for strict, usual in STRICT.items():
        part = part.replace(strict, usual)
    return part


def _related(parts: Mapping[str, bytes], of: str, file: str) -> dict[str, str]:
    """The parts that a part is related to, by the last word of the kind of relation."""
    folder, name = posixpath.split(of)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, str] = {}
    if rels not in parts:
        return found
    for relation in _parsed(parts[rels], rels, file):
        kind = (relation.get("Type") or "").rpartition("/")[2]
        if relation.get("TargetMode") != "External" and kind:
            target = posixpath.join("/", folder, relation.get("Target") or "")
            found.setdefault(kind, posixpath.normpath(target).lstrip("/"))
    return found


def _parsed(part: bytes, name: str, file: str) -> Element:
    _check_size(part, name, file)
    # Such a parser keeps its state: every part gets its own.
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(part, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        detail = str(error)[:200]
        raise Malformed("xml", where=file, part=name, detail=detail) from None
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise Malformed("xml_doctype", where=file, part=name)
    return root


def _check_size(part: bytes, name: str, file: str) -> None:
    # Counted in the bytes: the tree of a million empty paragraphs is costly even to build.
    if len(part) < MAX_ELEMENTS * len(b"<a/>"):
        return
    for count in (part.count(b"<") - part.count(b"</"), part.count(b"=")):
        if count > MAX_ELEMENTS:
            raise Malformed("docx_elements", where=file, part=name, n=count, most=MAX_ELEMENTS)
