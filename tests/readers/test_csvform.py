"""csv: separators, quotes, shapes, and that nothing is guessed or dropped."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from kpieval.amounts import money
from kpieval.constraints import Target, TargetError
from kpieval.errors import KpiEvalError, MalformedFileError, MissingColumnError, NotATableError
from kpieval.readers import Role, read, read_actuals, read_tables

Write = Callable[[str, "str | bytes"], Path]
FULL = (
    "项目名称,主管部门,年度,预算数(万元),一级指标,二级指标,三级指标,绩效指标描述,计算符号,指标值,度量单位,"
    "指标方向性,分值,上年实际值,实际完成值,得分,偏差原因,人工认定结论,人工认定得分,认定理由\n"
    "甲,教育局,2024,95.50,产出指标,数量指标,培训人数,描述,≥,600,人,正向,22.5,580,610,22.5,,,,\n"
    "甲,教育局,2024,95.50,效益指标,社会效益指标,影响,,定性,好,/,,10,,较好,8,人少,部分达成,8,有报告\n"
    "甲,教育局,2024,95.50,,,全年执行数,,,,,,,,90万元,,,,,\n"
)


def test_all_official_columns(write: Write, told: list[dict[str, Any]]) -> None:
    document = read_tables(write("a.csv", FULL))
    (project,) = document.projects
    assert (project.name, project.department, project.year) == ("甲", "教育局", 2024)
    assert project.budget == money("955000")
    first, second = project.indicators
    assert (first.weight, first.direction, first.text) == (Fraction(45, 2), "正向", "600")
    assert str(first.place).endswith("a.csv:2")
    assert [note.code for note in second.notes] == ["table.kind_as_sign"]
    assert told == [
        {
            "text": "600",
            "year": 2024,
            "sign": "≥",
            "unit": "人",
            "name": "培训人数",
            "level1": "产出指标",
            "level2": "数量指标",
        },
        {
            "text": "好",
            "year": 2024,
            "sign": None,
            "unit": None,
            "name": "影响",
            "level1": "效益指标",
            "level2": "社会效益指标",
        },
    ]
    counted, judged, spent = document.actuals.entries
    assert (counted.value, counted.previous, counted.level2) == ("610", "580", "数量指标")
    assert (judged.decision.verdict, judged.decision.points) == ("部分达成", "8")
    assert judged.decision.reason == "有报告"
    assert (spent.name, spent.value, spent.project) == ("全年执行数", "90万元", "甲")
    assert [record.get(Role.SCORE) for record in document.records] == ["22.5", "8", ""]
    assert document.records[1].get(Role.REASON) == "人少"
    assert not document.notes
    assert not project.problems


@pytest.mark.parametrize("mark", [",", "\t", ";"])
def test_separators(mark: str, write: Write) -> None:
    lines = [["三级指标", "指标值", "备注"], ["人数", "≥1人", '"a,b;c\td"']]
    path = write("a.csv", "\n".join(mark.join(line) for line in lines))
    document = read_tables(path)
    assert document.projects[0].indicators[0].text == "≥1人"
    assert document.records[0].extra == (("备注", "a,b;c\td"),)
    (note,) = document.notes
    assert (note.code, dict(note.params)["columns"]) == ("table.unknown_columns", "备注")
    assert document.projects[0].name == "a"


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("指标内容,年度指标值", Role.TARGET),
        ("绩效指标,指标值(A)", Role.TARGET),
        ("indicator,target", Role.TARGET),
        ("三级\n指标,指标值".replace("\n", " "), Role.TARGET),
        ("三级指标,全年实际值（B）", Role.ACTUAL),
        ("三级指标,完成值", Role.ACTUAL),
        ("indicator,actual", Role.ACTUAL),
    ],
)
def test_variants(header: str, role: Role, write: Write) -> None:
    document = read_tables(write("a.csv", f"{header}\n人数,≥1人\n"))
    assert document.records[0].get(Role.NAME) == "人数"
    assert document.records[0].get(role) == "≥1人"


def test_more_variants(write: Write, told: list[dict[str, Any]]) -> None:
    header = "三级指标,指标值,计量单位,指标性质,权重"
    (project,) = read(write("a.csv", f"{header}\n人数,1,人,≥,10%\n"))
    assert (told[0]["unit"], told[0]["sign"]) == ("人", "≥")
    assert project.indicators[0].weight == 10
    assert [note.code for note in project.indicators[0].notes] == ["table.percent_weight"]


def test_the_official_name_wins(write: Write) -> None:
    path = write("a.csv", "绩效指标,三级指标,权重,分值,指标值\n1,人数,9,10,≥1人\n")
    document = read_tables(path)
    row = document.projects[0].indicators[0]
    assert (row.name, row.weight) == ("人数", 10)
    assert "绩效指标, 权重" in document.notes[0].message()


def test_bad_rows_stay(write: Write) -> None:
    text = (
        "项目名称,年度,预算数(元),三级指标,指标值,分值,指标方向性\n"
        "甲,二四年,很多,人数,坏的,十分,向上\n"
        "甲,,,人次,,5,\n"
        "甲,,,,≥5人,5,\n"
        "甲,,,小计,,10,\n"
        "合计,,,,,10,\n"
    )
    (project,) = read(write("a.csv", text), year=2023)
    first, second = project.indicators
    assert isinstance(first.target, TargetError)
    assert first.target.error.code == "KP101"
    assert second.target.error.code == "KP105"  # type: ignore[union-attr]
    assert (project.year, project.budget, first.weight) == (2023, None, None)
    assert [_told(fault) for fault in first.problems] == [
        ("KP308", "no_year", "二四年"),
        ("KP308", "no_number", "十分"),
        ("KP308", "no_direction", "向上"),
    ]
    assert [_told(fault) for fault in project.problems] == [
        ("KP308", "no_number", "很多"),
        ("KP308", "no_name", "甲 ≥5人 5"),
    ]
    assert all("a.csv:" in fault.message() for fault in project.problems)
    totals = [note for note in project.notes if note.code == "table.total_row"]
    assert [dict(note.params)["row"] for note in totals] == ["5", "6"]


def _told(fault: KpiEvalError) -> tuple[object, ...]:
    return fault.code, fault.params["reason"], fault.params["found"]


def test_an_unquoted_comma_is_never_read(write: Write) -> None:
    """A thousands separator that splits a cell shifts the row: nothing in it is believed."""
    document = read_tables(write("a.csv", "三级指标,指标值,实际完成值\n人数,≥1,200人,1300人\n"))
    (row,) = document.projects[0].indicators
    assert isinstance(row.target, TargetError)
    assert row.problems[0].params["reason"] == "too_wide"
    assert document.actuals.entries == ()


def test_short_rows_are_noted(write: Write) -> None:
    (project,) = read(write("a.csv", "三级指标,指标值,分值,备注\n人数,≥1人\n"))
    (row,) = project.indicators
    assert isinstance(row.target, Target)
    assert [note.code for note in row.notes] == ["table.short_row"]


BLANKS = (
    "项目名称,一级指标,二级指标,三级指标,指标值\n"
    "甲,产出指标,数量指标,a,1\n,,,b,2\n,,质量指标,c,3\n,效益指标,,d,4\n乙,,,e,5\n"
)


def test_blank_is_blank(write: Write) -> None:
    document = read_tables(write("t.csv", BLANKS))
    assert [project.name for project in document.projects] == ["甲", "t", "乙"]
    assert [row.level1 for row in document.projects[1].indicators] == ["", "", "效益指标"]
    notes = [(note.code, dict(note.params)) for note in document.notes]
    told = {"table": "", "column": "项目名称", "rows": "3, 4, 5"}
    assert notes[0] == ("table.blank_category", told)
    assert [params["column"] for _, params in notes] == ["项目名称", "一级指标", "二级指标"]


def test_fill_down(write: Write) -> None:
    document = read_tables(write("t.csv", BLANKS), fill_down=True)
    rows = [
        (project.name, row.level1, row.level2, row.name)
        for project in document.projects
        for row in project.indicators
    ]
    assert rows == [
        ("甲", "产出指标", "数量指标", "a"),
        ("甲", "产出指标", "数量指标", "b"),
        ("甲", "产出指标", "质量指标", "c"),
        # What stands under another first level, or another project, is not continued.
        ("甲", "效益指标", "", "d"),
        ("乙", "", "", "e"),
    ]
    assert {note.code for note in document.notes} == {"table.blank_category"}


def test_years_split_a_project(write: Write) -> None:
    text = "项目名称,年度,三级指标,指标值\n甲,2023,a,1\n甲,2024,b,2\n甲,,c,3\n乙,,d,4\n"
    projects = read(write("a.csv", text), year=2022)
    assert [(project.name, project.year, len(project.indicators)) for project in projects] == [
        ("甲", 2023, 1),
        ("甲", 2024, 2),
        ("乙", 2022, 1),
    ]


def test_contradicting_budgets(write: Write) -> None:
    text = "项目名称,主管部门,预算数（元）,三级指标,指标值\n甲,x,10,a,1\n甲,y,20,b,2\n"
    (project,) = read(write("a.csv", text))
    assert (project.budget, project.department) == (money("10"), "x")
    assert [fault.params["reason"] for fault in project.problems] == ["twice", "twice"]


def test_a_budget_needs_its_unit(write: Write) -> None:
    text = "预算数,三级指标,指标值\n95,a,1\n"
    (project,) = read(write("a.csv", text))
    assert project.budget is None
    assert project.problems[0].params["reason"] == "no_money_unit"
    (said,) = read(write("b.csv", text.replace("95", "95万元")))
    assert said.budget == money("950000")


def test_points_after_categories(write: Write) -> None:
    text = "一级指标（分值）,三级指标,指标值\n产出指标（50分）,a,1\n"
    (project,) = read(write("a.csv", text))
    (row,) = project.indicators
    assert row.level1 == "产出指标"
    assert dict(row.notes[0].params)["points"] == "50"


def test_a_title_above_the_header(write: Write) -> None:
    text = "2024年绩效目标表,,\n单位：万元,,\n项目名称,预算数,三级指标,指标值\n甲,5,a,1\n"
    (project,) = read(write("a.csv", text))
    assert (project.name, project.budget, project.year) == ("甲", money("50000"), 2024)


def test_actuals_alone(write: Write) -> None:
    path = write("a.csv", "三级指标,实际完成值,二级指标\na,1,数量指标\nb,,\n全年执行数,5万元,\n")
    entries = read_actuals(path).entries
    assert [(entry.name, entry.value, entry.level2) for entry in entries] == [
        ("a", "1", "数量指标"),
        ("全年执行数", "5万元", ""),
    ]
    assert entries[0].project == ""
    assert read_tables(path).projects == ()
    with pytest.raises(MissingColumnError) as caught:
        read(path)
    assert "指标值" in caught.value.message()
    assert "实际完成值" in caught.value.message()


def test_missing_columns(write: Write) -> None:
    path = write("a.csv", "一级指标,指标值,分值\n产出,1,2\n")
    with pytest.raises(MissingColumnError) as caught:
        read(path)
    params = caught.value.params
    assert (params["missing"], params["found"]) == ("三级指标", "一级指标, 指标值, 分值")
    assert "三级指标, 三级指标名称" in str(params["known"])
    with pytest.raises(MissingColumnError) as caught:
        read_actuals(write("b.csv", "三级指标,指标值\na,1\n"))
    assert caught.value.params["missing"] == "实际完成值"


def test_a_header_that_is_nearly_one_is_named(write: Write) -> None:
    with pytest.raises(
        MissingColumnError, match="「年度指标数值」是不是想写「年度指标值」"
    ) as caught:
        read(write("a.csv", "三级指标,年度指标数值,分值\n人数,1,2\n"))
    assert "年度目标值" in str(caught.value.params["known"])


def test_no_header_at_all(write: Write) -> None:
    with pytest.raises(NotATableError):
        read(write("a.csv", "a,b\n1,2\n"))


@pytest.mark.parametrize("text", ['a,"b\n', 'a,"b"c\n'])
def test_quotes(text: str, write: Write) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.csv", "三级指标,指标值\nx,1\n" + text))
    assert caught.value.params["line"] == "3"


def test_a_doubled_header(write: Write) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.csv", "三级指标,指标值,指标值\nx,1,2\n"))
    assert caught.value.params["reason"] == "column_twice"


def test_lines_within_cells(write: Write) -> None:
    (project,) = read(write("a.csv", '三级指标,绩效指标描述,指标值\n"培训\n人数","甲\n乙",1\n'))
    (row,) = project.indicators
    assert (row.name, row.description) == ("培训人数", "甲\n乙")


def test_notes_of_the_file_reach_every_project(write: Write) -> None:
    path = write("a.csv", "项目名称,三级指标,指标值,备注\n甲,a,1,\n乙,b,2,\n")
    assert [[note.code for note in project.notes] for project in read(path)] == [
        ["table.unknown_columns"]
    ] * 2


@pytest.mark.parametrize("weight", ["1 0", "1\u30000", "1 .5", "1, 000", "１　０", "1\n0"])
def test_a_blank_between_figures_makes_no_number(weight: str, write: Write) -> None:
    """Made up: the cell may hold two numbers, or half of one."""
    (project,) = read(write("a.csv", f'三级指标,指标值,分值\n甲,≥3栋,"{weight}"\n'))
    (row,) = project.indicators
    assert row.weight is None
    assert [fault.params["reason"] for fault in row.problems] == ["no_number"]


@pytest.mark.parametrize("weight", [" 10 ", "10 分", "\u300010", "1,000"])
def test_blanks_around_a_number_do_no_harm(weight: str, write: Write) -> None:
    """Made up."""
    (project,) = read(write("a.csv", f'三级指标,指标值,分值\n甲,≥3栋,"{weight}"\n'))
    assert project.indicators[0].weight in (10, 1000)


@pytest.mark.parametrize(("before", "line"), [(1, 2), (3, 4)])
def test_an_open_quote_is_told_where_it_begins(before: int, line: int, write: Write) -> None:
    """Made up: the end of the file, where the library gives up, says nothing."""
    head = "三级指标,指标值\n" + "甲,≥1栋\n" * (before - 1)
    text = head + '乙,"≥3栋\n' + "丙,≥4栋\n" * 500
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.csv", text))
    told = caught.value
    assert (told.params["reason"], told.params["line"]) == ("csv", str(line))
    for lang in ("zh", "en"):
        assert str(line) in told.message(lang) and "EOF" not in told.message(lang)
