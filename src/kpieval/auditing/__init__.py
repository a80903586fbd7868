"""The audit of published self-evaluations: recompute every score, say which do not follow."""

from kpieval.auditing.limits import Limits
from kpieval.auditing.results import (
    AuditedProject,
    AuditedRow,
    Checked,
    Rule,
)
from kpieval.auditing.running import audit_project, audit_tables
from kpieval.findings import Finding, Severity

__all__ = [
    "AuditedProject",
    "AuditedRow",
    "Checked",
    "Finding",
    "Limits",
    "Rule",
    "Severity",
    "audit_project",
    "audit_tables",
]
