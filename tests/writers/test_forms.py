"""The official form as a workbook and a document: what stands in it, and how it reads back."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from office import DEMO, Kpieval, Written, fill, places

from kpieval import demo
from kpieval.readers import read_published, read_tables
from kpieval.tables import EXECUTED

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
docx = pytest.importorskip("docx")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
GOLDEN = Path(__file__).parents[1] / "golden"


def dumped(path: Path) -> str:
    """Every sheet of a workbook as text: its print set-up, and each cell by its place."""
    lines = []
    for sheet in openpyxl.load_workbook(path).worksheets:
        setup = sheet.page_setup
        lines += [
            f"# {sheet.title}: {setup.orientation}, paper {setup.paperSize}, "
            f"titles {sheet.print_title_rows}, footer {sheet.oddFooter.center.text}",
            f"merged {' '.join(sorted(str(area) for area in sheet.merged_cells.ranges))}",
        ]
        for row in sheet.iter_rows():
            cells = [cell for cell in row if cell.value is not None]
            lines += [f"{cell.coordinate} {cell.data_type} {cell.value!r}" for cell in cells]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_workbook_is_the_known_one(kpieval: Kpieval, tmp_path: Path, lang: str) -> None:
    # The dump is written anew by hand when the form changes, and then read by a person.
    path = tmp_path / "five.xlsx"
    actuals = demo.actuals_file()
    kpieval("score", *DEMO, "--actuals", actuals, "--lang", lang, "-o", path)
    assert dumped(path) == (GOLDEN / f"forms.{lang}.txt").read_text("utf-8")


def test_the_template_is_the_known_one(template: Written) -> None:
    assert dumped(template("t.xlsx")) == (GOLDEN / "template.zh.txt").read_text("utf-8")


def test_the_document_says_what_the_workbook_says(scored: Written) -> None:
    book = openpyxl.load_workbook(scored("five.xlsx"))
    values = [
        str(cell.value)
        for s in book
        for row in s.iter_rows()
        for cell in row
        if cell.value is not None
    ]
    known = docx.Document(str(scored("five.docx")))
    texts = [part.text for part in known.paragraphs]
    for cell in known.element.body.xpath(".//w:tc"):
        lines = ["".join(part.xpath(".//w:t/text()")) for part in cell.xpath("./w:p")]
        texts.append("\n".join(lines))
    assert sorted(filter(None, texts)) == sorted(values)


@pytest.mark.parametrize("name", ["five.xlsx", "five.docx", "t.xlsx", "t.docx"])
def test_the_same_input_gives_the_same_bytes(
    name: str, scored: Written, template: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    make = template if name.startswith("t.") else scored
    first = make(name).read_bytes()
    later = time.localtime(time.time() + 86_400 * 400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    path = make(name)
    assert path.read_bytes() == first
    with zipfile.ZipFile(path) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert "2000-01-01T00:00:00Z" in properties
    assert "python-docx" not in properties


def test_a_scored_form_reads_back_and_passes_the_audit(
    kpieval: Kpieval, scored: Written, tmp_path: Path
) -> None:
    path = scored("five.xlsx")
    document = read_tables(path)
    before = read_tables(demo.targets_file(), year=2024)
    given = read_tables(demo.actuals_file())
    assert not document.problems
    for ours, theirs in zip(document.projects, before.projects, strict=True):
        assert (ours.name, ours.department, ours.year) == (theirs.name, theirs.department, 2024)
        assert (ours.budget, ours.goals) == (theirs.budget, theirs.goals)
        assert set(theirs.funds) == set(ours.funds)
        rows = [(r.level1, r.level2, r.name, r.text, r.target) for r in ours.indicators]
        assert rows == [(r.level1, r.level2, r.name, r.text, r.target) for r in theirs.indicators]
    asked = {(e.project, e.name): e.value for e in given.actuals.entries if e.value}
    assert {(e.project, e.name): e.value for e in document.actuals.entries} == asked
    audited = json.loads(kpieval("audit", path, "--format", "json"))
    assert not [row for row in audited["rows"] if row["consistent"] is False]
    totals = read_published(path).totals
    assert totals[0].score == "97.59"


def test_reasons_and_outcomes_of_a_filled_form_stand_in_the_next(
    kpieval: Kpieval, template: Written, tmp_path: Path
) -> None:
    path = template("t.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    fill(sheet, "补助人员数量", {"实际完成值": "11人", "偏差原因分析及改进措施": "一人迁出"})
    sheet.cell(*_below(sheet, "实际完成情况")).value = "已全部发放"
    sheet.cell(*_beside(sheet, "实施单位")).value = "机关服务中心"
    book.save(path)
    kpieval("score", *DEMO, "--actuals", path, "-o", tmp_path / "again.xlsx")
    again = read_tables(tmp_path / "again.xlsx")
    first = again.projects[0]
    assert (first.outcome, first.implementer) == ("已全部发放", "机关服务中心")
    assert [e.reason for e in again.published.entries if e.name == "补助人员数量"] == ["一人迁出"]


def test_a_filed_form_does_not_speak_of_the_frame_of_the_form_before(
    kpieval: Kpieval, template: Written, tmp_path: Path
) -> None:
    """Its 总分, its foot and the columns of its funds are told on the screen, not on paper."""
    path, output = template("t.xlsx"), tmp_path / "next.xlsx"
    said = kpieval("score", path)
    assert "不当作指标：总分" in said and "表尾的文字" in said
    kpieval("score", path, "-o", output)
    sheet = openpyxl.load_workbook(output)["计分说明"]
    told = " ".join(str(cell.value) for row in sheet.rows for cell in row if cell.value)
    assert "没有全年执行数" in told
    assert not any(words in told for words in ("不当作指标", "表尾的文字", "资金表只读"))


def _below(sheet: Any, label: str) -> tuple[int, int]:
    row, column = places(sheet)[label]
    return row + 1, column


def _beside(sheet: Any, label: str) -> tuple[int, int]:
    row, column = places(sheet)[label]
    return row, column + 1


ANSWERS = [
    ("补助人员数量", {"实际完成值": "12人"}),
    ("补助资金发放合规率", {"实际完成值": "=100%"}),
    ("补助资金发放及时率", {"实际完成值": "95%"}),
    ("补助发放完成时间", {"实际完成值": "2024年12月20日"}),
    ("发放补助资金数额", {"实际完成值": "2.65万元"}),
    (
        "改善补助对象生活",
        {
            "实际完成值": "达成预期指标",
            "人工认定结论": "达成",
            "人工认定得分": "28",
            "认定理由": "走访全部补助对象",
        },
    ),
]


def test_a_template_is_filled_in_and_scored(
    kpieval: Kpieval, template: Written, tmp_path: Path
) -> None:
    path = template("t.xlsx")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for name, values in ANSWERS:
        fill(sheet, name, values)
    row, _ = places(sheet)["年度资金总额"]
    sheet.cell(row, places(sheet)["全年执行数"][1]).value = 2.65
    book.save(path)
    document = read_tables(path)
    entries = {entry.name: entry for entry in document.actuals.entries}
    for name, values in ANSWERS:
        entry, decision = entries[name], entries[name].decision
        assert entry.value == values["实际完成值"]
        assert decision.verdict == values.get("人工认定结论", "")
        assert decision.points == values.get("人工认定得分", "")
        assert decision.reason == values.get("认定理由", "")
    assert entries[EXECUTED].value == "2.65万元"
    alone = json.loads(kpieval("score", path, "--format", "json"))
    beside = json.loads(kpieval("score", *DEMO, "--actuals", path, "--format", "json"))
    assert [_told(p) for p in alone["projects"]] == [_told(p) for p in beside["projects"]]
    first = alone["projects"][0]
    assert [row["verdict"] for row in first["indicators"]] == [
        *("met", "met", "undetermined", "met", "met", "met", "met", "undetermined"),
    ]
    assert first["indicators"][6]["score"] == {"low": "28", "high": "28"}


def _told(project: dict[str, Any]) -> dict[str, Any]:
    beside = ("notes", "place", "given", "description")
    rows = [{k: v for k, v in row.items() if k not in beside} for row in project["indicators"]]
    return {"score": project["score"], "rows": rows, "budget": project["budget"]}


def test_only_cells_to_fill_in_may_be_changed(template: Written) -> None:
    book = openpyxl.load_workbook(template("t.xlsx"))
    assert all(sheet.protection.sheet for sheet in book)
    assert all(sheet.protection.password is None for sheet in book)
    sheet = book.worksheets[0]
    known = places(sheet)
    row = known["补助人员数量"][0]
    free = {h for h, (_, at) in known.items() if not sheet.cell(row, at).protection.locked}
    wanted = {"实际完成值", "偏差原因分析及改进措施", "人工认定结论", "人工认定得分", "认定理由"}
    assert wanted <= free
    assert not {"三级指标", "年度指标值", "分值", "得分"} & (free - {"全年执行数"})
    assert sheet.cell(row, known["实际完成值"][1]).number_format == "@"
    checks = {
        (check.type, str(check.sqref)): check for check in sheet.data_validations.dataValidation
    }
    letter = openpyxl.utils.get_column_letter
    choice = checks["list", f"{letter(known['人工认定结论'][1])}{row}"]
    assert choice.formula1 == '"达成,部分达成,未达成"'
    actual = next(
        c for (_, at), c in checks.items() if at == f"{letter(known['实际完成值'][1])}{row}"
    )
    assert "≤12人" in actual.prompt


def test_decisions_take_the_words_of_the_list() -> None:
    from kpieval.deciding import read_decision
    from kpieval.tables import DecisionCells
    from kpieval.writers.template import choices

    decided = [read_decision(DecisionCells(word, "", "因"), "甲") for word in choices()]
    assert [it.attained.value for it in decided if it and it.attained] == ["fully", "partly", "not"]


HOSTILE = [
    *("=cmd|' /C calc'!A0", "=100%", "@SUM(1)", "+1", "-1", "http://x.example/", "<b>&amp;"),
    *("a\x1b[31mb", "_x0041_", "\ufffe\ud800x", "a\x0bb", "𠮷" * 20, "x" * 2000),
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("form", ["xlsx", "docx"])
def test_whatever_a_cell_says_it_is_only_text(form: str, text: str, tmp_path: Path) -> None:
    from kpieval.unseen import spelled_out
    from kpieval.writers.layout import Cell, Page
    from kpieval.writers.office import office

    page = Page(text, (Cell(0, 0, text),), (20,))
    path = tmp_path / f"a.{form}"
    path.write_bytes(office("xlsx" if form == "xlsx" else "docx", [page], "zh"))
    with zipfile.ZipFile(path) as archive:
        for member in archive.namelist():
            if member.endswith((".xml", ".rels")):
                root = etree.fromstring(archive.read(member))
                assert not root.xpath("//*[local-name()='f' or local-name()='hyperlink']")
    if form == "xlsx":
        sheet = openpyxl.load_workbook(path).active
        assert (sheet["A1"].data_type, sheet["A1"].value) == ("s", spelled_out(text))
        assert len(sheet.title.encode("utf-16-le")) <= 62
    else:
        (table,) = docx.Document(str(path)).tables
        assert table.cell(0, 0).text == spelled_out(text)


def test_a_cell_of_a_document_says_how_it_looks_by_its_style(tmp_path: Path) -> None:
    """What every cell says again fills the memory of a large table, and its file."""
    from kpieval.writers.docx import render
    from kpieval.writers.layout import Cell, Look, Page

    path = tmp_path / "a.docx"
    path.write_bytes(render([Page("a", (Cell(0, 0, "甲", Look.LABEL), Cell(1, 0, "乙")), (20,))]))
    known = docx.Document(str(path))
    above, below = (row.cells[0] for row in known.tables[0].rows)
    assert len(list(below._tc.iter())) <= 11
    (label,), (text,) = above.paragraphs, below.paragraphs
    assert (label.style.name, text.style.name) == ("KpievalLabel", "KpievalText")
    fonts = [p.style.element.rPr.rFonts.get(f"{{{W}}}eastAsia") for p in (label, text)]
    assert fonts == ["黑体", "宋体"]
    assert label.style.paragraph_format.alignment is docx.enum.text.WD_ALIGN_PARAGRAPH.CENTER


def test_what_no_sheet_holds_is_refused_not_dropped() -> None:
    from kpieval.errors import UnwritableFileError
    from kpieval.writers.layout import Cell, Page
    from kpieval.writers.xlsx import render

    fits = Page("a", (Cell(0, 0, "x" * 32_767),), (20,))
    assert render([fits])
    for cell in (Cell(2, 1, "𠮷" * 16_384), Cell(1_048_576, 0, "x")):
        with pytest.raises(UnwritableFileError) as caught:
            render([Page("a", (cell,), (20, 20))])
        assert ("B3" in caught.value.message()) == (cell.row == 2)


def test_without_the_library_the_extra_is_named(
    kpieval: Kpieval, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from kpieval.errors import MissingExtraError
    from kpieval.writers.office import office

    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    monkeypatch.delitem(sys.modules, "kpieval.writers.xlsx", raising=False)
    with pytest.raises(MissingExtraError) as caught:
        office("xlsx", [], "zh")
    assert caught.value.params["library"] == "xlsxwriter"
    assert caught.value.params["extra"] == "office"
