"""A scoring policy: the numbers and formulas of one rule, as one frozen value.

A province's rule is an instance, not a subclass. A user's own is made from one with
``attrs.evolve``.
"""

from __future__ import annotations

from enum import Enum
from fractions import Fraction
from typing import Literal

from attrs import frozen

from kpieval.formulas import Bands, Formula, Rounding


class Allocation(Enum):
    """How a first-level weight is divided among rows of a table that has no weights."""

    BY_ROW = "by_row"
    """Equally over the third-level rows."""
    BY_LEVEL2 = "by_level2"
    """Equally over the second-level groups, then over the rows of each."""


@frozen
class Grades:
    """Grade names with the total from which each is given, best first, and the lowest grade."""

    steps: tuple[tuple[str, Fraction], ...]
    lowest: str

    def of(self, total: Fraction) -> str:
        """The grade of an exact total out of 100."""
        return next((name for name, least in self.steps if total >= least), self.lowest)

    @property
    def names(self) -> tuple[str, ...]:
        """All grades, best first."""
        return (*(name for name, _ in self.steps), self.lowest)


@frozen
class Source:
    """Where a rule comes from, and whether its clauses were read or are only remembered."""

    document: str
    issuer: str
    reference: str
    evidence: Literal["read", "remembered"]
    remarks: str = ""


@frozen
class WeightPlan:
    """The weights of a table that has none, by first-level category, in points.

    ``joined`` puts a category that the plan does not know under one that it does; ``handed_on``
    says who gets the points of a category without rows.
    """

    level1: tuple[tuple[str, Fraction], ...]
    joined: tuple[tuple[str, str], ...]
    handed_on: tuple[tuple[str, str], ...]
    allocation: Allocation


@frozen
class Execution:
    """The execution row: its weight, and the formula on 全年执行数 / 全年预算数."""

    weight: Fraction
    formula: Formula


@frozen
class OverCompletion:
    """Attainment of a floor from which it is noted, and from which a reason is asked for."""

    noted_at: Fraction
    reason_at: Fraction


@frozen
class Policy:
    """One scoring rule; all points and shares are exact.

    ``about_tolerance`` is the share by which 约 and 左右 may be missed either way.
    """

    name: str
    title: str
    source: Source
    weights: WeightPlan
    execution: Execution
    floor: Formula
    ceiling: Formula
    qualitative: Bands
    rounding: Rounding
    grades: Grades
    about_tolerance: Fraction
    over_completion: OverCompletion

    @property
    def indicator_total(self) -> Fraction:
        """The points that all indicators of a project share."""
        return sum((points for _, points in self.weights.level1), Fraction(0))
