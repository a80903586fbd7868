"""What Hypothesis runs when it is imported: it learns the public types once they are loaded.

Nothing but this module and the empty package may load with Hypothesis, for most programs that use
it never use kpieval. A type can only be registered once its module is there; so the package, which
Python hands each of its modules when it is loaded, passes the types on at that moment.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TYPES = {
    "kpieval.actuals": "Actual Answered Changed Dated Every Graded Measured Missing Stated",
    "kpieval.amounts": "Amount",
    "kpieval.constraints": (
        "About AllOf AtLeast AtMost Bare Between By Change During Equal LessThan Level MoreThan "
        "NotBefore Statement Target YesNo"
    ),
    "kpieval.formulas": "Ladder Linear PassGate Ratio Step",
    "kpieval.intervals": "Bound Interval",
    "kpieval.policies": "Policy",
    "kpieval.tables": "Indicator Project",
    "kpieval.units": "Unit",
}
"""The registered types by the module that each lives in."""

DOOR = "kpieval"


class Door(ModuleType):
    """The package, which registers the types of a module as soon as the module is bound to it."""

    def __setattr__(self, name: str, value: object) -> None:
        super().__setattr__(name, value)
        if isinstance(value, ModuleType):
            register_types(value)


def register() -> None:
    """Register what is loaded already; the rest is registered when it is loaded."""
    for name in TYPES:
        if name in sys.modules:
            register_types(sys.modules[name])
    sys.modules[DOOR].__class__ = Door


def register_types(module: ModuleType) -> None:
    """Tell Hypothesis of the types of one module; their strategies are made when they are asked."""
    names = TYPES.get(module.__name__)
    if names is None:
        return
    from hypothesis.strategies import register_type_strategy

    for name in names.split():
        register_type_strategy(getattr(module, name), _strategy_of)


def _strategy_of(asked: Any) -> SearchStrategy[Any]:
    from kpieval.strategies.registered import strategy_of

    return strategy_of(asked)
