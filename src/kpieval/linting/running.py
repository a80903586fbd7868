"""Linting: every rule that runs, over every project, all findings at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve

from kpieval.errors import UnknownCodeError
from kpieval.findings import Finding
from kpieval.linting import history as histories
from kpieval.linting.config import DEFAULTS, LintConfig
from kpieval.linting.history import History
from kpieval.linting.rule import Hit, Rule
from kpieval.linting.rules import RULES
from kpieval.linting.sheets import Row, Sheet
from kpieval.notes import Note
from kpieval.tables import Project


def lint_project(
    project: Project, *, config: LintConfig = DEFAULTS, history: Sequence[History] = ()
) -> tuple[Finding, ...]:
    """What should be mended in a project's targets, in the order of its rows.

    ``history`` are tables of earlier years, or of the same year before a change. Which document
    or convention a rule stands on is on its page, ``kpieval explain CODE``.

    Raises UnknownCodeError for a code that no rule has.

    >>> from kpieval.readers import read
    >>> from kpieval.demo import targets_file
    >>> projects = read(targets_file(), year=2024)
    >>> only = LintConfig(select=("L03",))
    >>> [found.code for found in lint_project(projects[0], config=only)]
    ['L03']
    """
    return lint_tables([project], config=config, history=history)


def lint_tables(
    projects: Sequence[Project], *, config: LintConfig = DEFAULTS, history: Sequence[History] = ()
) -> tuple[Finding, ...]:
    """The findings of all projects of a file, in order.

    Arguments and errors are those of :func:`lint_project`; what is said of several projects is
    said once.

    >>> from kpieval.demo import targets_file
    >>> from kpieval.readers import read
    >>> only = LintConfig(select=("L01",))
    >>> [found.text for found in lint_tables(read(targets_file(), year=2024), config=only)]
    ['≥0次', '≥0次']
    """
    rules = chosen(config)
    found: list[Finding] = []
    for project in projects:
        sheet = looked_at(project, config, history, alone=len(projects) == 1)
        found += _let_be(_of(sheet, rules), config)
    return tuple(_once(found, projects))


def looked_at(
    project: Project, config: LintConfig, history: Sequence[History], *, alone: bool = True
) -> Sheet:
    """The project as the rules see it."""
    old = histories.earlier(project, history, alone)
    rows = (Row(row, histories.past(row, old, history)) for row in project.indicators)
    return Sheet(project, tuple(rows), config, tuple(old))


def chosen(config: LintConfig) -> tuple[Rule, ...]:
    """The rules that run: those selected, else those on by default, without the ignored."""
    for code in (*config.select, *config.ignore, *(c for one in config.exempt for c in one.codes)):
        if not any(rule.code.startswith(code) for rule in RULES):
            raise UnknownCodeError(found=code, known=", ".join(rule.code for rule in RULES))
    return tuple(
        rule
        for rule in RULES
        if (rule.code.startswith(config.select) if config.select else rule.default)
        and not rule.code.startswith(config.ignore or ("-",))
    )


def _of(sheet: Sheet, rules: Iterable[Rule]) -> list[Finding]:
    """The findings of one project: by row, then by code; the project's own come first."""
    places = {id(row): place for place, row in enumerate(sheet.rows, start=1)}
    found: list[tuple[int, Rule, Hit]] = [
        (places.get(id(hit.row), 0), rule, hit) for rule in rules for hit in rule.check(sheet)
    ]
    found.sort(key=lambda each: each[0])
    return [_finding(sheet, rule, hit) for _, rule, hit in _one_of_a_family(found)]


def _one_of_a_family(found: list[tuple[int, Rule, Hit]]) -> Iterator[tuple[int, Rule, Hit]]:
    """One message a row is enough of rules that look at the same fault."""
    said: set[tuple[int, str]] = set()
    for place, rule, hit in found:
        key = (place, rule.family)
        if rule.family and place and key in said:
            continue
        said.add(key)
        yield place, rule, hit


def _finding(sheet: Sheet, rule: Rule, hit: Hit) -> Finding:
    severity, project, row = hit.severity or rule.severity, sheet.project, hit.row
    if row is None:
        return Finding(severity, hit.note, project.name, paste=hit.paste, place=project.place)
    place = row.indicator.place
    return Finding(severity, hit.note, project.name, row.name, row.text, hit.paste, hit.span, place)


def _let_be(found: list[Finding], config: LintConfig) -> list[Finding]:
    return [
        each
        for each in found
        if not any(one.covers(each.project, each.code) for one in config.exempt)
    ]


def _once(found: list[Finding], projects: Sequence[Project]) -> list[Finding]:
    """A blank template is told once: when no row of the file has a value."""
    rows = sum(len(project.indicators) for project in projects)
    blank = [each for each in found if each.note.code == "L09"]
    if rows < 2 or len(blank) < rows:
        return found
    note = Note.of("L09.template", n=rows)
    first = evolve(blank[0], note=note, indicator="", text="", paste="")
    return [first, *(each for each in found if each not in blank)]
