"""The collector of a file, and the tests in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpieval.errors import KpiEvalError
from kpieval.pytest_plugin import options
from kpieval.pytest_plugin.files import Rules, scored
from kpieval.pytest_plugin.findings import Finding, found, row_named
from kpieval.readers.document import Document
from kpieval.unseen import clean

SUFFIXES = (".kpi.csv", ".kpi.toml", ".kpi.xlsx")

_SLIPS = frozenset(("table.unknown_columns", "table.toml_keys", "table.near_key"))
"""Notes on what a file holds and nobody reads: a slip of the pen hides a column."""


class KpiWarning(pytest.PytestWarning):
    """A file holds columns or keys that are not known, and were not used."""


class _Failed(Exception):
    """A row that ``--kpi-fail-on`` lists; the text is all there is to say."""


def is_ours(path: Path) -> bool:
    """Whether a file is collected: by its suffixes, but for the lock files of a spreadsheet.

    >>> is_ours(Path("培训.kpi.csv")), is_ours(Path("培训.csv")), is_ours(Path("~$培训.kpi.xlsx"))
    (True, False, False)
    """
    return path.name.lower().endswith(SUFFIXES) and not path.name.startswith("~$")


class KpiFile(pytest.File):
    """A file of targets and actuals; its rows are scored together, when it is collected."""

    @property
    def shown(self) -> str:
        """What the file is called in messages: its path from the root of the run."""
        root = self.config.rootpath
        inside = self.path.is_relative_to(root)
        return (self.path.relative_to(root) if inside else self.path).as_posix()

    def collect(self) -> Iterator[pytest.Item]:
        """A test for every indicator, and one for every problem that belongs to no indicator."""
        chosen = self.config.stash[options.KEY]
        document, summary = scored(self.path, self.shown, Rules(chosen.policy, chosen.year))
        self._warn(document, chosen.lang)
        for finding in found(summary, self.shown, chosen.lang):
            yield KpiItem.from_parent(self, name=finding.name, finding=finding)

    def _warn(self, document: Document, lang: str) -> None:
        projects = (note for project in document.projects for note in project.notes)
        for note in (*document.notes, *projects):
            if note.code in _SLIPS:
                self.warn(KpiWarning(clean(f"{self.shown}: {note.message(lang)}")))

    def repr_failure(  # type: ignore[override]
        self, excinfo: pytest.ExceptionInfo[BaseException]
    ) -> Any:
        """Why the file cannot be used, in words."""
        match excinfo.value:
            case KpiEvalError() as error:
                lang = self.config.stash[options.KEY].lang
                line = row_named(error, self.shown) or 1
                return f"[{error.code}] {clean(error.message(lang))}\n{self.shown}:{line}"
            case KpiWarning() as warning:
                return str(warning)
            case _:
                return super().repr_failure(excinfo)


class KpiItem(pytest.Item):
    """One indicator, or one problem."""

    def __init__(self, *, finding: Finding, **known: Any) -> None:
        super().__init__(**known)
        self.finding = finding

    def runtest(self) -> None:
        """Pass when the row is met, and only then."""
        if self.finding.kinds & self.config.stash[options.KEY].fail_on:
            raise _Failed(self.finding.text)
        if self.finding.kinds:
            pytest.skip(self.finding.reason)

    def placed(self, report: pytest.TestReport) -> pytest.TestReport:
        """The report of this test; a skip is reported where the row stands, not in this module."""
        if report.skipped and isinstance(report.longrepr, tuple):
            report.longrepr = (str(self.path), self.finding.line, report.longrepr[2])
        return report

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The finding in words; there is no code of the user's to trace back to."""
        if isinstance(excinfo.value, _Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """The file, the line from 0, and the heading."""
        # With the line in it, for pytest writes a colon for each point of a heading that is a name.
        heading = f"{self.name} ({self.path.name}:{self.finding.line})"
        return self.path, self.finding.line - 1, heading
