"""Automatic list numbers: what Word shows before a paragraph and keeps nowhere as text."""

from __future__ import annotations

import re

from attrs import define, field, frozen

from kpieval.readers.docx.counting import numeral
from kpieval.readers.docx.names import Element, integer, is_on, val, w
from kpieval.readers.docx.styles import Styles

_LEVELS = 9
_LONGEST = 40
_PLACE = re.compile(r"%([1-9])")
_LVL, _ILVL, _NUM = w("lvl"), w("ilvl"), w("num")


@frozen
class Label:
    """What stands before a paragraph; a bullet is no number, and only decorates."""

    text: str
    bullet: bool
    gap: bool


@frozen
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False


@define
class _List:
    abstract: str
    starts: dict[int, int] = field(factory=dict)
    levels: dict[int, _Level] = field(factory=dict)
    used: set[int] = field(factory=set)


@define
class Numbering:
    """The lists of a document, which count as its paragraphs are read in order."""

    abstracts: dict[str, dict[int, _Level]] = field(factory=dict)
    linked: dict[str, str] = field(factory=dict)
    by_style: dict[str, tuple[str, int]] = field(factory=dict)
    lists: dict[str, _List] = field(factory=dict)
    counts: dict[str, list[int | None]] = field(factory=dict)

    @classmethod
    def of(cls, part: Element | None, styles: Styles) -> Numbering:
        """The lists of the part ``numbering.xml``; none when there is no such part."""
        made = cls()
        for element in part if part is not None else ():
            if element.tag == w("abstractNum"):
                made._abstract(element)
            elif element.tag == _NUM:
                made._list(element)
        for abstract, style in made.linked.items():
            found = styles.numbering(style)
            known = made.lists.get(found[0]) if found else None
            if known is not None:
                made.abstracts[abstract] = made.abstracts.get(known.abstract, {})
        return made

    def _abstract(self, element: Element) -> None:
        name = element.get(w("abstractNumId")) or ""
        levels = {}
        for level in element.findall(_LVL):
            place = integer(level.get(_ILVL), 0)
            levels[place] = _level(level)
            style = val(level.find(w("pStyle")))
            if style:
                self.by_style[style] = (name, place)
        self.abstracts[name] = levels
        link = val(element.find(w("numStyleLink")))
        if link:
            self.linked[name] = link

    def _list(self, element: Element) -> None:
        made = _List(val(element.find(w("abstractNumId"))))
        for override in element.findall(w("lvlOverride")):
            place = integer(override.get(_ILVL), 0)
            start = override.find(w("startOverride"))
            level = override.find(_LVL)
            if level is not None:
                made.levels[place] = _level(level)
            if start is not None:
                made.starts[place] = integer(val(start), 1)
        self.lists[element.get(w("numId")) or ""] = made

    def level_of(self, number: str, style: str) -> int:
        """The level of a paragraph that only its style numbers."""
        known = self.lists.get(number)
        abstract, level = self.by_style.get(style, ("", 0))
        return level if known is not None and known.abstract == abstract else 0

    def label(self, number: str, place: int) -> Label | None:
        """The label of the next paragraph of a list; None when it has none. Counts it."""
        known = self.lists.get(number)
        if known is None or not 0 <= place < _LEVELS:
            return None
        levels = self.abstracts.get(known.abstract, {}) | known.levels
        level = levels.get(place)
        if level is None:
            return None
        counts = self.counts.setdefault(known.abstract, [None] * _LEVELS)
        self._count(counts, known, levels, place)
        if level.form == "bullet":
            return Label(level.text, bullet=True, gap=True)
        text = _PLACE.sub(lambda found: _told(levels, counts, int(found[1]) - 1, level), level.text)
        return Label(text[:_LONGEST], bullet=False, gap=level.suffix != "nothing")

    def _count(
        self, counts: list[int | None], known: _List, levels: dict[int, _Level], place: int
    ) -> None:
        level, before = levels[place], counts[place]
        if place in known.starts and place not in known.used:
            counts[place] = known.starts[place]
        else:
            counts[place] = level.start if before is None else before + 1
        known.used.add(place)
        for above in range(place):
            if counts[above] is None and above in levels:
                counts[above] = levels[above].start
        for below in range(place + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            # restart: 0 never, else after this level (from 1); unset after any above.
            if restart is None or (restart and place < restart):
                counts[below] = None


def _told(levels: dict[int, _Level], counts: list[int | None], place: int, level: _Level) -> str:
    count = counts[place]
    if count is None:
        return ""
    form = levels[place].form if place in levels else "decimal"
    return numeral("decimal" if level.legal and form != "decimalZero" else form, count)


def _level(element: Element) -> _Level:
    restart = element.find(w("lvlRestart"))
    legal = element.find(w("isLgl"))
    return _Level(
        start=integer(val(element.find(w("start"))), 0),
        form=val(element.find(w("numFmt")), "decimal"),
        text=val(element.find(w("lvlText"))),
        suffix=val(element.find(w("suff")), "tab"),
        restart=None if restart is None else integer(val(restart), 0),
        legal=legal is not None and is_on(legal),
    )
