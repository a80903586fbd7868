"""The versions that every result carries."""

from __future__ import annotations

from functools import cache

SCHEMA_VERSION = "1"
"""The form of the JSON documents; it rises when a consumer of them must change."""

SEMANTICS_VERSION = "1"
"""What texts mean and how points are made; it rises when any reading, verdict or score changes."""

UNKNOWN = "0+unknown"


@cache
def package_version() -> str:
    """The installed version of kpieval, or ``0+unknown`` when it runs without being installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("kpieval")
    except PackageNotFoundError:
        return UNKNOWN
