"""Word files built in memory from raw XML, and the traps of Word with what a person sees in them.

Nothing binary is stored: every file is made when a test asks for it, so that the XML that makes
the trap can be read here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from attrs import frozen

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
STRICT_W = "http://purl.oclc.org/ooxml/wordprocessingml/main"
STRICT_M = "http://purl.oclc.org/ooxml/officeDocument/math"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:m="{M}" xmlns:r="{RELATIONS}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:new="urn:example:new" xmlns:v="urn:schemas-microsoft-com:vml"'
)
HEADER = ("一级指标", "二级指标", "三级指标", "指标值")
INS = 'w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z"'


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    dressed = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{dressed}<w:t xml:space="preserve">{text}</w:t></w:r>'


def par(*inside: str, properties: str = "") -> str:
    """A paragraph of runs."""
    dressed = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{dressed}{''.join(inside)}</w:p>"


def cell(content: str, properties: str = "") -> str:
    """A cell; a content without markup is its text."""
    dressed = f"<w:tcPr>{properties}</w:tcPr>" if properties else ""
    inside = content if content.startswith("<") else par(run(content) if content else "")
    return f"<w:tc>{dressed}{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A row; what is no cell yet becomes one."""
    dressed = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    made = [text if text.startswith(("<w:tc>", "<w:sdt>")) else cell(text) for text in cells]
    return f"<w:tr>{dressed}{''.join(made)}</w:tr>"


def table(*rows: str, widths: Sequence[int] = ()) -> str:
    """A table of rows."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def document(body: str, spaces: str = SPACES) -> str:
    """The main part."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {spaces}>'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )


def packed(parts: dict[str, str | bytes], main: str = "word/document.xml") -> bytes:
    """The file: its parts, with the relations and types that they need."""
    folder, _, name = main.rpartition("/")
    kinds = {"word/styles.xml": "styles", "word/numbering.xml": "numbering"}
    relations = "".join(
        f'<Relationship Id="r{n}" Type="{RELATIONS}/{kind}" Target="{part.rpartition("/")[2]}"/>'
        for n, (part, kind) in enumerate(kinds.items())
        if part in parts
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": (
            f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/{main}" ContentType="{word}.document.main+xml"/>'
            f'<Override PartName="/word/styles.xml" ContentType="{word}.styles+xml"/>'
            f'<Override PartName="/word/numbering.xml" ContentType="{word}.numbering+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{space}"><Relationship Id="r1" '
            f'Type="{RELATIONS}/officeDocument" Target="{main}"/></Relationships>'
        ),
        f"{folder}/_rels/{name}.rels": (
            f'<Relationships xmlns="{space}">{relations}</Relationships>'
        ),
        **parts,
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in whole.items():
            archive.writestr(part, content)
    return stream.getvalue()


def docx(
    body: str, *, styles: str = "", numbering: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    """A Word file with this body; ``styles`` and ``numbering`` are what stands in those parts."""
    parts: dict[str, str | bytes] = {"word/document.xml": document(body), **(more or {})}
    # Other readers want the part to be there.
    parts["word/styles.xml"] = f"<w:styles {SPACES}>{styles}</w:styles>"
    if numbering:
        parts["word/numbering.xml"] = f"<w:numbering {SPACES}>{numbering}</w:numbering>"
    return packed(parts)


def level(form: str, text: str, number: int = 0, more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(*levels: str, more: str = "") -> str:
    """A part of one list, whose number is 1."""
    return (
        f'<w:abstractNum w:abstractNumId="7">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="7"/>{more}</w:num>'
    )


def numbered(text: str, level: int = 0) -> str:
    """A paragraph of the list."""
    inside = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'
    return par(run(text), properties=inside)


@frozen
class Trap:
    """The content of the cell 指标值, what a person sees in it, and the notes that tell of it."""

    name: str
    content: str
    seen: str
    codes: tuple[str, ...] = ()
    styles: str = ""
    numbering: str = ""

    def file(self) -> bytes:
        """A file with one indicator, whose value is the trap."""
        rows = (row(*HEADER), row("产出指标", "质量指标", "合格率", cell(self.content)))
        return docx(table(*rows), styles=self.styles, numbering=self.numbering)


def sym(font: str, code: str) -> str:
    """A sign of a symbol font, as Word inserts it."""
    return f'<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>'


def font(name: str) -> str:
    """The property that sets a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


def math(inside: str) -> str:
    """An equation."""
    return f"<m:oMath>{inside}</m:oMath>"


def math_run(text: str) -> str:
    """A run of an equation."""
    return f"<m:r><m:t>{text}</m:t></m:r>"


def complex_field(code: str, *result: str) -> str:
    """A field with its code and its stored result."""
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate")]
    inside = f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>'
    shown = f"{marks[1]}{''.join(result)}" if result else ""
    return f'{marks[0]}{inside}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def box(text: str) -> str:
    """A text box, twice: for new programs and for old ones."""
    inside = f"<w:txbxContent>{par(run(text))}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor>'
        f"<wps:txbx>{inside}</wps:txbx></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def control(inside: str, properties: str = "") -> str:
    """A content control."""
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def deleted(text: str) -> str:
    """A tracked deletion."""
    return f"<w:del {INS}><w:r><w:delText>{text}</w:delText></w:r></w:del>"


def inserted(text: str) -> str:
    """A tracked insertion."""
    return f"<w:ins {INS}>{run(text)}</w:ins>"


def character_style(properties: str) -> str:
    """A style of runs, named S."""
    return (
        f'<w:style w:type="character" w:styleId="S"><w:name w:val="S"/>'
        f"<w:rPr>{properties}</w:rPr></w:style>"
    )


def fraction(over: str, under: str) -> str:
    """A fraction of an equation."""
    return f"<m:f><m:num>{math_run(over)}</m:num><m:den>{math_run(under)}</m:den></m:f>"


SUPER = '<w:vertAlign w:val="superscript"/>'
