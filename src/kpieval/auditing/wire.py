"""The JSON form of an audit; its schema is ``kpieval schema audit``."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import field, frozen

from kpieval.auditing.results import AuditedProject, AuditedRow, Checked, Rule
from kpieval.errors import FileError, KpiEvalError
from kpieval.explaining import verdict_name
from kpieval.findings import Finding
from kpieval.notes import Note
from kpieval.versions import PACKAGE_VERSION, SCHEMA_VERSION, SEMANTICS_VERSION
from kpieval.wire.basics import Wire, errors, note, notes, number
from kpieval.wire.records import score
from kpieval.wire.results import Source


@frozen
class AuditReport:
    """The audit of all projects of some files, with what went into it."""

    projects: tuple[AuditedProject, ...]
    policy: str
    year: int | None = None
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    lang: str = "zh"
    refused: tuple[FileError, ...] = field(default=(), eq=False)
    """Files of several that could not be used; the others were read."""

    @property
    def rows(self) -> tuple[AuditedRow, ...]:
        """All rows in the order of the files."""
        return tuple(row for project in self.projects for row in project.rows)

    @property
    def consistent(self) -> bool | None:
        """False when any project is, None when some cannot be told, else True."""
        found = [project.consistent for project in self.projects]
        return False if False in found else None if None in found else True


def document(report: AuditReport) -> Wire:
    """The whole document of ``kpieval audit``."""
    return {
        "schema_version": SCHEMA_VERSION,
        "semantics_version": SEMANTICS_VERSION,
        "kpieval_version": PACKAGE_VERSION,
        "policy": report.policy,
        "year": report.year,
        "sources": [{"name": it.name, "sha256": it.sha256} for it in report.sources],
        "rows": [
            _row(row, project.project.name, report.lang)
            for project in report.projects
            for row in project.rows
        ],
        "totals": _totals(report),
        "findings": [
            _finding(found, report.lang)
            for project in report.projects
            for found in project.findings
        ],
        "notes": notes(report.notes, report.lang),
        "problems": errors(report.problems, report.lang),
    }


def _row(row: AuditedRow, project: str, lang: str) -> Wire:
    place = row.result.indicator.place
    where = None if place is None else str(place)
    known = {
        "indicator": row.name,
        **_checked(row.checked, lang),
        "verdict": None if row.verdict is None else verdict_name(row.verdict),
    }
    order = ("indicator", "published", "recomputed", "verdict", "consistent", "rule", "reason")
    return {
        **{name: known[name] for name in order},
        "project": project,
        "weight": number(row.result.indicator.weight),
        "target": row.result.indicator.text,
        "actual": row.result.actual.source,
        "where": where,
    }


def _checked(value: Checked, lang: str) -> Wire:
    return {
        "published": number(value.published),
        "recomputed": None if value.recomputed is None else score(value.recomputed),
        "consistent": value.consistent,
        "rule": None if value.rule is None else _rule(value.rule),
        "reason": note(value.reason, lang),
    }


def _rule(value: Rule) -> Wire:
    return {"policy": value.policy, "rounding": value.rounding, "also": list(value.also)}


def _totals(report: AuditReport) -> Wire:
    return {
        "consistent": report.consistent,
        **counted(report.rows),
        "projects": [_project(project, report.lang) for project in report.projects],
    }


def counted(rows: Sequence[AuditedRow]) -> dict[str, int]:
    """How many rows follow, do not, and cannot be told."""
    said = [row.checked.consistent for row in rows]
    return {
        "rows": len(said),
        "follow": said.count(True),
        "do_not_follow": said.count(False),
        "cannot_tell": said.count(None),
    }


def _project(value: AuditedProject, lang: str) -> Wire:
    def part(checked: Checked | None) -> Wire | None:
        return None if checked is None else _checked(checked, lang)

    grade = value.grade
    return {
        "name": value.project.name,
        "consistent": value.consistent,
        "rule": None if value.rule is None else _rule(value.rule),
        "execution": part(value.execution),
        "total": part(value.total),
        "weights": part(value.weights),
        "parts": [{"level": level, **_checked(found, lang)} for level, found in value.parts],
        "grade": None
        if grade is None
        else {"published": grade[0], "consistent": grade[1], "recomputed": grade[2]},
        "problems": errors(value.problems, lang),
    }


def _finding(value: Finding, lang: str) -> Wire:
    return {
        "code": value.code,
        "severity": value.severity.value,
        "project": value.project,
        "indicator": value.indicator or None,
        "message": value.note.message(lang),
        "params": dict(value.note.params),
    }
