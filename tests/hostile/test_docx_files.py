"""Word files that are made to harm, at each limit of their reader: refused, with a reason."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest

pytest.importorskip("lxml")

from docxmaker import HEADER, SPACES, cell, document, docx, packed, par, row, run, table

from kpieval.errors import MalformedFileError
from kpieval.readers import docx as docxform
from kpieval.readers.docx import cells, inline, package, tables

TABLE = table(row(*HEADER), row("产出指标", "数量指标", "甲", "≥1次"))


def refused(data: bytes) -> str:
    """The reason for which a file is refused."""
    with pytest.raises(MalformedFileError) as caught:
        docxform.read(data, "t.docx")
    assert caught.value.message("zh")
    assert caught.value.message("en")
    return str(caught.value.params["reason"])


def test_a_bomb_of_attributes() -> None:
    data = docx("".join(f'<w:p w:a="{n}"/>' for n in range(400_000)) + "<w:p/>" * 300)
    assert docxform.read(data, "t.docx").grids == ()
    many = " ".join(f'a{n}="{n}"' for n in range(package.MAX_ELEMENTS + 1))
    assert refused(docx(f"<w:p {many}/>")) == "docx_elements"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "docProps/app.xml"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_in_any_part(part: str, encoding: str) -> None:
    main = document(TABLE.replace("≥1次", "≥&amp;n;%"))
    declared = f'<!DOCTYPE w:document [<!ENTITY n "90">]><w:x {SPACES}/>'
    parts: dict[str, str | bytes] = {"word/document.xml": main}
    parts[part] = declared.encode(encoding)
    assert refused(packed(parts)) == "xml_doctype"


def test_a_document_type_in_an_encoding_that_hides_it() -> None:
    # UTF-7 spells "<" otherwise; the parser that may know it says what it found.
    declared = '<?xml version="1.0" encoding="IBM037"?><!DOCTYPE a [<!ENTITY n "9">]><a/>'
    data = packed({"word/document.xml": declared.encode("cp037")})
    assert refused(data) in ("xml", "xml_doctype")


def test_an_entity_that_is_not_declared() -> None:
    assert refused(docx(table(row(*HEADER), row("", "", "甲", cell(par(run("≥&n;%"))))))) == "xml"


def nested(depth: int) -> str:
    """Tables in tables."""
    made = TABLE
    for _ in range(depth):
        made = table(row(cell(made + par())))
    return made


def test_tables_nested_too_deep() -> None:
    assert docxform.read(docx(nested(cells.MAX_NESTED - 1)), "t.docx").grids
    assert refused(docx(nested(cells.MAX_NESTED + 1))) == "docx_deep"


@pytest.mark.parametrize(
    "wrap", ["w:ins", "w:smartTag", "w:hyperlink", "w:bdo", "w:fldSimple", "m:oMath", "m:box"]
)
def test_text_nested_too_deep(wrap: str) -> None:
    def deep(depth: int) -> bytes:
        inside = f"<{wrap}>" * depth + run("甲") + f"</{wrap}>" * depth
        math = f"<m:oMath>{inside}</m:oMath>" if wrap == "m:box" else inside
        return docx(table(row(*HEADER), row("", "", cell(par(math)), "1")))

    assert docxform.read(deep(20), "t.docx").grids[0].rows[1].cells[2] == "甲"
    assert refused(deep(inline.MAX_DEPTH + 1)) == "docx_deep"


def test_elements_nested_beyond_the_parser() -> None:
    assert refused(docx("<w:sdt>" * 400 + "</w:sdt>" * 400)) == "xml"


def test_blocks_nested_too_deep() -> None:
    wrapped = "<w:customXml>" * 12 + par(run("甲")) + "</w:customXml>" * 12
    assert refused(docx(wrapped)) == "docx_deep"


@pytest.mark.parametrize("span", ["201", "999999999"])
def test_a_cell_that_spans_too_many_columns(span: str) -> None:
    wide = cell("甲", f'<w:gridSpan w:val="{span}"/>')
    assert refused(docx(table(row(wide)))) == "columns"
    late = f'<w:gridBefore w:val="{span}"/>'
    assert refused(docx(table(row("甲", properties=late)))) == "columns"


def test_too_many_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_CELLS", 7)
    assert refused(docx(TABLE)) == "docx_cells"


@pytest.mark.parametrize("number", ["99999999999999999999", "-1", "x", "", "１", "999999999"])
def test_absurd_numbers_harm_nothing(number: str) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="7"><w:lvl w:ilvl="0">'
        f'<w:start w:val="{number}"/><w:numFmt w:val="lowerLetter"/>'
        f'<w:lvlText w:val="{"%1" * 5000}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    )
    item = f'<w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr>'
    span = f'<w:gridSpan w:val="{number if len(number) != 9 else 1}"/>'
    content = par(run("甲"), properties=item) + par(
        run("乙"), properties='<w:numPr><w:numId w:val="1"/></w:numPr>'
    )
    data = docx(table(row(*HEADER), row("", "", cell(content, span), "1")), numbering=numbering)
    (grid,) = docxform.read(data, "t.docx").grids
    assert "甲" in grid.rows[1].cells[2]
    assert len(grid.rows[1].cells[2]) < 150


def test_styles_that_stand_on_each_other() -> None:
    styles = "".join(
        f'<w:style w:type="character" w:styleId="S{n}"><w:basedOn w:val="S{(n + 1) % 5}"/></w:style>'
        for n in range(5)
    )
    data = docx(
        table(row(*HEADER), row("", "", "甲", cell(par(run("1", '<w:rStyle w:val="S0"/>'))))),
        styles=styles,
    )
    assert docxform.read(data, "t.docx").grids[0].rows[1].cells[3] == "1"


@pytest.mark.parametrize("main", ["<w:document/>", "", "<x/>", f"<w:document {SPACES}/>"])
def test_no_document(main: str) -> None:
    assert refused(packed({"word/document.xml": main})) in ("xml", "docx_body")


def test_two_bodies() -> None:
    main = document(TABLE).replace("<w:body>", "<w:body/><w:body>")
    assert refused(packed({"word/document.xml": main})) == "docx_body"


def test_a_damaged_archive() -> None:
    data = docx(TABLE)
    assert refused(data[: len(data) // 2]) == "zip"
    stream = BytesIO(data)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("../evil", "x")
    assert refused(stream.getvalue()) == "zip_name"


def test_nothing_outside_is_followed() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/styles" Target="file:///etc/passwd" TargetMode="External"/>'
        '<Relationship Id="r2" Type="x/numbering" Target="../../../etc/passwd"/></Relationships>'
    )
    data = packed({"word/document.xml": document(TABLE), "word/_rels/document.xml.rels": relations})
    assert len(docxform.read(data, "t.docx").grids[0].rows) == 2
