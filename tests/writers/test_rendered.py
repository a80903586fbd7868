"""The files as LibreOffice opens them: their pages on paper, and what is left when it saves them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from office import Written

from kpieval.readers import read_tables

pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")
pytest.importorskip("docx")

NEEDED = ("soffice", "pdftotext", "pdfinfo")
missing = [program for program in NEEDED if shutil.which(program) is None]
pytestmark = pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")

PROJECTS = (
    "2024年工商界生活互助金",
    "2024年履职能力提升项目",
    "2024年民营经济发展项目经费",
    "2024年专项培训费",
    "专项调研经费",
)


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice converts it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", str(folder)]
    subprocess.run([*command, str(path)], capture_output=True, check=True, timeout=240)
    return folder / f"{path.stem}.{kind}"


def pages(path: Path) -> list[str]:
    """The text of each page, without white space."""
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return ["".join(page.split()) for page in done.stdout.decode().split("\f")][:-1]


@pytest.mark.parametrize("name", ["scored.xlsx", "scored.docx", "template.xlsx", "template.docx"])
def test_every_form_begins_a_page_of_a4(
    name: str, scored: Written, template: Written, tmp_path: Path
) -> None:
    path = scored(name) if name.startswith("scored") else template(name)
    (tmp_path / "pdf").mkdir()
    pdf = converted(path, "pdf", tmp_path / "pdf")
    told = subprocess.run(["pdfinfo", str(pdf)], capture_output=True, check=True).stdout.decode()
    assert "A4" in told
    found = pages(pdf)
    begun = [page for page in found if page.startswith("项目支出绩效自评表")]
    assert len(begun) == len(PROJECTS)
    for page, project in zip(begun, PROJECTS, strict=True):
        assert project in page
        assert "三级指标" in page
    assert all(f"第{at}页共{len(found)}页" in page for at, page in enumerate(found, start=1))
    if name.startswith("scored"):
        # Every form is one page: what goes on to the next has no title.
        assert sum("填表人：" in page for page in begun) == len(PROJECTS)


def test_a_form_saved_by_another_program_reads_the_same(template: Written, tmp_path: Path) -> None:
    path = template("t.xlsx")
    (tmp_path / "again").mkdir()
    again = converted(path, "xlsx", tmp_path / "again")
    before, after = read_tables(path), read_tables(again)
    assert not after.problems
    for ours, theirs in zip(before.projects, after.projects, strict=True):
        assert (ours.name, ours.department, ours.year) == (theirs.name, theirs.department, 2024)
        assert (ours.budget, ours.funds, ours.goals) == (theirs.budget, theirs.funds, theirs.goals)
        rows = [(r.level1, r.level2, r.name, r.text) for r in ours.indicators]
        assert rows == [(r.level1, r.level2, r.name, r.text) for r in theirs.indicators]
