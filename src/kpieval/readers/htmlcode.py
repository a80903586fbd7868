"""The bytes of a web page -> its text: byte order mark, UTF-8, what the page says, GB18030."""

from __future__ import annotations

import re

from kpieval.notes import Note
from kpieval.readers.decoding import BOMS, decode
from kpieval.readers.faults import BadEncoding

_SAID = re.compile(rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.I)
_CHINESE = frozenset(("gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk", "cp936", "hz-gb-2312"))
_OTHER = {"big5": "big5hkscs", "big5-hkscs": "big5hkscs"}
_WITHIN = 4096


def decoded(data: bytes, file: str) -> tuple[str, tuple[Note, ...]]:
    """The text of a page, and a note when it is not what the page says of itself.

    Bytes that are strict UTF-8 with Chinese text in them are UTF-8, whatever is said: text in
    another encoding never is. Raises EncodingError as :func:`decoding.decode` does.
    """
    if data.startswith(tuple(mark for mark, _ in BOMS)):
        return decode(data, file)
    said = _said(data)
    if said in _OTHER and not _is_utf8(data):
        return _strictly(data, _OTHER[said], file), (Note.of("table.encoding", encoding="Big5"),)
    text, notes = decode(data, file)
    really = "GB18030" if notes else "UTF-8"
    fits = (
        said in _CHINESE if notes else said in ("", "utf-8", "utf8", "unicode-1-1-utf-8", "utf-16")
    )
    if said and fits:
        # A page that says so itself is no surprise.
        return text, ()
    if said and not text.isascii():
        return text, (Note.of("table.html_charset", said=said, encoding=really),)
    return text, notes


def _said(data: bytes) -> str:
    found = _SAID.search(data[:_WITHIN])
    return found[1].decode("ascii").lower() if found else ""


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strictly(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02X}"
        raise BadEncoding("said", where=file, offset=error.start, byte=byte, said="Big5") from None
