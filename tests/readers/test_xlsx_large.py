"""The largest workbook that is read: it fits into little memory, and no cell of it is lost."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

import xlsxwriter
from tracing import untraced

import kpieval

ROWS = 100_000
MIB = 60
"""What reading may take, the interpreter and its libraries included."""

SHOW = """
import pathlib, re, sys
from kpieval.readers import xlsx
count = 0
for grid in xlsx.read(pathlib.Path(sys.argv[1]).read_bytes(), "t.xlsx").grids:
    for row in grid.rows:
        number = row.number
        assert row.cells == (
            f"2024年项目{number // 20}", "产出指标", "数量指标", f"完成数量{number}",
            f"≥{number % 997}次", f"{number % 10}", f"{number % 100}%", "雨天停工，已补做",
        ), row
        assert len(row.notes) == 1, row
        count += 1
status = pathlib.Path("/proc/self/status").read_text()
print(count, int(re.findall(r"VmHWM:\\s*([0-9]+)", status)[0]) // 1024)
"""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "t.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("表一")
        share = book.add_format({"num_format": "0%"})
        for at in range(ROWS):
            number = at + 1
            project, name = f"2024年项目{number // 20}", f"完成数量{number}"
            texts = [project, "产出指标", "数量指标", name, f"≥{number % 997}次", number % 10]
            sheet.write_row(at, 0, texts)
            sheet.write_number(at, 6, number % 100 / 100, share)
            sheet.write_string(at, 7, "雨天停工，已补做")
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process is told by Linux")
def test_the_rows_of_a_large_workbook_take_little_memory(large: Path) -> None:
    source = str(Path(kpieval.__file__).parents[1])
    code = f"import sys; sys.path.insert(0, {source!r})\n{SHOW}"
    command = [sys.executable, "-X", "utf8", "-c", code, str(large)]
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=untraced()
    )
    assert done.returncode == 0, done.stderr
    count, peak = map(int, done.stdout.split())
    assert count == ROWS
    assert peak < MIB
