"""Rows, projects and results in one line, for the tests of deciding, comparing and scoring."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from kpieval.actuals import Actual
from kpieval.amounts import Amount, money
from kpieval.constraints import Target, TargetError
from kpieval.errors import KpiEvalError, ReadingError
from kpieval.notes import Note
from kpieval.outcomes import Decision, Met, Score, Undetermined, Unmet, Verdict
from kpieval.parsing import parse_actual, parse_target
from kpieval.policies import Policy
from kpieval.presets import policy
from kpieval.results import ExecutionResult, IndicatorResult, ProjectResult
from kpieval.scoring import score_indicator, score_project
from kpieval.tables import ActualEntry, Actuals, DecisionCells, Indicator, Project

MOF = policy("mof-2020")
YEAR = 2024
OUTPUT, BENEFIT, SATISFACTION = "产出指标", "效益指标", "满意度指标"


def indicator(
    target: str,
    *,
    name: str = "指标",
    weight: str | None = "10",
    level1: str = OUTPUT,
    level2: str = "数量指标",
    direction: str = "",
) -> Indicator:
    """A row of a table; a target that is not read keeps its error."""
    read: Target | TargetError
    try:
        read = parse_target(target, year=YEAR, name=name, level1=level1, level2=level2)
    except ReadingError as error:
        read = TargetError(target, error)
    points = None if weight is None else Fraction(weight)
    return Indicator(level1, level2, name, target, read, direction=direction, weight=points)


def actual_of(row: Indicator, text: str) -> Actual:
    """The actual as the row's target lets it be read."""
    like = row.target if isinstance(row.target, Target) else None
    return parse_actual(text, like=like, year=YEAR)


def judged(
    target: str,
    actual: str,
    *,
    by: Policy = MOF,
    decision: Decision | None = None,
    weight: str | None = "10",
    **row_: str,
) -> IndicatorResult:
    """One row scored; ``row_`` is what else :func:`indicator` takes."""
    row = indicator(target, weight=weight, **row_)
    return score_indicator(row, actual_of(row, actual), by, decision=decision)


def kind(verdict: Verdict) -> str:
    """The name of the verdict's type."""
    match verdict:
        case Met():
            return "Met"
        case Unmet():
            return "Unmet"
        case Undetermined():
            return "Undetermined"


def why(verdict: Verdict) -> str:
    """The code of the reason for which nothing is decided."""
    assert isinstance(verdict, Undetermined)
    return verdict.reason.code


def codes(notes: Iterable[Note]) -> list[str]:
    """The codes of notes."""
    return [note.code for note in notes]


def faults(problems: Iterable[KpiEvalError]) -> list[str]:
    """The codes of errors."""
    return [problem.code for problem in problems]


def points(result: IndicatorResult | ProjectResult | ExecutionResult) -> tuple[str, str]:
    """Both ends of the score as texts."""
    score = result.score
    assert score is not None
    return ends(score)


def ends(score: Score) -> tuple[str, str]:
    """Both ends of a score as texts."""
    low, high = Score.exactly(score.low), Score.exactly(score.high)
    return str(low), str(high)


def outcome(result: IndicatorResult) -> str:
    """The verdict with the points: ``Unmet 9`` or ``Undetermined 0 10``."""
    low, high = points(result)
    return f"{kind(result.verdict)} {low}" + ("" if low == high else f" {high}")


def table(
    *rows: Indicator, name: str = "项目甲", budget: Amount | None = None, year: int | None = YEAR
) -> Project:
    """A project with a budget of 100 万元 unless told otherwise."""
    return Project(name, rows, year=year, budget=money(1_000_000) if budget is None else budget)


def three_levels(weights: Iterable[str | None] = (None, None, None)) -> Project:
    """A project with one floor of 10 in each first level: 数量, 效果, 满意."""
    output, benefit, satisfaction = weights
    return table(
        indicator("≥10人", name="数量", weight=output),
        indicator("≥10场", name="效果", weight=benefit, level1=BENEFIT),
        indicator("≥10件", name="满意", weight=satisfaction, level1=SATISFACTION),
    )


ALL_MET = {"数量": "10人", "效果": "10场", "满意": "10件", "全年执行数": "100万元"}


def scored(project: Project, by: Policy = MOF, /, **actuals: str) -> ProjectResult:
    """A project scored with actuals by name."""
    given = tuple(entry(name, value) for name, value in actuals.items())
    return score_project(project, Actuals(given), by)


def entry(
    name: str,
    value: str = "",
    *,
    project: str = "",
    level2: str = "",
    decided: tuple[str, str, str] = ("", "", ""),
) -> ActualEntry:
    """One line of a table of actuals; ``decided`` is verdict, points and reason."""
    return ActualEntry(
        name, value, project=project, level2=level2, decision=DecisionCells(*decided)
    )
