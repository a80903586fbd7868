"""Styles: which of them hide, strike or raise text, set a symbol font, or number paragraphs."""

from __future__ import annotations

from typing import Any

from attrs import define, evolve, field, frozen

from kpieval.readers.docx.names import P_PR, R_PR, Element, integer, is_on, val, w
from kpieval.readers.docx.symbols import is_symbol_font

_VANISH, _STRIKES = w("vanish"), frozenset((w("strike"), w("dstrike")))
_VERT, _FONTS, _RTL = w("vertAlign"), w("rFonts"), w("rtl")
POSITION = w("position")
LOOKS = (_VANISH, *_STRIKES, _VERT, POSITION, _FONTS, _RTL, w("rStyle"))
"""The properties of a run that change what a person reads."""

_FACES = (w("hAnsi"), w("ascii"), w("eastAsia"), w("cs"))
_DEEPEST = 20


@frozen
class Look:
    """How a run looks, as far as it matters; None is what it does not say itself."""

    hidden: bool | None = None
    struck: bool | None = None
    height: str | None = None
    position: int | None = None
    """How far above the line, in half points."""
    font: str | None = None
    """A symbol font, or "" for any other."""
    latin: bool | None = None
    """Whether the symbol font holds for ASCII, too."""
    rtl: bool | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, else the other's."""
        said = {name: value for name in _NAMES if (value := getattr(self, name)) is not None}
        return evolve(other, **said) if said else other

    def beside(self, other: Look) -> Look:
        """The looks of two kinds of style together: two that both hide a text show it."""
        joint = self.over(other)
        if self.hidden is not None and other.hidden is not None:
            joint = evolve(joint, hidden=self.hidden != other.hidden)
        if self.struck is not None and other.struck is not None:
            joint = evolve(joint, struck=self.struck != other.struck)
        return joint

    @property
    def is_plain(self) -> bool:
        """Whether the text is simply shown."""
        shifted = self.height or self.position
        return not (self.hidden or self.struck or shifted or self.font or self.rtl)


_NAMES = ("hidden", "struck", "height", "position", "font", "latin", "rtl")
PLAIN = Look()


def look_of(properties: Element) -> Look:
    """What the properties of a run say of its look themselves, its style left out."""
    said: dict[str, Any] = {}
    for child in properties:
        tag = child.tag
        if tag == _VANISH:
            said["hidden"] = is_on(child)
        elif tag in _STRIKES:
            said["struck"] = bool(said.get("struck")) or is_on(child)
        elif tag == _VERT:
            height = val(child)
            said["height"] = height if height in ("superscript", "subscript") else ""
        elif tag == POSITION:
            said["position"] = integer(val(child), 0)
        elif tag == _FONTS:
            said |= _font(child)
        elif tag == _RTL:
            said["rtl"] = is_on(child)
    return evolve(PLAIN, **said) if said else PLAIN


def _font(fonts: Element) -> dict[str, Any]:
    faces = {name: fonts.get(name) for name in _FACES}
    if not any(faces.values()):
        return {}
    symbol = next((face for face in faces.values() if face and is_symbol_font(face)), "")
    return {"font": symbol, "latin": is_symbol_font(faces[w("ascii")] or "")}


@define
class _Style:
    look: Look = PLAIN
    based: str = ""
    number: str | None = None
    level: int | None = None


@define
class Styles:
    """The styles of a document by their ids."""

    known: dict[str, _Style] = field(factory=dict)
    base: Look = PLAIN
    """The look of paragraphs that name no style."""
    looks: dict[str, Look] = field(factory=dict)

    @classmethod
    def of(cls, part: Element | None) -> Styles:
        """The styles of the part ``styles.xml``; none when there is no such part."""
        styles = cls()
        default = ""
        for element in part if part is not None else ():
            if element.tag != w("style"):
                continue
            name = element.get(w("styleId")) or ""
            styles.known[name] = _style(element)
            if element.get(w("type")) == "paragraph" and element.get(w("default")) in ("1", "true"):
                default = name
        styles.base = styles.look(default)
        return styles

    def look(self, name: str) -> Look:
        """The look that a style gives, with those it is based on."""
        if name not in self.looks:
            look = PLAIN
            for style in self._chain(name):
                look = look.over(style.look)
            self.looks[name] = look
        return self.looks[name]

    def numbering(self, name: str) -> tuple[str, int | None] | None:
        """The list that paragraphs of a style belong to, and their level if it says one."""
        for style in self._chain(name):
            if style.number is not None:
                return style.number, style.level
        return None

    def _chain(self, name: str) -> list[_Style]:
        chain: list[_Style] = []
        style = self.known.get(name)
        while style is not None and len(chain) < _DEEPEST:
            chain.append(style)
            style = self.known.get(style.based)
        return chain

    def matters(self, name: str) -> bool:
        """Whether a style changes what is read."""
        return not self.look(name).is_plain or self.numbering(name) is not None


def _style(element: Element) -> _Style:
    style = _Style(based=val(element.find(w("basedOn"))))
    properties = element.find(R_PR)
    if properties is not None:
        style.look = look_of(properties)
    numbered = element.find(f"{P_PR}/{w('numPr')}")
    if numbered is not None:
        style.number = val(numbered.find(w("numId"))) or None
        level = numbered.find(w("ilvl"))
        style.level = None if level is None else integer(val(level), 0)
    return style
