"""Workbooks, built on the spot: what the screen shows, what is hidden, what is refused."""

from __future__ import annotations

import base64
import datetime as dt
import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("openpyxl")

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from kpieval.amounts import money
from kpieval.errors import (
    ForbiddenCharacterError,
    MalformedFileError,
    MissingColumnError,
    MissingExtraError,
)
from kpieval.parsing import parse_target
from kpieval.readers import Role, read, read_tables, shown
from kpieval.readers.grid import OBJECT

HEADER = ["项目名称", "一级指标", "二级指标", "三级指标", "指标值", "分值", "实际完成值"]


@pytest.fixture
def book() -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = "表一"
    return made


@pytest.fixture
def saved(tmp_path: Path) -> Callable[[openpyxl.Workbook], Path]:
    def save(made: openpyxl.Workbook) -> Path:
        made.save(tmp_path / "t.xlsx")
        return tmp_path / "t.xlsx"

    return save


Saved = Callable[[openpyxl.Workbook], Path]


def test_a_form_with_merged_cells(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.active
    sheet.append(["2024年部门预算项目绩效目标表"])
    sheet.append(["单位：万元"])
    sheet.append(["单位名称", "201001某市教育局", None, "项目名称", "校舍维修"])
    sheet.append(["预算数", 95.5, None, "年度目标", "维修校舍"])
    sheet.append([])
    sheet.append(["一级指标", "二级指标", "三级指标", "指标值", "权重"])
    sheet.append(["产出指标", "数量指标", "栋数", "≥3栋", 10])
    sheet.append([None, None, "面积", "≥500平方米", 20.5])
    sheet.append([None, "质量指标", "合格率", "100%", 0.1])
    sheet["E9"].number_format = "0%"
    sheet.append(["合计", None, None, None, 40.5])
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A7:A9")
    sheet.merge_cells("B7:B8")
    sheet.merge_cells("E3:G3")
    (project,) = read(saved(book))
    assert (project.name, project.department, project.year) == ("校舍维修", "某市教育局", 2024)
    assert (project.budget, project.goals) == (money("955000"), "维修校舍")
    rows = [(row.level1, row.level2, row.name, row.text, row.weight) for row in project.indicators]
    assert rows == [
        ("产出指标", "数量指标", "栋数", "≥3栋", 10),
        ("产出指标", "数量指标", "面积", "≥500平方米", 20.5),
        ("产出指标", "质量指标", "合格率", "100%", 10),
    ]
    assert str(project.indicators[0].place).endswith("t.xlsx[表一]:7")
    codes = {note.code for note in project.notes}
    assert codes == {"table.year_from_title", "table.total_row", "table.column_variant"}
    assert not project.problems


def test_the_self_evaluation_form(book: openpyxl.Workbook, saved: Saved) -> None:
    """The official form: funds in columns, goals beside what became of them, points, a foot."""
    sheet = book.active
    for row in (
        ["项目支出绩效自评表"],
        ["（2023年度）"],
        ["项目名称", None, None, "校舍维修"],
        ["主管部门", None, None, "市教育局", None, "实施单位", "一中"],
        ["项目资金（万元）", None, None, "年初预算数", "全年预算数", "全年执行数", "分值", "得分"],
        [None, "年度资金总额", None, 90, 100, 89.974, 10, 9],
        [None, "其中：本年财政拨款", None, 90, 100, 89.974, "-", "-"],
        [None, "其他资金", None, None, None, None, "-", "-"],
        ["年度总体目标", "预期目标", None, None, None, "实际完成情况"],
        [None, "维修校舍三栋", None, None, None, "已完成三栋"],
        [
            *("绩效指标", "一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"),
            *("分值", "得分", "偏差原因分析及改进措施"),
        ],
        [None, "产出指标（50分）", "数量指标", "维修栋数", "≥3栋", 3, 50, 50],
        [None, "效益指标（30分）", "经济效益指标"],
        [None, None, "社会效益指标", "安全隐患", "有效降低", "达成预期指标", 40, 38, "返工"],
        ["总分", None, None, None, None, None, 100, 97],
        ["填表人：张三"],
    ):
        sheet.append(row)
    for area in ("A5:A8", "D3:H3", "B9:E9", "B10:E10", "A11:A14", "B13:B14", "A15:F15"):
        sheet.merge_cells(area)
    document = read_tables(saved(book))
    (project,) = document.projects
    assert (project.name, project.department, project.year) == ("校舍维修", "市教育局", 2023)
    assert (project.budget, project.funds) == (money("1000000"), (("本年财政拨款", money("1e6")),))
    assert (project.goals, project.outcome) == ("维修校舍三栋", "已完成三栋")
    assert project.implementer == "一中"
    assert [(row.level1, row.name, row.weight) for row in project.indicators] == [
        ("产出指标", "维修栋数", 50),
        ("效益指标", "安全隐患", 40),
    ]
    # 30 for rows of 40 is what scoring will name.
    assert [(level.level1, level.points) for level in project.level_points] == [
        ("产出指标", 50),
        ("效益指标", 30),
    ]
    *_, spent = document.actuals.entries
    assert (spent.name, spent.value, spent.project) == ("全年执行数", "89.974万元", "校舍维修")
    assert str(spent.place).endswith(":6")
    assert [record.get(Role.SCORE) for record in document.records] == ["50", "38"]
    told = " ".join(note.message() for note in project.notes)
    assert all(text in told for text in ("总分", "张三", "30 分", "年初预算数, 分值, 得分"))
    assert not any(text in told for text in ("一中", "已完成三栋"))
    assert not project.problems
    assert not document.problems


def test_merged_categories_continue_without_fill_down(
    book: openpyxl.Workbook, saved: Saved
) -> None:
    sheet = book.active
    for row in ([*HEADER[1:5]], ["产出", "数量", "a", "1"], [None, None, "b", "2"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    document = read_tables(saved(book), fill_down=False)
    second = document.projects[0].indicators[1]
    assert (second.level1, second.level2) == ("产出", "")
    assert [note.code for note in document.notes] == ["table.blank_category"]


def test_a_merged_value_counts_once(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.active
    for row in (["三级指标", "指标值", "分值"], ["a", "1人", 10], ["b", "2人", None]):
        sheet.append(row)
    sheet.merge_cells("C2:C3")
    first, second = read(saved(book))[0].indicators
    assert (first.weight, second.weight) == (10, None)
    assert [note.code for note in second.notes] == ["table.merged_value"]


def test_cells_as_shown(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.active
    sheet.append(["三级指标", "指标值", "实际完成值"])
    cells: list[tuple[object, str, str]] = [
        (0.953, "0.0%", "95.3%"),
        (600, "General", "600"),
        (2.70, "General", "2.7"),
        (1200, "#,##0", "1200"),
        (dt.datetime(2024, 9, 28), "yyyy-mm-dd", "2024-09-28"),
        (dt.datetime(2024, 12, 31), 'yyyy"年"m"月"', "2024年12月"),
        (True, "General", "TRUE"),
    ]
    for value, form, _ in cells:
        sheet.append(["a", "1", value])
        sheet.cell(sheet.max_row, 3).number_format = form
    sheet.cell(sheet.max_row + 1, 1).value = "b"
    text = sheet.cell(sheet.max_row, 2)
    text.value, text.data_type = "=100%", "s"
    document = read_tables(saved(book))
    assert [entry.value for entry in document.actuals.entries] == [text for _, _, text in cells]
    rows = document.projects[0].indicators
    assert rows[-1].text == "=100%"
    assert [[note.code for note in row.notes] for row in rows] == [
        ["table.shown"], [], [], [], [], ["table.shown"], [], []
    ]  # fmt: skip
    assert "C2" in rows[0].notes[0].message()
    assert "0.953" in rows[0].notes[0].message()


@pytest.mark.parametrize(
    ("value", "form", "text", "code"),
    [
        (0.953, "0%", "95%", "table.shown"),
        (0.9, "0.00%", "90%", "table.shown"),
        (0.9, '"≥"0%', "≥90%", "table.shown"),
        (12.5, "0", "13", "table.shown"),
        (2.7, '0.0"万元"', "2.7万元", "table.shown"),
        (2.7, "0.00_ ", "2.7", None),
        (-5, "0;[Red](0)", "-5", "table.negative"),
        (-0.05, "0%;[Red]0%", "-5%", "table.negative"),
        (-5, "#,##0_);(#,##0)", "-5", "table.negative"),
        (-0.05, "0%_);（0%）", "-5%", "table.negative"),
        (-5, '"¥"0;("¥"0)', "¥-5", "table.negative"),
        (-0.001, "0%;[Red]0%", "0%", "table.shown"),
        (-5, '0;"负"0', "负5", "table.shown"),
        (-5.0, "0_);[Red]\\-0", "-5", None),
        (0.1 + 0.2, "General", "0.3", None),
        (1e-7, "General", "0.0000001", None),
        (1e20, "General", "100000000000000000000", None),
        (27000, '0!.0,"万"', "27000", "table.format_unknown"),
        (5, "# ?/?", "5", "table.format_unknown"),
        (5, "@", "5", None),
        (5, ";;;", "5", "table.format_unknown"),
        (-5, "0;;0", "-5", "table.format_unknown"),
        (0, "0;-0;", "0", "table.format_unknown"),
        (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0", "table.format_unknown"),
        (7, '0"a;b";0', "7a;b", "table.shown"),
        (5, "[$￥-804]#,##0.00", "￥5", "table.shown"),
    ],
)
def test_number_formats(value: float, form: str, text: str, code: str | None) -> None:
    found, note = shown.number(value, form, "A1")
    assert (found, note and note.code) == (text, code)


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        (dt.datetime(2024, 9, 28), "m/d/yy h:mm", "2024-09-28"),
        (dt.datetime(2024, 9, 28, 8, 30), "yyyy-mm-dd", "2024-09-28"),
        (dt.date(2024, 9, 28), 'm"月"d"日"', "9月28日"),
        (dt.datetime(2024, 12, 20, 8, 30), "h:mm", "08:30:00"),
        (dt.datetime(2024, 12, 20, 8, 30), "mm:ss", "08:30:00"),
        (dt.datetime(2024, 12, 20, 8, 30), "[h]:mm:ss", "08:30:00"),
        (dt.datetime(2024, 12, 20, 8, 30), 'h"时"mm"分"', "08:30:00"),
        (dt.datetime(2024, 12, 20, 8, 30), "h:mm AM/PM", "08:30:00"),
        (dt.datetime(2024, 12, 20, 8, 30), "m/d h:mm", "12月20日"),
        (dt.datetime(2024, 12, 20, 8, 30), "yyyy/mm h:mm", "2024年12月"),
        (dt.date(2024, 12, 20), "aaaa", "2024-12-20"),
        (dt.date(2024, 12, 20), "yyyy/m dddd", "2024年12月"),
        (dt.date(2024, 9, 28), "yyyy", "2024年"),
        (dt.time(8, 30), "h:mm", "08:30:00"),
    ],
)
def test_dates(value: dt.datetime | dt.date | dt.time, form: str, text: str) -> None:
    found, note = shown.moment(value, form, "A1")
    assert found == text
    if not str(value).startswith(text):
        assert note is not None and note.code == "table.shown"


@pytest.mark.parametrize(
    ("form", "text", "codes"),
    [
        ("@", "90", []),
        ("General", "90", []),
        ("0.00", "90", []),
        ('0;-0;0;@"%"', "90%", ["table.shown"]),
        ('"≥"@', "≥90", ["table.shown"]),
        ("_ @_ ", "90", []),
        (";;;", "90", ["table.format_unknown"]),
        ('0;0;0;"合格"', "90", ["table.format_unknown"]),
    ],
)
def test_formats_of_texts(
    form: str, text: str, codes: list[str], book: openpyxl.Workbook, saved: Saved
) -> None:
    """Made up: a format may put words around a text, or show none of it."""
    for cells in (["三级指标", "指标值"], ["甲", "90"]):
        book.active.append(cells)
    book.active["B2"].number_format = form
    (row,) = read(saved(book))[0].indicators
    assert row.text == text
    assert [note.code for note in row.notes] == codes


def test_a_weekday_alone_is_noted() -> None:
    """Made up: the screen shows 星期五 and not the day."""
    _, note = shown.moment(dt.date(2024, 12, 20), "aaaa", "A1")
    assert note is not None and note.code == "table.shown"


def test_formulas(book: openpyxl.Workbook, saved: Saved) -> None:
    """openpyxl stores no results, so both formulas have none."""
    sheet = book.active
    for row in (["三级指标", "指标值", "实际完成值"], ["a", "=1+1", 5], ["b", "1", "=B3"]):
        sheet.append(row)
    document = read_tables(saved(book))
    first, second = document.projects[0].indicators
    assert first.text == ""
    assert [fault.params["reason"] for fault in first.problems] == ["no_result"]
    assert first.problems[0].params["column"] == "B2"
    assert second.problems[0].params["column"] == "C3"
    assert [entry.name for entry in document.actuals.entries] == ["a"]


def test_stored_results_and_errors(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.active
    for row in (["三级指标", "指标值"], ["a", "=1+1"], ["b", "#DIV/0!"]):
        sheet.append(row)
    path = _changed(saved(book), "xl/worksheets/sheet1.xml", b"<v></v>", b"<v>2</v>")
    first, second = read(path)[0].indicators
    assert (first.text, first.problems) == ("2", ())
    assert (second.text, second.problems[0].params["reason"]) == ("", "error_value")


def _rich(*runs: str | tuple[str, str]) -> CellRichText:
    """Runs of text: plain, or with what its font says."""
    fonts = {
        "s": InlineFont(strike=True),
        "+": InlineFont(b=True),
        "^": InlineFont(vertAlign="superscript"),
        "_": InlineFont(vertAlign="subscript"),
    }
    return CellRichText(*(r if isinstance(r, str) else TextBlock(fonts[r[0]], r[1]) for r in runs))


@pytest.mark.parametrize(
    ("runs", "text", "codes"),
    [
        (["≥10", ("^", "4"), "m", ("^", "2")], "≥10⁴m²", ["word.raised"]),
        ([("s", "80"), "90%"], "90%", ["word.struck"]),
        (["≥10", ("_", "2"), "次"], "≥10₂次", ["word.raised"]),
        (["≥10", ("^", "4次")], "≥10⁴次", ["word.raised"]),
        (["≥1", ("+", "0人")], "≥10人", []),
        ([("s", "≥1"), ("s", "0人")], "", ["word.struck"]),
    ],
)
def test_runs_that_are_struck_or_moved(
    runs: list[str | tuple[str, str]], text: str, codes: list[str],
    book: openpyxl.Workbook, saved: Saved,
) -> None:  # fmt: skip
    """Made up: two fonts in one cell."""
    for cells in (["三级指标", "指标值"], ["甲", _rich(*runs)]):
        book.active.append(cells)
    (row,) = read(saved(book))[0].indicators
    assert row.text == text
    assert [note.code for note in row.notes] == codes


def test_cells_and_rows_in_a_struck_or_raised_font(book: openpyxl.Workbook, saved: Saved) -> None:
    """Made up: the font of the cell; a run with a font of its own does not take it."""
    sheet = book.active
    for cells in (
        ["三级指标", "指标值", "实际完成值"],
        ["甲", "≥10人", 0.9],
        ["乙", "≥10人", "8人"],
        ["丙", _rich("≥1", ("+", "0人")), 10],
        ["丁", "≥20人", "21人"],
    ):
        sheet.append(cells)
    sheet["C2"].number_format = "0%"
    for cell in ("C2", "A3", "B3", "C3", "B4"):
        sheet[cell].font = Font(strike=True)
    sheet["C4"].font = Font(vertAlign="superscript")
    document = read_tables(saved(book))
    rows = [(row.name, row.text) for row in document.projects[0].indicators]
    assert rows == [("甲", "≥10人"), ("丙", "0人"), ("丁", "≥20人")]
    assert [(a.name, a.value) for a in document.actuals.entries] == [("丙", "¹⁰"), ("丁", "21人")]
    codes = [[note.code for note in row.notes] for row in document.projects[0].indicators]
    assert codes == [["word.struck"], ["word.struck", "word.raised"], []]
    (told,) = [note for note in document.notes if note.code == "table.struck_rows"]
    assert told.message().endswith("第 3 行")


def _changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """The workbook with bytes of a part replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    changed = parts[part].replace(old, new).replace(old.replace(b"></v>", b" />"), new)
    assert changed != parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, part: changed}.items():
            archive.writestr(name, data)
    return path


def test_hidden_things_are_read_and_noted(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.active
    for row in (["三级指标", "指标值", "备注"], ["a", "1人"], ["b", "2人"]):
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["C"].hidden = True
    secret = book.create_sheet("旧表")
    secret.append(["三级指标", "指标值"])
    secret.append(["c", "3人"])
    secret.sheet_state = "hidden"
    book.create_sheet("说明").append(["填表说明"])
    document = read_tables(saved(book))
    assert [project.name for project in document.projects] == ["t 表一", "t 旧表"]
    assert [note.code for note in document.notes] == [
        "table.hidden_rows",
        "table.hidden_columns",
        "table.unknown_columns",
        "table.hidden_sheet",
        "table.sheet_skipped",
    ]


def test_what_floats_over_the_cells_is_told(saved: Saved, tmp_path: Path) -> None:
    """Made up: a picture and a text box on one sheet, none on the other."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    # One point of a picture.
    point = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg=="
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as made:
        for name in ("一", "二"):
            sheet = made.add_worksheet(name)
            sheet.write_row(0, 0, ["三级指标", "指标值"])
            sheet.write_row(1, 0, ["甲", "≥1人"])
        sheet.insert_image("D4", "a.png", {"image_data": io.BytesIO(base64.b64decode(point))})
        sheet.insert_textbox("D9", "≥2人")
    told = [note for note in read_tables(path).notes if note.code == "table.floating"]
    assert [dict(note.params) for note in told] == [{"sheet": "二", "n": "2"}]


def test_stray_cells_are_named(book: openpyxl.Workbook, saved: Saved) -> None:
    sheet = book.active
    for row in (["三级指标", "指标值"], ["a", "1人", None, "批注"], [None, "悬空"]):
        sheet.append(row)
    document = read_tables(saved(book))
    assert [note.code for note in document.notes] == ["table.unnamed_columns"]
    (problem,) = document.projects[0].problems
    assert "悬空" in problem.message()
    assert ":3" in problem.message()


def test_a_sheet_without_targets_is_a_problem_beside_one_with(
    book: openpyxl.Workbook, saved: Saved
) -> None:
    book.active.append(["一级指标", "指标值", "分值"])
    path = saved(book)
    with pytest.raises(MissingColumnError):
        read(path)
    other = book.create_sheet("表二")
    other.append(["三级指标", "指标值"])
    other.append(["a", "1人"])
    document = read_tables(saved(book))
    assert [problem.code for problem in document.problems] == ["KP304"]
    assert "表一" in document.problems[0].message()


def test_macros_are_noted(book: openpyxl.Workbook, saved: Saved) -> None:
    book.active.append(["三级指标", "指标值"])
    path = saved(book)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"x")
    assert [note.code for note in read_tables(path).notes] == ["table.macros"]


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'r="B2"', b'r="B200001"', "sheet_far"),
        (b'r="B2"', b'r="XFD2"', "sheet_far"),
        (b'r="B2"', b'r="2B"', "sheet_ref"),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD9"/></mergeCells>',
         "sheet_far"),
        (b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:C90000"/></mergeCells>',
         "sheet_cells"),
        (b"</sheetData>", b"", "xml"),
        (b"<worksheet", b'<!DOCTYPE w [<!ENTITY n "90">]><worksheet', "xml_doctype"),
    ],
)  # fmt: skip
def test_refused_sheets(
    old: bytes, new: bytes, reason: str, book: openpyxl.Workbook, saved: Saved
) -> None:
    for row in (["三级指标", "指标值"], ["a", "1人"]):
        book.active.append(row)
    with pytest.raises(MalformedFileError) as caught:
        read(_changed(saved(book), SHEET, old, new))
    assert caught.value.params["reason"] == reason
    assert caught.value.message("en")


