"""The sentence of typical rows word by word, and its sums worked out again from the sentence."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from attrs import evolve
from scored import judged, points
from typical_rows import CASES, Case

from kpieval import exact
from kpieval.amounts import Amount
from kpieval.constraints import AtLeast
from kpieval.explaining import DECIDED_BY, explanation, steps
from kpieval.formulas import Ladder, Linear, Miss, PassGate, Ratio, Step
from kpieval.messages import LANGUAGES, catalogue
from kpieval.presets import policy
from kpieval.results import Working
from kpieval.retracing import (
    Quotient,
    attained,
    quotient,
    share_text,
    summed,
    way,
    worked_out,
)

GOLDEN = Path(__file__).parents[1] / "golden"
SUM = re.compile(r"(?<![\w.])([\d.]+[×−][\d.()/%×−]+)=(−?[\d.]+)(…?)")
TEN = Fraction(10)


def lines(lang: str) -> dict[str, str]:
    text = (GOLDEN / f"explanations.{lang}.txt").read_text("utf-8")
    return dict(line.split(": ", 1) for line in text.splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_is_a_golden_sentence_for_every_case(lang: str) -> None:
    assert list(lines(lang)) == [case.title for case in CASES]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_sentence_of_a_typical_row(case: Case, lang: str) -> None:
    # Each was read by a person; after a change of wording, read them again.
    assert explanation(case.result, lang) == lines(lang)[case.title]


def evaluated(expression: str) -> Fraction:
    """The value of a sum as a clerk works it out, by hand-made recursive descent."""
    tokens = re.findall(r"[\d.]+%?|[×−/()]", expression)
    value = _difference(tokens)
    assert not tokens
    return value


def _difference(tokens: list[str]) -> Fraction:
    value = _product(tokens)
    while tokens and tokens[0] == "−":
        tokens.pop(0)
        value -= _product(tokens)
    return value


def _product(tokens: list[str]) -> Fraction:
    value = _atom(tokens)
    while tokens and tokens[0] in "×/":
        sign = tokens.pop(0)
        other = _atom(tokens)
        value = value * other if sign == "×" else value / other
    return value


def _atom(tokens: list[str]) -> Fraction:
    token = tokens.pop(0)
    if token == "(":
        value = _difference(tokens)
        assert tokens.pop(0) == ")"
        return value
    return Fraction(token[:-1]) / 100 if token.endswith("%") else Fraction(token)


WORKED = [case for case in CASES if case.result.judgement.workings and case.decision is None]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("case", WORKED, ids=lambda case: case.title)
def test_the_sums_of_a_sentence_give_what_it_says(case: Case, lang: str) -> None:
    result = case.result
    assert result.score is not None
    for expression, value, goes_on in SUM.findall(explanation(result, lang)):
        found, said = evaluated(expression), Fraction(value.replace("−", "-"))
        assert (exact.cut(found, 4) if goes_on else found) == said
        if result.score.is_exact and "step.capped" not in str(result.judgement.steps):
            places = case.by.rounding.places
            assert exact.half_up(max(Fraction(0), found), places) == result.score.low


@pytest.mark.parametrize("lang", LANGUAGES)
def test_most_rows_show_a_sum(lang: str) -> None:
    shown = [case.title for case in WORKED if SUM.search(explanation(case.result, lang))]
    without = {case.title for case in WORKED} - set(shown)
    assert without == {"one part of two", "pass gate, below", "ladder, below"}


@pytest.mark.parametrize(
    "formula",
    [
        Ratio(),
        Linear(),
        PassGate(Fraction(3, 5)),
        Ladder(((Fraction(9, 10), Fraction(1)), (Fraction(1, 2), Fraction(2, 3)))),
        Step(Fraction(1, 2)),
    ],
    ids=lambda formula: type(formula).__name__,
)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("reached", ["0", "0.3", "2/3", "0.75", "0.999999", "1"])
def test_every_formula_is_put_into_numbers(formula: object, lang: str, reached: str) -> None:
    miss = Miss(Fraction(reached), 12 * (1 - Fraction(reached)), TEN)
    working = Working(formula, miss, 2, Fraction(5))  # type: ignore[arg-type]
    told = summed(working, None, lang)
    assert told.words or told.expression
    if told.expression:
        assert evaluated(told.expression) == told.value


def test_a_percentage_never_says_all_of_what_is_less() -> None:
    assert share_text(Fraction(1)) == "100%"
    assert share_text(Fraction(999_999, 1_000_000)) == "99.99%"
    assert share_text(Fraction("0.97")) == "97%"


def test_a_quotient_is_that_of_the_attainment_or_none() -> None:
    for case in CASES:
        result = case.result
        made, reached = quotient(result), result.judgement.attainment
        assert made is None or (reached is not None and made.ratio == reached.low)


def test_another_ratio_than_the_quotients_is_written_by_itself() -> None:
    working = Working(Ratio(), Miss(Fraction(1, 3), Fraction(2), TEN), 2, Fraction("3.33"))
    assert "10×1/3=" in worked_out(working, Quotient("floor", Fraction(2), Fraction(3)), "zh")


def test_points_are_rounded_to_whole_ones_in_words() -> None:
    working = Working(Ratio(), Miss(Fraction(1, 3), Fraction(2), TEN), 0, Fraction(3))
    assert worked_out(working, None, "zh") == "10×1/3=3.3333…，四舍五入到整数为 3"
    assert worked_out(working, None, "en").endswith("rounded half-up to a whole number as 3")


def test_why_an_open_target_was_taken_so_has_words_for_every_note() -> None:
    noted = {code for code in catalogue("zh")["note"] if code.startswith("bare.")}
    assert {*DECIDED_BY} == {code for code in noted if not code.endswith("open")} | {"about.width"}
    for lang in LANGUAGES:
        assert all(f"explain.why.{code}" in catalogue(lang)["term"] for code in DECIDED_BY)


def test_what_was_resolved_without_a_note_is_told_all_the_same() -> None:
    result = next(case.result for case in CASES if case.title == "floor missed")
    other = evolve(result, resolved=AtLeast(Amount(11)))
    assert explanation(other).startswith("目标 ≥12次（按 ≥11 理解）")


def test_steps_show_the_same_sum_as_the_sentence() -> None:
    result = next(case.result for case in CASES if case.title == "floor missed")
    told = steps(result)
    assert "完成程度：实际/目标=9/12=75%" in told
    assert "计算：10×75%=7.5" in told


STEP = policy("mof-2020+step(1)")


@pytest.mark.parametrize(
    ("target", "actual", "told"),
    [
        # No two numbers: a range within a range, thirds, words.
        ("3-5人", "3-4人", "100%"),
        ("≥1/3", "1/6", "50%"),
        ("优", "良", ""),
        ("增长5%", "下降5%", "0%"),
    ],
)
def test_without_two_numbers_there_is_no_quotient(target: str, actual: str, told: str) -> None:
    result = judged(target, actual)
    assert quotient(result) is None
    assert attained(result, "zh") == attained(result, "en") == told


@pytest.mark.parametrize(
    ("lang", "told"), [("zh", "差的单位数没有上限"), ("en", "short of any number of units")]
)
def test_the_wrong_direction_is_short_without_end(lang: str, told: str) -> None:
    assert way(judged("增长5%", "下降5%", by=STEP), lang) == [told]


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("zh", "未达标时不给满分，最低按 9.99 计"),
        ("en", "never full points if missed, so at least 9.99"),
    ],
)
def test_the_least_that_an_open_row_earns_is_capped_in_words(lang: str, told: str) -> None:
    result = judged("≥1000人", "999.9999人以上")
    assert points(result) == ("9.99", "10")
    assert told in way(result, lang)[-1]


def test_a_change_that_has_no_ratio_is_told_without_two_numbers() -> None:
    result = judged("增长≤0%", "增长1%")
    assert points(result) == ("0", "0")
    (step,) = result.judgement.steps
    assert step.code == "step.no_ratio"
    for lang in ("zh", "en"):
        (told,) = way(result, lang)
        assert told == step.message(lang).rstrip("。.")
