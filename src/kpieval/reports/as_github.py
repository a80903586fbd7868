"""Workflow commands of GitHub Actions: an annotation at file and line for what is wrong.

What makes the run fail is an ``error``, all else that is not met a ``warning``; the last line
counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kpieval.phrases import counted, phrase
from kpieval.reports import telling
from kpieval.reports.findings import Finding, findings, kind, shown_as_failed
from kpieval.reports.report import Report
from kpieval.unseen import spelled

SUFFIXES = ()


def render(report: Report) -> str:
    """A command a finding, then what was counted."""
    found = findings(report.summary, report.checks)
    lines = [_command(finding, report) for finding in found if kind(finding) is not None]
    return "".join(
        line + "\n" for line in [*lines, counted(report.summary.compliance, report.lang)]
    )


def _command(finding: Finding, report: Report) -> str:
    kind = "error" if shown_as_failed(finding, report.checks) else "warning"
    return command(kind, _properties(finding, report.lang), _message(finding, report.lang))


def command(kind: str, properties: Mapping[str, str], lines: Sequence[str]) -> str:
    """A workflow command whose message has these lines.

    >>> command("notice", {"file": "a.csv", "line": "3"}, ["100%"])
    '::notice file=a.csv,line=3::100%25'
    """
    said = ",".join(f"{key}={_property(text)}" for key, text in properties.items())
    return f"::{kind} {said}::{_data(chr(10).join(spelled(line) for line in lines))}"


def _properties(finding: Finding, lang: str) -> dict[str, str]:
    place = telling.place(finding)
    found = {} if place is None else {"file": place.file}
    if place is not None and place.line is not None:
        found["line"] = str(place.line)
    label = phrase("label", lang, label=telling.word(finding, lang))
    return {**found, "title": spelled(label + telling.name(finding, lang))}


def _message(finding: Finding, lang: str) -> list[str]:
    """Who and what, for the log shows the message alone; then what else there is, a line each."""
    label = phrase("label", lang, label=telling.full_name(finding, lang))
    return [label + telling.sentence(finding, lang), *telling.details(finding, lang)]


def _data(text: str) -> str:
    """A message in the place where GitHub reads a command's data.

    >>> _data("100%\\nok")
    '100%25%0Aok'
    """
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A value in the place where GitHub reads a command's property.

    >>> _property("满意度: 90%, 95%")
    '满意度%3A 90%25%2C 95%25'
    """
    return _data(text).replace(":", "%3A").replace(",", "%2C")
