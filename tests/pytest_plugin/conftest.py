"""What the tests of the plugin share: small repositories, and pytest run in them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

# pytester forgets what a run inside this process imports; what is here before the run stays one.
import kpieval.parsing
import kpieval.pytest_plugin
import kpieval.readers.xlsx
import kpieval.wire.policies  # noqa: F401

Run = Callable[..., pytest.RunResult]

HEADER = "项目名称,二级指标,三级指标,指标值,实际完成值,分值"


QUIET = (
    *("-p", "no:cacheprovider"),
    # The run in this process would make errors of warnings, as the one around it does.
    *("-W", "default"),
    # The plugin was imported before it is asked for, which pytest would remark upon.
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),
)


@pytest.fixture
def repository(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A repository whose conftest asks for the plugin; no other plugin is loaded."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    for name in ("PYTEST_ADDOPTS", "CI", "BUILD_NUMBER", "KPIEVAL_LANG"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeconftest('pytest_plugins = ["kpieval.pytest_plugin"]\n')
    return pytester


@pytest.fixture
def run(repository: pytest.Pytester) -> Run:
    """Run pytest in the repository, in this process."""

    def ran(*args: str) -> pytest.RunResult:
        return repository.runpytest_inprocess(*QUIET, *args)

    return ran


@pytest.fixture
def table(repository: pytest.Pytester) -> Callable[..., None]:
    """Write a csv file with these rows."""

    def made(*rows: str, name: str = "t.kpi.csv", header: str = HEADER) -> None:
        (repository.path / name).write_text("\n".join((header, *rows)) + "\n", "utf-8")

    return made
