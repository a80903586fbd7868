"""Which format a file has, told by its content; a suffix only breaks ties."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from attrs import evolve

from kpieval.errors import MissingExtraError
from kpieval.readers import archive, csvform, jsonform, textform, tomlform
from kpieval.readers.decoding import decode
from kpieval.readers.faults import Unsupported
from kpieval.readers.grid import Sheets

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|table|meta|head)\b", re.I | re.S)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def sheets(data: bytes, file: str) -> Sheets:
    """The grids of a file's bytes.

    Raises a FileError: UnsupportedFormatError, EncodingError, MalformedFileError, NotATableError,
    MissingExtraError.
    """
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office(data, file)
    refused = _refused(data)
    if refused is not None:
        raise Unsupported(refused, where=file, format=refused)
    text, notes = decode(data, file)
    read = _text_reader(text, PurePath(file).suffix.lower())
    found = read(text, file)
    return evolve(found, notes=(*notes, *found.notes))


def _text_reader(text: str, suffix: str) -> Callable[[str, str], Sheets]:
    if textform.looks_like(text):
        return textform.read
    if tomlform.looks_like(text) or (suffix == ".toml" and not jsonform.looks_like(text)):
        return tomlform.read
    named = suffix in (".json", ".jsonl") and text.lstrip().startswith(("[", "{"))
    if jsonform.looks_like(text) or named:
        return jsonform.read
    return csvform.read


def _refused(data: bytes) -> str | None:
    """The name of a format that is known and not read."""
    if data.startswith(_OLE):
        return "ole"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if _HTML.match(data[:4096].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    return None


def _office(data: bytes, file: str) -> Sheets:
    """A zip archive: the spreadsheet reader if it is one."""
    names = archive.names(data, file)
    if "xl/workbook.xml" in names:
        return _xlsx(data, file)
    if any(name.startswith("word/document") for name in names):
        return _docx(data, file)
    kinds = {"xl/workbook.bin": "xlsb", "content.xml": "ods"}
    kind = next((kind for name, kind in kinds.items() if name in names), "archive")
    raise Unsupported(kind, where=file, format=kind)


def _xlsx(data: bytes, file: str) -> Sheets:
    try:
        from kpieval.readers import xlsx
    except ImportError as error:
        library = (error.name or "openpyxl").partition(".")[0]
        if library == "kpieval":
            raise
        raise MissingExtraError(where=file, extra="office", library=library) from None
    return xlsx.read(data, file)


def _docx(data: bytes, file: str) -> Sheets:
    try:
        from kpieval.readers import docx
    except ImportError as error:
        library = (error.name or "lxml").partition(".")[0]
        if library == "kpieval":
            raise
        raise MissingExtraError(where=file, extra="office", library=library) from None
    return docx.read(data, file)
