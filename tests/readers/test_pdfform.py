"""PDF: tables over page breaks, cut rows, open sides, overprints, scans, limits."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path

import makers
import pytest

pytest.importorskip("pdfplumber")

from kpieval.children import answering, pdf
from kpieval.errors import (
    FileError,
    MalformedFileError,
    MissingExtraError,
    NotATableError,
    UnsupportedFormatError,
)
from kpieval.readers import pdfform, radicals, read, read_tables

Write = Callable[[str, "str | bytes"], Path]
HEADER = ["一级指标", "二级指标", "三级指标", "指标值"]
TITLE = makers.text_at(50, 30, "1.2024年维修项目绩效目标表")
ONE = ["产出指标", "数量指标", "维修栋数", "≥3栋"]
TWO = ["", "质量指标", "合格率", "≥90%"]


def _rows(path: Path) -> list[tuple[str, str, str]]:
    return [(row.level1, row.name, row.text) for p in read(path) for row in p.indicators]


def _codes(path: Path) -> set[str]:
    return {note.code for project in read(path) for note in project.notes}


def test_a_table_with_its_title(write: Write) -> None:
    path = write("a.xls", makers.pdf([TITLE + makers.table_at(60, [HEADER, ONE, TWO])]))
    (project,) = read(path)
    assert project.year == 2024
    assert _rows(path) == [("产出指标", "维修栋数", "≥3栋"), ("产出指标", "合格率", "≥90%")]
    assert str(project.indicators[1].place).endswith("a.xls[p.1]:3")


def test_a_table_goes_on_without_title_and_header(write: Write) -> None:
    foot = makers.text_at(280, 780, "第1页")
    pages = [TITLE + makers.table_at(60, [HEADER, ONE]) + foot, makers.table_at(40, [TWO])]
    path = write("a.pdf", makers.pdf(pages))
    assert _rows(path) == [("产出指标", "维修栋数", "≥3栋"), ("产出指标", "合格率", "≥90%")]
    assert {"table.continued", "table.text_outside"} <= _codes(path)
    assert str(read(path)[0].indicators[1].place).endswith("[p.2]:1")


def test_a_table_goes_on_under_its_header_again(write: Write) -> None:
    pages = [TITLE + makers.table_at(60, [HEADER, ONE]), makers.table_at(40, [HEADER, TWO])]
    path = write("a.pdf", makers.pdf(pages))
    assert len(read(path)) == 1
    assert [text for _, _, text in _rows(path)] == ["≥3栋", "≥90%"]


def test_a_continuation_is_as_wide_as_its_table(write: Write) -> None:
    narrow = makers.table_at(40, [["甲", "乙", "丙", "丁"]], widths=(50, 50, 50, 50))
    path = write("a.pdf", makers.pdf([TITLE + makers.table_at(60, [HEADER, ONE]), narrow]))
    assert _rows(path) == [("产出指标", "维修栋数", "≥3栋")]
    told = {note.code for note in read_tables(path).notes}
    assert "table.table_skipped" in told and "table.continued" not in told


def test_a_row_that_the_page_break_cuts(write: Write) -> None:
    cut = ["效益指标", "社会效益指标", "改善生活", "维护社会安定，"]
    pages = [
        TITLE + makers.table_at(60, [HEADER, ONE, cut]),
        makers.table_at(40, [["", "", "", "帮助困难的人"], TWO]),
    ]
    path = write("a.pdf", makers.pdf(pages))
    assert [text for _, _, text in _rows(path)] == ["≥3栋", "维护社会安定，帮助困难的人", "≥90%"]
    notes = [note.code for row in read(path)[0].indicators for note in row.notes]
    assert notes == ["table.row_cut"]


def test_sides_without_a_line_across(write: Write) -> None:
    """A browser leaves the table open where the page ends."""
    pages = [
        TITLE + makers.table_at(60, [HEADER, ONE], closed=False),
        makers.table_at(40, [TWO, ["效益指标", "", "满意", "优"]]),
    ]
    path = write("a.pdf", makers.pdf(pages))
    assert [name for _, name, _ in _rows(path)] == ["维修栋数", "合格率", "满意"]


def test_merged_cells(write: Write) -> None:
    table = makers.table_at(60, [HEADER, ONE])
    lower = makers.table_at(100, [["质量指标", "合格率", "≥90%"]], left=150, widths=(100, 150, 150))
    side = makers.line(50, 100, 50, 120) + makers.line(50, 120, 150, 120)
    # The line between the first cells is the only one that is missing.
    whole = (TITLE + table + lower + side).replace(makers.line(50, 100, 550, 100), "")
    path = write("a.pdf", makers.pdf([whole + makers.line(150, 100, 550, 100)]))
    assert _rows(path) == [("产出指标", "维修栋数", "≥3栋"), ("产出指标", "合格率", "≥90%")]


@pytest.mark.parametrize("top", [88, 94])
def test_text_over_the_edge_of_its_cell_is_not_read(top: int, write: Write) -> None:
    """What lies on other text, or reaches into the next row, may belong to either."""
    over = makers.text_at(403, top, "且≥5个")
    path = write("a.pdf", makers.pdf([TITLE + makers.table_at(60, [HEADER, ONE, TWO]) + over]))
    (project,) = read(path)
    texts = [row.text for row in project.indicators]
    assert "≥3栋" not in texts and not any("5" in text for text in texts)
    faults = [fault.params["reason"] for row in project.indicators for fault in row.problems]
    assert "pdf_crossed" in faults


def test_bold_made_by_printing_twice(write: Write) -> None:
    again = makers.text_at(403.3, 84, "≥3栋")
    path = write("a.pdf", makers.pdf([TITLE + makers.table_at(60, [HEADER, ONE]) + again]))
    assert _rows(path) == [("产出指标", "维修栋数", "≥3栋")]


def test_raised_digits(write: Write) -> None:
    row = ["产出指标", "数量指标", "面积", "≥20m"]
    raised = makers.text_at(443, 82, "2", size=6)
    path = write("a.pdf", makers.pdf([TITLE + makers.table_at(60, [HEADER, row]) + raised]))
    assert _rows(path) == [("产出指标", "面积", "≥20m²")]


def test_radicals_are_the_characters_they_look_like(write: Write) -> None:
    header = ["⼀级指标", "⼆级指标", "三级指标", "指标值"]
    path = write("a.pdf", makers.pdf([TITLE + makers.table_at(60, [header, ONE])]))
    assert _rows(path) == [("产出指标", "维修栋数", "≥3栋")]
    assert "table.radicals" in _codes(path)
    assert radicals.count("⼀二") == 1


def test_text_in_no_cell_is_told(write: Write) -> None:
    """The last cell has neither a side nor a line below."""
    table = makers.table_at(60, [HEADER])
    table += makers.table_at(80, [ONE[:3]], widths=(100, 100, 150))
    stray = makers.text_at(403, 84, "≥4栋")
    told = [
        str(n.params) for n in read(write("a.pdf", makers.pdf([TITLE + table + stray])))[0].notes
    ]
    assert any("≥4栋" in params for params in told)


@pytest.mark.parametrize(
    "top", [60 - 9.9, 60 - 8, 60 - 5, 60 - 4.5, 100 - 5, 100 - 4.5, 100 - 1, 100.2]
)
def test_every_character_is_in_a_cell_in_a_line_or_astray(top: float) -> None:
    """Made up: a line of text moved over the edge of a table, by fractions of a point."""
    moved = "".join(makers.text_at(left, top, "字") for left in (45, 48, 100, 446, 549))
    data = makers.pdf([moved + makers.table_at(60, [HEADER, ONE], widths=(100, 100, 150, 149))])
    (page,) = pdf.read(data, ["9", "9999"])
    held = [text for table in page["tables"] for *_, text, _ in table["cells"]]
    held += [line["text"] for line in page["lines"]]
    held += [table["astray"] for table in page["tables"]]
    drawn = [*"".join([*HEADER, *ONE]), *"字" * 5]
    assert sorted("".join("".join(held).split())) == sorted(drawn)


def test_a_line_that_touches_a_table_is_read(write: Write) -> None:
    """Made up: the foot stands close below the table, as spreadsheets print it."""
    foot = makers.text_at(50, 99.6, "注：以上数据来自单位")
    page = TITLE + makers.table_at(60, [HEADER, ONE]) + foot
    told = [note.message() for note in read_tables(write("a.pdf", makers.pdf([page]))).notes]
    assert any("注：以上数据来自单位" in text for text in told), told


def test_pages_that_are_pictures(write: Write) -> None:
    with pytest.raises(UnsupportedFormatError) as caught:
        read(write("a.pdf", makers.pdf(["0 0 600 800 re f\n"])))
    assert caught.value.params["advice"] == "scan"
    assert "扫描" in caught.value.message() and "scan" in caught.value.message("en")


def test_text_without_a_table(write: Write) -> None:
    with pytest.raises(NotATableError) as caught:
        read(write("a.pdf", makers.pdf([TITLE])))
    assert "维修项目" in str(caught.value.params["found"])


def test_a_password(write: Write) -> None:
    page = TITLE + makers.table_at(60, [HEADER, ONE])
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.pdf", makers.pdf([page], encrypted=True)))
    assert caught.value.params["reason"] == "password"


def test_too_many_pages_or_characters(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("a.pdf", makers.pdf([TITLE, TITLE, TITLE]))
    monkeypatch.setattr(pdfform, "MAX_PAGES", 2)
    with pytest.raises(MalformedFileError) as caught:
        read(path)
    assert caught.value.params["reason"] == "pdf_pages"
    monkeypatch.setattr(pdfform, "MAX_PAGES", 3)
    monkeypatch.setattr(pdfform, "MAX_CHARACTERS", 30)
    with pytest.raises(MalformedFileError) as caught:
        read(path)
    assert caught.value.params["reason"] == "pdf_chars"


@pytest.mark.parametrize("cut", [9, 60, 400, -40])
def test_damaged_files(cut: int, write: Write) -> None:
    data = makers.pdf([TITLE + makers.table_at(60, [HEADER, ONE])])
    try:
        found = _rows(write("a.pdf", data[:cut]))
    except FileError as error:
        assert error.message("zh") and error.message("en")
    else:
        assert found == [("产出指标", "维修栋数", "≥3栋")]


@pytest.mark.long
def test_a_stream_that_inflates_without_end(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a megabyte that would be half a gigabyte ends the child, not its parent."""
    monkeypatch.setattr(pdfform, "SECONDS", 10)
    packed = zlib.compress(bytes(400_000_000), 9)
    plain = makers.pdf(["\0PLACE"])
    stream = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    whole = plain.replace(b"<</Length 6>>stream\n\0PLACE\nendstream", stream)
    assert packed in whole
    with pytest.raises(FileError) as caught:
        read(write("a.pdf", whole))
    assert caught.value.params["reason"] in ("child_died", "child_slow", "pdf")


