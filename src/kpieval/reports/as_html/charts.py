"""Where the marks of the charts lie, in the units of their drawings; templates draw them.

Exact arithmetic throughout; a place is written with two decimals.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import frozen

from kpieval import exact
from kpieval.outcomes import Score

_STEPS = (1, 2, 5, 10, 20, 50)
_MOST_TICKS = 6


def place(value: Fraction) -> str:
    """A place in a drawing.

    >>> place(Fraction(200, 3)), place(Fraction(12))
    ('66.67', '12')
    """
    return exact.text(exact.half_up(value, 2))


@frozen
class Bar:
    """A score on its scale: points for sure, the undetermined span beside them, and marks."""

    width: int
    sure: str
    open_at: str
    open: str
    marks: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, score: Score, full: Fraction, width: int, marks: Sequence[Fraction] = ()
    ) -> Bar | None:
        """The bar of a score out of ``full``; None where nothing could be got.

        >>> Bar.of(Score(Fraction(30), Fraction(40)), Fraction(50), 200).open
        '40'
        """
        if full <= 0:
            return None
        low, high = (
            min(max(end, Fraction(0)), full) * width / full for end in (score.low, score.high)
        )
        lines = tuple(place(mark * width / full) for mark in marks if 0 < mark < full)
        return cls(width, place(low), place(low), place(high - low), lines)


@frozen
class Scale:
    """One axis: its ends, and where the ticks between them stand."""

    low: Fraction
    high: Fraction
    step: Fraction

    @classmethod
    def over(cls, values: Sequence[Fraction], *, least: int = 20) -> Scale:
        """Round ends around the values and around 100, at least ``least`` apart.

        >>> scale = Scale.over([Fraction(82), Fraction(97)])
        >>> [str(tick) for tick in scale.ticks]
        ['80', '85', '90', '95', '100']
        """
        low, high = min(values), max(*values, Fraction(100))
        low = min(low, high - least)
        step = _step(high - low)
        bottom = max(Fraction(0), low // step * step)
        return cls(bottom, -(-high // step) * step, step)

    @property
    def ticks(self) -> tuple[Fraction, ...]:
        """The marked values, both ends too."""
        count = int((self.high - self.low) / self.step)
        return tuple(self.low + self.step * number for number in range(count + 1))

    def share(self, value: Fraction) -> Fraction:
        """How far along the axis a value stands."""
        return (value - self.low) / (self.high - self.low)


def _step(width: Fraction) -> Fraction:
    """The smallest round step that needs few ticks."""
    scale = Fraction(1)
    while width / (scale * _STEPS[-1]) > _MOST_TICKS:
        scale *= 100
    return next(scale * step for step in _STEPS if width / (scale * step) <= _MOST_TICKS)


@frozen
class Dot:
    """A project in the chart of execution against score; ``label`` is its number."""

    label: str
    told: str
    x: str
    high: str
    height: str
    middle: str
    exact: bool
    left: bool
    """Whether the label stands on the left, for want of room on the right."""


@frozen
class Tick:
    """A mark of an axis, where it stands and what it says."""

    at: str
    text: str


@frozen
class Scatter:
    """Execution across, score upwards; the plot lies within the four sides."""

    dots: tuple[Dot, ...]
    across: Scale
    up: Scale
    left: int = 46
    top: int = 14
    right: int = 440
    bottom: int = 250

    @property
    def x_ticks(self) -> tuple[Tick, ...]:
        """The marks below the plot."""
        return tuple(Tick(place(self.x(it)), exact.text(it)) for it in self.across.ticks)

    @property
    def y_ticks(self) -> tuple[Tick, ...]:
        """The marks left of the plot."""
        return tuple(Tick(place(self.y(it)), exact.text(it)) for it in self.up.ticks)

    def x(self, value: Fraction) -> Fraction:
        """Where an execution rate stands."""
        return self.left + self.across.share(value) * (self.right - self.left)

    def y(self, value: Fraction) -> Fraction:
        """Where a score stands; drawings count downwards."""
        return self.bottom - self.up.share(value) * (self.bottom - self.top)


@frozen
class Point:
    """A project to be drawn: its number, its words, its execution in percent and its score."""

    label: str
    told: str
    rate: Fraction
    score: Score


def scatter(points: Sequence[Point]) -> Scatter | None:
    """The chart of several projects; None for fewer than two."""
    if len(points) < 2:
        return None
    across = Scale.over([it.rate for it in points])
    up = Scale.over([end for it in points for end in (it.score.low, it.score.high)])
    empty = Scatter((), across, up)
    return Scatter(tuple(_dot(it, empty) for it in points), across, up)


def _dot(point: Point, on: Scatter) -> Dot:
    x, high, low = on.x(point.rate), on.y(point.score.high), on.y(point.score.low)
    return Dot(
        point.label,
        point.told,
        x=place(x),
        high=place(high),
        height=place(low - high),
        middle=place((high + low) / 2),
        exact=point.score.is_exact,
        left=x > on.right - 24,
    )
