"""Where the grammar files lie: inside the installed package, or beside ``src/`` in a checkout."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["grammar_dir", "grammar_text"]


def _locate(module: str | os.PathLike[str]) -> str:
    """Return the grammar folder that belongs to the module file ``module``."""
    package = os.path.dirname(module)
    # A wheel carries the files inside the package; an editable install and a plain checkout
    # read them where they are edited, so that a new unit counts at once.
    tree = os.path.dirname(os.path.dirname(package))
    places = [os.path.join(each, "grammar") for each in (package, tree)]
    found = next((place for place in places if os.path.isdir(place)), None)
    if found is None:
        raise RuntimeError(
            f"the grammar files of kpieval are missing (looked in {', '.join(places)}); "
            "the installation is incomplete, install kpieval again"
        )
    return found


@functools.cache
def _folder() -> str:
    return _locate(os.path.realpath(__file__))


def grammar_dir() -> Path:
    """Return the folder with ``units.txt`` and the ``.lark`` files.

    >>> (grammar_dir() / "units.txt").is_file()
    True
    """
    from pathlib import Path

    return Path(_folder())


def grammar_text(name: str) -> str:
    """Return the text of one grammar file.

    >>> "千瓦时" in grammar_text("units.txt")
    True
    """
    with open(os.path.join(_folder(), name), encoding="utf-8") as file:
        return file.read()
