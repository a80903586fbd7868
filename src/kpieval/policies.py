"""A scoring policy: the numbers and formulas of one rule, as one frozen value.

A province's rule is an instance, not a subclass. A user's own is made from one with
``attrs.evolve``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from typing import Literal, assert_never

from attrs import frozen

from kpieval.errors import ImpossiblePolicyError
from kpieval.formulas import (
    NOTHING_WHEN_LATE,
    Bands,
    Binary,
    ByActual,
    DateRule,
    Formula,
    Grace,
    Ladder,
    PassGate,
    PerDay,
    Rounding,
    Step,
)
from kpieval.showing import Shown


class Allocation(Enum):
    """How a first-level weight is divided among rows of a table that has no weights."""

    BY_ROW = "by_row"
    """Equally over the third-level rows."""
    BY_LEVEL2 = "by_level2"
    """Equally over the second-level groups, then over the rows of each."""


class NotApplicable(Enum):
    """What becomes of a row whose actual says that it does not apply (不适用)."""

    ASK = "ask"
    """It stays open, for a person to decide."""
    RESCALE = "rescale"
    """It is dropped, and the other weights are rescaled to the same total."""
    HAND_ON = "hand_on"
    """It is dropped, and its weight goes to the other rows of its first level."""


@frozen(repr=False)
class Grades(Shown):
    """Grade names with the total from which each is given, best first, and the lowest grade.

    >>> Grades((("优", Fraction(90)), ("良", Fraction(80))), "差").of(Fraction("89.99"))
    '良'
    """

    steps: tuple[tuple[str, Fraction], ...]
    lowest: str

    def of(self, total: Fraction) -> str:
        """The grade of an exact total out of 100."""
        return next((name for name, least in self.steps if total >= least), self.lowest)

    @property
    def names(self) -> tuple[str, ...]:
        """All grades, best first."""
        return (*(name for name, _ in self.steps), self.lowest)


@frozen(repr=False)
class Source(Shown):
    """Where a rule comes from, and whether its clauses were read or are only remembered.

    ``in_force`` and ``until`` are the first and the last day, where they are known.
    ``reference_en`` and ``remarks_en`` say the same as their namesakes, in English.
    """

    document: str
    issuer: str
    reference: str
    evidence: Literal["read", "remembered"]
    remarks: str = ""
    in_force: dt.date | None = None
    until: dt.date | None = None
    reference_en: str = ""
    remarks_en: str = ""


@frozen(repr=False)
class WeightPlan(Shown):
    """The weights of a table that has none, by first-level category, in points.

    ``joined`` puts a category that the plan does not know under one that it does; ``handed_on``
    says who gets the points of a category without rows.
    """

    level1: tuple[tuple[str, Fraction], ...]
    joined: tuple[tuple[str, str], ...]
    handed_on: tuple[tuple[str, str], ...]
    allocation: Allocation


@frozen(repr=False)
class Execution(Shown):
    """The execution row: its weight, and the formula on 全年执行数 / 全年预算数.

    With ``when_finished``, the formula holds for projects that are not finished, and one finished
    within its budget earns the weight; as no table says which it is, the row is an interval.
    """

    weight: Fraction
    formula: Formula
    when_finished: bool = False


@frozen(repr=False)
class OverCompletion(Shown):
    """Attainment of a floor from which it is noted, and from which a reason is asked for.

    ``ladder`` takes (attainment, share of the weight taken off), the highest first; it needs the
    number of the ``document`` that says so. ``mandatory`` makes the reason a duty.
    """

    noted_at: Fraction
    reason_at: Fraction
    mandatory: bool = False
    ladder: tuple[tuple[Fraction, Fraction], ...] = ()
    document: str = ""

    def taken_off(self, attainment: Fraction, *, below: bool = False) -> Fraction:
        """The share of the weight that an attainment costs; ``below``: all that lies below it."""
        for at, part in self.ladder:
            if attainment > at or (attainment == at and not below):
                return part
        return Fraction(0)


@frozen(repr=False)
class HandChange(Shown):
    """Rows whose points a site may change by hand: audit cannot call these wrong.

    A floor from ``floor_at`` times its target; a ceiling that is passed, an = that is not met.
    """

    floor_at: Fraction
    ceiling_over: bool = True
    equal_off: bool = True


@frozen(repr=False)
class Flags(Shown):
    """When a project is flagged: the score outruns the execution, too much is left unspent.

    Both are shares: 1/20 is five percentage points.
    """

    outrun: Fraction
    unspent: Fraction


@frozen(repr=False)
class Policy(Shown):
    """One scoring rule; all points and shares are exact.

    ``about_tolerance`` is the share by which 约 and 左右 may be missed either way. ``grades`` is
    None where a rule gives none. ``by_actual`` names first levels that earn by the actual alone.
    ``deducts`` takes the points of a 扣减分数 column off. ``unverified`` makes every result say so.
    Numbers that cannot be are refused: ImpossiblePolicyError.

    >>> from attrs import evolve
    >>> from kpieval import Step, policy
    >>> own = evolve(policy("mof-2020"), name="own", floor=Step(Fraction(1)))
    >>> own.floor, own.source.evidence
    (Step(points=Fraction(1, 1)), 'remembered')
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
    grades: Grades | None
    about_tolerance: Fraction
    over_completion: OverCompletion
    dates: DateRule = NOTHING_WHEN_LATE
    by_actual: tuple[ByActual, ...] = ()
    not_applicable: NotApplicable = NotApplicable.ASK
    hand_change: HandChange | None = None
    flags: Flags | None = None
    deducts: bool = False
    unverified: bool = False

    def __attrs_post_init__(self) -> None:
        wrong = impossible(self)
        if wrong:
            raise ImpossiblePolicyError(where=self.name, fields="; ".join(wrong))

    @property
    def indicator_total(self) -> Fraction:
        """The points that all indicators of a project share."""
        return sum((points for _, points in self.weights.level1), Fraction(0))


