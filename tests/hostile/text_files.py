"""Texts, web pages, JSON, TOML and PDF that are made to harm or to mislead."""

from __future__ import annotations

import io
import tarfile
import zlib

import makers
import zips
from cases import entered, file

ROW = "合格率,≥90%"
CSV = f"三级指标,指标值\n{ROW}\n"
READ = (("≥90%", "≥90%"),)
MANY = 100_000

# ---- encodings ----------------------------------------------------------------------------------

entered("gbk.csv", 19, CSV.encode("gbk"), rows=READ, notes="table.encoding")
entered("gb18030.csv", 19, CSV.encode("gb18030"), rows=READ, notes="table.encoding")
entered("utf-8 with its mark.csv", 19, CSV.encode("utf-8-sig"), rows=READ)
entered("utf-16.csv", 19, CSV.encode("utf-16"), rows=READ)
entered("utf-16 turned round.csv", 19, b"\xfe\xff" + CSV.encode("utf-16-be"), rows=READ)
entered("utf-16 without its mark.csv", 19, CSV.encode("utf-16-le"), error="KP302")
entered("utf-16 cut in a character.csv", 19, CSV.encode("utf-16")[:-1], error="KP302", reason="bom")
entered("utf-32.csv", 19, CSV.encode("utf-32"), error="KP302")
entered(
    "mark of utf-8 before gbk.csv",
    19,
    b"\xef\xbb\xbf" + CSV.encode("gbk"),
    error="KP302",
    reason="bom",
)
entered(
    "utf-8 read as gb18030.csv",
    19,
    CSV.encode().decode("gb18030", "replace"),
    error="KP302",
    reason="replacement",
)
entered("utf-8 with a broken end.csv", 19, CSV.encode() + b"\xe7\x94", error="KP302", reason="utf8")
entered(
    "utf-8 with a broken row.csv",
    19,
    CSV.encode().replace(b"\xe2\x89\xa5", b"\xe2\x89"),
    error="KP302",
    reason="utf8",
)
entered(
    "gbk head and utf-8 row.csv",
    19,
    "三级指标,指标值\n".encode("gbk") + ROW.encode() + b"\n",
    error="KP302",
)
entered(
    "utf-8 head and gbk row.csv",
    19,
    "三级指标,指标值\n".encode() + ROW.encode("gbk") + b"\n",
    error="KP302",
    reason="utf8",
)
entered("lost characters.csv", 19, CSV.replace("≥", "\ufffd"), error="KP302", reason="replacement")
entered(
    "half a surrogate.csv",
    19,
    CSV.encode().replace("≥".encode(), b"\xed\xa0\x80"),
    error="KP302",
    reason="utf8",
)
entered("overlong.csv", 19, CSV.encode().replace(b"9", b"\xc0\xb9"), error="KP302", reason="utf8")
entered("big5.csv", 19, "三級指標,指標值\n合格率,90%\n".encode("big5"), error="KP303")
entered("a nul.csv", 19, CSV.replace("90", "9\0" + "0"), error="KP302", reason="nul")
entered("nuls.csv", 19, bytes(1_000_000), error="KP302", reason="nul")
entered("zero-width space.csv", 5, CSV.replace("90", "9\u200b0"), rows=(("≥9\u200b0%", "KP107"),))
entered(
    "written backwards.csv", 5, CSV.replace("≥90%", "\u202e%09≥"), rows=(("\u202e%09≥", "KP107"),)
)
entered(
    "escape.csv",
    18,
    CSV.replace("≥", "\x1b[8m≥50%\x1b[0m≥"),
    rows=(("\x1b[8m≥50%\x1b[0m≥90%", "KP107"),),
)
entered("hidden in the head.csv", 5, CSV.replace("指标值", "指标\u200b值"), error="KP304")

# ---- text with separators -----------------------------------------------------------------------

