"""Laws of reading: what is written back is read again as the same."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from failing import failing
from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval import units, wordlists
from kpieval.amounts import Amount
from kpieval.constraints import (
    AtLeast,
    AtMost,
    Bare,
    Constraint,
    Equal,
    LessThan,
    MoreThan,
)
from kpieval.errors import KpiEvalError
from kpieval.parsing import parse_target
from kpieval.rendering import canonical
from kpieval.strategies import amounts, constraints
from kpieval.strategies.constraints import OF_ONE_VALUE
from kpieval.units import parse_unit


@few(5000)
@given(constraints())
def test_canonical_text_parses_back(constraint: Constraint) -> None:
    assert parse_target(canonical(constraint), year=2024).constraint == constraint


@given(constraints())
def test_canonical_text_is_canonical(constraint: Constraint) -> None:
    text = canonical(constraint)
    assert parse_target(text, year=2024).canonical == text


@few(5000)
@given(st.sampled_from(OF_ONE_VALUE), amounts(), st.integers(0, 3))
def test_white_space_between_tokens_changes_nothing(
    kind: type[AtLeast], amount: Amount, blanks: int
) -> None:
    text = canonical(kind(amount))
    spaced = " " * blanks + text[:1] + " " * blanks * (text[0] in "≥≤<>=") + text[1:] + " " * blanks
    assert parse_target(spaced).constraint == kind(amount)


@few(10000)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_by_code(text: str) -> None:
    try:
        target = parse_target(text, year=2024)
    except KpiEvalError as error:
        assert error.code.startswith("KP1")
        assert error.message("zh") and error.message("en")
    else:
        again = parse_target(target.canonical, year=2024)
        assert again.constraint == target.constraint


BEFORE = {
    "_AT_LEAST": AtLeast,
    "_REACH": AtLeast,
    "_MORE_THAN": MoreThan,
    "_AT_MOST": AtMost,
    "_HOLD": AtMost,
    "_LESS_THAN": LessThan,
    "_EQUAL": Equal,
    "_IS": Bare,
}
AFTER = {"_OR_MORE": AtLeast, "_OVER": MoreThan, "_OR_LESS": AtMost, "_UNDER": LessThan}


def spelled(meanings: Mapping[str, type]) -> list[tuple[str, type]]:
    """Every spelling of the terminals with the type that it means."""
    return [(word, kind) for name, kind in meanings.items() for word in wordlists.spellings(name)]


FIGURES = ("3", "2.7", "1,200", "三", "一百二十", "3万", "百分之五")


def test_every_comparator_before_means_one_thing() -> None:
    cases = ((*case, figures) for case in spelled(BEFORE) for figures in FIGURES)
    assert failing(_before, cases) == []


def _before(word: str, kind: type, figures: str) -> None:
    bare = parse_target(f"{figures}人次" if "百分" not in figures else figures).constraint
    unit = "" if "百分" in figures else "人次"
    assert parse_target(f"{word}{figures}{unit}").constraint == kind(bare.value)  # type: ignore[union-attr]


def test_every_comparator_after_means_one_thing() -> None:
    cases = ((*case, figures) for case in spelled(AFTER) for figures in FIGURES)
    assert failing(_after, cases) == []


def _after(word: str, kind: type, figures: str) -> None:
    unit = "" if "百分" in figures else "人次"
    bare = parse_target(f"{figures}{unit}").constraint
    assert parse_target(f"{figures}{unit}{word}").constraint == kind(bare.value)  # type: ignore[union-attr]


def test_every_unit_is_read_after_every_kind_of_number() -> None:
    for word in units.words():
        unit = units.find(word)
        assert unit is not None
        for figures, number in (("3", 3), ("2.7", "2.7"), ("3万", 30000), ("三", 3), ("十", 10)):
            # 三千克 may be three 千克 or three thousand 克: the amount is the same.
            base = Fraction(number) * unit.scale
            if f"{figures}{word}" in units.words():
                continue  # 十万分比 is itself a unit, with no number before it
            for text, kind in ((f"≥{figures}{word}", AtLeast), (f"{figures}{word}以内", AtMost)):
                if word in ("月", "季度") and kind is AtMost:
                    continue  # 3月以内 is a date: by the end of March
                found = parse_target(text).constraint
                assert isinstance(found, kind), text
                assert found.value.base == base, text
                assert found.value.unit.dimension == unit.dimension, text


def test_a_number_keeps_its_scale() -> None:
    assert parse_target("2.7万元").constraint == parse_target("27000元").constraint
    assert parse_target("1.2亿元").constraint.value == Amount(  # type: ignore[union-attr]
        120000000, parse_unit("元")
    )
