"""Lines of standard input, as they come."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from kpieval.errors import EncodingError


def lines() -> Iterator[str]:
    """Every line without its end; a byte order mark at the start is no part of the first."""
    for number, data in enumerate(sys.stdin.buffer, 1):
        try:
            text = data.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as fault:
            raise EncodingError(where=f"stdin:{number}", reason=fault.reason) from fault
        yield text.rstrip("\r\n")
