"""The engine's answers in the oracle's terms, and what of them is compared."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from oracle.policies import OWN
from oracle.reading import read_target

from kpieval.actuals import MISSING
from kpieval.amounts import Amount
from kpieval.constraints import AtMost, Target, TargetError
from kpieval.errors import DeductionError, ReadingError
from kpieval.notes import Note
from kpieval.outcomes import Met, Score, Unmet, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.scoring import score_indicator, score_project
from kpieval.tables import ActualEntry, Actuals, Indicator, Project
from kpieval.wire.policy_files import policy_from

ROW_REMARKS = {
    "over.noted": "far over",
    "over.reason": "reason",
    "over.reason_mandatory": "mandatory reason",
    "step.over_ladder": "ladder",
    "step.equal_exceeded": "more than equal",
    "step.capped": "capped",
    "step.by_actual": "by the actual",
}
PROJECT_REMARKS = {
    "flag.outrun": "outrun",
    "flag.unspent": "unspent",
    "execution.over": "overspent",
    "execution.missing": "no spending",
    "execution.no_budget": "no budget",
    "execution.finished_unknown": "finished or not",
    "policy.unverified": "unverified",
    "weights.by_row": "shared out",
    "weights.handed_on": "handed on",
    "weights.left_out": "left out",
}
DEDUCTIONS = {"deduction.taken": "deducted", "deduction.left": "deduction left"}


def own_change(change: str, text: str) -> dict[str, Any]:
    """A user's change as a policy file says it."""
    numbers = text.split("/")
    match change:
        case "places":
            return {"rounding": {"places": int(text)}}
        case "over":
            return {"over_completion": dict(zip(("noted_at", "reason_at"), numbers, strict=True))}
        case "ladder":
            steps = [step.split(":") for step in numbers]
            return {"over_completion": {"ladder": steps, "document": "某财绩〔2024〕1号"}}
        case _:
            return {"flags": dict(zip(("outrun", "unspent"), numbers, strict=True))}


@cache
def chosen(name: str) -> Policy:
    """The policy that a name of the oracle means: shipped, or as a user's file makes it."""
    shipped_name, changes = [], []
    for part in name.split("+"):
        own = OWN.fullmatch(part)
        if part == "mandatory":
            changes.append({"over_completion": {"mandatory": True}})
        elif own:
            changes.append(own_change(own[1], own[2]))
        else:
            shipped_name.append(part)
    base = "+".join(shipped_name)
    if not changes:
        return policy(base)
    data: dict[str, Any] = {"base": base}
    for change in changes:
        data |= change
    return policy_from(data)


def target_of(case: dict[str, Any]) -> Target | TargetError:
    try:
        return parse_target(
            case["target"],
            year=case["year"],
            name=case["name"],
            level1=case["level1"],
            level2=case["level2"],
        )
    except ReadingError as error:
        return TargetError(case["target"], error)


def indicator_of(case: dict[str, Any]) -> Indicator:
    """A case as a row of a table."""
    return Indicator(
        level1=case["level1"],
        level2=case["level2"],
        name=case["name"],
        text=case["target"],
        target=target_of(case),
        direction=case["direction"] or "",
        weight=None if case["weight"] is None else Fraction(case["weight"]),
    )


def word_of(verdict: Verdict) -> str:
    """The verdict in the oracle's terms."""
    match verdict:
        case Met():
            return "met"
        case Unmet():
            return "unmet"
        case _:
            return "undetermined"


def remarks_of(result: IndicatorResult) -> list[str]:
    """What is said of a row, in the oracle's terms."""
    verdict = result.verdict
    told: list[Note] = [*result.notes, *verdict.notes, *result.judgement.steps]
    codes = {note.code for note in told}
    if not isinstance(verdict, Unmet):
        # An open row is kept below its weight too; only of missed ones it must be said.
        codes.discard("step.capped")
    return sorted(ROW_REMARKS[code] for code in codes if code in ROW_REMARKS)


def points_of(score: Score | None) -> dict[str, Fraction] | None:
    """A score in the oracle's terms."""
    return None if score is None else {"low": score.low, "high": score.high}


