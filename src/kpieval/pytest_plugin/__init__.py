"""Targets and actuals as tests: every indicator of ``*.kpi.csv``, ``.toml`` and ``.xlsx`` is one.

Nothing loads this by itself. A conftest asks for it, or the command line does::

    pytest_plugins = ["kpieval.pytest_plugin"]
    pytest -p kpieval.pytest_plugin

A row that is met passes. One that is not fails where ``--kpi-fail-on`` lists it, else it is skipped
with its reason; nothing but Met ever passes. Fixtures: ``kpi_policy`` and ``kpi_project``.
"""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from kpieval.pytest_plugin import options
from kpieval.pytest_plugin.collecting import KpiFile, KpiItem, KpiWarning, is_ours
from kpieval.pytest_plugin.fixtures import ProjectLoader, kpi_policy, kpi_project
from kpieval.pytest_plugin.options import Options

__all__ = ["KpiWarning", "Options", "ProjectLoader", "kpi_policy", "kpi_project"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options ``--kpi-...`` and the settings ``kpi_...``."""
    options.register(parser)


def pytest_configure(config: pytest.Config) -> None:
    """Check the options before anything is collected."""
    config.stash[options.KEY] = options.chosen(config)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker of pytest-xdist the language: it has no terminal to ask."""
    node.workerinput[options.LANG] = node.config.stash[options.KEY].lang


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The collector of a table of targets and actuals."""
    return KpiFile.from_parent(parent, path=file_path) if is_ours(file_path) else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Point reports of our tests at their rows."""
    report = yield
    return item.placed(report) if isinstance(item, KpiItem) else report
