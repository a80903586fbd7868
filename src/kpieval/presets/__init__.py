"""The scoring policies that ship with kpieval: one module each, found by being in this folder."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kpieval.errors import UnknownPolicyError
from kpieval.modifying import MODIFIERS, PLUS, modified
from kpieval.policies import Policy

DEFAULT = "mof-2020"


@cache
def names() -> tuple[str, ...]:
    """The names of all shipped policies, the default first: those of the modules, with dashes."""
    found = (module.name.replace("_", "-") for module in iter_modules(__path__))
    return tuple(sorted(found, key=lambda name: (name != DEFAULT, name)))


@cache
def policies() -> tuple[Policy, ...]:
    """All shipped policies, the default first, then by name."""
    return tuple(_shipped(name) for name in names())


def _shipped(name: str) -> Policy:
    found: Policy = import_module(f"{__name__}.{name.replace('-', '_')}").POLICY
    return found


def policy(name: str = DEFAULT) -> Policy:
    """The shipped policy of that name, with the modifiers that follow it after plus signs.

    Its ``source`` says which document it is from, and whether that was read or is remembered.
    Raises UnknownPolicyError.

    >>> policy("mof-2020").title, policy("platform-standard+step(1)").floor
    ('项目支出绩效自评（财政部 2020）', Step(points=Fraction(1, 1)))
    """
    first, *modifiers = name.split(PLUS)
    found = _shipped(first) if first in names() else None
    for words in modifiers:
        found = modified(found, words) if found is not None else None
    if found is None:
        known = [*names(), *(f"{PLUS}{words}" for words in MODIFIERS)]
        raise UnknownPolicyError(name=name, known="、".join(known))
    return found
