"""What of a web page is text, and how a screen shows its white space."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from kpieval.readers.grid import OBJECT

BREAK = "\0"
"""A line break; no text of a page can hold it."""

SILENT = frozenset(
    (
        *("script", "style", "template", "head", "title", "noscript", "object", "iframe", "svg"),
        *("map", "colgroup", "col", "datalist", "audio", "video", "canvas", "embed"),
    )
)
DELETED = frozenset(("del",))
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
_HIDING = re.compile(r"(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all)(?:!|;|$)")
_STYLE = re.compile(r"<style[^>]{0,500}>(.*?)</style", re.IGNORECASE | re.DOTALL)
_RULE = re.compile(r"([^{}]{0,2000})\{([^{}]*)\}")
_PLAIN = re.compile(r"[a-z0-9]*([.#][\w-]+)", re.IGNORECASE)


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


def is_hidden(element: Any, names: frozenset[str]) -> bool:
    """Whether the page hides an element: by attribute, by its style, by a plain rule of its own."""
    if element.get("hidden") is not None:
        return True
    style = "".join((element.get("style") or "").lower().split())
    if _HIDING.search(style):
        return True
    own = {f".{name}" for name in (element.get("class") or "").split()}
    return not names.isdisjoint(own | {f"#{element.get('id')}"})


def hidden_names(text: str) -> frozenset[str]:
    """The classes and ids that a style of the page hides, whatever the medium is not named for.

    >>> sorted(hidden_names("<style>.a, td.b {display: none} .c{color:red}</style>"))
    ['.a', '.b']
    """
    found: set[str] = set()
    for style in _STYLE.finditer(text):
        rules = _without_media(re.sub(r"/\*.*?\*/|<!--|-->", "", style[1], flags=re.DOTALL))
        for rule in _RULE.finditer(rules):
            if _HIDING.search("".join(rule[2].lower().split())):
                names = (_PLAIN.fullmatch(one.strip()) for one in rule[1].split(","))
                found |= {name[1] for name in names if name}
    return frozenset(found)


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
        case "img":
            return "" if _is_spacer(element) else OBJECT
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


def _is_spacer(image: Any) -> bool:
    """Whether a picture says nothing: marked so, or one point wide or high."""
    small = {image.get("width"), image.get("height")} & {"0", "1", "1px", "0px"}
    return image.get("alt") == "" or bool(small)
