"""Which format a file has, told by its content; a suffix only breaks ties."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from attrs import evolve, frozen

from kpieval.errors import MissingExtraError
from kpieval.notes import Note
from kpieval.readers import archive, compound, csvform, jsonform, mdform, textform, tomlform
from kpieval.readers.decoding import decode
from kpieval.readers.faults import Malformed, Unsupported
from kpieval.readers.grid import Sheets

_TAG = (
    rb"(?:!doctype\s+html|html|head|meta|title|base|link|style|script|body|frameset|div|p|span"
    rb"|table)"
)
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<" + _TAG + rb"\b", re.I | re.S)
_MIME = re.compile(rb"\s*(?:MIME-Version|From|Date|Content-Type):", re.I)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WITHIN = 4096


@frozen
class Format:
    """A format that is no plain text: its extra, "" for none, and what reads its bytes."""

    read: Callable[[bytes, str], Sheets]
    extra: str = ""


def sheets(data: bytes, file: str) -> Sheets:
    """The grids of a file's bytes.

    Raises a FileError: UnsupportedFormatError, EncodingError, MalformedFileError, NotATableError,
    MissingExtraError.
    """
    name = kind(data, file)
    if name is None:
        text, notes = decode(data, file)
        read = _text_reader(text, PurePath(file).suffix.lower())
        found = read(text, file)
        return evolve(found, notes=(*notes, *found.notes))
    known = _FORMATS.get(name)
    if known is None:
        raise Unsupported(name, where=file, format=name)
    return _with_extra(known, data, file)


def kind(data: bytes, file: str) -> str | None:
    """The name of the format of these bytes; None for plain text.

    >>> kind(b"%PDF-1.7", "a.xls"), kind("三级指标,指标值".encode(), "a.xls")
    ('pdf', None)
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, file)
    if data.startswith(compound.MAGIC):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    start = _start(data)
    if _HTML.match(start):
        return "html"
    if b"schemas-microsoft-com:office:spreadsheet" in start:
        return "xml2003"
    if _MIME.match(start) and b"multipart/related" in start:
        return "mhtml"
    return None


def _start(data: bytes) -> bytes:
    """The first characters without a byte order mark, in a code whose letters are ASCII."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            start = data[len(mark) : 2 * _WITHIN]
            return start.decode(encoding, errors="replace").encode("utf-8", errors="replace")
    return data[:_WITHIN]


_MEMBERS = {
    "xl/workbook.xml": "xlsx",
    "xl/workbook.bin": "xlsb",
    "content.xml": "ods",
}
"""The member of an archive that tells its format."""

_STREAMS = {
    "EncryptedPackage": "encrypted",
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": "doc",
}
"""The stream of a compound file that tells its format: .et is an .xls, .wps a .doc."""


def _zipped(data: bytes, file: str) -> str:
    names = archive.names(data, file)
    if any(name.startswith("word/document") for name in names):
        return "docx"
    return next((kind for name, kind in _MEMBERS.items() if name in names), "archive")


def _compound(data: bytes) -> str:
    names = compound.Compound(data).entries
    return next((kind for name, kind in _STREAMS.items() if name in names), "ole")


def _text_reader(text: str, suffix: str) -> Callable[[str, str], Sheets]:
    if textform.looks_like(text):
        return textform.read
    if tomlform.looks_like(text) or (suffix == ".toml" and not jsonform.looks_like(text)):
        return tomlform.read
    named = suffix in (".json", ".jsonl") and text.lstrip().startswith(("[", "{"))
    if jsonform.looks_like(text) or named:
        return jsonform.read
    if mdform.looks_like(text):
        return mdform.read
    return csvform.read


def _with_extra(known: Format, data: bytes, file: str) -> Sheets:
    """What the format's reader gives; a library that is missing is named with its extra."""
    try:
        return known.read(data, file)
    except ImportError as error:
        library = (error.name or "").partition(".")[0]
        if library in ("", "kpieval") or not known.extra:
            raise
        named = library.replace("_", "-")
        raise MissingExtraError(where=file, extra=known.extra, library=named) from None


def _xlsx(data: bytes, file: str) -> Sheets:
    from kpieval.readers import xlsx

    return xlsx.read(data, file)


def _docx(data: bytes, file: str) -> Sheets:
    from kpieval.readers import docx

    return docx.read(data, file)


def _old_sheets(data: bytes, file: str) -> Sheets:
    from kpieval.readers import oldsheets

    return oldsheets.read(data, file)


def _ods(data: bytes, file: str) -> Sheets:
    from kpieval.readers import odsform

    return odsform.read(data, file)


def _html(data: bytes, file: str) -> Sheets:
    from kpieval.readers import htmlform

    return htmlform.read(data, file)


def _pdf(data: bytes, file: str) -> Sheets:
    from kpieval.readers import pdfform

    return pdfform.read(data, file)


def _doc(data: bytes, file: str) -> Sheets:
    return _converted(data, "doc", file)


def _rtf(data: bytes, file: str) -> Sheets:
    return _converted(data, "rtf", file)


def _converted(data: bytes, name: str, file: str) -> Sheets:
    """The tables of a document that LibreOffice turns into .docx."""
    from kpieval.readers import libreoffice

    found = sheets(libreoffice.as_docx(data, name, file), file)
    return evolve(found, notes=(Note.of("table.converted", format=name), *found.notes))


def _encrypted(data: bytes, file: str) -> Sheets:
    raise Malformed("password", where=file)


_FORMATS = {
    "xlsx": Format(_xlsx, "office"),
    "docx": Format(_docx, "office"),
    "xls": Format(_old_sheets, "office"),
    "xlsb": Format(_old_sheets, "office"),
    "ods": Format(_ods),
    "html": Format(_html, "office"),
    "pdf": Format(_pdf, "pdf"),
    "doc": Format(_doc, "office"),
    "rtf": Format(_rtf, "office"),
    "encrypted": Format(_encrypted),
}
"""The formats that are read, by name. A name that is not here is refused with its advice."""
