""".xls and .xlsb: values as shown, merged and hidden cells, errors, damage; python-calamine in a child."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import makers
import pytest

pytest.importorskip("python_calamine")
pytest.importorskip("openpyxl")

from kpieval.children.running import ChildFault
from kpieval.errors import FileError, MalformedFileError, MissingExtraError
from kpieval.readers import biff, oldsheets, read, read_tables
from kpieval.readers.compound import Compound

Write = Callable[[str, "str | bytes"], Path]
HEADER = ["一级指标", "三级指标", "指标值", "实际完成值"]


def _values(path: Path) -> list[tuple[str, str]]:
    return [(entry.name, entry.value) for entry in read_tables(path).actuals.entries]


def test_values_as_the_screen_shows_them(write: Write) -> None:
    rows: list[list[makers.Value]] = [
        [*HEADER],
        ["产出指标", "合格率", "≥90%", (0.953, "0.0%")],
        ["", "到位率", (1, "0%"), (27000.0, "#,##0.00")],
        ["", "栋数", 3.0, (45657, 'yyyy"年"m"月"')],
    ]
    path = write("a.et", makers.xls(rows))
    (project,) = read(path)
    assert [(r.level1, r.text) for r in project.indicators] == [
        ("产出指标", "≥90%"),
        ("产出指标", "100%"),
        ("产出指标", "3"),
    ]
    assert _values(path) == [("合格率", "95.3%"), ("到位率", "27000"), ("栋数", "2024年12月")]
    notes = [note.code for row in project.indicators for note in row.notes]
    assert notes == ["table.shown", "table.shown", "table.shown"]
    assert str(project.indicators[0].place).endswith("a.et[表一]:2")


def test_a_negative_number_keeps_its_minus(write: Write) -> None:
    """Made up: Excel's own formats show a colour or brackets instead."""
    rows: list[list[makers.Value]] = [
        [*HEADER],
        ["产出指标", "收益", "≥-6万元", (-5.0, "#,##0_);(#,##0)")],
        ["", "增长率", "≥-6%", (-0.05, "0%;[Red]0%")],
    ]
    path = write("a.xls", makers.xls(rows))
    assert _values(path) == [("收益", "-5"), ("增长率", "-5%")]
    notes = [note.code for row in read(path)[0].indicators for note in row.notes]
    assert notes == ["table.negative", "table.negative"]


def test_merged_hidden_and_wrong_cells(write: Write) -> None:
    rows: list[list[makers.Value]] = [
        [*HEADER],
        ["产出指标", "甲", "≥1", "1"],
        ["", "乙", "#DIV/0!", "2"],
    ]
    row = makers.record(0x0208, struct.pack("<HHHHHHI", 2, 0, 4, 255, 0, 0, 0x20))
    column = makers.record(0x007D, struct.pack("<HHHHH", 3, 3, 2000, 0, 1))
    tail = makers.merged(1, 2, 0, 0) + makers.merged(1, 2, 3, 3) + row + column
    document = read_tables(write("a.xls", makers.xls(rows, hidden=True, tail=tail)))
    first, second = document.projects[0].indicators
    assert second.level1 == "产出指标"
    assert second.text == ""
    assert [str(fault.params["found"]) for fault in second.problems] == ["#DIV/0!"]
    assert "table.merged_value" in {note.code for note in second.notes}
    assert first.problems == ()
    hidden = {"table.hidden_sheet", "table.hidden_rows", "table.hidden_columns"}
    assert hidden <= {note.code for note in document.notes}


@pytest.mark.parametrize(("flags", "height", "noted"), [(0, 0, False), (8, 0, True), (0, 1, True)])
def test_fonts_that_change_what_is_read_are_told(
    flags: int, height: int, noted: bool, write: Write
) -> None:
    """Made up: which text they are of is not told, so the workbook is noted as a whole."""
    data = makers.xls([[*HEADER], ["产出指标", "甲", "≥1", "1"]])
    font = makers.record(0x0031, struct.pack("<HHHHHBBBBBB", 200, flags, 0, 400, height, *bytes(6)))
    # Of the same length as the record of the first style, which the sheet does not need.
    style = makers.record(0x00E0, struct.pack("<HH16x", 0, 0))
    assert data.count(style) == 1
    changed = data.replace(
        style,
        font.ljust(len(style), b"\0")[:2] + style[2:4] + font[4:].ljust(len(style) - 4, b"\0"),
    )
    document = read_tables(write("a.xls", changed))
    assert ("table.fonts_unread" in {note.code for note in document.notes}) == noted


