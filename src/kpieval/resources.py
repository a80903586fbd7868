"""Where the grammar files lie: inside the installed package, or beside ``src/`` in a checkout.

And reading the lists of words. An installed package has a JSON twin beside each TOML file that a
start needs, for it is read ten times as fast; a twin of another text than the file's is left alone.
"""

from __future__ import annotations

import functools
import json
import zlib
from pathlib import Path
from typing import Any

__all__ = ["grammar_dir", "grammar_text", "read_toml", "twin"]

TWIN = ".json"
"""What the name of a twin ends in."""


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


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file of the package, by its twin where there is one.

    >>> "stated" in read_toml(grammar_dir() / "context.toml")
    True
    """
    text = path.read_bytes()
    try:
        found = json.loads(path.with_suffix(TWIN).read_bytes())
        if found["of"] == zlib.crc32(text):
            content: dict[str, Any] = found["content"]
            return content
    except (OSError, ValueError, LookupError, TypeError):
        pass  # no twin, or none that can be used
    # Here and not above: an installed package does without.
    import tomllib

    return tomllib.loads(text.decode("utf-8"))


def twin(path: Path) -> bytes:
    """The twin of a TOML file, as it is laid beside it when the package is built."""
    made = {"of": zlib.crc32(path.read_bytes()), "content": read_toml(path)}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
