"""The points of a row with its own numbers put into the formula, to be worked out again by hand.

A number is written exactly. Where no short decimal holds it, the fraction stands in the sum and the
percentage beside it is marked as rounded, so that whoever repeats the sum gets the same points.
"""

from __future__ import annotations

from fractions import Fraction
from typing import assert_never

from attrs import frozen

from kpieval import exact
from kpieval.actuals import Changed, Every, Measured, Part, Reading
from kpieval.comparing import align
from kpieval.constraints import (
    AllOf,
    Between,
    Change,
    Constraint,
    Single,
)
from kpieval.formulas import Ladder, Linear, PassGate, Ratio, Step, share
from kpieval.intervals import Interval
from kpieval.meaning import Decided, amounts_of
from kpieval.notes import merged
from kpieval.outcomes import Attainment, Undetermined
from kpieval.pairing import paired
from kpieval.phrases import bare, percent, phrase
from kpieval.resolving import RowContext
from kpieval.results import IndicatorResult, Working
from kpieval.showing import Shown

ONE = Fraction(1)

_SHORT = 4
"""Decimal places up to which a number is written out."""


@frozen(repr=False)
class Quotient(Shown):
    """The two numbers, in one unit, whose ratio is the attainment; ``kind`` says which they are:
    ``floor`` actual/target, ``ceiling`` target/actual, ``lower`` and ``upper`` bound of a range."""

    kind: str
    over: Fraction
    under: Fraction

    @property
    def ratio(self) -> Fraction:
        """The attainment itself."""
        return self.over / self.under

    def __str__(self) -> str:
        return f"{exact.text(self.over)}/{exact.text(self.under)}"


def quotient(result: IndicatorResult) -> Quotient | None:
    """The numbers behind an exact attainment; None where it is not a ratio of two numbers.

    >>> from kpieval.parsing import parse_actual, parse_target
    >>> from kpieval.presets import policy
    >>> from kpieval.scoring import score_indicator
    >>> from kpieval.tables import Indicator
    >>> row = Indicator("产出指标", "数量指标", "培训", "≥12次", parse_target("≥12次"))
    >>> str(quotient(score_indicator(row, parse_actual("9次"), policy())))
    '9/12'
    """
    reached, asked = result.judgement.attainment, result.resolved
    if reached is None or asked is None or reached.low != reached.high:
        return None
    row = result.indicator
    context = RowContext(row.level1, row.level2, row.name, row.direction)
    for part, found in _pairs(asked, result.actual.reading):
        made = _divided(part, found, context)
        if made is not None and made.ratio == reached.low:
            return made
    return None


def _pairs(asked: Constraint, reading: Reading) -> list[tuple[Single, Part | None]]:
    parts = asked.parts if isinstance(asked, AllOf) else (asked,)
    if isinstance(asked, AllOf) or isinstance(reading, Every):
        return paired(parts, reading)
    return [(asked, reading if isinstance(reading, Measured | Changed) else None)]


def _divided(asked: Single, found: Part | None, context: RowContext) -> Quotient | None:
    match asked, found:
        case Change(constraint=size, direction=wanted), Changed(direction=way, size=measured):
            return _divided(size, measured, context) if wanted is way else None
        case _, Measured() if isinstance(asked, Decided):
            aligned = align(asked, found, context)
            if isinstance(aligned, Undetermined) or not aligned[1].is_point:
                return None
            allowed, actual, unit, _ = aligned
            scales = (unit.scale * found.factor, unit.scale, found.unit.scale, ONE)
            return _in_short(_of(asked, allowed, actual), scales)
        case _:
            return None


def _of(asked: Decided, allowed: Interval[Fraction], actual: Interval[Fraction]) -> Quotient | None:
    """The ratio as attainment takes it: against the bound that is missed."""
    lower, upper, done = (
        None if end is None else end.value for end in (allowed.lower, allowed.upper, actual.lower)
    )
    assert done is not None  # an exact actual
    ranged = isinstance(asked, Between)
    if lower is not None and (upper is None or done <= lower):
        return Quotient("lower" if ranged else "floor", done, lower) if lower > 0 else None
    if upper is not None and done > 0 and (lower is None or done >= upper):
        return Quotient("upper" if ranged else "ceiling", upper, done)
    return None


