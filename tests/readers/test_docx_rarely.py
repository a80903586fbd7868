"""Word files that are met rarely: parts in odd places, rows in odd wrappings, every list number."""

from __future__ import annotations

import io
import zipfile

import pytest

pytest.importorskip("lxml")

from docxmaker import (
    HEADER,
    INS,
    RELATIONS,
    SPACES,
    cell,
    document,
    docx,
    packed,
    par,
    row,
    run,
    table,
)

from kpieval.errors import MalformedFileError
from kpieval.readers import docx as docxform
from kpieval.readers.docx.counting import numeral

FIRST = row("产出指标", "数量指标", "甲", "≥1次")
SECOND = row("产出指标", "数量指标", "乙", "≥2次")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def texts(data: bytes) -> list[list[tuple[str, ...]]]:
    """The cells of the rows of every grid."""
    return [[line.cells for line in grid.rows] for grid in docxform.read(data, "t.docx").grids]


@pytest.mark.parametrize(
    ("form", "number", "shown"),
    [
        ("decimalZero", 7, "07"),
        ("decimalFullWidth", 12, "１２"),
        ("decimalFullWidth", -1, "-1"),
        ("lowerRoman", 1994, "mcmxciv"),
        ("upperRoman", 4000, "4000"),
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 0, "0"),
        ("upperLetter", 261, "261"),
        ("chineseCounting", 21, "二十一"),
        ("chineseCounting", 105, "一○五"),
        ("chineseCountingThousand", 10_000, "10000"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographDigital", 120, "一二○"),
        ("ideographTraditional", 10, "癸"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("decimalEnclosedCircle", 0, "⓪"),
        ("decimalEnclosedCircle", 21, "㉑"),
        ("decimalEnclosedCircleChinese", 50, "㊿"),
        ("decimalEnclosedCircle", 51, "51"),
        ("decimalEnclosedFullstop", 3, "⒊"),
        ("decimalEnclosedParen", 20, "⒇"),
        ("ideographEnclosedCircle", 10, "㊉"),
        ("numberInDash", 5, "- 5 -"),
        ("none", 5, ""),
    ],
)
def test_the_numbers_of_a_list_are_what_word_shows(form: str, number: int, shown: str) -> None:
    assert numeral(form, number) == shown


def test_a_blank_table_is_nothing() -> None:
    drawn = table(row("", ""), row("", "")) + par() + table(row(*HEADER), FIRST)
    assert texts(docx(drawn))[0][0] == HEADER


def test_a_document_between_the_tables_is_told() -> None:
    sheets = docxform.read(docx('<w:altChunk r:id="r9"/>' + table(row(*HEADER), FIRST)), "t.docx")
    told = [note for grid in sheets.grids for note in grid.notes] + [*sheets.notes]
    assert [(note.code, dict(note.params)["cell"]) for note in told] == [("word.unread", "¶")]


def test_a_title_whose_first_end_was_deleted_is_one_line() -> None:
    ends = f"<w:rPr><w:del {INS}/></w:rPr>"
    title = par(run("2024年校舍维修"), properties=ends) + par(run("绩效目标表"))
    (rows,) = texts(docx(title + table(row(*HEADER), FIRST)))
    assert rows[0] == ("2024年校舍维修绩效目标表",)


def test_a_merge_that_is_tracked_as_a_change() -> None:
    below = cell("", f'<w:cellMerge {INS} w:vMerge="cont" w:vMergeOrig="rest"/>')
    first = row(cell("产出指标", f'<w:cellMerge {INS} w:vMerge="rest"/>'), "数量指标", "甲", "≥1")
    second = row(below, "数量指标", "乙", "≥2")
    grids = docxform.read(docx(table(row(*HEADER), first, second)), "t.docx").grids
    assert [line.cells[0] for line in grids[0].rows] == ["一级指标", "产出指标", ""]
    assert [sorted(line.joined) for line in grids[0].rows[1:]] == [[], [0]]


@pytest.mark.parametrize("wrap", ["customXml", "branch"])
def test_rows_and_cells_in_odd_wrappings(wrap: str) -> None:
    def wrapped(inside: str) -> str:
        if wrap == "customXml":
            return f'<w:customXml w:element="x">{inside}</w:customXml>'
        return f"<mc:AlternateContent><mc:Fallback>{inside}</mc:Fallback></mc:AlternateContent>"

    last = f"<w:tr>{wrapped(cell('产出指标') + cell('数量指标'))}{cell('乙')}{cell('≥2次')}</w:tr>"
    nothing = '<mc:AlternateContent><mc:Choice Requires="new"/></mc:AlternateContent>'
    drawn = table(row(*HEADER), wrapped(FIRST), last, "<w:sdt/>", nothing)
    assert [line[2:] for line in texts(docx(drawn))[0]] == [
        ("三级指标", "指标值"),
        ("甲", "≥1次"),
        ("乙", "≥2次"),
    ]


def test_rows_deleted_from_a_table_in_a_cell_are_told() -> None:
    inner = table(row("≥90%"), row("≥80%", properties=f"<w:del {INS}/>"))
    data = docx(table(row(*HEADER), row("产出指标", "数量指标", "甲", cell(inner + par()))))
    (grid,) = docxform.read(data, "t.docx").grids
    assert grid.rows[1].cells[3] == "≥90%"
    assert "word.deleted_rows" in {note.code for note in grid.notes}


def test_a_main_part_that_is_where_nobody_says() -> None:
    main = document(table(row(*HEADER), FIRST))
    nowhere = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" Target="word/gone.xml" '
        f'Type="{RELATIONS}/officeDocument"/></Relationships>'
    )
    assert texts(packed({"word/document.xml": main, "_rels/.rels": nowhere}))[0][1][2] == "甲"


