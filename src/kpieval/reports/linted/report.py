"""What a report of the lint is made from."""

from __future__ import annotations

from attrs import field, frozen

from kpieval.errors import KpiEvalError
from kpieval.findings import Severity
from kpieval.linting import Finding
from kpieval.notes import Note
from kpieval.phrases import phrase
from kpieval.reports.report import FILE_WIDTH
from kpieval.wire.results import Source


@frozen
class LintReport:
    """All findings, with the choices of the reader.

    ``rows`` and ``projects`` count what was looked at; ``problems`` are faults of the files that no
    rule speaks of. ``fail_on`` is the least severity that fails the run, None for none.
    """

    findings: tuple[Finding, ...]
    projects: int = 0
    rows: int = 0
    sources: tuple[Source, ...] = ()
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)
    fail_on: Severity | None = Severity.ERROR
    lang: str = "zh"
    width: int = FILE_WIDTH
    colour: bool = False

    @property
    def failed(self) -> bool:
        """Whether a finding is at least as grave as ``fail_on``."""
        least = self.fail_on
        return least is not None and any(one.severity.outweighs(least) for one in self.findings)

    def count(self, severity: Severity) -> int:
        """How many findings of this severity there are."""
        return sum(one.severity is severity for one in self.findings)


def severity_word(severity: Severity, lang: str) -> str:
    """The severity in words."""
    return phrase(f"severity.{severity.value}", lang)


def counted(report: LintReport) -> str:
    """What was looked at and what was found, as a sentence."""
    return phrase(
        "lint.counts",
        report.lang,
        projects=report.projects,
        rows=report.rows,
        errors=report.count(Severity.ERROR),
        warnings=report.count(Severity.WARNING),
        notes=report.count(Severity.NOTE),
    )


def marked(finding: Finding) -> str:
    """The cell, the part that the finding is about in brackets.

    >>> from kpieval.notes import Note
    >>> note = Note.of("L01", text="≥0次")
    >>> marked(Finding(Severity.ERROR, note, "p", "n", "≥0次", span=(0, 2)))
    '【≥0】次'
    """
    if finding.span is None:
        return finding.text
    start, end = finding.span
    return f"{finding.text[:start]}【{finding.text[start:end]}】{finding.text[end:]}"
