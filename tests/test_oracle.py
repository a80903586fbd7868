"""The engine against the oracle: same verdicts, attainments, scores and totals on generated cases.

The oracle is plain Python written from the meaning of the texts, without any of the package's code.
"""

from __future__ import annotations

import os
import re
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from attrs import evolve
from oracle.cases import cases
from oracle.judging import judge
from oracle.policies import MODIFIED, OWN, OWNED, PRESETS
from oracle.projects import judge_project, projects
from oracle.reading import read_target
from oracle.summaries import summarise

from kpieval.actuals import MISSING
from kpieval.amounts import Amount
from kpieval.constraints import AtMost, Target, TargetError
from kpieval.errors import DeductionError, ReadingError, UnknownPolicyError
from kpieval.notes import Note
from kpieval.outcomes import Met, Score, Unmet, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.results import IndicatorResult, ProjectResult
from kpieval.scoring import score_indicator, score_project, score_tables
from kpieval.tables import ActualEntry, Actuals, Indicator, Project
from kpieval.wire.policy_files import policy_from

COUNT = int(os.environ.get("KPIEVAL_ORACLE_CASES", "6000"))

RULES = {
    **{name: [name] for name in PRESETS},
    **{f"{name}, modified": names for name, names in MODIFIED.items()},
    **{f"{name}, a user's": names for name, names in OWNED.items()},
}
"""The policies that are compared together; each group has its own share of the cases."""

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


def _own(change: str, text: str) -> dict[str, Any]:
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
            changes.append(_own(own[1], own[2]))
        else:
            shipped_name.append(part)
    base = "+".join(shipped_name)
    if not changes:
        return policy(base)
    data: dict[str, Any] = {"base": base}
    for change in changes:
        data |= change
    return policy_from(data)


