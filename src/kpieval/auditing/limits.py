"""The thresholds of the findings that no policy states; a caller's own go in their place."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kpieval.showing import Shown


@frozen
class Limits(Shown):
    """From which share on spending and points are worth a second look.

    ``outruns``: points ahead of the execution rate. ``unspent``: budget that was left over.
    ``copied``: rows that a table must have before equal actuals and full scores are worth a note.
    """

    outruns: Fraction = Fraction(1, 20)
    unspent: Fraction = Fraction(1, 5)
    copied: int = 3


LIMITS = Limits()
