"""The scoring policies that ship with kpieval: one module each, found by being in this folder."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kpieval.errors import UnknownPolicyError
from kpieval.policies import Policy

DEFAULT = "mof-2020"


@cache
def policies() -> tuple[Policy, ...]:
    """All shipped policies, the default first, then by name."""
    found: list[Policy] = [
        import_module(f"{__name__}.{module.name}").POLICY for module in iter_modules(__path__)
    ]
    return tuple(sorted(found, key=lambda policy: (policy.name != DEFAULT, policy.name)))


def policy(name: str = DEFAULT) -> Policy:
    """The shipped policy of that name.

    >>> policy("mof-2020").grades.names
    ('优', '良', '中', '差')
    """
    for candidate in policies():
        if candidate.name == name:
            return candidate
    known = "、".join(candidate.name for candidate in policies())
    raise UnknownPolicyError(name=name, known=known)