def engine(case: dict[str, Any]) -> dict[str, Any]:
    """The engine's judgement of a case, in the oracle's terms."""
    indicator = indicator_of(case)
    target = indicator.target
    like = target if isinstance(target, Target) else None
    actual, unread = MISSING, isinstance(target, TargetError)
    if case["actual"] is not None:
        try:
            actual = parse_actual(case["actual"], like=like, year=case["year"])
        except ReadingError:
            unread = True
    result = score_indicator(indicator, actual, chosen(case["policy"]))
    reached = result.judgement.attainment
    return {
        "verdict": word_of(result.verdict),
        "attainment": reached and {"low": reached.low, "high": reached.high},
        "score": points_of(result.score),
        "remarks": remarks_of(result),
        "error": unread,
    }


def amount_of(text: str | None) -> Amount | None:
    if text is None:
        return None
    constraint = parse_target("≤" + text).constraint
    assert isinstance(constraint, AtMost)
    return constraint.value


def table_of(project: dict[str, Any]) -> Project:
    return Project(
        name=project["name"],
        indicators=tuple(indicator_of(row) for row in project["rows"]),
        year=project["year"],
        budget=amount_of(project["budget"]),
    )


def entries_of(project: dict[str, Any]) -> Actuals:
    """The actuals of a project with their deductions; a row without either has no entry."""
    entries = [
        ActualEntry(
            row["name"],
            row["actual"] or "",
            project=project["name"],
            deduction=row.get("deduction") or "",
        )
        for row in project["rows"]
        if row["actual"] is not None or row.get("deduction")
    ]
    if project["executed"] is not None:
        entries.append(ActualEntry("全年执行数", project["executed"], project=project["name"]))
    return Actuals(tuple(entries))


def _deduction_of(row: IndicatorResult, refused: set[str]) -> str:
    """What is said of a row's deduction, in the oracle's terms."""
    if row.indicator.name in refused:
        return "deduction refused"
    said = {DEDUCTIONS[note.code] for note in row.notes if note.code in DEDUCTIONS}
    return "".join(sorted(said))


def engine_of_projects(project: dict[str, Any], rule: Policy) -> dict[str, Any]:
    """The engine's result of a project, in the oracle's terms."""
    return in_terms(score_project(table_of(project), entries_of(project), rule))


def in_terms(result: ProjectResult) -> dict[str, Any]:
    """A result of the engine as the oracle would say it."""
    execution = result.execution
    assert execution is not None
    told = (*result.notes, *execution.notes)
    refused = {str(error.where) for error in _deduction_errors(result)}
    return {
        "rows": [
            {
                "name": row.indicator.name,
                "verdict": word_of(row.verdict),
                "weight": row.weight,
                "score": points_of(row.score),
                "deduction": _deduction_of(row, refused),
            }
            for row in result.indicators
        ],
        "execution": {"rate": execution.rate, "score": points_of(execution.score)},
        "score": points_of(result.score),
        "grades": list(result.grades),
        "alternative": points_of(result.alternative),
        "met": result.compliance.met,
        "unmet": result.compliance.unmet,
        "undetermined": result.compliance.undetermined,
        "remarks": sorted(
            {PROJECT_REMARKS[note.code] for note in told if note.code in PROJECT_REMARKS}
        ),
    }


def _deduction_errors(result: ProjectResult) -> list[DeductionError]:
    errors = [*result.problems, *(row.error for row in result.indicators)]
    return [error for error in errors if isinstance(error, DeductionError)]


def compared_row(case: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """What is compared of an answer."""
    said = set(answer["remarks"])
    if not answer["error"] and read_target(case["target"], case["year"])["type"] == "all_of":
        # Which of the parts was kept below the weight is nobody's question.
        said.discard("capped")
    return {**answer, "remarks": sorted(said)}


def same_row(case: dict[str, Any], expected: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether the two answers are the same."""
    expected["remarks"].sort()
    return expected == found or compared_row(case, expected) == compared_row(case, found)
