"""Where the grammar files lie: inside the installed package, or beside ``src/`` in a checkout."""

from __future__ import annotations

import functools
from pathlib import Path

__all__ = ["grammar_dir", "grammar_text"]


def _locate(module: Path) -> Path:
    """Return the grammar folder that belongs to the module file ``module``."""
    # A wheel carries the files inside the package; an editable install and a plain checkout
    # read them where they are edited, so that a new unit counts at once.
    inside = module.parent / "grammar"
    if inside.is_dir():
        return inside
    tree = module.parents[2:3]
    beside = [parent / "grammar" for parent in tree if (parent / "grammar").is_dir()]
    if beside:
        return beside[0]
    looked = ", ".join(str(place) for place in (inside, *(parent / "grammar" for parent in tree)))
    raise RuntimeError(
        f"the grammar files of kpieval are missing (looked in {looked}); "
        "the installation is incomplete, install kpieval again"
    )


@functools.cache
def grammar_dir() -> Path:
    """Return the folder with ``units.txt`` and the ``.lark`` files.

    >>> (grammar_dir() / "units.txt").is_file()
    True
    """
    return _locate(Path(__file__).resolve())


def grammar_text(name: str) -> str:
    """Return the text of one grammar file.

    >>> "千瓦时" in grammar_text("units.txt")
    True
    """
    return (grammar_dir() / name).read_text(encoding="utf-8")
