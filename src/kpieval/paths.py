"""Parts of file names, as pathlib tells them; to load pathlib is a good part of a start."""

from __future__ import annotations

import os


def suffix(path: str) -> str:
    """The suffix of a file's name, with its dot; "" where there is none.

    >>> suffix("2024/甲.CSV"), suffix(".csv"), suffix("甲.")
    ('.CSV', '', '')
    """
    found = os.path.splitext(path)[1]
    return "" if found == "." else found


def stem(path: str) -> str:
    """The name of a file without its suffix.

    >>> stem("2024/甲.乙.csv"), stem(".csv"), stem("甲.")
    ('甲.乙', '.csv', '甲.')
    """
    return os.path.basename(path).removesuffix(suffix(path))