def impossible(policy: Policy) -> tuple[str, ...]:
    """The numbers of a policy that cannot be, each with the place where it stands."""
    checks = (_wrong_points, _wrong_shares, _wrong_orders, _wrong_names, _wrong_steps)
    return tuple(fault for check in checks for fault in check(policy))


def _wrong_points(policy: Policy) -> list[str]:
    points = [(f"weights.level1.{name}", value) for name, value in policy.weights.level1]
    points.append(("execution.weight", policy.execution.weight))
    wrong = [f"{name} = {value} < 0" for name, value in points if value < 0]
    total = sum((value for _, value in points), Fraction(0))
    if total != 100:
        wrong.append(f"weights.level1 + execution.weight = {total}, not 100")
    if not 0 <= policy.rounding.places <= 200:
        wrong.append(f"rounding.places = {policy.rounding.places}, not 0 to 200")
    return wrong


def _wrong_shares(policy: Policy) -> list[str]:
    bands = policy.qualitative
    shares = [("about_tolerance", policy.about_tolerance)]
    for name, band in (("fully", bands.fully), ("partly", bands.partly), ("not", bands.not_)):
        shares += [(f"qualitative.{name}.low", band.low), (f"qualitative.{name}.high", band.high)]
    shares += [("over_completion.ladder", part) for _, part in policy.over_completion.ladder]
    shares += [("by_actual", part) for rule in policy.by_actual for _, part in rule.steps]
    match policy.dates:
        case Grace(share=part) | PerDay(share=part):
            shares.append(("dates.share", part))
        case Binary():
            pass
        case _:
            assert_never(policy.dates)
    if policy.flags is not None:
        shares += [("flags.outrun", policy.flags.outrun), ("flags.unspent", policy.flags.unspent)]
    for name, formula in _formulas(policy):
        match formula:
            case PassGate(at=at) if not 0 <= at < 1:
                shares.append((f"{name}.at", Fraction(2)))
            case Ladder(steps=steps):
                shares += [(f"{name}.steps", part) for _, part in steps]
            case _:
                pass
    return [f"{name}: not a share from 0 to 1" for name, share in shares if not 0 <= share <= 1]


