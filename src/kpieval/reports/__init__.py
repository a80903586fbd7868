"""The forms in which results are given out: one module ``as_NAME`` each, found by its name.

A module has ``SUFFIXES`` (of files in that form) and ``render(report)``, which gives text or bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING

from kpieval import paths

if TYPE_CHECKING:
    from kpieval.reports.report import Report

__all__ = ["format_of", "formats", "render"]

_PREFIX = "as_"


@cache
def formats() -> tuple[str, ...]:
    """The names of all forms.

    >>> {"text", "json"} <= set(formats())
    True
    """
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(name.removeprefix(_PREFIX) for name in names if name.startswith(_PREFIX))


def format_of(path: str) -> str | None:
    """The form that a file name asks for by its suffix, if any does.

    >>> format_of("result.JSON"), format_of("result.unknown")
    ('json', None)
    """
    suffix = paths.suffix(path).lower()
    # Most forms are called as their suffix is: the others are then not loaded.
    likely = sorted(formats(), key=lambda name: name != suffix.removeprefix("."))
    return next((name for name in likely if suffix in _module(name).SUFFIXES), None)


def render(name: str, report: Report) -> str | bytes:
    """The report in the form of that name."""
    made: Callable[[Report], str | bytes] = _module(name).render
    return made(report)


def _module(name: str) -> ModuleType:
    return import_module(f"{__name__}.{_PREFIX}{name}")
