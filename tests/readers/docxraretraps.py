"""Traps of Word that are met rarely: odd wrappings, old marks, lists and fields that are cut short."""

from __future__ import annotations

from docxmaker import (
    INS,
    Trap,
    cell,
    character_style,
    complex_field,
    control,
    font,
    inserted,
    level,
    lists,
    math,
    math_run,
    numbered,
    par,
    row,
    run,
    sym,
    table,
)

_HIDE, _S = "<w:vanish/>", '<w:rStyle w:val="S"/>'
_MICROSOFT = 'xmlns:ms="http://schemas.microsoft.com/office/word/2099/made-up"'


def _chosen(inside: str) -> str:
    """What a branch for Word's own additions holds."""
    return (
        f'<mc:AlternateContent {_MICROSOFT}><mc:Choice Requires="ms">{inside}</mc:Choice>'
        "</mc:AlternateContent>"
    )


def _future(inside: str) -> str:
    """A branch for programs of the future, with nothing beside it for those of today."""
    return (
        f'<mc:AlternateContent><mc:Choice Requires="new">{inside}</mc:Choice></mc:AlternateContent>'
    )


def _dropped_down(*marks: str) -> str:
    """A list of a form to choose from."""
    entries = "".join(f'<w:listEntry w:val="{text}"/>' for text in ("≥80%", "≥90%"))
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList>{"".join(marks)}{entries}'
        "</w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMDROPDOWN </w:instrText>"
        '</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _boxed(inside: str, properties: str = "") -> str:
    """A text box straight in a run, with this content."""
    drawn = f"<w:drawing><wp:anchor><w:txbxContent>{inside}</w:txbxContent></wp:anchor></w:drawing>"
    return f"<w:r><w:rPr>{properties}</w:rPr>{drawn}</w:r>"


def _in_style(inside: str) -> str:
    """A style of paragraphs, named L, that numbers them."""
    return (
        f'<w:style w:type="paragraph" w:styleId="L"><w:pPr><w:numPr>{inside}</w:numPr></w:pPr>'
        "</w:style>"
    )


_STYLED = '<w:pStyle w:val="L"/>'

