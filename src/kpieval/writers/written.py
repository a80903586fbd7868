"""How the target of a row is written into one cell, so that it is read as the same again."""

from __future__ import annotations

from fractions import Fraction

from kpieval import exact
from kpieval.constraints import Target, TargetError
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
from kpieval.tables import Indicator, Project


def target_text(row: Indicator, year: int | None) -> str:
    """The target as written, joined with the sign and the unit that stood in other columns.

    Where joining them says something else, it is the canonical spelling.

    >>> from kpieval.parsing import parse_target
    >>> split = parse_target("600", sign="≥", unit="人")
    >>> target_text(Indicator("", "", "培训人数", "600", split, sign="≥", unit="人"), 2024)
    '≥600人'
    """
    if isinstance(row.target, TargetError):
        return row.text
    ways = (row.text, f"{row.sign}{row.text}{row.unit}", row.target.canonical)
    return next((text for text in ways if _reads_as(text, row, year)), row.text)


def _reads_as(text: str, row: Indicator, year: int | None) -> bool:
    """Whether a text alone gives what the row has: the constraint, and the scale of its actuals."""
    try:
        read = parse_target(
            text,
            year=year,
            name=row.name or None,
            level1=row.level1 or None,
            level2=row.level2 or None,
        )
    except ReadingError:
        return False
    target = row.target
    return isinstance(target, Target) and (read.constraint, read.factor, read.factors) == (
        target.constraint,
        target.factor,
        target.factors,
    )


def level_texts(project: Project) -> list[tuple[str, str]]:
    """The levels of each row as written, with the points that the table gave them."""
    points = {(one.level1, one.level2): one.points for one in project.level_points}
    return [
        (
            _pointed(row.level1, points.get((row.level1, ""))),
            _pointed(row.level2, points.get((row.level1, row.level2)) if row.level2 else None),
        )
        for row in project.indicators
    ]


def _pointed(name: str, points: Fraction | None) -> str:
    return name if points is None or not name else f"{name}（{exact.text(points)}分）"
