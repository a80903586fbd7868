"""Sheets as other programs may write them: their XML given by hand."""

from __future__ import annotations

import io
import zipfile

import pytest

pytest.importorskip("openpyxl")

from kpieval.errors import MalformedFileError
from kpieval.readers import sheetscan, xlsx
from kpieval.readers.grid import Grid

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
STRINGS = (
    "<sst><si><t>甲</t></si>"
    '<si><r><t xml:space="preserve">≥ </t></r><r><rPr><b/></rPr><t>90%</t></r>'
    '<rPh sb="0" eb="1"><t>ふり</t></rPh><phoneticPr/></si>'
    "<si><t>a_x000A_b</t></si><si><t>_x005F_x000A_</t></si></sst>"
)


def workbook(sheet: str, book: str = "", state: str = "visible") -> bytes:
    """A workbook of one sheet."""
    members = {
        "xl/workbook.xml": f'<workbook xmlns:r="{KIND}">{book}<sheets>'
        f'<sheet name="表一" state="{state}" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships><Relationship Id="r1" Type="{KIND}/worksheet"'
        f' Target="worksheets/one.xml"/><Relationship Id="r2" Type="{KIND}/sharedStrings"'
        ' Target="/xl/texts.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/texts.xml": STRINGS,
        "xl/worksheets/one.xml": sheet,
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    return made.getvalue()


def grid(data: str, rest: str = "", book: str = "") -> Grid:
    """The grid of one sheet."""
    sheet = f"<worksheet><sheetData>{data}</sheetData>{rest}</worksheet>"
    (found,) = xlsx.read(workbook(sheet, book), "t.xlsx").grids
    return found


def cells(data: str, rest: str = "", book: str = "") -> list[tuple[str, ...]]:
    return [row.cells for row in grid(data, rest, book).rows]


def test_every_way_to_store_a_value() -> None:
    row = (
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="inlineStr"><is><r><t>内</t></r><r><t>联'
        '</t></r><rPh><t>x</t></rPh></is></c><c r="C1" t="str"><f>A1&amp;B1</f><v> 文 </v></c>'
        '<c r="D1" s="1"><v>0.953</v></c><c r="E1" s="2"><v>45657</v></c><c r="F1" t="b"><v>0</v></c>'
        '<c r="G1" t="d"><v>2024-09-28T00:00:00</v></c><c r="H1"><v>1.50E1</v></c></row>'
    )
    assert cells(row) == [
        ("≥ 90%", "内联", " 文 ", "95.3%", "2024-12-31", "FALSE", "2024-09-28", "15")
    ]


def test_the_first_day_may_be_in_1904() -> None:
    row = '<row><c s="2"><v>44195</v></c></row>'
    assert cells(row, book='<workbookPr date1904="1"/>') == [("2024-12-31",)]


def test_characters_that_are_spelled_out() -> None:
    row = '<row><c t="s"><v>2</v></c><c t="s"><v>3</v></c></row>'
    assert cells(row) == [("a\nb", "_x000A_")]


def test_runs_in_the_cell_itself() -> None:
    """Made up: a raised and a struck run, and one that is only spelled as a mark of runs."""
    raised = '<r><rPr><vertAlign val="superscript"/></rPr><t>4</t></r>'
    struck = '<r><rPr><strike/><vertAlign val="superscript"/></rPr><t>80</t></r>'
    kept = '<r><rPr><strike val="0"/></rPr><t>90_x0000_s</t></r>'
    row = "".join(
        f'<c t="inlineStr"><is>{runs}</is></c>'
        for runs in (f"<r><t>10</t></r>{raised}", struck + kept, "<t>_x0000_s80</t>")
    )
    assert cells(f"<row>{row}</row>") == [("10⁴", "90\ufffds", "\0s80")]


def test_a_prefix_and_places_that_are_left_out() -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c>'
        '<x:c><x:v>2</x:v></x:c></x:row><x:row r="4"><x:c r="B4"><x:v>3</x:v></x:c><x:c><x:v>4'
        "</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    (found,) = xlsx.read(workbook(sheet), "t.xlsx").grids
    assert [(row.number, row.cells) for row in found.rows] == [
        (1, ("甲", "2", "")),
        (4, ("", "3", "4")),
    ]


def test_cells_out_of_order_stand_in_their_place() -> None:
    data = (
        '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row>'
        '<row r="1"><c r="C1"><v>9</v></c><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>'
    )
    found = grid(data)
    assert [(row.number, row.cells) for row in found.rows] == [
        (1, ("2", "", "9")),
        (2, ("3", "4", "")),
    ]
    assert [row.number for row in found.rows[:1]] == [1]
    assert (found.rows[-1].cells, len(found.rows)) == (("3", "4", ""), 2)


def test_under_a_merged_area_the_screen_shows_nothing() -> None:
    data = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c><c r="B2"><f>A1</f></c><c r="C2"><v>6</v></c></row>'
    )
    first, second = grid(data, '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>').rows
    assert (first.cells, first.joined) == (("1", "", "3"), frozenset())
    assert (second.cells, second.joined, second.problems) == (("", "", "6"), frozenset([0]), ())


