"""The door for actuals: the same language, stated words, and nothing that is taken for zero."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

from kpieval import wordlists
from kpieval.actuals import (
    Answered,
    Attained,
    Changed,
    Dated,
    Every,
    Graded,
    Measured,
    Missing,
    Stated,
)
from kpieval.constraints import Direction
from kpieval.errors import ImpossibleDateError, PlannedActualError, ReadingError, VagueNumberError
from kpieval.parsing import parse_actual, parse_target


def codes(text: str, like: str | None = None) -> list[str]:
    target = parse_target(like) if like else None
    return [note.code for note in parse_actual(text, like=target).notes]


def point(text: str, like: str | None = None) -> tuple[str, str]:
    reading = parse_actual(text, like=parse_target(like) if like else None).reading
    assert isinstance(reading, Measured) and reading.interval.is_point
    assert reading.interval.lower is not None
    return str(reading.interval.lower.value / reading.unit.scale), reading.unit.name


@pytest.mark.parametrize("text", ["", " ", "/", "—", "－", "无", "暂无", "**", "-"])
@pytest.mark.parametrize("like", [None, "≤3起", "≥90%", "0起", "优", "2024年12月底前"])
def test_nothing_is_missing_and_never_zero(text: str, like: str | None) -> None:
    target = parse_target(like) if like else None
    assert isinstance(parse_actual(text, like=target).reading, Missing)


@pytest.mark.parametrize("text", ["0", "0%", "0起", "零"])
def test_zero_is_zero(text: str) -> None:
    assert point(text)[0] == "0"


def test_a_bare_number_takes_the_unit_and_the_scale_of_its_target() -> None:
    assert point("2.65", "≤2.7万元") == ("26500", "元")
    assert point("132.9", "≥120%") == ("1329/10", "%")
    assert codes("2.65", "≤2.7万元") == ["unit.from_target"]
    assert point("26500元", "≤2.7万元") == ("26500", "元")
    assert codes("26500元", "≤2.7万元") == []


@pytest.mark.parametrize("text", ["0.953", "1", "0", "1.0"])
def test_a_share_against_a_percentage_keeps_no_unit(text: str) -> None:
    reading = parse_actual(text, like=parse_target("≥90%")).reading
    assert isinstance(reading, Measured)
    assert reading.unit.name == ""
    assert codes(text, "≥90%") == ["bare"] or "unit.from_target" not in codes(text, "≥90%")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("200余人", 200, 300),
        ("20多人", 20, 30),
        ("1万余人", 10_000, 20_000),
        ("十余人", 10, 20),
        ("100多万元", 1_000_000, 2_000_000),
    ],
)
def test_余_is_an_interval_that_is_noted(text: str, low: int, high: int) -> None:
    reading = parse_actual(text).reading
    assert isinstance(reading, Measured)
    assert reading.interval.lower is not None and reading.interval.upper is not None
    assert (reading.interval.lower.value, reading.interval.lower.closed) == (Fraction(low), True)
    assert (reading.interval.upper.value, reading.interval.upper.closed) == (Fraction(high), False)
    assert "actual.odd" in codes(text)


@pytest.mark.parametrize("text", ["200余人，30余场", "培训30余场；参加200多人", "200余人、20余场"])
def test_余_in_an_actual_of_several_parts(text: str) -> None:
    reading = parse_actual(text).reading
    assert isinstance(reading, Every)
    assert len(reading.parts) == 2
    assert codes(text).count("actual.odd") == 2


@pytest.mark.parametrize("text", ["200余人", "200余人，≥30场", "≥30场，二十多次", "完成200余人"])
def test_余_is_no_target(text: str) -> None:
    with pytest.raises(VagueNumberError):
        parse_target(text)


def test_约_is_marked() -> None:
    reading = parse_actual("约200人").reading
    assert isinstance(reading, Measured) and reading.about


@pytest.mark.parametrize(
    ("text", "attained"),
    [
        ("达成", Attained.FULLY),
        ("达成预期指标", Attained.FULLY),
        ("达成年度指标。", Attained.FULLY),
        ("部分达成", Attained.PARTLY),
        ("基本达到", Attained.PARTLY),
        ("未达成", Attained.NOT),
        ("未完成", Attained.NOT),
    ],
)
def test_stated_words(text: str, attained: Attained) -> None:
    reading = parse_actual(text).reading
    assert isinstance(reading, Stated)
    assert reading.attained is attained


@pytest.mark.parametrize("text", ["完成", "已完成", "按时完成"])
def test_done_is_not_attained(text: str) -> None:
    reading = parse_actual(text, like=parse_target("2024年12月底前")).reading
    assert isinstance(reading, Stated)
    assert reading.done and reading.attained is None


@pytest.mark.parametrize(("text", "kind"), [("有效提升", Stated), ("优", Graded)])
def test_the_words_of_the_target_repeated(text: str, kind: type) -> None:
    reading = parse_actual(text, like=parse_target(text)).reading
    assert isinstance(reading, kind)
    assert codes(text, text) == ["actual.repeats_target"]
    if isinstance(reading, Stated):
        assert reading.attained is Attained.FULLY


def test_other_prose_says_nothing_about_attainment() -> None:
    reading = parse_actual("工作扎实推进").reading
    assert isinstance(reading, Stated)
    assert reading.attained is None and not reading.done


def test_prose_with_figures_is_kept_only_where_prose_is_wanted() -> None:
    text = "已建3处宽100米的站点"
    assert isinstance(parse_actual(text, like=parse_target("有效提升")).reading, Stated)
    with pytest.raises(ReadingError):
        parse_actual("100米宽3条", like=parse_target("≥3条"))


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("+6%", Direction.INCREASE),
        ("-6%", Direction.DECREASE),
        ("增长6%", Direction.INCREASE),
        ("同比下降6%", Direction.DECREASE),
    ],
)
def test_the_direction_of_a_change(text: str, direction: Direction) -> None:
    reading = parse_actual(text, like=parse_target("同比增长5%以上")).reading
    assert isinstance(reading, Changed)
    assert reading.direction is direction
    assert reading.size.interval.lower is not None
    assert reading.size.interval.lower.value > 0


def test_a_change_without_a_direction_stays_an_amount() -> None:
    reading = parse_actual("6%", like=parse_target("同比增长5%以上")).reading
    assert isinstance(reading, Measured)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年12月20日", "2024-12-20", "2024-12-20"),
        ("10月", "2024-10-01", "2024-10-31"),
        ("2024-12-20", "2024-12-20", "2024-12-20"),
        ("2024年第三季度", "2024-07-01", "2024-09-30"),
        ("2024年", "2024-01-01", "2024-12-31"),
    ],
)
def test_a_date_is_the_period_that_it_names(text: str, first: str, last: str) -> None:
    reading = parse_actual(text, like=parse_target("2024年12月底前"), year=2024).reading
    assert isinstance(reading, Dated)
    assert reading.interval.lower is not None and reading.interval.upper is not None
    assert reading.interval.lower.value.isoformat() == first
    assert reading.interval.upper.value.isoformat() == last


def test_a_month_without_a_year_is_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        parse_actual("10月", like=parse_target("2024年12月底前"))
    assert caught.value.code == "KP103"


def test_answers_and_compounds() -> None:
    assert parse_actual("是").reading == Answered(True)
    assert parse_actual("否").reading == Answered(False)
    assert isinstance(parse_actual("3次；200人").reading, Every)


@pytest.mark.parametrize(
    "text", ["5外星币", "1.2.3", "近百人", "90%或95%", "≥90%以下", "3兆", "1e5"]
)
def test_what_no_target_may_be_no_actual_may_be(text: str) -> None:
    with pytest.raises(ReadingError):
        parse_actual(text)


PLANS = sorted(wordlists.words("planned", "before") | wordlists.words("planned", "anywhere"))


@pytest.mark.parametrize("word", PLANS)
@pytest.mark.parametrize("value", ["98%", "为98%", "完成98%", "2024年12月"])
def test_a_plan_is_no_actual(word: str, value: str) -> None:
    for text in (word + value, f"年度{word}{value}"):
        with pytest.raises(ReadingError):
            parse_actual(text)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("应为98%", "应"),
        ("计划完成98%", "计划完成"),
        ("合格率将达到98%", "将"),
        ("应完成5个，实际3个", "应"),
        ("不得超过3次", "不得超过"),
        ("合格率预计可达98%", "预计"),
    ],
)
def test_where_an_actual_speaks_of_a_plan(text: str, place: str) -> None:
    with pytest.raises(PlannedActualError) as caught:
        parse_actual(text, like=parse_target("≥3次"))
    start, end = caught.value.span
    assert text[start:end] == place


@pytest.mark.parametrize("text", ["应为98%", "计划98%", "合格率应达到98%", "不得低于98%"])
def test_a_plan_is_a_target(text: str) -> None:
    assert parse_target(text).canonical in ("98%", "≥98%")


@pytest.mark.parametrize("text", sorted(wordlists.words("planned", "unless")))
def test_words_that_only_hold_a_word_of_a_plan(text: str) -> None:
    try:
        parse_actual(f"物资{text}98%")
    except PlannedActualError:
        pytest.fail(f"{text} was taken for a plan")
    except ReadingError:
        pass


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-12-31T23:30Z", (2025, 1, 1)),
        ("2024-12-31T15:59:59.9Z", (2024, 12, 31)),
        ("2024-12-31T23:30:00+08:00", (2024, 12, 31)),
        ("2024-12-31T15:30-0500", (2025, 1, 1)),
        ("2025-01-01T00:30+09:00", (2024, 12, 31)),
        ("2024-12-31 23:30", (2024, 12, 31)),
        ("2024-12-31 00:00:00完成", (2024, 12, 31)),
    ],
)
def test_a_moment_is_its_day_in_china(text: str, day: tuple[int, int, int]) -> None:
    reading = parse_actual(text, like=parse_target("2024年12月底前")).reading
    assert isinstance(reading, Dated)
    assert reading.interval.lower is not None and reading.interval.upper is not None
    assert reading.interval.lower.value == reading.interval.upper.value == dt.date(*day)
    assert codes(text) == ["date.moment"]


@pytest.mark.parametrize(
    "text",
    ["2024-02-30T10:00Z", "2024-12-31T25:00", "2024-12-31 23:61:00", "2024-12-31T10:00+30:00"],
)
def test_a_moment_that_is_none(text: str) -> None:
    with pytest.raises(ImpossibleDateError):
        parse_actual(text)


@pytest.mark.parametrize(
    "text", ["2024-12-31T23", "2024-12-31T23:30Z前", "2024-12-31T23:30+8", "1e3Z"]
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ReadingError):
        parse_actual(text)


def test_a_moment_is_no_target() -> None:
    with pytest.raises(ReadingError):
        parse_target("2024-12-31T23:30Z")
