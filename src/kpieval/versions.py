"""The versions that every result carries."""

PACKAGE_VERSION = "0.1.0"
"""The version of kpieval; the build reads it here, for asking the installation for it is slow."""

SCHEMA_VERSION = "1"
"""The form of the JSON documents; it rises when a consumer of them must change."""

SEMANTICS_VERSION = "1"
"""What texts mean and how points are made; it rises when any reading, verdict or score changes."""
