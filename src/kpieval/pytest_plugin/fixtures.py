"""The fixtures ``kpi_policy`` and ``kpi_project``."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from attrs import evolve, frozen

from kpieval.phrases import phrase
from kpieval.policies import Policy
from kpieval.pytest_plugin import options
from kpieval.pytest_plugin.files import Rules, scored
from kpieval.readers import read_actuals
from kpieval.results import ProjectResult
from kpieval.tables import Actuals, Key

Given = Actuals | Mapping[Key, str] | Mapping[str, str] | Mapping[tuple[str, ...], str]
"""Actuals as a test may give them, beside the path of a file."""


@frozen
class ProjectLoader:
    """Reads and scores a project: what the fixture ``kpi_project`` gives to a test.

    ``folders`` are where relative paths are looked for, in this order.
    """

    rules: Rules
    folders: tuple[Path, ...]
    lang: str = "zh"

    def __call__(
        self,
        path: str | os.PathLike[str],
        actuals: Given | str | os.PathLike[str] | None = None,
        *,
        project: str | None = None,
        year: int | None = None,
    ) -> ProjectResult:
        """The result of one project of a file, which needs its name where there are several.

        ``actuals`` join those of the file itself: a mapping as ``Actuals.from_mapping`` takes it,
        Actuals, or a file. ``year`` goes before ``--kpi-year``. What is wrong with the file or
        fits no row stands among the problems of the result. Raises a FileError when a file
        cannot be used, LookupError when there is no such project.
        """
        rules = self.rules if year is None else evolve(self.rules, year=year)
        found = self._found(path)
        _, summary = scored(found, str(found), rules, self._actuals(actuals, rules.year))
        named = [it for it in summary.projects if project in (None, it.project.name)]
        if len(named) != 1:
            known = ", ".join(it.project.name for it in summary.projects) or "-"
            told = {"project": project or "-", "known": known, "file": path}
            raise LookupError(phrase("pytest.no_project", self.lang, **told))
        return evolve(named[0], problems=(*named[0].problems, *summary.problems))

    def _found(self, path: str | os.PathLike[str]) -> Path:
        """The path in the first folder that has it; in the very first when none does."""
        places = [folder / path for folder in self.folders]
        return next((place for place in places if place.exists()), places[0])

    def _actuals(self, given: Given | str | os.PathLike[str] | None, year: int | None) -> Actuals:
        match given:
            case None:
                return Actuals()
            case Actuals():
                return given
            case str() | os.PathLike():
                return read_actuals(self._found(given), year=year)
            case _:
                return Actuals.from_mapping(given)


@pytest.fixture(scope="session")
def kpi_policy(pytestconfig: pytest.Config) -> Policy:
    """The policy that ``--kpi-policy`` chose; a fixture of this name replaces it for its tests."""
    return pytestconfig.stash[options.KEY].policy


@pytest.fixture
def kpi_project(request: pytest.FixtureRequest, kpi_policy: Policy) -> ProjectLoader:
    """Read and score a project: ``kpi_project("targets.csv", {"培训人次": "640人次"})``.

    Paths are relative to the file of the test, else to the root of the run.
    """
    chosen = request.config.stash[options.KEY]
    folders = (request.path.parent, request.config.rootpath)
    return ProjectLoader(Rules(kpi_policy, chosen.year), folders, chosen.lang)
