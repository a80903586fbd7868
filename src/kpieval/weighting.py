"""Weights: the table's own when it has them, else allocated by the policy and said so."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from attrs import evolve, field, frozen

from kpieval import exact
from kpieval.errors import (
    KpiEvalError,
    LevelSumError,
    PartialWeightsError,
    UnallocatableError,
    WeightSumError,
    WeightValueError,
)
from kpieval.notes import Note
from kpieval.policies import Allocation, NotApplicable, Policy, WeightPlan
from kpieval.showing import Shown
from kpieval.tables import Indicator, Project

WHOLE = Fraction(100)


@frozen(repr=False)
class Weights(Shown):
    """The weight of each row in order; None where there is none that can be used.

    ``execution`` is the weight left for the execution row. ``usable`` is False when the rows do
    not make up a total.
    """

    rows: tuple[Fraction | None, ...]
    execution: Fraction
    allocated: bool = False
    usable: bool = True
    notes: tuple[Note, ...] = ()
    problems: tuple[KpiEvalError, ...] = field(default=(), eq=False)


def weigh(
    project: Project,
    policy: Policy,
    allocation: Allocation | None = None,
    left_out: frozenset[int] = frozenset(),
) -> Weights:
    """The weights of a project's rows under a policy; rows that are ``left_out`` pass theirs on."""
    whole = _whole(project, policy, allocation)
    return _without(whole, project, policy, left_out) if left_out and whole.usable else whole


def _whole(project: Project, policy: Policy, allocation: Allocation | None) -> Weights:
    given = [row.weight for row in project.indicators]
    refused = _refused(project)
    if refused:
        rows = tuple(weight if weight is not None and weight >= 0 else None for weight in given)
        return Weights(rows, policy.execution.weight, usable=False, problems=refused)
    if all(weight is None for weight in given):
        return _allocated(project, policy, allocation or policy.weights.allocation)
    if any(weight is None for weight in given):
        lacking = [row.name for row in project.indicators if row.weight is None]
        error = PartialWeightsError(where=project.name, rows="、".join(lacking))
        return Weights(tuple(given), policy.execution.weight, usable=False, problems=(error,))
    return _summed(project, policy, [weight for weight in given if weight is not None])


def _without(whole: Weights, project: Project, policy: Policy, left_out: frozenset[int]) -> Weights:
    """The weights without some rows: handed on within each first level, or rescaled over all."""
    rows = [weight or Fraction(0) for weight in whole.rows]
    kept = [index for index in range(len(rows)) if index not in left_out and rows[index] > 0]
    names = "、".join(project.indicators[index].name for index in sorted(left_out))
    if not kept:
        told = Note.of("weights.nothing_left", rows=names)
        none: tuple[Fraction | None, ...] = (None,) * len(rows)
        return evolve(whole, rows=none, usable=False, notes=(*whole.notes, told))
    exactly = {index: rows[index] for index in kept}
    if policy.not_applicable is NotApplicable.HAND_ON:
        exactly = _handed_on(rows, kept, project)
    scale = exact.total(rows) / exact.total(exactly.values())
    places = max(2, policy.rounding.places)
    # Cut, not rounded: many parts rounded up would leave the last row less than nothing.
    found = {index: exact.cut(weight * scale, places) for index, weight in exactly.items()}
    found[kept[-1]] += exact.total(rows) - exact.total(found.values())
    told = Note.of(
        "weights.left_out", rows=names, points=exact.total(rows[index] for index in left_out)
    )
    made = tuple(
        None if index in left_out else found.get(index, Fraction(0)) for index in range(len(rows))
    )
    return evolve(whole, rows=made, notes=(*whole.notes, told))


def _handed_on(rows: list[Fraction], kept: list[int], project: Project) -> dict[int, Fraction]:
    """Each first level's weight over the rows that are left of it; a level without is spread."""
    level = [row.level1 for row in project.indicators]
    found = {}
    for index in kept:
        whole = exact.total(w for w, of in zip(rows, level, strict=True) if of == level[index])
        left = exact.total(rows[other] for other in kept if level[other] == level[index])
        found[index] = rows[index] * whole / left
    return found


def _refused(project: Project) -> tuple[KpiEvalError, ...]:
    """Weights below zero, and weights that the reader could not take for numbers."""
    negative = [
        WeightValueError(where=f"{project.name} {row.name}", value=exact.text(row.weight))
        for row in project.indicators
        if row.weight is not None and row.weight < 0
    ]
    unread = [
        problem
        for row in project.indicators
        for problem in row.problems
        if isinstance(problem, WeightValueError)
    ]
    return (*negative, *unread)


