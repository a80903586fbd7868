"""A project as the rules look at it: its rows with their meaning, its money, last year's table."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import cached_property

from attrs import field, frozen

from kpieval import units
from kpieval.amounts import Amount
from kpieval.constraints import (
    AllOf,
    Bare,
    Change,
    Constraint,
    Level,
    Single,
    Statement,
    Target,
    TargetError,
    YesNo,
)
from kpieval.linting import lexicon
from kpieval.linting.config import DEFAULTS, LintConfig
from kpieval.meaning import Dates, Decided, amounts_of
from kpieval.resolving import Open, RowContext, is_money, resolve
from kpieval.tables import Indicator, Project
from kpieval.units import parse_unit


@frozen
class Past:
    """What an earlier table said of a row: its target and its actual, as written."""

    year: int | None
    target: Target | TargetError | None
    actual: str = ""


@frozen
class Row:
    """A row with what its words mean.

    ``past`` holds what earlier tables said of it, the latest first.
    """

    indicator: Indicator
    past: tuple[Past, ...] = ()

    @property
    def name(self) -> str:
        """The third-level name."""
        return self.indicator.name

    @property
    def text(self) -> str:
        """The target cell as written."""
        return self.indicator.text

    @property
    def context(self) -> RowContext:
        """What the row says beside its value."""
        row = self.indicator
        return RowContext(row.level1, row.level2, row.name, row.direction)

    @cached_property
    def target(self) -> Target | None:
        """The target; None when it could not be read."""
        found = self.indicator.target
        return found if isinstance(found, Target) else None

    @cached_property
    def constraint(self) -> Constraint | None:
        """What is asked, its direction decided by the row where the row decides it."""
        if self.target is None:
            return None
        decided = resolve(self.target.constraint, self.context)
        return self.target.constraint if isinstance(decided, Open) else decided.constraint

    @property
    def parts(self) -> tuple[Single, ...]:
        """The parts of a compound target; one for any other; none when it could not be read."""
        if self.constraint is None:
            return ()
        return self.constraint.parts if isinstance(self.constraint, AllOf) else (self.constraint,)

    @property
    def numeric(self) -> tuple[Decided, ...]:
        """The parts that are an interval of amounts."""
        return tuple(part for part in self.parts if isinstance(part, Decided))

    @property
    def dated(self) -> tuple[Dates, ...]:
        """The parts that are about days."""
        return tuple(part for part in self.parts if isinstance(part, Dates))

    @property
    def amounts(self) -> tuple[Amount, ...]:
        """All amounts of the target."""
        return () if self.constraint is None else amounts_of(self.constraint)

    @property
    def is_prose(self) -> bool:
        """Whether the target is a sentence."""
        return isinstance(self.constraint, Statement)

    @property
    def is_qualitative(self) -> bool:
        """Whether the target is words: a level, yes or no, a sentence."""
        return isinstance(self.constraint, Level | YesNo | Statement)

    @property
    def is_change(self) -> bool:
        """Whether a change is asked for."""
        return any(isinstance(part, Change) for part in self.parts)

    @property
    def is_bare(self) -> bool:
        """Whether the cell has no sign."""
        return self.target is not None and isinstance(self.target.constraint, Bare)

    @cached_property
    def money(self) -> Amount | None:
        """The one amount of plain money that the target names; None for rates and for several."""
        found = {amount for amount in self.amounts if is_money(amount)}
        if len(found) != 1:
            return None
        (amount,) = found
        return amount if units.comparable(amount.unit, parse_unit("元")) else None

    @property
    def percentages(self) -> Iterator[Fraction]:
        """The percentages that the target names: 95% is 95."""
        percent = parse_unit("%")
        for amount in self.amounts:
            if units.comparable(amount.unit, percent):
                yield amount.base / percent.scale

    @cached_property
    def category(self) -> str:
        """The first level in the words of today: 产出, 成本, 效益 or 满意度; "" if none."""
        return lexicon.category(self.indicator.level1, self.indicator.level2)

    @cached_property
    def kind(self) -> str:
        """The second level in the words of today: 数量, 质量, 时效 ...; "" if none."""
        return lexicon.kind(self.indicator.level2, self.indicator.level1)

    def says(self, section: str, key: str) -> bool:
        """Whether the name holds one of the words of a list."""
        return lexicon.holds(self.name, section, key)


@frozen
class Sheet:
    """A project as it is linted: its rows, the thresholds, its table of last year."""

    project: Project
    rows: tuple[Row, ...]
    config: LintConfig = DEFAULTS
    earlier: tuple[Project, ...] = field(default=())

    @property
    def year(self) -> int | None:
        """The year of the table."""
        return self.project.year

    @property
    def budget(self) -> Amount | None:
        """The budget of the year."""
        return self.project.budget

    def in_category(self, *categories: str) -> tuple[Row, ...]:
        """The rows of these first levels."""
        return tuple(row for row in self.rows if row.category in categories)
