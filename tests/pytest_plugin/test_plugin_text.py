"""What a failure says: the row in words, its file and its line, and no Python."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from attrs import evolve

from kpieval.errors import DoubledActualError, EncodingError, WeightSumError
from kpieval.presets import policy
from kpieval.pytest_plugin.files import Rules, scored
from kpieval.pytest_plugin.findings import found as told_of
from kpieval.pytest_plugin.findings import row_named

UNMET = "甲,质量指标,合格率,≥90%,80%,90"
TOLD = {
    "zh": [
        "目标 ≥90%，实际 80%，不在目标之内（差 10百分点），未达标，*得 80 分（满分 90 分）。",
        "  三级指标：甲 / 质量指标 / 合格率",
        "  指标值：≥90%",
        "  实际完成值：80%",
        "  差距：10百分点",
        "t.kpi.csv:2: 未达标",
    ],
    "en": [
        "target ≥90%, actual 80%, outside the target (by 10百分点), unmet, *80 of 90 points.",
        "  indicator: 甲 / 质量指标 / 合格率",
        "  target: ≥90%",
        "  actual: 80%",
        "  gap: 10百分点",
        "t.kpi.csv:2: unmet",
    ],
}


@pytest.mark.parametrize("lang", TOLD)
def test_an_unmet_row(lang, table, run) -> None:
    table(UNMET)
    done = run("--kpi-lang", lang)
    done.stdout.fnmatch_lines(TOLD[lang], consecutive=True)
    done.stdout.fnmatch_lines(["FAILED t.kpi.csv::甲/质量指标/合格率*"])
    for python in ("Traceback", "runtest", "_Failed", "collecting.py"):
        done.stdout.no_fnmatch_line(f"*{python}*")


def test_what_was_assumed_is_told(table, run) -> None:
    table("甲,数量指标,人数,≥9人,5,90")
    run("--kpi-lang", "en").stdout.fnmatch_lines(
        ["  note: the actual has no unit; that of the target, '人', is taken"]
    )


def test_an_undetermined_row_when_it_is_to_fail(table, run) -> None:
    table("甲,质量指标,合格率,≥90%,,90")
    done = run("--kpi-lang", "en", "--kpi-fail-on", "undetermined")
    done.stdout.fnmatch_lines(
        [
            "target ≥90%, undetermined: there is no actual*",
            "  actual: -",
            "  reason: there is no actual*",
            "t.kpi.csv:2: undetermined",
        ]
    )


def test_a_row_that_cannot_be_read_has_its_code_and_sentence(table, run) -> None:
    table("甲,质量指标,合格率,≥5外星币,5,90")
    done = run("--kpi-lang", "en")
    done.stdout.fnmatch_lines(
        ["[[]KP102[]] '≥5【外星币】': the unit '外星币' is not known*", "*", "t.kpi.csv:2: error*"]
    )


def test_a_decision_is_told_with_the_machines_reading(repository, run) -> None:
    text = "三级指标,指标值,实际完成值,分值,人工认定结论,人工认定得分,认定理由\n"
    (repository.path / "t.kpi.csv").write_text(text + "a,≥1人,2人,90,未达成,0,材料不实\n", "utf-8")
    run().stdout.fnmatch_lines(["*自动判断为达标*人工认定未达成*材料不实*"])


def test_the_line_is_that_of_the_file_where_cells_run_over_lines(table, run) -> None:
    table('甲,质量指标,"合格\n率",≥90%,95%,45', "", "甲,质量指标,满意度,≥90%,80%,45")
    done = run("-v")
    done.stdout.fnmatch_lines(["t.kpi.csv::甲/质量指标/合格率 PASSED*", "t.kpi.csv:5: 未达标"])


def test_editors_and_reports_get_the_row_from_zero(table, repository) -> None:
    table("甲,数量指标,a,≥1人,2人,45", UNMET.replace(",90", ",45"))
    items, _ = repository.inline_genitems()
    assert [item.reportinfo() for item in items] == [
        (repository.path / "t.kpi.csv", 1, "甲/数量指标/a (t.kpi.csv:2)"),
        (repository.path / "t.kpi.csv", 2, "甲/质量指标/合格率 (t.kpi.csv:3)"),
    ]


def test_the_junit_report_carries_the_text(table, repository, run) -> None:
    table(UNMET)
    run("--junitxml", "out.xml")
    failure = ElementTree.parse(repository.path / "out.xml").find(".//failure")
    assert failure is not None
    assert "目标 ≥90%，实际 80%" in failure.attrib["message"]
    assert "t.kpi.csv:2: 未达标" in str(failure.text)


def test_no_control_character_of_a_file_reaches_the_terminal(table, run) -> None:
    table("甲,质量指标,合\x1b[31m格\u202e率,≥90%,80%,90")
    done = run("-v")
    assert "\x1b" not in done.stdout.str()
    assert "\u202e" not in done.stdout.str()
    done.stdout.fnmatch_lines(["t.kpi.csv::甲/质量指标/合[[]31m格率 FAILED*"])


def test_a_colliding_exception_of_ours_would_show_its_traceback(table, run, monkeypatch) -> None:
    table(UNMET)

    def broken(self: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("kpieval.pytest_plugin.collecting.KpiItem.runtest", broken)
    run().stdout.fnmatch_lines(["*RuntimeError: a fault of ours"])


@pytest.mark.parametrize(
    ("where", "row"),
    [
        ("t.kpi.csv:7", 7),
        ("t.kpi.csv[表一]:7", 7),
        ("t.kpi.csv:7 t.kpi.csv:9", 7),
        ("other.csv:7", None),
        ("甲:7", None),
        (None, None),
    ],
)
def test_the_row_that_an_error_names(where, row) -> None:
    error = DoubledActualError(where=where, name="a", count=2)
    assert row_named(error, "t.kpi.csv") == row


def test_the_line_of_a_fault_is_taken_where_there_is_no_row() -> None:
    assert row_named(EncodingError(where="t.kpi.csv", line=4), "t.kpi.csv") == 4


def test_a_problem_without_a_place_stands_at_its_project_or_at_the_top(table, repository) -> None:
    table("", "甲,数量指标,a,≥1人,2人,90")
    path = repository.path / "t.kpi.csv"
    _, summary = scored(path, "t.kpi.csv", Rules(policy()))
    (project,) = summary.projects
    problem = WeightSumError(where="甲", total=1, expected=90)
    summary = evolve(
        summary, projects=(evolve(project, problems=(problem,)),), problems=(problem, problem)
    )
    found = list(told_of(summary, "t.kpi.csv", "en"))
    assert [(finding.name, finding.line) for finding in found] == [
        ("甲/数量指标/a", 3),
        ("甲/KP202", 3),
    ]
