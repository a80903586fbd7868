"""Linting: what should be mended in the targets of a table before it is approved."""

from kpieval.findings import Finding
from kpieval.linting.config import DEFAULTS, Exemption, LintConfig
from kpieval.linting.history import History
from kpieval.linting.rule import Rule
from kpieval.linting.running import lint_project, lint_tables

__all__ = [
    "DEFAULTS",
    "Exemption",
    "Finding",
    "History",
    "LintConfig",
    "Rule",
    "lint_project",
    "lint_tables",
]