def _summed(project: Project, policy: Policy, weights: list[Fraction]) -> Weights:
    """Weights from the table: with the execution row they make 100, or 100 without it."""
    total, parents = exact.total(weights), _parents(project, weights)
    if total == WHOLE - policy.execution.weight:
        return Weights(tuple(weights), policy.execution.weight, problems=parents)
    if total == WHOLE:
        told = (Note.of("weights.no_execution"),)
        return Weights(tuple(weights), Fraction(0), notes=told, problems=parents)
    error = WeightSumError(
        where=project.name,
        total=exact.text(total),
        expected=exact.text(WHOLE - policy.execution.weight),
    )
    return Weights(tuple(weights), policy.execution.weight, usable=False, problems=(error,))


def _parents(project: Project, weights: list[Fraction]) -> tuple[KpiEvalError, ...]:
    """Levels that say their weight (产出指标（50分）) and whose rows make another."""
    wrong: list[KpiEvalError] = []
    for level in dict.fromkeys(project.level_points):
        rows = zip(project.indicators, weights, strict=True)
        total = exact.total(weight for row, weight in rows if level.holds(row))
        if total != level.points:
            where = " ".join(filter(None, (project.name, level.level1, level.level2)))
            said, made = exact.text(level.points), exact.text(total)
            wrong.append(LevelSumError(where=where, total=made, expected=said))
    return tuple(wrong)


def _allocated(project: Project, policy: Policy, allocation: Allocation) -> Weights:
    plan = policy.weights
    categories = [category_of(row, plan) for row in project.indicators]
    held = exact.total(points for name, points in plan.level1 if name in categories)
    lost = [
        UnallocatableError(where=f"{project.name} {row.name}", level1=row.level1 or "—")
        for row, category in zip(project.indicators, categories, strict=True)
        if category is None or not held
    ]
    if lost:
        rows: tuple[Fraction | None, ...] = tuple(None for _ in categories)
        return Weights(rows, policy.execution.weight, usable=False, problems=tuple(lost))
    present = {name for name in categories if name is not None}
    points, notes = _category_points(plan, present, policy.rounding.places)
    weights: list[Fraction | None] = [None] * len(categories)
    for name, total in points.items():
        members = [index for index, category in enumerate(categories) if category == name]
        for index, share in _divided(project.indicators, members, total, allocation, policy):
            weights[index] = share
    said = Note.of(f"weights.{allocation.value}", total=exact.text(policy.indicator_total))
    return Weights(tuple(weights), policy.execution.weight, allocated=True, notes=(said, *notes))


def category_of(row: Indicator, plan: WeightPlan) -> str | None:
    """The plan's category for a row's first level: 产出指标 belongs to 产出."""
    for name, _ in plan.level1:
        if name in row.level1:
            return name
    return next((home for name, home in plan.joined if name in row.level1), None)


def _category_points(
    plan: WeightPlan, present: set[str], places: int
) -> tuple[dict[str, Fraction], tuple[Note, ...]]:
    """The points of each category that has rows; those of the others are handed on.

    Shares that no ``places`` hold are cut, what remains goes to the last.
    """
    points = {name: total for name, total in plan.level1 if name in present}
    notes: list[Note] = []
    for name, total in plan.level1:
        if name in present or not present:
            continue
        heir = dict(plan.handed_on).get(name)
        if heir in present:
            points[heir] += total
            notes.append(Note.of("weights.handed_on", category=name, heir=heir, points=total))
        else:
            notes.append(Note.of("weights.spread", category=name, points=total))
    whole = exact.total(total for _, total in plan.level1)
    held = exact.total(points.values())
    if points and held != whole:
        points = {name: exact.cut(total * whole / held, places) for name, total in points.items()}
        *_, last = points
        points[last] += whole - exact.total(points.values())
    return points, tuple(notes)


def _divided(
    rows: Sequence[Indicator],
    members: list[int],
    total: Fraction,
    allocation: Allocation,
    policy: Policy,
) -> list[tuple[int, Fraction]]:
    """A category's points over its rows, the cents that remain on the last."""
    places = policy.rounding.places
    if allocation is Allocation.BY_ROW:
        return list(zip(members, _equally(total, len(members), places), strict=True))
    groups: dict[str, list[int]] = {}
    for index in members:
        groups.setdefault(rows[index].level2, []).append(index)
    shares = _equally(total, len(groups), places)
    return [
        (index, share)
        for group, group_total in zip(groups.values(), shares, strict=True)
        for index, share in zip(group, _equally(group_total, len(group), places), strict=True)
    ]


def _equally(total: Fraction, count: int, places: int) -> list[Fraction]:
    """``count`` equal parts cut to ``places``, what remains added to the last."""
    part = exact.cut(total / count, max(2, places))
    return [part] * (count - 1) + [total - part * (count - 1)]
