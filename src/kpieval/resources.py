"""Where the grammar files lie: inside the installed package, or beside ``src/`` in a checkout.

And reading lists of the package, TOML and units. An installed package has a JSON twin beside each,
for that is read ten times as fast; a twin of another text than the file's is left alone.
"""

from __future__ import annotations

import functools
import json
import os
import zlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = [
    "grammar_dir",
    "grammar_lists",
    "grammar_parsed",
    "grammar_text",
    "parsed",
    "read_toml",
    "twin",
]

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


def grammar_parsed(name: str, parse: Callable[[str], Any]) -> Any:
    """Return what ``parse`` makes of one grammar file: something that JSON can hold."""
    return parsed(os.path.join(_folder(), name), parse)


def grammar_lists(name: str) -> dict[str, Any]:
    """Return the word lists of one TOML file of the grammar.

    >>> "stated" in grammar_lists("context.toml")
    True
    """
    return read_toml(os.path.join(_folder(), name))


def read_toml(path: str) -> dict[str, Any]:
    """Return the content of a TOML file of the package."""
    content: dict[str, Any] = parsed(path, _toml)
    return content


def _toml(text: str) -> dict[str, Any]:
    import tomllib  # an installed package does without

    return tomllib.loads(text)


def parsed(path: str, parse: Callable[[str], Any]) -> Any:
    """Return what ``parse`` makes of a file of the package, by its twin where there is one.

    It must be what JSON can hold.
    """
    with open(path, "rb") as file:
        text = file.read()
    try:
        with open(os.path.splitext(path)[0] + TWIN, "rb") as file:
            found = json.load(file)
        if found["of"] == zlib.crc32(text):
            return found["content"]
    except (OSError, ValueError, LookupError, TypeError):
        pass  # no twin, or none that can be used
    return parse(text.decode("utf-8"))


def twin(path: str, parse: Callable[[str], Any] = _toml) -> bytes:
    """Return the twin of a file, as it is laid beside it when the package is built."""
    with open(path, "rb") as file:
        made = {"of": zlib.crc32(file.read()), "content": parsed(path, parse)}
    return json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
