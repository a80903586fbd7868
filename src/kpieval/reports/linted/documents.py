"""The findings as JSON, and as SARIF for the code views that read it."""

from __future__ import annotations

import json

from kpieval.findings import Severity
from kpieval.linting import Finding
from kpieval.linting.pages import page
from kpieval.linting.rules import RULES
from kpieval.reports.linted.report import LintReport
from kpieval.tables import Place
from kpieval.versions import PACKAGE_VERSION, SCHEMA_VERSION, SEMANTICS_VERSION
from kpieval.wire.basics import Wire, errors, notes

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(report: LintReport) -> str:
    """The document of ``kpieval lint``; its schema is ``kpieval schema lint``."""
    return _dumped(document(report))


def document(report: LintReport) -> Wire:
    """The whole document as plain data."""
    return {
        "schema_version": SCHEMA_VERSION,
        "semantics_version": SEMANTICS_VERSION,
        "kpieval_version": PACKAGE_VERSION,
        "sources": [{"name": it.name, "sha256": it.sha256} for it in report.sources],
        "findings": [_finding(one, report.lang) for one in report.findings],
        "counts": {
            "projects": report.projects,
            "indicators": report.rows,
            **{severity.value: report.count(severity) for severity in Severity},
        },
        "notes": notes(report.notes, report.lang),
        "problems": errors(report.problems, report.lang),
    }


def _finding(one: Finding, lang: str) -> Wire:
    start, end = (None, None) if one.span is None else one.span
    return {
        "code": one.code,
        "severity": one.severity.value,
        "project": one.project,
        "indicator": one.indicator or None,
        "text": one.text or None,
        "message": one.message(lang),
        "suggestion": one.suggestion(lang),
        "where": None if one.place is None else _place(one.place),
        "start": start,
        "end": end,
        "paste": one.paste or None,
    }


def _place(place: Place) -> Wire:
    return {"file": place.file, "sheet": place.sheet, "row": place.row, "line": place.line}


def as_sarif(report: LintReport) -> str:
    """SARIF 2.1.0: the rules that spoke, and a result a finding."""
    spoke = {one.code for one in report.findings}
    tool = {
        "name": "kpieval",
        "version": PACKAGE_VERSION,
        "rules": [_rule(rule.code, report.lang) for rule in RULES if rule.code in spoke],
    }
    results = [_result(one, report.lang) for one in report.findings]
    run = {"tool": {"driver": tool}, "results": results, "columnKind": "unicodeCodePoints"}
    return _dumped({"$schema": _SARIF, "version": "2.1.0", "runs": [run]})


def _rule(code: str, lang: str) -> Wire:
    (rule,) = (rule for rule in RULES if rule.code == code)
    shown = page(rule, lang)
    return {
        "id": code,
        "shortDescription": {"text": shown.title},
        "fullDescription": {"text": shown.what},
        "help": {"text": shown.why},
    }


def _result(one: Finding, lang: str) -> Wire:
    told = " ".join(filter(None, (one.indicator, one.text, one.message(lang))))
    made: Wire = {"ruleId": one.code, "level": one.severity.value, "message": {"text": told}}
    if one.place is not None:
        where: Wire = {"artifactLocation": {"uri": one.place.file}}
        if one.place.line is not None:
            where["region"] = {"startLine": one.place.line}
        made["locations"] = [{"physicalLocation": where}]
    return made


def _dumped(made: Wire) -> str:
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
