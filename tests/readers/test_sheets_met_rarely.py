"""Sheets that are met rarely: old records, odd moments, relations and sizes that lead nowhere."""

from __future__ import annotations

import datetime as dt
import struct
from types import SimpleNamespace

import makers
import pytest

pytest.importorskip("python_calamine")
pytest.importorskip("openpyxl")

import python_calamine

from kpieval.children import answering, sheets
from kpieval.errors import MalformedFileError
from kpieval.readers import biff, oldsheets, shown, spans
from kpieval.readers.compound import Compound

# --- .xls ----------------------------------------------------------------------------------------


def _formats(*records: bytes, form: bytes = b"") -> biff.BookFormats:
    """The formats of a book of one sheet with these records."""
    head = makers.record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)) + form
    name = makers.record(0x0085, struct.pack("<IBBBB", 0, 0, 0, 2, 1) + "表一".encode("utf-16-le"))
    start = len(head) + len(name) + 4
    name = makers.record(
        0x0085, struct.pack("<IBBBB", start, 0, 0, 2, 1) + "表一".encode("utf-16-le")
    )
    sheet = makers.record(0x0809, struct.pack("<HHHHII", 0x0600, 16, 0, 0, 0, 0))
    stream = head + name + makers.record(0x0A) + sheet + b"".join(records)
    return biff.scan(Compound(makers.compound(Workbook=stream + makers.record(0x0A))))


def test_several_numbers_in_one_record() -> None:
    cells = struct.pack("<HH", 1, 2) + struct.pack("<HIHI", 5, 0, 6, 0) + struct.pack("<H", 3)
    (sheet,) = _formats(makers.record(0x00BD, cells)).sheets
    assert sheet.formats == {(1, 2): 5, (1, 3): 6}


def test_formulas_and_truths_are_no_errors() -> None:
    number = makers.record(0x0006, struct.pack("<HHHd8x", 1, 1, 4, 0.5))
    wrong = makers.record(0x0006, struct.pack("<HHHBxBxxxHxx4x", 1, 2, 4, 2, 7, 0xFFFF))
    truth = makers.record(0x0205, struct.pack("<HHHBB", 1, 3, 4, 1, 0))
    (sheet,) = _formats(number, wrong, truth).sheets
    assert sheet.errors == {(1, 2): "#DIV/0!"}
    assert sheet.formats == {(1, 1): 4, (1, 2): 4}


def test_a_record_that_ends_too_early_ends_the_formats() -> None:
    known = makers.record(0x00E0, struct.pack("<HH16x", 0, 9))
    found = _formats(form=known + makers.record(0x0085, b"\0"))
    assert (found.styles, found.sheets) == ([9], [])


def test_a_format_of_excel_5_is_in_the_code_of_its_country() -> None:
    old = makers.record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0))
    text = "0年".encode("gb18030")
    form = makers.record(0x041E, struct.pack("<HB", 164, len(text)) + text)
    stream = old + form + makers.record(0x0A)
    assert biff.scan(Compound(makers.compound(Book=stream))).names == {164: "0年"}
    assert biff.scan(Compound(makers.compound(Other=stream))).names == {}


def test_records_that_are_not_looked_at_and_parts_that_are_shown() -> None:
    form = "0\u00b0".encode("latin-1")
    narrow = makers.record(0x041E, struct.pack("<HHB", 164, len(form), 0) + form)
    other = makers.record(0x003D, bytes(18))
    row = makers.record(0x0208, struct.pack("<HHHHHHI", 2, 0, 4, 255, 0, 0, 0))
    column = makers.record(0x007D, struct.pack("<HHHHH", 3, 3, 2000, 0, 0))
    found = _formats(row, column, form=narrow + other)
    assert found.names == {164: "0°"}
    assert [(sheet.hidden_rows, sheet.hidden_columns) for sheet in found.sheets] == [([], [])]


def test_the_formats_end_with_the_most_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(biff, "_MOST_RECORDS", 2)
    numbers = [makers.record(0x0203, struct.pack("<HHHd", at, 0, 4, 1.0)) for at in range(3)]
    assert [len(sheet.formats) for sheet in _formats(*numbers).sheets] == [1]


