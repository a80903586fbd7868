"""The JSON form of lost points, of the next grade, and of what many projects come to."""

from __future__ import annotations

from kpieval.overview import Pending, grade_counts, pending
from kpieval.results import IndicatorResult, ProjectResult, Summary
from kpieval.shortfalls import Shortfall, next_grade, shortfalls
from kpieval.wire import records
from kpieval.wire.basics import Wire, number


def standing(value: ProjectResult) -> Wire:
    """Where a project lost points and what its next grade needs."""
    rows = {id(row): index for index, row in enumerate(value.indicators)}
    return {
        "shortfalls": [_shortfall(one, rows) for one in shortfalls(value)],
        "next_grade": _next_grade(value, rows),
    }


def _shortfall(value: Shortfall, rows: dict[int, int]) -> Wire:
    return {
        **_row(value.row, rows),
        "weight": number(value.weight),
        "lost": records.score(value.lost),
    }


def _row(row: IndicatorResult | None, rows: dict[int, int]) -> Wire:
    """The name of a row and its place among its project's; both null for the execution."""
    if row is None:
        return {"indicator": None, "row": None}
    return {"indicator": row.indicator.name, "row": rows[id(row)]}


def _next_grade(value: ProjectResult, rows: dict[int, int]) -> Wire | None:
    wanted = next_grade(value)
    if wanted is None:
        return None
    return {
        "grade": wanted.name,
        "least": number(wanted.least),
        "needed": records.score(wanted.needed),
        "candidates": [
            {
                **_row(one.shortfall.row, rows),
                "lost": records.score(one.shortfall.lost),
                "certain": one.certain,
            }
            for one in wanted.candidates
        ],
    }


def together(value: Summary, lang: str) -> Wire:
    """How the grades are spread, and every row that needs a person, worst first."""
    places = {
        id(row): index for project in value.projects for index, row in enumerate(project.indicators)
    }
    return {
        "grades": [
            {"grades": list(one.grades), "projects": one.projects} for one in grade_counts(value)
        ],
        "pending": [_pending(one, places, lang) for one in pending(value)],
    }


def _pending(value: Pending, places: dict[int, int], lang: str) -> Wire:
    return {
        "project": value.project.project.name,
        **_row(value.row, places),
        "trouble": value.trouble.value,
        "stake": number(value.stake),
        "code": value.cause.code,
        "reason": value.reason(lang),
        "advice": value.advice(lang),
    }
