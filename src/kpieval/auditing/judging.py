"""What is to be said of one published score: follows, does not follow, or nobody can tell."""

from __future__ import annotations

from fractions import Fraction

from attrs import define, frozen

from kpieval import exact
from kpieval.actuals import Measured, Missing, Stated
from kpieval.amounts import Amount
from kpieval.auditing.candidates import Candidate, Spent
from kpieval.auditing.results import Checked, Rule
from kpieval.auditing.rules import LEAST_SPEAKERS, Item
from kpieval.constraints import AtLeast, AtMost, Equal, LessThan, MoreThan, Target, TargetError
from kpieval.errors import KpiEvalError
from kpieval.matching import key
from kpieval.notes import Note
from kpieval.outcomes import Met, Score, Undetermined, Unmet, Verdict
from kpieval.parsing import is_blank, parse_actual
from kpieval.policies import Policy
from kpieval.results import IndicatorResult
from kpieval.tables import Indicator, ScoreEntry

_DAMAGED = "ocr.suspected"
_PERCENT = Fraction(1, 100)


@define
class Case:
    """One published score on its way to what is said of it.

    ``item`` is what the rules are held against; ``settled`` is the answer where no rule is asked;
    ``opened`` says that the policy lets a site change such a row by hand.
    """

    entry: ScoreEntry | None
    published: Fraction | None
    weight: Fraction | None
    verdict: Verdict | None = None
    item: Item | None = None
    opened: bool = False
    settled: Checked | None = None

    def settle(self, consistent: bool | None, reason: Note, score: Score | None = None) -> Case:
        """The same with its answer."""
        self.settled = Checked(self.published, score, consistent, reason)
        return self

    @property
    def reason(self) -> str:
        """What the table says about the deviation."""
        return "" if self.entry is None or is_blank(self.entry.reason) else self.entry.reason


def number(text: str) -> Fraction | None:
    """The points of a cell such as ``9.5`` or ``9.5分``; None when it holds something else."""
    try:
        return exact.from_text("".join(text.split()).removesuffix("分"))
    except ValueError:
        return None


def row_case(
    result: IndicatorResult, entry: ScoreEntry | None, known: tuple[Candidate, ...]
) -> Case:
    """The case of one row. Nothing without a weight, a target or an actual is ever true."""
    indicator = result.indicator
    weight = indicator.weight
    published = None if entry is None else number(entry.value)
    case = Case(entry, published, weight, result.verdict)
    early = _without_rule(case, indicator)
    if early is not None:
        return early
    assert weight is not None and published is not None
    if isinstance(indicator.target, TargetError):
        if is_execution_row(indicator):
            case.verdict = None
            return _rate_case(case, result.actual.source, known)
        return case.settle(None, Note.of("audit.target_unread", text=indicator.text))
    if any(note.code == _DAMAGED for note in indicator.target.notes):
        return case.settle(None, Note.of("audit.target_unread", text=indicator.text))
    if isinstance(result.actual.reading, Missing):
        return case.settle(None, Note.of("audit.no_actual"), result.judgement.score)
    if isinstance(result.verdict, Undetermined):
        return case.settle(None, result.verdict.reason, known[0].row(result, weight))
    scores = tuple(candidate.row(result, weight) for candidate in known)
    case.item = Item(published, weight, scores)
    case.opened = is_opened(result, known[0].policy)
    return case


def is_opened(result: IndicatorResult, policy: Policy) -> bool:
    """Whether the policy opens a row to hand change: far over, passed, or not equal."""
    rule, missed = policy.hand_change, isinstance(result.verdict, Unmet)
    reached = result.judgement.attainment
    if rule is None:
        return False
    match result.resolved:
        case AtLeast() | MoreThan():
            return reached is not None and reached.low >= rule.floor_at
        case AtMost() | LessThan():
            # A < that is reached exactly is missed, and not passed.
            passed = reached is None or reached.low < 1
            return missed and passed and rule.ceiling_over
        case Equal():
            return missed and rule.equal_off
        case _:
            return False


def _without_rule(case: Case, indicator: Indicator) -> Case | None:
    """The answer where something is missing, or the points cannot be; None to go on."""
    if case.entry is None or is_blank(case.entry.value):
        return case.settle(None, Note.of("audit.no_score"))
    if case.published is None:
        return case.settle(None, Note.of("audit.score_unread", text=case.entry.value))
    if case.published < 0:
        return case.settle(False, Note.of("audit.below_zero", score=exact.text(case.published)))
    if case.weight is None:
        return case.settle(None, Note.of("audit.no_weight"))
    if case.published > case.weight:
        score, most = exact.text(case.published), exact.text(case.weight)
        note = Note.of("audit.above_weight", score=score, weight=most)
        return case.settle(False, note, _most(case.weight))
    return None


