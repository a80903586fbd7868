"""What a run is asked to fail on."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kpieval.showing import Shown

FAILURES = ("unmet", "undetermined", "error")
"""What a run can be asked to fail on, beside a low score."""


@frozen(repr=False)
class Checks(Shown):
    """What makes a run fail: rows and faults of these kinds, a project's low score under this."""

    fail_on: tuple[str, ...] = ()
    fail_under: Fraction | None = None


NO_CHECKS = Checks()
