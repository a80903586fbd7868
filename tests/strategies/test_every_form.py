"""Every single form that a text may take says what it is made for: no draw decides what is tried."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import find, settings
from hypothesis.strategies import DrawFn, SearchStrategy, composite

from kpieval import dates
from kpieval.amounts import Amount
from kpieval.constraints import AtLeast, Between, By, During, Statement
from kpieval.dates import Period
from kpieval.intervals import Bound, Interval
from kpieval.parsing import parse_target
from kpieval.strategies import dated, measured, measures, pieces, sizes, texts
from kpieval.strategies.measured import Scale
from kpieval.strategies.pieces import Piece, Pieces, Role, text_of
from kpieval.units import parse_unit

YEAR = 2024
QUICK = settings(database=None, deadline=None, max_examples=2_000, derandomize=True)


@pytest.mark.parametrize(
    "period",
    [
        dates.day(YEAR, 3, 5),
        *(dates.tenth(YEAR, 3, third) for third in (1, 2, 3)),
        dates.month(YEAR, 3),
        dates.quarter(YEAR, 2),
        dates.half(YEAR, 1),
        dates.half(YEAR, 2),
        dates.year(YEAR),
    ],
)
@pytest.mark.parametrize("table", [None, YEAR, YEAR - 1])
def test_every_name_of_a_period_is_that_period(period: Period, table: int | None) -> None:
    names = dated.period_names(period, table)
    assert len(set(names)) == len(names) > 1
    for name in names:
        # A month without a year is a deadline after 不晚于, and no count of months.
        assert parse_target(f"不晚于{name}", year=table).constraint == By(period.end), name


@pytest.mark.parametrize(
    "span",
    [
        During(dt.date(2023, 1, 1), dt.date(2025, 12, 31)),
        During(dt.date(YEAR, 1, 1), dt.date(YEAR, 12, 31)),
        During(dt.date(YEAR, 3, 1), dt.date(YEAR, 5, 31)),
        During(dt.date(YEAR, 3, 4), dt.date(YEAR, 3, 9)),
        During(dt.date(2023, 3, 4), dt.date(YEAR, 3, 9)),
    ],
)
@pytest.mark.parametrize("table", [None, YEAR])
def test_every_form_of_a_span_is_that_span(span: During, table: int | None) -> None:
    forms = [text_of(form) for form in (*dated._whole(span, table), *dated._spans(span, table))]
    for form in forms:
        assert parse_target(form, year=table).constraint == span, form
    if (span.end - span.start).days > 400 and span.start.day == 1:
        assert {"2023-2025年", "2023年至2025年"} <= set(forms)


def unit_texts(unit: str) -> SearchStrategy[str]:
    @composite
    def made(draw: DrawFn) -> str:
        return text_of(measures.unit_said(draw, parse_unit(unit)))

    return made()


@pytest.mark.parametrize(
    ("unit", "said"),
    [
        ("米/秒", "米每秒"),
        ("千米/小时", "公里每小时"),
        ("千米/小时", "千米/小时"),
        ("月*辆", "个月*辆"),
    ],
)
def test_a_unit_is_said_in_each_of_its_ways(unit: str, said: str) -> None:
    assert find(unit_texts(unit), lambda text: text == said, settings=QUICK) == said
    assert parse_target(f"≥3{said}").constraint == AtLeast(Amount(3, parse_unit(unit)))


@pytest.mark.parametrize("unit", ["人天", "月*辆", "年*生", "天*间"])
def test_every_way_to_say_a_product_is_that_product(unit: str) -> None:
    wanted = AtLeast(Amount(3, parse_unit(unit)))
    ways = [text_of(way) for way in measures.tops(parse_unit(unit))]
    assert len(ways) > 1
    for way in ways:
        assert parse_target(f"≥3{way}").constraint == wanted, way


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [
        ("100", "%", "百分之百"),
        ("3", "十万分率", "十万分之3"),
        ("3/10", "", "0.3比例"),
    ],
)
def test_every_special_form_of_an_amount_is_that_amount(number: str, unit: str, said: str) -> None:
    value = Fraction(number)
    amount = Amount(value, parse_unit(unit))
    forms = [text_of(form) for kind in measures._special(amount) for form in kind]
    assert said in forms
    for form in forms:
        assert parse_target(f"≥{form}").constraint == AtLeast(amount), form


@pytest.mark.parametrize(
    ("number", "said"), [("1/3", "1:3"), ("5/2", "2.5:1"), ("3", "3:1"), ("2/7", "2:7")]
)
def test_a_ratio_keeps_finite_decimals(number: str, said: str) -> None:
    above, colons, below = measures._ratio(Fraction(number))
    for colon in colons:
        text = text_of((above[0], colon, below[0]))
        wanted = AtLeast(Amount(Fraction(number), parse_unit("比")))
        assert parse_target(f"≥{text}").constraint == wanted
    assert said == f"{above[0].text}:{below[0].text}"


def between(low: str, high: str, unit: str = "") -> Between:
    return Between(
        Amount(Fraction(low), parse_unit(unit)), Amount(Fraction(high), parse_unit(unit))
    )


def test_bare_ends_stand_in_plain_figures() -> None:
    found = between("3", "5")
    assert find(texts(found), lambda text: text == "3~5", settings=QUICK) == "3~5"


def test_bare_ends_below_nothing_are_said_apart() -> None:
    found = between("-5", "-3")
    said = find(texts(found), lambda text: text.startswith("-5~"), settings=QUICK)
    assert parse_target(said).constraint == found


def test_a_scale_that_only_one_end_can_have_is_not_shared() -> None:
    assert [*sizes._scaled_alike(Fraction(3), Fraction(50000))] == [("3", "50000")]


def test_one_scale_may_be_said_once_for_both_ends() -> None:
    found = between("30000", "50000", "元")
    pairs = list(sizes._scaled_alike(Fraction(30000), Fraction(50000)))
    assert {("30000", "50000"), ("3", "5万"), ("3万", "5万")} <= set(pairs)
    for low, high in pairs:
        assert parse_target(f"{low}~{high}元").constraint == found


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (between("-5", "5", "%"), {"±5%", "0±5%"}),
        (between("95", "105", "克"), {"100±5克"}),
        (between("1", "2", "比"), set()),
        (between("5", "5", "克"), set()),
    ],
)
def test_a_range_may_be_said_from_its_middle(found: Between, said: set[str]) -> None:
    forms = {text_of(form) for form in sizes._around(found)}
    assert said <= forms and bool(said) == bool(forms)
    for form in forms:
        assert parse_target(form).constraint == found


@pytest.mark.parametrize(
    "found",
    [
        between("1", "2", "比"),
        between("-5", "-3", "度"),
        between("2000", "2100", "个"),
        Between(Amount(3, parse_unit("元")), Amount(5, parse_unit("角"))),
    ],
)
def test_ends_that_share_no_unit_are_said_apart(found: Between) -> None:
    assert sizes._shared_tails(found) == ()


def test_numbers_without_bounds_lie_on_both_sides() -> None:
    numbers = measured.points(Interval(None, None), Fraction(5))
    assert numbers is not None
    assert find(numbers, lambda number: number < 0, settings=QUICK) == -5
    assert find(numbers, lambda number: number > 0, settings=QUICK) == 5


SCALE = Scale(parse_unit("人"), Fraction(1))


def test_what_lies_between_open_ends_is_found() -> None:
    between = Interval(Bound(Fraction(5), closed=False), Bound(Fraction(6), closed=False))
    found = find(measured.points(between, Fraction(10)), lambda number: True, settings=QUICK)
    assert 5 < found < 6
    assert measured.from_nothing(Interval.at_most(Fraction(0), closed=False)) is None


def test_what_lies_across_a_bound_is_never_less_than_can_be() -> None:
    around, above = measured.across(Interval.at_least(Fraction(1)), SCALE, least=Fraction(0))
    for made in (around, above):
        found = find(made, lambda size: "0.5" in str(size), settings=QUICK)
        least = found.lower if isinstance(found, Between) else found.value
        assert least.value == Fraction(1, 2)


def test_figures_that_begin_an_idiom_are_not_clear() -> None:
    def clear(figures: str) -> bool:
        return pieces.is_clear((Piece(figures, Role.FIGURES), Piece("方", Role.UNIT)))

    # 三方 are three parties.
    assert clear("四") and not clear("三")


def test_prose_is_its_own_text() -> None:
    prose: Pieces = (Piece("持续改善"),)
    assert find(texts(Statement("持续改善")), lambda text: True, settings=QUICK) == text_of(prose)