def _in_short(made: Quotient | None, scales: tuple[Fraction, ...]) -> Quotient | None:
    """The same ratio on the first scale that writes both numbers as decimals."""
    if made is None:
        return None
    for scale in scales:
        over, under = made.over / scale, made.under / scale
        if "/" not in exact.text(over) + exact.text(under):
            return Quotient(made.kind, over, under)
    return None


def attained(result: IndicatorResult, lang: str) -> str:
    """How far the target was reached, with the numbers it comes from; nothing without a ratio."""
    reached = result.judgement.attainment
    if reached is None:
        return ""
    if reached.low != reached.high:
        return _spanned(reached, lang)
    made, rate = quotient(result), share_text(reached.low)
    if made is None:
        return rate
    which = phrase(f"explain.quotient.{made.kind}", lang)
    sign = "=" if is_plain(reached.low) else "≈"
    return phrase("explain.quotient", lang, which=which, quotient=made, sign=sign, rate=rate)


def _spanned(reached: Attainment, lang: str) -> str:
    if reached.high is None:
        return phrase("step.at_least", lang, low=share_text(reached.low))
    return phrase("span", lang, low=share_text(reached.low), high=share_text(reached.high))


def is_plain(ratio: Fraction) -> bool:
    """Whether a percentage with two places holds the ratio exactly."""
    return exact.half_up(ratio, _SHORT) == ratio


def share_text(ratio: Fraction) -> str:
    """A ratio in percent: exact where two places do, else rounded and never up to 100 %.

    >>> share_text(Fraction(3, 4)), share_text(Fraction(2, 3)), share_text(Fraction(99999, 100000))
    ('75%', '66.67%', '99.99%')
    """
    return f"{exact.text(ratio * 100)}%" if is_plain(ratio) else percent(ratio)


@frozen(repr=False)
class Sum(Shown):
    """What is worked out: words before it, the expression, and its value before any limit."""

    words: str
    expression: str = ""
    value: Fraction = Fraction(0)


def summed(working: Working, made: Quotient | None, lang: str) -> Sum:
    """The formula of one working with its numbers put in.

    >>> from kpieval.formulas import Miss
    >>> miss = Miss(Fraction(3, 4), Fraction(3), Fraction(10))
    >>> summed(Working(PassGate(Fraction(3, 5)), miss, 2, Fraction("3.75")), None, "zh").expression
    '10×(75%−60%)/(1−60%)'
    """
    miss = working.miss
    reached, weight = max(Fraction(0), miss.attainment), exact.text(miss.weight)
    if made is not None and made.ratio != reached:
        made = None
    match working.formula:
        case Ratio():
            return Sum("", f"{weight}×{_factor(reached, made)}", miss.weight * reached)
        case Linear():
            return _linear(working, made, lang)
        case PassGate(at=at) if reached < at:
            return Sum(phrase("explain.below_gate", lang, at=share_text(at)))
        case PassGate(at=at):
            expression = f"{weight}×({_factor(reached, made)}−{_exactly(at)})/(1−{_exactly(at)})"
            return Sum("", expression, miss.weight * (reached - at) / (1 - at))
        case Ladder(steps=steps):
            for at, part in steps:
                if reached >= at:
                    words = phrase("explain.rung", lang, at=share_text(at), share=share_text(part))
                    return Sum(words, f"{weight}×{_exactly(part)}", miss.weight * part)
            return Sum(phrase("explain.no_rung", lang))
        case Step(points=each):
            return _stepped(miss.units_short, each, miss.weight, lang)
        case _:
            assert_never(working.formula)


def _linear(working: Working, made: Quotient | None, lang: str) -> Sum:
    miss = working.miss
    if miss.attainment <= 0:
        return Sum(phrase("explain.linear_out", lang))
    weight, value = exact.text(miss.weight), miss.weight * (2 - 1 / miss.attainment)
    if made is None or made.kind not in ("ceiling", "upper"):
        return Sum("", f"{weight}×(2−1/{_in_brackets(_factor(miss.attainment, made))})", value)
    target, actual = exact.text(made.over), exact.text(made.under)
    return Sum("", f"{weight}×(1−({actual}−{target})/{target})", value)


_ENDLESS = Fraction(10**30)
"""More units than anything is short: the actual has no end there, or went the other way."""


