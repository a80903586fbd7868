"""The constraint types and the words that name them in the JSON form."""

from __future__ import annotations

import re
from typing import get_args

from hypothesis.errors import InvalidArgument

from kpieval.constraints import AllOf, Change, Constraint, Size

Kind = type | str
"""A constraint type, or its word: ``AtLeast`` or ``"at_least"``."""

TYPES: tuple[type, ...] = get_args(Constraint)
"""The closed sum, in its order."""

WITH_UNITS: tuple[type, ...] = (*get_args(Size), Change, AllOf)
"""The types that hold amounts."""


def word_of(kind: type) -> str:
    """The word of a constraint type.

    >>> word_of(AllOf)
    'all_of'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


_BY_WORD = {word_of(kind): kind for kind in TYPES}


def chosen(kind: Kind | tuple[Kind, ...] | None, unit: str | None) -> tuple[type, ...]:
    """The types that a caller asked for; all where nothing was asked.

    >>> chosen(("at_least", AllOf), None)
    (<class 'kpieval.constraints.AtLeast'>, <class 'kpieval.constraints.AllOf'>)
    """
    if kind is None:
        return TYPES if unit is None else WITH_UNITS
    asked = kind if isinstance(kind, tuple) else (kind,)
    found = tuple(_type(one) for one in asked)
    if not found:
        raise InvalidArgument("kind is an empty tuple: there is no such constraint")
    without = [word_of(one) for one in found if one not in WITH_UNITS]
    if unit is not None and without:
        raise InvalidArgument(f"{', '.join(without)}: no unit stands in such a constraint")
    return found


def _type(kind: Kind) -> type:
    found = _BY_WORD.get(kind) if isinstance(kind, str) else kind
    if found not in TYPES:
        raise InvalidArgument(f"{kind!r} is no constraint; one of {', '.join(_BY_WORD)}")
    return found
