"""Cells of CSV that a spreadsheet would run, and the apostrophe that keeps it from running them."""

from __future__ import annotations

import re

_RISKY = re.compile(r"'*[=+\-@\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?%?", re.ASCII)


def is_risky(cell: str) -> bool:
    """Whether a spreadsheet could run the cell, or the reader would take its apostrophe off.

    >>> is_risky("=100%"), is_risky("-2.5"), is_risky("'=1"), is_risky("≥90%")
    (True, False, True, False)
    """
    return _RISKY.match(cell) is not None and not _NUMBER.fullmatch(cell)


def guarded(cell: str) -> str:
    """The cell, with an apostrophe before it where it is risky.

    >>> guarded("=100%"), guarded("-2.5")
    ("'=100%", '-2.5')
    """
    return f"'{cell}" if is_risky(cell) else cell
