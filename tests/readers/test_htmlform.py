"""Web pages: spans, nested tables, what is hidden, encodings, and pages made to hurt."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("lxml")

from kpieval.errors import (
    EncodingError,
    MalformedFileError,
    MissingExtraError,
    NotATableError,
)
from kpieval.readers import htmlform, read, read_tables

Write = Callable[[str, "str | bytes"], Path]
HEAD = "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td></tr>"


def _page(rows: str, before: str = "", after: str = "") -> str:
    return f"<html><body>{before}<table>{HEAD}{rows}</table>{after}</body></html>"


def _row(value: str, name: str = "合格率") -> str:
    return f"<tr><td>产出指标</td><td>质量指标</td><td>{name}</td><td>{value}</td></tr>"


def _texts(path: Path) -> list[str]:
    return [row.text for project in read(path) for row in project.indicators]


def _codes(path: Path) -> set[str]:
    document = read_tables(path)
    own = {note.code for p in document.projects for row in p.indicators for note in row.notes}
    return (
        own
        | {n.code for n in document.notes}
        | {n.code for p in document.projects for n in p.notes}
    )


def test_spans_and_places(write: Write) -> None:
    rows = (
        "<tr><td rowspan=3>产出指标<td rowspan='2'>数量指标</td><td>栋数</td><td>≥3栋</td></tr>\n"
        "<tr><td>面积</td><td>≥500平方米</td></tr>\n<tr><td>质量指标<td>合格率<td>100%"
        "<tr><td>效益指标<td><td>满意<td>优"
    )
    path = write("a.xls", _page(rows, "<h2>2024年维修绩效目标表</h2>"))
    (project,) = read(path)
    assert project.year == 2024
    assert [(r.level1, r.level2, r.name, r.text) for r in project.indicators] == [
        ("产出指标", "数量指标", "栋数", "≥3栋"),
        ("产出指标", "数量指标", "面积", "≥500平方米"),
        ("产出指标", "质量指标", "合格率", "100%"),
        ("效益指标", "", "满意", "优"),
    ]
    place = project.indicators[1].place
    assert place is not None and (place.row, place.line) == (3, 2)


def test_a_merged_value_counts_once(write: Write) -> None:
    rows = "<tr><td>产出指标<td>a<td>甲<td rowspan=2>≥90%<tr><td>产出指标<td>a<td>乙</tr>"
    path = write("a.html", _page(rows))
    assert _texts(path) == ["≥90%", ""]
    assert "table.merged_value" in _codes(path)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("&ge;90&#37;", "≥90%"),
        ("&le;&nbsp;2.7万元", "≤\xa02.7万元"),
        ("<b>≥</b><i>9</i>0<span>%</span>", "≥90%"),
        ("2024年12\n   月底前", "2024年12 月底前"),
        ("年底\n  以前", "年底以前"),
        ("<p>一</p><p>二</p>", "一\n二"),
        ("一<br>二", "一\n二"),
        ("≥20m<sup>2</sup>", "≥20m²"),
        ("10<sup>4</sup>", "10⁴"),
        ("<del>≥80%</del><ins>≥90%</ins>", "≥90%"),
        ("<span style='display: none'>≥50%</span>≥90%", "≥90%"),
        ("<span hidden>≥50%</span>≥90%", "≥90%"),
        ("<span class='x no'>≥50%</span>≥90%", "≥90%"),
        ("<script>document.write('≥50%')</script>≥90%", "≥90%"),
        ("<style>td{}</style>≥90%<!-- ≥50% -->", "≥90%"),
        ("<img src='ge.png'>90%", "\ufffc90%"),
        ("<img alt='' src='x.png'>≥90%", "≥90%"),
        ("<input value='≥90%'><input type=hidden value='5'>", "≥90%"),
        ("<select><option>优<option selected>良</select>", "良"),
        ("<table><tr><td>≥90%</td></tr></table>", "≥90%"),
        ("<b>&lt;i&gt;</b>", "<i>"),
        ("<textarea>≥90%</textarea>", "≥90%"),
    ],
)
def test_what_a_cell_shows(cell: str, text: str, write: Write) -> None:
    style = "<style>/* .x{display:none} */ .no, #n { display : none }\n@media print {.x{display:none}}</style>"
    assert _texts(write("a.html", _page(_row(cell), style))) == [text]


def test_what_was_hidden_or_deleted_is_told(write: Write) -> None:
    path = write("a.html", _page(_row("<del>1</del>2<span hidden>3</span>")))
    assert {"table.html_hidden", "table.deleted"} <= _codes(path)
    hidden_row = _row("≥1").replace("<tr>", "<tr style='DISPLAY:none'>")
    assert _texts(write("b.html", _page(_row("≥2") + hidden_row))) == ["≥2"]


@pytest.mark.parametrize(
    ("cell", "text", "code"),
    [
        ("<strike>80</strike>90%", "90%", "table.deleted"),
        ("<s>80</s>90%", "90%", "table.deleted"),
        ("<span style='text-decoration: underline line-through red'>80</span>90%", "90%", "table.deleted"),
        ("<span style='TEXT-DECORATION-LINE: line-through'>80</span>90%", "90%", "table.deleted"),
        ("<font class=f5>80</font>90%", "90%", "table.deleted"),
        ("<span style='text-decoration: none'>9</span>0%", "90%", None),
        ("10<sub>4</sub>", "10₄", "table.html_moved"),
        ("10<span style='vertical-align: super'>4</span>", "10⁴", "table.html_moved"),
        ("10<font class='x f6'>4<b>次</b></font>", "10⁴次", "table.html_moved"),
        ("10<span style='vertical-align:3pt'>4</span>", "10⁴", "table.html_moved"),
        ("10<span style='vertical-align:-20%'>4</span>", "10₄", "table.html_moved"),
        ("10<span style='vertical-align:0px'>4</span>", "104", None),
        ("10<span style='vertical-align:baseline'>4</span>", "104", None),
        ("<svg width=9><text>≥</text></svg>90%", "\ufffc90%", None),
        ("<object data='ge.svg'>≥</object>90%", "\ufffc90%", None),
        ("<canvas></canvas>90%", "\ufffc90%", None),
        ("<embed src='ge.svg'>90%", "\ufffc90%", None),
        ("<math><msup><mn>10</mn><mn>4</mn></msup></math>", "\ufffc", None),
        ("<svg style='display:none'><path/></svg>≥90%", "≥90%", None),
        ("<iframe width=0 src='x'></iframe>≥90%", "≥90%", None),
    ],
)  # fmt: skip
def test_what_is_struck_or_moved_or_a_picture(
    cell: str, text: str, code: str | None, write: Write
) -> None:
    """Made up, one element a cell."""
    style = "<style>td.x1, .f5 {text-decoration:line-through} .f6 {vertical-align:super}</style>"
    path = write("a.html", _page(_row(cell), style))
    assert _texts(path) == [text]
    assert _codes(path) & {"table.deleted", "table.html_moved"} == ({code} if code else set())


def test_a_cell_that_is_struck_keeps_its_place(write: Write) -> None:
    """Made up: by the class of the cell, as spreadsheets save pages, and a height that is none."""
    style = "<style>.xl65 {text-decoration:line-through}</style>"
    row = "<tr><td>产出指标</td><td class=xl65>旧</td><td>甲</td><td style='vertical-align:super'>≥104</td></tr>"
    (found,) = read(write("a.html", _page(row, style)))[0].indicators
    assert (found.level1, found.level2, found.name, found.text) == ("产出指标", "", "甲", "≥104")


def test_tables_that_set_out_the_page(write: Write) -> None:
    """A menu, a frame of tables around the form, another table, a foot."""
    inner = f"<table>{HEAD}{_row('≥90%')}</table>"
    frame = f"<table><tr><td>菜单</td><td><div>2024年项目绩效目标表{inner}</div></td></tr></table>"
    other = "<table><tr><th>日期</th><th>天气</th></tr><tr><td>1</td><td>晴</td></tr></table>"
    path = write("a.html", f"<body><table><tr><td>首页<td>要闻</table>{frame}{other}<p>版权</p>")
    assert _texts(path) == ["≥90%"]
    assert read(path)[0].year == 2024
    assert {"table.table_skipped", "table.lines_skipped"} <= _codes(path)


def test_a_table_inside_a_value_is_told(write: Write) -> None:
    inner = "<table><tr><td>一季度<td>1<tr><td>二季度<td>2</table>"
    path = write("a.html", _page(_row(inner)))
    assert _texts(path) == [""]
    assert "table.nested" in _codes(path)


def test_several_forms_and_a_continuation(write: Write) -> None:
    one = f"<p>1.2024年甲项目绩效目标表</p><table>{HEAD}{_row('≥1')}</table>"
    more = f"<table>{_row('≥2', '另一项')}</table>"
    two = f"<p>2.2024年乙项目绩效目标表</p><table>{HEAD}{_row('≥3')}</table>"
    path = write("a.html", f"<body>{one}{more}{two}")
    assert [[row.text for row in p.indicators] for p in read(path)] == [["≥1", "≥2"], ["≥3"]]
    assert "table.continued" in _codes(path)


def test_a_head_in_a_table_of_its_own(write: Write) -> None:
    head = "<table><tr><td>项目名称</td><td>维修</td></tr><tr><td>主管部门</td><td>教育局</td></tr></table>"
    forms = "".join(
        f"{head.replace('维修', name)}<table>{HEAD}{_row('≥1')}</table>" for name in ("甲", "乙")
    )
    projects = read(write("a.html", f"<body>{forms}"))
    assert [(p.name, p.department) for p in projects] == [("甲", "教育局"), ("乙", "教育局")]


def test_sections_are_shown_in_their_order(write: Write) -> None:
    table = f"<table><tfoot>{_row('尾')}</tfoot><thead>{HEAD}</thead><tbody>{_row('身')}</tbody></table>"
    assert _texts(write("a.html", f"<body>{table}")) == ["身", "尾"]


@pytest.mark.parametrize("said", ["", "utf-8", "gb2312", "iso-8859-1"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(said: str, encoding: str, write: Write) -> None:
    """The bytes decide; what the page says of itself is checked against them."""
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    path = write("a.html", f"<html><head>{meta}</head>{_page(_row('≥90%'))}".encode(encoding))
    assert _texts(path) == ["≥90%"]
    fits = said in {"utf-8": ("", "utf-8"), "gb18030": ("gb2312",)}.get(encoding, (said,))
    assert bool(_codes(path) & {"table.encoding", "table.html_charset"}) is not fits


def test_big5_only_where_the_page_says_so(write: Write) -> None:
    page = _page(_row("優"), '<meta charset="big5">')
    assert _texts(
        write("a.html", page.replace("优", "優").encode("big5", errors="xmlcharrefreplace"))
    ) == ["優"]
    with pytest.raises(EncodingError):
        read(write("b.html", page.encode("big5", errors="xmlcharrefreplace") + b"\xff\xff"))


def test_damaged_bytes(write: Write) -> None:
    with pytest.raises(EncodingError):
        read(write("a.html", _page(_row("≥90%")).encode() + b"\xff"))


def test_no_table(write: Write) -> None:
    for page in (
        "<html></html>",
        "<html><body><p>通知</p></body></html>",
        "<html><frameset></html>",
    ):
        with pytest.raises(NotATableError):
            read(write("a.html", page))


# --- pages made to hurt ----------------------------------------------------------------------


def test_entities_of_a_document_type_are_not_read(write: Write, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密", "utf-8")
    kind = f'<!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY n "90">]>'
    path = write("a.html", kind + _page(_row("≥&n;%&x;")))
    assert _texts(path) == ["≥&n;%&x;"]


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li"])
def test_nesting_is_refused_where_the_parser_would_drop_the_rest(tag: str, write: Write) -> None:
    deep = f"<{tag}>" * 50_000
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.html", _page(_row("≥90%"), after=f"{deep}x<table>{HEAD}</table>")))
    assert caught.value.params["reason"] == "html_deep"


def test_tables_in_tables(write: Write) -> None:
    nested = "<table><tr><td>a</td><td>" * 45
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.html", f"<html><body>{nested}"))
    assert caught.value.params["reason"] == "html_deep"


@pytest.mark.parametrize("span", ["1000000", "99999999999999999999", "-5", "0", "x", "2.5"])
def test_spans_that_make_no_sense(span: str, write: Write) -> None:
    rows = f"<tr><td>产出指标<td>a<td>甲<td colspan={span}>≥90%</tr>" + _row("≥80%")
    assert _texts(write("a.html", _page(rows))) == ["≥90%", "≥80%"]
    tall = f"<tr><td rowspan={span}>产出指标</td><td>a</td><td>甲</td><td>≥90%</td></tr>"
    assert _texts(write("b.html", _page(tall))) == ["≥90%"]


def test_too_many_columns(write: Write) -> None:
    wide = f"<tr><td colspan=1000000>a</td><td>b</td></tr>{_row('≥90%')}"
    for rows in (wide, f"<tr>{'<td>x' * 201}</tr>"):
        with pytest.raises(MalformedFileError) as caught:
            read(write("a.html", _page(rows)))
        assert caught.value.params["reason"] == "columns"


def test_too_many_rows_and_bytes(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpieval.readers.spans.MAX_ROWS", 3)
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.html", _page(_row("1") * 3)))
    assert caught.value.params["reason"] == "table_rows"
    monkeypatch.setattr(htmlform, "MAX_BYTES", 100)
    with pytest.raises(MalformedFileError) as caught:
        read(write("a.html", _page(_row("1") * 3)))
    assert caught.value.params["reason"] == "page_size"


def test_the_extra_is_named(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "kpieval.readers.htmlform")
    monkeypatch.delattr("kpieval.readers.htmlform")
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingExtraError) as caught:
        read(write("a.html", _page("")))
    assert caught.value.params == {"extra": "office", "library": "lxml"}


# --- what is no page at all, and what another release of the parser makes of it ------------------


@pytest.mark.parametrize("data", [b"", b" ", b"<!-- only a remark -->", b"<?php ?>"])
def test_a_page_with_nothing_in_it(data: bytes) -> None:
    assert [grid.rows for grid in htmlform.read(data, "a.html").grids] == [()]


def test_releases_of_the_parser_that_refuse_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some raise for an empty page what others call none; any other refusal is one here."""

    def refusing(text: str) -> None:
        def fromstring(*_: object) -> None:
            raise htmlform.etree.XMLSyntaxError(text, 1, 1, 1)

        monkeypatch.setattr(htmlform.etree, "fromstring", fromstring)

    refusing("Document is empty, line 1, column 1")
    assert [grid.rows for grid in htmlform.read(b"", "a.html").grids] == [()]
    refusing("Excessive depth in document")
    with pytest.raises(MalformedFileError) as caught:
        htmlform.read(b"<p>", "a.html")
    assert caught.value.params["reason"] == "html"


def test_a_page_that_says_big5_and_is_utf_8(write: Write) -> None:
    page = '<meta charset="big5"><table><tr><td>三级指标<td>指标值<tr><td>人数<td>≥1人</table>'
    document = read_tables(write("a.html", page))
    assert document.projects[0].indicators[0].name == "人数"
    (told,) = [note for note in document.notes if note.code == "table.html_charset"]
    assert dict(told.params) == {"said": "big5", "encoding": "UTF-8"}
