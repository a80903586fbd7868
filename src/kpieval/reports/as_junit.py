"""JUnit XML, as Jenkins, GitLab and the reporters for GitHub read it.

A suite a project, a case a row. What makes the run fail is a ``failure``, or an ``error`` where
the row or the project is faulty; all else that is not met is ``skipped``, with its reason. No time
is measured: every ``time`` is 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from xml.etree import ElementTree as ET

from kpieval.phrases import listed, span
from kpieval.reports import telling
from kpieval.reports.findings import ERROR, Finding, findings, kind, shown_as_failed
from kpieval.reports.report import Report
from kpieval.results import ProjectResult
from kpieval.unseen import spelled
from kpieval.versions import PACKAGE_VERSION, SEMANTICS_VERSION

SUFFIXES = (".xml",)

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_TIME = "0"


def render(report: Report) -> str:
    """The document, indented, ending in a line feed."""
    root = ET.Element("testsuites", name="kpieval")
    seen: Counter[tuple[str, str]] = Counter()
    by_project = groupby(findings(report.summary, report.checks), key=lambda it: id(it.project))
    for _, found in by_project:
        root.append(_suite(list(found), report, seen))
    _count(root, ("tests", "failures", "errors"))
    ET.indent(root)
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


def _suite(found: list[Finding], report: Report, seen: Counter[tuple[str, str]]) -> ET.Element:
    name = spelled(telling.owner(found[0], report.lang))
    suite = ET.Element("testsuite", name=name)
    properties = ET.SubElement(suite, "properties")
    for key, value in _facts(found[0].project, report):
        ET.SubElement(properties, "property", name=key, value=spelled(value))
    for finding in found:
        suite.append(_case(finding, report, seen))
    _count(suite, ("tests", "failures", "errors", "skipped"))
    return suite


def _facts(project: ProjectResult | None, report: Report) -> Iterable[tuple[str, str]]:
    """What the verdicts rest on, and what came out for the project."""
    yield "kpieval_version", PACKAGE_VERSION
    yield "semantics_version", SEMANTICS_VERSION
    yield "policy", report.summary.policy
    if report.summary.year is not None:
        yield "year", str(report.summary.year)
    if project is not None and project.score is not None:
        yield "score", span(project.score, report.lang)
        yield "grade", listed(project.grades, report.lang)


def _case(finding: Finding, report: Report, seen: Counter[tuple[str, str]]) -> ET.Element:
    lang = report.lang
    path = (telling.owner(finding, lang), *telling.levels(finding))
    place = telling.home(finding)
    case = ET.Element("testcase")
    group = ".".join(map(spelled, path))
    case.set("classname", group)
    case.set("name", _own_name(group, spelled(telling.name(finding, lang)), seen))
    if place is not None:
        case.set("file", spelled(place.file))
    if place is not None and place.line is not None:
        case.set("line", str(place.line))
    case.set("time", _NO_TIME)
    if kind(finding) is not None:
        case.append(_outcome(finding, report))
    return case


def _own_name(group: str, name: str, seen: Counter[tuple[str, str]]) -> str:
    """The name, numbered from the second of that name on: readers take equal names for one case."""
    seen[group, name] += 1
    count = seen[group, name]
    return name if count == 1 else f"{name} ({count})"


def _outcome(finding: Finding, report: Report) -> ET.Element:
    """What went wrong: the sentence as message, the way from the texts to the points below it."""
    lang = report.lang
    tag = "skipped"
    if shown_as_failed(finding, report.checks):
        tag = "error" if kind(finding) == ERROR else "failure"
    outcome = ET.Element(tag, message=spelled(telling.sentence(finding, lang)))
    if tag != "skipped":
        outcome.set("type", telling.code(finding))
    below = [*telling.details(finding, lang), *telling.story(finding, lang)]
    outcome.text = "\n".join(spelled(line) for line in below) or None
    return outcome


def _count(element: ET.Element, names: tuple[str, ...]) -> None:
    """Set the totals of an element from the cases below it."""
    below = {
        "tests": "testcase",
        "failures": "testcase/failure",
        "errors": "testcase/error",
        "skipped": "testcase/skipped",
    }
    for name in names:
        element.set(name, str(len(element.findall(f".//{below[name]}"))))
    element.set("time", _NO_TIME)
