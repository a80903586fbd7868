"""TOML: rows as tables with their lines, what holds for all of them, values as written."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kpieval.errors import KpiEvalError, MalformedFileError, MissingColumnError, NotATableError
from kpieval.readers import read, read_actuals, read_tables

Write = Callable[[str, "str | bytes"], Path]

ONE = """\
project = "培训"
department = "教育局"
year = 2024
"预算数(万元)" = 30

[[indicator]]
level1 = "产出指标"
level2 = "数量指标"
name = "培训人次"
sign = "≥"
target = 600
unit = "人次"
weight = 22.50
actual = "640人次"

[[indicator]]
"一级指标" = "效益指标"
"三级指标" = "满意度"
"指标值" = "≥90%"
"实际完成值" = "95%"
"""

SEVERAL = """\
year = 2024
department = "教育局"

[[project]]
name = "甲"
budget = "1万元"

[[project.indicator]]
name = "a"
target = "1"

[[ project . indicator ]]
name = "b"
target = "2"

[[project]]
project = "乙"
year = 2025

  [[project.indicator]] # indented
  name = "c"
  target = "3"
"""


def places(path: Path) -> list[tuple[str, int | None]]:
    """The rows of a file with their lines."""
    rows = [row for project in read(path) for row in project.indicators]
    return [(row.name, row.place.row if row.place else None) for row in rows]


def test_one_project(write: Write, told: list[dict[str, Any]]) -> None:
    path = write("a.kpi.toml", ONE)
    (project,) = read(path)
    assert (project.name, project.department, project.year) == ("培训", "教育局", 2024)
    assert project.budget is not None and project.budget.base == 300_000
    first, second = project.indicators
    assert (first.level1, first.level2, first.name) == ("产出指标", "数量指标", "培训人次")
    assert (first.text, first.weight) == ("600", Fraction("22.5"))
    assert (second.level1, second.level2, second.text) == ("效益指标", "", "≥90%")
    assert (told[0]["sign"], told[0]["unit"], told[0]["year"]) == ("≥", "人次", 2024)
    assert [entry.value for entry in read_actuals(path).entries] == ["640人次", "95%"]
    assert [entry.project for entry in read_actuals(path).entries] == ["培训", "培训"]
    assert project.problems == ()


def test_several_projects(write: Write) -> None:
    first, second = read(write("a.toml", SEVERAL))
    assert (first.name, first.year, first.department) == ("甲", 2024, "教育局")
    assert (second.name, second.year, second.department) == ("乙", 2025, "教育局")
    assert first.budget is not None and second.budget is None
    assert [row.name for row in first.indicators] == ["a", "b"]
    assert [row.name for row in second.indicators] == ["c"]


def test_the_lines_of_rows(write: Write) -> None:
    assert places(write("a.toml", ONE)) == [("培训人次", 6), ("满意度", 16)]
    assert places(write("b.toml", SEVERAL)) == [("a", 8), ("b", 12), ("c", 20)]


@pytest.mark.parametrize(
    "value",
    [
        '"""\n[[indicator]]\n"""',
        "'''\n[[indicator]]\n'''",
        '"""\n\\"""\n[[indicator]]\n"""""',
        "'''\n'\n[[indicator]]\n'''''",
        '"\\"" # [[indicator]] """',
        "['x', '''\n[[indicator]]''', \"\"\"\n[[indicator]]\"\"\"]",
    ],
)
def test_headers_inside_of_strings_are_none(value: str, write: Write) -> None:
    text = f'[[indicator]]\nname = "a"\ntarget = "1"\nremark = {value}\n'
    text += '[[indicator]]\nname = "b"\ntarget = "2"\n'
    path = write("a.toml", text)
    second = text[: text.rindex("[[")].count("\n") + 1
    assert places(path) == [("a", 1), ("b", second)]


@pytest.mark.parametrize("ends", ["\r\n", "\n", "\r"])
def test_line_ends_and_the_byte_order_mark(ends: str, write: Write) -> None:
    data = b"\xef\xbb\xbf" + ONE.replace("\n", ends).encode()
    assert places(write("a.toml", data)) == [("培训人次", 6), ("满意度", 16)]


def test_rows_take_what_holds_for_all_and_may_say_otherwise(write: Write) -> None:
    text = """\
    level2 = "数量指标"
    unit = "个"
    [[indicator]]
    name = "a"
    target = "1"
    [[indicator]]
    name = "b"
    target = "2"
    "度量单位" = "人"
    """
    document = read_tables(write("a.toml", textwrap.dedent(text)))
    units = [
        record.get(role)
        for record in document.records
        for role in document.roles
        if role.name == "UNIT"
    ]
    assert units == ["个", "人"]
    assert {row.level2 for row in document.projects[0].indicators} == {"数量指标"}


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("2.70", "2.70"),
        ("0.1", "0.1"),
        ("100000000000000000000000.1", "100000000000000000000000.1"),
        ("1_000.5", "1000.5"),
        ("1_000", "1000"),
        ("1e3", "1e3"),
        ("0x10", "16"),
        ("2024-12-31", "2024-12-31"),
        ('"≥90%"', "≥90%"),
    ],
)
def test_values_are_exact(written: str, read_as: str, write: Write) -> None:
    (project,) = read(write("a.toml", f'[[indicator]]\nname = "a"\ntarget = {written}\n'))
    (row,) = project.indicators
    assert (row.text, row.problems) == (read_as, ())