def test_numbers_without_a_known_format_are_noted(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(biff, "scan", lambda _: biff.BookFormats())
    (project,) = read(write("a.xls", makers.xls([[*HEADER], ["", "甲", 0.9, ""]])))
    (row,) = project.indicators
    assert row.text == "0.9"
    assert [note.code for note in row.notes] == ["table.format_unknown"]


def _xlsb(far: int = 1) -> bytes:
    """A workbook of one sheet: a header, and a row with a number at ``far``, from 0."""

    def record(kind: int, body: bytes = b"") -> bytes:
        coded = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return coded + bytes([len(body)]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    sheet = record(129) + record(148, struct.pack("<IIII", 0, far, 0, 1)) + record(145)
    rows: list[list[str | float]] = [["三级指标", "指标值"], ["合格率", 0.9]]
    for at, cells in enumerate(rows):
        sheet += record(0, struct.pack("<II", far if at else 0, 0) + bytes(17))
        for place, cell in enumerate(cells):
            head = struct.pack("<II", place, 0)
            if isinstance(cell, str):
                sheet += record(6, head + wide(cell))
            else:
                sheet += record(5, head + struct.pack("<d", cell))
    sheet += record(146) + record(130)
    book = record(131) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("表")) + record(144)
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{relation}" Target="worksheets/sheet1.bin"/></Relationships>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("xl/workbook.bin", book + record(132))
        archive.writestr("xl/_rels/workbook.bin.rels", links)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return made.getvalue()


def test_xlsb(write: Write) -> None:
    (project,) = read(write("a.xls", _xlsb()))
    (row,) = project.indicators
    assert (row.name, row.text) == ("合格率", "0.9")
    assert [note.code for note in row.notes] == ["table.format_unknown"]


def test_far_cells(write: Write) -> None:
    for rows in ([["x"] * 201], [["x"]] * 3):
        limits = pytest.MonkeyPatch()
        limits.setattr(oldsheets, "MAX_ROWS", 2)
        with limits.context(), pytest.raises(MalformedFileError) as caught:
            read(write("a.xls", makers.xls(rows)))
        limits.undo()
        assert caught.value.params["reason"] == "sheet_far"


@pytest.mark.parametrize("far", [250_000, 1_048_575])
def test_a_far_row_ends_the_child_or_is_refused(far: int, write: Write) -> None:
    """The library makes every row down to the last; memory is that of the child."""
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.xlsb", _xlsb(far)))
    assert caught.value.params["reason"] in ("sheet_far", "child_died", "workbook")


def test_too_many_cells(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oldsheets, "MAX_CELLS", 7)
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.xls", makers.xls([[*HEADER], ["", "甲", "1", ""]])))
    assert caught.value.params["reason"] == "sheet_cells"


@pytest.mark.parametrize("key", ["child_slow", "child_died", "child_start"])
def test_a_child_that_fails_is_an_error_with_a_code(
    key: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask(*_: object, **__: object) -> None:
        raise ChildFault(key, seconds="60", status="-6", detail="x")

    monkeypatch.setattr(oldsheets, "ask", ask)
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.xls", makers.xls([[*HEADER]])))
    assert caught.value.params["reason"] == key
    assert caught.value.message("zh") and caught.value.message("en")


def test_the_extra_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise ImportError(name="python_calamine")

    monkeypatch.setattr(oldsheets, "ask", ask)
    with pytest.raises(MissingExtraError) as caught:
        read(write("a.xls", makers.xls([[*HEADER]])))
    assert caught.value.params == {"extra": "office", "library": "python-calamine"}


def test_a_password(write: Write) -> None:
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.xlsx", makers.compound(EncryptedPackage=b"x")))
    assert caught.value.params["reason"] == "password"


@pytest.mark.parametrize("at", range(0, 7000, 450))
def test_damaged_files(at: int, write: Write) -> None:
    """Whatever is damaged, it reads or is refused with a code."""
    data = bytearray(makers.xls([[*HEADER], ["产出指标", "甲", "≥90%", (0.5, "0%")]]))
    data[at : at + 60] = b"\xff" * 60
    try:
        read(write("a.xls", bytes(data)))
    except FileError as error:
        assert error.message("zh") and error.message("en")


def test_a_compound_file_whose_chains_go_in_circles() -> None:
    data = bytearray(makers.compound(Workbook=b"a" * 5000))
    # The table of sectors: every sector is followed by itself.
    for sector in range(1, 12):
        data[512 + 4 * sector : 516 + 4 * sector] = struct.pack("<I", sector)
    book = Compound(bytes(data))
    assert len(book.stream("Workbook")) <= len(data)
    assert Compound(b"\xd0\xcf\x11\xe0").entries == {}


def test_short_streams_lie_in_the_root() -> None:
    """A stream of few bytes stands in small pieces of the root's own stream."""
    data = bytearray(
        makers.compound(Mini=b"abcdefgh" * 16, Table=struct.pack("<III", 2, 0xFFFFFFFE, 1))
    )
    # Sectors 2.. hold Mini, 10.. the table of small pieces; the root's stream is that of Mini.
    root = 512 * 2
    data[root + 116 : root + 124] = struct.pack("<II", 2, 4096)
    data[60:64] = struct.pack("<I", 10)
    data[root + 128 + 116 : root + 128 + 124] = struct.pack("<II", 0, 100)
    made = Compound(bytes(data)).stream("Mini")
    assert made == b"abcdefgh" * 8 + bytes(36)