def test_formulas_without_a_result() -> None:
    data = '<row><c><f>1</f></c><c t="str"><f>1</f><v></v></c><c><f>1</f><v> </v></c><c/></row>'
    (row,) = grid(data).rows
    assert row.cells == ("", "", "", "")
    assert [fault.params["column"] for fault in row.problems] == ["A1", "C1"]


def test_a_number_that_is_no_day() -> None:
    (row,) = grid('<row><c s="2"><v>1e15</v></c><c><v>1</v></c></row>').rows
    assert row.cells == ("", "1")
    assert [fault.params["reason"] for fault in row.problems] == ["error_value"]


def test_hidden_rows_and_runs_of_columns() -> None:
    sheet = (
        '<worksheet><cols><col min="3" max="3" hidden="1"/><col min="5" max="99999" hidden="true"/>'
        '<col min="1" max="2"/></cols><sheetData><row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
        '<row r="3" hidden="1"/></sheetData></worksheet>'
    )
    (found,) = xlsx.read(workbook(sheet, state="veryHidden"), "t.xlsx").grids
    assert [note.code for note in found.notes] == [
        "table.hidden_sheet",
        "table.hidden_rows",
        "table.hidden_columns",
    ]
    assert [dict(note.params) for note in found.notes[1:]] == [
        {"sheet": "表一", "rows": "2"},
        {"sheet": "表一", "columns": "C, E:XFD"},
    ]


@pytest.mark.parametrize(
    "cell",
    [
        '<c t="s"><v>4</v></c>',
        '<c t="s"><v>-1</v></c>',
        '<c t="s"><v>甲</v></c>',
        "<c><v>1_0</v></c>",
        "<c><v>nan</v></c>",
        "<c><v>1e999</v></c>",
        f"<c><v>{'9' * 500}</v></c>",
        '<c s="3"><v>1</v></c>',
        '<c s="x"><v>1</v></c>',
        '<c t="d"><v>yesterday</v></c>',
        '<c t="b"><v>maybe</v></c>',
    ],
)
def test_values_that_are_none(cell: str) -> None:
    with pytest.raises(MalformedFileError) as caught:
        grid(f"<row>{cell}</row>")
    assert caught.value.params["reason"] == "workbook"


def test_numbers_as_long_as_they_may_be() -> None:
    text = "9" * 400
    assert cells(f'<row><c><v>{text}</v></c><c s="1"><v>1e300</v></c></row>')[0][0] == text


@pytest.mark.parametrize("part", ["xl/other.xml", "docProps/app.XML", "xl/worksheets/one.xml"])
def test_a_document_type_in_any_part(part: str) -> None:
    made = io.BytesIO(workbook("<worksheet/>"))
    with zipfile.ZipFile(made) as file:
        members = {name: file.read(name) for name in file.namelist()}
    members[part] = b"<!DOCTYPE x><x/>"
    again = io.BytesIO()
    with zipfile.ZipFile(again, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)
    with pytest.raises(MalformedFileError) as caught:
        xlsx.read(again.getvalue(), "t.xlsx")
    assert caught.value.params["reason"] == "xml_doctype"


