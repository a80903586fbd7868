"""Modifiers: small rules that a place adds to a policy, named after a plus sign.

``platform-standard+step(1)`` is the platform's rule with one point off for each unit short.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from attrs import evolve

from kpieval import exact
from kpieval.formulas import Step
from kpieval.policies import HandChange, Policy

PLUS = "+"


def step(policy: Policy, points: Fraction) -> Policy:
    """``points`` off for each whole or begun unit that a target is missed by.

    One point is what Ningde takes.
    """
    return evolve(policy, floor=Step(points), ceiling=Step(points))


def tianjin_2024(policy: Policy) -> Policy:
    """Rows that Tianjin opened to hand change in 2024: far over, a ceiling passed, an = missed."""
    return evolve(policy, hand_change=HandChange(floor_at=Fraction(6, 5)))


def deduction(policy: Policy) -> Policy:
    """The points of a 扣减分数 column are taken off, on a line of their own."""
    return evolve(policy, deducts=True)


_PLAIN: dict[str, Callable[[Policy], Policy]] = {
    "tianjin-2024": tianjin_2024,
    "deduction": deduction,
}
_STEP = r"step\(([0-9]+(?:\.[0-9]+)?)\)"

MODIFIERS = (*_PLAIN, "step(1)")
"""The modifiers as they are written; the number of ``step`` is the user's."""


def modified(policy: Policy, words: str) -> Policy | None:
    """The policy with a modifier, its name saying so; None when there is no such modifier."""
    found = re.fullmatch(_STEP, words)
    if found:
        made = step(policy, exact.from_text(found[1]))
    elif words in _PLAIN:
        made = _PLAIN[words](policy)
    else:
        return None
    return evolve(made, name=f"{policy.name}{PLUS}{words}")
