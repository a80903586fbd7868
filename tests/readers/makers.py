"""Small files of old and odd formats, written byte by byte: .xls, .ods and .pdf without their programs."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


# --- compound files and .xls --------------------------------------------------------------------


def compound(**streams: bytes) -> bytes:
    """A compound file of these streams, each long enough for sectors of its own."""
    padded = {name: data.ljust(max(4096, -len(data) % 512 + len(data)), b"\0") for name, data in streams.items()}  # fmt: skip
    table = [_TABLE, _END]
    entries = [_entry("Root Entry", 5, _END, 0)]
    body = b""
    for name, data in padded.items():
        start, count = len(table), len(data) // 512
        table += [*range(start + 1, start + count), _END]
        entries.append(_entry(name, 2, start, len(data)))
        body += data
    assert len(table) <= 128 and len(entries) <= 4
    table += [_FREE] * (128 - len(table))
    entries += [bytes(128)] * (4 - len(entries))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, _END, 0, _END, 0)  # fmt: skip
    header += struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108
    return header + struct.pack("<128I", *table) + b"".join(entries) + body


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    coded = name.encode("utf-16-le") + b"\0\0"
    child = 1 if kind == 5 else 0xFFFFFFFF
    # The streams stand in one chain to the right.
    return (
        coded.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(coded), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


Value = str | float | tuple[float, str]
"""A text, a number, or a number with its format; ``#DIV/0!`` is an error."""


def xls(rows: Sequence[Sequence[Value]], *, hidden: bool = False, tail: bytes = b"") -> bytes:
    """A workbook of one sheet; ``tail`` are more records of the sheet."""
    forms = list(dict.fromkeys(v[1] for row in rows for v in row if isinstance(v, tuple)))
    book = record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0))
    for at, form in enumerate(forms):
        text = form.encode("utf-16-le")
        book += record(0x041E, struct.pack("<HHB", 164 + at, len(form), 1) + text)
    for number in (0, *range(164, 164 + len(forms))):
        book += record(0x00E0, struct.pack("<HH16x", 0, number))
    name = "表一".encode("utf-16-le")
    start = len(book) + 4 + 8 + len(name) + 4
    book += record(0x0085, struct.pack("<IBBBB", start, hidden, 0, 2, 1) + name) + record(0x0A)
    return compound(Workbook=book + _sheet(rows, forms, tail))


def _sheet(rows: Sequence[Sequence[Value]], forms: list[str], tail: bytes) -> bytes:
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    for at, row in enumerate(rows):
        for place, value in enumerate(row):
            where = struct.pack("<HH", at, place)
            if value == "#DIV/0!":
                sheet += record(0x0205, where + struct.pack("<HBB", 0, 7, 1))
            elif isinstance(value, str):
                text = value.encode("utf-16-le")
                sheet += record(0x0204, where + struct.pack("<HHB", 0, len(value), 1) + text)
            else:
                number, form = value if isinstance(value, tuple) else (value, None)
                style = 0 if form is None else 1 + forms.index(form)
                sheet += record(0x0203, where + struct.pack("<Hd", style, number))
    return sheet + tail + record(0x0A)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def merged(top: int, bottom: int, left: int, right: int) -> bytes:
    """The record of one merged area, from 0."""
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


# --- .ods ---------------------------------------------------------------------------------------

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in [("office", "office"), ("table", "table"), ("text", "text"), ("style", "style")]
)  # fmt: skip


def ods(
    sheets: str, *, styles: str = "", head: str = "", parts: Mapping[str, bytes] | None = None
) -> bytes:
    """A spreadsheet whose content is ``sheets``, as XML."""
    whole = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {_NAMES} '
        'xmlns:calcext="urn:calcext"><office:automatic-styles>'
        f"{styles}</office:automatic-styles><office:body><office:spreadsheet>{sheets}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", whole)
        for name, data in (parts or {}).items():
            archive.writestr(name, data)
    return made.getvalue()


def ods_row(*cells: str) -> str:
    """A row of texts."""
    made = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{escape(c)}</text:p></table:table-cell>'
        for c in cells
    )
    return f"<table:table-row>{made}</table:table-row>"


# --- .pdf ---------------------------------------------------------------------------------------

Drawn = tuple[float, float, str]
"""Left, distance from the top, text."""


def pdf(pages: Sequence[str], *, encrypted: bool = False) -> bytes:
    """A document of these page contents; its font tells every character by its own number."""
    objects = ["<</Type/Catalog/Pages 2 0 R>>", ""]
    font = (
        "<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[4 0 R]"
        "/ToUnicode 5 0 R>>"
    )
    below = (
        "<</Type/Font/Subtype/CIDFontType2/BaseFont/F/DW 1000/CIDSystemInfo<</Registry(Adobe)"
        "/Ordering(Identity)/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/F"
        "/Flags 4/FontBBox[0 -200 1000 800]/Ascent 800/Descent -200>>>>"
    )
    ranges = "\n".join(f"<{high:02X}00><{high:02X}FF><{high:02X}00>" for high in range(256))
    unicode = (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n1 begincodespacerange\n"
        f"<0000><FFFF>\nendcodespacerange\n256 beginbfrange\n{ranges}\nendbfrange\nendcmap end end"
    )
    objects += [font, below, _stream(unicode)]
    kids = []
    for content in pages:
        objects.append(_stream(content))
        kids.append(f"{len(objects) + 1} 0 R")
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents {len(objects)} 0 R"
            "/Resources<</Font<</F 3 0 R>>>>>>"
        )
    objects[1] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>"
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>/ID[<00><00>]"
    trailer = f"/Size {len(objects) + 1}/Root 1 0 R{lock if encrypted else ''}"
    return made + f"trailer<<{trailer}>>\nstartxref\n{start}\n%%EOF".encode()


def _stream(content: str) -> str:
    return f"<</Length {len(content)}>>stream\n{content}\nendstream"


def text_at(left: float, top: float, text: str, size: float = 10) -> str:
    """A line of text, its characters as wide as high."""
    coded = text.encode("utf-16-be").hex()
    return f"BT /F {size} Tf {left} {800 - top - 0.8 * size} Td <{coded}> Tj ET\n"


def line(left: float, top: float, right: float, bottom: float) -> str:
    """A drawn line."""
    return f"{left} {800 - top} m {right} {800 - bottom} l S\n"


def table_at(
    top: float, rows: Sequence[Sequence[str]], *, height: float = 20, left: float = 50,
    widths: Sequence[float] = (100, 100, 150, 150), closed: bool = True,
) -> str:  # fmt: skip
    """A table with all its lines; not ``closed``: the last one is missing, as page breaks leave it."""
    edges = [left + sum(widths[:at]) for at in range(len(widths) + 1)]
    bottom = top + height * len(rows)
    made = "".join(line(edge, top, edge, bottom) for edge in edges)
    last = len(rows) + (1 if closed else 0)
    made += "".join(
        line(left, top + height * at, edges[-1], top + height * at) for at in range(last)
    )
    for at, row in enumerate(rows):
        made += "".join(
            text_at(edge + 3, top + height * at + 4, cell)
            for edge, cell in zip(edges, row, strict=False)
            if cell
        )
    return made
