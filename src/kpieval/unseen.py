"""Control and invisible characters of a cell: dropped on a terminal, spelled out everywhere else.

None of them reaches a reader as it is: an escape sequence would steer a terminal, a bidirectional
sign would turn around the text beside it.
"""

from __future__ import annotations

import unicodedata

_BREAKS = "\t\r\n"
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Cn")
_UNSPELLED = (*_UNSEEN, "Zl", "Zp")


def clean(text: str) -> str:
    r"""One line of visible characters: white space collapsed, control characters dropped.

    >>> clean("a\x1b[31mb\n c\u200b")
    'a[31mb c'
    """
    return " ".join(visible(text).split())


def visible(text: str) -> str:
    """The text without control, formatting and unassigned characters; white space stays."""
    if text.isprintable():
        return text
    return "".join(
        char for char in text if char.isspace() or unicodedata.category(char) not in _UNSEEN
    )


def spelled(text: str) -> str:
    r"""One line, white space collapsed, in which control and invisible characters are spelled out.

    >>> print(spelled("a\x1b[31mb\n c\u200b"))
    a\x1b[31mb c\u200b
    """
    return " ".join(spelled_out(text).split())


def spelled_out(text: str, mark: str = "") -> str:
    r"""The text as every form writes it: control and invisible characters spelled out.

    Blanks and lines stay, nothing is dropped, and XML may hold every character of it. ``mark`` is
    put before every one that is spelled out.

    >>> print(spelled_out("a\r\n9\x0b5%  \x1b[31m\ufffe"))
    a
    9\x0b5%  \x1b[31m\ufffe
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isprintable():
        return text
    return "".join(
        char
        if char in _BREAKS or unicodedata.category(char) not in _UNSPELLED
        else mark + char.encode("unicode_escape").decode("ascii")
        for char in text
    )
