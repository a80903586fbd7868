"""What the characters of symbol fonts look like, as characters of Unicode.

Word keeps such a character by its place in the font (F0B3 for the place B3), so its look depends
on the font alone: ``≥`` in Symbol, and a drawing in Wingdings.
"""

from __future__ import annotations

_SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"
    "\0αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼\0"
)
_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…\0\0↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"
_SYMBOL = {
    0x20 + place: sign for place, sign in enumerate(_SYMBOL_LOW) if sign != "\0"
} | {0xA0 + place: sign for place, sign in enumerate(_SYMBOL_HIGH) if sign != "\0"}  # fmt: skip
_SYMBOL |= {0xF1: "〉", 0xF2: "∫"}

_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x72: "❒",
    0x75: "◆",
    0x76: "❖",
    0x77: "⬥",
    0x9F: "•",
    0xA1: "○",
    0xA7: "▪",
    0xA8: "◻",
    0xAB: "★",
    0xB2: "☆",
    0xD8: "➢",
    0xDF: "←",
    0xE0: "→",
    0xE1: "↑",
    0xE2: "↓",
    0xE8: "➔",
    0xF0: "⇨",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x4A: "☺",
    0x4C: "☹",
    0x20: " ",
    # Circled numbers from nothing to ten.
    0x80: "⓪",
    0x8B: "⓿",
    **{0x81 + n: chr(0x2460 + n) for n in range(10)},
    **{0x8C + n: chr(0x2776 + n) for n in range(10)},
}
_WINGDINGS_2 = {
    0x4F: "✗",
    0x50: "✓",
    0x51: "☒",
    0x52: "☑",
    0x53: "☒",
    0x54: "☒",
    0x96: "•",
    0xA3: "☐",
    0x20: " ",
}
_WINGDINGS_3 = {0x20: " "}
_WEBDINGS = {0x61: "✔", 0x72: "✗", 0x63: "□", 0x67: "■", 0x3D: "●", 0x20: " "}

_FONTS = {
    "symbol": _SYMBOL,
    "wingdings": _WINGDINGS,
    "wingdings 2": _WINGDINGS_2,
    "wingdings 3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
    "mt extra": {0x20: " "},
    "euclid symbol": _SYMBOL,
    "monotype sorts": {0x20: " "},
    "zapfdingbats": {0x20: " "},
}
MARKS = (b"ymbol", b"YMBOL", b"dings", b"DINGS", b"MT Extra", b"Sorts", b"Zapf")
"""Pieces of the fonts' names, for looking whether a document names any of them."""

_PRIVATE = 0xF000


def is_symbol_font(font: str) -> bool:
    """Whether the characters of a font are pictures of their own.

    >>> is_symbol_font("Wingdings 2"), is_symbol_font("宋体")
    (True, False)
    """
    return font.lower() in _FONTS


def shown(font: str, code: int) -> str | None:
    """The character that a font shows for a code; None when it is not known.

    >>> shown("Symbol", 0xF0B3), shown("Symbol", 0xA3), shown("Wingdings", 0xF021)
    ('≥', '≤', None)
    """
    table = _FONTS.get(font.lower())
    if table is None:
        return None if _PRIVATE <= code < _PRIVATE + 0x100 else _character(code)
    return table.get(code - _PRIVATE if code >= _PRIVATE else code)


def private(code: int) -> str:
    """A character for a sign that nobody knows, which no value may hold: it is never guessed."""
    return chr(_PRIVATE + (code & 0xFF))


def _character(code: int) -> str | None:
    valid = 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000
    return chr(code) if valid else None


def in_font(text: str, font: str, latin: bool) -> tuple[str, list[str], list[str]]:
    """The text as the symbol font shows it, the signs that were told, and the unknown codes.

    ``latin`` says whether the font holds for the letters and digits of ASCII, too.
    """
    known: list[str] = []
    unknown: list[str] = []
    made = []
    for sign in text:
        code = ord(sign)
        private_use = _PRIVATE + 0x20 <= code < _PRIVATE + 0x100
        if not (private_use or 0xA0 <= code < 0x100 or (latin and 0x20 <= code < 0x7F)):
            made.append(sign)
            continue
        look = shown(font, code)
        if look is None:
            unknown.append(f"{font} {code & 0xFF:02X}")
            made.append(private(code))
            continue
        if look != sign:
            known.append(look)
        made.append(look)
    return "".join(made), known, unknown
