"""The traps of Word: small files, and the text that a person sees in them."""

from __future__ import annotations

from docxmaker import (
    INS,
    SUPER,
    Trap,
    box,
    character_style,
    complex_field,
    control,
    deleted,
    font,
    fraction,
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
from docxraretraps import RARE

_HIDE = "<w:vanish/>"
_S = '<w:rStyle w:val="S"/>'
_BOX_STATE = '<w:ffData><w:checkBox><w:default w:val="{}"/></w:checkBox></w:ffData>'
_OPEN = f"<w:rPr><w:del {INS}/></w:rPr>"


def _form(inside: str) -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{inside}</w:fldChar></w:r>'
    code = "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    return f'{begin}{code}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


REVISIONS = (
    Trap(
        "tracked insertion and deletion",
        par(inserted("≥95%"), deleted("≥90%")),
        "≥95%",
        ("word.inserted", "word.deleted"),
    ),
    Trap(
        "moved text",
        par(
            f"<w:moveFrom {INS}>{run('≥80%')}</w:moveFrom>",
            f"<w:moveTo {INS}>{run('≥90%')}</w:moveTo>",
        ),
        "≥90%",
        ("word.inserted", "word.deleted"),
    ),
    Trap(
        "insertion deleted again",
        par(run("≥9"), f"<w:ins {INS}>{deleted('9')}{run('0')}</w:ins>", run("%")),
        "≥90%",
        ("word.inserted", "word.deleted"),
    ),
    Trap(
        "old properties of a change",
        par(run("≥90%", f"<w:rPrChange {INS}><w:rPr><w:vanish/></w:rPr></w:rPrChange>")),
        "≥90%",
    ),
    Trap("deleted end of paragraph", par(run("≥"), properties=_OPEN) + par(run("90%")), "≥90%"),
    Trap(
        "struck through",
        par(run("≥90%", "<w:strike/>"), run("≥95%")),
        "≥95%",
        ("word.struck",),
    ),
)
SIGNS = (
    Trap(
        "sign of the Symbol font", par(sym("Symbol", "F0B3"), run("90%")), "≥90%", ("word.symbol",)
    ),
    Trap("sign without its F0", par(sym("Symbol", "00A3"), run("5天")), "≤5天", ("word.symbol",)),
    Trap(
        "run in the Symbol font",
        par(run("\uf0b3", font("Symbol")), run("90%")),
        "≥90%",
        ("word.symbol",),
    ),
    Trap(
        "Latin run in the Symbol font", par(run("³90%", font("Symbol"))), "≥90%", ("word.symbol",)
    ),
    Trap(
        "Symbol font by style",
        par(run("\uf0a3", _S), run("5天")),
        "≤5天",
        ("word.symbol",),
        styles=character_style(font("Symbol")),
    ),
    Trap("tick of Wingdings", par(sym("Wingdings", "F0FE"), run("是")), "☑是", ("word.symbol",)),
    Trap(
        "unknown sign",
        par(sym("Wingdings", "F024"), run("90%")),
        "\uf02490%",
        ("word.symbol_unknown",),
    ),
    Trap("sign of a plain font", par(sym("宋体", "2265"), run("90%")), "≥90%", ("word.symbol",)),
    Trap(
        "field of a symbol",
        par(complex_field(' SYMBOL 179 \\f "Symbol" \\s 12 '), run("90%")),
        "≥90%",
        ("word.symbol",),
    ),
)
EQUATIONS = (
    Trap("sign in an equation", par(math(math_run("≥")), run("90%")), "≥90%", ("word.equation",)),
    Trap("fraction", par(run("≥"), math(fraction("1", "2"))), "≥1/2", ("word.equation",)),
    Trap(
        "number before a fraction",
        par(run("≥1"), math(fraction("1", "2"))),
        "≥1(1/2)",
        ("word.equation",),
    ),
    Trap(
        "superscript in an equation",
        par(
            run("2324"),
            math(f"<m:sSup><m:e>{math_run('m')}</m:e><m:sup>{math_run('2')}</m:sup></m:sSup>"),
        ),
        "2324m²",
        ("word.equation",),
    ),
    Trap(
        "equation on a line of its own",
        par(f"<m:oMathPara>{math(math_run('x≤3'))}</m:oMathPara>"),
        "x≤3",
        ("word.equation",),
    ),
    Trap(
        "brackets and root",
        par(
            math(
                f"<m:d><m:e>{math_run('a+b')}</m:e></m:d>"
                f"<m:rad><m:deg/><m:e>{math_run('4')}</m:e></m:rad>"
            )
        ),
        "(a+b)√(4)",
        ("word.equation",),
    ),
)
WRAPPERS = (
    Trap("content control in a line", par(control(run("≥90%"))), "≥90%"),
    Trap("content control around paragraphs", control(par(run("≥90%"))), "≥90%"),
    Trap(
        "prompt of a control",
        par(control(run("单击输入"), "<w:showingPlcHdr/>"), run("≥90%")),
        "≥90%",
        ("word.prompt",),
    ),
    Trap(
        "box of a control",
        par(control(run("☒"), '<w14:checkbox><w14:checked w14:val="1"/></w14:checkbox>'), run("是")),
        "☒是",
    ),
    Trap("smart tag", par(f'<w:smartTag w:element="n">{run("≥90%")}</w:smartTag>'), "≥90%"),
    Trap("link", par(f'<w:hyperlink w:anchor="a">{run("≥90%")}</w:hyperlink>'), "≥90%"),
    Trap(
        "field",
        par(complex_field(" REF a ", run("≥90%"))),
        "≥90%",
        ("word.field",),
    ),
    Trap(
        "field in the code of a field",
        par(
            complex_field(" IF ", run("≥90%")).replace(
                "</w:instrText></w:r>", "</w:instrText></w:r>" + complex_field(" REF a ", run("7"))
            ),
            run("以上"),
        ),
        "≥90%以上",
        ("word.field",),
    ),
    Trap("simple field", par(f'<w:fldSimple w:instr=" REF a ">{run("≥90%")}</w:fldSimple>'), "≥90%",
         ("word.field",)),
    Trap("field without a result", par(run("≥"), complex_field(" =SUM(ABOVE) ")), "≥￼", ("word.unread",)),
    Trap("box of a form", par(_form(_BOX_STATE.format(1)), run("是")), "☑是"),
    Trap("blank box of a form", par(_form(_BOX_STATE.format(0)), run("是")), "☐是"),
    Trap("text box, once", par(run("≥90%"), box("含")), "≥90%\n含", ("word.text_box",)),
    Trap("picture after the value", par(run("≥90%"), "<w:r><w:drawing/></w:r>"), "≥90%￼", ("word.unread",)),
    Trap("old equation object", par("<w:r><w:object/></w:r>", run("90%")), "￼90%", ("word.unread",)),
    Trap(
        "branch for programs of the future",
        par(
            '<mc:AlternateContent><mc:Choice Requires="new">' + run("5") + "</mc:Choice>"
            f"<mc:Fallback>{run('≥90%')}</mc:Fallback></mc:AlternateContent>"
        ),
        "≥90%",
    ),
)  # fmt: skip
HIDDEN = (
    Trap("hidden text", par(run("≥50%", _HIDE), run("≥90%")), "≥90%", ("word.hidden",)),
    Trap(
        "hidden by style",
        par(run("≥50%", _S), run("≥90%")),
        "≥90%",
        ("word.hidden",),
        styles=character_style(_HIDE),
    ),
    Trap(
        "shown against its style",
        par(run("≥90%", _S + '<w:vanish w:val="0"/>')),
        "≥90%",
        styles=character_style(_HIDE),
    ),
    Trap(
        "mark of a footnote",
        par(run("≥90%"), '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        "≥90%",
        ("word.reference",),
    ),
    Trap(
        "reading above the text",
        par(
            f"<w:r><w:ruby><w:rt>{run('tǐ')}</w:rt><w:rubyBase>{run('提高')}</w:rubyBase></w:ruby></w:r>"
        ),
        "提高",
        ("word.ruby",),
    ),
)
TEXTS = (
    Trap("superscript", par(run("2324m"), run("2", SUPER)), "2324m²", ("word.raised",)),
    Trap("raised number is no digit", par(run("≥90"), run("1", SUPER)), "≥90¹", ("word.raised",)),
    Trap(
        "raised by its position",
        par(run("≥10"), run("4", '<w:position w:val="6"/>'), run("次")),
        "≥10⁴次",
        ("word.raised",),
    ),
    Trap(
        "lowered by its position",
        par(run("≥10"), run("4", '<w:position w:val="-6"/>'), run("次")),
        "≥10₄次",
        ("word.raised",),
    ),
    Trap(
        "a whole line moved",
        par(run("≥10", '<w:position w:val="6"/>'), run("4次", '<w:position w:val="6"/>')),
        "≥104次",
    ),
    Trap(
        "words raised by their position",
        par(run("≥90"), run("%", '<w:position w:val="6"/>')),
        "≥90%",
    ),
    Trap(
        "moved too little to be seen",
        par(run("≥"), run("90%", '<w:position w:val="2"/>')),
        "≥90%",
    ),
    Trap(
        "subscript",
        par(run("CO"), run("2", '<w:vertAlign w:val="subscript"/>'), run("减少")),
        "CO₂减少",
        ("word.raised",),
    ),
    Trap("line break", par(run("≥90%"), "<w:r><w:br/></w:r>", run("≤95%")), "≥90%\n≤95%"),
    Trap("two paragraphs", par(run("≥90%")) + par() + par(run("≤95%")), "≥90%\n≤95%"),
    Trap("tab", par(run("≥90"), "<w:r><w:tab/></w:r>", run("%")), "≥90 %"),
    Trap("hyphens", par(run("3"), "<w:r><w:noBreakHyphen/></w:r>", run("5"),
                        "<w:r><w:softHyphen/></w:r>", run("天")), "3-5天"),
    Trap("space that is not kept", par("<w:r><w:t>≥9 </w:t></w:r>", run("0%")), "≥90%"),
    Trap("full width", par(run("≥９０％", '<w:eastAsianLayout w:combine="1"/>')), "≥９０％"),
    Trap(
        "forced from right to left",
        par(f'<w:bdo w:val="rtl">{run("90%")}</w:bdo>'),
        "\u202e90%\u202c",
        ("word.rtl",),
    ),
    Trap("right to left", par(run("90%", "<w:rtl/>")), "90%", ("word.rtl",)),
    Trap("sign of the font that is no symbol", par(run("≥90%", font("Times New Roman"))), "≥90%"),
)  # fmt: skip
NUMBERS = (
    Trap(
        "automatic number",
        numbered("按期完成"),
        "1. 按期完成",
        ("word.number",),
        numbering=lists(level("decimal", "%1.")),
    ),
    Trap(
        "Chinese automatic number",
        numbered("甲") + numbered("乙"),
        "（一）甲\n（二）乙",
        ("word.number",),
        numbering=lists(
            level("chineseCountingThousand", "（%1）", more='<w:suff w:val="nothing"/>')
        ),
    ),
    Trap(
        "levels of numbers",
        numbered("甲") + numbered("乙", 1) + numbered("丙", 1) + numbered("丁") + numbered("戊", 1),
        "1 甲\n1.1 乙\n1.2 丙\n2 丁\n2.1 戊",
        ("word.number",),
        numbering=lists(level("decimal", "%1"), level("decimal", "%1.%2", 1)),
    ),
    Trap(
        "number that would run into the value",
        numbered("90%"),
        "1 90%",
        ("word.number",),
        numbering=lists(level("decimal", "%1", more='<w:suff w:val="nothing"/>')),
    ),
    Trap(
        "bullet",
        numbered("≥90%"),
        "≥90%",
        ("word.label",),
        numbering=lists(level("bullet", "\uf0b7")),
    ),
    Trap(
        "number of a blank paragraph",
        numbered(""),
        "",
        ("word.label",),
        numbering=lists(level("decimal", "%1.")),
    ),
    Trap(
        "number by style",
        par(run("甲"), properties='<w:pStyle w:val="L"/>'),
        "① 甲",
        ("word.number",),
        styles=(
            '<w:style w:type="paragraph" w:styleId="L"><w:name w:val="L"/><w:pPr><w:numPr>'
            '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        ),
        numbering=lists(level("decimalEnclosedCircle", "%1")),
    ),
)
TABLES = (
    Trap(
        "table in the cell",
        table(row("≥90%", "甲"), row("≥80%", "乙")) + par(),
        "≥90% 甲\n≥80% 乙",
        ("word.nested",),
    ),
)
TRAPS = (
    *(REVISIONS + SIGNS + EQUATIONS + WRAPPERS + HIDDEN),
    *(TEXTS + NUMBERS + TABLES + RARE),
)
