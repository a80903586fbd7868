"""Where coverage is measured: limits of time, memory and files are for the program, not for that."""

from __future__ import annotations

import os

SLOWER = 6 if os.environ.get("COVERAGE_RUN") else 1
"""How many times as long a measured program may take."""


def untraced() -> dict[str, str]:
    """This environment, without what makes coverage measure a child, too."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
