"""The sentence of every row and its steps, on results made by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from kpieval import exact
from kpieval.actuals import MISSING, Actual, Attained, Measured, Missing, Stated
from kpieval.amounts import Amount, money
from kpieval.constraints import AtLeast, AtMost, Bare, Constraint, Statement, Target, TargetError
from kpieval.errors import TargetSyntaxError
from kpieval.explaining import explanation, row_word, steps
from kpieval.intervals import Bound, Interval
from kpieval.messages import LANGUAGES
from kpieval.notes import Note
from kpieval.outcomes import Attainment, Decision, Met, Score, Undetermined, Unmet, Verdict
from kpieval.parsing import parse_actual
from kpieval.phrases import executed, percent
from kpieval.readings import describe
from kpieval.results import IndicatorResult, Judgement
from kpieval.tables import Indicator
from kpieval.units import parse_unit

NOTE = Note.of("unit.from_target", unit="元")
YUAN = parse_unit("元")
FIVE = Fraction(5)


def read(text: str, constraint: Constraint) -> Target:
    return Target(text, constraint, f"[{text}]")


def row(
    target: Target | TargetError,
    actual: Actual,
    verdict: Verdict,
    score: Score | None = None,
    **changes: Any,
) -> IndicatorResult:
    """A result of five points whose outcome is the machine's, unless ``changes`` say otherwise."""
    indicator = Indicator("产出指标", "成本指标", "发放补助资金数额", target.source, target)
    given: dict[str, Any] = {
        "indicator": indicator,
        "actual": actual,
        "resolved": target.constraint if isinstance(target, Target) else None,
        "judgement": Judgement(verdict, None, score),
        "verdict": verdict,
        "score": score,
        "weight": None if score is None else FIVE,
    }
    return IndicatorResult(**(given | changes))


def measured(text: str, value: str) -> Actual:
    return Actual(text, Measured(Interval.point(exact.from_text(value)), YUAN))


CEILING = read("≤2.7万元", AtMost(money(27000)))
MET = row(CEILING, measured("26500元", "26500"), Met("500元"), Score.exactly(FIVE))
UNMET = row(CEILING, measured("3万元", "30000"), Unmet("3000元"), Score.exactly(Fraction("4.5")))
ABSENT = row(CEILING, MISSING, Undetermined(NOTE), Score(Fraction(0), FIVE))
REFUSED = row(
    TargetError("≥5外星币", TargetSyntaxError("≥5外星币", (2, 5), expected="单位")),
    measured("5", "5"),
    Undetermined(NOTE),
    Score(Fraction(0), FIVE),
)
PROSE = row(
    read("持续改善", Statement("持续改善")),
    Actual("有所改善", Stated("有所改善")),
    Undetermined(NOTE),
    Score(Fraction(0), FIVE),
)
DECIDED = evolve(
    PROSE,
    verdict=Met(),
    score=Score.exactly(Fraction("4.5")),
    decision=Decision(Attained.FULLY, Fraction("4.5"), "查阅了回访记录。"),
)
BARE = row(
    read("1次", Bare(Amount(1, parse_unit("次")))),
    measured("6次", "6"),
    Met("5次"),
    Score.exactly(FIVE),
    resolved=AtLeast(Amount(1, parse_unit("次"))),
)
UNWEIGHTED = row(CEILING, measured("26500元", "26500"), Met("500元"))
ALL = [MET, UNMET, ABSENT, REFUSED, PROSE, DECIDED, BARE, UNWEIGHTED]


def test_met_says_what_is_to_spare() -> None:
    assert explanation(MET) == (
        "目标 ≤2.7万元，实际 26500元，在目标之内（余 500元），达标，得 5 分（满分 5 分）。"
    )
    assert explanation(MET, "en") == (
        "target ≤2.7万元, actual 26500元, inside the target (500元 to spare), met, 5 of 5 points."
    )


def test_unmet_says_the_gap_and_the_points() -> None:
    told = explanation(UNMET)
    assert "差 3000元" in told
    assert told.endswith("未达标，得 4.5 分（满分 5 分）。")


@pytest.mark.parametrize("distance", ["0元", "0 元", "0"])
def test_a_distance_of_nothing_is_the_bound_itself(distance: str) -> None:
    met = row(CEILING, measured("2.7万元", "27000"), Met(distance), Score.exactly(FIVE))
    assert "恰好在目标的界限上，达标" in explanation(met)
    missed = row(CEILING, measured("2.7万元", "27000"), Unmet(distance), Score.exactly(FIVE))
    assert "目标不含界限，未达标" in explanation(missed)
    assert "余 0.5元" in explanation(row(CEILING, MET.actual, Met("0.5元"), MET.score))


