"""What a policy says, in words and numbers, with an example that the engine computes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from kpieval import exact
from kpieval.formulas import (
    Band,
    Binary,
    ByActual,
    DateRule,
    Formula,
    Grace,
    Ladder,
    Linear,
    PassGate,
    PerDay,
    Ratio,
    Step,
)
from kpieval.phrases import phrase
from kpieval.policies import Policy, Source
from kpieval.presets import policy as default_policy
from kpieval.reports.grid import Cell, Column, draw
from kpieval.reports.report import FILE_WIDTH

_EXAMPLES = (("≥90%", "81%"), ("≤10万元", "12.5万元"))
_EXAMPLE_WEIGHT = Fraction(10)


def overview(policies: Iterable[Policy], lang: str) -> list[str]:
    """A line for each policy."""
    columns = [Column(phrase(f"column.{head}", lang)) for head in ("policy", "title", "evidence")]
    rows = [
        [
            Cell(policy.name),
            Cell(policy.title),
            Cell(phrase(f"evidence.{policy.source.evidence}", lang)),
        ]
        for policy in policies
    ]
    return draw(columns, rows, FILE_WIDTH)


def page(policy: Policy, lang: str) -> list[str]:
    """Everything about one policy."""
    return [
        f"{policy.name} {policy.title}",
        *_source(policy, lang),
        *(_line(label, text, lang) for label, text in numbers(policy, lang).items()),
        *_differences(policy, lang),
        *_example(policy, lang),
    ]


def _differences(policy: Policy, lang: str) -> list[str]:
    """Where the policy differs from the default one, its own words first."""
    default = default_policy()
    if policy == default:
        return []
    ours, theirs = numbers(policy, lang), numbers(default, lang)
    dash = phrase("policy.none", lang)
    differing = [
        phrase(
            "policy.differs_in",
            lang,
            what=phrase(f"policy.{label}", lang),
            ours=ours.get(label, dash),
            theirs=theirs.get(label, dash),
            name=default.name,
        )
        for label in dict.fromkeys((*ours, *theirs))
        if ours.get(label) != theirs.get(label)
    ]
    same = [phrase("policy.differs_nowhere", lang, name=default.name)]
    heading = phrase("policy.differs_from", lang, name=default.name)
    return [heading, *differing] if differing else same


def _source(policy: Policy, lang: str) -> list[str]:
    return [_line(label, text, lang) for label, text in source_lines(policy, lang)]


def source_lines(policy: Policy, lang: str) -> list[tuple[str, str]]:
    """Where a policy comes from: the keys of the labels, each with its text."""
    source = policy.source
    told = {
        "document": source.document,
        "issuer": source.issuer,
        "reference": _in(lang, source.reference, source.reference_en),
        "in_force": _days(source, lang),
        "evidence": phrase(f"evidence.{source.evidence}", lang),
        "remarks": _in(lang, source.remarks, source.remarks_en),
    }
    return [(label, text) for label, text in told.items() if text]


def percent(share: Fraction) -> str:
    """A share of a rule as people write it: 4/5 is 80%."""
    return f"{exact.text(share * 100)}%"


def _in(lang: str, chinese: str, english: str) -> str:
    return english if lang == "en" and english else chinese


def _days(source: Source, lang: str) -> str:
    if source.in_force is None:
        return ""
    start = source.in_force.isoformat()
    if source.until is None:
        return phrase("policy.force_rule", lang, start=start)
    return phrase("policy.force_span", lang, start=start, until=source.until.isoformat())


def numbers(policy: Policy, lang: str) -> dict[str, str]:
    """All numbers and formulas in words, by their labels."""
    by_actual = (_by_actual(rule, lang) for rule in policy.by_actual)
    told = {
        **_points(policy, lang),
        "rounding": phrase("policy.places", lang, places=policy.rounding.places),
        "grades": _grades(policy, lang),
        "about": f"±{percent(policy.about_tolerance)}",
        "over_completion": _over(policy, lang),
        "dates": date_words(policy.dates, lang),
        "by_actual": phrase("comma", lang).join(by_actual),
        "not_applicable": phrase(f"not_applicable.{policy.not_applicable.value}", lang),
        "hand_change": _hand_change(policy, lang),
        "flags": _flags(policy, lang),
        "deducts": phrase("policy.deduction_rule", lang) if policy.deducts else "",
        "unverified": phrase("policy.unverified_rule", lang) if policy.unverified else "",
    }
    return {label: text for label, text in told.items() if text}


def _points(policy: Policy, lang: str) -> dict[str, str]:
    """What earns points, and how many: the weights, the spending, and the formulas of a row."""
    return {
        "weights": _weights(policy, lang),
        "allocation": phrase(f"allocation.{policy.weights.allocation.value}", lang),
        "execution": _execution(policy, lang),
        "floor": formula_words(policy.floor, lang),
        "ceiling": formula_words(policy.ceiling, lang),
        "qualitative": _bands(policy, lang),
    }


def _weights(policy: Policy, lang: str) -> str:
    comma = phrase("comma", lang)
    weights = comma.join(f"{name} {exact.text(points)}" for name, points in policy.weights.level1)
    joined = (
        phrase("policy.joins", lang, level=level, home=home)
        for level, home in policy.weights.joined
    )
    return comma.join([weights, *joined])


def _execution(policy: Policy, lang: str) -> str:
    rule = policy.execution
    key = "policy.execution_finished" if rule.when_finished else "policy.execution_rule"
    formula = formula_words(rule.formula, lang)
    return phrase(key, lang, weight=exact.text(rule.weight), formula=formula)


def _bands(policy: Policy, lang: str) -> str:
    bands = policy.qualitative
    named = {"fully": bands.fully, "partly": bands.partly, "not": bands.not_}
    told = (f"{phrase(f'attained.{name}', lang)} {_band(band)}" for name, band in named.items())
    return phrase("comma", lang).join(told)


def _grades(policy: Policy, lang: str) -> str:
    if policy.grades is None:
        return phrase("policy.no_grades", lang)
    steps = (f"{name} ≥{exact.text(least)}" for name, least in policy.grades.steps)
    grades = phrase("comma", lang).join(steps)
    return phrase("policy.grade_rule", lang, grades=grades, lowest=policy.grades.lowest)


def _over(policy: Policy, lang: str) -> str:
    over = policy.over_completion
    key = "policy.over_duty" if over.mandatory else "policy.over_rule"
    told = [phrase(key, lang, noted=percent(over.noted_at), reason=percent(over.reason_at))]
    told += [
        phrase("policy.over_rung", lang, at=percent(at), share=percent(share))
        for at, share in over.ladder
    ]
    return phrase("comma", lang).join([*told, *([over.document] if over.document else [])])


def date_words(rule: DateRule, lang: str) -> str:
    """What a late date earns, in words.

    >>> date_words(PerDay(Fraction(1, 20)), "en")
    'every day late takes 5% of W off'
    """
    match rule:
        case Binary():
            return phrase("dates.binary", lang)
        case Grace(days=days, share=share):
            return phrase("dates.grace", lang, days=days, share=percent(share))
        case PerDay(share=share):
            return phrase("dates.per_day", lang, share=percent(share))
        case _:
            assert_never(rule)


def _by_actual(rule: ByActual, lang: str) -> str:
    rungs = phrase("comma", lang).join(
        phrase("policy.actual_rung", lang, at=percent(at), share=percent(share))
        for at, share in rule.steps
    )
    return phrase("policy.actual_rule", lang, level1=rule.level1, rungs=rungs)


def _hand_change(policy: Policy, lang: str) -> str:
    rule = policy.hand_change
    if rule is None:
        return ""
    return phrase("policy.hand_rule", lang, at=percent(rule.floor_at))


def _flags(policy: Policy, lang: str) -> str:
    flags = policy.flags
    if flags is None:
        return ""
    told = {"outrun": exact.text(flags.outrun * 100), "unspent": percent(flags.unspent)}
    return phrase("policy.flag_rule", lang, **told)


def _band(band: Band) -> str:
    return f"[{percent(band.low)}, {percent(band.high)}{']' if band.closed else ')'}"


def formula_words(formula: Formula, lang: str) -> str:
    """A formula as people say it, r being the attainment and W the weight.

    >>> formula_words(PassGate(Fraction(3, 5)), "en")
    'r < 60%: 0; above: W·(r − 60%)/(1 − 60%), at most W'
    """
    match formula:
        case Ratio():
            return phrase("formula.ratio", lang)
        case Linear():
            return phrase("formula.linear", lang)
        case PassGate(at=at):
            return phrase("formula.pass_gate", lang, at=percent(at))
        case Ladder(steps=steps):
            told = [
                phrase("formula.rung", lang, at=percent(at), share=percent(share))
                for at, share in steps
            ]
            return phrase("formula.ladder", lang, rungs=phrase("comma", lang).join(told))
        case Step(points=points):
            return phrase("formula.step", lang, points=exact.text(points))
        case _:
            assert_never(formula)


def _example(policy: Policy, lang: str) -> list[str]:
    """A missed floor and a missed ceiling, scored now."""
    from kpieval.explaining import explanation
    from kpieval.parsing import parse_actual, parse_target
    from kpieval.scoring import score_indicator
    from kpieval.tables import Indicator

    lines = []
    for text, done in _EXAMPLES:
        target = parse_target(text)
        row = Indicator("", "", "", text, target)
        actual = parse_actual(done, like=target)
        result = score_indicator(row, actual, policy, weight=_EXAMPLE_WEIGHT)
        lines.append(_line("example", explanation(result, lang), lang))
    return lines


def _line(label: str, text: str, lang: str) -> str:
    return phrase("step.line", lang, label=phrase(f"policy.{label}", lang), text=text)
