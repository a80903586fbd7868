"""Word documents: tables, merges, tables that go on, what stands between them."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

pytest.importorskip("lxml")

from docxmaker import (
    HEADER,
    INS,
    STRICT_M,
    STRICT_W,
    M,
    W,
    cell,
    control,
    document,
    docx,
    level,
    lists,
    packed,
    par,
    row,
    run,
    table,
)

from kpieval.amounts import money
from kpieval.demo import targets_file
from kpieval.errors import MissingExtraError, NotATableError
from kpieval.readers import docx as docxform
from kpieval.readers import read, read_tables, textform
from kpieval.tables import Project

Write = Callable[[str, "str | bytes"], Path]
FIRST = row("产出指标", "数量指标", "甲", "≥1次")
MERGE, MERGED = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def texts(data: bytes) -> list[list[tuple[str, ...]]]:
    """The cells of the rows of every grid."""
    return [[line.cells for line in grid.rows] for grid in docxform.read(data, "t.docx").grids]


def codes(data: bytes) -> list[str]:
    """The codes of all notes of a file."""
    sheets = docxform.read(data, "t.docx")
    notes = [*sheets.notes]
    for grid in sheets.grids:
        notes += [*grid.notes, *(note for line in grid.rows for note in line.notes)]
    return [note.code for note in notes]


def test_a_form_with_merged_cells(write: Write) -> None:
    body = par(run("2024年部门预算项目绩效目标表")) + table(
        row(cell("单位：万元", '<w:gridSpan w:val="4"/>')),
        row("主管部门", "201001某市教育局", "项目名称", "校舍维修"),
        row("预算数", "95.5", "年度目标", "维修校舍"),
        row(*HEADER),
        row(cell("产出指标", MERGE), cell("数量指标", MERGE), "栋数", "≥3栋"),
        row(cell("", MERGED), cell("", MERGED), "面积", "≥500平方米"),
        row(cell("", MERGED), "质量指标", "合格率", "100%"),
    )
    (project,) = read(write("a.docx", docx(body)))
    assert (project.name, project.department, project.year) == ("校舍维修", "某市教育局", 2024)
    assert (project.budget, project.goals) == (money("955000"), "维修校舍")
    rows = [(line.level1, line.level2, line.name, line.text) for line in project.indicators]
    assert rows == [
        ("产出指标", "数量指标", "栋数", "≥3栋"),
        ("产出指标", "数量指标", "面积", "≥500平方米"),
        ("产出指标", "质量指标", "合格率", "100%"),
    ]
    assert str(project.indicators[0].place).endswith("a.docx[表1]:5")
    assert [note.code for note in project.notes] == ["table.year_from_title"]
    assert not project.problems


def test_merged_categories_continue_without_fill_down(write: Write) -> None:
    rows = (
        row(cell("产出指标", MERGE), "数量指标", "甲", "1"),
        row(cell("", MERGED), "", "乙", "2"),
    )
    file = write("a.docx", docx(table(row(*HEADER), *rows)))
    second = read(file, fill_down=False)[0].indicators[1]
    assert (second.level1, second.level2) == ("产出指标", "")


def test_text_under_a_merged_cell_is_left_out_and_told() -> None:
    data = docx(table(row(*HEADER), FIRST, row("", "", "乙", cell("≥9次", MERGED))))
    assert texts(data)[0][2] == ("", "", "乙", "")
    assert codes(data) == ["word.covered"]


def test_cells_merged_sideways_and_rows_that_begin_late() -> None:
    late = '<w:gridBefore w:val="2"/><w:wBefore w:w="100"/>'
    old = [cell("a", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "b", "c"]
    data = docx(
        table(
            row("1", "2", "3", "4"),
            row(cell("跨", '<w:gridSpan w:val="3"/>'), "末"),
            row("甲", "乙", properties=late),
            row(*old),
        )
    )
    assert texts(data)[0][1:] == [("跨", "", "", "末"), ("", "", "甲", "乙"), ("a", "", "b", "c")]


def test_columns_in_which_nothing_begins_are_none() -> None:
    wide = '<w:gridSpan w:val="2"/>'
    data = docx(table(row(cell("a", wide), "b"), row(cell("c", wide), "d")))
    assert texts(data) == [[("a", "b"), ("c", "d")]]


def test_an_edge_that_was_dragged_aside_is_the_same_column() -> None:
    header = [cell(HEADER[0]), cell(HEADER[1], '<w:gridSpan w:val="2"/>'), *HEADER[2:]]
    lower = [cell("产出", '<w:gridSpan w:val="2"/>'), cell("数量"), "甲", "1"]
    data = docx(table(row(*header), row(*lower), widths=(2000, 90, 2000, 2000, 2000)))
    assert texts(data) == [[HEADER, ("产出", "数量", "甲", "1")]]
    far = docx(table(row(*header), row(*lower), widths=(2000, 900, 2000, 2000, 2000)))
    assert len(texts(far)[0][0]) == 5


def test_rows_deleted_inserted_and_hidden() -> None:
    data = docx(
        table(
            row(*HEADER),
            row("", "", "删", "1", properties=f"<w:del {INS}/>"),
            row("", "", "增", "2", properties=f"<w:ins {INS}/>"),
            row("", "", "隐", "3", properties="<w:hidden/>"),
            row("", "", cell("格", f"<w:cellIns {INS}/>"), cell("4", f"<w:cellDel {INS}/>")),
        )
    )
    (grid,) = docxform.read(data, "t.docx").grids
    assert [(line.number, line.cells[2:]) for line in grid.rows[1:]] == [
        (3, ("增", "2")),
        (5, ("格", "")),
    ]
    told = {note.code: dict(note.params) for note in grid.notes}
    assert {code: params["rows"] for code, params in told.items()} == {
        "word.deleted_rows": "2",
        "word.inserted_rows": "3",
        "word.hidden_rows": "4",
    }
    assert [note.code for note in grid.rows[2].notes] == ["word.inserted", "word.deleted"]


def test_a_row_that_is_struck_through_is_told() -> None:
    """Made up: of the row nothing is left that could carry a note."""
    gone = [cell(par(run(text, "<w:strike/>"))) for text in ("产出指标", "数量指标", "甲", "≥1")]
    data = docx(table(row(*HEADER), row(*gone), row("产出指标", "数量指标", "乙", "≥2")))
    found = docxform.read(data, "a.docx")
    (told,) = [n for grid in found.grids for n in grid.notes if n.code == "table.struck_rows"]
    assert dict(told.params)["rows"] == "2"


def test_rows_and_cells_in_content_controls() -> None:
    inside = row("产出指标", "数量指标", control(cell("甲")), "≥1次")
    data = docx(control(table(row(*HEADER), control(inside))))
    assert texts(data) == [[HEADER, ("产出指标", "数量指标", "甲", "≥1次")]]


def test_the_prompt_of_a_control_around_a_cell() -> None:
    asked = control(cell("单击输入"), "<w:showingPlcHdr/>")
    data = docx(table(row(*HEADER), row("产出指标", "数量指标", "甲", asked)))
    assert texts(data)[0][1][3] == ""
    assert codes(data) == ["word.prompt"]


def test_a_first_row_that_is_merged_upwards_is_shown() -> None:
    assert texts(docx(table(row(cell("甲", MERGED), "1")))) == [[("甲", "1")]]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_goes_on_after_a_page_break(repeated: bool, write: Write) -> None:
    more = [row("", "", "乙", "≥2次")]
    body = table(row("项目名称", "校舍维修", "", ""), row(*HEADER), FIRST) + par()
    body += table(*([row(*HEADER)] if repeated else []), *more)
    document = read_tables(write("a.docx", docx(body)))
    (project,) = document.projects
    assert [line.name for line in project.indicators] == ["甲", "乙"]
    assert project.indicators[1].level1 == "产出指标"
    assert str(project.indicators[1].place).endswith(f"[表2]:{2 if repeated else 1}")
    assert [note.code for note in document.notes] == ["word.continued"]


def test_the_head_of_a_form_may_be_a_table_of_its_own(write: Write) -> None:
    body = table(row("项目名称", "校舍维修")) + par(run("绩效指标")) + table(row(*HEADER), FIRST)
    (project,) = read(write("a.docx", docx(body)))
    assert (project.name, len(project.indicators)) == ("校舍维修", 1)


def test_words_between_two_tables_part_them(write: Write) -> None:
    flat = table(row(*HEADER), FIRST)
    document = read_tables(write("a.docx", docx(flat + par(run("二、乙项目")) + flat)))
    assert [project.name for project in document.projects] == [
        f"{document.source.name.rpartition('/')[2][:-5]} 表{n}" for n in (1, 2)
    ]


def test_other_tables_and_text_are_told(write: Write) -> None:
    prose = "".join(par(run(f"第{n}段")) for n in range(8))
    body = table(row("姓名", "电话"), row("张三", "1")) + prose + table(row(*HEADER), FIRST)
    document = read_tables(write("a.docx", docx(body)))
    assert len(document.projects) == 1
    told = {note.code: dict(note.params) for note in document.notes}
    assert told["table.sheet_skipped"] == {"sheet": "表1"}
    assert told["word.outside"] == {"n": "3", "text": "第0段 第1段 第2段"}


def test_a_document_without_a_table(write: Write) -> None:
    with pytest.raises(NotATableError) as caught:
        read(write("a.docx", docx(par(run("没有表")))))
    assert caught.value.params["found"] == "没有表"


def test_a_table_for_the_layout_alone(write: Write) -> None:
    inner = table(row("项目名称", "校舍维修", "", ""), row(*HEADER), FIRST)
    body = table(row("2024年绩效目标表"), row(cell(inner + par())))
    document = read_tables(write("a.docx", docx(body)))
    (project,) = document.projects
    assert (project.name, project.year) == ("校舍维修", 2024)
    assert str(project.indicators[0].place).endswith("[表1.1]:3")
    assert "word.nested_table" in {note.code for note in document.notes}


def test_a_table_in_a_text_box(write: Write) -> None:
    inner = table(row("项目名称", "校舍维修", "", ""), row(*HEADER), FIRST)
    shown = f"<w:drawing><wp:anchor><w:txbxContent>{inner}{par()}</w:txbxContent></wp:anchor></w:drawing>"
    (project,) = read(write("a.docx", docx(par(f"<w:r>{shown}</w:r>"))))
    assert [line.name for line in project.indicators] == ["甲"]


def test_a_title_over_two_lines_with_a_number(write: Write) -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    title = par(run("2024年校舍维修"), "<w:r><w:br/></w:r>", run("绩效目标表"), properties=number)
    numbering = lists(level("decimal", "%1."))
    body = title + table(row(*HEADER), FIRST)
    (project,) = read(write("a.docx", docx(body, numbering=numbering)))
    assert project.year == 2024


def test_a_list_that_starts_again() -> None:
    more = (
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/>'
    )
    numbering = lists(level("upperRoman", "%1、"), more=more)
    second = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'
    first = second.replace('"2"', '"1"')
    content = par(run("甲"), properties=first) + par(run("乙"), properties=second)
    data = docx(table(row(*HEADER), row("", "", "名", cell(content))), numbering=numbering)
    assert texts(data)[0][1][3] == "III、 甲\nIV、 乙"


def strict(data: str) -> str:
    """The XML with the namespaces of strict documents."""
    return data.replace(W, STRICT_W).replace(M, STRICT_M)


def test_a_strict_document() -> None:
    math = "<m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>"
    main = document(table(row(*HEADER), row("", "", "甲", cell(par(math, run("1次"))))))
    assert texts(packed({"word/document.xml": strict(main)}))[0][1][3] == "≥1次"


def test_a_main_part_of_another_name(write: Write) -> None:
    main = "word/document2.xml"
    data = packed({main: document(table(row(*HEADER), FIRST))}, main)
    assert len(read(write("a.docx", data))[0].indicators) == 1


def test_macros_are_told_and_left_alone(write: Write) -> None:
    data = docx(table(row(*HEADER), FIRST), more={"word/vbaProject.bin": b"x"})
    assert [note.code for note in read_tables(write("a.docm", data)).notes] == ["table.macros"]


def test_utf_16() -> None:
    main = document(table(row(*HEADER), FIRST)).replace("UTF-8", "UTF-16")
    assert texts(packed({"word/document.xml": main.encode("utf-16")}))[0][1][2] == "甲"


def test_without_lxml(monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    for name in [name for name in sys.modules if name.startswith("kpieval.readers.docx")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delattr("kpieval.readers.docx")
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingExtraError) as caught:
        read(write("a.docx", docx(table(row(*HEADER), FIRST))))
    assert dict(caught.value.params) == {"extra": "office", "library": "lxml"}


# --- the published tables ------------------------------------------------------------------------


def published() -> Iterator[str | list[tuple[str, ...]]]:
    """The titles of the bundled tables, and the rows under each."""
    (grid,) = textform.read(targets_file().read_text("utf-8"), "targets.txt").grids
    rows: list[tuple[str, ...]] = []
    for line in grid.rows:
        if line.loose or "绩效目标表" in line.cells[0]:
            if rows:
                yield rows
                rows = []
            yield line.cells[0]
        else:
            rows.append(line.cells)
    yield rows


def as_word(merge: bool) -> bytes:
    """All tables in one file, made by another library; categories merged where they repeat."""
    library: Any = pytest.importorskip("docx")
    made = library.Document()
    for part in published():
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        drawn = made.add_table(rows=len(part), cols=max(map(len, part)))
        for cells, line in zip(part, drawn.rows, strict=True):
            for text, box in zip(cells, line.cells, strict=False):
                box.text = text
        for column in (0, 1) if merge else ():
            _merge(drawn, column, [line[column] if column < len(line) else "" for line in part])
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def _merge(drawn: Any, column: int, cells: list[str]) -> None:
    """Merge every category below the header with the blank cells under it."""
    top = next(n for n, text in enumerate(cells) if text.strip() in HEADER)
    starts = [n for n, text in enumerate(cells) if n > top and text.strip()]
    for start, end in zip(starts, [*starts[1:], len(cells)], strict=True):
        text = drawn.cell(start, column).text
        drawn.cell(start, column).merge(drawn.cell(end - 1, column)).text = text


def placeless(project: Project) -> Project:
    """A project without what a format says of places."""
    rows = tuple(evolve(line, place=None, notes=()) for line in project.indicators)
    return evolve(project, place=None, indicators=rows, notes=())


@pytest.mark.parametrize("merge", [False, True])
def test_the_published_tables_are_the_same_in_word(merge: bool, write: Write) -> None:
    projects = read(write("targets.docx", as_word(merge)))
    assert [placeless(p) for p in projects] == [placeless(p) for p in read(targets_file())]
    assert sum(len(project.indicators) for project in projects) == 54
    assert not any(project.problems for project in projects)
