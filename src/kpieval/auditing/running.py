"""The audit of a project and of all projects of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TypeVar

from attrs import evolve, frozen

from kpieval.auditing import flags, sums
from kpieval.auditing.candidates import Candidate, Spent, candidates
from kpieval.auditing.judging import (
    Case,
    Found,
    is_execution_row,
    judged,
    number,
    rate_of,
    row_case,
    spending_case,
)
from kpieval.auditing.limits import LIMITS, Limits
from kpieval.auditing.results import AuditedProject, AuditedRow, Checked
from kpieval.auditing.rules import whole_table_rule
from kpieval.errors import KpiEvalError
from kpieval.matching import key, match
from kpieval.notes import Note
from kpieval.parsing import is_blank
from kpieval.policies import Policy
from kpieval.results import ExecutionResult, IndicatorResult
from kpieval.scoring import score_project
from kpieval.tables import (
    EXECUTED,
    ActualEntry,
    Actuals,
    Place,
    Project,
    Published,
    ScoreEntry,
    TotalEntry,
)

_WHOLE = Fraction(100)

T = TypeVar("T", ActualEntry, ScoreEntry)


def audit_project(
    project: Project,
    actuals: Actuals,
    published: Published,
    policy: Policy,
    *,
    limits: Limits = LIMITS,
) -> AuditedProject:
    """Recompute a published self-evaluation and say of each score whether it follows.

    A score follows under the policy, or under the one other rule or rounding that explains the
    whole table; where nobody can tell, ``consistent`` is None. ``limits`` are shares (1/20) and
    counts from which a row is worth a note. Raises nothing for what the table holds.

    >>> from fractions import Fraction
    >>> from kpieval import Actuals, Published, audit_project, parse_target, policy
    >>> from kpieval.tables import Indicator
    >>> row = Indicator("产出", "数量", "场次", "≥10场", parse_target("≥10场"), weight=Fraction(10))
    >>> audited = audit_project(
    ...     Project("甲", (row,)),
    ...     Actuals.from_mapping({"场次": "9场"}),
    ...     Published.from_mapping({"场次": "10"}),
    ...     policy("mof-2020"),
    ... )
    >>> audited.rows[0].checked.consistent, [finding.code for finding in audited.findings]
    (False, ['A02'])
    """
    base = score_project(project, actuals, policy)
    known = candidates(policy)
    scores, spent_score, problems = _matched(project, published)
    cases = [row_case(result, scores.get(at), known) for at, result in enumerate(base.indicators)]
    spending = _spending(project, actuals, policy)
    spent_case = _execution_case(project, actuals, spent_score, known)
    everything = [*cases, *([spent_case] if spent_case else [])]
    told = _Told.of(everything, known)
    rows = tuple(
        AuditedRow(result, scores.get(at), told.say(case), case.verdict)
        for at, (result, case) in enumerate(zip(base.indicators, cases, strict=True))
    )
    audited = AuditedProject(
        project=project,
        rows=rows,
        execution=told.say(spent_case) if spent_case else None,
        spending=spending or _from_rows(base.indicators, cases, known[0]),
        total=None,
        weights=None,
        grade=None,
        rule=told.found.rule if told.found else None,
        problems=(*base.problems, *problems),
    )
    audited = _summed(audited, spent_score, _totals(project, published), policy)
    return evolve(audited, findings=flags.findings(audited, flags.Rules(policy, limits)))


@frozen
class _Told:
    """What one table says as a whole: the rule that explains it, and how many rows speak."""

    found: Found | None
    speakers: int

    @classmethod
    def of(cls, cases: Sequence[Case], known: tuple[Candidate, ...]) -> _Told:
        items = [case.item for case in cases if case.item is not None]
        rule = whole_table_rule(items, known)
        speakers = sum(item.deviates for item in items)
        return cls(Found(*rule) if rule else None, speakers)

    def say(self, case: Case) -> Checked:
        return judged(case, self.found, self.speakers)


def _matched(
    project: Project, published: Published
) -> tuple[dict[int, ScoreEntry], ScoreEntry | None, tuple[KpiEvalError, ...]]:
    """The published score of each row and of the execution, matched as actuals are."""
    stand_ins = {
        ActualEntry(entry.name, entry.value, entry.project, entry.level2, place=entry.place): entry
        for entry in published.entries
    }
    found = match([project], Actuals(tuple(stand_ins)), strict=False)
    rows = {row: stand_ins[entry] for (_, row), entry in found.rows.items()}
    spent = found.executed.get(0)
    return rows, None if spent is None else stand_ins[spent], found.problems


def _spent(project: Project, actuals: Actuals) -> Spent | None:
    """What was spent, when it was said once."""
    entry = match([project], actuals, strict=False).executed.get(0)
    if entry is None or is_blank(entry.value):
        return None
    return Spent(evolve(entry, project=""), project)


def _spending(project: Project, actuals: Actuals, policy: Policy) -> ExecutionResult | None:
    spent = _spent(project, actuals)
    return None if spent is None else Candidate(policy).execution(spent, policy.execution.weight)


def _execution_case(
    project: Project, actuals: Actuals, entry: ScoreEntry | None, known: tuple[Candidate, ...]
) -> Case | None:
    """The case of the published points for the spending, where there are any."""
    if entry is None or is_blank(entry.value):
        return None
    weight = number(entry.weight) if entry.weight else known[0].policy.execution.weight
    published = number(entry.value)
    case = Case(entry, published, weight)
    if published is None or weight is None:
        return case.settle(None, Note.of("audit.score_unread", text=entry.value))
    if published > weight or published < 0:
        shown, most = sums.shown(published), sums.shown(weight)
        return case.settle(False, Note.of("audit.above_weight", score=shown, weight=most))
    spent = _spent(project, actuals)
    if spent is None:
        return case.settle(None, Note.of("audit.no_spending"))
    return spending_case(case, spent, known)


def _from_rows(
    results: Sequence[IndicatorResult], cases: Sequence[Case], own: Candidate
) -> ExecutionResult | None:
    """The execution as a row 预算执行率 states it, where nothing else does."""
    for result, case in zip(results, cases, strict=True):
        rate = rate_of(result.actual.source) if is_execution_row(result.indicator) else None
        if rate is not None and case.weight is not None:
            return own.execution(Spent.of_rate(rate), case.weight)
    return None


def _totals(project: Project, published: Published) -> list[TotalEntry]:
    """What the table says of the project as a whole, and of its first levels."""
    name = key(project.name)
    return [entry for entry in published.totals if key(entry.project) in ("", name)]


def _summed(
    audited: AuditedProject,
    spent: ScoreEntry | None,
    entries: Sequence[TotalEntry],
    policy: Policy,
) -> AuditedProject:
    said = sums.whole_of([entry for entry in entries if not entry.level1])
    room = _room(audited, said, policy)
    execution = audited.execution.published if audited.execution is not None else None
    rows = sums.points_of(audited.rows)
    total = sums.total_of(said.score, sums.Parts(rows, execution, room))
    weights = tuple(row.result.indicator.weight for row in audited.rows)
    own = number(spent.weight) if spent is not None and spent.weight else None
    whole = total.published if total is not None else None
    sums_up = sum((weight for weight in (*weights, own) if weight is not None), Fraction(0))
    if number(said.weight) not in (None, _WHOLE) and sums_up != _WHOLE:
        # The steps of the grades are out of 100 points.
        whole = None
    return evolve(
        audited,
        total=total,
        weights=sums.total_of(said.weight, sums.Parts(weights, own, room)),
        grade=sums.grade_of(said.grade, whole, policy),
        parts=tuple(_parts(audited, entries)),
    )


def _parts(audited: AuditedProject, entries: Sequence[TotalEntry]) -> Iterator[tuple[str, Checked]]:
    """Each subtotal against the rows of its first level."""
    for entry in entries:
        rows = [row for row in audited.rows if row.result.indicator.level1 == entry.level1]
        nothing = Fraction(0)
        checked = sums.total_of(entry.score, sums.Parts(sums.points_of(rows), nothing, nothing))
        if entry.level1 and checked is not None:
            yield entry.level1, checked


def _room(audited: AuditedProject, said: TotalEntry, policy: Policy) -> Fraction:
    """The most that an execution which the table does not list could add to its total."""
    rows = [row.result.indicator for row in audited.rows]
    own = sum((row.weight for row in rows if row.weight is not None), Fraction(0))
    listed = any(is_execution_row(row) for row in rows)
    if listed or number(said.weight) == own:
        return Fraction(0)
    return max(Fraction(0), min(policy.execution.weight, _WHOLE - own))


def audit_tables(
    projects: Sequence[Project], actuals: Actuals, published: Published, policy: Policy
) -> tuple[AuditedProject, ...]:
    """The audit of all projects of a file; what stands in a row belongs to that row's project.

    Raises nothing for what the tables hold, as :func:`audit_project`.

    >>> from kpieval import Actuals, Published, demo, policy, read
    >>> projects = read(demo.targets_file(), year=2024)
    >>> audited = audit_tables(projects, Actuals(), Published(), policy("mof-2020"))
    >>> len(audited), audited[0].consistent  # nothing was published, so nobody can tell
    (5, None)
    """
    homes: dict[Place, int] = {
        row.place: at
        for at, project in enumerate(projects)
        for row in project.indicators
        if row.place is not None and row.place.row is not None
    }
    found = _sorted(projects, actuals.entries, homes)
    scores = _sorted(projects, published.entries, homes)
    return tuple(
        audit_project(
            project,
            Actuals(tuple(found[at])),
            Published(tuple(scores[at]), published.totals),
            policy,
        )
        for at, project in enumerate(projects)
    )


def _sorted(
    projects: Sequence[Project], entries: Sequence[T], homes: dict[Place, int]
) -> dict[int, list[T]]:
    """The entries by project: by the row that they stand in, else by the project's name."""
    named: dict[str, list[int]] = defaultdict(list)
    for at, project in enumerate(projects):
        named[key(project.name)].append(at)
    parts: dict[int, list[T]] = defaultdict(list)
    for entry in entries:
        if entry.place in homes and key(entry.name) != EXECUTED:
            parts[homes[entry.place]].append(entry)
            continue
        for at in named[key(entry.project)] if entry.project else range(len(projects)):
            parts[at].append(entry)
    return parts
