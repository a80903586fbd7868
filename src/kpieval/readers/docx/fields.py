"""Fields: their code is never shown, their stored result is."""

from __future__ import annotations

import re

from attrs import define, field

from kpieval.readers.docx import symbols
from kpieval.readers.docx.names import Element, integer, is_on, val, w

_SYMBOL = re.compile(r"\s*SYMBOL\s+(0x[0-9A-Fa-f]{1,4}|[0-9]{1,5})(.*)", re.IGNORECASE)
_FONT = re.compile(r'\\f\s+(?:"([^"]*)"|(\S+))')
_SILENT = frozenset(
    [
        "ADDIN",
        "ADVANCE",
        "ASK",
        "BOOKMARK",
        "DATA",
        "GOTOBUTTON",
        "HYPERLINK",
        "LISTNUM",
        "MACROBUTTON",
        "NEXT",
        "PRIVATE",
        "RD",
        "SET",
        "TA",
        "TC",
        "XE",
        "TOC",
        "FORMTEXT",
        "FORMCHECKBOX",
        "FORMDROPDOWN",
    ]
)
"""Fields that show nothing of their own when they have no result."""

_UNTOLD = frozenset(("HYPERLINK", "TOC", "FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL"))
"""Fields whose stored result is all there is to them."""


@define
class Field:
    """A field that has begun: its code, and whether its result is being read."""

    code: str = ""
    result: bool = False
    text: list[str] = field(factory=list)
    start: int = 0
    """Where in the text its result begins."""

    @property
    def verb(self) -> str:
        """What the field does, such as ``REF``; a formula is ``=``."""
        words = self.code.split()
        return "=" if self.code.lstrip().startswith("=") else words[0].upper() if words else ""

    @property
    def told(self) -> str:
        """The code, where a person should know that a stored result was read; else ""."""
        return "" if self.verb in _UNTOLD | {""} else " ".join(self.code.split())

    def symbol(self) -> tuple[str, int] | None:
        """The font and the code of a ``SYMBOL`` field."""
        found = _SYMBOL.match(self.code)
        if found is None:
            return None
        font = _FONT.search(found[2])
        code = int(found[1], 16) if found[1][:2] in ("0x", "0X") else int(found[1])
        return ((font[1] or font[2]) if font else "Symbol"), code

    def is_empty(self, text: list[str]) -> bool:
        """Whether it has no stored result; ``text`` is the paragraph in which it ends."""
        if not self.result:
            return True
        return self.text is text and not "".join(text[self.start :]).strip()

    @property
    def is_silent(self) -> bool:
        """Whether the field shows nothing when it has no result."""
        return self.verb in _SILENT


@define
class Fields:
    """The fields that are open at a place in a paragraph."""

    open: list[Field] = field(factory=list)

    @property
    def in_code(self) -> bool:
        """Whether what comes is code, not text."""
        return any(not known.result for known in self.open)

    def begin(self) -> None:
        """A field begins."""
        self.open.append(Field())

    def instruct(self, text: str) -> None:
        """A piece of the code."""
        if self.open and not self.open[-1].result:
            self.open[-1].code += text[:500]

    def separate(self, text: list[str]) -> None:
        """The result begins, at the end of the text so far."""
        if self.open:
            known = self.open[-1]
            known.result, known.text, known.start = True, text, len(text)

    def end(self) -> Field | None:
        """The field that ends here."""
        return self.open.pop() if self.open else None


def form_field(element: Element) -> str:
    """What a box or a choice of a form shows: ☑, ☐ or the entry that is chosen."""
    box = element.find(f"{w('ffData')}/{w('checkBox')}")
    if box is not None:
        states = [
            state for name in ("checked", "default") if (state := box.find(w(name))) is not None
        ]
        return "☑" if states and is_on(states[0]) else "☐"
    choice = element.find(f"{w('ffData')}/{w('ddList')}")
    if choice is None:
        return ""
    entries = [val(entry) for entry in choice.findall(w("listEntry"))]
    given = choice.find(w("result"))
    given = given if given is not None else choice.find(w("default"))
    place = integer(val(given, "0"), 0)
    return entries[place] if 0 <= place < len(entries) else ""


def symbol_text(font: str, code: int) -> tuple[str, bool]:
    """The character of a symbol, and whether it is known."""
    look = symbols.shown(font, code)
    return (symbols.private(code), False) if look is None else (look, True)
