"""Civil periods and how texts name them."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval import dates
from kpieval.constraints import By, Constraint, During, NotBefore
from kpieval.dates import Grain, Period
from kpieval.errors import ReadingError
from kpieval.parsing import parse_target

YEARS = st.integers(1900, 2199)


def read(text: str, year: int | None = 2024) -> Constraint:
    return parse_target(text, year=year).constraint


@few(1200)
@given(YEARS)
def test_the_parts_of_a_year_make_the_year(year: int) -> None:
    whole = dates.year(year)
    assert whole == Period(dt.date(year, 1, 1), dt.date(year, 12, 31), Grain.YEAR)
    for make, count in ((dates.month, 12), (dates.quarter, 4), (dates.half, 2)):
        parts = [make(year, number) for number in range(1, count + 1)]
        assert (parts[0].start, parts[-1].end) == (whole.start, whole.end)
        for earlier, later in pairwise(parts):
            assert earlier.end + dt.timedelta(days=1) == later.start


@pytest.mark.parametrize(
    ("make", "numbers"),
    [
        (dates.day, (2024, 2, 30)),
        (dates.day, (2023, 2, 29)),
        (dates.day, (2024, 0, 1)),
        (dates.month, (2024, 0)),
        (dates.month, (2024, 13)),
        (dates.quarter, (2024, 5)),
        (dates.quarter, (2024, 0)),
        (dates.half, (2024, 3)),
    ],
)
def test_what_the_calendar_does_not_have(make: type, numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"."):
        make(*numbers)


@few(1200)
@given(YEARS, st.sampled_from([("month", 12), ("quarter", 4), ("half", 2)]), st.data())
def test_the_name_of_a_period_is_read_back(
    year: int, kind: tuple[str, int], data: st.DataObject
) -> None:
    name, count = kind
    period: Period = getattr(dates, name)(year, data.draw(st.integers(1, count)))
    text = dates.named_period(period.start, period.end)
    assert read(f"{text}前") == By(period.end, period.start)
    assert read(f"{text}底") == By(period.end)


@few(1200)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
def test_every_day_in_every_spelling(day: dt.date) -> None:
    for text in (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}-{day.month}-{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}.{day.month}.{day.day}",
        day.isoformat(),
    ):
        assert read(f"{text}前", None) == By(day)
        assert read(f"{text}起", None) == NotBefore(day)
        assert read(f"不晚于{text}", None) == By(day)
        assert read(f"{text}至{text}", None) == During(day, day)


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_end(month: int) -> None:
    end = dates.month(2024, month).end
    for text in (f"{month}月底前", f"2024年{month}月底", f"{month}月末前", f"截至{month}月底"):
        assert read(text) == By(end)
    assert read(f"次年{month}月底前") == By(dates.month(2025, month).end)


@pytest.mark.parametrize(
    "text", ["12月31日前", "12月底前", "年底前", "上半年", "第三季度", "1-12月", "本年"]
)
def test_a_date_without_a_year_needs_one(text: str) -> None:
    read(text)
    with pytest.raises(ReadingError) as caught:
        read(text, None)
    assert caught.value.code == "KP103"


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024年", "2024-01-01", "2024-12-31"),
        ("1-6月", "2024-01-01", "2024-06-30"),
        ("2023.07-2024.01", "2023-07-01", "2024-01-31"),
        ("2023年12月至2024年3月", "2023-12-01", "2024-03-31"),
        ("5月3日-5日", "2024-05-03", "2024-05-05"),
        ("2024年5月3日至6月5日", "2024-05-03", "2024-06-05"),
        ("全年", "2024-01-01", "2024-12-31"),
    ],
)
def test_spans(text: str, start: str, end: str) -> None:
    assert read(text) == During(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize("text", ["12月至3月", "2024年5月至2024年3月", "6月5日-5月5日", "12-1月"])
def test_a_span_that_ends_before_it_starts(text: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text)
    assert caught.value.code == "KP110"


def notes(text: str) -> list[str]:
    return [note.code for note in parse_target(text, year=2024).notes]


def test_what_is_assumed_about_a_date_is_noted() -> None:
    assert notes("12月底前") == []
    assert notes("12月31日前") == ["date.before_day"]
    assert notes("12月前") == ["date.before_period"]
    assert notes("12月") == ["date.bare"]
    assert notes("6月30日之后") == ["date.after"]
    assert notes("≤7月") == ["date.months"]


@pytest.mark.parametrize(
    "text",
    ["三月一日至十五日", "2024-03-01至15日", "2024/3/1-15日", "3月上旬至15日", "自3月1日至十五日"],
)
def test_a_span_whose_end_says_its_day_alone(text: str) -> None:
    assert read(text) == During(dt.date(2024, 3, 1), dt.date(2024, 3, 15))


@pytest.mark.parametrize(
    ("text", "code"), [("三月十五日至一日", "KP110"), ("2024-03-01至32日", "KP104")]
)
def test_such_a_day_is_one_of_the_month_and_after_the_start(text: str, code: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read(text)
    assert caught.value.code == code
