"""Where a project stands, and many projects together, in sentences for every report."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kpieval import exact
from kpieval.exact import half_up
from kpieval.outcomes import Score
from kpieval.overview import Pending, grade_counts
from kpieval.phrases import listed, phrase, span
from kpieval.results import ProjectResult, Summary
from kpieval.shortfalls import NextGrade, Shortfall, next_grade, shortfalls

MOST = 5
"""Rows that a sentence names; the JSON has all."""


def losses(result: ProjectResult, lang: str, *, most: int | None = MOST) -> list[str]:
    """Which rows lost the most points, and how many points are open."""
    found = shortfalls(result)
    sure = [one for one in found if one.lost.low > 0]
    told = []
    if sure:
        shown = sure if most is None else sure[:most]
        rows = listed([_lost(one, one.lost.low, lang) for one in shown], lang, joined="and")
        key = "report.lost" if len(shown) == len(sure) else "report.lost_most"
        told.append(phrase(key, lang, rows=rows, count=len(shown), all=len(sure)))
    waiting = [one for one in found if one.open]
    if waiting:
        points = exact.text(sum((one.open for one in waiting), Fraction(0)))
        told.append(phrase("report.lost_open", lang, points=points, count=len(waiting)))
    return told


def _lost(one: Shortfall, points: Fraction, lang: str) -> str:
    return phrase("report.row_points", lang, name=_name(one, lang), points=exact.text(points))


def _name(one: Shortfall, lang: str) -> str:
    return phrase("report.execution_step", lang) if one.row is None else one.row.indicator.name


def ahead(result: ProjectResult, lang: str, *, most: int | None = MOST) -> list[str]:
    """What the next grade needs, and the single rows that could give it, as one line."""
    wanted = next_grade(result)
    if wanted is None:
        return []
    told = (_needed(wanted, lang), _candidates(wanted, lang, most))
    return [phrase("semicolon", lang).join(told)]


def _needed(wanted: NextGrade, lang: str) -> str:
    needed = wanted.needed
    told = {"grade": wanted.name, "least": exact.text(wanted.least)}
    if needed.is_exact:
        return phrase("report.next", lang, points=needed, **told)
    low, high = exact.text(needed.low), exact.text(needed.high)
    if needed.low:
        return phrase("report.next_open", lang, low=low, high=high, **told)
    return phrase("report.next_possible", lang, points=high, **told)


def _candidates(wanted: NextGrade, lang: str, most: int | None) -> str:
    certain = [one.shortfall for one in wanted.candidates if one.certain]
    lucky = [one.shortfall for one in wanted.candidates if not one.certain]
    told = [
        phrase(key, lang, rows=_rows(found, lang, most))
        for key, found in (("report.enough", certain), ("report.enough_if", lucky))
        if found
    ]
    return phrase("semicolon", lang).join(told or [phrase("report.none_enough", lang)])


def _rows(found: Sequence[Shortfall], lang: str, most: int | None) -> str:
    shown = found if most is None else found[:most]
    names = [_lost(one, one.lost.high, lang) for one in shown]
    if len(shown) < len(found):
        more = phrase("report.and_more", lang, count=len(found))
        return phrase("list", lang).join([*names, more])
    return listed(names, lang)


def means(summary: Summary, lang: str) -> str:
    """The plain and the budget-weighted mean of several projects; nothing for one."""
    if summary.mean is None or len(summary.projects) < 2:
        return ""
    told = phrase("report.mean", lang, score=span(_shown(summary.mean), lang))
    if summary.weighted_mean is not None:
        weighted = span(_shown(summary.weighted_mean), lang)
        told += phrase("comma", lang) + phrase("report.weighted_mean", lang, score=weighted)
    return told


def _shown(score: Score) -> Score:
    """A mean as people write it; the exact one stands in the JSON."""
    return Score(half_up(score.low, 2), half_up(score.high, 2))


def spread(summary: Summary, lang: str) -> str:
    """The distribution of grades over several projects; nothing for one."""
    if len(summary.projects) < 2:
        return ""
    counts = [
        phrase(
            "overview.count",
            lang,
            grades=listed(one.grades, lang) or phrase("overview.ungraded", lang),
            count=one.projects,
        )
        for one in grade_counts(summary)
    ]
    return phrase("overview.grades", lang, counts=phrase("semicolon", lang).join(counts))


def waiting_row(one: Pending, lang: str) -> str:
    """Which row waits for a person, with what is at stake."""
    name = phrase("overview.row", lang, project=one.project.project.name, name=one.name(lang))
    if not one.stake:
        return name
    return name + phrase("overview.stake", lang, points=exact.text(one.stake))


def left_over(rest: Sequence[Pending], lang: str) -> str:
    """How many more rows wait than were named."""
    points = exact.text(sum((one.stake or Fraction(0) for one in rest), Fraction(0)))
    return phrase("overview.more", lang, count=len(rest), points=points)
