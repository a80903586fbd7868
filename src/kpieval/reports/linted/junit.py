"""The findings as JUnit XML: a suite a project, a case a finding; one empty case where none is."""

from __future__ import annotations

from itertools import groupby
from xml.etree import ElementTree as ET

from kpieval.linting import Finding
from kpieval.reports.linted.report import LintReport, counted, marked
from kpieval.unseen import spelled

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def render(report: LintReport) -> str:
    """The document, indented, ending in a line feed."""
    root = ET.Element("testsuites", name="kpieval lint")
    for project, found in groupby(report.findings, key=lambda one: one.project):
        root.append(_suite(spelled(project), list(found), report))
    if not report.findings:
        suite = ET.SubElement(root, "testsuite", name="kpieval lint", tests="1", failures="0")
        ET.SubElement(suite, "testcase", name=counted(report), classname="kpieval", time="0")
    ET.indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _suite(name: str, found: list[Finding], report: LintReport) -> ET.Element:
    cases = [_case(name, one, report) for one in found]
    failures = sum(case.find("failure") is not None for case in cases)
    counts = {"tests": len(cases), "failures": failures, "skipped": len(cases) - failures}
    suite = ET.Element("testsuite", name=name)
    for key, number in counts.items():
        suite.set(key, str(number))
    suite.extend(cases)
    return suite


def _case(project: str, one: Finding, report: LintReport) -> ET.Element:
    """What fails the run is a failure, everything else skipped with its reason."""
    name = spelled(" ".join(filter(None, (one.code, one.indicator))))
    case = ET.Element("testcase", name=name, classname=project, time="0")
    if one.place is not None:
        case.set("file", spelled(one.place.file))
        if one.place.line is not None:
            case.set("line", str(one.place.line))
    fails = report.fail_on is not None and one.severity.outweighs(report.fail_on)
    outcome = ET.SubElement(case, "failure" if fails else "skipped")
    outcome.set("message", spelled(one.message(report.lang)))
    if fails:
        outcome.set("type", one.code)
    outcome.text = "\n".join(map(spelled, filter(None, (marked(one), one.suggestion(report.lang)))))
    return case