def test_a_compound_file_in_circles_is_refused() -> None:
    data = bytearray(makers.compound(Workbook=b"a" * 5000))
    for sector in range(1, 12):
        data[512 + 4 * sector : 516 + 4 * sector] = struct.pack("<I", sector)
    with pytest.raises(MalformedFileError) as caught:
        oldsheets.read(bytes(data), "a.xls")
    assert caught.value.params["reason"] == "chains"


def _answered(monkeypatch: pytest.MonkeyPatch, *rows: list[object]) -> list[tuple[str, ...]]:
    """The cells of a sheet for which the child answers these values."""
    sheet = {"name": "表一", "visible": True, "start": (0, 0), "rows": rows, "merged": []}
    monkeypatch.setattr(oldsheets, "ask", lambda *_, **__: [sheet])
    (grid,) = oldsheets.read(makers.xls([]), "a.xls").grids
    return [row.cells for row in grid.rows]


def test_truths_moments_and_blank_rows_of_old_sheets(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime(2024, 9, 28, 8, 30)
    values = [sheets._told(value) for value in (moment, moment.time(), dt.timedelta(hours=30))]
    assert values[2] == {"seconds": 108_000.0}
    found = _answered(monkeypatch, [True, False, *values], ["", "", ""], ["甲"])
    assert found == [("TRUE", "FALSE", "2024-09-28", "08:30:00", "30:00:00"), ("甲",)]


class _Book:
    """A workbook as the library gives it: a chart, and a sheet in which nothing stands."""

    class _Known:
        def __init__(self, name: str, kind: object) -> None:
            self.name, self.typ = name, kind
            self.visible = python_calamine.SheetVisibleEnum.Visible

    class _Sheet:
        end = start = merged_cell_ranges = None

        def to_python(self, **_: object) -> list[object]:
            return []

    sheets_metadata = (
        _Known("图", python_calamine.SheetTypeEnum.ChartSheet),
        _Known("空", python_calamine.SheetTypeEnum.WorkSheet),
    )

    def get_sheet_by_name(self, name: str) -> _Sheet:
        assert name == "空"
        return self._Sheet()


def test_a_chart_is_no_sheet_and_a_blank_sheet_has_no_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    library = SimpleNamespace(from_filelike=lambda _: _Book())
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", library)
    told = sheets.read(b"", ["9", "9", "9"])
    assert told == [{"name": "空", "visible": True, "start": (0, 0), "rows": [], "merged": []}]


def test_a_password_that_only_the_library_sees(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked(*_: object) -> None:
        raise python_calamine.PasswordError

    library = SimpleNamespace(from_filelike=locked)
    monkeypatch.setattr(python_calamine, "CalamineWorkbook", library)
    with pytest.raises(answering.Refused) as caught:
        sheets.read(b"", ["9", "9", "9"])
    assert caught.value.key == "password"


# --- .xlsx ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text", "code"),
    [
        ("@", "甲", None),
        (";;;", "甲", "table.format_unknown"),
        ('0;0;0;"约"@', "约甲", "table.shown"),
        ("0;0;0;@ @ @", "甲", "table.format_unknown"),
    ],
)
def test_the_format_of_a_text(form: str, text: str, code: str | None) -> None:
    seen, note = shown.text("甲", form, "A1")
    assert (seen, note and note.code) == (text, code)


def test_a_number_format_that_is_not_known() -> None:
    seen, note = shown.number(12.5, "0 0/0", "A1")
    assert (seen, note and note.code) == ("12.5", "table.format_unknown")


def test_a_page_of_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spans, "MAX_CELLS", 5)
    rows = [[spans.Cell("甲"), spans.Cell("乙")]] * 3
    assert len(spans.laid_out(rows[:2], "a.html")) == 2
    with pytest.raises(MalformedFileError) as caught:
        spans.laid_out(rows, "a.html")
    assert (caught.value.params["reason"], caught.value.params["n"]) == ("table_cells", "6")