def test_the_extra_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(*_: object, **__: object) -> None:
        raise ImportError(name="pdfplumber")

    monkeypatch.setattr(pdfform, "ask", ask)
    with pytest.raises(MissingExtraError) as caught:
        read(write("a.pdf", makers.pdf([TITLE])))
    assert caught.value.params == {"extra": "pdf", "library": "pdfplumber"}


# --- limits, and what the library raises: without a child ----------------------------------------


def _drawn(monkeypatch: pytest.MonkeyPatch, *pages: str) -> list[tuple[str, ...]]:
    """The cells of all rows of a document, read without a child."""
    told = pdf.read(makers.pdf([*pages]), ["9", "9999"])
    monkeypatch.setattr(pdfform, "ask", lambda *_, **__: told)
    return [row.cells for grid in pdfform.read(b"", "a.pdf").grids for row in grid.rows]


@pytest.mark.parametrize(
    ("limit", "most", "reason"), [("MAX_COLUMNS", 3, "columns"), ("MAX_CELLS", 7, "table_cells")]
)
def test_too_many_columns_or_cells(
    limit: str, most: int, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdfform, limit, most)
    with pytest.raises(MalformedFileError) as caught:
        _drawn(monkeypatch, makers.table_at(60, [HEADER, ONE]))
    assert caught.value.params["reason"] == reason