def _most(weight: Fraction) -> Score:
    return Score(Fraction(0), max(weight, Fraction(0)))


def is_execution_row(indicator: Indicator) -> bool:
    """Whether a row without a target states the budget execution: 预算执行率.

    >>> from kpieval.parsing import parse_target
    >>> is_execution_row(Indicator("投入", "", "预算执行率", "≥90%", parse_target("≥90%")))
    False
    """
    blank = isinstance(indicator.target, TargetError) and is_blank(indicator.text)
    named = key(indicator.name).removeprefix("年度").removeprefix("全年")
    return blank and named.startswith(("预算执行率", "资金执行率", "执行率"))


def rate_of(text: str) -> Fraction | None:
    """The share of the budget that a cell such as ``86%``, ``0.958`` or ``86`` means.

    >>> rate_of("86%"), rate_of("0.958"), rate_of("不详")
    (Fraction(43, 50), Fraction(479, 500), None)
    """
    try:
        reading = parse_actual(text).reading
    except KpiEvalError:
        return None
    if not isinstance(reading, Measured) or not reading.interval.is_point:
        return None
    assert reading.interval.lower is not None
    value = reading.interval.lower.value
    if value < 0 or reading.unit.name not in ("", "%"):
        return None
    return value if not reading.unit.name and value <= 1 else value * _PERCENT


def _rate_case(case: Case, text: str, known: tuple[Candidate, ...]) -> Case:
    rate = rate_of(text)
    if rate is None:
        return case.settle(None, Note.of("audit.rate_unread", text=text))
    return spending_case(case, Spent.of_rate(rate), known)


def spending_case(case: Case, spent: Spent, known: tuple[Candidate, ...]) -> Case:
    """The case of points for what was spent."""
    weight, published = case.weight, case.published
    assert weight is not None and published is not None
    if not isinstance(spent.budget, Amount) or spent.budget.value <= 0:
        return case.settle(None, Note.of("audit.no_budget"))

    def score(candidate: Candidate) -> Score | None:
        made = candidate.execution(spent, weight)
        return None if made is None or made.rate is None else made.score

    scores = tuple(score(candidate) for candidate in known)
    if scores[0] is None:
        return case.settle(None, Note.of("audit.no_spending"))
    case.item = Item(published, weight, scores)
    return case


@frozen
class Found:
    """The rule that explains a table, by its place among the candidates."""

    at: int
    rule: Rule


def judged(case: Case, found: Found | None, speakers: int) -> Checked:
    """What is said of a case once it is known whether one rule explains the table."""
    if case.settled is not None:
        return case.settled
    item = case.item
    assert item is not None
    base = item.scores[0]
    if item.follows(0):
        return _said(item, base, True, Note.of("audit.follows"))
    if found is not None and item.follows(found.at) and item.speaks(found.at):
        rule = found.rule
        why = Note.of(f"audit.rule.{rule.rounding}", policy=rule.policy, speakers=speakers)
        return Checked(item.published, item.scores[found.at], True, why, rule)
    if item.deviates:
        why = Note.of("audit.too_few", speakers=speakers, least=LEAST_SPEAKERS)
        return _said(item, base, None, why)
    if isinstance(case.verdict, Met) and item.published < item.weight and case.reason:
        return _said(item, base, None, Note.of("audit.reason_given", why=case.reason))
    if case.opened:
        return _said(item, base, None, Note.of("audit.hand_change"))
    return _said(item, base, False, Note.of("audit.does_not_follow", score=base))


def _said(item: Item, score: Score | None, consistent: bool | None, reason: Note) -> Checked:
    return Checked(item.published, score, consistent, reason)


def stated(result: IndicatorResult) -> Stated | None:
    """The words of an actual that is no measure."""
    reading = result.actual.reading
    return reading if isinstance(reading, Stated) else None


def repeats_target(result: IndicatorResult) -> bool:
    """Whether the actual is the target's text again."""
    target = result.indicator.target
    said = key(result.actual.source)
    return isinstance(target, Target) and bool(said) and said == key(result.indicator.text)