def _wrong_orders(policy: Policy) -> list[str]:
    falling = [(f"{name}.steps", f.steps) for name, f in _formulas(policy) if isinstance(f, Ladder)]
    falling += [("by_actual", rule.steps) for rule in policy.by_actual]
    falling.append(("over_completion.ladder", policy.over_completion.ladder))
    wrong = [
        f"{name}: the highest threshold comes first"
        for name, steps in falling
        if [at for at, _ in steps] != sorted({at for at, _ in steps}, reverse=True)
    ]
    # A lower threshold must not earn more.
    wrong += [
        f"{name}: a lower threshold earns more"
        for name, steps in falling
        if name != "over_completion.ladder"
        and [part for _, part in steps] != sorted((part for _, part in steps), reverse=True)
    ]
    over = policy.over_completion
    if [part for _, part in over.ladder] != sorted((p for _, p in over.ladder), reverse=True):
        wrong.append("over_completion.ladder: a higher threshold takes less off")
    if over.noted_at > over.reason_at:
        wrong.append("over_completion: noted_at > reason_at")
    if policy.grades is not None:
        least = [value for _, value in policy.grades.steps]
        if least != sorted(set(least), reverse=True):
            wrong.append("grades.steps: the best grade comes first")
    bands = policy.qualitative
    ends = [bands.not_.low, bands.not_.high, bands.partly.low, bands.partly.high]
    if [*ends, bands.fully.low, bands.fully.high] != sorted(
        [*ends, bands.fully.low, bands.fully.high]
    ):
        wrong.append("qualitative: the bands overlap")
    if over.ladder and not over.document.strip():
        wrong.append("over_completion.document: a ladder needs the number of its document")
    wrong += [
        f"{name}.points = {f.points} < 0"
        for name, f in _formulas(policy)
        if isinstance(f, Step) and f.points < 0
    ]
    return wrong


def _wrong_names(policy: Policy) -> list[str]:
    """Names that stand twice, and first levels that the plan does not have."""
    plan = policy.weights
    named = [name for name, _ in plan.level1]
    wrong = [f"weights.level1: {name} stands twice" for name in _doubled(named)]
    wrong += [
        f"weights.{label}: there is no {home} in weights.level1"
        for label, pairs in (("joined", plan.joined), ("handed_on", plan.handed_on))
        for _, home in pairs
        if home not in named
    ]
    if policy.grades is not None:
        wrong += [f"grades: {name} stands twice" for name in _doubled(policy.grades.names)]
        wrong += [
            f"grades.steps.{name} = {least}, not 0 to 100"
            for name, least in policy.grades.steps
            if not 0 <= least <= 100
        ]
    return wrong


def _doubled(names: Sequence[str]) -> list[str]:
    return [name for index, name in enumerate(names) if name in names[:index]]


def _wrong_steps(policy: Policy) -> list[str]:
    """Steps that are missing, and thresholds where none can be."""
    needed = [(f"{name}.steps", f.steps) for name, f in _formulas(policy) if isinstance(f, Ladder)]
    needed += [("by_actual", rule.steps) for rule in policy.by_actual]
    wrong = [f"{name}: there are none" for name, steps in needed if not steps]
    wrong += [
        f"over_completion.ladder: {at} ≤ 1 is no over-completion"
        for at, _ in policy.over_completion.ladder
        if at <= 1
    ]
    if isinstance(policy.dates, Grace) and policy.dates.days < 0:
        wrong.append(f"dates.days = {policy.dates.days} < 0")
    return wrong


def _formulas(policy: Policy) -> tuple[tuple[str, Formula], ...]:
    return (
        ("floor", policy.floor),
        ("ceiling", policy.ceiling),
        ("execution.formula", policy.execution.formula),
    )