def test_a_missing_actual_asks_for_it() -> None:
    told = explanation(ABSENT)
    assert told.startswith("目标 ≤2.7万元，待定：")
    assert "可得 0–5 分" in told


def test_a_refused_target_says_why_and_who() -> None:
    told = explanation(REFUSED)
    assert told.startswith("目标「≥5外星币」，实际 5，待定：")
    assert "或由评价人员认定" in told
    assert REFUSED.indicator.target.error.code in "".join(steps(REFUSED))  # type: ignore[union-attr]


def test_prose_is_for_a_person() -> None:
    told = explanation(PROSE)
    assert told.startswith("目标「持续改善」，实际「有所改善」，待定：")
    assert told.endswith("可得 0–5 分（满分 5 分）。")


def test_a_decision_stands_beside_the_machine() -> None:
    told = explanation(DECIDED)
    assert "自动判断为待定" in told
    assert "人工认定达成、得 4.5 分，理由：查阅了回访记录" in told
    assert "请" not in told
    assert told.endswith("得 4.5 分（满分 5 分）。")
    assert any(line.startswith("人工认定") for line in steps(DECIDED))


def test_an_open_sign_says_how_it_was_taken() -> None:
    assert explanation(BARE).startswith("目标 1次（按 ≥1次 理解），实际 6次，")
    assert any("≥1次" in line for line in steps(BARE))


def test_without_a_weight_there_are_no_points() -> None:
    assert explanation(UNWEIGHTED).endswith("达标，未计分。")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("result", ALL, ids=range(len(ALL)))
def test_every_row_has_one_sentence_and_its_steps(result: IndicatorResult, lang: str) -> None:
    told = explanation(result, lang)
    assert told.count("。" if lang == "zh" else "\n") == (1 if lang == "zh" else 0)
    assert "{" not in told
    lines = steps(result, lang)
    assert result.indicator.text in lines[0]
    assert all(line and "{" not in line and "\n" not in line for line in lines)


def test_steps_tell_reading_comparison_attainment_and_points() -> None:
    judged = Judgement(Met("500元"), Attainment.exactly(Fraction(54, 53)), MET.score)
    lines = steps(row(CEILING, MET.actual, Met("500元"), MET.score, judgement=judged))
    assert lines == [
        "目标原文：≤2.7万元",
        "读作：[≤2.7万元]",
        "实际原文：26500元",
        "实际读作：26500 元",
        "比较：在目标之内（余 500元），达标",
        "完成程度：目标/实际=27000/26500≈101.89%",
        "得分：5.00/5",
    ]


@pytest.mark.parametrize(
    ("lower", "upper", "shown"),
    [
        (Bound(Fraction(200)), Bound(Fraction(300), False), "[200, 300) 元"),
        (Bound(Fraction(266)), None, "≥266 元"),
        (None, Bound(Fraction(5), False), "<5 元"),
        (None, None, "(-∞, ∞) 元"),
    ],
)
def test_intervals_are_written_out(
    lower: Bound[Fraction] | None, upper: Bound[Fraction] | None, shown: str
) -> None:
    assert describe(Measured(Interval(lower, upper), YUAN)) == shown


def test_percent_never_rounds_a_miss_to_a_hit() -> None:
    assert percent(Fraction(999996, 1000000)) == "99.99%"
    assert percent(Fraction(1000001, 1000000)) == "100.01%"


@pytest.mark.parametrize(
    ("lang", "left_out", "absent", "not_due"),
    [
        ("zh", "不计分", "不适用，不计分", "尚未到期，不计分"),
        ("en", "left out", "does not apply, left out", "not due yet, left out"),
    ],
)
def test_a_row_that_no_score_counts_says_why(
    lang: str, left_out: str, absent: str, not_due: str
) -> None:
    target = read("≥5元", AtLeast(money("5")))
    for reason, told in (("not_applicable", absent), ("absent", not_due)):
        why = Undetermined(Note.of("actual.missing"))
        result = row(target, Actual("", Missing(reason)), why, left_out=True)
        assert row_word(result, lang) == left_out
        assert told in explanation(result, lang)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("下降5%", "减少 5 %", "down by 5 %"),
        ("良", "等级「良」", 'the grade "良"'),
        ("是", "是", "yes"),
        ("6人；增长5%", "6 人；增加 5 %", "6 人; up by 5 %"),
    ],
)
def test_an_actual_in_words(text: str, zh: str, en: str) -> None:
    reading = parse_actual(text).reading
    assert (describe(reading, "zh"), describe(reading, "en")) == (zh, en)


def test_nothing_is_said_of_spending_that_is_not_scored() -> None:
    assert [executed(None, lang) for lang in LANGUAGES] == ["", ""]
