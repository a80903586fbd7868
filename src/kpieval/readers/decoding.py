"""Bytes of a file -> its text, by a closed ladder of encodings; never a guess by statistics."""

from __future__ import annotations

import codecs
import re

from kpieval.notes import Note
from kpieval.readers.faults import BadEncoding

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The byte order marks, each with the encoding that it tells."""
_HAN_IN_UTF8 = re.compile(rb"[\xe4-\xe9][\x80-\xbf]{2}")


def decode(data: bytes, file: str) -> tuple[str, tuple[Note, ...]]:
    """The text of ``data`` with line ends made ``\\n``, and a note when it is not UTF-8.

    A byte order mark decides; without one strict UTF-8, then strict GB18030. Raises EncodingError
    with the byte offset when neither fits, or when the text holds U+FFFD or U+0000, which say that
    characters were lost before or that the file is no text.
    """
    text, notes = _decoded(data, file)
    for character, key in (("\ufffd", "replacement"), ("\0", "nul")):
        if character in text:
            line = text.count("\n", 0, text.index(character)) + 1
            raise BadEncoding(key, where=file, line=line)
    return text.replace("\r\n", "\n").replace("\r", "\n"), notes


def _decoded(data: bytes, file: str) -> tuple[str, tuple[Note, ...]]:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, file, len(mark)), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        # Chinese text that was UTF-8 up to here is damaged UTF-8, which GB18030 would often
        # accept and turn into other characters.
        if len(_HAN_IN_UTF8.findall(data[: error.start])) >= 2:
            raise _undecodable(data, error, "utf8", file) from None
    text = _strictly(data, "gb18030", file)
    return text, (Note.of("table.encoding", encoding="GB18030"),)


def _strictly(data: bytes, encoding: str, file: str, skipped: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        key = "neither" if encoding == "gb18030" else "bom"
        raise _undecodable(data, error, key, file, skipped) from None


def _undecodable(
    data: bytes, error: UnicodeDecodeError, key: str, file: str, skipped: int = 0
) -> BadEncoding:
    byte = f"0x{data[error.start]:02X}"
    return BadEncoding(key, where=file, offset=error.start + skipped, byte=byte)
