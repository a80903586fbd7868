"""Monitoring: colours, forecasts, deadlines and words before the year is over."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from attrs import evolve

import kpieval
from kpieval.amounts import Amount, money
from kpieval.constraints import Target, TargetError
from kpieval.errors import KpiEvalError, ReadingError
from kpieval.intervals import Bound, Interval
from kpieval.monitored import MonitoredIndicator, MonitoredProject, Status, StatusCounts
from kpieval.monitoring import MonitoringRules, monitor_project, monitor_tables
from kpieval.monitoring.rules import Moment
from kpieval.parsing import parse_target
from kpieval.presets import policy
from kpieval.tables import EXECUTED, ActualEntry, Actuals, DecisionCells, Indicator, Project
from kpieval.units import parse_unit
from kpieval.wire.monitored import document, monitored

MOF = policy()
YEAR = 2024
HUNDRED = money(100)


def _target(text: str, level2: str) -> Target | TargetError:
    try:
        return parse_target(text, year=YEAR, level2=level2)
    except ReadingError as error:
        return TargetError(text, error)


def project(
    *rows: tuple[str, str], year: int | None = YEAR, budget: Amount | None = None
) -> Project:
    """A project of rows, each a second level and a target, named A, B, C and so on."""
    made = tuple(
        Indicator("产出指标", level2, chr(65 + place), text, _target(text, level2))
        for place, (level2, text) in enumerate(rows)
    )
    return Project("项目", made, year=year, budget=budget)


def watched(
    target: str,
    actual: str | None,
    *,
    month: int = 6,
    level2: str = "数量指标",
    year: int | None = YEAR,
) -> MonitoredIndicator:
    """One row in the middle of a year."""
    given = Actuals() if actual is None else Actuals.from_mapping({"A": actual})
    return monitor_project(
        project((level2, target), year=year), given, MOF, month=month
    ).indicators[0]


def colour(row: MonitoredIndicator) -> str | None:
    return None if row.status is None else row.status.value


def reason(row: MonitoredIndicator) -> str:
    assert row.status is None
    assert row.reason is not None
    return row.reason.code


def codes(row: MonitoredIndicator) -> set[str]:
    return {note.code for note in row.notes}


def people(count: int | str) -> Amount:
    return Amount(Decimal(count), parse_unit("人"))


# --- floors ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "wanted"),
    [
        ("0人", "red"),
        ("299人", "red"),
        ("300人", "yellow"),
        ("399人", "yellow"),
        ("400人", "green"),
        ("599人", "green"),
        ("600人", "blue"),
        ("9000人", "blue"),
    ],
)
def test_a_floor_is_measured_by_what_is_expected_by_now(actual: str, wanted: str) -> None:
    for target in ("≥1000人", "＞1000人", "=1000人", "1000人"):
        assert colour(watched(target, actual)) == wanted


def test_expected_progress_and_forecast_are_exact() -> None:
    row = watched("≥100人", "50人", month=7)
    assert row.expected == Amount(Fraction(175, 3), parse_unit("人"))
    assert row.progress == Fraction(6, 7)
    assert row.forecast is not None
    assert row.forecast.value == Amount(Fraction(600, 7), parse_unit("人"))
    assert row.forecast.gap == Amount(Fraction(100, 7), parse_unit("人"))
    assert row.forecast.per_month == people(10)


def test_the_unit_of_the_target_is_kept() -> None:
    row = watched("≥1万元", "3000元", level2="社会效益指标")
    assert row.expected == money(5000)
    assert row.progress == Fraction(3, 5)


def test_no_month_is_left_in_december_and_nothing_is_needed_once_it_is_there() -> None:
    short = watched("≥10人", "9人", month=12)
    assert short.forecast is not None
    assert (colour(short), short.forecast.gap, short.forecast.per_month) == (
        "green",
        people(1),
        None,
    )
    there = watched("≥10人", "10人", month=12)
    assert there.forecast is not None
    assert (there.forecast.gap, there.forecast.per_month) == (people(0), people(0))


@pytest.mark.parametrize(
    ("target", "met", "unmet"), [("=0次", "0次", "1次"), ("≥0次", "2次", "-1次")]
)
def test_without_a_target_above_zero_the_verdict_decides(target: str, met: str, unmet: str) -> None:
    for actual, wanted in ((met, "green"), (unmet, "red")):
        row = watched(target, actual)
        assert (colour(row), row.progress, row.forecast) == (wanted, None, None)
        assert "monitor.no_ratio" in codes(row)


def test_an_exact_target_that_is_outrun_is_noted() -> None:
    assert "monitor.equal_exceeded" in codes(watched("=10人", "11人", month=12))
    assert "monitor.equal_exceeded" not in codes(watched("=10人", "10人", month=12))


# --- rows that are not cut by the month ----------------------------------------------------------


@pytest.mark.parametrize(
    "level2", ["质量指标", "时效指标", "进度指标", "经济成本指标", "服务对象满意度指标"]
)
def test_whole_year_rows_are_compared_with_the_whole_target(level2: str) -> None:
    row = watched("≥90%", "54%", level2=level2)
    assert (colour(row), row.progress, row.forecast) == ("yellow", Fraction(3, 5), None)
    assert row.expected == Amount(90, parse_unit("%"))
    assert "monitor.whole_year" in codes(row)


def test_green_below_the_whole_target_says_so() -> None:
    assert "monitor.not_yet_met" in codes(watched("≥95%", "94%", level2="质量指标"))
    assert "monitor.not_yet_met" not in codes(watched("≥95%", "96%", level2="质量指标"))


def test_a_rate_that_is_cut_all_the_same_is_noted() -> None:
    row = watched("≥90%", "45%")
    assert (colour(row), row.progress) == ("green", Fraction(1))
    assert "monitor.rate_cut" in codes(row)


# --- ceilings, ranges, changes -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "wanted"),
    [
        ("≤10次", "0次", "green"),
        ("≤10次", "10次", "green"),
        ("≤10次", "11次", "red"),
        ("＜10次", "10次", "red"),
        ("≤0次", "0次", "green"),
        ("≤0次", "1次", "red"),
    ],
)
def test_a_ceiling_is_green_in_range_else_red(target: str, actual: str, wanted: str) -> None:
    for month in (1, 6, 12):
        assert colour(watched(target, actual, month=month)) == wanted


def test_a_ceiling_says_where_it_is_heading() -> None:
    row = watched("≤10次", "7次")
    assert row.forecast is not None
    times = parse_unit("次")
    assert row.forecast.value == Amount(14, times)
    assert row.forecast.gap == Amount(4, times)
    assert row.forecast.per_month == Amount(Fraction(1, 2), times)
    assert "monitor.heading_over" in codes(row)
    assert "monitor.heading_over" not in codes(watched("≤10次", "5次"))
    assert "monitor.heading_over" in codes(watched("＜10次", "5次"))


@pytest.mark.parametrize(
    ("target", "actual"), [("≤10%", "9%"), ("≤30天", "29天"), ("≤50元/人", "40元/人")]
)
def test_what_does_not_add_up_has_no_forecast_of_its_ceiling(target: str, actual: str) -> None:
    assert watched(target, actual, level2="社会效益指标").forecast is None


def test_money_under_costs_has_no_forecast() -> None:
    row = watched("≤2.7万元", "26500元", level2="成本指标")
    assert (colour(row), row.forecast, row.expected) == ("green", None, money(27000))


@pytest.mark.parametrize(
    ("actual", "wanted"),
    [("20人", "red"), ("30人", "yellow"), ("40人", "green"), ("100人", "green"), ("101人", "red")],
)
def test_a_range_is_a_floor_up_to_its_upper_end(actual: str, wanted: str) -> None:
    assert colour(watched("80-100人", actual)) == wanted


@pytest.mark.parametrize(
    ("actual", "wanted"),
    [
        ("增长10%", "green"),
        ("增长6%", "yellow"),
        ("增长5%", "red"),
        ("下降10%", "red"),
        ("增长12%", "blue"),
    ],
)
def test_a_change_is_not_cut_by_the_month(actual: str, wanted: str) -> None:
    row = watched("同比增长10%", actual)
    assert colour(row) == wanted
    assert row.forecast is None


# --- deadlines ----------------------------------------------------------------------------------


def test_a_deadline_is_open_before_and_decided_after() -> None:
    before = watched("9月底前", None, level2="时效指标")
    assert (reason(before), before.possible) == ("monitor.not_due", ())
    assert reason(watched("9月底前", None, level2="时效指标", month=9)) == "actual.missing"
    assert colour(watched("9月底前", "2024年9月20日", month=10)) == "green"
    assert colour(watched("9月底前", "2024年10月2日", month=10)) == "red"


def test_what_is_done_in_time_stays_so() -> None:
    assert colour(watched("9月底前", "2024年3月1日")) == "green"
    done = watched("9月底前", "已完成")
    assert colour(done) == "green"
    assert "monitor.done_in_time" in codes(done)
    assert reason(watched("9月底前", "已完成", month=10)) == "actual.done_when"
    assert reason(watched("9月底前", "未达成")) == "monitor.not_due"
    assert colour(watched("9月底前", "未达成", month=10)) == "red"
    assert colour(watched("9月底前", "达成")) == "green"


def test_a_day_that_lies_ahead_is_a_plan() -> None:
    assert reason(watched("9月底前", "2024年8月1日")) == "monitor.date_ahead"
    assert colour(watched("3月底前", "2024年8月1日")) == "red"


def test_without_a_year_nobody_knows_whether_a_deadline_has_come() -> None:
    assert reason(watched("9月底前", None, year=None)) == "monitor.no_year"
    assert colour(watched("9月底前", "2024年9月20日", year=None)) == "green"


def test_a_month_as_deadline_and_a_period() -> None:
    assert colour(watched("9月前", "已完成", month=8)) == "green"
    assert reason(watched("2024年1月-2024年9月", None)) == "monitor.not_due"
    assert reason(watched("2024年8月起", None)) == "monitor.not_due"


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["应保尽保", "优", "是", "≥90%", "≤10次", "≥3次；≥50人"])
@pytest.mark.parametrize(
    ("word", "wanted"), [("达成", "green"), ("部分达成", "yellow"), ("未达成", "red")]
)
def test_a_stated_word_names_its_band(target: str, word: str, wanted: str) -> None:
    assert colour(watched(target, word)) == wanted


def test_levels_answers_and_prose() -> None:
    assert colour(watched("良", "优")) == "green"
    below = watched("优", "良")
    assert (reason(below), below.possible) == ("monitor.level_short", (Status.RED, Status.YELLOW))
    assert colour(watched("是", "否")) == "red"
    assert reason(watched("应保尽保", "正在推进")) == "actual.prose"


def test_a_persons_decision_goes_first() -> None:
    cells = DecisionCells("部分达成", "", "抽查有缺项")
    given = Actuals((ActualEntry("A", "1000人", decision=cells),))
    row = monitor_project(project(("数量指标", "≥10人")), given, MOF, month=6).indicators[0]
    assert colour(row) == "yellow"
    assert "decision.by_person" in codes(row)


# --- what cannot be told --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "actual", "level2", "wanted"),
    [
        ("≥10人", None, "数量指标", "actual.missing"),
        ("≤10人", "无", "数量指标", "actual.missing"),
        ("≥10人", "5个", "数量指标", "unit.not_comparable"),
        ("≥10人", "5外星币", "数量指标", "actual.unread"),
        ("≥**人次", "5人次", "数量指标", "target.unread"),
        ("500次", "400次", "成本指标", "bare.cost_open"),
        ("≥90%", "0.95", "质量指标", "actual.share_or_percent"),
        ("同比增长10%", "10%", "数量指标", "change.no_direction"),
        ("≥3次；≥50人", "3次", "数量指标", "actual.part_missing"),
        ("≥10人", "2024年3月", "数量指标", "actual.other_kind"),
    ],
)
def test_what_nobody_can_tell_has_a_reason(
    target: str, actual: str | None, level2: str, wanted: str
) -> None:
    row = watched(target, actual, level2=level2)
    assert (reason(row), row.possible, row.progress) == (wanted, (), None)


def test_an_actual_within_bounds_has_a_status_when_all_agree() -> None:
    assert colour(watched("≥1000人", "400-500人")) == "green"
    several = watched("≥1000人", "约300人")
    assert (reason(several), several.possible) == (
        "monitor.several",
        (Status.RED, Status.YELLOW),
    )
    assert colour(watched("≥1000人", "200余人")) == "red"
    over = watched("≤10次", "8-12次")
    assert (reason(over), over.possible) == ("actual.spans_bound", (Status.RED, Status.GREEN))
    beyond = watched("80-100人", "90-110人")
    assert beyond.possible == (Status.RED, Status.GREEN)


@pytest.mark.parametrize(
    ("actual", "wanted"),
    [("6次；40人", "green"), ("6次；10人", "red"), ("6次；18人", "yellow"), ("9次；90人", "blue")],
)
def test_several_parts_are_as_bad_as_the_worst(actual: str, wanted: str) -> None:
    assert colour(watched("≥12次；≥60人", actual)) == wanted


# --- month and rules ----------------------------------------------------------------------------


def test_the_month_defaults_to_july_and_says_so() -> None:
    one = project(("数量指标", "≥12人"))
    given = Actuals.from_mapping({"A": "7人"})
    found = monitor_project(one, given, MOF)
    assert (found.month, found.indicators[0].progress) == (7, 1)
    assert [note.code for note in found.notes] == ["monitor.month"]
    assert monitor_project(one, given, MOF, month=7).notes == ()
    assert [note.code for note in monitor_tables([one], given, MOF).notes] == ["monitor.month"]


@pytest.mark.parametrize("month", [0, 13, -1, True, 7.0, "7"])
def test_only_twelve_months_are_months(month: object) -> None:
    with pytest.raises(ValueError, match="from 1 to 12"):
        monitor_project(project(("数量指标", "≥1人")), Actuals(), MOF, month=month)  # type: ignore[arg-type]


def test_a_month_ends_on_its_last_day() -> None:
    assert str(Moment(2, 2024).day) == "2024-02-29"
    assert Moment(2).day is None


def test_thresholds_are_a_value_that_can_be_changed() -> None:
    rules = MonitoringRules(yellow_from=Decimal("0.5"), green_from=Fraction(7, 10), blue_from=2)
    given = Actuals.from_mapping({"A": "55人"})
    one = project(("数量指标", "≥200人"))
    (row,) = monitor_project(one, given, MOF, month=6, rules=rules).indicators
    assert colour(row) == "yellow"


@pytest.mark.parametrize(
    "wrong",
    [
        {"yellow_from": Fraction(9, 10)},
        {"yellow_from": 0},
        {"default_month": 13},
        {"blue_from": -1},
    ],
)
def test_impossible_thresholds_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"threshold|month"):
        MonitoringRules(**wrong)  # type: ignore[arg-type]


def test_a_float_is_no_threshold() -> None:
    with pytest.raises(TypeError, match="exact"):
        MonitoringRules(yellow_from=0.6)  # type: ignore[arg-type]


# --- projects ------------------------------------------------------------------------------------


def spent(executed: str | None, budget: Amount | None = HUNDRED) -> MonitoredProject:
    given = Actuals() if executed is None else Actuals.from_mapping({EXECUTED: executed})
    return monitor_project(project(("数量指标", "≥1人"), budget=budget), given, MOF, month=6)


@pytest.mark.parametrize(
    ("executed", "wanted"),
    [
        ("29.99元", "red"),
        ("30元", "yellow"),
        ("39.99元", "yellow"),
        ("40元", "green"),
        ("99元", "green"),
    ],
)
def test_spending_is_measured_by_the_time_that_has_passed(executed: str, wanted: str) -> None:
    found = spent(executed).execution
    assert found.status is not None
    assert found.status.value == wanted
    assert found.rate is not None
    assert (found.expected, found.progress) == (Fraction(1, 2), found.rate * 2)


def test_spending_that_nobody_knows_has_a_reason() -> None:
    for found, wanted in (
        (spent(None), "monitor.no_spending"),
        (spent("许多"), "monitor.no_spending"),
        (spent("5元", budget=None), "monitor.no_budget"),
        (spent("5元", budget=money(0)), "monitor.no_budget"),
    ):
        assert found.execution.status is None
        assert found.execution.reason is not None
        assert found.execution.reason.code == wanted


def test_more_spent_than_budgeted_is_noted() -> None:
    found = spent("120元").execution
    assert [note.code for note in found.notes] == ["monitor.overspent"]


def test_spending_is_told_where_weights_leave_no_points_for_it() -> None:
    one = project(("数量指标", "≥1人"), budget=money(100))
    whole = evolve(one, indicators=(evolve(one.indicators[0], weight=Fraction(100)),))
    given = Actuals.from_mapping({EXECUTED: "50元", "A": "1人"})
    assert monitor_project(whole, given, MOF, month=6).execution.progress == 1


def test_weights_are_no_matter_of_monitoring() -> None:
    one = project(("数量指标", "≥1人"), ("数量指标", "≥1人"))
    rows = (evolve(one.indicators[0], weight=Fraction(10)), one.indicators[1])
    found = monitor_project(evolve(one, indicators=rows), Actuals(), MOF, month=6)
    assert found.problems == ()


def test_an_actual_that_fits_no_row_is_a_problem() -> None:
    one = project(("数量指标", "≥1人"))
    found = monitor_tables([one], Actuals.from_mapping({"没有的指标": "1人"}), MOF, month=6)
    assert [problem.code for problem in found.problems] == ["KP206"]
    assert isinstance(found.problems[0], KpiEvalError)


def test_the_rows_are_counted() -> None:
    one = project(("数量指标", "≥10人"), ("数量指标", "≤1人"), ("数量指标", "≥10人"))
    given = Actuals.from_mapping({"A": "9人", "B": "2人"})
    found = monitor_tables([one, evolve(one, name="另一项目")], given, MOF, month=6)
    assert found.projects[0].counts == StatusCounts(none=3)
    alone = monitor_tables([one], given, MOF, month=6)
    assert alone.counts == StatusCounts(red=1, blue=1, none=1)
    assert alone.counts + alone.counts == StatusCounts(red=2, blue=2, none=2)


def test_what_monitoring_forms_say_stands_beside_the_forecast() -> None:
    entries = (
        ActualEntry("A", "", so_far="50人", likelihood="不可能"),
        ActualEntry("B", "8人", so_far="9人", likelihood="八成"),
    )
    one = project(("数量指标", "≥100人"), ("数量指标", "≥10人"))
    first, second = monitor_project(one, Actuals(entries), MOF, month=6).indicators
    assert (colour(first), first.likelihood) == ("green", "不可能")
    assert first.forecast is not None
    assert first.forecast.gap == people(0)
    assert second.result.actual.source == "9人"
    assert "monitor.likelihood" in codes(second)
    late = monitor_tables([one], Actuals(entries), MOF, month=9)
    assert [note.code for note in late.notes] == ["monitor.half_year"]


def test_the_public_names_are_these() -> None:
    assert kpieval.monitor_project is monitor_project
    assert kpieval.monitor_tables is monitor_tables
    assert kpieval.MonitoringRules is MonitoringRules
    assert kpieval.Status is Status


def test_two_equal_thresholds_leave_their_colour_out() -> None:
    rules = MonitoringRules(yellow_from=Fraction(4, 5), green_from=Fraction(4, 5))
    progress = Interval(Bound(Fraction(1, 2)), Bound(Fraction(1)))
    assert rules.statuses(progress) == (Status.RED, Status.GREEN)


@pytest.mark.parametrize(
    ("target", "level2", "actual", "code"),
    [
        ("≥3次；≥50人", "数量指标", "不适用", "actual.not_applicable"),
        ("≥3次；≥50人", "数量指标", "30%", "actual.part_missing"),
        ("优", "质量指标", "优或良", "actual.prose"),
        ("优", "质量指标", "30%", "actual.other_kind"),
    ],
)
def test_a_row_of_which_nothing_can_be_said_has_a_reason_and_no_colour(
    target: str, level2: str, actual: str, code: str
) -> None:
    row = watched(target, actual, level2=level2)
    assert (reason(row), row.possible) == (code, ())


def test_a_monitoring_as_json_is_its_document() -> None:
    made = monitor_tables(
        [project(("数量指标", "≥10人"))], Actuals.from_mapping({"A": "5人"}), MOF, month=6
    )
    assert monitored(made, "zh") == document(made)
