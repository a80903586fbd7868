"""Monitoring: how rows and spending stand against the calendar before the year is over."""

from __future__ import annotations

from kpieval.monitoring.projects import monitor_project, monitor_tables
from kpieval.monitoring.rules import MonitoringRules

__all__ = ["MonitoringRules", "monitor_project", "monitor_tables"]
