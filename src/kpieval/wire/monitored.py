"""The JSON form of what monitoring gives; numbers are exact texts, as everywhere."""

from __future__ import annotations

from typing import assert_never

from kpieval import explaining
from kpieval.actuals import Missing
from kpieval.monitored import (
    Forecast,
    MonitoredExecution,
    MonitoredIndicator,
    MonitoredProject,
    Monitoring,
    Status,
    StatusCounts,
)
from kpieval.versions import PACKAGE_VERSION, SCHEMA_VERSION, SEMANTICS_VERSION
from kpieval.wire.basics import Wire, amount, errors, note, notes, number, optional_amount
from kpieval.wire.basics import error as error_wire
from kpieval.wire.results import Source


def monitored(
    value: Monitoring | MonitoredProject | MonitoredIndicator | MonitoredExecution, lang: str
) -> Wire:
    """The JSON form of any of them."""
    match value:
        case Monitoring():
            return document(value, lang=lang)
        case MonitoredProject():
            return project(value, lang)
        case MonitoredIndicator():
            return indicator(value, lang)
        case MonitoredExecution():
            return execution(value, lang)
        case _:
            assert_never(value)


def document(value: Monitoring, *, sources: tuple[Source, ...] = (), lang: str = "zh") -> Wire:
    """The whole document of ``kpieval monitor``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "semantics_version": SEMANTICS_VERSION,
        "kpieval_version": PACKAGE_VERSION,
        "policy": value.policy,
        "year": value.year,
        "month": value.month,
        "sources": [{"name": source.name, "sha256": source.sha256} for source in sources],
        "projects": [project(item, lang) for item in value.projects],
        "total": {
            "projects": len(value.projects),
            "indicators": sum(len(item.indicators) for item in value.projects),
            "matched": value.matched,
            "statuses": counts(value.counts),
        },
        "notes": notes(value.notes, lang),
        "problems": errors(value.problems, lang),
    }


def project(value: MonitoredProject, lang: str) -> Wire:
    """One project with its rows."""
    about = value.project
    return {
        "name": about.name,
        "department": about.department,
        "year": about.year,
        "month": value.month,
        "budget": optional_amount(about.budget),
        "statuses": counts(value.counts),
        "execution": execution(value.execution, lang),
        "indicators": [indicator(row, lang) for row in value.indicators],
        "notes": notes(value.notes, lang),
        "problems": errors(value.problems, lang),
    }


def indicator(value: MonitoredIndicator, lang: str) -> Wire:
    """One row: what was asked, what is there, the status, and where the year is heading."""
    result = value.result
    row, actual = result.indicator, result.actual
    fault = explaining.fault(result)
    absent = isinstance(actual.reading, Missing) and not actual.source
    return {
        "level1": row.level1,
        "level2": row.level2,
        "name": row.name,
        "target": row.text,
        "actual": None if absent else actual.source,
        "status": status(value.status),
        "possible": [found.value for found in value.possible],
        "expected": optional_amount(value.expected),
        "progress": number(value.progress),
        "forecast": None if value.forecast is None else forecast(value.forecast),
        "likelihood": value.likelihood or None,
        "verdict": explaining.verdict_name(result.verdict),
        "reason": None if value.reason is None else note(value.reason, lang),
        "error": None if fault is None else error_wire(fault, lang),
        "notes": notes(value.notes, lang),
    }


def forecast(value: Forecast) -> Wire:
    """Where the year ends, what is then lacking, and what every month must still bring."""
    return {
        "value": amount(value.value),
        "gap": amount(value.gap),
        "per_month": optional_amount(value.per_month),
    }


def execution(value: MonitoredExecution, lang: str) -> Wire:
    """The spending so far."""
    return {
        "executed": optional_amount(value.executed),
        "budget": optional_amount(value.budget),
        "rate": number(value.rate),
        "expected": number(value.expected),
        "progress": number(value.progress),
        "status": status(value.status),
        "reason": None if value.reason is None else note(value.reason, lang),
        "notes": notes(value.notes, lang),
    }


def status(value: Status | None) -> str | None:
    """``red``, ``yellow``, ``green``, ``blue`` or null."""
    return None if value is None else value.value


def counts(value: StatusCounts) -> Wire:
    """The rows by status."""
    return {
        "red": value.red,
        "yellow": value.yellow,
        "green": value.green,
        "blue": value.blue,
        "none": value.none,
    }
