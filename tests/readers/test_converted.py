"""Files as LibreOffice and Chromium make them: the five tables, formats, Word documents."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import programs
import pytest
import tianjin

pytest.importorskip("lxml")
pytest.importorskip("openpyxl")

import openpyxl

from kpieval.errors import UnsupportedFormatError
from kpieval.readers import formats, libreoffice, read, read_tables


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables as workbook and page, and what is made of them."""
    made = tmp_path_factory.mktemp("made")
    (made / "t.xlsx").write_bytes(tianjin.as_xlsx())
    (made / "t.html").write_bytes(tianjin.as_html())
    return made


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_sheets(kind: str, folder: Path) -> None:
    projects = read(programs.converted(folder / "t.xlsx", kind, folder))
    assert tianjin.seen(projects) == tianjin.expected()
    assert [p.budget for p in projects] == [p.budget for p in read(tianjin.TEXT)]
    assert [p.problems for p in projects] == [()] * 5


def test_a_sheet_saved_as_a_page(folder: Path) -> None:
    path = programs.converted(folder / "t.xlsx", "html", folder / "..")
    assert tianjin.seen(read(path), joined=True) == tianjin.expected(joined=True)


@pytest.mark.parametrize("maker", ["LibreOffice", "Chromium"])
def test_pdf(maker: str, folder: Path) -> None:
    """Pages cut the tables between rows, under the header, and above the head."""
    pytest.importorskip("pdfplumber")
    if maker == "Chromium":
        path = programs.printed(folder / "t.html", folder)
    else:
        path = programs.converted(folder / "t.xlsx", "pdf", folder)
    projects = read(path)
    assert tianjin.seen(projects, joined=True) == tianjin.expected(joined=True)
    assert [p.budget for p in projects] == [p.budget for p in read(tianjin.TEXT)]
    assert [p.problems for p in projects] == [()] * 5


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_values_as_the_screen_shows_them(kind: str, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["三级指标", "指标值"])
    shown = {
        "a": (0.953, "0.0%", "95.3%"),
        "b": (1, "0%", "100%"),
        "c": (dt.datetime(2024, 12, 31), 'yyyy"年"m"月"', "2024年12月"),
        "d": (1.5, "General", "1.5"),
        "e": ("=1/0", "General", ""),
    }
    for name, (value, form, _) in shown.items():
        sheet.append([name, value])
        sheet.cell(sheet.max_row, 2).number_format = form
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "t.xlsx")
    document = read_tables(programs.converted(tmp_path / "t.xlsx", kind, tmp_path))
    rows = document.projects[0].indicators
    assert [row.text for row in rows] == [text for _, _, text in shown.values()]
    assert [f.params["reason"] for f in rows[-1].problems] == ["error_value"]
    assert "table.hidden_rows" in {note.code for note in document.notes}


@pytest.fixture(scope="session")
def documents(folder: Path) -> dict[str, Path]:
    """The page as the older forms of Word documents."""
    name = {"doc": "doc:MS Word 97", "rtf": "rtf:Rich Text Format"}
    page = programs.converted(folder / "t.html", "odt", folder)
    return {kind: programs.converted(page, to, folder) for kind, to in name.items()}


@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_older_documents(kind: str, documents: dict[str, Path]) -> None:
    path = documents[kind]
    assert formats.kind(path.read_bytes(), "a.xls") == kind
    made = libreoffice.as_docx(path.read_bytes(), kind, "a")
    assert formats.kind(made, "a") == "docx"
    try:
        projects = read(path)
    except UnsupportedFormatError as error:
        assert error.params["format"] == "docx"
        pytest.skip("there is no reader of .docx yet")
    assert tianjin.seen(projects, joined=True) == tianjin.expected(joined=True)
    assert all("table.converted" in {n.code for n in p.notes} for p in projects)


@pytest.mark.parametrize("end", ["a paragraph", ""])
def test_a_document_that_ends_in_a_table(end: str, tmp_path: Path) -> None:
    """LibreOffice loses the last table of a .doc with nothing after it; then a note tells of it."""
    python_docx = pytest.importorskip("docx")
    made = python_docx.Document()
    for project in ("甲", "乙"):
        made.add_paragraph(f"项目名称：{project}")
        cells = made.add_table(rows=2, cols=2)._cells
        for cell, text in zip(cells, ("三级指标", "指标值", "人数", "≥600人"), strict=True):
            cell.text = text
    if end:
        made.add_paragraph(end)
    made.save(tmp_path / "t.docx")
    document = read_tables(programs.converted(tmp_path / "t.docx", "doc:MS Word 97", tmp_path))
    told = " ".join(note.message() for note in document.notes)
    if end or len(document.projects) == 2:
        assert [len(project.indicators) for project in document.projects] == [1, 1]
    else:
        assert len(document.projects) == 1
        assert "≥600人" in told
