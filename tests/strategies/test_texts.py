"""Texts: each says its constraint, every wording comes, and failing ones end at the simplest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from profiles import few

from kpieval import wordlists
from kpieval.amounts import Amount
from kpieval.constraints import AllOf, AtLeast, AtMost, Bare, Between, Constraint, Statement
from kpieval.parsing import numerals, parse_target
from kpieval.strategies import constraints, figures, pieces, texts
from kpieval.strategies.kinds import TYPES
from kpieval.units import NO_UNIT, parse_unit

YEAR = 2024


def says(text: str, *, year: int | None = None) -> Constraint:
    """What a text says."""
    return parse_target(text, year=year).constraint


@pytest.mark.parametrize("kind", TYPES)
@few(100)
@given(data=st.data())
def test_every_text_says_its_constraint(kind: type, data: st.DataObject) -> None:
    constraint = data.draw(constraints(kind))
    year = data.draw(st.sampled_from((None, YEAR)))
    assert says(data.draw(texts(constraint, year=year)), year=year) == constraint


@pytest.mark.parametrize("unit", ["元/人天", "%", "", "比", "月", "1/人"])
@few(60)
@given(data=st.data())
def test_every_text_of_a_unit_says_its_constraint(unit: str, data: st.DataObject) -> None:
    constraint = data.draw(constraints(unit=unit))
    assert says(data.draw(texts(constraint))) == constraint


# ---- what comes -------------------------------------------------------------------------------

NINETY = AtLeast(Amount(90, parse_unit("%")))
WAGES = AtMost(Amount(27_000, parse_unit("元/(人*天)")))
YEAR_END = parse_target("2024年12月底前").constraint


@pytest.mark.parametrize(
    ("constraint", "part"),
    [
        (NINETY, "不低于"),
        (NINETY, "及以上"),
        (NINETY, "百分之九十"),
        (NINETY, "≧"),
        (NINETY, "９0"),
        (NINETY, "满"),
        (NINETY, " "),
        (WAGES, "2.7万"),
        (WAGES, "两万七千"),
        (WAGES, "贰万柒仟"),
        (WAGES, "27,000"),
        (WAGES, "每人每天"),
        (WAGES, "¥"),
        (WAGES, "以内"),
        (YEAR_END, "月底"),
        (YEAR_END, "年底前"),
        (YEAR_END, "不晚于"),
        (YEAR_END, "12-31"),
        (YEAR_END, "第四季度"),
        (parse_target("3~5个").constraint, "且"),
        (parse_target("3~5个").constraint, "±"),
        (parse_target("3~5个").constraint, "介于"),
        (parse_target("同比增长5%").constraint, "较上年"),
        (Bare(Amount(Fraction(2, 3), NO_UNIT)), "三分之二"),
        (Bare(Amount(Decimal("0.5"), parse_unit("年"))), "半"),
        (Bare(Amount(Decimal("3.5"), parse_unit("小时"))), "个半小时"),
        (Bare(Amount(0)), "0.0"),
        (parse_target("=0").constraint, "零发生"),
    ],
)
def test_a_form_comes(constraint: Constraint, part: str) -> None:
    found = find(texts(constraint, year=YEAR), lambda text: part in text, settings=_LONG)
    assert says(found, year=YEAR) == constraint


_LONG = settings(max_examples=20_000, database=None, derandomize=True)


@pytest.fixture
def _more_wordings(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A grammar with one more wording."""
    bodies = dict(wordlists._bodies())
    bodies["_AT_LEAST"] += ' | "断不低于"'
    caches = (wordlists._all_spellings, wordlists.spellings, pieces.words, pieces._wordings)
    for cached in caches:
        cached.cache_clear()
    monkeypatch.setattr(wordlists, "_bodies", lambda: bodies)
    yield
    monkeypatch.undo()
    for cached in caches:
        cached.cache_clear()


@pytest.mark.usefixtures("_more_wordings")
def test_a_new_wording_comes_by_itself() -> None:
    assert find(texts(NINETY), lambda text: "断不低于" in text, settings=_LONG)


NOT_USED = {
    "_ODD": "200余人is said of actuals only",
    "_RESPECTIVELY": "分别 needs the names of the row",
    "_OTHER_DAY": "says no single day, and is refused",
    "_OR": "alternatives are refused",
    "_TRILLION_OR_MILLION": "兆 is refused",
    "_CAPITAL_M": "M is 米 only where the row is one of lengths",
    "_OF": "stands in the base of a level only",
    "_DONE": "words after a value that carry nothing are not added",
    "_OPEN": "brackets around a whole value are not added",
    "_CLOSE": "brackets around a whole value are not added",
    "_WHOLE_YEAR": "全年 alone has no list of words",
    "_NONE_OCCURS": "无…发生 has no list of words",
}
"""Terminals that no text is made of, and why."""


def test_every_terminal_of_the_wordings_is_used_or_has_its_reason() -> None:
    modules = Path(pieces.__file__).parent.glob("*.py")
    source = "".join(path.read_text("utf-8") for path in modules)
    unused = {name for name in wordlists.terminals() if f'"{name}"' not in source}
    assert unused == set(NOT_USED)


# ---- what failing texts end at --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraint", "part", "ends_at"),
    [
        (AtLeast(Amount(1, parse_unit("个"))), "", "≥1个"),
        (AtLeast(Amount(1, parse_unit("个"))), "以上", "1个以上"),
        (AtMost(Amount(27_000, parse_unit("元"))), "万", "≤2.7万元"),
        (YEAR_END, "-", "2024-12-31前"),
        (AllOf((NINETY, NINETY)), "", "≥90%；≥90%"),
    ],
)
def test_a_failing_text_ends_at_the_simplest(constraint: Any, part: str, ends_at: str) -> None:
    assert find(texts(constraint), lambda text: part in text, settings=_LONG) == ends_at


# ---- what no text says ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "constraint",
    [
        Statement("3个"),
        AllOf((AtLeast(Amount(1, parse_unit("个"))), AtLeast(Amount(2)))),
        Between(Amount(Decimal("1999.1")), Amount(2000)),
    ],
)
def test_a_constraint_that_no_text_says_is_refused_at_once(constraint: Constraint) -> None:
    with pytest.raises(InvalidArgument, match="no text says"):
        texts(constraint)


# ---- numbers ----------------------------------------------------------------------------------


@given(st.integers(0, 10**12 - 1), st.integers(0, 4))
def test_chinese_numerals_are_read_as_the_number(digits: int, places: int) -> None:
    number = Fraction(digits, 10**places)
    assert numerals.chinese(figures.chinese(number)) == number


@given(st.decimals(-(10**9), 10**9, places=2))
def test_every_spelling_of_a_number_is_read_as_the_number(number: Decimal) -> None:
    for text in figures.spellings(Fraction(number)):
        assert says(f"≥{text}人") == AtLeast(Amount(number, parse_unit("人"))), text
