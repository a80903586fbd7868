"""What of a web page is text, and how a screen shows its white space."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import Enum, auto
from typing import Any

from kpieval.readers.grid import OBJECT

BREAK = "\0"
"""A line break; no text of a page can hold it."""

SILENT = frozenset(
    (
        *("script", "style", "template", "head", "title", "noscript"),
        *("map", "colgroup", "col", "datalist", "audio"),
    )
)
_PICTURES = frozenset(("img", "svg", "object", "canvas", "iframe", "video", "math", "applet"))
"""What shows something that is no text of the page; in equations, figures stand at heights."""
CELLS = frozenset(("td", "th", "tr", "thead", "tbody", "tfoot", "table"))
BLOCKS = frozenset(
    (
        *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("form", "section", "article", "header", "footer", "nav", "aside", "main", "pre"),
        *("address", "center", "blockquote", "caption", "fieldset", "legend", "figure"),
        *("figcaption", "tr", "option"),
    )
)
_HAN = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
_WRAPPED = re.compile(rf"(?<={_HAN})[ \t\r\f]*\n[ \t\r\f\n]*(?={_HAN})")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_LENGTH = r"(?=[0-9.]*[1-9])[0-9.]+(?:px|pt|em|rem|ex|%)"
_STYLE = re.compile(r"<style[^>]{0,500}>(.*?)</style", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"([^{}]{0,2000})\{([^{}]*)\}")
_PLAIN = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.IGNORECASE)


class Look(Enum):
    """What changes how the text of an element is read."""

    HIDDEN = auto()
    STRUCK = auto()
    RAISED = auto()
    LOWERED = auto()


Rules = dict[str, frozenset[Look]]
"""By class (``.name``) or id (``#name``)."""

_BY_TAG = {
    **dict.fromkeys(("del", "s", "strike"), Look.STRUCK),
    "sup": Look.RAISED,
    "sub": Look.LOWERED,
}
_DECLARED = {
    Look.HIDDEN: re.compile(
        r"(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all)(?:!|;|$)"
    ),
    Look.STRUCK: re.compile(r"text-decoration(?:-line)?:[^;]*line-through"),
    Look.RAISED: re.compile(rf"vertical-align:(?:super|\+?{_LENGTH})"),
    Look.LOWERED: re.compile(rf"vertical-align:(?:sub|-{_LENGTH})"),
}


def collapsed(pieces: Iterable[str]) -> str:
    """The pieces as shown: white space is one space, none where the source breaks Chinese text.

    >>> collapsed(["补助\\n  人员", " ", "≥ 90%", BREAK, " 全年 "])
    '补助人员 ≥ 90%\\n全年'
    """
    lines = "".join(pieces).split(BREAK)
    shown = (_SPACE.sub(" ", _WRAPPED.sub("", line)).strip(" ") for line in lines)
    return "\n".join(line for line in shown if line)


def whole(element: Any) -> str:
    """All text in an element, for notes."""
    return collapsed([str(text) for text in element.itertext()])


def looks_of(element: Any, rules: Rules) -> frozenset[Look]:
    """What changes how an element is read: by its name, its attributes, the rules of the page."""
    tag = element.tag.lower()
    own = {_BY_TAG[tag]} if tag in _BY_TAG else set()
    if element.get("hidden") is not None:
        own.add(Look.HIDDEN)
    own |= _declared(element.get("style") or "")
    for name in (element.get("class") or "").split():
        own |= rules.get(f".{name}", frozenset())
    own |= rules.get(f"#{element.get('id')}", frozenset())
    if tag in CELLS:
        # In a cell of a table such a height says only where the text stands.
        own -= {Look.RAISED, Look.LOWERED}
    return frozenset(own)


def _declared(style: str) -> set[Look]:
    squeezed = re.sub(r"\s*([:;!])\s*", r"\1", " ".join(style.lower().split()))
    return {look for look, pattern in _DECLARED.items() if pattern.search(squeezed)}


def rules_of(text: str) -> Rules:
    """The looks that a style of the page gives to classes and ids, where it holds everywhere.

    >>> found = rules_of("<style>.a, td.b {display: none} .c{color:red}</style>")
    >>> [(name, *looks) for name, looks in sorted(found.items())]
    [('.a', <Look.HIDDEN: 1>), ('.b', <Look.HIDDEN: 1>)]
    """
    found: dict[str, frozenset[Look]] = {}
    for style in _STYLE.finditer(text):
        rules = _without_media(re.sub(r"/\*.*?\*/|<!--|-->", "", style[1], flags=re.DOTALL))
        for rule in _RULE.finditer(rules):
            looks = frozenset(_declared(rule[2]))
            if looks:
                names = (_PLAIN.fullmatch(one.strip()) for one in rule[1].split(","))
                for name in filter(None, names):
                    found[name[1]] = found.get(name[1], frozenset()) | looks
    return found


def _without_media(style: str) -> str:
    """The rules that hold everywhere: those inside @media and the like are for other cases."""
    kept: list[str] = []
    depth = inside = 0
    for piece in re.split(r"([{}])", style):
        if piece == "{":
            depth += 1
        elif piece == "}":
            depth -= 1
        if not inside and piece == "{" and kept and kept[-1].strip().startswith("@"):
            kept.pop()
            inside = depth
        elif inside and depth < inside:
            inside = 0
        elif not inside:
            kept.append(piece)
    return "".join(kept)


def replaced(tag: str, element: Any) -> str | None:
    """What an element without text of its own shows; None for every other element.

    A picture is a character that no value may hold: what it shows cannot be read.
    """
    match tag:
        case _ if tag in _PICTURES:
            return picture(element)
        case "input":
            kind = (element.get("type") or "text").lower()
            shown = kind in ("text", "number", "date", "tel", "email", "search", "url", "month")
            return element.get("value") or "" if shown else ""
        case "select":
            options = element.findall(".//option")
            chosen = [option for option in options if option.get("selected") is not None]
            return whole((chosen or options)[0]) if options else ""
        case _:
            return None


def picture(element: Any) -> str:
    """What stands for a picture."""
    return "" if _is_spacer(element) else OBJECT


def _is_spacer(image: Any) -> bool:
    """Whether a picture says nothing: marked so, or one point wide or high."""
    small = {image.get("width"), image.get("height")} & {"0", "1", "1px", "0px"}
    return image.get("alt") == "" or bool(small)
