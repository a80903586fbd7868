"""How long Word tables take: the reader against a bare parse of the same parts by lxml.

``PYTHONPATH=src:tests python tests/benchmarks/bench_docx.py [--json FILE]``. Both unpack the archive by
the same code and build the same tree; the rest is the walk. The document has the decoration that
Word writes: properties on every run, paragraph and cell. They run interleaved in one process;
trust the ratios and the minima more than the times.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import platform
import statistics
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from kpieval.readers import archive, docx

ROUNDS = 9
TABLES = 100
ROWS = 20
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"

RUN = (
    '<w:r w:rsidRPr="00A1"><w:rPr><w:rFonts w:ascii="宋体" w:eastAsia="宋体" w:hAnsi="宋体" w:cs="宋体"'
    ' w:hint="eastAsia"/><w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="21"/>'
    '<w:szCs w:val="21"/>{more}</w:rPr>{text}</w:r>'
)
PARAGRAPH = (
    '<w:p w:rsidR="00B2" w:rsidRDefault="00B2"><w:pPr><w:widowControl/><w:jc w:val="center"/>'
    '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体"/><w:sz w:val="21"/></w:rPr></w:pPr>{runs}</w:p>'
)
CELL = (
    '<w:tc><w:tcPr><w:tcW w:w="1800" w:type="dxa"/>{merge}<w:shd w:val="clear" w:color="auto"'
    ' w:fill="auto"/><w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'
)
HEADER = ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值")


def made(tricky: bool) -> bytes:
    """A document of plain tables, or of tables with a trap in every row."""
    tables = []
    for number in range(TABLES):
        rows = [_row(HEADER, number, tricky=False)]
        for line in range(ROWS):
            cells = ("产出指标", "数量指标", f"完成数量{line}", f"≥{line + 1}次", f"{line + 2}次")
            rows.append(_row(cells if line == 0 else ("", "", *cells[2:]), line, tricky))
        grid = '<w:gridCol w:w="1800"/>' * len(HEADER)
        title = PARAGRAPH.format(runs=_run(f"{number + 1}.2024年项目{number}绩效目标表"))
        tables.append(f"{title}<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>")
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(tables)}</w:body></w:document>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", body)
    return stream.getvalue()


def _row(cells: tuple[str, ...], line: int, tricky: bool) -> str:
    inside = []
    for place, text in enumerate(cells):
        merge = f'<w:vMerge w:val="{"continue" if line else "restart"}"/>' if place < 2 else ""
        runs = _run(text[:1]) + _run(text[1:]) if text else ""
        if tricky and place == 3:
            sign = '<w:sym w:font="Symbol" w:char="F0B3"/>'
            old = _run("50", "<w:vanish/>")
            runs = RUN.format(text=sign, more="") + old + f"<w:ins>{_run(text[1:])}</w:ins>"
        inside.append(CELL.format(merge=merge, paragraph=PARAGRAPH.format(runs=runs)))
    return (
        f'<w:tr w:rsidR="00C3"><w:trPr><w:trHeight w:val="567"/></w:trPr>{"".join(inside)}</w:tr>'
    )


def _run(text: str, more: str = "") -> str:
    return RUN.format(text=f"<w:t>{text}</w:t>", more=more)


def by_lxml(data: bytes) -> object:
    """The tree alone, built and let go."""
    parts = archive.parts(data, "bench.docx")
    parser = etree.XMLParser(resolve_entities=False)
    return etree.fromstring(parts["word/document.xml"], parser).tag


def by_kpieval(data: bytes) -> object:
    """The tables, with everything that is told of them."""
    return docx.read(data, "bench.docx")


def timed(data: bytes) -> dict[str, Any]:
    """Milliseconds of both, interleaved."""
    readers: dict[str, Callable[[bytes], object]] = {"lxml": by_lxml, "kpieval": by_kpieval}
    samples: dict[str, list[float]] = {name: [] for name in readers}
    for round_ in range(ROUNDS + 1):
        for name, read in readers.items():
            start = time.perf_counter()
            held = read(data)
            if round_:
                samples[name].append((time.perf_counter() - start) * 1e3)
            del held
    ours, theirs = samples["kpieval"], samples["lxml"]
    return {
        "bytes": len(data),
        "ms": {
            name: {"median": statistics.median(s), "min": min(s)} for name, s in samples.items()
        },
        "ratio_of_medians": statistics.median(ours) / statistics.median(theirs),
        "ratio_of_minima": min(ours) / min(theirs),
        "samples_ms": samples,
    }


def main() -> None:
    """Check, time, print, and write the JSON where asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write raw samples and all")
    options = parser.parse_args()
    report: dict[str, Any] = {
        "circumstances": {
            "python": platform.python_version(),
            "lxml": etree.__version__,
            "load": os.getloadavg(),
            "tables": TABLES,
            "rows": ROWS,
        }
    }
    for name, tricky in (("plain", False), ("traps", True)):
        data = made(tricky)
        grids = docx.read(data, "bench.docx").grids
        if [len(grid.rows) for grid in grids] != [ROWS + 2] * TABLES:
            raise SystemExit(f"{name}: not all rows are read, nothing is timed")
        report[name] = timed(data)
        figures = report[name]
        told = ", ".join(
            f"{k} {v['median']:.0f} ms (min {v['min']:.0f})" for k, v in figures["ms"].items()
        )
        print(f"{name}, {TABLES} tables: {told}; ratio of medians {figures['ratio_of_medians']:.2f}, "
              f"of minima {figures['ratio_of_minima']:.2f}")  # fmt: skip
    if options.json is not None:
        options.json.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
