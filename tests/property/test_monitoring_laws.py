"""Laws of monitoring: what holds for every target, every actual and every month."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from generated_rows import MOF, YEAR, Row, decimals, near, rows, said
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from profiles import few

from kpieval import schemas
from kpieval.monitored import MonitoredIndicator, Status
from kpieval.monitoring import MonitoringRules, monitor_project, monitor_tables
from kpieval.outcomes import Met, Unmet
from kpieval.tables import EXECUTED, Actuals, Project
from kpieval.wire.values import to_wire

SCHEMA = Draft202012Validator(schemas.load("monitor"))
ORDER = list(Status)
months = st.integers(1, 12)
categories = st.sampled_from(
    ("数量指标", "质量指标", "时效指标", "成本指标", "社会效益指标", "满意度指标")
)
floors = st.sampled_from(("≥", "＞", "="))


def watched(row: Row, month: int, rules: MonitoringRules | None = None) -> MonitoredIndicator:
    """The row at the end of a month."""
    actuals = Actuals() if row.actual is None else Actuals.from_mapping({row.name: row.actual})
    project = Project("项目", (row.indicator,), year=YEAR)
    known = MonitoringRules() if rules is None else rules
    return monitor_project(project, actuals, MOF, month=month, rules=known).indicators[0]


@given(rows(), categories, months)
def test_a_row_has_one_status_or_a_reason(row: Row, level2: str, month: int) -> None:
    found = watched(evolve(row, level2=level2), month)
    assert (found.status is None) == (found.reason is not None)
    assert list(found.possible) == sorted(set(found.possible), key=ORDER.index)
    assert found.status is None or found.possible == (found.status,)


@given(
    decimals(low=-50),
    st.lists(decimals(low=-50), min_size=2, max_size=2),
    floors,
    categories,
    months,
)
def test_more_is_never_worse_on_a_floor(
    goal: Fraction, found: list[Fraction], sign: str, level2: str, month: int
) -> None:
    worse, better = (
        watched(Row(f"{sign}{said(goal, '人')}", said(number, "人"), level2=level2), month).status
        for number in sorted(found)
    )
    if sign == "=" and goal <= 0:
        return  # exactly nothing, or less: more is another miss
    assert worse is not None
    assert better is not None
    assert ORDER.index(worse) <= ORDER.index(better)


@given(decimals(), st.lists(decimals(), min_size=2, max_size=2), categories, months)
def test_more_is_never_better_under_a_ceiling(
    goal: Fraction, found: list[Fraction], level2: str, month: int
) -> None:
    less, more = (
        watched(Row(f"≤{said(goal, '人')}", said(number, "人"), level2=level2), month).status
        for number in sorted(found)
    )
    assert {less, more} <= {Status.GREEN, Status.RED}
    assert (less, more) != (Status.RED, Status.GREEN)


@given(decimals().flatmap(lambda goal: st.tuples(st.just(goal), near(goal))), months)
def test_the_colour_of_a_floor_is_that_of_its_share(
    pair: tuple[Fraction, Fraction], month: int
) -> None:
    goal, actual = pair
    found = watched(Row(f"≥{said(goal, '人')}", said(actual, "人")), month)
    if goal <= 0:
        assert found.progress is None
        assert found.status is (Status.GREEN if actual >= goal else Status.RED)
        return
    share = actual * 12 / (goal * month)
    steps = (Fraction(3, 5), Fraction(4, 5), Fraction(6, 5))
    assert found.progress == share
    assert found.status is ORDER[sum(share >= step for step in steps)]


@given(decimals(low=1), decimals(), months)
def test_the_forecast_fits_together(goal: Fraction, actual: Fraction, month: int) -> None:
    found = watched(Row(f"≥{said(goal, '人')}", said(actual, "人")), month).forecast
    assert found is not None
    assert found.value.value * month == actual * 12
    assert found.gap.value == max(Fraction(0), goal - found.value.value)
    if found.per_month is not None:
        ends = actual + found.per_month.value * (12 - month)
        assert ends == max(goal, actual)
    else:
        assert month == 12
        assert actual < goal


@given(rows(), months)
def test_units_change_no_colour(row: Row, month: int) -> None:
    smaller = evolve(
        row,
        target=row.target.replace("万元", "千元"),
        actual=None if row.actual is None else row.actual.replace("万元", "千元"),
    )
    assert watched(row, month).possible == watched(smaller, month).possible


@given(rows(), months)
def test_laxer_thresholds_make_nothing_worse(row: Row, month: int) -> None:
    lax = MonitoringRules(yellow_from=Fraction(1, 2), green_from=Fraction(7, 10))
    strict, easy = watched(row, month).possible, watched(row, month, lax).possible
    if strict and easy:
        assert ORDER.index(strict[0]) <= ORDER.index(easy[0])


@given(rows(), st.sampled_from(("质量指标", "成本指标")), months)
def test_the_verdict_and_the_colour_of_whole_rows_agree(row: Row, level2: str, month: int) -> None:
    found = watched(evolve(row, level2=level2), month)
    if isinstance(found.result.verdict, Met) and found.status is not None:
        assert found.status in (Status.GREEN, Status.BLUE)
    if found.status is Status.BLUE and "=" not in row.target:
        assert not isinstance(found.result.verdict, Unmet)


@few(100)
@given(st.lists(rows(), min_size=1, max_size=3), months, st.sampled_from(("zh", "en")))
def test_the_json_follows_its_schema_and_every_row_is_counted(
    found: list[Row], month: int, lang: str
) -> None:
    named = [evolve(row, name=f"指标{number}") for number, row in enumerate(found)]
    project = Project("项目", tuple(row.indicator for row in named), year=YEAR)
    actuals = {row.name: row.actual for row in named if row.actual is not None}
    given_ = Actuals.from_mapping({**actuals, EXECUTED: "5万元"})
    monitoring = monitor_tables([project], given_, MOF, month=month)
    document = to_wire(monitoring, lang=lang)
    SCHEMA.validate(document)
    assert sum(document["total"]["statuses"].values()) == len(named)
