"""A finding in words: what it is about, what is said of it, and where it stands."""

from __future__ import annotations

from typing import assert_never

from kpieval import exact
from kpieval.constraints import TargetError
from kpieval.errors import KpiEvalError
from kpieval.explaining import explanation, steps
from kpieval.messages import page
from kpieval.phrases import bare, phrase, span
from kpieval.reports.findings import Fault, Finding, Row, Total, kind, row_problems
from kpieval.tables import Place


def owner(finding: Finding, lang: str) -> str:
    """The name of the project, or of what stands for it."""
    project = finding.project
    return phrase("finding.files", lang) if project is None else project.project.name


def levels(finding: Finding) -> tuple[str, ...]:
    """The first and the second level of a row."""
    match finding:
        case Row(result=row):
            found = (row.indicator.level1, row.indicator.level2)
            return tuple(level for level in found if level)
        case Total() | Fault():
            return ()
        case _:
            assert_never(finding)


def full_name(finding: Finding, lang: str) -> str:
    """What it is called among all projects."""
    return f"{owner(finding, lang)} / {name(finding, lang)}"


def name(finding: Finding, lang: str) -> str:
    """What it is called within its project."""
    match finding:
        case Row(result=row):
            return row.indicator.name
        case Total():
            return phrase("finding.total", lang)
        case Fault(error=error):
            known = page(error.code, lang)
            return error.code if known is None else known["title"]
        case _:
            assert_never(finding)


def word(finding: Finding, lang: str) -> str:
    """The word for how it is: met, unmet, undetermined, an error with its code, a score too low."""
    match kind(finding):
        case "error":
            return phrase("finding.error", lang, code=code(finding))
        case "under":
            return phrase("finding.under", lang)
        case _:
            return phrase(f"verdict.{kind(finding) or 'met'}", lang)


def code(finding: Finding) -> str:
    """The stable name of what is wrong: the code of the fault, else the kind."""
    match finding:
        case Fault(error=error):
            return error.code
        case Row(result=row) if problems := row_problems(row):
            return problems[0].code
        case _:
            return kind(finding) or ""


def sentence(finding: Finding, lang: str) -> str:
    """What is said of it: target, actual, gap and points of a row; a fault with its place."""
    match finding:
        case Row(result=row):
            return explanation(row, lang)
        case Total(project=project, least=least):
            asked = exact.text(least)
            if project.score is None:
                return phrase("finding.no_score", lang, least=asked)
            return phrase("finding.score", lang, score=span(project.score, lang), least=asked)
        case Fault(error=error):
            return _fault(error, lang)
        case _:
            assert_never(finding)


def details(finding: Finding, lang: str) -> list[str]:
    """What is worth a line of its own below the sentence: the other place, the other faults."""
    if not isinstance(finding, Row):
        return []
    row, here, lines = finding.result, place(finding), []
    for key, other in (("target", row.indicator.place), ("actual", row.given)):
        if other is not None and str(other) != str(here):
            lines.append(phrase(f"finding.{key}_at", lang, place=spoken(other)))
    # The first is told in the sentence.
    return lines + [_fault(problem, lang) for problem in row_problems(row)[1:]]


def story(finding: Finding, lang: str) -> list[str]:
    """A row step by step, from the text to the points."""
    return steps(finding.result, lang) if isinstance(finding, Row) else []


def place(finding: Finding) -> Place | None:
    """Where a person has to look: the actual, where one was given, else the row of the target."""
    match finding:
        case Row(result=row):
            at_target = isinstance(row.indicator.target, TargetError) or row.indicator.problems
            return row.indicator.place if at_target or row.given is None else row.given
        case Total(project=project):
            return project.project.place
        case Fault(project=project, error=error):
            if isinstance(error.place, Place):
                return error.place
            return None if project is None else project.project.place
        case _:
            assert_never(finding)


def home(finding: Finding) -> Place | None:
    """Where the thing itself stands, whatever was found: the row of the target."""
    return finding.result.indicator.place if isinstance(finding, Row) else place(finding)


def spoken(place: Place) -> str:
    """File and line, as compilers name them; the row where there are no lines."""
    return str(place) if place.line is None else f"{place.file}:{place.line}"


def _fault(error: KpiEvalError, lang: str) -> str:
    return f"[{error.code}] {bare(error.message(lang))}"
