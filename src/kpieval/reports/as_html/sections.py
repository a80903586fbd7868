"""The section of one project, and its rows."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kpieval import exact
from kpieval.explaining import (
    explanation,
    notes_beside_execution,
    project_problems,
    row_word,
    steps,
    verdict_name,
)
from kpieval.outcomes import Score
from kpieval.overview import Pending
from kpieval.phrases import bare, counted, listed, percent, phrase, points, span
from kpieval.rendering import amount
from kpieval.reports import standing
from kpieval.reports.as_html.charts import Bar
from kpieval.reports.policy import formula_words
from kpieval.reports.report import Report
from kpieval.results import ExecutionResult, IndicatorResult, ProjectResult
from kpieval.tables import Place

NAMED = 30
"""Projects whose numbers the chart of all projects has room for."""

_FULL = Fraction(100)
_SCORE_WIDTH = 200
_ROW_WIDTH = 80
_UNKNOWN = "–"


_OWN = ("assumed", "refused", "decision", "problem")
"""The steps that say more than the sentence of the row."""


@frozen
class Step:
    """One step of a row; ``own`` when the sentence of the row does not tell it."""

    label: str
    text: str
    own: bool


@frozen
class RowView:
    """One row of a project's table, and what it opens to."""

    key: str
    level1: str
    level2: str
    name: str
    target: str
    actual: str
    verdict: str
    word: str
    points: str
    weight: str
    bar: Bar | None
    bar_told: str
    advice: str
    told: str
    steps: tuple[Step, ...]


@frozen
class Spending:
    """Budget and execution of a project."""

    budget: str
    executed: str
    rate: str
    points: str
    formula: str


@frozen
class Outcome:
    """Score and grade of a project, in words and as a drawing."""

    score: str
    bar: Bar | None
    bar_told: str
    grades: str
    graded: bool
    alternative: str


@frozen
class ProjectView:
    """One project: its line in the overview and its section."""

    key: str
    number: int
    name: str
    department: str
    outcome: Outcome
    rate: str
    met: int
    unmet: int
    undetermined: int
    waiting: int
    counted: str
    spending: Spending | None
    standing: tuple[str, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]
    rows: tuple[RowView, ...]


@frozen
class Waiting:
    """The rows that wait for a person, to be asked for by the row itself."""

    found: tuple[Pending, ...]
    lang: str

    def by_row(self, project: ProjectResult) -> dict[int, str]:
        """What there is to do, by the identity of the row (0: the execution of the budget)."""
        return {
            0 if one.row is None else id(one.row): one.advice(self.lang)
            for one in self.found
            if one.project is project
        }


def section(project: ProjectResult, number: int, waiting: Waiting, report: Report) -> ProjectView:
    """All that is shown of a project."""
    lang, found = report.lang, project.compliance
    todo = waiting.by_row(project)
    return ProjectView(
        key=f"p{number}",
        number=number,
        name=project.project.name,
        department=project.project.department,
        outcome=_outcome(project, lang),
        rate=shown_rate(project, lang),
        met=found.met,
        unmet=found.unmet,
        undetermined=found.undetermined,
        waiting=len(todo),
        counted=counted(found, lang),
        spending=None if project.execution is None else _spending(project.execution, report),
        standing=(*standing.losses(project, lang), *standing.ahead(project, lang)),
        notes=tuple(note.message(lang) for note in notes_beside_execution(project)),
        problems=tuple(f"[{it.code}] {bare(it.message(lang))}" for it in project_problems(project)),
        rows=tuple(
            _row(row, f"p{number}r{at}", todo.get(id(row), ""), lang)
            for at, row in enumerate(project.indicators, start=1)
        ),
    )


def shown_rate(project: ProjectResult, lang: str) -> str:
    """The execution rate; unknown is told apart from not scored."""
    if project.execution is None:
        return _UNKNOWN
    rate = project.execution.rate
    return phrase("html.unknown", lang) if rate is None else percent(rate)


def _outcome(project: ProjectResult, lang: str) -> Outcome:
    score, other = project.score, project.alternative
    marks = [] if project.grading is None else [least for _, least in project.grading.steps]
    return Outcome(
        score=phrase("report.no_score", lang) if score is None else span(score, lang),
        bar=None if score is None else Bar.of(score, _FULL, _SCORE_WIDTH, marks),
        bar_told="" if score is None else _bar_told(score, _FULL, lang),
        grades=listed(project.grades, lang) or _UNKNOWN,
        graded=project.grading is not None,
        alternative=""
        if other is None
        else phrase("report.alternative", lang, score=span(other, lang)),
    )


def _bar_told(score: Score, full: Fraction, lang: str) -> str:
    low, high = exact.text(score.low), exact.text(score.high)
    if score.is_exact:
        return phrase("html.bar_exact", lang, low=low, full=exact.text(full))
    lacking = exact.text(score.high - score.low)
    return phrase("html.bar_open", lang, low=low, high=high, full=exact.text(full), open=lacking)


def _spending(spent: ExecutionResult, report: Report) -> Spending:
    lang, rule = report.lang, report.policy
    unknown = phrase("html.unknown", lang)
    formula = ""
    if rule is not None:
        words, weight = formula_words(rule.execution.formula, lang), exact.text(spent.weight)
        formula = phrase("html.formula", lang, formula=words, weight=weight)
    return Spending(
        budget=unknown if spent.budget is None else amount(spent.budget),
        executed=unknown if spent.executed is None else amount(spent.executed),
        rate=unknown if spent.rate is None else percent(spent.rate),
        points=phrase("of", lang, part=span(spent.score, lang), whole=points(spent.weight)),
        formula=formula,
    )


def _row(row: IndicatorResult, key: str, advice: str, lang: str) -> RowView:
    about, score, weight = row.indicator, row.score, row.weight
    bar, bar_told = None, ""
    if score is not None and weight is not None:
        bar = Bar.of(score, weight, _ROW_WIDTH)
        bar_told = "" if bar is None else _bar_told(score, weight, lang)
    word = row_word(row, lang)
    return RowView(
        key=key,
        level1=about.level1,
        level2=about.level2,
        name=about.name,
        target=about.text,
        actual=row.actual.source or _UNKNOWN,
        verdict="left_out" if row.left_out else verdict_name(row.verdict),
        word=word if row.decision is None else phrase("verdict.decided", lang, verdict=word),
        points=_UNKNOWN if score is None else span(score, lang),
        weight=_UNKNOWN if weight is None else points(weight),
        bar=bar,
        bar_told=bar_told,
        advice=advice,
        told=explanation(row, lang),
        steps=(*_parted(steps(row, lang), lang), *_places(row, lang)),
    )


def _parted(lines: list[str], lang: str) -> list[Step]:
    """Lines of a label and a text, taken apart where the language joins them."""
    between = phrase("step.line", lang, label="", text="")
    own = [phrase(f"step.{name}", lang) for name in _OWN]
    parts = (line.partition(between) for line in lines)
    return [Step(label, text, label in own) for label, _, text in parts]


def _places(row: IndicatorResult, lang: str) -> list[Step]:
    """The row's description, and where its texts stood."""
    found: dict[str, Place | str | None] = {
        "description": row.indicator.description,
        "at_target": row.indicator.place,
        "at_actual": row.given,
    }
    labelled = [(phrase(f"html.{key}", lang), it) for key, it in found.items()]
    return [Step(label, str(it), own=False) for label, it in labelled if it]