entered("nothing.csv", 14, b"", error="KP303")
entered("nothing but its mark.csv", 14, b"\xef\xbb\xbf", error="KP303")
entered("blanks.csv", 14, " \t\n" * 250_000, error="KP303")
entered("line ends.csv", 14, CSV + "\n" * 3_000_000, rows=READ)
entered("old line ends.csv", 14, CSV.replace("\n", "\r"), rows=READ)
entered(
    "a hundred thousand columns.csv",
    14,
    ",".join(["三级指标", "指标值"] + ["甲"] * MANY) + "\n",
    error="KP306",
    reason="columns",
)
entered(
    "a row of a hundred thousand cells.csv",
    14,
    CSV + "甲" + ",≥1%" * MANY + "\n",
    rows=None,
    problems="too_wide",
)
entered("open quote.csv", 14, CSV + '"甲,≥1%\n', error="KP306", reason="csv")
entered(
    "open quote before much.csv",
    14,
    CSV + '"甲,≥1%\n' + f"{ROW}\n" * MANY,
    error="KP306",
    reason={"csv_long", "csv"},
)
entered("quote in a cell.csv", 14, CSV + '"甲"乙,≥1%\n', error="KP306", reason="csv")
entered(
    "doubled head.csv",
    14,
    "三级指标,指标值,指标值\n合格率,≥90%,≥95%\n",
    error="KP306",
    reason="column_twice",
)
entered(
    "unquoted comma.csv",
    14,
    "三级指标,指标值,分值\n合格率,≥1,000人,10\n",
    rows=None,
    problems="too_wide",
)
entered(
    "guarded.csv",
    18,
    "三级指标,指标值\n合格率,'=100%\n",
    rows=(("=100%", "=100%"),),
    notes="table.apostrophes",
)
entered(
    "guarded twice.csv",
    18,
    "三级指标,指标值\n合格率,''=100%\n",
    rows=(("'=100%", "=100%"),),
    notes={"table.apostrophes", "reading.subject"},
)
entered("formula.csv", 18, "三级指标,指标值\n合格率,=1+1\n", rows=(("=1+1", "KP101"),))
entered("markup.csv", 18, "三级指标,指标值\n合格率,<b>≥90%</b>\n", rows=(("<b>≥90%</b>", "KP101"),))
entered(
    "a million figures.csv", 1, CSV.replace("90", "9" * 1_000_000), error="KP306", reason="csv_long"
)
entered(
    "many figures.csv", 1, CSV.replace("90", "9" * MANY), rows=(("≥" + "9" * MANY + "%", "KP106"),)
)
entered("one line of eight megabytes.txt", 1, "好" * 2_700_000, error="KP306", reason="csv_long")
entered("one line of figures.txt", 1, "9" * 8_000_000, error="KP306", reason="csv_long")
entered("one line of tabs.txt", 1, "\t" * 8_000_000, error="KP306", reason="csv_long")
entered("one line of blanks.txt", 1, " " * 8_000_000 + "x", error="KP306", reason="csv_long")
entered("one line of commas.txt", 1, "," * 8_000_000, error="KP303")
entered("one line of pipes.txt", 1, "|" * 8_000_000, error="KP306", reason="csv_long")
entered("one line of brackets.txt", 1, "[" * 8_000_000, error="KP306", reason="json_deep")
entered("one line of equals.txt", 1, "=" * 8_000_000, error="KP306", reason="csv_long")
entered("one line of quotes.txt", 1, "'" * 8_000_000, error="KP306", reason="csv_long")
entered("lines of tabs.txt", 1, "\t\n" * 250_000, error="KP303")
entered("lines of blanks and tabs.txt", 1, ("\u3000 " * 30 + "\t\n") * 60_000, error="KP303")
entered("lines of hashes.txt", 1, "# 年度\n" * 100_000, error="KP303")
entered("lines of dashes.txt", 1, "---\n" * 200_000, error="KP303")
entered(
    "a cell of eight megabytes.txt",
    1,
    "\t三级指标\n\t指标值\n\n\t合格率\n\t" + "好" * 2_700_000 + "\n",
    rows=None,
)
entered(
    "a title of eight megabytes.txt",
    1,
    "年" * 2_700_000 + "\n\t三级指标\n\t指标值\n\n\t合格率\n\t≥90%\n",
    rows=READ,
)
entered("a title of figures.csv", 1, "2024年" * 20_000 + ",\n" + CSV, rows=READ)
entered("a title of brackets.csv", 1, "（" * 100_000 + ",\n" + CSV, rows=READ)
entered("bytes without sense.bin", 14, bytes(n * 7919 % 256 for n in range(200_000)), error="KP302")

