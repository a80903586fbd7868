"""The JSON Schemas (draft 2020-12) of everything that goes into kpieval and comes out of it.

Each is a file beside this module. :func:`load` puts the schemas that one refers to inside it, so
that it stands alone.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["load", "names"]

_URN = "urn:kpieval:1:"
_SHARED = "common"
"""Definitions that only other schemas use."""


@cache
def names() -> tuple[str, ...]:
    """The names of all schemas.

    >>> {"parse", "score", "constraint"} <= set(names())
    True
    """
    found = sorted(file.stem for file in Path(__file__).parent.glob("*.json"))
    return tuple(name for name in found if name != _SHARED)


def load(name: str) -> dict[str, Any]:
    """The schema of that name, complete in itself.

    >>> load("constraint")["$id"]
    'urn:kpieval:1:constraint'
    """
    if name not in names():
        raise ValueError(f"no schema {name!r}; there are {', '.join(names())}")
    schema = _file(name)
    needed = _needed(schema, {name})
    if needed:
        # Each keeps its own $id: a reference finds it wherever it stands.
        schema.setdefault("$defs", {}).update({other: _file(other) for other in sorted(needed)})
    return schema


def _file(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_text("utf-8"))
    return found


def _needed(schema: dict[str, Any], known: set[str]) -> set[str]:
    """The names of the schemas that this one refers to, and those refer to in turn."""
    found: set[str] = set()
    for name in _references(schema):
        if name not in known | found:
            found.add(name)
            found |= _needed(_file(name), known | found)
    return found


def _references(node: object) -> set[str]:
    if isinstance(node, list):
        return set().union(*map(_references, node))
    if not isinstance(node, dict):
        return set()
    own = node.get("$ref")
    here = set()
    if isinstance(own, str) and own.startswith(_URN):
        here.add(own.removeprefix(_URN).partition("#")[0])
    return here.union(*map(_references, node.values()))
