"""The JSON form of what scoring gives, in the order of the published contract.

The keys of the contract come first; what was added later stands after them.
"""

from __future__ import annotations

from typing import Protocol

from kpieval import explaining
from kpieval.actuals import Missing
from kpieval.constraints import Target
from kpieval.explaining import verdict_name
from kpieval.outcomes import Attainment, Decision, Met, Score, Undetermined, Unmet
from kpieval.results import (
    Compliance,
    ExecutionResult,
    IndicatorResult,
    ProjectResult,
    Summary,
)
from kpieval.tables import Place
from kpieval.versions import PACKAGE_VERSION, SCHEMA_VERSION, SEMANTICS_VERSION
from kpieval.wire import records, standings
from kpieval.wire.basics import Wire, errors, note, notes, number, optional_amount
from kpieval.wire.basics import error as error_wire
from kpieval.wire.constraints import constraint, optional_constraint
from kpieval.wire.readings import reading


class Source(Protocol):
    """A file that went into a result, with the SHA-256 of its bytes in hex."""

    @property
    def name(self) -> str:
        """The name as given."""

    @property
    def sha256(self) -> str:
        """The digest of the bytes."""


def summary(value: Summary, *, sources: tuple[Source, ...] = (), lang: str = "zh") -> Wire:
    """The whole document of ``kpieval score``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "semantics_version": SEMANTICS_VERSION,
        "kpieval_version": PACKAGE_VERSION,
        "policy": value.policy,
        "year": value.year,
        "sources": [{"name": source.name, "sha256": source.sha256} for source in sources],
        "projects": [project(item, lang) for item in value.projects],
        "total": _total(value, lang),
        "notes": notes(value.notes, lang),
        "problems": errors(value.problems, lang),
    }


def _total(value: Summary, lang: str) -> Wire:
    return {
        "projects": len(value.projects),
        "compliance": compliance(value.compliance),
        "indicators": sum(len(item.indicators) for item in value.projects),
        "matched": value.matched,
        "mean": _score(value.mean),
        "budget_weighted_mean": _score(value.weighted_mean),
        **standings.together(value, lang),
    }


def project(value: ProjectResult, lang: str) -> Wire:
    """One project with its rows."""
    about = value.project
    return {
        "name": about.name,
        "department": about.department,
        "budget": optional_amount(about.budget),
        "score": _score(value.score),
        "grade": value.grade,
        "grades": list(value.grades),
        "compliance": compliance(value.compliance),
        "execution": None if value.execution is None else execution(value.execution, lang),
        "indicators": [indicator(row, lang) for row in value.indicators],
        "alternative_score": _score(value.alternative),
        "year": about.year,
        "place": _place(about.place),
        "notes": notes(explaining.project_notes(value), lang),
        "problems": errors(explaining.project_problems(value), lang),
        **standings.standing(value),
    }


def compliance(value: Compliance) -> Wire:
    """The rows counted by verdict."""
    return {
        "met": value.met,
        "unmet": value.unmet,
        "undetermined": value.undetermined,
        "rate": number(value.rate),
    }


def execution(value: ExecutionResult, lang: str) -> Wire:
    """The execution row."""
    return {
        "executed": optional_amount(value.executed),
        "budget": optional_amount(value.budget),
        "rate": number(value.rate),
        "weight": number(value.weight),
        "score": records.score(value.score),
        "notes": notes(value.notes, lang),
    }


def indicator(value: IndicatorResult, lang: str) -> Wire:
    """One row: the keys of the contract, then the details behind them."""
    row, actual = value.indicator, value.actual
    target = row.target if isinstance(row.target, Target) else None
    fault = explaining.fault(value)
    absent = isinstance(actual.reading, Missing) and not actual.source
    contract: Wire = {
        "level1": row.level1,
        "level2": row.level2,
        "name": row.name,
        "target": row.text,
        "actual": None if absent else actual.source,
        "reading": None if target is None else constraint(target.constraint),
        "error": None if fault is None else error_wire(fault, lang),
        "verdict": verdict_name(value.verdict),
        "attainment": _attainment(value.judgement.attainment),
        "weight": number(value.weight),
        "score": _score(value.score),
        "decision": _decision(value.decision),
        "notes": notes(explaining.all_notes(value), lang),
        "explanation": explaining.explanation(value, lang),
    }
    return contract | _details(value, lang)


def _details(value: IndicatorResult, lang: str) -> Wire:
    row, judgement = value.indicator, value.judgement
    machine = judgement.verdict
    return {
        "left_out": value.left_out,
        "canonical": row.target.canonical if isinstance(row.target, Target) else None,
        "resolved": optional_constraint(value.resolved),
        "actual_reading": reading(value.actual.reading),
        "machine": {"verdict": verdict_name(machine), "score": _score(judgement.score)},
        "margin": machine.margin if isinstance(machine, Met) else None,
        "gap": machine.gap if isinstance(machine, Unmet) else None,
        "reason": note(machine.reason, lang) if isinstance(machine, Undetermined) else None,
        "steps": notes(judgement.steps, lang),
        "description": row.description,
        "direction": row.direction,
        "place": _place(row.place),
        "problems": errors(row.problems, lang),
    }


def _score(value: Score | None) -> Wire | None:
    return None if value is None else records.score(value)


def _attainment(value: Attainment | None) -> Wire | None:
    return None if value is None else records.attainment(value)


def _decision(value: Decision | None) -> Wire | None:
    return None if value is None else records.decision(value)


def _place(value: Place | None) -> Wire | None:
    if value is None:
        return None
    return {"file": value.file, "sheet": value.sheet, "row": value.row}