def test_a_file_that_says_nothing_of_its_parts() -> None:
    data = packed({"word/document.xml": document(table(row(*HEADER), FIRST))})
    bare = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as whole, zipfile.ZipFile(bare, "w") as file:
        file.writestr("word/document.xml", whole.read("word/document.xml"))
    assert texts(bare.getvalue())[0][1][3] == "≥1次"


def test_a_document_type_in_an_encoding_of_four_bytes() -> None:
    part = '<?xml version="1.0" encoding="UTF-32"?><!DOCTYPE a [<!ENTITY n "9">]><a/>'
    with pytest.raises(MalformedFileError) as caught:
        docxform.read(packed({"word/document.xml": part.encode("utf-32")}), "t.docx")
    assert caught.value.params["reason"] in ("xml_doctype", "xml")


def test_a_document_type_in_a_part_that_is_not_called_xml() -> None:
    main = document(table(row(*HEADER), FIRST)).replace(
        "<w:document", '<!DOCTYPE w:document [<!ENTITY n "9">]><w:document', 1
    )
    with pytest.raises(MalformedFileError) as caught:
        docxform.read(packed({"word/document.dat": main}, "word/document.dat"), "t.docx")
    assert caught.value.params["reason"] == "xml_doctype"


def test_marks_of_a_row_that_do_not_belong_there() -> None:
    odd = row("产出指标", "数量指标", "甲", "≥1次", properties="<w:vMerge/><w:vanish/>")
    assert texts(docx(table(row(*HEADER), odd)))[0][1][3] == "≥1次"


def test_styles_that_lie_elsewhere_are_not_fetched() -> None:
    """Made up: the relation to the styles leads out of the file."""
    style = f"<w:styles {SPACES}><w:docDefaults/></w:styles>"
    far = (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" TargetMode="External" '
        f'Type="{RELATIONS}/styles" Target="http://example.invalid/s.xml"/><Relationship Id="r2" '
        f'Type="" Target="word/styles.xml"/><Relationship Id="r3" Type="{RELATIONS}/numbering" '
        'Target="gone.xml"/></Relationships>'
    )
    parts: dict[str, str | bytes] = {
        "word/document.xml": document(table(row(*HEADER), FIRST)),
        "word/styles.xml": style,
        "word/_rels/document.xml.rels": far,
    }
    assert texts(packed(parts))[0][1][3] == "≥1次"
