"""What the templates show: every figure and sentence as text, nothing left to work out."""

from __future__ import annotations

from fractions import Fraction

from attrs import frozen

from kpieval import exact
from kpieval.exact import half_up
from kpieval.explaining import project_problems
from kpieval.outcomes import Score
from kpieval.overview import Pending, grade_counts, pending
from kpieval.phrases import bare, listed, percent, phrase, span
from kpieval.reports.as_html.charts import Bar, Point, Scatter, scatter
from kpieval.reports.as_html.sections import NAMED, ProjectView, Waiting, section, shown_rate
from kpieval.reports.policy import source_lines
from kpieval.reports.report import Report
from kpieval.results import ProjectResult, Summary
from kpieval.versions import PACKAGE_VERSION, SEMANTICS_VERSION

_GRADE_WIDTH = 160


@frozen
class Fact:
    """A label with its text, and what is to be said beside it."""

    label: str
    text: str
    beside: str = ""


@frozen
class GradeLine:
    """How many projects have these possible grades."""

    name: str
    count: int
    told: str
    bar: Bar | None
    sure: bool


@frozen
class Task:
    """A row that waits for a person, and where it stands."""

    link: str
    project: str
    name: str
    reason: str
    advice: str
    stake: str


@frozen
class File:
    """A file that went in."""

    name: str
    sha256: str


@frozen
class Page:
    """The whole report."""

    unverified: bool
    basis: tuple[Fact, ...]
    files: tuple[File, ...]
    figures: tuple[Fact, ...]
    projects: tuple[ProjectView, ...]
    chart: Scatter | None
    not_drawn: int
    grades: tuple[GradeLine, ...]
    tasks: tuple[Task, ...]
    notes: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def several(self) -> bool:
        """Whether there are projects to compare."""
        return len(self.projects) > 1

    @property
    def rows(self) -> int:
        """The rows of all projects."""
        return sum(len(project.rows) for project in self.projects)

    @property
    def categories(self) -> tuple[str, ...]:
        """The first levels in the order in which they come."""
        found = (row.level1 for project in self.projects for row in project.rows)
        return tuple(dict.fromkeys(level for level in found if level))


def whole(report: Report) -> Page:
    """Everything that the page shows."""
    summary, lang = report.summary, report.lang
    waiting = Waiting(pending(summary), lang)
    projects = tuple(
        section(project, number, waiting, report)
        for number, project in enumerate(summary.projects, start=1)
    )
    points = _points(summary, lang)
    return Page(
        unverified=_unverified(report),
        basis=_basis(report),
        files=tuple(File(source.name, source.sha256) for source in report.sources),
        figures=_figures(summary, len(waiting.found), lang),
        projects=projects,
        chart=scatter(points),
        not_drawn=len(summary.projects) - len(points),
        grades=_grades(summary, lang),
        tasks=_tasks(waiting.found, summary, lang),
        notes=tuple(note.message(lang) for note in summary.notes),
        problems=_problems(summary, lang),
    )


def _unverified(report: Report) -> bool:
    """Whether the clauses of the policy were never compared; its results say so too."""
    if report.policy is not None:
        return report.policy.unverified
    notes = (note for project in report.summary.projects for note in project.notes)
    return any(note.code == "policy.unverified" for note in notes)


def _basis(report: Report) -> tuple[Fact, ...]:
    """By which rule, for which year, over what, with which version."""
    summary, lang, rule = report.summary, report.lang, report.policy
    name = summary.policy
    if rule is not None:
        name = phrase("html.rule_named", lang, title=rule.title, name=rule.name)
    facts = [Fact(phrase("html.rule", lang), name)]
    if rule is not None:
        facts += [Fact(phrase(f"policy.{key}", lang), it) for key, it in source_lines(rule, lang)]
    if summary.year is not None:
        facts.append(Fact(phrase("html.year", lang), str(summary.year)))
    scope = phrase(
        "report.matched",
        lang,
        projects=len(summary.projects),
        indicators=sum(len(project.indicators) for project in summary.projects),
        matched=summary.matched,
    )
    version, semantics = PACKAGE_VERSION, SEMANTICS_VERSION
    versions = phrase("html.versions", lang, version=version, semantics=semantics)
    return (*facts, Fact(phrase("html.scope", lang), scope), _fact("version", versions, lang))