# ---- Markdown -----------------------------------------------------------------------------------

MARKDOWN = "| 三级指标 | 指标值 |\n| --- | --- |\n| 合格率 | ≥90% |\n"
entered("sound.md", 14, MARKDOWN, rows=READ)
entered(
    "wide.md",
    14,
    "|三级指标|指标值" + "|甲" * MANY + "|\n" + "|-" * (MANY + 2) + "|\n",
    error="KP306",
    reason="columns",
)
entered(
    "long cell.md", 1, MARKDOWN.replace("≥90%", "好" * 500_000), rows=(("好" * 500_000, "KP106"),)
)
entered("escapes.md", 1, MARKDOWN.replace("≥90%", "\\" * 1_000_001 + "|"), rows=None)
entered(
    "markup.md", 18, MARKDOWN.replace("≥90%", "~~≥90%~~ ≥95%"), rows=(("~~≥90%~~ ≥95%", "KP101"),)
)
entered("front matter without an end.md", 14, "---\n" + "a: 1\n" * MANY + MARKDOWN, rows=READ)

# ---- JSON ---------------------------------------------------------------------------------------

JSON = '[{"三级指标": "合格率", "指标值": "≥90%"}]'
entered("sound.json", 14, JSON, rows=READ)
entered("nested.json", 14, "[" * MANY, error="KP306", reason="json_deep")
entered(
    "nested and closed.json",
    14,
    "[" * MANY + "]" * MANY,
    error="KP306",
    reason={"json_deep", "json_row"},
)
entered(
    "nested objects.json", 14, '{"a":' * MANY + "1" + "}" * MANY, error="KP306", reason="json_deep"
)
entered(
    "nested in a cell.json",
    14,
    JSON.replace('"≥90%"', "[" * 500 + "]" * 500),
    rows=None,
    problems="no_text",
)
entered(
    "huge number.json",
    1,
    JSON.replace('"≥90%"', "9" * 1_000_000),
    rows=(("9" * 1_000_000, "KP106"),),
)
entered(
    "huge exponent.json", 2, JSON.replace('"≥90%"', "1e999999999"), rows=(("1e999999999", "KP102"),)
)
entered(
    "not a number.json", 3, JSON.replace('"≥90%"', "NaN"), error="KP306", reason="json_constant"
)
entered(
    "infinity.json", 3, JSON.replace('"≥90%"', "-Infinity"), error="KP306", reason="json_constant"
)
entered(
    "doubled key.json",
    14,
    JSON.replace('"指标值"', '"指标值": "≥50%", "指标值"'),
    error="KP306",
    reason="json_key_twice",
)
entered(
    "doubled key spelled otherwise.json",
    14,
    JSON.replace('"指标值"', '"指标\\u503c": "≥50%", "指标值"'),
    error="KP306",
    reason="json_key_twice",
)
entered(
    "doubled at the very end.json",
    14,
    "{" + "".join(f'"{n}": 1, ' for n in range(MANY)) + '"x": 1, "x": 2}',
    error="KP306",
    reason="json_key_twice",
)
entered(
    "many keys.json",
    14,
    "[{" + ", ".join(f'"{n}": 1' for n in range(MANY)) + "}]",
    error="KP306",
    reason="columns",
)
entered(
    "half a surrogate.json", 5, JSON.replace("≥90%", "\\ud800≥90%"), rows=(("\ud800≥90%", "KP107"),)
)
entered(
    "nul by its code.json", 5, JSON.replace("≥90%", "≥9\\u00000%"), rows=(("≥9\x000%", "KP107"),)
)
entered("rest behind.json", 14, JSON + "]", error="KP306", reason="json")
entered("open text.json", 14, JSON[:-4] + "x" * 1_000_000, error="KP306", reason="json")
entered(
    "bad line.jsonl",
    14,
    '{"三级指标": "甲", "指标值": "≥1%"}\n{"三级指标": \n',
    error="KP306",
    reason="json",
)
entered(
    "cells that are objects.json",
    14,
    JSON.replace('"≥90%"', '{"$gt": 0}'),
    rows=None,
    problems="no_text",
)
entered("true.json", 14, JSON.replace('"≥90%"', "true"), rows=None, problems="no_text")

