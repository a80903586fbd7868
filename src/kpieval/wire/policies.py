"""The JSON form of policies: what ``kpieval policies NAME --format json`` prints."""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from kpieval import exact
from kpieval.formulas import (
    Band,
    Binary,
    DateRule,
    Formula,
    Grace,
    Ladder,
    Linear,
    PassGate,
    PerDay,
    Ratio,
    Step,
)
from kpieval.policies import Flags, Grades, HandChange, Policy, WeightPlan
from kpieval.wire.basics import Wire, day


def policy_wire(policy: Policy) -> Wire:
    """All numbers and formulas of a policy."""
    source = policy.source
    return {
        "name": policy.name,
        "title": policy.title,
        "source": {
            "document": source.document,
            "issuer": source.issuer,
            "reference": source.reference,
            "evidence": source.evidence,
            "remarks": source.remarks,
            "in_force": day(source.in_force),
            "until": day(source.until),
            "reference_en": source.reference_en,
            "remarks_en": source.remarks_en,
        },
        "weights": _plan(policy.weights),
        "execution": {
            "weight": exact.text(policy.execution.weight),
            "formula": formula_wire(policy.execution.formula),
            "when_finished": policy.execution.when_finished,
        },
        "floor": formula_wire(policy.floor),
        "ceiling": formula_wire(policy.ceiling),
        "qualitative": {
            "fully": _band(policy.qualitative.fully),
            "partly": _band(policy.qualitative.partly),
            "not": _band(policy.qualitative.not_),
        },
        "rounding": {"places": policy.rounding.places},
        "grades": _grades(policy.grades),
        "about_tolerance": exact.text(policy.about_tolerance),
        "over_completion": {
            "noted_at": exact.text(policy.over_completion.noted_at),
            "reason_at": exact.text(policy.over_completion.reason_at),
            "mandatory": policy.over_completion.mandatory,
            "ladder": _steps(policy.over_completion.ladder),
            "document": policy.over_completion.document,
        },
        "dates": date_rule_wire(policy.dates),
        "by_actual": [
            {"level1": rule.level1, "steps": _steps(rule.steps)} for rule in policy.by_actual
        ],
        "not_applicable": policy.not_applicable.value,
        "hand_change": _hand_change(policy.hand_change),
        "flags": _flags(policy.flags),
        "deducts": policy.deducts,
        "unverified": policy.unverified,
    }


def _grades(grades: Grades | None) -> Wire | None:
    if grades is None:
        return None
    return {
        "steps": [[name, exact.text(least)] for name, least in grades.steps],
        "lowest": grades.lowest,
    }


def _steps(steps: tuple[tuple[Fraction, Fraction], ...]) -> list[list[str]]:
    return [[exact.text(at), exact.text(part)] for at, part in steps]


def _hand_change(rule: HandChange | None) -> Wire | None:
    if rule is None:
        return None
    return {
        "floor_at": exact.text(rule.floor_at),
        "ceiling_over": rule.ceiling_over,
        "equal_off": rule.equal_off,
    }


def _flags(flags: Flags | None) -> Wire | None:
    if flags is None:
        return None
    return {"outrun": exact.text(flags.outrun), "unspent": exact.text(flags.unspent)}


def date_rule_wire(rule: DateRule) -> Wire:
    """A rule for late dates by its type, with its numbers."""
    match rule:
        case Binary():
            return {"type": "binary"}
        case Grace(days=days, share=part):
            return {"type": "grace", "days": days, "share": exact.text(part)}
        case PerDay(share=part):
            return {"type": "per_day", "share": exact.text(part)}
        case _:
            assert_never(rule)


def _plan(plan: WeightPlan) -> Wire:
    return {
        "level1": [[name, exact.text(weight)] for name, weight in plan.level1],
        "joined": [list(pair) for pair in plan.joined],
        "handed_on": [list(pair) for pair in plan.handed_on],
        "allocation": plan.allocation.value,
    }


def _band(band: Band) -> Wire:
    return {"low": exact.text(band.low), "high": exact.text(band.high), "closed": band.closed}


def formula_wire(formula: Formula) -> Wire:
    """A formula by its type, with its numbers."""
    match formula:
        case Ratio():
            return {"type": "ratio"}
        case Linear():
            return {"type": "linear"}
        case PassGate(at=at):
            return {"type": "pass_gate", "at": exact.text(at)}
        case Ladder(steps=steps):
            return {"type": "ladder", "steps": _steps(steps)}
        case Step(points=points):
            return {"type": "step", "points": exact.text(points)}
        case _:
            assert_never(formula)
