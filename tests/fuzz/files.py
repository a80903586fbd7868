"""What the grids of a file show."""

from __future__ import annotations

from kpieval.readers.grid import Sheets


def told(sheets: Sheets) -> str:
    """The texts of all cells, each apart from the next."""
    return "\0".join(cell for grid in sheets.grids for row in grid.rows for cell in row.cells)