# ---- TOML ---------------------------------------------------------------------------------------

TOML = '[[indicator]]\n"三级指标" = "合格率"\n"指标值" = "≥90%"\n'
entered("sound.toml", 14, TOML, rows=READ)
entered(
    "nested.toml",
    14,
    TOML + "x = " + "[" * MANY + "\n",
    error="KP306",
    reason={"toml_deep", "toml"},
)
entered(
    "dotted.toml",
    14,
    TOML + ".".join("a" * 3_000) + " = 1\n",
    error="KP306",
    reason={"toml_deep", "toml"},
)
entered(
    "dotted without end.toml",
    14,
    TOML + ".".join("a" * MANY) + " = 1\n",
    error="KP306",
    reason={"toml_deep", "toml"},
)
entered(
    "nested tables.toml",
    14,
    TOML + "x = " + "{a=" * MANY + "\n",
    error="KP306",
    reason={"toml_deep", "toml"},
)
entered(
    "huge number.toml",
    1,
    TOML.replace('"≥90%"', "9" * MANY),
    error="KP306",
    reason="toml",
)
entered("not a number.toml", 3, TOML.replace('"≥90%"', "nan"), rows=None, problems="no_plain")
entered("doubled key.toml", 14, TOML + '"指标值" = "≥50%"\n', error="KP306", reason="toml")
entered("open text.toml", 14, TOML + 'x = """' + "x" * 1_000_000, error="KP306", reason="toml")
entered("many quotes.toml", 14, TOML + "x = '''" + "''\n" * 200_000, error="KP306", reason="toml")
entered(
    "impossible day.toml", 21, TOML.replace('"≥90%"', "2024-02-30"), error="KP306", reason="toml"
)

# ---- web pages ----------------------------------------------------------------------------------

HTML = "<html><body><table><tr><td>三级指标</td><td>指标值</td></tr><tr><td>合格率</td><td>≥90%</td></tr></table></body></html>"
entered(
    "nested.html", 14, "<html>" + "<div>" * MANY + HTML, error="KP306", reason={"html_deep", "html"}
)
entered(
    "tables in tables.html",
    14,
    "<html>" + "<table><tr><td>" * 2_000 + HTML,
    error="KP306",
    reason={"html_deep", "html"},
)
entered(
    "bold without end.html",
    14,
    "<html>" + "<b>" * MANY + HTML,
    error="KP306",
    reason={"html_deep", "html"},
)
entered(
    "wide span.html",
    14,
    HTML.replace("<td>合格率", '<td colspan="1000000000">合格率'),
    error="KP306",
    reason={"columns", "table_cells"},
)
entered(
    "long span.html", 14, HTML.replace("<td>合格率", '<td rowspan="1000000000">合格率'), rows=READ
)
entered(
    "hidden row.html",
    16,
    HTML.replace("<tr><td>合", '<tr style="display:none"><td>甲</td><td>≥50%</td></tr><tr><td>合'),
    rows=READ,
    notes="table.html_hidden",
)
entered(
    "deleted value.html",
    16,
    HTML.replace("≥90%", "<del>≥50%</del>≥90%"),
    rows=READ,
    notes="table.deleted",
)
entered(
    "entities.html",
    15,
    '<!DOCTYPE html [<!ENTITY n "90">]>' + HTML.replace("90", "&n;"),
    rows=(("≥&n;%", "KP101"),),
)
entered(
    "laughs.html",
    15,
    '<!DOCTYPE html [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "' + f"&a{n - 1};" * 10 + '">' for n in range(1, 10))
    + "]>"
    + HTML.replace("≥90%", "&a9;"),
    rows=None,
)
entered(
    "script.html",
    18,
    HTML.replace("≥90%", "<script>document.write('≥50%')</script>≥90%"),
    rows=READ,
)
entered("comment.html", 16, HTML.replace("≥90%", "<!-- ≥50% -->≥90%"), rows=READ)
entered(
    "links.html",
    16,
    HTML.replace(
        "<body>",
        '<body><base href="http://192.0.2.1/"><img src="a"><iframe src="file:///etc/passwd"></iframe><link rel="stylesheet" href="b">',
    ),
    rows=READ,
)
entered(
    "says another encoding.html",
    19,
    ("<html><meta charset=gbk>" + HTML[6:]).encode(),
    rows=READ,
    notes="table.html_charset",
)
entered("open comment.html", 14, HTML + "<!--" + "-" * 1_000_000, rows=READ)
entered("open tag.html", 14, HTML + "<a " + "b " * 500_000, rows=None)
entered(
    "many attributes.html",
    14,
    HTML.replace("<body>", "<body " + " ".join(f"a{n}=1" for n in range(20_000)) + ">"),
    rows=READ,
)
entered(
    "styles.html",
    14,
    HTML.replace("<body>", "<style>" + ".a{" * 200_000 + "</style><body>"),
    rows=READ,
)
entered("too large.html", 14, HTML + " " * (21 << 20), error="KP306", reason="page_size")

