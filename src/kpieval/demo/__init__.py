"""The bundled example: five real target tables of 2024 (Tianjin), with made-up actuals.

The targets were published by the Tianjin federation of industry and commerce. Every actual,
spending and decision beside them is invented, and says so in its column 说明.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["YEAR", "actuals_file", "targets_file"]

YEAR = 2024


def targets_file() -> Path:
    """The published target tables, as text."""
    return Path(__file__).parent / "targets.txt"


def actuals_file() -> Path:
    """The made-up actuals."""
    return Path(__file__).parent / "actuals.csv"
