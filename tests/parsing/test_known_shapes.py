"""What is read without the grammar and without being taught is what the grammar reads.

Every sign with every unit and scale, quotients of units, days, and actuals against targets of many
kinds; the numbers lie where something changes. The long run takes all, the everyday one a share.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from collections.abc import Iterable, Iterator

import pytest
from shaped import outcome

from kpieval import KpiEvalError, parse_actual, parse_target, units, wordlists
from kpieval.actuals import Actual
from kpieval.constraints import Target
from kpieval.parsing import actual_grammar, measures
from kpieval.parsing.days import day, deadline
from kpieval.parsing.known import SCALES, SIGNS, unit_of
from kpieval.parsing.plain import PlainTargets
from kpieval.parsing.rows import Row
from kpieval.parsing.target_grammar import by_grammar

NUMBERS = (
    *("0", "1", "0.5", "0.05", "0.50", "0.0", "1.0", "2", "5", "12", "30", "31", "99.95", "100"),
    *("101", "200", "290", "1000", "1900", "2024", "2024.5", "2199", "2100.5", "123456789.1234"),
)
ROWS = (
    Row(2024),
    Row(),
    Row(2024, name="培训人数"),
    Row(2023, name="道路长度"),
    Row(2024, name="2023年补助"),
    Row(2024, name="男、女、老、幼人数"),
    Row(2024, name="完成时间"),
    Row(2024, name="比上年增长"),
    Row(2024, name="合格率（%）"),
    Row(2024, name="补助（万元）"),
    Row(2024, sign="≥"),
    Row(2024, unit="万元"),
)
LIKES = (
    *("≥90%", "≤2.7万元", "≥5", "≥30000", "12", "9-11人", "约30次", "≤500元/人天", "=3公里"),
    *("2024年12月底前", "应保尽保", "优", "增长5%", "是", "≥3人；≥5次", "≤6个月"),
)
SHARE = 47
"""The everyday run compares one text in so many."""


def unit_texts() -> Iterator[str]:
    """Units as they stand behind a number: every word, with a scale, and as a quotient."""
    words = units.words()
    yield from words
    yield from (scale + word for scale in SCALES if scale for word in words)
    yield from (f"{above}/{word}" for above in ("元", "万元") for word in words)


def compared(signs: Iterable[str], everything: bool) -> Iterator[str]:
    """The texts that a run compares."""
    rng = random.Random(20241231)
    for unit in unit_texts():
        for sign in signs:
            for number in rng.sample(NUMBERS, 8):
                if everything or rng.randrange(SHARE) == 0:
                    yield f"{sign}{number}{unit}"


def wrong_targets(everything: bool) -> Iterator[str]:
    """Targets that are known and differ from the grammar's, in rows of all kinds."""
    plain, rng, known = PlainTargets(by_grammar), random.Random(7), 0
    for text in compared(SIGNS, everything):
        for row in (ROWS[0], rng.choice(ROWS)):
            found = plain.target(text, row)
            if found is None:
                continue
            known += 1
            right = outcome(text, row)
            if found != right or repr(found) != repr(right):
                yield f"{text} {row}: {found}, and {right} by the grammar"
    assert known > (30_000 if everything else 1_200)


def wrong_actuals(everything: bool) -> Iterator[str]:
    """Actuals that are known and differ from the grammar's, against targets of all kinds."""
    likes = [None, *(parse_target(text, year=2024) for text in LIKES)]
    rng, known = random.Random(11), 0
    for text in compared([""], everything):
        for like in (None, rng.choice(likes)):
            found = measures.plain(text, like)
            if found is None:
                continue
            known += 1
            right = by_the_grammar(text, like)
            if found != right or repr(found) != repr(right):
                yield f"{text} against {like}: {found}, and {right} by the grammar"
    assert known > (5_000 if everything else 200)


def by_the_grammar(text: str, like: Target | None) -> Actual | KpiEvalError:
    """What the grammar makes of an actual."""
    try:
        return actual_grammar.by_grammar(text, like, 2024)
    except KpiEvalError as error:
        return error


