"""Pages -> a document (.docx), a section each, on A4.

Needs the extra ``office``. The tables are built cell by cell: merging them afterwards takes time
that grows with the square of their size. Nothing in the file tells when or where it was made.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable, Mapping
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from kpieval.phrases import phrase
from kpieval.unseen import spelled_out
from kpieval.writers.layout import Cell, Look, Page
from kpieval.writers.package import repacked

_CREATED = dt.datetime(2000, 1, 1)
_PAPER = (210, 297)
_MARGIN = 16
_LATIN, _BODY_FONT, _TITLE_FONT = "Times New Roman", "宋体", "黑体"
_SIZE = {Look.TITLE: 18, Look.SUBTITLE: 12, Look.FOOT: 10}
_BODY = 9
_LINE = 240
"""Twentieths of a point that a line of the table takes."""
_ROW = 340
"""Twentieths of a point that a row takes at least."""
_SHADE, _TO_FILL = "F2F2F2", "FFF9E5"
_ALIGN = {
    Look.TITLE: "center",
    Look.SUBTITLE: "center",
    Look.LABEL: "center",
    Look.MIDDLE: "center",
    Look.NUMBER: "right",
    Look.MONEY: "right",
}


def render(pages: Iterable[Page], lang: str = "zh") -> bytes:
    """The document of the pages, in order."""
    document = docx.Document()
    _set_style(document)
    for look in Look:
        _add_style(document.styles, look)
    for number, page in enumerate(pages):
        section = document.sections[0]
        if number:
            section = document.add_section(WD_SECTION.NEW_PAGE)
        _set_section(section, page)
        _draw(document.element.body, page)
    _number_pages(document.sections[0].footer.paragraphs[0], lang)
    _set_properties(document.core_properties)
    made = io.BytesIO()
    document.save(made)
    return repacked(made.getvalue())


def _set_style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(_BODY)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _BODY_FONT)
    for lang in document.styles.element.iter(qn("w:lang")):
        # A Chinese font has its commas where Chinese text has them.
        lang.set(qn("w:eastAsia"), "zh-CN")
    style.paragraph_format.space_after = Pt(0)


def _add_style(styles: Any, look: Look) -> None:
    """A style for all paragraphs of a look: said at each of them it would take most of the file."""
    made = styles.add_style(_style_name(look), WD_STYLE_TYPE.PARAGRAPH)
    made.base_style = styles["Normal"]
    made.element.append(_paragraph_look(look))
    made.element.append(_run_look(look))


def _style_name(look: Look) -> str:
    return f"Kpieval{look.name.title()}"


def _set_properties(known: Any) -> None:
    known.author = known.last_modified_by = known.comments = known.title = ""
    known.created = known.modified = _CREATED
    known.revision = 1


def _set_section(section: Any, page: Page) -> None:
    short, long = (Mm(side) for side in _PAPER)
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if page.landscape else (short, long)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin, section.bottom_margin = Mm(12), Mm(12)
    section.header_distance = section.footer_distance = Mm(6)


def _draw(body: Any, page: Page) -> None:
    """The lines above the table, the table, the lines below it; before the section's properties."""
    loose = [cell for cell in page.cells if cell.look.is_loose]
    bound = [cell for cell in page.cells if not cell.look.is_loose]
    first = min((cell.row for cell in bound), default=page.height)
    parts = [_paragraph(cell.text, cell.look) for cell in loose if cell.row < first]
    if bound:
        parts.append(_table(page, bound))
    parts += [_paragraph(cell.text, cell.look) for cell in loose if cell.row > first]
    if parts and parts[-1].tag == qn("w:tbl"):
        # A table may not be the last thing of a section.
        parts.append(_paragraph("", Look.TEXT))
    end = body[-1] if len(body) and body[-1].tag == qn("w:sectPr") else None
    for part in parts:
        body.append(part) if end is None else end.addprevious(part)


def _table(page: Page, cells: list[Cell]) -> Any:
    table = _element("w:tbl")
    properties = _element("w:tblPr")
    table.append(properties)
    widths = _widths(page)
    properties.append(_element("w:tblW", w=sum(widths), type="dxa"))
    properties.append(_element("w:jc", val="center"))
    borders = _element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz=4, space=0, color="000000"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=60, type="dxa"))
    properties.append(margins)
    grid = _element("w:tblGrid")
    grid.extend(_element("w:gridCol", w=width) for width in widths)
    table.append(grid)
    covered = {
        (row, cell.column): cell for cell in cells for row in range(cell.row, cell.row + cell.rows)
    }
    room = dict.fromkeys((row for row, _ in covered), 1)
    for cell in cells:
        room[cell.row] = max(room[cell.row], cell.lines)
    for row in sorted(room):
        repeated = page.flat and page.heads is not None and row <= page.heads[1]
        table.append(_row(row, covered, widths, room=room[row], repeated=repeated))
    return table


