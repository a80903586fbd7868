"""The names of WordprocessingML that the reader knows, as lxml spells them.

Only the transitional namespaces are listed: :mod:`package` turns the strict ones into them.
"""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

W_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M_SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/math"
MC_SPACE = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING_SPACE = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": W_SPACE.encode(),
    b"http://purl.oclc.org/ooxml/officeDocument/math": M_SPACE.encode(),
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": DRAWING_SPACE.encode(),
}
"""The namespaces of strict documents, and the transitional ones that mean the same."""


def w(name: str) -> str:
    """The name of an element or attribute of Word.

    >>> w("p")
    '{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p'
    """
    return f"{{{W_SPACE}}}{name}"


def m(name: str) -> str:
    """The name of an element or attribute of an equation."""
    return f"{{{M_SPACE}}}{name}"


P, R, T, TBL, TR, TC = w("p"), w("r"), w("t"), w("tbl"), w("tr"), w("tc")
P_PR, R_PR, TR_PR, TC_PR = w("pPr"), w("rPr"), w("trPr"), w("tcPr")
INS, DEL, MOVE_FROM, MOVE_TO = w("ins"), w("del"), w("moveFrom"), w("moveTo")
SDT, SDT_PR, SDT_CONTENT = w("sdt"), w("sdtPr"), w("sdtContent")
VAL = w("val")

ALTERNATE, CHOICE = f"{{{MC_SPACE}}}AlternateContent", f"{{{MC_SPACE}}}Choice"
FALLBACK = f"{{{MC_SPACE}}}Fallback"

THROUGH = frozenset((w("customXml"), w("smartTag"), INS, MOVE_TO, w("hyperlink"), w("fldSimple")))
"""Elements that show what is inside of them and nothing of their own."""


def val(element: Element | None, default: str = "") -> str:
    """The ``w:val`` of an element."""
    return default if element is None else element.get(VAL, default)


def is_on(element: Element) -> bool:
    """Whether a switch such as ``<w:vanish/>`` is on."""
    return element.get(VAL, "1") not in ("0", "false", "off")


def integer(text: str | None, default: int) -> int:
    """A whole number of at most nine digits; what is none is the default.

    >>> integer("-12", 0), integer("9" * 30, 1)
    (-12, 1)
    """
    plain = (text or "").strip()
    digits = plain.removeprefix("-")
    return int(plain) if digits.isascii() and digits.isdigit() and len(digits) < 10 else default


def chosen(alternate: Element) -> Element | None:
    """The one branch of an ``mc:AlternateContent`` that Word would show."""
    for branch in alternate:
        if branch.tag == FALLBACK:
            return branch
        required = [branch.nsmap.get(prefix) or "" for prefix in branch.get("Requires", "").split()]
        if branch.tag == CHOICE and all("schemas.microsoft.com/" in name for name in required):
            return branch
    return None
