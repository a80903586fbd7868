"""The JSON form of policies: what ``kpieval policies NAME --format json`` prints.

The same form, as JSON or TOML, is what ``--policy FILE`` reads.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, assert_never

from kpieval import exact
from kpieval.errors import MalformedFileError, UnreadableFileError
from kpieval.formulas import (
    Band,
    Bands,
    Formula,
    Ladder,
    Linear,
    PassGate,
    Ratio,
    Rounding,
    Step,
)
from kpieval.policies import (
    Allocation,
    Execution,
    Grades,
    OverCompletion,
    Policy,
    Source,
    WeightPlan,
)
from kpieval.wire.basics import Wire, boolean_from, malformed, text_from


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
        },
        "weights": _plan(policy.weights),
        "execution": {
            "weight": exact.text(policy.execution.weight),
            "formula": formula_wire(policy.execution.formula),
        },
        "floor": formula_wire(policy.floor),
        "ceiling": formula_wire(policy.ceiling),
        "qualitative": {
            "fully": _band(policy.qualitative.fully),
            "partly": _band(policy.qualitative.partly),
            "not": _band(policy.qualitative.not_),
        },
        "rounding": {"places": policy.rounding.places},
        "grades": {
            "steps": [[name, exact.text(least)] for name, least in policy.grades.steps],
            "lowest": policy.grades.lowest,
        },
        "about_tolerance": exact.text(policy.about_tolerance),
        "over_completion": {
            "noted_at": exact.text(policy.over_completion.noted_at),
            "reason_at": exact.text(policy.over_completion.reason_at),
        },
    }


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
            pairs = [[exact.text(at), exact.text(part)] for at, part in steps]
            return {"type": "ladder", "steps": pairs}
        case Step(points=points):
            return {"type": "step", "points": exact.text(points)}
        case _:
            assert_never(formula)


def read_policy(path: str) -> Policy:
    """The policy of a JSON or TOML file."""
    try:
        text = Path(path).read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise UnreadableFileError(path=path, reason=reason) from fault
    try:
        found = tomllib.loads(text) if path.lower().endswith(".toml") else json.loads(text)
        return policy_from(found)
    except (ValueError, RecursionError) as fault:
        raise MalformedFileError(where=path, reason=str(fault)) from fault


def policy_from(data: Mapping[str, Any]) -> Policy:
    """The policy of its JSON form; ValueError for anything else."""
    try:
        return _policy_from(data)
    except (KeyError, TypeError, AttributeError) as fault:
        raise malformed(data) from fault


def _policy_from(data: Mapping[str, Any]) -> Policy:
    execution, over, grades = data["execution"], data["over_completion"], data["grades"]
    bands = data["qualitative"]
    return Policy(
        name=text_from(data["name"]),
        title=text_from(data["title"]),
        source=_source_from(data["source"]),
        weights=_plan_from(data["weights"]),
        execution=Execution(_number(execution["weight"]), _formula_from(execution["formula"])),
        floor=_formula_from(data["floor"]),
        ceiling=_formula_from(data["ceiling"]),
        qualitative=Bands(*(_band_from(bands[name]) for name in ("fully", "partly", "not"))),
        rounding=Rounding(int(data["rounding"]["places"])),
        grades=Grades(_numbered(grades["steps"]), text_from(grades["lowest"])),
        about_tolerance=_number(data["about_tolerance"]),
        over_completion=OverCompletion(_number(over["noted_at"]), _number(over["reason_at"])),
    )


def _source_from(data: Mapping[str, Any]) -> Source:
    evidence = data["evidence"]
    if evidence not in ("read", "remembered"):
        raise malformed(data)
    names = ("document", "issuer", "reference")
    document, issuer, reference = (text_from(data[name]) for name in names)
    return Source(document, issuer, reference, evidence, text_from(data["remarks"]))


def _plan_from(data: Mapping[str, Any]) -> WeightPlan:
    return WeightPlan(
        _numbered(data["level1"]),
        tuple((text_from(one), text_from(other)) for one, other in data["joined"]),
        tuple((text_from(one), text_from(other)) for one, other in data["handed_on"]),
        Allocation(data["allocation"]),
    )


def _numbered(pairs: list[list[str]]) -> tuple[tuple[str, Fraction], ...]:
    return tuple((text_from(name), _number(value)) for name, value in pairs)


def _band_from(data: Mapping[str, Any]) -> Band:
    return Band(_number(data["low"]), _number(data["high"]), boolean_from(data["closed"]))


def _formula_from(data: Mapping[str, Any]) -> Formula:
    match data["type"]:
        case "ratio":
            return Ratio()
        case "linear":
            return Linear()
        case "pass_gate":
            at = _number(data["at"])
            if not 0 <= at < 1:
                raise malformed(data)
            return PassGate(at)
        case "ladder":
            return Ladder(tuple((_number(at), _number(part)) for at, part in data["steps"]))
        case "step":
            return Step(_number(data["points"]))
        case _:
            raise malformed(data)


def _number(plain: object) -> Fraction:
    return exact.from_text(text_from(plain))
