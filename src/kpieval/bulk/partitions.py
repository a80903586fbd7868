"""A folder of files scored into another folder: what is to be done, and what was done before."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any

from attrs import frozen

from kpieval.bulk.files import FORMATS
from kpieval.policies import Policy
from kpieval.readers.faults import Unreadable
from kpieval.versions import SEMANTICS_VERSION

LEDGER = "kpieval-bulk.json"
"""The file of the output folder that says which partitions are done."""


@frozen
class Partition:
    """A file to score, and where its rows go."""

    source: str
    output: str
    name: str

    @property
    def stamp(self) -> list[int]:
        """What changes when the file does: its size and its time."""
        found = os.stat(self.source)
        return [found.st_size, found.st_mtime_ns]


def partitions(folder: str, output: str) -> list[Partition]:
    """The files below a folder by their names, each with its place below the output.

    Raises UnreadableFileError where there are none.
    """
    found = [
        path
        for path in sorted(Path(folder).rglob("*"))
        if path.suffix.lower() in FORMATS and path.is_file() and not path.name.startswith(".")
    ]
    if not found:
        raise Unreadable("folder", path=folder, known=" ".join(FORMATS))
    names = [PurePath(os.path.relpath(path, folder)) for path in found]
    return [
        Partition(str(path), str(Path(output) / name), name.as_posix())
        for path, name in zip(found, names, strict=True)
    ]


def settings(policy: Policy, year: int | None, *, allocate: bool = False) -> dict[str, object]:
    """What a finished partition hangs on beside its file."""
    return {
        "policy": repr(policy),
        "year": year,
        "allocate_weights": allocate,
        "semantics_version": SEMANTICS_VERSION,
    }


def done_before(output: str, chosen: Mapping[str, object]) -> dict[str, list[int]]:
    """The stamps of the partitions that are finished, if they were scored by the same settings."""
    try:
        known: Any = json.loads((Path(output) / LEDGER).read_text("utf-8"))
        if known["settings"] != dict(chosen):
            return {}
        stamps: dict[str, list[int]] = dict(known["partitions"])
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return {name: stamp for name, stamp in stamps.items() if (Path(output) / name).is_file()}


def ledger(chosen: Mapping[str, object], done: Mapping[str, list[int]]) -> str:
    """The text of the ledger.

    >>> ledger({"year": 2024}, {"a.parquet": [1, 2]})
    '{"settings": {"year": 2024}, "partitions": {"a.parquet": [1, 2]}}\\n'
    """
    whole = {"settings": dict(chosen), "partitions": dict(done)}
    return json.dumps(whole, ensure_ascii=False) + "\n"
