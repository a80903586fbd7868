"""Which error a refused text is, the most telling reason first."""

from __future__ import annotations

import pytest

from kpieval.errors import ReadingError
from kpieval.parsing import parse_target
from kpieval.parsing.faults import unknown_unit_error


def refused(text: str) -> tuple[str, str]:
    with pytest.raises(ReadingError) as caught:
        parse_target(text, year=2024)
    start, end = caught.value.span
    return caught.value.code, text[start:end]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        # a number that is not well written is said before anything else
        ("1.2.3外星币", ("KP115", "1.2.3")),
        ("1,20", ("KP115", "1,20")),
        ("3.", ("KP115", "3.")),
        # then a vague count
        ("200余人", ("KP108", "余")),
        ("100多人", ("KP108", "多")),
        # then alternatives
        ("优或良", ("KP111", "或")),
        # then a unit
        ("5外星币", ("KP102", "外星币")),
        ("5K", ("KP102", "K")),
        # then the place where the text stops making sense
        ("≥≥90%", ("KP101", "≥")),
        ("90%)", ("KP101", ")")),
    ],
)
def test_the_reason(text: str, fault: tuple[str, str]) -> None:
    assert refused(text) == fault


@pytest.mark.parametrize("text", ["(90%", "比2020年"])
def test_a_text_that_breaks_off_is_marked_at_its_end(text: str) -> None:
    code, marked = refused(text)
    assert code == "KP101"
    assert marked == ""


def test_near_names_of_a_unit() -> None:
    error = unknown_unit_error("5平方咪", (1, 4), "平方咪")
    assert error.span == (1, 4)
    assert "平方米" in error.message("zh")
    far = unknown_unit_error("5β", None, "β")
    assert far.span == (0, 2)
    assert far.message("zh") and far.message("en")
