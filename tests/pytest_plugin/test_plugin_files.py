"""Which files are collected, in each of their forms, and what becomes of those that are no use."""

from __future__ import annotations

import sys

import openpyxl
import pytest

TOML = """\
project = "甲"

[[indicator]]
level2 = "数量指标"
name = "a"
target = "≥600人"
actual = "640人"
weight = 45

[[indicator]]
level2 = "质量指标"
name = "b"
target = "≥90%"
actual = "80%"
weight = 45
"""
ROWS = [
    ["项目名称", "二级指标", "三级指标", "指标值", "实际完成值", "分值"],
    ["甲", "数量指标", "a", "≥600人", "640人", "45"],
    ["甲", "质量指标", "b", "≥90%", "80%", "45"],
]


def workbook(path, **sheets) -> None:
    """Write a workbook of these sheets."""
    book = openpyxl.Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


def make(form: str, folder) -> None:
    """The same two rows in a form."""
    path = folder / f"t.kpi.{form}"
    match form:
        case "csv":
            path.write_text("".join(",".join(row) + "\n" for row in ROWS), "utf-8")
        case "toml":
            path.write_text(TOML, "utf-8")
        case "xlsx":
            workbook(path, 表一=ROWS)


WHERE = {"csv": "t.kpi.csv:3", "toml": "t.kpi.toml:10", "xlsx": "t.kpi.xlsx[[]表一[]]:3"}


@pytest.mark.parametrize("form", WHERE)
def test_each_form(form, repository, run) -> None:
    make(form, repository.path)
    done = run("-v")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(
        [
            f"t.kpi.{form}::甲/数量指标/a PASSED*",
            f"t.kpi.{form}::甲/质量指标/b FAILED*",
            "目标 ≥90%，实际 80%，*",
            f"{WHERE[form]}: 未达标",
        ]
    )


def test_only_these_names_are_collected(repository, run) -> None:
    text = "三级指标,指标值,实际完成值,分值\na,≥1人,2人,90\n"
    for name in (
        "T.KPI.CSV",
        "plain.csv",
        "kpi.csv",
        "t.kpi.csv.bak",
        "~$t.kpi.xlsx",
        "t.kpi.json",
    ):
        (repository.path / name).write_text(text, "utf-8")
    run("-v").assert_outcomes(passed=1)


def test_folders_are_walked_and_named_from_the_root(repository, run) -> None:
    folder = repository.path / "2024" / "教育"
    folder.mkdir(parents=True)
    make("csv", folder)
    run().stdout.fnmatch_lines(["2024/教育/t.kpi.csv:3: 未达标"])


def test_a_file_outside_of_the_root_is_named_in_full(repository, run, tmp_path_factory) -> None:
    folder = tmp_path_factory.mktemp("elsewhere")
    make("csv", folder)
    args = ("--rootdir", str(repository.path), "-p", "kpieval.pytest_plugin")
    done = run(*args, str(folder / "t.kpi.csv"))
    done.stdout.fnmatch_lines([f"{(folder / 't.kpi.csv').as_posix()}:3: 未达标"])


def test_several_projects_in_one_file(table, run) -> None:
    table("甲,数量指标,a,≥1人,2人,90", "乙,数量指标,a,≥1人,0人,90")
    run("-v").stdout.fnmatch_lines(["*::甲/数量指标/a PASSED*", "*::乙/数量指标/a FAILED*"])


def test_actuals_on_a_sheet_of_their_own(repository, run) -> None:
    targets = [["三级指标", "指标值", "分值"], ["a", "≥1人", 45], ["b", "≥90%", 45]]
    actuals = [["三级指标", "实际完成值"], ["a", "2人"], ["c", "3人"]]
    workbook(repository.path / "t.kpi.xlsx", 目标=targets, 实际=actuals)
    done = run("-v")
    done.assert_outcomes(passed=1, skipped=1, failed=1)
    done.stdout.fnmatch_lines(
        [
            "*::t.kpi 目标/a PASSED*",
            "*::t.kpi 目标/b SKIPPED*",
            "*::KP206 FAILED*",
            "[[]KP206[]] t.kpi.xlsx[[]实际[]]:3*",
        ]
    )
    done.stdout.fnmatch_lines(["t.kpi.xlsx[[]实际]:3: 有误*"])