@pytest.mark.parametrize(
    "value",
    ["true", "inf", "-nan", '["x"]', "2024-12-31T08:00:00", "08:00:00", "{a = [1.5, false]}"],
)
def test_values_that_are_no_text(value: str, write: Write) -> None:
    text = (
        f'[[indicator]]\nname = "a"\ntarget = "1"\n\n[[indicator]]\nname = "b"\ntarget = {value}\n'
    )
    (project,) = read(write("a.toml", text))
    good, bad = project.indicators
    assert (good.problems, bad.text) == ((), "")
    (fault,) = bad.problems
    assert (fault.code, fault.params["reason"]) == ("KP308", "no_plain")
    assert fault.where is not None and fault.where.endswith("a.toml:5")
    assert fault.params["found"] == value.replace("T", " ")


def test_a_fault_above_the_rows_is_told_once(write: Write) -> None:
    text = 'year = [2024]\n[[indicator]]\nname = "a"\ntarget = "1"\n[[indicator]]\nname = "b"\ntarget = "2"\n'
    document = read_tables(write("a.toml", text))
    (fault,) = document.problems
    assert (fault.params["column"], fault.params["found"]) == ("year", "[2024]")
    assert document.projects[0].year is None


def test_unknown_keys_are_named_with_the_nearest_known_one(write: Write) -> None:
    text = 'departmnet = "x"\n[[indicator]]\nname = "a"\ntarget = "1"\nactaul = "2"\nremark = "r"\n'
    document = read_tables(write("a.toml", text))
    assert {note.message("en") for note in document.notes} == {
        "unknown keys of the TOML file or its projects, not read: departmnet",
        "the key 'departmnet' is unknown; perhaps 'department' is meant",
        "the key 'actaul' is unknown; perhaps 'actual' is meant",
        "unknown columns, kept and not used: actaul, remark",
    }
    assert document.records[0].extra == (("actaul", "2"), ("remark", "r"))


def test_names_of_one_key_mix_between_rows(write: Write) -> None:
    text = (
        '[[indicator]]\nname = "a"\ntarget = "1"\n[[indicator]]\n"三级指标" = "b"\n"指标值" = "2"\n'
    )
    (project,) = read(write("a.toml", text))
    assert [(row.name, row.text) for row in project.indicators] == [("a", "1"), ("b", "2")]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[[indicator]]\nname = "a\n', "toml"),
        ('[[indicator]]\nname = "a"\nname = "b"\n', "toml"),
        ("[[indicator]]\ntarget = " + "9" * 5000, "toml"),
        ("[[indicator]]\ntarget = " + "[" * 5000, "toml_deep"),
        ("[[indicator]]\n" + "a." * 100_000 + "b = 1\n", "toml_deep"),
        ("[[indicator]]\n" + '"a" . ' * 100_000 + "b = 1\n", "toml_deep"),
        ('[[indicator]]\nname = "a"\n"三级指标" = "b"\ntarget = 1\n', "column_twice"),
        ('[[indicator]]\nname = "a"\n"指标值" = "b"\ntarget = 1\n', "column_twice"),
        ('indicator = [{name = "a", target = 1}]\n', "toml_rows"),
        ('year = 2024\n[["indicator"]]\nname = "a"\ntarget = 1\n', "toml_rows"),
        ('indicator = "a"\ntarget = 1\n', "toml_rows"),
        ('[indicator]\nname = "a"\ntarget = 1\n', "toml_rows"),
        ('[[project]]\nname = "甲"\n[[indicator]]\nname = "a"\ntarget = 1\n', "toml_rows"),
        ('[[project]]\nname = "甲"\n', "toml_rows"),
        ("".join(f"k{n} = 1\n" for n in range(201)).join(("[[indicator]]\n", "")), "columns"),
    ],
)
def test_malformed(text: str, reason: str, write: Write) -> None:
    start = time.monotonic()
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.toml", text))
    assert caught.value.params["reason"] == reason
    assert "a.toml" in caught.value.message()
    assert time.monotonic() - start < 10


def test_the_line_of_a_fault(write: Write) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.toml", '[[indicator]]\nname = "a"\ntarget = ≥90%\n'))
    assert caught.value.where is not None and caught.value.where.endswith("a.toml:3")


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("a.toml", "", NotATableError),
        ("a.toml", 'title = "x"\n', NotATableError),
        ("a.toml", '[[indicator]]\nname = "a"\n', MissingColumnError),
        ("a.toml", '[[indicator]]\ntarget = "a"\n', MissingColumnError),
    ],
)
def test_no_table(name: str, text: str, error: type[KpiEvalError], write: Write) -> None:
    with pytest.raises(error):
        read(write(name, text))


def test_the_content_tells_and_the_suffix_breaks_ties(write: Write) -> None:
    assert len(read(write("rows.txt", ONE))) == 1
    assert len(read(write("rows.json", "[[indicator]]\nname = 'a'\ntarget = '1'\n"))) == 1
    (json,) = read(write("rows.toml", '[{"indicator": "a", "target": 1}]'))
    assert json.indicators[0].name == "a"
    with pytest.raises(NotATableError) as caught:
        read(write("policy.toml", 'name = "x"\n'))
    assert caught.value.params["expected"] == "[[indicator]]"


def test_a_project_without_a_name_is_named_after_the_file(write: Write) -> None:
    (project,) = read(write("甲.toml", '[[indicator]]\nname = "a"\ntarget = "1"\n'))
    assert project.name == "甲"


def test_spending_has_its_reserved_row(write: Write) -> None:
    text = '[[indicator]]\nname = "a"\ntarget = "1"\n[[indicator]]\nname = "全年执行数"\nactual = "28万元"\n'
    path = write("a.toml", text)
    assert [row.name for row in read(path)[0].indicators] == ["a"]
    assert [entry.value for entry in read_actuals(path).entries] == ["28万元"]
