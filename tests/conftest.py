"""Settings of the laws: derandomised in the everyday run, more examples by an environment variable."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "everyday",
    deadline=None,
    derandomize=True,
    max_examples=int(os.environ.get("KPIEVAL_EXAMPLES", "50")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("everyday")

ROOT = Path(__file__).resolve().parents[1]
LONG = (
    *("tests/strategies", "src/kpieval/strategies", "tests/test_ci_examples.py"),
    *("tests/pytest_plugin", "tests/packaging", "tests/writers/test_rendered.py"),
    *("tests/test_html_browser.py", "tests/readers/test_converted.py"),
    *("tests/readers/test_children.py", "tests/readers/test_libreoffice.py"),
    *("tests/readers/test_pdfform.py", "tests/hostile/test_hostile_files.py"),
    "tests/hostile/test_docx_files.py",
    "tests/readers/test_xlsx_large.py",
    *("tests/property/test_policy_laws.py", "tests/property/test_policy_project_laws.py"),
)
"""What the everyday run leaves out, and ``pytest -m ""`` and the full check run."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long by the place where it stands."""
    for item in items:
        path = item.path
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).as_posix().startswith(LONG):
            item.add_marker(pytest.mark.long)
