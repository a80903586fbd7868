"""Look-alikes become what the grammar knows, place by place."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from profiles import few

from kpieval.errors import ReadingError
from kpieval.parsing import folding
from kpieval.parsing.folding import MAX_DIGITS, MAX_TEXT, fold
from kpieval.resources import grammar_text


def pairs() -> list[tuple[str, str]]:
    rows = [row.split() for row in grammar_text("lookalikes.txt").splitlines()]
    return [(spelling, row[0]) for row in rows if row and row[0] != "#" for spelling in row[1:]]


PAIRS = [(spelling, known) for spelling, known in pairs() if not spelling.startswith("不")]


@pytest.mark.parametrize(("spelling", "known"), PAIRS)
def test_every_listed_look_alike_is_mapped(spelling: str, known: str) -> None:
    folded = fold(f"a{spelling}9")
    assert folded.text == f"a{known.ljust(len(spelling))}9"


@pytest.mark.parametrize("code", range(0xFF01, 0xFF5F))
def test_full_width_forms_become_half_width(code: int) -> None:
    char = chr(code)
    if char in dict(PAIRS):
        return
    assert fold(char).text == chr(code - 0xFEE0)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("＞＝９０％", "≥ 90%"),
        ("＜＝９０％", "≤ 90%"),
        ("≧90%", "≥90%"),
        ("‹=90%", "≤ 90%"),
        ("1，200元", "1,200元"),
        ("２．７萬元", "2.7万元"),
        ("（≥90％）", "(≥90%)"),
        ("3\u00a0次\t\u3000", "3 次  "),
        ("不超過", "不超过"),
    ],
)
def test_what_folding_gives(text: str, folded: str) -> None:
    assert fold(text).text == folded


@few(21000)
@given(st.text(max_size=40))
def test_folding_keeps_every_place_and_is_done_once(text: str) -> None:
    try:
        folded = fold(text)
    except ReadingError:
        return
    assert len(folded.text) == len(text)
    assert fold(folded.text).text == folded.text


@pytest.mark.parametrize("char", "²½①⑫㈢⒊Ⅳ㎞㏎ﬁ〇㎡")
def test_nothing_is_normalised(char: str) -> None:
    assert unicodedata.normalize("NFKC", char) != char or char == "〇"
    assert fold(char).text == char


def test_what_was_mapped_is_noted_once_each() -> None:
    (note,) = fold("≧９０％或≧９５％").notes
    assert note.code == "fold.lookalike"
    assert dict(note.params)["pairs"].count("≧→≥") == 1
    assert "９→9" in note.message("zh") and "９→9" in note.message("en")


@pytest.mark.parametrize("text", ["≥90%", "≥3次，≥200人；", "（≥90%）", "3～5个", "3 次"])
def test_plain_chinese_punctuation_is_not_worth_a_note(text: str) -> None:
    assert fold(text).notes == ()


def test_the_limits_themselves_are_allowed() -> None:
    assert fold("好" * MAX_TEXT).text
    assert fold("9" * MAX_DIGITS).text
    for text in ("好" * (MAX_TEXT + 1), "9" * (MAX_DIGITS + 1), "٣" * 31, "９" * 31):
        with pytest.raises(ReadingError) as caught:
            fold(text)
        assert caught.value.code == "KP106"


def test_separators_do_not_hide_a_long_number() -> None:
    with pytest.raises(ReadingError) as caught:
        fold("1" + ",000" * 11)
    assert caught.value.code == "KP106"
    assert fold("1234567890 1234567890 1234567890 12").text


def test_plain_texts_are_folded_as_all_are(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = random.Random(20241231)
    signs = [
        *"，。；：（）／～、“”　≥≤一二人元万%-/~=<>+年月日龥龦2９",
        *(sign for pair in PAIRS for sign in pair),
    ]
    texts = ["".join(drawn.choices(signs, k=drawn.randint(0, 7))) for _ in range(20_000)]
    texts += [f"5{chr(code)}人" for code in range(0x11000) if not 0xD800 <= code < 0xE000]
    plain = [_told(text) for text in texts]
    monkeypatch.setattr(folding, "_unremarkable", lambda _: None)
    assert plain == [_told(text) for text in texts]


def _told(text: str) -> object:
    try:
        return fold(text)
    except ReadingError as error:
        return text, error.code, error.message("zh")