BLOCKS = (
    Trap(
        "prompt of a control around paragraphs",
        control(par(run("单击输入")), "<w:showingPlcHdr/>") + par(run("≥90%")),
        "≥90%",
        ("word.prompt",),
    ),
    Trap("control without content", "<w:sdt/>" + par("<w:sdt/>", run("≥90%")), "≥90%"),
    Trap(
        "paragraphs in elements of one's own",
        f'<w:customXml w:element="x">{par(run("≥90%"))}</w:customXml>',
        "≥90%",
    ),
    Trap(
        "paragraphs moved away",
        f"<w:moveFrom {INS}>{par(run('≥80%'))}</w:moveFrom>" + par(run("≥90%")),
        "≥90%",
        ("word.deleted",),
    ),
    Trap("branch of Word around paragraphs", _chosen(par(run("≥90%"))), "≥90%"),
    Trap("branch that no program shows", par(_future(run("5")), run("≥90%")), "≥90%"),
    Trap(
        "branch in a run that no program shows",
        par(f"<w:r>{_future('<w:t>5</w:t>')}</w:r>", run("≥90%")) + _future(par(run("6"))),
        "≥90%",
    ),
    Trap(
        "document in the cell",
        '<w:altChunk r:id="r9"/>' + par(run("≥90%")),
        "￼\n≥90%",
        ("word.unread",),
    ),
    Trap(
        "hidden text in a text box",
        par(run("≥90%"), _boxed(par(run("含"), run("不", _HIDE)))),
        "≥90%\n含",
        ("word.hidden", "word.text_box"),
    ),
    Trap("hidden text box", par(run("≥90%"), _boxed(par(run("含")), _HIDE)), "≥90%"),
    Trap(
        "text box in a branch",
        par(run("≥90%"), f"<w:r><w:pict>{_chosen(_boxed(par(run('含'))))}{_future('')}</w:pict></w:r>"),
        "≥90%\n含",
        ("word.text_box",),
    ),
    Trap(
        "table with a note in the cell",
        table(row("≥90%", cell(par(inserted("甲"))))) + par(),
        "≥90% 甲",
        ("word.nested",),
    ),
)  # fmt: skip
PIECES = (
    Trap("sign without a code", par(sym("Symbol", "x"), run("90%")), "￼90%", ("word.unread",)),
    Trap(
        "hidden sign",
        par(f'<w:r><w:rPr>{_HIDE}</w:rPr><w:sym w:font="Symbol" w:char="F0B3"/></w:r>', run("90%")),
        "90%",
        ("word.hidden",),
    ),
    Trap(
        "unknown sign in a run of its font",
        par(run("甲\uf024", font("Wingdings")), run("90%")),
        "甲\uf02490%",
        ("word.symbol_unknown",),
    ),
    Trap(
        "plain font beside a symbol font",
        par(run("≥", font("宋体")), run("\uf0b3", font("Symbol"))),
        "≥≥",
        ("word.symbol",),
    ),
    Trap(
        "hidden picture",
        par(f"<w:r><w:rPr>{_HIDE}</w:rPr><w:drawing/></w:r>", run("≥90%")),
        "≥90%",
    ),
    Trap(
        "picture that floats beside the text",
        par(run("≥90%"), "<w:r><w:drawing><wp:anchor/></w:drawing></w:r>"),
        "≥90%",
        ("word.unread",),
    ),
    Trap(
        "hidden mark of a footnote, and of a comment",
        par(
            run("≥90%"),
            f'<w:r><w:rPr>{_HIDE}</w:rPr><w:footnoteReference w:id="2"/></w:r>',
            '<w:r><w:commentReference w:id="3"/></w:r>',
        ),
        "≥90%",
    ),
    Trap(
        "reading without a text, text without a reading",
        par(
            f"<w:r><w:ruby><w:rt>{run('tǐ')}</w:rt></w:ruby></w:r>",
            f"<w:r><w:ruby><w:rubyBase>{run('提高')}</w:rubyBase></w:ruby></w:r>",
        ),
        "提高",
        ("word.ruby",),
    ),
    Trap("forced from left to right", par(f'<w:bdo w:val="ltr">{run("90%")}</w:bdo>'), "90%"),
    Trap(
        "mark of a paragraph that was inserted",
        par(run("≥90%"), properties=f"<w:rPr><w:ins {INS}/></w:rPr>"),
        "≥90%",
    ),
    Trap(
        "raised beside a run without text",
        par("<w:r><w:tab/></w:r>", run("10"), run("4", '<w:position w:val="6"/>')),
        "10⁴",
        ("word.raised",),
    ),
    Trap(
        "hidden by style and by style shown again",
        par(run("≥90%", _S), properties=_STYLED),
        "≥90%",
        styles=character_style(f"{_HIDE}<w:strike/>")
        + '<w:style w:type="paragraph" w:styleId="L"><w:rPr><w:vanish/><w:strike/></w:rPr></w:style>',
    ),
    Trap(
        "run in a style that changes nothing, beside one that hides",
        par(run("≥50%", _S), run("≥90%", '<w:rStyle w:val="T"/>')),
        "≥90%",
        ("word.hidden",),
        styles=character_style(_HIDE)
        + '<w:style w:type="character" w:styleId="T"><w:rPr><w:b/></w:rPr></w:style>',
    ),
    Trap("marks where they do not belong", par(run("≥90%"), properties=f"<w:del {INS}/>"), "≥90%"),
    Trap("not struck through after all", par(run("≥90%", '<w:strike w:val="0"/>')), "≥90%"),
)
FIELDS = (
    Trap("chosen from a list", par(_dropped_down('<w:result w:val="1"/>')), "≥90%"),
    Trap("list with a default", par(_dropped_down('<w:default w:val="0"/>')), "≥80%"),
    Trap("list without a choice", par(_dropped_down()), "≥80%"),
    Trap(
        "field that began elsewhere",
        par(
            "<w:r><w:instrText> REF a </w:instrText></w:r>",
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run("≥90%"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        "≥90%",
    ),
    Trap(
        "field with a mark of no kind",
        par('<w:r><w:fldChar w:fldCharType="middle"/></w:r>', complex_field(" REF a ", run("7"))),
        "7",
        ("word.field",),
    ),
)
EQUATIONS = (
    Trap(
        "sum with bounds",
        par(
            math(
                '<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr>'
                f"<m:sub>{math_run('i=1')}</m:sub><m:sup>{math_run('n')}</m:sup>"
                f"<m:e>{math_run('x')}</m:e></m:nary>"
            )
        ),
        "∑(i=1..n)x",
        ("word.equation",),
    ),
    Trap(
        "integral without bounds",
        par(math(f"<m:nary><m:e>{math_run('x')}</m:e></m:nary>")),
        "∫x",
        ("word.equation",),
    ),
    Trap(
        "matrix",
        par(math(f"<m:m><m:mr><m:e>{math_run('1')}</m:e><m:e>{math_run('2')}</m:e></m:mr>"
                 f"<m:mr><m:e>{math_run('3')}</m:e><m:e>{math_run('4')}</m:e></m:mr></m:m>")),
        "1 2\n3 4",
        ("word.equation",),
    ),
    Trap(
        "tracked insertion in an equation",
        par(math(inserted("≥90%"))),
        "≥90%",
        ("word.inserted", "word.equation"),
    ),
)  # fmt: skip
NUMBERS = (
    Trap(
        "number by a style that names the level",
        par(run("甲"), properties=_STYLED),
        "b) 甲",
        ("word.number",),
        styles=_in_style('<w:ilvl w:val="1"/><w:numId w:val="1"/>'),
        numbering=lists(level("decimal", "%1."), level("lowerLetter", "%2)", 1)).replace(
            '<w:lvl w:ilvl="1"><w:start w:val="1"/>', '<w:lvl w:ilvl="1"><w:start w:val="2"/>'
        ),
    ),
    Trap(
        "level before any of the level above",
        numbered("甲", 1),
        "1.1 甲",
        ("word.number",),
        numbering=lists(level("decimal", "%1"), level("decimal", "%1.%2", 1)),
    ),
    Trap(
        "number of a level that is below",
        numbered("甲"),
        "1- 甲",
        ("word.number",),
        numbering=lists(level("decimal", "%1-%2"), level("decimal", "%2", 1)),
    ),
    Trap(
        "level that the list changes",
        numbered("甲"),
        "A) 甲",
        ("word.number",),
        numbering=lists(
            level("decimal", "%1."),
            more=f'<w:lvlOverride w:ilvl="0">{level("upperLetter", "%1)")}</w:lvlOverride>',
        ),
    ),
    Trap(
        "level that never starts again",
        numbered("甲") + numbered("乙", 1) + numbered("丙") + numbered("丁", 1),
        "1 甲\n1.1 乙\n2 丙\n2.2 丁",
        ("word.number",),
        numbering=lists(
            level("decimal", "%1"),
            level("decimal", "%1.%2", 1, more='<w:lvlRestart w:val="0"/>'),
        ),
    ),
    Trap(
        "list that has no such level, and no such list",
        numbered("甲", 7) + numbered("乙").replace('"1"', '"9"'),
        "甲\n乙",
        numbering=lists(level("decimal", "%1.")),
    ),
    Trap(
        "list that a style of lists describes",
        par(run("甲"), properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr>'),
        "1) 甲",
        ("word.number",),
        styles=(
            '<w:style w:type="numbering" w:styleId="N"><w:pPr><w:numPr><w:numId w:val="1"/>'
            "</w:numPr></w:pPr></w:style>"
        ),
        numbering='<w:numPicBullet w:numPicBulletId="0"/>'
        + lists(level("decimal", "%1)"))
        + '<w:abstractNum w:abstractNumId="8"><w:numStyleLink w:val="N"/></w:abstractNum>'
        '<w:abstractNum w:abstractNumId="9"><w:numStyleLink w:val="no such"/></w:abstractNum>'
        '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>',
    ),
)
RARE = (*BLOCKS, *PIECES, *FIELDS, *EQUATIONS, *NUMBERS)
