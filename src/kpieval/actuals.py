"""What a year-end actual says: a measured interval, a change, a stated word, or nothing."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from fractions import Fraction

from attrs import frozen

from kpieval.constraints import Direction
from kpieval.intervals import Interval
from kpieval.notes import Note
from kpieval.showing import Shown
from kpieval.units import Unit


@frozen(repr=False)
class Measured(Shown):
    """An amount, exact or known only within bounds.

    ``interval`` stands in base units; ``unit`` is the unit written, ``factor`` the scale before it
    (万). ``about`` marks 约 and 左右: a policy's tolerance widens it.
    """

    interval: Interval[Fraction]
    unit: Unit
    about: bool = False
    factor: int | Fraction = 1


@frozen(repr=False)
class Dated(Shown):
    """A civil day, or a period of days within which the thing happened."""

    interval: Interval[dt.date]


@frozen(repr=False)
class Changed(Shown):
    """A change that was measured; ``size`` is positive unless nothing changed."""

    direction: Direction
    basis: str | None
    size: Measured


class Attained(Enum):
    """The words in which self-evaluations state attainment."""

    FULLY = "fully"
    PARTLY = "partly"
    NOT = "not"


@frozen(repr=False)
class Stated(Shown):
    """A word instead of a measure: 达成, 部分达成, 未达成; ``attained`` is None for other prose."""

    text: str
    attained: Attained | None = None
    done: bool = False
    """Whether the word only says that something is finished (完成), not when or how much."""


@frozen(repr=False)
class Graded(Shown):
    """A word of a known scale, best first."""

    level: str
    scale: tuple[str, ...] = ()


@frozen(repr=False)
class Answered(Shown):
    """An actual of 是 or 否."""

    value: bool


@frozen(repr=False)
class Missing(Shown):
    """No actual: the cell is absent, blank or a dash. Never zero."""

    reason: str = "absent"


Part = Measured | Dated | Changed | Stated | Graded | Answered


@frozen(repr=False)
class Every(Shown):
    """The parts of a compound actual."""

    parts: tuple[Part, ...]


Reading = Part | Every | Missing


@frozen(repr=False)
class Actual(Shown):
    """An actual that was read: the text as written, its reading and what was assumed."""

    _row_ = ("source", "reading")

    source: str
    reading: Reading
    notes: tuple[Note, ...] = ()


MISSING = Actual("", Missing())