def _fact(key: str, text: str, lang: str, beside: str = "") -> Fact:
    return Fact(phrase(f"html.{key}", lang), text, beside)


def _figures(summary: Summary, waiting: int, lang: str) -> tuple[Fact, ...]:
    """The key figures of all projects."""
    found = summary.compliance
    rate = "–" if found.rate is None else percent(found.rate)
    rows = sum(len(project.indicators) for project in summary.projects)
    facts = [_fact("project_count", str(len(summary.projects)), lang)] if _many(summary) else []
    facts += [
        _fact("rows", str(rows), lang),
        *(
            Fact(phrase(f"verdict.{name}", lang), str(getattr(found, name)))
            for name in ("met", "unmet", "undetermined")
        ),
        _fact("rate", rate, lang, phrase("html.rate_note", lang)),
        _fact("person", str(waiting), lang),
    ]
    if _many(summary) and summary.mean is not None:
        facts.append(_fact("mean", _rounded(summary.mean, lang), lang))
        if summary.weighted_mean is not None:
            beside = phrase("html.weighted_note", lang)
            facts.append(
                _fact("weighted_mean", _rounded(summary.weighted_mean, lang), lang, beside)
            )
    return tuple(facts)


def _rounded(score: Score, lang: str) -> str:
    return span(Score(half_up(score.low, 2), half_up(score.high, 2)), lang)


def _many(summary: Summary) -> bool:
    return len(summary.projects) > 1


def _points(summary: Summary, lang: str) -> tuple[Point, ...]:
    """The projects with an execution rate and a score."""
    numbered = len(summary.projects) <= NAMED
    found = []
    for number, project in enumerate(summary.projects, start=1):
        spent, score = project.execution, project.score
        if score is None or spent is None or spent.rate is None:
            continue
        told = phrase(
            "html.scatter_point",
            lang,
            number=number,
            name=project.project.name,
            rate=shown_rate(project, lang),
            score=span(score, lang),
        )
        found.append(Point(str(number) if numbered else "", told, spent.rate * 100, score))
    return tuple(found)


def _grades(summary: Summary, lang: str) -> tuple[GradeLine, ...]:
    """The distribution of grades; nothing where the policy gives none, or for one project."""
    total = len(summary.projects)
    counts = grade_counts(summary)
    if not _many(summary) or not any(one.grades for one in counts):
        return ()
    most = Fraction(max(one.projects for one in counts))
    return tuple(
        GradeLine(
            listed(one.grades, lang) or phrase("overview.ungraded", lang),
            one.projects,
            phrase("html.share_bar", lang, count=one.projects, total=total),
            Bar.of(_span(one.projects, sure=len(one.grades) == 1), most, _GRADE_WIDTH),
            len(one.grades) == 1,
        )
        for one in counts
    )


def _span(count: int, *, sure: bool) -> Score:
    """A count as a bar, hatched where several grades are possible."""
    return Score(Fraction(count if sure else 0), Fraction(count))


def _tasks(found: tuple[Pending, ...], summary: Summary, lang: str) -> tuple[Task, ...]:
    places = {id(project): number for number, project in enumerate(summary.projects, start=1)}
    return tuple(_task(one, places[id(one.project)], lang) for one in found)


def _task(one: Pending, project: int, lang: str) -> Task:
    link = f"p{project}"
    if one.row is not None:
        link += f"r{_place(one.project, one)}"
    return Task(
        link,
        one.project.project.name,
        one.name(lang),
        one.reason(lang),
        one.advice(lang),
        "–" if one.stake is None else exact.text(one.stake),
    )


def _place(project: ProjectResult, one: Pending) -> int:
    return next(at for at, row in enumerate(project.indicators, start=1) if row is one.row)


def _problems(summary: Summary, lang: str) -> tuple[str, ...]:
    """What is wrong with the files, without what a project's own section tells."""
    told = {id(problem) for project in summary.projects for problem in project_problems(project)}
    return tuple(
        f"[{problem.code}] {bare(problem.message(lang))}"
        for problem in summary.problems
        if id(problem) not in told
    )