# --- parts that are missing, and parts that are no sheets ----------------------------------------


def parts(changed: dict[str, str]) -> bytes:
    """The workbook of one sheet with parts changed; a blank one is left out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(SOUND))) as file, zipfile.ZipFile(made, "w") as other:
        known = {name: file.read(name).decode() for name in file.namelist()}
        for name, text in (known | changed).items():
            if text:
                other.writestr(name, text)
    return made.getvalue()


SOUND = '<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>'


def test_a_workbook_without_its_book_or_without_styles() -> None:
    assert xlsx.read(parts({"xl/styles.xml": ""}), "t.xlsx").grids[0].rows[0].cells == ("甲",)
    with pytest.raises(MalformedFileError) as caught:
        xlsx.read(parts({"xl/workbook.xml": ""}), "t.xlsx")
    assert caught.value.params["reason"] == "workbook"


def test_a_chart_of_its_own_is_no_sheet() -> None:
    relations = (
        f'<Relationships><Relationship Id="r0" Type="{KIND}/chartsheet" Target="charts/one.xml"/>'
        f'<Relationship Id="r1" Type="{KIND}/worksheet" Target="worksheets/one.xml"/>'
        f'<Relationship Id="r2" Type="{KIND}/sharedStrings" Target="texts.xml"/></Relationships>'
    )
    book = (
        f'<workbook xmlns:r="{KIND}"><sheets><sheet name="图" r:id="r0"/>'
        '<sheet name="表" r:id="r1"/><sheet name="无" r:id="r9"/></sheets></workbook>'
    )
    data = parts({"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations})
    assert [grid.name for grid in xlsx.read(data, "t.xlsx").grids] == ["表"]


def test_links_of_a_sheet_are_no_drawings() -> None:
    links = (
        f'<Relationships><Relationship Id="r1" Type="{KIND}/hyperlink" Target="http://x.invalid"/>'
        f'<Relationship Id="r2" Type="{KIND}/drawing" Target="../gone.xml"/></Relationships>'
    )
    data = parts({"xl/worksheets/_rels/one.xml.rels": links})
    (found,) = xlsx.read(data, "t.xlsx").grids
    assert (found.rows[0].cells, found.notes) == (("甲",), ())


def test_a_shared_text_of_which_a_part_is_struck_through() -> None:
    texts = "<sst><si><r><rPr><strike/></rPr><t>≥80%</t></r><r><t>≥90%</t></r></si></sst>"
    (row,) = xlsx.read(parts({"xl/texts.xml": texts}), "t.xlsx").grids[0].rows
    assert row.cells == ("≥90%",)
    assert [note.code for note in row.notes] == ["word.struck"]


def test_merged_areas_of_nothing_and_of_one_cell() -> None:
    data = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>'
    areas = '<mergeCells><mergeCell/><mergeCell ref="A1"/><mergeCell ref="A2:A2"/></mergeCells>'
    assert [(row.cells, row.joined) for row in grid(data, areas).rows] == [
        (("1",), frozenset()),
        (("2",), frozenset()),
    ]


def test_more_texts_than_are_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetscan, "_FEW", 1)
    row = "".join(f'<c t="str"><v>{text}</v></c>' for text in "甲乙甲乙")
    assert cells(f"<row>{row}</row>") == [("甲", "乙", "甲", "乙")]


def test_too_many_cells_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetscan, "MAX_CELLS", 2)
    with pytest.raises(MalformedFileError) as caught:
        grid("<row><c><v>1</v></c><c><v>2</v></c><c/></row>")
    assert (caught.value.params["reason"], caught.value.params["n"]) == ("sheet_cells", "3")
