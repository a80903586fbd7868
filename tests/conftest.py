"""Profiles of the laws, their examples counted, what ran told, and what the everyday run leaves out."""

from __future__ import annotations

import functools
import json
import os
import platform
import sys
from collections import Counter
from collections.abc import Generator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import profiles
import pytest
from hypothesis import settings

profiles.register()

ROOT = Path(__file__).resolve().parents[1]
LONG = (
    *("tests/strategies", "src/kpieval/strategies", "tests/test_ci_examples.py"),
    *("tests/pytest_plugin", "tests/packaging", "tests/writers/test_rendered.py"),
    *("tests/test_html_browser.py", "tests/readers/test_converted.py"),
    *("tests/readers/test_children.py", "tests/readers/test_libreoffice.py"),
    *("tests/readers/test_pdfform.py", "tests/hostile/test_hostile_files.py"),
    "tests/hostile/test_docx_files.py",
    *("tests/readers/test_xlsx_large.py", "tests/bulk/test_bulk_equals_single.py"),
    *("tests/property/test_policy_laws.py", "tests/property/test_policy_project_laws.py"),
)
"""What the everyday run leaves out, and ``pytest -m ""`` and the full check run."""

SOONEST = ("tests/recorded", "tests/conformance", "tests/scoring", "tests/parsing")
"""Under a mutant: what goes through most of the engine first, the laws and the oracle last."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes long by the place where it stands."""
    for item in items:
        path = item.path
        if path.is_relative_to(ROOT) and path.relative_to(ROOT).as_posix().startswith(LONG):
            item.add_marker(pytest.mark.long)
    if os.environ.get("MUTANT_UNDER_TEST"):
        items.sort(key=_turn)
        _forget()


def _forget() -> None:
    """Forget what the engine keeps: some modules of tests read a text as they are imported, and a
    parser that was built before its builder changed would show nothing."""
    engine = [module for name, module in sys.modules.items() if name.startswith("kpieval.")]
    for value in (value for module in engine for value in vars(module).values()):
        if isinstance(value, functools._lru_cache_wrapper):
            value.cache_clear()


def _turn(item: pytest.Item) -> int:
    turns = (turn for turn, place in enumerate(SOONEST) if item.path.is_relative_to(ROOT / place))
    return next(turns, len(SOONEST))


# --- what ran ----------------------------------------------------------------------------------

COUNTS: dict[str, Counter[str]] = {"examples": Counter(), "pairs": Counter()}
"""Examples of each law, and generated pairs of each comparison with the oracle."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Count the examples of a law that ran to their end; those that it rejects do not count."""
    law = getattr(getattr(item, "obj", None), "hypothesis", None)
    if law is None:
        return (yield)
    inner, ran = law.inner_test, 0

    @functools.wraps(inner)
    def counted(*args: Any, **drawn: Any) -> Any:
        nonlocal ran
        result = inner(*args, **drawn)
        ran += 1
        return result

    law.inner_test = counted
    try:
        return (yield)
    finally:
        law.inner_test = inner
        # A property of the item comes with its report out of a worker of pytest-xdist.
        item.user_properties.append(("examples", ran))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Add up what the tests counted."""
    if report.when == "call":
        for name, count in report.user_properties:
            if name in COUNTS and isinstance(count, int):
                COUNTS[name][report.nodeid] += count


def _versions() -> str:
    libraries = (f"{name} {version(name)}" for name in ("pint", "lark", "hypothesis"))
    return f"Python {platform.python_version()}, {', '.join(libraries)}"


def _profile() -> str:
    name = settings.get_current_profile_name()
    return f"laws: profile {name}, {settings.default.max_examples} examples each and by share"


def pytest_report_header() -> list[str]:
    """What is tested with."""
    return [_versions(), _profile()]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was tested with, again for runs that show no header, and how many examples there were."""
    told = [_versions(), *(f"{sum(c.values()):,} {name}" for name, c in COUNTS.items() if c)]
    terminalreporter.write_line("; ".join(told))
    if "KPIEVAL_COUNTS" in os.environ:
        Path(os.environ["KPIEVAL_COUNTS"]).write_text(json.dumps(COUNTS), encoding="utf-8")
