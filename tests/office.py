"""What the tests of written files share: the bundled tables as arguments, places in a sheet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from kpieval import demo

Kpieval = Callable[..., str]
"""Runs the command, which must succeed, and gives what it printed."""

Written = Callable[[str], Path]
"""Makes a file of that name."""

DEMO = (str(demo.targets_file()), "--year", "2024")


def places(sheet: Any) -> dict[str, tuple[int, int]]:
    """Where each text of a sheet stands (row, column), white space left out."""
    return {
        "".join(str(cell.value).split()): (cell.row, cell.column)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def fill(sheet: Any, name: str, values: dict[str, str]) -> None:
    """Write values into the row of an indicator, each under its header, as text."""
    known = places(sheet)
    for header, text in values.items():
        cell = sheet.cell(known[name][0], known[header][1])
        cell.value, cell.data_type = text, "s"