def test_known_targets_are_the_grammars() -> None:
    assert list(wrong_targets(everything=False)) == []


def test_known_actuals_are_the_grammars() -> None:
    assert list(wrong_actuals(everything=False)) == []


@pytest.mark.long
def test_all_known_shapes_are_the_grammars() -> None:
    assert [*wrong_targets(everything=True), *wrong_actuals(everything=True)] == []


@pytest.mark.parametrize(
    "unit",
    ["月", "年", "季度", "人/人", "千瓦时", "KM", "月/人", "台/套", "人/月", "", "万", "名额"],
)
def test_units_that_speak_of_time_or_join_a_number_are_not_known(unit: str) -> None:
    assert unit_of(unit) is None


def test_a_sign_or_unit_beside_the_value_is_the_grammars_to_read() -> None:
    plain = PlainTargets(by_grammar)
    assert plain.target("≥30人", Row(2024, unit="万元")) is None
    assert plain.target("≥30人", Row(2024)) is not None


def dates(step: int) -> Iterator[dt.date]:
    """Days from the first to the last year that the grammar takes for one."""
    first, last = dt.date(1900, 1, 1).toordinal(), dt.date(2199, 12, 31).toordinal()
    yield from map(dt.date.fromordinal, (*range(first, last, step), last))


def test_days_are_those_of_the_grammar() -> None:
    for date in dates(131):
        text = f"{date.year}年{date.month}月{date.day}日"
        assert day(text) == date
        assert parse_actual(text, year=2024) == actual_grammar.by_grammar(text, year=2024)


def spelled(terminal: str) -> list[str]:
    """All words of a terminal."""
    return [*wordlists.spellings(terminal), *(word for word, _ in wordlists.guarded(terminal))]


def deadlines() -> Iterator[str]:
    """Deadlines in all spellings."""
    before, ends = spelled("_BEFORE"), spelled("_END")
    for number, date in enumerate(dates(1009)):
        yield f"{date.year}年{date.month}月{date.day}日"
        yield f"{date.year}年{date.month}月{date.day}日{before[number % len(before)]}"
        end = ends[number % len(ends)]
        yield f"{date.year}年{date.month}月{end}{before[number % len(before)]}"


@pytest.mark.parametrize(
    "row", [*ROWS, Row(1899), Row(2200), Row(1900), Row(0), Row(2023, name="2023年完成")]
)
def test_a_month_without_a_year_is_one_of_the_tables(row: Row) -> None:
    for month in range(1, 13):
        for end, before in itertools.product(spelled("_END"), spelled("_BEFORE")):
            made = deadline(f"{month}月{end}{before}", row)
            if made is not None:
                right = outcome(f"{month}月{end}{before}", row)
                assert (made, repr(made)) == (right, repr(right))
    assert (deadline("12月底前", row) is not None) == (
        row in (ROWS[0], *ROWS[2:4], *ROWS[5:8], Row(1900))
    )


def test_deadlines_are_those_of_the_grammar() -> None:
    for number, text in enumerate(deadlines()):
        row = ROWS[number % len(ROWS)]
        made = deadline(text, row)
        assert made is None if row.sign or row.unit or row.sense.hint else made is not None
        if made is not None:
            right = outcome(text, row)
            assert (made, repr(made)) == (right, repr(right))


@pytest.mark.parametrize(
    "text",
    [
        *("2023年2月29日", "2024年13月1日", "1850年1月1日", "24年6月5日", "2024年6月", "6月前"),
        *(
            "2024年13月底前",
            "2024年月底前",
            "2024年6月5日前完成",
            "2024年6月5日前前",
            "2024年6月前",
        ),
    ],
)
def test_other_days_are_left_to_the_grammar(text: str) -> None:
    assert day(text) is None
    assert deadline(text, Row(2024)) is None
    assert measures.plain(text, None) is None


@pytest.mark.parametrize("target", LIKES)
def test_a_day_against_any_target(target: str) -> None:
    like, text = parse_target(target, year=2024), "2024年6月5日"
    assert parse_actual(text, like=like) == actual_grammar.by_grammar(text, like)
