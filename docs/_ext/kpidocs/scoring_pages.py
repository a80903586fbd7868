"""The pages of the scoring rules: what each says, where it comes from, and points that it gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from kpidocs import examples, markdown, saying
from kpieval import exact
from kpieval.amounts import money
from kpieval.constraints import Target
from kpieval.executing import execute
from kpieval.explaining import verdict_word
from kpieval.parsing import parse_actual, parse_target
from kpieval.phrases import phrase, points, span
from kpieval.policies import Policy
from kpieval.presets import DEFAULT, policies
from kpieval.reports.policy import numbers, percent, source_lines
from kpieval.results import IndicatorResult
from kpieval.scoring import score_indicator
from kpieval.tables import ActualEntry, Indicator, Project

WEIGHT = Fraction(10)
"""The points at stake in the tables."""

_BUDGET = 100
_SPENT = "105万元 100万元 98万元 95万元 90万元 80万元 60万元 50万元 0元"

TABLES = {
    "floor": (
        "≥100个",
        "150个 130个 120个 110个 100个 99个 95个 90个 85个 80个 70个 60个 50个 30个 0个",
    ),
    "ceiling": (
        "≤100万元",
        "80万元 100万元 101万元 105万元 110万元 120万元 130万元 150万元 200万元 300万元",
    ),
    "dates": (
        "2024年6月30日前",
        "2024-06-30 2024-07-01 2024-07-10 2024-07-15 2024-07-30 2024-12-31",
    ),
    "stated": ("≥100个", "达成预期指标 部分达成 未达成"),
}
"""A target a table, with the actuals that are scored against it."""


def names() -> list[str]:
    """The names of the shipped rules, the default first."""
    return [policy.name for policy in policies()]


def index(lang: str) -> str:
    """The list of the rules."""
    heads = [phrase(f"column.{head}", lang) for head in ("policy", "title", "evidence")]
    rows = (
        [
            f"[{markdown.code(policy.name)}]({policy.name}.md)",
            markdown.prose(policy.title),
            phrase(f"evidence.{policy.source.evidence}", lang),
        ]
        for policy in policies()
    )
    contents = "\n".join(["```{toctree}", ":hidden:", "", *names(), "```"])
    return markdown.joined(
        [
            markdown.heading(1, saying.word("scoring.title", lang), f"{lang}-scoring"),
            saying.word("scoring.about", lang, default=markdown.code(DEFAULT)),
            markdown.table(heads, rows),
            contents,
        ]
    )


def page(policy: Policy, lang: str) -> str:
    """The page of one rule."""
    return markdown.joined(_blocks(policy, lang))


def _blocks(policy: Policy, lang: str) -> Iterator[str]:
    yield markdown.heading(1, markdown.prose(policy.name), f"{lang}-policy-{policy.name}")
    yield markdown.prose(policy.title)
    yield markdown.heading(2, saying.word("scoring.source", lang))
    yield _facts(source_lines(policy, lang), lang)
    yield markdown.heading(2, saying.word("scoring.numbers", lang))
    yield _facts(list(numbers(policy, lang).items()), lang)
    yield markdown.heading(2, saying.word("scoring.points", lang))
    yield saying.word("scoring.points_about", lang, weight=exact.text(WEIGHT))
    for kind, (target, actuals) in TABLES.items():
        yield markdown.heading(3, saying.word(f"scoring.{kind}", lang, target=f"`{target}`"))
        yield _table(policy, Indicator("", "", "", target, _read(target)), actuals.split(), lang)
    for rule in policy.by_actual:
        title = saying.word("scoring.by_actual", lang, level1=rule.level1)
        yield markdown.heading(3, title)
        row = Indicator(rule.level1, "", "", "≥90%", _read("≥90%"))
        steps = [at - less for at, _ in rule.steps for less in (0, Fraction(1, 100))]
        yield _table(policy, row, [percent(at) for at in steps if at >= 0], lang)
    yield markdown.heading(3, saying.word("scoring.execution", lang, budget=_BUDGET))
    yield _execution(policy, lang)


def _facts(said: list[tuple[str, str]], lang: str) -> str:
    heads = [saying.word("scoring.what", lang), saying.word("scoring.rule", lang)]
    rows = ([phrase(f"policy.{label}", lang), markdown.prose(text)] for label, text in said)
    return markdown.table(heads, rows)


def _read(text: str) -> Target:
    return parse_target(text, year=examples.YEAR)


def _table(policy: Policy, row: Indicator, actuals: Sequence[str], lang: str) -> str:
    heads = [saying.word(f"scoring.{head}", lang) for head in ("actual", "reached", "got", "word")]
    return markdown.table(heads, (_scored(policy, row, actual, lang) for actual in actuals))


def _scored(policy: Policy, row: Indicator, text: str, lang: str) -> list[str]:
    assert isinstance(row.target, Target)
    actual = parse_actual(text, like=row.target, year=examples.YEAR)
    result = score_indicator(row, actual, policy, weight=WEIGHT)
    assert result.score is not None  # the row has a weight
    word = verdict_word(result.verdict, lang)
    return [markdown.code(text), _reached(result), span(result.score, lang), word]


def _reached(result: IndicatorResult) -> str:
    """The attainment where it is one number."""
    reached = result.judgement.attainment
    if reached is None or reached.low != reached.high:
        return ""
    return _rate(reached.low)


def _rate(share: Fraction) -> str:
    whole = exact.half_up(share * 100, 2)
    return f"{'' if whole == share * 100 else '≈'}{exact.text(whole)}%"


def _execution(policy: Policy, lang: str) -> str:
    project = Project("", (), budget=money(_BUDGET * 10_000))
    weight = policy.execution.weight
    rows = []
    for spent in _SPENT.split():
        result, fault = execute(project, ActualEntry("", spent), policy, weight)
        assert fault is None and result.rate is not None  # both amounts are money
        got = span(result.score, lang)
        rows.append([markdown.code(spent), _rate(result.rate), got, points(weight)])
    heads = [saying.word(f"scoring.{head}", lang) for head in ("spent", "rate", "got", "full")]
    return markdown.table(heads, rows)