def _widths(page: Page) -> list[int]:
    """The widths of the columns in twentieths of a point, over the whole of the paper."""
    paper = _PAPER[1] if page.landscape else _PAPER[0]
    room = int((paper - 2 * _MARGIN) / 25.4 * 1440)
    whole = sum(page.widths)
    return [width * room // whole for width in page.widths]


def _row(
    row: int,
    covered: Mapping[tuple[int, int], Cell],
    widths: list[int],
    *,
    room: int,
    repeated: bool,
) -> Any:
    line = _element("w:tr")
    properties = _element("w:trPr")
    properties.append(_element("w:cantSplit"))
    height = _ROW + (room - 1) * _LINE
    properties.append(_element("w:trHeight", val=height, hRule="atLeast"))
    if repeated:
        properties.append(_element("w:tblHeader"))
    line.append(properties)
    column = 0
    while column < len(widths):
        cell = covered.get((row, column)) or Cell(row, column, "")
        span = widths[column : column + cell.columns]
        line.append(_cell(cell, row, sum(span)))
        column += cell.columns
    return line


def _cell(cell: Cell, row: int, width: int) -> Any:
    drawn = _element("w:tc")
    properties = _element("w:tcPr")
    properties.append(_element("w:tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(_element("w:gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(_element("w:vMerge", val="restart" if row == cell.row else "continue"))
    colour = _TO_FILL if cell.fill is not None else _SHADE if cell.look is Look.LABEL else None
    if colour is not None:
        properties.append(_element("w:shd", val="clear", color="auto", fill=colour))
    properties.append(_element("w:vAlign", val="center"))
    drawn.append(properties)
    text = cell.text if row == cell.row else ""
    drawn.extend(_paragraph(line, cell.look) for line in spelled_out(text).split("\n"))
    return drawn


def _paragraph(text: str, look: Look) -> Any:
    paragraph = _element("w:p")
    properties = _element("w:pPr")
    properties.append(_element("w:pStyle", val=_style_name(look)))
    paragraph.append(properties)
    if text:
        run = _element("w:r")
        # Only at the run itself does it make Chinese signs of what could be Latin ones.
        hint = _element("w:rPr")
        hint.append(_element("w:rFonts", hint="eastAsia"))
        run.append(hint)
        words = _element("w:t")
        words.text = spelled_out(text)
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        paragraph.append(run)
    return paragraph


def _paragraph_look(look: Look) -> Any:
    properties = _element("w:pPr")
    if look is Look.TITLE:
        properties.append(_element("w:keepNext"))
    gap = 40 if look.is_loose else 20
    for side in ("w:autoSpaceDE", "w:autoSpaceDN"):
        properties.append(_element(side, val=0))
    # The same height whatever font stands in for the one that is asked for.
    line = {} if look.is_loose else {"line": _LINE, "lineRule": "exact"}
    properties.append(_element("w:spacing", before=gap, after=gap, **line))
    properties.append(_element("w:jc", val=_ALIGN.get(look, "left")))
    return properties


def _run_look(look: Look) -> Any:
    properties = _element("w:rPr")
    title = look in (Look.TITLE, Look.LABEL)
    east = _TITLE_FONT if title else _BODY_FONT
    fonts = {"ascii": _LATIN, "hAnsi": _LATIN, "eastAsia": east}
    properties.append(_element("w:rFonts", **fonts))
    if look is Look.TITLE:
        properties.append(_element("w:b"))
    properties.append(_element("w:sz", val=_SIZE.get(look, _BODY) * 2))
    return properties


def _number_pages(paragraph: Any, lang: str) -> None:
    """第 1 页 共 2 页, as fields."""
    before, _, rest = phrase("paper.pages", lang, page="\0", pages="\1").partition("\0")
    between, _, after = rest.partition("\1")
    paragraph.alignment = 1
    paragraph.add_run(before)
    _field(paragraph, "PAGE")
    paragraph.add_run(between)
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(after)


def _field(paragraph: Any, code: str) -> None:
    simple = _element("w:fldSimple", instr=code)
    run = _element("w:r")
    words = _element("w:t")
    words.text = "1"
    run.append(words)
    simple.append(run)
    paragraph._p.append(simple)


def _element(tag: str, **attributes: object) -> Any:
    """An element of WordprocessingML; its attributes are of the same name space."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made
