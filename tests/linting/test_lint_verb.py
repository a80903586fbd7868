"""``kpieval lint``: its forms, its configuration, its exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from commands import run, validate

from kpieval import demo
from kpieval.reports.linted import FORMATS

TABLE = (
    "项目名称,年度,一级指标,二级指标,三级指标,指标值\n"
    "甲,2024,产出指标,质量指标,不能正常办公次数,≥0次\n"
    "甲,2024,产出指标,数量指标,补助人员数量,≤12人\n"
    "甲,2024,满意度指标,服务对象满意度指标,会员满意度,≥70%\n"
)


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "targets.csv"
    path.write_text(TABLE, "utf-8")
    return str(path)


Capture = pytest.CaptureFixture[str]


def codes(capsys: Capture, *args: str) -> list[str]:
    """The codes that are found, in order."""
    _, out, err = run(capsys, "lint", *args, "--format", "json")
    assert out, err
    document = json.loads(out)
    validate("lint", document)
    return [found["code"] for found in document["findings"]]


CHOSEN = ("--isolated", "--select", "L01,L02,L03,L16")


def test_findings_come_in_the_order_of_rows(table: str, capsys: Capture) -> None:
    assert codes(capsys, table, *CHOSEN) == ["L01", "L02", "L03", "L16"]


def test_a_finding_says_where_what_and_what_instead(table: str, capsys: Capture) -> None:
    _, out, _ = run(capsys, "lint", table, *CHOSEN, "--format", "json")
    first = json.loads(out)["findings"][0]
    assert first["severity"] == "error"
    assert (first["project"], first["indicator"], first["text"]) == (
        "甲",
        "不能正常办公次数",
        "≥0次",
    )
    assert first["suggestion"] == "=0次"
    assert first["where"] == {"file": table, "sheet": None, "row": 2, "line": 2}


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ((), 1),
        (("--ignore", "L01,L02"), 0),
        (("--ignore", "L01,L02", "--fail-on", "warning"), 1),
        (("--ignore", "L01,L02,L03", "--fail-on", "warning"), 0),
        (("--ignore", "L01,L02,L03", "--fail-on", "note"), 1),
        (("--fail-on", "never"), 0),
        (("--fail-on", "sometimes"), 2),
        (("--ignore", "L1"), 1),
        (("--ignore", "X9"), 2),
        (("--select", "l01"), 1),
    ],
)
def test_the_exit_code(table: str, capsys: Capture, args: tuple[str, ...], code: int) -> None:
    assert run(capsys, "lint", table, *CHOSEN, *args)[0] == code


def test_an_unknown_code_is_named_with_those_there_are(table: str, capsys: Capture) -> None:
    _, _, err = run(capsys, "lint", table, "--isolated", "--select", "X9")
    assert "KP215" in err
    assert "X9" in err
    assert "L05" not in err or "L01" in err


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_form_goes_to_a_file_by_its_suffix_or_its_name(
    table: str, capsys: Capture, tmp_path: Path, form: str, lang: str
) -> None:
    made = tmp_path / "out.any"
    code, out, _ = run(
        capsys, "lint", table, *CHOSEN, "--format", form, "--lang", lang, "-o", str(made)
    )
    assert (code, out) == (1, "")
    assert made.stat().st_size > 0


def test_a_suffix_that_names_no_form_is_refused(table: str, capsys: Capture) -> None:
    code, _, err = run(capsys, "lint", table, "--isolated", "-o", "lint.rtf")
    assert code == 2
    assert "KP307" in err or "rtf" in err


def test_csv_opens_in_excel(table: str, capsys: Capture, tmp_path: Path) -> None:
    made = tmp_path / "lint.csv"
    run(capsys, "lint", table, *CHOSEN, "-o", str(made))
    text = made.read_text("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row[1] for row in rows[1:]] == ["L01", "L02", "L03", "L16"]
    # =0次 would be a formula.
    assert rows[1][6] == "'=0次"


def test_junit_fails_what_fails_the_run(table: str, capsys: Capture, tmp_path: Path) -> None:
    made = tmp_path / "lint.xml"
    run(capsys, "lint", table, *CHOSEN, "-o", str(made))
    root = ET.fromstring(made.read_text("utf-8"))
    (suite,) = root.findall("testsuite")
    assert (suite.get("tests"), suite.get("failures"), suite.get("skipped")) == ("4", "2", "2")


def test_github_annotates_the_line(table: str, capsys: Capture) -> None:
    _, out, _ = run(capsys, "lint", table, *CHOSEN, "--format", "github", "--lang", "en")
    kinds = [line.partition(" ")[0] for line in out.splitlines() if line.startswith("::")]
    assert kinds == ["::error", "::error", "::warning", "::notice"]
    assert f"file={table.replace(':', '%3A')}" in out
    assert "line=2" in out


def test_sarif_names_the_rules_and_the_places(table: str, capsys: Capture) -> None:
    _, out, _ = run(capsys, "lint", table, *CHOSEN, "--format", "sarif")
    document = json.loads(out)
    (made,) = document["runs"]
    assert [rule["id"] for rule in made["tool"]["driver"]["rules"]] == ["L01", "L02", "L03", "L16"]
    first = made["results"][0]["locations"][0]["physicalLocation"]
    assert first == {"artifactLocation": {"uri": table}, "region": {"startLine": 2}}


def test_text_groups_by_project_and_ends_with_counts(table: str, capsys: Capture) -> None:
    _, out, _ = run(capsys, "lint", table, *CHOSEN, "--lang", "en")
    assert out.startswith("甲\n")
    assert out.endswith("projects 1, indicators 3, errors 2, warnings 1, notes 1\n")


def test_a_table_without_findings_is_empty(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text(TABLE.splitlines()[0] + "\n甲,2024,产出指标,数量指标,培训人数,≥30人\n", "utf-8")
    for form in FORMATS:
        made = tmp_path / f"out.{form}"
        args = ("lint", str(path), *CHOSEN, "--format", form, "-o", str(made))
        assert run(capsys, *args)[0] == 0
        assert b"L01" not in made.read_bytes()


@pytest.mark.parametrize("code", ["L01", "l16"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_explain_prints_the_page_of_a_rule(capsys: Capture, code: str, lang: str) -> None:
    status, out, _ = run(capsys, "explain", code, "--lang", lang)
    assert status == 0
    assert out.startswith(code.upper())
    assert "≥" in out


def test_explain_of_a_code_that_no_rule_has(capsys: Capture) -> None:
    status, _, err = run(capsys, "explain", "L99")
    assert status == 2
    assert "L99" in err


def test_the_bundled_tables(capsys: Capture) -> None:
    """What is known to be wrong in the five tables of 2024, by row."""
    _, out, _ = run(
        capsys, "lint", str(demo.targets_file()), "--year", "2024", "--isolated", "--format", "json"
    )
    found = {(one["code"], one["text"]) for one in json.loads(out)["findings"]}
    assert found >= {("L01", "≥0次"), ("L02", "≥0次"), ("L03", "≤12人"), ("L16", "≥70%")}
    vacuous = [one for one in json.loads(out)["findings"] if one["code"] == "L01"]
    assert len(vacuous) == 2


HOSTILE = "<script>alert(1)</script>\u202e"


def test_what_a_cell_holds_stays_text_in_the_page(capsys: Capture, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    row = f"{HOSTILE},2024,产出指标,数量指标,{HOSTILE}人数,≤12人\n"
    path.write_text(TABLE.splitlines()[0] + "\n" + row, "utf-8")
    made = tmp_path / "lint.html"
    run(capsys, "lint", str(path), *CHOSEN, "-o", str(made))
    page = made.read_text("utf-8")
    assert "L03" in page
    assert "<script" not in page
    assert "\u202e" not in page
    assert "default-src 'none'" in page.replace("&#x27;", "'")
    again = tmp_path / "again.html"
    run(capsys, "lint", str(path), *CHOSEN, "-o", str(again))
    assert again.read_bytes() == made.read_bytes()


def test_the_workbook_holds_the_findings_as_text(
    table: str, capsys: Capture, tmp_path: Path
) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    made = tmp_path / "lint.xlsx"
    run(capsys, "lint", table, *CHOSEN, "-o", str(made))
    rows = list(openpyxl.load_workbook(made).active.values)
    assert [row[1] for row in rows if row[1] and row[1].startswith("L")] == [
        "L01",
        "L02",
        "L03",
        "L16",
    ]
    assert any("=0次" in str(cell) for row in rows for cell in row)
