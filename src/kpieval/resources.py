"""Where the grammar files lie: inside the installed package, or beside ``src/`` in a checkout.

And reading TOML files of the package. An installed package has a JSON twin beside each, for that is
read ten times as fast; a twin of another text than the file's is left alone.
"""

from __future__ import annotations

import functools
import json
import os
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["grammar_dir", "grammar_lists", "grammar_text", "read_toml", "twin"]

TWIN = ".json"
"""What the name of a twin ends in."""


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


def grammar_lists(name: str) -> dict[str, Any]:
    """Return the word lists of one TOML file of the grammar.

    >>> "stated" in grammar_lists("context.toml")
    True
    """
    return read_toml(os.path.join(_folder(), name))


def read_toml(path: str) -> dict[str, Any]:
    """Return the content of a TOML file of the package, by its twin where there is one."""
    with open(path, "rb") as file:
        text = file.read()
    try:
        with open(path.removesuffix(".toml") + TWIN, "rb") as file:
            found = json.load(file)
        if found["of"] == zlib.crc32(text):
            content: dict[str, Any] = found["content"]
            return content
    except (OSError, ValueError, LookupError, TypeError):
        pass  # no twin, or none that can be used
    # Here and not above: an installed package does without.
    import tomllib

    return tomllib.loads(text.decode("utf-8"))


def twin(path: str) -> bytes:
    """Return the twin of a TOML file, as it is laid beside it when the package is built."""
    with open(path, "rb") as file:
        made = {"of": zlib.crc32(file.read()), "content": read_toml(path)}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