def test_the_head_of_the_next_form_is_no_rest_of_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """Made up: the page break comes right between two forms."""
    second = makers.table_at(40, [["项目名称", "乙", "", ""], HEADER, TWO])
    rows = _drawn(monkeypatch, makers.table_at(60, [HEADER, ONE]), second)
    assert rows == [
        tuple(HEADER),
        tuple(ONE),
        ("项目名称", "乙", "", ""),
        tuple(HEADER),
        tuple(TWO),
    ]
    head = makers.table_at(40, [["项目名称", "乙", "", ""]])
    rows = _drawn(monkeypatch, makers.table_at(60, [HEADER, ONE]), head)
    assert tuple(ONE) in rows


def test_a_row_under_a_header_that_says_one_thing_twice_is_not_mended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    header = ["一级指标", "三级指标", "指标值", "指标值"]
    rest = ["", "", "", "≥3栋"]
    rows = _drawn(monkeypatch, makers.table_at(60, [header, ONE]), makers.table_at(40, [rest, TWO]))
    assert tuple(ONE) in rows and tuple(rest) in rows


def test_a_line_of_nothing_but_spaces_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    page = makers.table_at(60, [HEADER, ONE]) + makers.text_at(50, 700, "\u3000\u3000")
    assert _drawn(monkeypatch, page) == [tuple(HEADER), tuple(ONE)]


@pytest.mark.parametrize(
    ("error", "key", "detail"),
    [
        (MemoryError(), "child_died", "memory"),
        (RecursionError(), "child_died", "memory"),
        (KeyError("Root"), "pdf", "KeyError: 'Root'"),
    ],
)
def test_whatever_the_library_raises_is_a_refusal(
    error: Exception, key: str, detail: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(_: object) -> None:
        raise error

    monkeypatch.setattr("pdfplumber.open", opened)
    with pytest.raises(answering.Refused) as caught:
        pdf.read(b"", ["9", "9999"])
    assert caught.value.key == key
    assert detail in caught.value.params.values()
