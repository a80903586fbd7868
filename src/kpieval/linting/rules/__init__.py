"""The rules: a function each, found in the modules of this folder, in the order of their codes."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from kpieval.linting.rule import Rule


def _found() -> tuple[Rule, ...]:
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    rules = (each for module in modules for each in vars(module).values())
    return tuple(sorted((r for r in rules if isinstance(r, Rule)), key=lambda rule: rule.code))


RULES: tuple[Rule, ...] = _found()
"""Every rule. A new one is a function in one of the modules; nothing else names it."""


def rule_of(code: str) -> Rule | None:
    """The rule of a code; None if there is none."""
    return next((rule for rule in RULES if rule.code == code), None)