def _archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in {"xl/workbook.xml": b"<x/>", **members}.items():
            archive.writestr(name, data)
    path.write_bytes(made.getvalue())
    return path


@pytest.mark.parametrize(
    ("members", "method", "reason"),
    [
        ({f"a{n}": b"" for n in range(2000)}, zipfile.ZIP_STORED, "zip_members"),
        ({"a": bytes(2_000_000)}, zipfile.ZIP_DEFLATED, "zip_ratio"),
        ({"../a": b"x"}, zipfile.ZIP_STORED, "zip_name"),
        ({"/a": b"x"}, zipfile.ZIP_STORED, "zip_name"),
        ({"a\\b": b"x", "a/b": b"x"}, zipfile.ZIP_STORED, "zip_name"),
    ],
)
def test_refused_archives(
    members: dict[str, bytes], method: int, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(_archive(tmp_path / "a.xlsx", members, method))
    assert caught.value.params["reason"] == reason


def test_inflated_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpieval.readers.archive.MAX_INFLATED", 1000)
    path = _archive(tmp_path / "a.xlsx", {"a": bytes(2000)}, zipfile.ZIP_STORED)
    with pytest.raises(MalformedFileError) as caught:
        read(path)
    assert caught.value.params["reason"] == "zip_size"


def test_damaged_archives(book: openpyxl.Workbook, saved: Saved, tmp_path: Path) -> None:
    data = saved(book).read_bytes()
    middle = len(data) // 2
    for damaged in (data[:-30], b"PK\x03\x04" + bytes(50), data[:middle] + data[middle + 9 :]):
        path = tmp_path / "d.xlsx"
        path.write_bytes(damaged)
        with pytest.raises(MalformedFileError):
            read(path)
    with pytest.raises(MalformedFileError) as caught:
        read(_archive(tmp_path / "e.xlsx", {}))
    assert caught.value.params["reason"] == "workbook"


def test_without_the_library(
    book: openpyxl.Workbook, saved: Saved, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(book)
    for name in [known for known in sys.modules if known.partition(".")[0] == "openpyxl"]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delitem(sys.modules, "kpieval.readers.xlsx", raising=False)
    monkeypatch.delattr("kpieval.readers.xlsx", raising=False)
    with pytest.raises(MissingExtraError) as caught:
        read(path)
    assert 'pip install "kpieval[office]"' in caught.value.message()
    assert "openpyxl" in caught.value.message("en")


def test_the_unit_of_funds_may_stand_in_their_header(book: openpyxl.Workbook, saved: Saved) -> None:
    for row in (
        ["项目名称", "校舍维修"],
        ["项目资金", None, "年初预算数（万元）", "全年预算数（万元）", "全年执行数（万元）"],
        [None, "年度资金总额", 90, 100, 50],
        ["一级指标", "二级指标", "三级指标", "指标值", "实际完成值"],
        ["产出指标", "数量指标", "维修栋数", "≥3栋", 3],
    ):
        book.active.append(row)
    document = read_tables(saved(book))
    (project,) = document.projects
    assert project.budget == money("1000000")
    assert [entry.value for entry in document.actuals.entries if entry.name == "全年执行数"] == [
        "50万元"
    ]


WRITTEN = b'<c r="B2" t="n"><v>77</v></c>'
PICTURE_IN_CELL = '<c r="B2" t="e" vm="1"><v>#VALUE!</v></c>'
PICTURE_OF_WPS = '<c r="B2" t="str"><f>_xlfn.DISPIMG("ID_1",1)</f><v>=DISPIMG("ID_1",1)</v></c>'


@pytest.mark.parametrize("cell", [PICTURE_IN_CELL, PICTURE_OF_WPS])
def test_a_picture_in_a_cell_is_refused_and_never_blank(
    cell: str, book: openpyxl.Workbook, saved: Saved
) -> None:
    for row in (["三级指标", "指标值", "实际完成值"], ["a", 77, "5人"]):
        book.active.append(row)
    path = _changed(saved(book), "xl/worksheets/sheet1.xml", WRITTEN, cell.encode())
    (found,) = read_tables(path).projects[0].indicators
    assert found.text == OBJECT
    with pytest.raises(ForbiddenCharacterError):
        parse_target(found.text)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (27, "2024年12月"),
        (31, "2024-12-31"),
        (57, "2024年12月"),
        (58, "12月31日"),
        (14, "2024-12-31"),
    ],
)
def test_a_date_format_that_a_chinese_program_knows_by_number(
    number: int, shown: str, book: openpyxl.Workbook, saved: Saved
) -> None:
    for row in (["三级指标", "指标值"], ["a", 45657]):
        book.active.append(row)
    book.active["B2"].number_format = "0.00"
    path = _changed(saved(book), "xl/styles.xml", b'numFmtId="2"', f'numFmtId="{number}"'.encode())
    (found,) = read_tables(path).projects[0].indicators
    assert found.text == shown