# ---- PDF ----------------------------------------------------------------------------------------

PAGE = makers.table_at(100, [("三级指标", "指标值", "", ""), ("合格率", "≥90%", "", "")])


@file("cut.pdf", 14, error="KP306", reason="pdf")
def _() -> bytes:
    return makers.pdf([PAGE])[:400]


@file("password.pdf", 14, error="KP306", reason={"password", "pdf"})
def _() -> bytes:
    return makers.pdf([PAGE], encrypted=True)


@file("many pages.pdf", 14, error="KP306", reason="pdf_pages")
def _() -> bytes:
    return makers.pdf([""] * 300)


@file("pages in a circle.pdf", 14, rows=READ)
def _() -> bytes:
    made = makers.pdf([PAGE])
    assert b"/Kids[7 0 R]" in made
    return made.replace(b"/Kids[7 0 R]", b"/Kids[2 0 R]")


@file("noise.pdf", 14, error="KP306", reason="pdf")
def _() -> bytes:
    return b"%PDF-1.7\n" + bytes(n * 37 % 251 for n in range(50_000))


@file("stream that inflates.pdf", 14, error="KP305", reason="scan")
def _() -> bytes:
    content = zlib.compress(b" " * 60_000_000, 9)
    made = makers.pdf([PAGE]).replace(b"stream\n", b"stream\n", 1)
    start, end = made.rindex(b"<</Length"), made.rindex(b"endstream")
    head = b"<</Length %d/Filter/FlateDecode>>stream\n" % len(content)
    return made[:start] + head + content + b"\n" + made[end:]


@file("pictures alone.pdf", 14, error="KP305", reason="scan")
def _() -> bytes:
    return makers.pdf(["0 0 m 9 9 l S\n"])


# ---- archives and other things ------------------------------------------------------------------


@file("table in an archive.zip", 14, error="KP305")
def _() -> bytes:
    return zips.packed([("a.csv", CSV)])


@file("archives in archives.zip", 14, error="KP305")
def _() -> bytes:
    made = zips.packed([("a.bin", bytes(1_000_000))])
    for n in range(50):
        made = zips.packed([(f"{n}.zip", made)])
    return made


@file("empty archive.xlsx", 14, error="KP305")
def _() -> bytes:
    return zips.packed([]) or b"PK\x05\x06" + bytes(18)


@file("table in a tape.tar", 14, error="KP302")
def _() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        found = tarfile.TarInfo("a.csv")
        found.size = len(CSV.encode())
        archive.addfile(found, io.BytesIO(CSV.encode()))
    return stream.getvalue()


entered("table packed.csv.gz", 14, b"\x1f\x8b\x08" + zlib.compress(CSV.encode()), error="KP302")
entered(
    "page in one file.mht",
    14,
    "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n" + HTML,
    error="KP305",
    reason="mhtml",
)
entered(
    "sheet of 2003.xml",
    14,
    '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    error="KP305",
    reason="xml2003",
)
entered("a picture.png", 14, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, error="KP302")
entered("a program.exe", 14, b"MZ\x90\x00" + bytes(range(256)) * 40, error="KP302")
entered("too large.csv", 14, b",\n" * (26 << 20), error="KP301", reason="too_large")
