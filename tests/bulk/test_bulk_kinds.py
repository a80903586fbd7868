"""Numbers that may be years, that are below 1, or whose first figure a scanner may have made.

Rows of them come to what each comes to alone, in numbers that let their shapes be learnt; and
what columns of texts are made of is what single texts are made of.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from one_by_one import expected, given_back

from kpieval import units
from kpieval.bulk import score_batch
from kpieval.bulk.encoding import Coded, coded, distinct
from kpieval.bulk.kinds import PARTS, SCANNED, YEARS, Kind, KindShapes, by_kind
from kpieval.bulk.memo import memo_for
from kpieval.bulk.splitting import split_all
from kpieval.parsing.shapes import Shapes
from kpieval.presets import policy
from kpieval.tables import Place

SIGNS = ("≥", "≤", ">", "<", "=", "", "不少于", "约", "第", "工", "增长")
OTHER_UNITS = (
    "",
    "万",
    "万元",
    "亿元",
    "元/人",
    "%以上",
    "人左右",
    "年",
    "月",
    "个月",
    "号",
    "成",
    "级",
    "G",
)
SHARES = 800, 60
"""The everyday run takes one shape in so many, the long one more."""

NUMBERS = {
    Kind.YEAR: [str(year) for year in range(1890, 2210)] + ["2024.5", "1999.12", "2000.0"],
    Kind.PART: [f"0.{part}" for part in (*range(1, 100), "05", "005", "0005", "00005", "50", "00")],
    Kind.SCANNED: [f"2{rest}" for rest in (*range(100), ".7", "7.31", "99.95", "100", "024", "09")],
}


def shapes(share: int) -> Iterator[tuple[str, str, Kind]]:
    """A sign, a unit and a kind of number; one in so many."""
    every = product(SIGNS, (*units.words(), *OTHER_UNITS), NUMBERS)
    drawn = random.Random(20241231)
    return (one for one in every if drawn.randrange(share) == 0)


def table(sign: str, unit: str, kind: Kind) -> list[dict[str, str]]:
    """Rows of a shape, each number as a target and as an actual."""
    numbers = NUMBERS[kind]
    given = random.Random(f"{sign}{unit}").sample(numbers, len(numbers))
    return [
        {"target": f"{sign}{goal}{unit}", "actual": f"{got}{unit}", "weight": "10"}
        for goal, got in zip(numbers, given, strict=True)
    ]


def differing(share: int) -> list[str]:
    """What of the rows differs from the same row alone, in batches of some shapes."""
    wrong: list[str] = []
    known = memo_for(policy(), Place("rows"), 2024)
    for shape in shapes(share):
        rows = table(*shape)
        found = score_batch(pa.RecordBatch.from_pylist(rows), memo=known).to_pylist()
        pairs = (
            (row, given_back(made), expected(row, policy(), 2024))
            for row, made in zip(rows, found, strict=True)
        )
        wrong += [f"{row}: {made}, alone {alone}" for row, made, alone in pairs if made != alone]
    return wrong


def test_rows_of_each_kind_come_to_what_they_are_alone() -> None:
    assert not differing(SHARES[0])


@pytest.mark.long
def test_rows_of_more_shapes_come_to_what_they_are_alone() -> None:
    assert not differing(SHARES[1])


@pytest.mark.parametrize(
    ("text", "kind", "first", "places"),
    [
        ("2.7元", Kind.PLAIN, 27, 1), ("≥2024人", Kind.YEAR, 2024, 0), ("1899人", Kind.PLAIN, 1899, 0),
        ("0.05%", Kind.PART, 5, 2), ("27.5%", Kind.SCANNED, 275, 1), ("≥27%", Kind.PLAIN, 27, 0),
        ("2024%", None, None, None), ("2024.5人", None, None, None), ("0.00%", None, None, None),
        ("0.00001%", None, None, None), ("0.5\x00元", None, None, None), ("1人", None, None, None),
        ("2024-2025人", None, None, None), ("5-\x00人", None, None, None), ("2\x00元", None, None, None),
    ],
)  # fmt: skip
def test_what_a_text_is_split_into(
    text: str, kind: Kind | None, first: int | None, places: int | None
) -> None:
    found = split_all(pl.Series([text]))
    (row,) = found.parts.to_dicts()
    assert (found.arounds[row["around"]] == ()) == (kind is None)
    if kind is not None:
        assert (row["kind"], row["first"], row["last"]) == (kind, first, first)
        assert row["first_places"] == places


def test_such_texts_are_not_read_one_by_one() -> None:
    known = memo_for(policy(), Place("rows"), 2024)
    for kind, unit in ((Kind.YEAR, "人"), (Kind.PART, "元/人"), (Kind.SCANNED, "%")):
        score_batch(pa.RecordBatch.from_pylist(table("≤", unit, kind)), memo=known)
    alone = {text for texts in known.actuals.values() for text in texts}
    # A few are: what comes before a shape is learnt, and what is of no kind.
    assert 0 < len(alone) < 30, sorted(alone)


@pytest.mark.parametrize("probes", [YEARS, PARTS, SCANNED])
def test_a_shape_is_not_trusted_when_a_probe_disagrees(probes: tuple[str, ...]) -> None:
    def read(text: str, odd: str) -> tuple[Fraction, ...]:
        number = text.removesuffix("人")
        return () if number == odd else (Fraction(number),)

    for odd in ("", *probes):
        shapes = KindShapes(read, lambda fact: fact, lambda _: "", lambda it: it, probes=probes)
        found = shapes.shape(("", "人"), odd, 99)
        assert (found is None) == (odd != "")


# --- columns -------------------------------------------------------------------------------------


def test_blanks_are_those_of_a_text() -> None:
    blanks = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
    given = [f"{char}≥ 5 人{char}" for char in (*blanks, "\x00", "\u200b")]
    assert coded(pa.array(given)).values.to_list() == [text.strip() for text in given]


def test_a_null_is_blank_wherever_it_stands() -> None:
    values = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 2]), pa.array(["甲", None, "乙"]))
    found = coded(values)
    assert found.values.gather(found.codes).to_list() == ["甲", "", "", "乙"]


def test_values_that_no_row_has_are_left_out() -> None:
    found = Coded(pl.Series([3, 3, 1]), pl.Series(["a", "b", "c", "d"])).used()
    assert found.values.to_list() == ["b", "d"]
    assert found.values.gather(found.codes).to_list() == ["d", "d", "b"]


@pytest.mark.parametrize("size", [10, 30, 2**31])
@pytest.mark.parametrize("times", [1, 2**13])
def test_combinations_of_however_many_values(size: int, times: int) -> None:
    each = [4, 4, 9, 4], [0, 0, 0, 7], [5, 5, 5, 5]
    columns = [pl.Series(values * times) for values in each]
    found = distinct(*((column, size) for column in columns))
    rows = list(zip(*columns, strict=True))
    made = list(found.each())
    assert sorted(made) == sorted(set(rows))
    assert [made[place] for place in found.codes] == rows


def test_rows_are_judged_alike_whatever_else_their_dictionary_holds() -> None:
    targets = pa.DictionaryArray.from_arrays(
        pa.array([3, 0, 3, 2]), pa.array(["≥90%", "若干人", "≤2.7万元", "≥5人"])
    )
    for actuals in (["5人"] * 4, ["5人", "88%", "4人", "26500元"]):
        batch = pa.RecordBatch.from_pydict({"target": targets, "actual": actuals})
        plain = batch.set_column(0, "target", targets.dictionary_decode())
        for rows in (batch, batch.slice(1, 2)):
            found = score_batch(rows).drop_columns("target").to_pylist()
            same = plain.slice(1, 2) if rows.num_rows == 2 else plain
            assert found == score_batch(same).drop_columns("target").to_pylist()
            for row, made in zip(rows.to_pylist(), found, strict=True):
                assert given_back(made) == expected(row, policy())


def test_a_shape_whose_numbers_mean_different_things_is_not_trusted() -> None:
    def read(text: str, beside: None) -> tuple[Fraction, bool]:
        number = Fraction(text.removesuffix("人"))
        return number, number == 2024  # one of them is a year after all

    def shapes(without: Callable[[tuple[Fraction, bool]], bool]) -> Shapes[Any, None]:
        return by_kind(read, lambda fact: fact[:1], without, 10**6, 9)[Kind.YEAR]

    assert shapes(lambda fact: fact[1]).shape(("", "人"), None, 9) is None
    assert shapes(lambda fact: True).shape(("", "人"), None, 9) is not None
