"""Which format a file has, told by its content; a suffix only breaks ties."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module

from attrs import evolve, frozen

from kpieval import paths
from kpieval.errors import MissingExtraError
from kpieval.notes import Note
from kpieval.readers.decoding import BOMS, decode
from kpieval.readers.faults import Malformed, Unsupported
from kpieval.readers.grid import Sheets
from kpieval.showing import Shown

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How the container of .xls, .doc, .et, .wps and of an encrypted .xlsx begins."""

_TAG = (
    rb"(?:!doctype\s+html|html|head|meta|title|base|link|style|script|body|frameset|div|p|span"
    rb"|table)"
)
_HTML = rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<" + _TAG + rb"\b"
_MIME = rb"(?i)\s*(?:MIME-Version|From|Date|Content-Type):"
_WITHIN = 4096

Reader = Callable[[bytes, str], Sheets]
"""What gives the grids of a file's bytes; the second is the name that errors tell."""


@frozen(repr=False)
class Format(Shown):
    """A format that is no plain text: the module that reads its bytes, and the extra it needs.

    The module is imported when a file is of that format, for most stand on an optional library.
    """

    module: str
    extra: str = ""


def sheets(data: bytes, file: str) -> Sheets:
    """The grids of a file's bytes.

    Raises a FileError: UnsupportedFormatError, EncodingError, MalformedFileError, NotATableError,
    MissingExtraError.
    """
    name = kind(data, file)
    if name is None:
        text, notes = decode(data, file)
        read = _text_reader(text, paths.suffix(file).lower())
        found = read(text, file)
        return evolve(found, notes=(*notes, *found.notes))
    if name == "encrypted":
        raise Malformed("password", where=file)
    if name in _CONVERTED:
        return _converted(data, name, file)
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
    if data.startswith(_COMPOUND):
        return _compound(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    start = _start(data)
    if b"<" in start and re.match(_HTML, start):
        return "html"
    if b"schemas-microsoft-com:office:spreadsheet" in start:
        return "xml2003"
    if b"multipart/related" in start and re.match(_MIME, start):
        return "mhtml"
    return None


def _start(data: bytes) -> bytes:
    """The first characters without a byte order mark, in a code whose letters are ASCII."""
    for mark, encoding in BOMS:
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
    from kpieval.readers import archive

    names = archive.names(data, file)
    if any(name.startswith("word/document") for name in names):
        return "docx"
    return next((kind for name, kind in _MEMBERS.items() if name in names), "archive")


def _compound(data: bytes) -> str:
    from kpieval.readers import compound

    names = compound.Compound(data).entries
    return next((kind for name, kind in _STREAMS.items() if name in names), "ole")


def _text_reader(text: str, suffix: str) -> Callable[[str, str], Sheets]:
    """The reader of a text; a form is loaded and asked only where the text has its signs."""
    if "\t" in text or "[bookmark:" in text:
        from kpieval.readers import textform

        if textform.looks_like(text):
            return textform.read
    if "[[" in text or suffix == ".toml":
        from kpieval.readers import jsonform, tomlform

        if tomlform.looks_like(text) or (suffix == ".toml" and not jsonform.looks_like(text)):
            return tomlform.read
    if text.lstrip().startswith(("[", "{")):
        from kpieval.readers import jsonform

        if jsonform.looks_like(text) or suffix in (".json", ".jsonl"):
            return jsonform.read
    if "|" in text:
        from kpieval.readers import mdform

        if mdform.looks_like(text):
            return mdform.read
    from kpieval.readers import csvform

    return csvform.read


def _with_extra(known: Format, data: bytes, file: str) -> Sheets:
    """What the format's reader gives; a library that is missing is named with its extra."""
    try:
        read: Reader = import_module(f"kpieval.readers.{known.module}").read
        return read(data, file)
    except ImportError as error:
        library = (error.name or "").partition(".")[0]
        if library in ("", "kpieval") or not known.extra:
            raise
        named = library.replace("_", "-")
        raise MissingExtraError(where=file, extra=known.extra, library=named) from None


def _converted(data: bytes, name: str, file: str) -> Sheets:
    """The tables of a document that LibreOffice turns into .docx."""
    from kpieval.readers import libreoffice

    found = sheets(libreoffice.as_docx(data, name, file), file)
    return evolve(found, notes=(Note.of("table.converted", format=name), *found.notes))


_FORMATS = {
    "xlsx": Format("xlsx", "office"),
    "docx": Format("docx", "office"),
    "xls": Format("oldsheets", "office"),
    "xlsb": Format("oldsheets", "office"),
    "ods": Format("odsform"),
    "html": Format("htmlform", "office"),
    "pdf": Format("pdfform", "pdf"),
}
"""The formats that have a reader of their own. A name that stands nowhere is refused."""

_CONVERTED = frozenset({"doc", "rtf"})
"""The formats that LibreOffice turns into .docx first."""
