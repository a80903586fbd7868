"""OpenDocument spreadsheets: the texts on the screen, repeats, merged and hidden cells, bombs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import makers
import pytest

from kpieval.errors import MalformedFileError
from kpieval.readers import odsform, read, read_tables

Write = Callable[[str, "str | bytes"], Path]
HEAD = makers.ods_row("一级指标", "三级指标", "指标值")
ROW = makers.ods_row("产出指标", "甲", "≥90%")


def _sheet(rows: str, name: str = "表一", more: str = "") -> str:
    return f'<table:table table:name="{name}"{more}>{rows}</table:table>'


def _cell(inside: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{inside}</table:table-cell>"


def _row(cell: str) -> str:
    return f"<table:table-row>{_cell('<text:p>产出指标</text:p>')}{_cell('<text:p>甲</text:p>')}{cell}</table:table-row>"


@pytest.mark.parametrize(
    ("cell", "text", "notes"),
    [
        (_cell("<text:p>95.3%</text:p>", 'office:value-type="percentage" office:value="0.953"'), "95.3%", []),
        (_cell("", 'office:value-type="percentage" office:value="0.953"'), "95.3%", ["table.shown"]),
        (_cell("", 'office:value-type="float" office:value="3"'), "3", ["table.shown"]),
        (_cell("", 'office:value-type="date" office:date-value="2024-12-31T00:00:00"'), "2024-12-31", ["table.shown"]),
        (_cell("<text:p>(5)</text:p>", 'office:value-type="float" office:value="-5"'), "-5", ["table.negative"]),
        (_cell("<text:p>5%</text:p>", 'office:value-type="percentage" office:value="-0.05"'), "-5%", ["table.negative"]),
        (_cell("<text:p>-5%</text:p>", 'office:value-type="percentage" office:value="-0.05"'), "-5%", []),
        (_cell("<text:p>90%</text:p>", 'office:value-type="percentage" office:value="0.8996"'), "90%", ["table.shown"]),
        (_cell("<text:p>27千元</text:p>", 'office:value-type="float" office:value="27100"'), "27千元", ["table.shown"]),
        (_cell("<text:p>1,200.50元</text:p>", 'office:value-type="currency" office:value="1200.5"'), "1,200.50元", []),
        (_cell("<text:p>达标</text:p>", 'office:value-type="float" office:value="1"'), "达标", ["table.shown"]),
        (_cell("<text:p>0.3</text:p>", 'office:value-type="float" office:value="0.30000000000000004"'), "0.3", []),
        (_cell("<text:p>5</text:p>", 'office:value-type="float" office:value="1e999999999"'), "5", ["table.shown"]),
        (_cell("<text:p>1E+5</text:p>", 'office:value-type="float" office:value="100000"'), "1E+5", []),
        (_cell("<text:p>2024年9月</text:p>", 'office:value-type="date" office:date-value="2024-09-28"'), "2024年9月", ["table.shown"]),
        (_cell("<text:p>2024/9/28</text:p>", 'office:value-type="date" office:date-value="2024-09-28T00:00:00"'), "2024/9/28", []),
        (_cell("<text:p>8:30</text:p>", 'office:value-type="date" office:date-value="2024-09-28T08:30:00"'), "8:30", ["table.shown"]),
        (_cell("<text:p>一</text:p><text:p>二<text:line-break/>三</text:p>"), "一\n二\n三", []),
        (_cell('<text:p>≥<text:s text:c="2"/>9<text:span>0</text:span>%</text:p>'), "≥  90%", []),
        (_cell('<text:p>20m<text:span text:style-name="T1">2</text:span></text:p>'), "20m²", ["word.raised"]),
        (_cell("<office:annotation><text:p>旁注</text:p></office:annotation><text:p>≥1</text:p>"), "≥1", []),
        (_cell("<text:p>=100%</text:p>"), "=100%", []),
        (_cell("<text:p>≥<text:tab/>90%</text:p>"), "≥\t90%", []),
        (_cell("", 'office:value-type="percentage" office:value="九成"'), "九成", ["table.shown"]),
        (_cell("<text:p>≥1</text:p>", 'table:number-columns-repeated="many"'), "≥1", []),
    ],
)  # fmt: skip
def test_what_a_cell_shows(cell: str, text: str, notes: list[str], write: Write) -> None:
    styles = '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    (project,) = read(write("a.xlsx", makers.ods(_sheet(HEAD + _row(cell)), styles=styles)))
    (row,) = project.indicators
    assert row.text == text
    assert [note.code for note in row.notes] == notes


NAMED = """<office:document-styles xmlns:office="o" xmlns:style="s"><office:styles>
<style:style style:name="Gone" style:family="table-cell"><style:text-properties style:text-line-through-style="solid"/></style:style>
</office:styles></office:document-styles>"""
STYLES = """
<style:style style:name="up" style:family="text"><style:text-properties style:text-line-through-type="none" style:text-position="33% 58%"/></style:style>
<style:style style:name="low" style:family="text"><style:text-properties style:text-position="-8% 58%"/></style:style>
<style:style style:name="gone" style:family="text"><style:text-properties style:text-line-through-type="single" style:text-position="0% 100%"/></style:style>
<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="Gone"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="ce2" style:family="table-cell" style:parent-style-name="Gone"><style:text-properties style:text-line-through-style="none"/></style:style>
"""
STRUCK = 'table:style-name="ce1"'


def _span(style: str, text: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


@pytest.mark.parametrize(
    ("cell", "text", "notes"),
    [
        (_cell(f"<text:p>≥10{_span('up', '4')}次</text:p>"), "≥10⁴次", ["word.raised"]),
        (_cell(f"<text:p>≥10{_span('low', '4')}次</text:p>"), "≥10₄次", ["word.raised"]),
        (_cell(f"<text:p>{_span('gone', '80')}90%</text:p>"), "90%", ["word.struck"]),
        (_cell("<text:p>90%</text:p>", STRUCK), "", ["word.struck"]),
        (_cell(f"<text:p>80{_span('up', '90%')}</text:p>", STRUCK), "⁹⁰%", ["word.struck", "word.raised"]),
        (_cell("<text:p>90%</text:p>", 'table:style-name="ce2"'), "90%", []),
        (_cell("<text:p>#N/A</text:p>", f'{STRUCK} table:formula="of:=NA()"'), "", ["word.struck"]),
        (_cell("", f'{STRUCK} office:value-type="float" office:value="3"'), "", ["table.shown", "word.struck"]),
    ],
)  # fmt: skip
def test_text_that_is_struck_or_moved(cell: str, text: str, notes: list[str], write: Write) -> None:
    """Made up, with styles as LibreOffice writes them."""
    parts = {"styles.xml": NAMED.encode()}
    data = makers.ods(_sheet(HEAD + _row(cell)), styles=STYLES, parts=parts)
    (row,) = read(write("a.ods", data))[0].indicators
    assert row.text == text
    assert [note.code for note in row.notes] == notes
    assert row.problems == ()


def test_rows_and_columns_in_a_struck_style(write: Write) -> None:
    """Made up: cells without a style of their own have that of their row or column."""
    column = '<table:table-column table:number-columns-repeated="2"/><table:table-column table:default-cell-style-name="ce1"/>'
    gone = ROW.replace(
        "<table:table-row>", '<table:table-row table:default-cell-style-name="Gone">'
    )
    own = _row(_cell("<text:p>≥3</text:p>", 'table:style-name="ce2"'))
    sheet = _sheet(
        column
        + HEAD.replace("<table:table-cell", '<table:table-cell table:style-name="ce2"')
        + gone
        + ROW
        + own
    )
    data = makers.ods(sheet, styles=STYLES, parts={"styles.xml": NAMED.encode()})
    document = read_tables(write("a.ods", data))
    assert [row.text for row in document.projects[0].indicators] == ["", "≥3"]
    (told,) = [note for note in document.notes if note.code == "table.struck_rows"]
    assert told.message().endswith("第 2 行")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        (_cell("<text:p>#DIV/0!</text:p>", 'office:value-type="string" calcext:value-type="error"'), "error_value"),
        (_cell("<text:p>#N/A</text:p>", 'office:value-type="string" table:formula="of:=NA()"'), "error_value"),
        (_cell("", 'table:formula="of:=[.A1]"'), "no_result"),
    ],
)  # fmt: skip
def test_cells_without_a_value(cell: str, reason: str, write: Write) -> None:
    (project,) = read(write("a.ods", makers.ods(_sheet(HEAD + _row(cell)))))
    (row,) = project.indicators
    assert row.text == ""
    assert [fault.params["reason"] for fault in row.problems] == [reason]


def test_merged_and_repeated_cells(write: Write) -> None:
    merged = _cell("<text:p>产出指标</text:p>", 'table:number-rows-spanned="2"')
    twice = _cell("<text:p>≥1</text:p>", 'table:number-columns-repeated="2"')
    first = f"<table:table-row>{merged}{twice}</table:table-row>"
    covered = "<table:covered-table-cell><text:p>旧</text:p></table:covered-table-cell>"
    second = f'<table:table-row table:visibility="collapse">{covered}{_cell("<text:p>乙</text:p>")}{_cell("<text:p>≥2</text:p>")}</table:table-row>'
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    column = '<table:table-column table:visibility="collapse"/>'
    document = read_tables(
        write("a.ods", makers.ods(_sheet(column + HEAD + first + second + empty)))
    )
    rows = [(r.level1, r.name, r.text) for r in document.projects[0].indicators]
    assert rows == [("产出指标", "≥1", "≥1"), ("产出指标", "乙", "≥2")]
    assert {"table.hidden_rows", "table.hidden_columns"} <= {n.code for n in document.notes}


def test_what_floats_over_the_cells_is_told(write: Write) -> None:
    """Made up: a frame at the sheet, and a shape that a cell holds, whose text is none of its own."""
    frame = "<table:shapes><draw:frame xmlns:draw='d'><draw:image/></draw:frame></table:shapes>"
    shape = "<draw:custom-shape xmlns:draw='d'><text:p>≥80%</text:p></draw:custom-shape>"
    own = _row(_cell(f"{shape}<text:p>≥90%</text:p>"))
    document = read_tables(write("a.ods", makers.ods(_sheet(frame + HEAD + own))))
    assert [row.text for row in document.projects[0].indicators] == ["≥90%"]
    (told,) = [note for note in document.notes if note.code == "table.floating"]
    assert dict(told.params)["n"] == 2 or dict(told.params)["n"] == "2"


def test_sheets_hidden_linked_and_nested(write: Write) -> None:
    style = (
        '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>'
    )
    kept = _sheet("<table:table-source/>" + HEAD + ROW, "'file:///x.ods'#$表")
    nested = _row(_cell(f"<text:p>≥2</text:p>{_sheet(HEAD + ROW)}"))
    changes = f"<table:tracked-changes>{_sheet(HEAD + ROW)}</table:tracked-changes>"
    whole = changes + kept + _sheet(HEAD + nested, "一", ' table:style-name="h"')
    document = read_tables(write("a.ods", makers.ods(whole, styles=style)))
    assert [row.text for p in document.projects for row in p.indicators] == ["≥2"]
    assert "table.hidden_sheet" in {note.code for note in document.notes}


def test_cells_and_rows_in_odd_places(write: Write) -> None:
    """Made up: no program writes them; what is sound beside them is read."""
    lone = _cell("<text:p>孤</text:p>")
    twice = f"<table:table-row>{_row(_cell('<text:p>≥2</text:p>'))}</table:table-row>"
    inner = _row(_cell(f"<text:p>≥3{_cell('八')}</text:p>"))
    (project,) = read(write("a.ods", makers.ods(_sheet(HEAD + lone + twice + inner + ROW))))
    assert [row.text for row in project.indicators][0::2] == ["≥2", "≥90%"]


def test_a_style_that_is_based_on_itself(write: Write) -> None:
    style = (
        '<style:style style:name="ce1" style:family="table-cell" style:parent-style-name="ce1">'
        '<style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:default-style style:family="table-cell">'
        '<style:text-properties style:text-position="super 58%"/></style:default-style>'
    )
    gone = _row(_cell("<text:p>≥80%</text:p><text:p>≥90%</text:p>", STRUCK))
    (project,) = read(write("a.ods", makers.ods(_sheet(HEAD + gone), styles=style)))
    assert [(row.name, row.text) for row in project.indicators] == [("甲", "")]


def test_macros_are_noted(write: Write) -> None:
    data = makers.ods(_sheet(HEAD + ROW), parts={"Basic/Standard/x.xml": b"<x/>"})
    assert "table.macros" in {note.code for note in read_tables(write("a.ods", data)).notes}


# --- made to hurt ----------------------------------------------------------------------------


def _reason(path: Path) -> object:
    with pytest.raises(MalformedFileError) as caught:
        read(path)
    return caught.value.params["reason"]


def test_repeats_beyond_the_table(write: Write) -> None:
    many = ROW.replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="99999999">'
    )
    assert _reason(write("a.ods", makers.ods(_sheet(HEAD + many)))) == "sheet_far"
    wide = _row(_cell("<text:p>x</text:p>", 'table:number-columns-repeated="16000"'))
    assert _reason(write("b.ods", makers.ods(_sheet(HEAD + wide)))) == "sheet_far"
    tall = _row(_cell("<text:p>x</text:p>", 'table:number-rows-spanned="99999999"'))
    assert _reason(write("c.ods", makers.ods(_sheet(HEAD + tall)))) == "sheet_cells"


def test_too_many_cells(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(odsform, "MAX_CELLS", 5)
    assert _reason(write("a.ods", makers.ods(_sheet(HEAD + ROW)))) == "sheet_cells"


def test_a_document_type_and_a_password(write: Write) -> None:
    kind = '<!DOCTYPE x [<!ENTITY n "90">]>'
    assert _reason(write("a.ods", makers.ods(_sheet(HEAD + ROW), head=kind))) == "xml_doctype"
    locked = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    assert _reason(write("b.ods", makers.ods(_sheet(HEAD + ROW), parts=locked))) == "password"


def test_a_bomb(write: Write) -> None:
    rows = HEAD + "<table:table-row/>" * 500_000
    assert _reason(write("a.ods", makers.ods(_sheet(rows)))) == "zip_ratio"


def test_deep_nesting(write: Write) -> None:
    deep = "<table:table>" * 50_000 + "</table:table>" * 50_000
    random = "".join(f"<!--{hash(('x', n)) & 0xFFFFFFFF:x}-->" for n in range(6000))
    (project,) = read(write("a.ods", makers.ods(_sheet(HEAD + ROW + deep) + random)))
    assert [row.text for row in project.indicators] == ["≥90%"]


def test_no_xml(write: Write) -> None:
    assert _reason(write("a.ods", makers.ods("<table:table>"))) == "xml"
