"""What a policy says, in words and numbers, with an example that the engine computes."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from kpieval import exact
from kpieval.formulas import Band, Formula, Ladder, Linear, PassGate, Ratio, Step
from kpieval.phrases import percent, phrase
from kpieval.policies import Policy
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
        *_numbers(policy, lang),
        *_example(policy, lang),
    ]


def _source(policy: Policy, lang: str) -> list[str]:
    source = policy.source
    told = {
        "document": source.document,
        "issuer": source.issuer,
        "reference": source.reference,
        "evidence": phrase(f"evidence.{source.evidence}", lang),
        "remarks": source.remarks,
    }
    return [_line(label, text, lang) for label, text in told.items() if text]


def _numbers(policy: Policy, lang: str) -> list[str]:
    comma, bands, over = phrase("comma", lang), policy.qualitative, policy.over_completion
    weights = comma.join(f"{name} {exact.text(points)}" for name, points in policy.weights.level1)
    grades = comma.join(f"{name} ≥{exact.text(least)}" for name, least in policy.grades.steps)
    named = {"fully": bands.fully, "partly": bands.partly, "not": bands.not_}
    told_bands = comma.join(
        f"{phrase(f'attained.{name}', lang)} {_band(band)}" for name, band in named.items()
    )
    told = {
        "weights": weights,
        "allocation": phrase(f"allocation.{policy.weights.allocation.value}", lang),
        "execution": phrase(
            "policy.execution_rule",
            lang,
            weight=exact.text(policy.execution.weight),
            formula=formula_words(policy.execution.formula, lang),
        ),
        "floor": formula_words(policy.floor, lang),
        "ceiling": formula_words(policy.ceiling, lang),
        "qualitative": told_bands,
        "rounding": phrase("policy.places", lang, places=policy.rounding.places),
        "grades": phrase("policy.grade_rule", lang, grades=grades, lowest=policy.grades.lowest),
        "about": f"±{percent(policy.about_tolerance)}",
        "over_completion": phrase(
            "policy.over_rule", lang, noted=percent(over.noted_at), reason=percent(over.reason_at)
        ),
    }
    return [_line(label, text, lang) for label, text in told.items()]


def _band(band: Band) -> str:
    return f"[{percent(band.low)}, {percent(band.high)}{']' if band.closed else ')'}"


def formula_words(formula: Formula, lang: str) -> str:
    """A formula as people say it, r being the attainment and W the weight.

    >>> formula_words(PassGate(Fraction(3, 5)), "en")
    'r < 60.00%: 0; above: W·(r − 60.00%)/(1 − 60.00%), at most W'
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
