"""How far a target was reached, as exact ratios."""

from __future__ import annotations

from fractions import Fraction

import pytest
from scored import MOF, YEAR

from kpieval.attaining import attainment
from kpieval.outcomes import Attainment
from kpieval.parsing import parse_actual, parse_target
from kpieval.resolving import Resolved, RowContext, resolve


def reached(target: str, actual: str, **row: str) -> Attainment | None:
    read = parse_target(target, year=YEAR)
    context = RowContext(**row)
    decided = resolve(read.constraint, context, MOF)
    assert isinstance(decided, Resolved)
    reading = parse_actual(actual, like=read, year=YEAR).reading
    return attainment(decided.constraint, reading, context=context, policy=MOF)


@pytest.mark.parametrize(
    ("target", "actual", "ratio"),
    [
        ("≥12次", "9次", "3/4"),
        ("＞12次", "9次", "3/4"),
        ("≥12次", "15次", "5/4"),
        ("≥12次", "0次", "0"),
        ("≤8天", "10天", "4/5"),
        ("＜8天", "10天", "4/5"),
        ("≤8天", "4天", "2"),
        ("=12次", "9次", "3/4"),
        ("=12次", "12次", "1"),
        ("=12次", "16次", "3/4"),
        ("3-5个", "4个", "1"),
        ("3-5个", "3个", "1"),
        ("3-5个", "2个", "2/3"),
        ("3-5个", "6个", "5/6"),
        ("约200人", "90人", "1/2"),
        ("约200人", "440人", "1/2"),
        ("≤2.7万元", "30000元", "9/10"),
        ("≥1天", "12小时", "1/2"),
        ("≥90%", "450‰", "1/2"),
        ("同比增长≥5%", "增长4%", "4/5"),
        ("同比增长≥5%", "下降4%", "0"),
        ("下降≤5%", "下降10%", "1/2"),
        ("12月底前", "12月", "1"),
        ("12月底前", "2025年1月1日", "0"),
        ("2024年3月起", "2024年1月1日", "0"),
        ("≥4次；≥200人", "3次；100人", "1/2"),
        ("≥4次；≥200人", "3次；900人", "3/4"),
        ("≥4次；12月底前", "3次；11月", "3/4"),
        ("≥4次；12月底前", "4次；2025年1月", "0"),
    ],
)
def test_ratio_of_exact_actuals(target: str, actual: str, ratio: str) -> None:
    assert reached(target, actual) == Attainment.exactly(Fraction(ratio))


@pytest.mark.parametrize(
    ("target", "actual", "low", "high"),
    [
        ("≥250人", "200余人", "4/5", "6/5"),
        ("≤250人", "200余人", "5/6", "5/4"),
        ("3-5个", "2-6个", "2/3", "1"),
        ("≥100人", "≥80人", "4/5", None),
        ("≤100人", "≥80人", "0", "5/4"),
        ("≥100人", "≤80人", "0", "4/5"),
        ("≤100人", "≤80人", "5/4", None),
        ("≥10人", "约10人", "9/10", "11/10"),
        ("12月前", "12月", "0", "1"),
        ("6月20日前", "6月", "0", "1"),
    ],
)
def test_ratios_of_rough_actuals(target: str, actual: str, low: str, high: str | None) -> None:
    expected = Attainment(Fraction(low), None if high is None else Fraction(high))
    assert reached(target, actual) == expected


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("=0起", "3起"),
        ("≤0起", "3起"),
        ("≥0%", "-1%"),
        ("≥-2%", "-3%"),
        ("≤-2%", "-1%"),
        ("≥5%", "-1%"),
        ("≤5天", "0天"),
        ("≤5%", "-1%"),
        ("-2%~2%", "-3%"),
        ("≥3人", "3个"),
        ("≥3人", "达成"),
        ("≥3人", "无"),
        ("优", "良"),
        ("是", "否"),
        ("应保尽保", "应保尽保"),
        ("增长≥5%", "6%"),
        ("≥90%", "≤-1%"),  # below zero without end
        ("1%-5%", "≤-1%"),
    ],
)
def test_no_ratio(target: str, actual: str) -> None:
    assert reached(target, actual) is None


def test_a_range_around_zero_is_reached_inside() -> None:
    assert reached("-2%~2%", "-1%") == Attainment.exactly(Fraction(1))
    assert reached("-2%~2%", "0%") == Attainment.exactly(Fraction(1))
    assert reached("-2%~2%", "4%") == Attainment.exactly(Fraction(1, 2))


def test_nothing_is_clamped() -> None:
    assert reached("≥1次", "1000次") == Attainment.exactly(Fraction(1000))
    assert reached("≤1000次", "1次") == Attainment.exactly(Fraction(1000))


def test_thirds_stay_exact() -> None:
    assert reached("≥3次", "1次") == Attainment.exactly(Fraction(1, 3))


def test_a_share_in_a_rate_row() -> None:
    assert reached("≥0.9", "45%", name="合格率") == Attainment.exactly(Fraction(1, 2))
    assert reached("≥0.9", "45%", name="其他") is None


@pytest.mark.parametrize("actual", ["-5%~2%", "-5%~5%"])
def test_below_zero_an_actual_reaches_nothing(actual: str) -> None:
    found = reached("≥3%", actual)
    assert found is None or found.low == 0


def test_a_part_without_an_actual_may_still_reach_anything() -> None:
    assert reached("≥3次；≥200人", "2次") == Attainment(Fraction(0), Fraction(2, 3))
    assert reached("≥4次；≥200人", "3次") == Attainment(Fraction(0), Fraction(3, 4))
    assert reached("≥4次；≥200人；≥2场", "3次；100人") == Attainment(Fraction(0), Fraction(1, 2))
    assert reached("≥4次；≥200人", "5次") == Attainment(Fraction(0), Fraction(5, 4))