def test_a_sheet_that_cannot_be_used_is_a_test_of_its_own(repository, run) -> None:
    workbook(repository.path / "t.kpi.xlsx", 表一=ROWS[:2], 表二=[["三级指标", "备注"], ["a", "b"]])
    done = run("--kpi-fail-on", "error")
    done.stdout.fnmatch_lines(["[[]KP304[]] t.kpi.xlsx 表二：*"])


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("t.kpi.csv", b"\xff\xfe\xff", "[[]KP302[]] t.kpi.csv*"),
        ("t.kpi.csv", "三级指标,指标值\n\ufffd,≥1人\n".encode(), "[[]KP302[]] t.kpi.csv*"),
        ("t.kpi.csv", '三级指标,指标值\na,"x\n'.encode(), "[[]KP306[]] t.kpi.csv*"),
        ("t.kpi.csv", b"a,b\n1,2\n", "[[]KP303[]] t.kpi.csv*"),
        ("t.kpi.csv", "三级指标,实际完成值\na,2人\n".encode(), "[[]KP304[]] t.kpi.csv*"),
        ("t.kpi.csv", b"", "[[]KP303[]] t.kpi.csv*"),
        ("t.kpi.toml", b"a = \n", "[[]KP306[]] t.kpi.toml:1*"),
        ("t.kpi.toml", b"a = 1\n", "[[]KP303[]] t.kpi.toml*"),
        ("t.kpi.xlsx", b"PK\x03\x04 no archive", "[[]KP306[]] t.kpi.xlsx*"),
        (
            "t.kpi.xlsx",
            b"MIME-Version: 1.0\nContent-Type: multipart/related; x",
            "[[]KP305[]] t.kpi.xlsx*",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error(name, content, told, repository, run) -> None:
    (repository.path / name).write_bytes(content)
    done = run("--kpi-fail-on", "")
    done.assert_outcomes(errors=1)
    assert done.ret == pytest.ExitCode.INTERRUPTED
    done.stdout.fnmatch_lines([told, f"{name}:[0-9]*"])
    done.stdout.no_fnmatch_line("*Traceback*")


def test_the_line_of_a_damaged_file_is_named(repository, run) -> None:
    (repository.path / "t.kpi.csv").write_bytes("三级指标,指标值\n\ufffd,≥1人\n".encode())
    run().stdout.fnmatch_lines(["t.kpi.csv:2"])


def test_other_files_can_run_beside_one_that_cannot_be_used(repository, table, run) -> None:
    (repository.path / "bad.kpi.toml").write_text("a =\n")
    table("甲,数量指标,a,≥1人,2人,90")
    run("--continue-on-collection-errors").assert_outcomes(errors=1, passed=1)


def test_the_extra_for_workbooks_is_asked_for(repository, run, monkeypatch) -> None:
    workbook(repository.path / "t.kpi.xlsx", 表一=ROWS)
    monkeypatch.delitem(sys.modules, "kpieval.readers.xlsx")
    monkeypatch.delattr("kpieval.readers.xlsx")
    # What another test imported of the library is found without asking for the library.
    for name in ["openpyxl", *(name for name in sys.modules if name.startswith("openpyxl."))]:
        monkeypatch.setitem(sys.modules, name, None)
    run().stdout.fnmatch_lines(["[[]KP307[]] t.kpi.xlsx*kpieval[[]office[]]*"])


def test_a_slip_in_a_header_is_a_warning(table, repository, run) -> None:
    table("甲,数量指标,a,≥1人,2人,90", header="项目名称,二级指标,三级指标,指标值,实际完成直,分值")
    (repository.path / "u.kpi.toml").write_text(TOML.replace("actual", "actaul"), "utf-8")
    done = run("--kpi-lang", "en")
    done.assert_outcomes(skipped=3, warnings=3)
    done.stdout.fnmatch_lines(
        [
            "*KpiWarning: t.kpi.csv: unknown columns, kept and not used: 实际完成直",
            "*KpiWarning: u.kpi.toml: *'actaul' is unknown; perhaps 'actual' is meant",
        ]
    )


def test_a_warning_made_an_error_is_told_in_words(table, run) -> None:
    table("甲,数量指标,a,≥1人,2人,90", header="项目名称,二级指标,三级指标,指标值,实际完成直,分值")
    done = run("--kpi-lang", "en", "-W", "error::kpieval.pytest_plugin.KpiWarning")
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["t.kpi.csv: unknown columns, kept and not used: 实际完成直"])
    done.stdout.no_fnmatch_line("*Traceback*")


def test_a_table_in_gb18030_is_read(repository, run) -> None:
    text = "项目名称,三级指标,指标值,实际完成值,分值\n甲,人数,≥1人,2人,90\n"
    (repository.path / "t.kpi.csv").write_bytes(text.encode("gb18030"))
    run().assert_outcomes(passed=1)


def test_a_fault_of_ours_keeps_its_traceback(table, run, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("boom")

    table("甲,数量指标,a,≥1人,2人,90")
    monkeypatch.setattr("kpieval.pytest_plugin.collecting.scored", broken)
    done = run()
    done.assert_outcomes(errors=1)
    done.stdout.fnmatch_lines(["*collecting.py:*", "E*ZeroDivisionError: boom"])
