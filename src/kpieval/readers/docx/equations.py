"""Equations (OMML) as one line of text: ``1/2``, ``m²``, ``√(x)``, ``(a+b)``."""

from __future__ import annotations

import re
from collections.abc import Callable

from kpieval import heights
from kpieval.readers.docx.names import M_SPACE, Element, m

_PREFIX = f"{{{M_SPACE}}}"
_VAL = m("val")
# No text of an XML file can hold these: they mark a fraction until what stands beside it is known.
_OPEN, _CLOSE = "\x00", "\x01"
_BEFORE = re.compile(r"(?<=[0-9.])\x00([^\x00\x01]*)\x01")
_AFTER = re.compile(r"\x00([^\x00\x01]*)\x01(?=[0-9.])")

Inner = Callable[[Element], str]
"""Gives the text of an element that may be an equation's or Word's own."""


def text(element: Element, inner: Inner) -> str:
    """The text of an equation's element; ``inner`` reads what stands inside of it."""
    name = str(element.tag).removeprefix(_PREFIX)
    match name:
        case "f":
            return _fraction(element, inner)
        case "sSup" | "sSub" | "sSubSup" | "sPre":
            return _scripts(element, inner)
        case "rad":
            degree = _part(element, "deg", inner)
            root = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree.strip(), f"{degree}√")
            return f"{root}({_part(element, 'e', inner)})"
        case "d":
            return _delimited(element, inner)
        case "nary":
            sign = _property(element, "chr", "∫")
            low, high = _part(element, "sub", inner), _part(element, "sup", inner)
            bounds = f"({low}..{high})" if low or high else ""
            return f"{sign}{bounds}{_part(element, 'e', inner)}"
        case "m" | "eqArr":
            rows = [inner(child) for child in element if not _is_properties(child)]
            return "\n".join(rows)
        case "mr":
            return " ".join(inner(child) for child in element)
        case _:
            return "".join(inner(child) for child in element if not _is_properties(child))


def _is_properties(element: Element) -> bool:
    return str(element.tag).endswith("Pr")


def _part(element: Element, name: str, inner: Inner) -> str:
    found = element.find(m(name))
    return "" if found is None else inner(found)


def _property(element: Element, name: str, default: str) -> str:
    found = element.find(f"{element.tag!s}Pr/{m(name)}")
    return default if found is None else (found.get(_VAL) or "")


def _fraction(element: Element, inner: Inner) -> str:
    over, under = (_part(element, name, inner) for name in ("num", "den"))
    return f"{_OPEN}{_grouped(settled(over))}/{_grouped(settled(under))}{_CLOSE}"


def settled(text: str) -> str:
    """The text with its fractions in brackets where a number runs into one: 1(1/2) is not 11/2.

    >>> settled("1\\x001/2\\x01"), settled("\\x001/2\\x01次")
    ('1(1/2)', '1/2次')
    """
    if _OPEN not in text:
        return text
    text = _AFTER.sub(r"(\1)", _BEFORE.sub(r"(\1)", text))
    return text.replace(_OPEN, "").replace(_CLOSE, "")


def _grouped(text: str) -> str:
    plain = text.strip()
    return plain if plain.replace(".", "").isalnum() else f"({plain})"


def _scripts(element: Element, inner: Inner) -> str:
    base = _part(element, "e", inner)
    low, high = _part(element, "sub", inner), _part(element, "sup", inner)
    raised, lowered = heights.wholly_raised(high), heights.wholly_lowered(low)
    below = "" if not low else lowered if lowered is not None else f"_{_grouped(low)}"
    above = "" if not high else raised if raised is not None else f"^{_grouped(high)}"
    return f"{below}{above}{base}" if element.tag == m("sPre") else f"{base}{below}{above}"


def _delimited(element: Element, inner: Inner) -> str:
    first, last = _property(element, "begChr", "("), _property(element, "endChr", ")")
    between = _property(element, "sepChr", "|")
    return first + between.join(inner(part) for part in element.findall(m("e"))) + last