def share(count: int, group: str) -> int:
    """The cases of one group: three of five go to the presets as they are."""
    parts = 5 * len(PRESETS)
    return -(-count * (3 if group in PRESETS else 1) // parts)


def shipped(group: str) -> list[str]:
    """The policies of a group, where the package has them."""
    try:
        for name in RULES[group]:
            chosen(name)
    except UnknownPolicyError as error:
        pytest.skip(str(error))
    return RULES[group]


def _target(case: dict[str, Any]) -> Target | TargetError:
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
        target=_target(case),
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


def _amount(text: str | None) -> Amount | None:
    if text is None:
        return None
    constraint = parse_target("≤" + text).constraint
    assert isinstance(constraint, AtMost)
    return constraint.value


def _table(project: dict[str, Any]) -> Project:
    return Project(
        name=project["name"],
        indicators=tuple(indicator_of(row) for row in project["rows"]),
        year=project["year"],
        budget=_amount(project["budget"]),
    )


def _entries(project: dict[str, Any]) -> Actuals:
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
    return in_terms(score_project(_table(project), _entries(project), rule))


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


OPEN_END = re.compile("余|<|低于|少于|小于|不足|不满")


def _fine(weight: object, name: str) -> bool:
    """Whether a weight has more places than the points of a policy."""
    return Fraction(str(weight)) * 10 ** chosen(name).rounding.places % 1 != 0


def _ends_open_under_a_ladder(case: dict[str, Any], name: str) -> bool:
    return bool(chosen(name).over_completion.ladder and OPEN_END.search(case["actual"] or ""))


def compared_row(case: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """What is compared of an answer: all but the faults that stand below as expected to fail."""
    said, score = set(answer["remarks"]), answer["score"]
    kind = None if answer["error"] else read_target(case["target"], case["year"])["type"]
    if kind == "change":
        said -= {"far over", "reason", "mandatory reason"}
    if kind == "all_of":
        # Which of the parts was kept below the weight is nobody's question.
        said.discard("capped")
    if "more than equal" in said:
        said.discard("far over")
    undecided = answer["verdict"] == "undetermined"
    if ("by the actual" in said or undecided) and _fine(case["weight"], case["policy"]):
        score = None
    if _ends_open_under_a_ladder(case, case["policy"]):
        said, score = said - {"ladder"}, None
    return {**answer, "score": score, "remarks": sorted(said)}


def same_row(case: dict[str, Any], expected: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether the two answers are the same, but for known faults."""
    expected["remarks"].sort()
    return expected == found or compared_row(case, expected) == compared_row(case, found)


def is_compared(project: dict[str, Any], expected: dict[str, Any]) -> bool:
    """Whether a project is free of the faults that stand below as expected to fail."""
    name = project["policy"]
    if any(_ends_open_under_a_ladder(row, name) for row in project["rows"]):
        return False
    weights = [row["weight"] for row in expected["rows"]]
    return not any(weight is not None and _fine(weight, name) for weight in weights)


@pytest.mark.parametrize("group", RULES)
def test_engine_and_oracle_agree(group: str) -> None:
    names, seed = shipped(group), 2024 + list(RULES).index(group)
    differing = []
    for case in cases(seed, share(COUNT, group), names):
        expected = {"error": False, **judge(case)}
        found = engine(case)
        if not same_row(case, expected, found):
            differing.append((case, expected, found))
    assert not differing, f"{len(differing)} differ, first: {differing[0]}"


@pytest.mark.parametrize("group", RULES)
def test_engine_and_oracle_agree_on_projects(group: str) -> None:
    names, seed = shipped(group), 4048 + list(RULES).index(group)
    differing = []
    for project in projects(seed, share(COUNT // 40, group), names):
        expected = judge_project(project)
        if not is_compared(project, expected):
            continue
        found = engine_of_projects(project, chosen(project["policy"]))
        # Rows that were dropped for another row's sake say nothing of their own.
        counted = {row["name"] for row in expected["rows"]}
        found["rows"] = [row for row in found["rows"] if row["name"] in counted]
        differing += [
            (key, project, expected[key], found[key])
            for key in expected
            if expected[key] != found[key]
        ]
    assert not differing, f"{len(differing)} differ, first: {differing[0]}"


@pytest.mark.parametrize("group", RULES)
def test_engine_and_oracle_agree_on_summaries(group: str) -> None:
    names, seed = shipped(group), 6072 + list(RULES).index(group)
    for number in range(max(4, share(COUNT // 240, group))):
        name = names[number % len(names)]
        these = [
            {**project, "name": f"项目{place}"}
            for place, project in enumerate(projects(seed + 100 * number, 1 + number % 3, [name]))
        ]
        if not all(is_compared(project, judge_project(project)) for project in these):
            continue
        entries = [entry for project in these for entry in _entries(project).entries]
        tables = [_table(project) for project in these]
        found = score_tables(tables, Actuals(tuple(entries)), chosen(name))
        assert summarise(these) == {
            "mean": points_of(found.mean),
            "by budget": points_of(found.weighted_mean),
            "met": found.compliance.met,
            "unmet": found.compliance.unmet,
            "undetermined": found.compliance.undetermined,
        }, these


# --- faults of the engine that the comparisons above step around ---------------------------------


def _differences(rule: str, target: str, actual: str, **context: Any) -> dict[str, Any]:
    case = {
        "target": target,
        "actual": actual,
        "weight": "10",
        "year": 2024,
        "level1": "产出指标",
        "level2": "数量指标",
        "name": "主要工作开展情况",
        "direction": None,
        "policy": rule,
        **context,
    }
    expected = {"error": False, **judge(case)}
    expected["remarks"].sort()
    found = engine(case)
    assert expected["verdict"] == found["verdict"]
    return {key: (expected[key], found[key]) for key in expected if expected[key] != found[key]}


HAPPY = {"level1": "满意度指标", "name": "群众满意度"}


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="the engine answers otherwise than the rules say"
)
@pytest.mark.parametrize(
    ("rule", "target", "actual", "context"),
    [
        # far over on a change: the ladder knows it as a floor, the remarks do not
        ("mof-2020", "同比增长≥5%", "增长6%", {}),
        ("mof-2020+mandatory", "下降3%", "下降6%", {}),
        # the first remark is for floors; = has only the reason that is a duty
        ("guangxi-reason", "=100场", "120场", {}),
        # an end that is never reached does not reach the step either
        ("mof-2020+ladder(2:1/1.2:0.5/1.1:0)", "≥100次", "100余次", {}),
        # all of a weight with more places than the points is the weight
        ("mof-2021-core+places(1)", "≥90%", "92%", {**HAPPY, "weight": "8.33"}),
        ("mof-2020+places(1)", "=100场", "≥100场", {"weight": "8.33"}),
    ],
)
def test_known_fault_of_a_row(rule: str, target: str, actual: str, context: dict[str, Any]) -> None:
    assert not _differences(rule, target, actual, **context)


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="weights are rescaled to the places of points"
)
def test_known_fault_of_rescaled_weights() -> None:
    project = _project(
        "ratio-with-rescale+places(0)",
        [("≥1场", "不适用", "13.69"), ("≥1场", "1场", "76.16"), ("≥1场", "1场", "0.15")],
    )
    found = engine_of_projects(project, chosen(project["policy"]))
    expected = [row["weight"] for row in judge_project(project)["rows"]]
    assert [row["weight"] for row in found["rows"] if row["weight"] is not None] == expected


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="the deduction of the execution row is passed over"
)
def test_known_fault_of_a_deduction_from_the_execution() -> None:
    project = _project("mof-2020+deduction", [("≥1场", "1场", "90")])
    entries = _entries(project).entries
    spending = evolve(entries[-1], deduction="3")
    result = score_project(
        _table(project), Actuals((*entries[:-1], spending)), chosen("mof-2020+deduction")
    )
    assert result.execution is not None
    said = [note.code for note in (*result.notes, *result.execution.notes)]
    assert points_of(result.execution.score) == {"low": 7, "high": 7} or set(said) & {*DEDUCTIONS}


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="the remark denies what the ladder does"
)
def test_known_fault_of_a_sentence_beside_the_ladder() -> None:
    rule = chosen("mof-2020+ladder(1.5:0.3/1.3:0.1)")
    result = score_indicator(parsed("≥100场"), parse_actual("150场"), rule)
    said = " ".join(note.message("en") for note in (*result.notes, *result.judgement.steps))
    assert "30% of the weight off" in said
    assert "nothing is taken off" not in said


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="an overspent project has 7 of 10 here, not all"
)
def test_known_fault_of_the_sentence_on_overspending() -> None:
    project = _project("mof-2021-core", [("≥1场", "1场", "90")], executed="120万元")
    result = score_project(_table(project), _entries(project), chosen("mof-2021-core"))
    assert result.execution is not None
    assert result.execution.score.high == 7
    said = " ".join(note.message("en") for note in result.execution.notes)
    assert "scored as 100%" not in said


def parsed(target: str) -> Indicator:
    return Indicator(
        level1="产出指标",
        level2="数量指标",
        name="主要工作开展情况",
        text=target,
        target=parse_target(target),
        weight=Fraction(10),
    )


def _project(
    name: str, rows: list[tuple[str, str, str]], executed: str = "100万元"
) -> dict[str, Any]:
    made = [
        {
            "target": target,
            "actual": actual,
            "weight": weight,
            "year": 2024,
            "level1": "产出指标",
            "level2": "数量指标",
            "name": f"任务{place}",
            "direction": None,
        }
        for place, (target, actual, weight) in enumerate(rows)
    ]
    return {
        "policy": name,
        "name": "年度重点项目",
        "year": 2024,
        "budget": "100万元",
        "executed": executed,
        "rows": made,
    }
