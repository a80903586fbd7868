"""What rarely happens between a reading and its points, and must come out right all the same."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from attrs import evolve
from hypothesis.vendor.pretty import pretty

from kpieval import (
    ActualEntry,
    Actuals,
    DecisionCells,
    Indicator,
    IndicatorResult,
    Policy,
    Project,
    ProjectResult,
    Score,
    messages,
    parse_actual,
    parse_target,
    policy,
    score_indicator,
    score_project,
)
from kpieval.actuals import Every, Part
from kpieval.amounts import money
from kpieval.basing import against_previous
from kpieval.constraints import AllOf, Single, Target
from kpieval.outcomes import Attainment
from kpieval.pairing import paired
from kpieval.policies import NotApplicable
from kpieval.units import parse_unit
from kpieval.weighting import weigh

MOF = policy("mof-2020")
YEAR = 2024
KINDS = {
    "amount": ("≥5人", "6人"),
    "money": ("≤3万元", "2万元"),
    "date": ("2024年6月底前", "2024年5月20日"),
    "change": ("同比增长≥3%", "增长4%"),
    "level": ("优", "良"),
    "yes or no": ("是", "否"),
    "words": ("确保运行平稳", "运行平稳"),
}


def target(text: str) -> Target:
    return parse_target(text, year=YEAR)


def single(text: str) -> Single:
    constraint = target(text).constraint
    assert not isinstance(constraint, AllOf)
    return constraint


def reading(wanted: str, actual: str) -> Part:
    found = parse_actual(actual, like=target(wanted), year=YEAR).reading
    assert found is not None and not isinstance(found, Every)
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("turned", [False, True])
def test_every_part_finds_the_actual_of_its_kind(turned: bool) -> None:
    wanted = [single(text) for text, _ in KINDS.values()]
    found = [reading(*texts) for texts in KINDS.values()]
    given = Every(tuple(reversed(found)) if turned else tuple(found))
    assert paired(tuple(wanted), given) == list(zip(wanted, found, strict=True))


@pytest.mark.parametrize("missing", KINDS)
def test_a_kind_that_nobody_reported_stays_open(missing: str) -> None:
    wanted = [single(text) for text, _ in KINDS.values()]
    found = {kind: reading(*texts) for kind, texts in KINDS.items() if kind != missing}
    expected = [(part, found.get(kind)) for kind, part in zip(KINDS, wanted, strict=True)]
    assert paired(tuple(wanted), Every(tuple(found.values()))) == expected


# --- against the year before -------------------------------------------------------------------


def test_a_target_that_asks_for_no_change_takes_the_actual_as_it_is() -> None:
    actual = parse_actual("5人")
    assert against_previous(target("≥3人"), actual, parse_actual("4人")) is actual


def test_a_change_of_another_unit_is_not_made_up() -> None:
    actual = parse_actual("5元")
    assert against_previous(target("增长≥3人"), actual, parse_actual("3元")) is actual


def test_a_base_that_is_no_exact_number_changes_nothing() -> None:
    actual = parse_actual("5人")
    assert against_previous(target("增长≥3人"), actual, parse_actual("2人以上")) is actual


# --- weights of rows that do not apply -----------------------------------------------------------

HANDED_ON = evolve(MOF, not_applicable=NotApplicable.HAND_ON)


def table(*rows: tuple[str, int]) -> Project:
    made = (
        Indicator(level, "", f"第{n}项", "≥1次", target("≥1次"), weight=Fraction(weight))
        for n, (level, weight) in enumerate(rows)
    )
    return Project(name="项目", indicators=tuple(made))


def test_the_weight_of_a_row_goes_to_the_rows_of_its_own_level() -> None:
    project = table(("产出指标", 10), ("产出指标", 30), ("效益指标", 50))
    found = weigh(project, HANDED_ON, left_out=frozenset({0})).rows
    assert found == (None, Fraction(40), Fraction(50))


def test_a_level_that_is_left_out_whole_is_spread_over_the_others() -> None:
    project = table(("产出指标", 10), ("产出指标", 30), ("效益指标", 50))
    found = weigh(project, HANDED_ON, left_out=frozenset({2})).rows
    assert found == (Fraction("22.5"), Fraction("67.5"), None)


def test_no_total_is_made_when_no_row_is_left() -> None:
    project = table(("产出指标", 40), ("效益指标", 50))
    found = weigh(project, HANDED_ON, left_out=frozenset({0, 1}))
    assert not found.usable
    assert found.rows == (None, None)
    assert "weights.nothing_left" in {note.code for note in found.notes}


# --- what is not to be mixed ----------------------------------------------------------------------


def test_units_are_not_multiplied_by_numbers() -> None:
    unit = parse_unit("元")
    with pytest.raises(TypeError):
        unit * 3  # type: ignore[operator]
    with pytest.raises(TypeError):
        unit / 3  # type: ignore[operator]


def test_there_are_two_languages() -> None:
    with pytest.raises(ValueError, match="zh, en"):
        messages.catalogue("fr")


def test_a_note_prints_as_its_sentence() -> None:
    (note,) = target("2024年6月前").notes
    assert str(note) == note.message("zh") != note.message("en")


# --- rows and entries ------------------------------------------------------------------------------


def judged(text: str, actual: str) -> IndicatorResult:
    wanted = target(text)
    row = Indicator("产出指标", "", "甲", text, wanted, weight=Fraction(10))
    return score_indicator(row, parse_actual(actual, like=wanted, year=YEAR), MOF)


@pytest.mark.parametrize(("number", "score"), [("95", "10"), ("80", "8.89")])
def test_of_several_actuals_the_one_of_the_targets_kind_counts(number: str, score: str) -> None:
    found = judged("≥90人", f"{number}人；2024年6月完成")
    alone = judged("≥90人", f"{number}人")
    assert found.score == alone.score == Score.exactly(Fraction(score))
    assert found.judgement.attainment == alone.judgement.attainment


def scored(*entries: ActualEntry, by: Policy = MOF) -> ProjectResult:
    project = table(("产出指标", 45), ("效益指标", 45))
    return score_project(project, Actuals(entries), by)


def test_two_decisions_for_one_row_are_not_made_one() -> None:
    decided = DecisionCells(verdict="达成", reason="看过照片")
    once = ActualEntry("第0项", "1次", decision=decided)
    again = ActualEntry("第0项", "", previous="1次", decision=decided)
    assert {error.code for error in scored(once, again).problems} == {"KP207"}
    assert scored(once, evolve(again, decision=DecisionCells())).problems == ()


def test_a_deduction_from_the_execution_that_is_no_number_is_told() -> None:
    entry = ActualEntry("全年执行数", "20万元", deduction="两分")
    found = scored(entry, by=policy("mof-2020+deduction"))
    assert "KP213" in {error.code for error in found.problems}


def test_an_amount_is_shown_whole_where_values_are_printed_field_by_field() -> None:
    assert pretty(money("700")) == "Amount(700 元)"


class Weekdays:
    """A calendar that works Monday to Friday."""

    def is_working_day(self, day: dt.date) -> bool | None:
        return day.weekday() < 5


@pytest.mark.parametrize(
    ("end", "reached", "points"),
    [("03-14", Fraction(1), "10"), ("03-19", Fraction(30, 33), "9.09")],
)
def test_working_days_earn_by_how_many_there_were(end: str, reached: Fraction, points: str) -> None:
    wanted = target("≤30个工作日")
    row = Indicator("产出指标", "时效指标", "办理时间", wanted.source, wanted, weight=Fraction(10))
    actual = parse_actual(f"2024-02-01至2024-{end}", like=wanted)
    result = score_indicator(row, actual, MOF, calendar=Weekdays())
    assert result.judgement.attainment == Attainment.exactly(reached)
    assert str(result.score) == points
