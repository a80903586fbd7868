"""``python -m kpieval``."""

from __future__ import annotations

import sys

from kpieval.cli import main

if __name__ == "__main__":
    sys.exit(main())
