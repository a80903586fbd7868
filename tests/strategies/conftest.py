"""The types as Hypothesis knows them where the package is installed with its entry point."""

from __future__ import annotations

from kpieval import hypothesis_entry

hypothesis_entry.register()
