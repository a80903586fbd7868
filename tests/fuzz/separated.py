"""The door of separated text: the input is the bytes of a .csv file."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from fuzz.files import told
from fuzz.laws import hold, refused_well, target_of
from kpieval.errors import KpiEvalError
from kpieval.readers import csvform, read_tables
from kpieval.readers.columns import WORDS, Role
from kpieval.readers.decoding import decode

ROOT = Path(__file__).resolve().parents[2]
DIGITS = re.compile("[0-9]+")


def seeds() -> Iterator[bytes]:
    """The examples, and small tables of every separator and encoding."""
    for path in sorted(ROOT.glob("examples/**/*.csv")):
        yield path.read_bytes()
    header = "项目名称,一级指标,二级指标,三级指标,指标值,计量单位,权重,实际完成值,得分"
    rows = (
        "甲,产出指标,数量指标,培训人次,≥600,人次,10,640,10",
        '甲,,,"满意度, 群众",≥90%,,10,"0.95",',
    )
    for mark in ",\t;":
        table = "\n".join((header, *rows)).replace(",", mark)
        yield from (table.encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16"))
    yield (
        "2024年项目支出绩效自评表\n项目名称,甲\n预算数,20,执行数,19.5\n" + header + "\n" + rows[0]
    ).encode()


def words() -> Iterator[bytes]:
    """The names of columns."""
    for role in Role:
        yield from (word.encode() for word in WORDS.get(role, ()))


def check(data: bytes) -> None:
    """Read the rows as a grid, then the tables of the file; read back every target."""
    _grid(data)
    with tempfile.NamedTemporaryFile(suffix=".csv") as stream:
        stream.write(data)
        stream.flush()
        try:
            document = read_tables(stream.name)
        except KpiEvalError as error:
            refused_well(error)
            return
    for project in document.projects:
        for problem in project.problems:
            refused_well(problem)
        for indicator in project.indicators:
            target_of(indicator.text)
    for problem in document.problems:
        refused_well(problem)


def _grid(data: bytes) -> None:
    """Every figure of the text stands in a cell."""
    try:
        text, _ = decode(data, "t.csv")
        sheets = csvform.read(text, "t.csv")
    except KpiEvalError as error:
        refused_well(error)
        return
    seen = told(sheets)
    for figures in DIGITS.findall(text):
        hold(figures in seen, ("figures lost", figures))
