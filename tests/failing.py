"""Many small cases in one test: a test a case would take ten times as long and tell no more."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest


def failing(check: Callable[..., object], cases: Iterable[tuple[object, ...]]) -> list[str]:
    """The cases that ``check`` fails on, each with its fault; the arguments of a case name it.

    >>> def is_even(number):
    ...     assert number % 2 == 0
    >>> failing(is_even, [(2,), (3,)])
    ['3: AssertionError: ']
    """
    wrong = []
    for case in cases:
        try:
            check(*case)
        # pytest.raises that met no error raises what is no Exception.
        except (Exception, pytest.fail.Exception) as fault:
            named = ", ".join(str(part) for part in case)
            wrong.append(f"{named}: {type(fault).__name__}: {fault}")
    return wrong
