"""JSON: arrays, objects with rows, one object a line; numbers as written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kpieval.errors import MalformedFileError, MissingColumnError, NotATableError
from kpieval.readers import jsonform, read, read_tables
from kpieval.readers.grid import MAX_COLUMNS

Write = Callable[[str, "str | bytes"], Path]
ROW = '{"三级指标": "费用", "指标值": 2.70, "度量单位": "万元", "分值": 10}'


@pytest.mark.parametrize(
    "text",
    [f"[{ROW}]", f'{{"rows": [{ROW}]}}', f"{ROW}\n{ROW}\n", ROW, f" \n[\n{ROW}\n]\n"],
)
def test_forms(text: str, write: Write) -> None:
    (project,) = read(write("a.json", text))
    row = project.indicators[0]
    assert (row.name, row.text, row.weight) == ("费用", "2.70", 10)
    assert len(project.indicators) == text.count("三级指标")


def test_numbers_are_as_written(write: Write) -> None:
    big = "9" * 5000
    text = f'[{{"indicator": "a", "target": {big}}}, {{"indicator": "b", "target": 1e999}}]'
    (project,) = read(write("a.json", text))
    assert [row.text for row in project.indicators] == [big, "1e999"]


def test_places(write: Write) -> None:
    (array,) = read(write("a.json", f"[{ROW},\n\n{ROW}]"))
    assert [row.place and row.place.row for row in array.indicators] == [1, 2]
    (lines,) = read(write("a.jsonl", f"{ROW}\n\n{ROW}\n"))
    assert [row.place and row.place.row for row in lines.indicators] == [1, 3]


def test_keys_beside_the_rows_are_named(write: Write) -> None:
    document = read_tables(write("a.json", f'{{"year": 2024, "rows": [{ROW}]}}'))
    assert [note.message() for note in document.notes] == ["JSON 里 rows 以外的内容没有读：year"]


@pytest.mark.parametrize("value", ["true", '["x"]', '{"a": null}'])
def test_cells_that_are_no_text(value: str, write: Write) -> None:
    (project,) = read(write("a.json", f'[{{"三级指标": "a", "指标值": {value}}}]'))
    (row,) = project.indicators
    assert row.text == ""
    assert [fault.params["reason"] for fault in row.problems] == ["no_text"]
    assert row.problems[0].params["found"] == value


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[{"三级指标": "a", "三级指标": "b", "指标值": 1}]', "json_key_twice"),
        ('[{"三级指标": "a", "指标值": NaN}]', "json_constant"),
        ('[{"三级指标": "a",}]', "json"),
        ("[" * 100_000, "json_deep"),
        ('["a"]', "json_row"),
        ('{"rows": "a"}', "json_rows"),
        ('{"三级指标": "a", "指标值": 1}\n["b"]\n', "json_row"),
    ],
)
def test_malformed(text: str, reason: str, write: Write) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.json", text))
    assert caught.value.params["reason"] == reason
    assert "a.json" in caught.value.message()


def test_the_line_of_a_fault(write: Write) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.jsonl", f"{ROW}\n{{'a'}}\n"))
    assert caught.value.params["line"] == "2"


def test_empty(write: Write) -> None:
    with pytest.raises(NotATableError):
        read(write("a.json", "[]"))
    with pytest.raises(MissingColumnError):
        read(write("a.json", '[{"三级指标": "a"}]'))


def test_a_key_that_a_row_leaves_out_is_a_blank_cell(write: Write) -> None:
    (project,) = read(write("a.json", f'[{ROW}, {{"三级指标": "人数", "备注": "无"}}]'))
    assert [row.text for row in project.indicators] == ["2.70", ""]


def test_too_many_keys(write: Write) -> None:
    keys = ", ".join(f'"k{number}": 1' for number in range(MAX_COLUMNS))
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.json", f'[{{"三级指标": "a", {keys}}}]'))
    assert (caught.value.params["reason"], caught.value.params["n"]) == (
        "columns",
        str(MAX_COLUMNS + 1),
    )


def test_a_cell_too_deep_to_be_told() -> None:
    """Made up: it can be read, and not be written again."""
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    assert jsonform._shown(deep) == "…"
    assert jsonform._shown({"a": None}) == '{"a": null}'