def _stepped(short: Fraction, each: Fraction, weight: Fraction, lang: str) -> Sum:
    if short >= _ENDLESS:
        return Sum(phrase("explain.endless", lang))
    units = Fraction(-(-short // 1))
    key = "explain.units_short" if units == short else "explain.units_begun"
    words = phrase(key, lang, short=_written(short), units=units, each=exact.text(each))
    expression = f"{exact.text(weight)}−{units}×{exact.text(each)}"
    return Sum(words, expression, weight - units * each)


def _factor(ratio: Fraction, made: Quotient | None) -> str:
    """The ratio as it stands in a sum, exact: a short percentage, the two numbers, or p/q."""
    return str(made) if made is not None and not is_plain(ratio) else _exactly(ratio)


def _exactly(ratio: Fraction) -> str:
    return share_text(ratio) if is_plain(ratio) else exact.text(ratio)


def _in_brackets(factor: str) -> str:
    return f"({factor})" if "/" in factor else factor


def _written(value: Fraction) -> str:
    """A number exactly where it is short, else cut, with a mark that it goes on."""
    if exact.half_up(value, _SHORT) == value:
        return exact.text(value).replace("-", "−")
    return f"{exact.fixed(exact.cut(value, _SHORT), _SHORT)}…"


def worked_out(
    working: Working, made: Quotient | None, lang: str, *, told: tuple[Fraction, ...] = ()
) -> str:
    """One working from the formula to the rounded points; points that are ``told`` beside it
    need not stand here, too.

    >>> from kpieval.formulas import Miss
    >>> miss = Miss(Fraction(5, 6), Fraction(2), Fraction("3.57"))
    >>> worked_out(Working(Ratio(), miss, 2, Fraction("2.98")), None, "zh")
    '3.57×5/6=2.975，四舍五入到 2 位小数为 2.98'
    """
    made_up = summed(working, made, lang)
    parts = [made_up.words] if made_up.words else []
    if made_up.expression:
        parts.append(f"{made_up.expression}={_written(made_up.value)}")
        limited = share(working.formula, working.miss) * working.miss.weight
        if limited != made_up.value:
            parts.append(phrase("explain.limited", lang, points=exact.text(limited)))
        elif working.points != made_up.value:
            key = "explain.rounded" if working.points in told else "explain.rounded_to"
            said = {"where": _place(working.places, lang), "points": exact.text(working.points)}
            parts.append(phrase(key, lang, **said))
    return phrase("comma", lang).join(parts)


def _place(places: int, lang: str) -> str:
    return phrase("explain.places" if places else "explain.whole", lang, places=places)


def way(result: IndicatorResult, lang: str) -> list[str]:
    """Every step from the attainment to the points, but full points and what is merely open."""
    told: list[str] = []
    workings = tuple(dict.fromkeys(result.judgement.workings))
    for step in merged(result.judgement.steps):
        if step.code == "step.formula" and workings:
            told += _workings(result, workings, lang)
            workings = ()
        elif step.code == "step.no_ratio":
            told.append(_no_ratio(result, bare(step.message(lang)), lang))
        elif step.code not in ("step.full", "step.open", "step.formula"):
            told.append(bare(step.message(lang)))
    return told


def _no_ratio(result: IndicatorResult, otherwise: str, lang: str) -> str:
    """Why the two numbers make no ratio, where they are two."""
    asked = result.resolved
    if not isinstance(asked, Decided) or not isinstance(result.actual.reading, Measured):
        return otherwise
    above = all(amount.value > 0 for amount in amounts_of(asked))
    return phrase("explain.no_ratio_signs" if above else "explain.no_ratio_target", lang)


def _workings(result: IndicatorResult, workings: tuple[Working, ...], lang: str) -> list[str]:
    made, score = quotient(result), result.judgement.score
    told = () if score is None else (score.low, score.high)
    if isinstance(result.judgement.verdict, Undetermined):
        return _least(result, min(workings, key=lambda it: it.points), made, lang)
    if len(workings) == 1:
        return [worked_out(workings[0], made, lang, told=told)]
    ends = zip(("least", "most"), (workings[0], workings[-1]), strict=True)
    return [
        phrase(f"explain.{end}", lang, sum=worked_out(it, made, lang, told=told))
        for end, it in ends
    ]


def _least(
    result: IndicatorResult, working: Working, made: Quotient | None, lang: str
) -> list[str]:
    """What an open row has at least, where the formula gives it anything."""
    if not working.points:
        return []
    score = result.judgement.score
    known = () if score is None else (score.low,)
    sum_ = worked_out(working, made, lang, told=known)
    told = [phrase("explain.least", lang, sum=sum_)]
    if score is not None and score.low < working.points:
        told.append(phrase("explain.least_capped", lang, points=exact.text(score.low)))
    return told
