"""The scores of tables and of generated projects, in lines short enough to be read in a diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from oracle.projects import projects
from oracle_terms import chosen, entries_of, table_of

from kpieval.actuals import MISSING
from kpieval.errors import KpiEvalError
from kpieval.policies import Policy
from kpieval.presets import policies
from kpieval.readers import read_tables
from kpieval.results import ExecutionResult, IndicatorResult, ProjectResult
from kpieval.scoring import score_tables
from kpieval.wire.readings import reading
from kpieval.wire.verdicts import verdict
from recorded.answers import HERE, noted, told

POLICIES = policies()
TABLES = sorted((HERE / "tables").glob("*.csv"))
GENERATED = 12
"""Generated projects under each policy."""

Line = dict[str, Any]


def recorded(policy: Policy) -> Path:
    """The file with the recorded scores under a policy."""
    return HERE / "scores" / f"{policy.name}.jsonl"


def lines(policy: Policy) -> Iterator[Line]:
    """A line a project, then a line a row of it."""
    for path in TABLES:
        document = read_tables(path)
        for blank in (False, True):
            found = score_tables(document.projects, document.actuals, policy, blank_not_due=blank)
            yield {"table": path.name, "blank_not_due": blank, "problems": _problems(found)}
            for project in found.projects:
                yield from _project(project)
    for made in projects(2025, GENERATED, [policy.name]):
        found = score_tables([table_of(made)], entries_of(made), chosen(made["policy"]))
        yield from _project(found.projects[0])


def _project(result: ProjectResult) -> Iterator[Line]:
    yield {
        "project": result.project.name,
        "score": str(result.score),
        "grades": list(result.grades),
        "other": str(result.alternative),
        "execution": _execution(result.execution),
        "notes": [*map(noted, result.notes)],
        "problems": _problems(result),
    }
    for row in result.indicators:
        yield _row(row)


def _execution(result: ExecutionResult | None) -> Line | None:
    if result is None:
        return None
    money = f"{result.executed} / {result.budget} = {result.rate}"
    points = f"{result.score} of {result.weight}"
    return {"money": money, "points": points, "notes": [*map(noted, result.notes)]}


def _row(row: IndicatorResult) -> Line:
    judged = row.judgement
    return {
        "row": row.indicator.name,
        "actual": None if row.actual == MISSING else reading(row.actual.reading),
        "verdict": verdict(row.verdict, "zh"),
        "machine": f"{type(judged.verdict).__name__} {judged.score}",
        "points": f"{row.score} of {row.weight}",
        "steps": [*map(noted, judged.steps)],
        "notes": [*map(noted, row.notes)],
        "error": [] if row.error is None else [row.error.code, *told(row.error)],
    }


def _problems(found: Any) -> list[str]:
    return [_problem(problem) for problem in found.problems]


def _problem(problem: KpiEvalError) -> str:
    where = str(problem.where).replace(f"{TABLES[0].parent}/", "")
    return " ".join((problem.code, f"at {where}", *told(problem)))
