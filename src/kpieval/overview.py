"""Many projects at a glance: how the grades are spread, and which rows wait for a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from enum import Enum
from fractions import Fraction

from attrs import field, frozen

from kpieval.actuals import Missing, Stated
from kpieval.constraints import Statement, TargetError
from kpieval.errors import KpiEvalError
from kpieval.explaining import fault
from kpieval.messages import page
from kpieval.notes import Note
from kpieval.outcomes import Undetermined
from kpieval.phrases import bare, phrase
from kpieval.results import IndicatorResult, ProjectResult, Summary
from kpieval.showing import Shown


class Trouble(Enum):
    """What keeps a row from being settled, the most urgent first."""

    UNREADABLE = "unreadable"
    """The target or the actual cannot be read, or something in the row is faulty."""
    MISSING = "missing"
    """There is no actual."""
    PROSE = "prose"
    """Words, which a person has to judge."""
    UNCLEAR = "unclear"
    """Numbers or dates that do not decide it."""
    BAND = "band"
    """The verdict stands, and the points inside its band are a person's."""


_URGENCY = tuple(Trouble)


@frozen(repr=False)
class Pending(Shown):
    """A row that waits for a person; ``row`` is None for the execution of the budget.

    ``stake`` are the points that hang on it, None where the row has no points. ``cause`` says why.
    """

    project: ProjectResult
    row: IndicatorResult | None
    trouble: Trouble
    stake: Fraction | None
    cause: Note | KpiEvalError = field(eq=False)

    def name(self, lang: str) -> str:
        """What the row is called within its project."""
        return (
            phrase("report.execution_step", lang) if self.row is None else self.row.indicator.name
        )

    def reason(self, lang: str) -> str:
        """Why it waits, in a few words."""
        known = page(self.cause.code, lang)
        return self.cause.code if known is None else known["title"]

    def advice(self, lang: str) -> str:
        """What there is to do, in one sentence."""
        told = bare(self.cause.message(lang))
        if self.trouble is Trouble.BAND:
            return told + phrase("semicolon", lang) + phrase("overview.decide_points", lang)
        if self.row is None or self.trouble in (Trouble.MISSING, Trouble.PROSE):
            return told
        return told + phrase("comma", lang) + phrase("explain.or_decide", lang)


@frozen(repr=False)
class GradeCount(Shown):
    """How many projects have exactly these possible grades; none for those without a grade."""

    grades: tuple[str, ...]
    projects: int


def grade_counts(summary: Summary) -> tuple[GradeCount, ...]:
    """The distribution of grades, best first; each set of possible grades is counted apart.

    >>> grade_counts(Summary((), "mof-2020"))
    ()
    """
    counts = Counter(project.grades for project in summary.projects)
    order: dict[str, int] = {}
    for project in summary.projects:
        names = () if project.grading is None else project.grading.names
        for name in (*names, *project.grades):
            order.setdefault(name, len(order))
    found = sorted(counts, key=lambda grades: _rank(grades, order))
    return tuple(GradeCount(grades, counts[grades]) for grades in found)


def _rank(grades: tuple[str, ...], order: dict[str, int]) -> tuple[int, ...]:
    """By the worst possible grade, then by the best; without a grade last."""
    return (order[grades[-1]], order[grades[0]]) if grades else (len(order),)


def pending(summary: Summary) -> tuple[Pending, ...]:
    """All rows that wait for a person: the most points at stake first, then the worst trouble.

    >>> pending(Summary((), "mof-2020"))
    ()
    """
    found = [one for project in summary.projects for one in _of(project)]
    return tuple(sorted(found, key=lambda one: (-(one.stake or 0), _URGENCY.index(one.trouble))))


def _of(project: ProjectResult) -> Iterator[Pending]:
    for row in project.indicators:
        known = None if row.left_out else _trouble(row)
        if known is not None:
            score = row.score
            yield Pending(project, row, known[0], None if score is None else _stake(row), known[1])
    spent = project.execution
    if spent is not None and not spent.score.is_exact and spent.notes:
        missing = spent.executed is None and spent.notes[0].code == "execution.missing"
        trouble = Trouble.MISSING if missing else Trouble.UNREADABLE
        yield Pending(project, None, trouble, spent.score.high - spent.score.low, spent.notes[-1])


def _stake(row: IndicatorResult) -> Fraction:
    assert row.score is not None  # the caller looked
    return row.score.high - row.score.low


def _trouble(row: IndicatorResult) -> tuple[Trouble, Note | KpiEvalError] | None:
    """What is the matter with a row, if anything is, and what says so."""
    problem = fault(row) or next(iter(row.indicator.problems), None)
    verdict, settled = row.verdict, row.score is None or row.score.is_exact
    if problem is not None and not (row.decision is not None and settled and row.error is None):
        return Trouble.UNREADABLE, problem
    if isinstance(verdict, Undetermined):
        return _open(row, verdict), verdict.reason
    if settled:
        return None
    band = next((step for step in row.judgement.steps if step.code.startswith("step.band.")), None)
    if band is not None or row.decision is not None:
        return Trouble.BAND, band or Note.of("decision.by_person", reason=_said(row))
    return Trouble.UNCLEAR, Note.of("overview.rough_actual")


def _said(row: IndicatorResult) -> str:
    return "" if row.decision is None else row.decision.reason


def _open(row: IndicatorResult, verdict: Undetermined) -> Trouble:
    target, reading = row.indicator.target, row.actual.reading
    if isinstance(target, TargetError) or verdict.reason.code == "actual.unread":
        return Trouble.UNREADABLE
    if isinstance(reading, Missing):
        return Trouble.MISSING
    if isinstance(reading, Stated) or isinstance(target.constraint, Statement):
        return Trouble.PROSE
    return Trouble.UNCLEAR
