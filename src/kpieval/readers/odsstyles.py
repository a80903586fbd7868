"""Styles of OpenDocument spreadsheets: which of them hide a sheet, strike text or move it."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import define, field

from kpieval.readers.runs import Font

_DEEPEST = 20
_FAMILIES = {"table-cell": "cell", "text": "text", "paragraph": "text"}


@define
class Look:
    """What a style says itself; None where it leaves it to the one that it is based on."""

    parent: str = ""
    struck: bool | None = None
    moved: Font | None = None

    def over(self, other: Look) -> Look:
        """This look where it says something, else the other's."""
        struck = other.struck if self.struck is None else self.struck
        return Look("", struck, other.moved if self.moved is None else self.moved)

    @property
    def font(self) -> Font:
        """What of the look changes what is read; being struck comes first."""
        return Font.STRUCK if self.struck else self.moved or Font.PLAIN


@define
class Styles:
    """The elements of styles in, looks out; those of cells and of text have names of their own."""

    hidden: set[str] = field(factory=set)
    known: dict[tuple[str, str], Look] = field(factory=dict)
    looks: dict[tuple[str, str], Look] = field(factory=dict)
    name: str = ""
    open: Look | None = None

    def start(self, element: str, held: Mapping[str, str]) -> None:
        """Take the start of an element, with its attributes by their local names."""
        match element:
            case "style":
                self._style(held)
            case "default-style":
                self.open = None
            case "table-properties" if held.get("display") == "false":
                self.hidden.add(self.name)
            case "text-properties" if self.open is not None:
                _take(self.open, held)

    def _style(self, held: Mapping[str, str]) -> None:
        self.name = held.get("name", "")
        family = _FAMILIES.get(held.get("family", "text"), "")
        self.open = Look(held.get("parent-style-name", ""))
        self.known[family, self.name] = self.open

    def look(self, family: str, name: str) -> Look:
        """The look that a style gives, with those it is based on."""
        key = family, name
        if key not in self.looks:
            self.looks[key] = self._whole(family, name)
        return self.looks[key]

    def _whole(self, family: str, name: str) -> Look:
        look = Look()
        for _ in range(_DEEPEST):
            style = self.known.get((family, name))
            if style is None:
                break
            look, name = look.over(style), style.parent
        return look


def _take(look: Look, held: Mapping[str, str]) -> None:
    lines = [held.get(f"text-line-through-{part}") for part in ("style", "type")]
    if any(lines):
        # Either alone says it; LibreOffice leaves the style out of what it writes for runs.
        look.struck = "none" not in lines
    place = held.get("text-position", "").split()
    if place:
        look.moved = _moved(place[0])


def _moved(place: str) -> Font:
    """The height of text: by a word, or by per cent of its size above or below the line.

    >>> [str(_moved(place)) for place in ("super", "33%", "-8%", "0%")]
    ['^', '^', '_', '+']
    """
    if place == "super":
        return Font.RAISED
    if place == "sub" or place.startswith("-"):
        return Font.LOWERED
    return Font.RAISED if place.strip("+0.%") else Font.PLAIN
