"""Pieces of reports where a page is narrow, a finding has no place, or a rule is rarely used."""

from __future__ import annotations

import datetime as dt
import json
import sys
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from attrs import evolve
from commands import TABLE

from kpieval import Actuals, Note, Place, Summary, monitor_project, policy, score_project
from kpieval.errors import WeightSumError
from kpieval.findings import Finding, Severity
from kpieval.formulas import Grace
from kpieval.messages import LANGUAGES
from kpieval.overview import pending
from kpieval.parsing import parse_target
from kpieval.readers import read_tables
from kpieval.reports import grid, linted, render, standing
from kpieval.reports.grid import Cell, Column
from kpieval.reports.linted.report import LintReport
from kpieval.reports.monitored.words import spending
from kpieval.reports.policy import date_words, page
from kpieval.reports.recognised import recognised
from kpieval.reports.report import Report
from kpieval.reports.width import cut, display_width, wrap
from kpieval.tables import Indicator, Project

MOF = policy("mof-2020")


# --- a narrow page ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("实际 abcdefghij", 6, ["实际", "abcdef", "ghij"]),
        # A character of two columns has nowhere else to stand.
        ("万元", 1, ["万", "元"]),
        ("", 4, [""]),
        ("   ", 4, [""]),
    ],
)
def test_a_word_that_is_wider_than_the_page_is_broken(
    text: str, width: int, lines: list[str]
) -> None:
    assert wrap(text, width) == lines


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abcdef", 6, "abcdef"),
        ("abcdef", 5, "abcd…"),
        ("万元万元", 6, "万元…"),
        ("e\u0301ab", 2, "e\u0301…"),
    ],
)
def test_a_cut_text_fits(text: str, width: int, shown: str) -> None:
    assert cut(text, width) == shown
    assert display_width(shown) <= width


COLUMNS = [Column("指标", elastic=True), Column("得分", right=True)]


def test_a_long_cell_is_cut_after_its_last_line() -> None:
    head, rule, *lines = grid.draw(COLUMNS, [[Cell("长" * 200), Cell("9.00")]], 24)
    assert len(head) < len(rule) == 24
    assert len(lines) == grid._MOST_LINES
    assert lines[-1].rstrip().endswith("…")
    assert lines[0].endswith("9.00")


def test_a_column_is_never_narrower_than_its_least() -> None:
    _, rule, *_ = grid.draw(COLUMNS, [[Cell("长" * 20), Cell("9.00")]], 3)
    assert rule == f"{'-' * grid._LEAST_WIDTH}  ----"


# --- many projects and few ------------------------------------------------------------------------


def project(name: str, weight: int | None, *, rows: int = 1) -> Project:
    target = parse_target("≥10人")
    points = None if weight is None else Fraction(weight)
    made = (
        Indicator("产出指标", "", f"行{n}", "≥10人", target, weight=points) for n in range(rows)
    )
    return Project(name, tuple(made))


def summary(*projects: Project) -> Summary:
    return Summary(tuple(score_project(each, Actuals(), MOF) for each in projects), "mof-2020")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_project_has_no_mean_and_no_spread(lang: str) -> None:
    one, two = summary(project("甲", 100)), summary(project("甲", 100), project("乙", 100))
    assert (standing.means(one, lang), standing.spread(one, lang)) == ("", "")
    assert standing.means(two, lang) and standing.spread(two, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_projects_without_totals_have_no_mean(lang: str) -> None:
    # Weights of 80 are no total.
    assert standing.means(summary(project("甲", 80), project("乙", 80)), lang) == ""


@pytest.mark.parametrize(("lang", "more"), [("zh", "等 5 项"), ("en", "5 in all")])
def test_the_rows_that_would_do_are_counted_where_they_are_many(lang: str, more: str) -> None:
    rows = (*project("", 50).indicators, *project("", 10, rows=5).indicators[1:])
    result = score_project(Project("甲", rows), Actuals.from_mapping({"行0": "10人"}), MOF)
    (short,) = standing.ahead(result, lang, most=2)
    (whole,) = standing.ahead(result, lang, most=None)
    assert more in short and "行4" not in short
    assert more not in whole and "行4" in whole


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_row_without_points_waits_by_its_name_alone(lang: str) -> None:
    unweighted = project("甲", None)
    mixed = evolve(unweighted, indicators=(*unweighted.indicators, *project("", 9).indicators))
    told = [standing.waiting_row(one, lang) for one in pending(summary(mixed)) if one.row]
    assert "甲 / 行0" in told
    assert len(told) == 2


# --- findings without a place --------------------------------------------------------------------

NOTE = Note.of("L02", text="≥3件", name="投诉")
FINDINGS = tuple(
    Finding(Severity.ERROR, NOTE, "甲", "投诉", "≥3件", paste=paste, place=place)
    for paste, place in (
        ("≤3件", None),
        ("", Place("t.xlsx", "表一", 4)),
        ("≤3件", Place("t.csv", row=4, line=5)),
    )
)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_findings_are_placed_as_far_as_that_is_known(lang: str) -> None:
    report = LintReport(FINDINGS, lang=lang)
    sarif = json.loads(linted.render("sarif", report))
    places = [one.get("locations") for one in sarif["runs"][0]["results"]]
    assert places[0] is None
    assert [one[0]["physicalLocation"] for one in places[1:]] == [
        {"artifactLocation": {"uri": "t.xlsx"}},
        {"artifactLocation": {"uri": "t.csv"}, "region": {"startLine": 5}},
    ]
    github = str(linted.render("github", report)).splitlines()[: len(FINDINGS)]
    assert [("file=" in line, "line=5" in line) for line in github] == [
        (False, False),
        (True, False),
        (True, True),
    ]
    junit = linted.render("junit", report)
    cases = list(ET.fromstring(junit).iter("testcase"))
    assert [(case.get("file"), case.get("line")) for case in cases] == [
        (None, None),
        ("t.xlsx", None),
        ("t.csv", "5"),
    ]


@pytest.mark.parametrize(("lang", "paste"), [("zh", "可改为"), ("en", "paste")])
def test_the_text_ends_with_what_no_rule_speaks_of(lang: str, paste: str) -> None:
    note, problem = Note.of("bare"), WeightSumError(where="甲", total="80", expected="90")
    report = LintReport(FINDINGS[1:2], notes=(note,), problems=(problem,), lang=lang, width=400)
    text = str(linted.render("text", report))
    assert note.message(lang) in text
    assert problem.message(lang) in text
    assert FINDINGS[1].advice(lang) in text
    assert "≤3件" not in text
    assert "≤3件" in str(linted.render("text", evolve(report, findings=FINDINGS[:1])))


def test_rows_that_came_from_no_file_have_no_file_in_junit() -> None:
    made = render("junit", Report(summary(project("甲", 100))))
    (first, *_) = ET.fromstring(made).iter("testcase")
    assert (first.get("file"), first.get("line")) == (None, None)


# --- rules that are rarely used --------------------------------------------------------------------


def test_a_rule_that_is_no_longer_in_force_says_until_when() -> None:
    source = MOF.source
    assert source is not None
    ended = evolve(source, in_force=dt.date(2020, 3, 1), until=dt.date(2023, 12, 31))
    for lang in LANGUAGES:
        text = "\n".join(page(evolve(MOF, source=ended), lang))
        assert "2020-03-01" in text and "2023-12-31" in text


@pytest.mark.parametrize(("lang", "said"), [("zh", ("5", "80%")), ("en", ("5", "80%"))])
def test_days_of_grace_in_words(lang: str, said: tuple[str, ...]) -> None:
    told = date_words(Grace(5, Fraction(4, 5)), lang)
    assert all(part in told for part in said)


def test_a_fault_of_the_page_is_not_taken_for_a_missing_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "kpieval.reports.as_html.page", None)
    with pytest.raises(ImportError, match=r"kpieval\.reports\.as_html\.page"):
        render("html", Report(summary(project("甲", 100))))


# --- what reading met -------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notes_and_problems_stand_below_what_they_are_about(lang: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE + "甲,质量指标,合格率,≥90%,95%,90\n", "utf-8")
    document = read_tables(path, year=2024)
    (found,) = document.projects
    note, problem = Note.of("bare"), WeightSumError(where="甲", total="80", expected="90")
    rows = tuple(evolve(row, notes=(note,)) for row in found.indicators)
    marked = evolve(found, indicators=rows, notes=(note,), problems=(problem,))
    lines = recognised(evolve(document, projects=(marked,)), lang).splitlines()
    *_, row, of_row, of_project, wrong = lines
    assert "合格率" in row
    assert note.message(lang) in of_row and of_row.startswith("    ")
    assert note.message(lang) in of_project and not of_project.startswith("   ")
    assert problem.message(lang) in wrong


@pytest.mark.parametrize("lang", LANGUAGES)
def test_monitoring_under_a_rule_that_does_not_look_at_spending(lang: str) -> None:
    shares = (("产出", Fraction(50)), ("效益", Fraction(40)), ("满意度", Fraction(10)))
    rule = evolve(
        MOF,
        execution=evolve(MOF.execution, weight=Fraction(0)),
        weights=evolve(MOF.weights, level1=shares),
    )
    found = monitor_project(project("甲", 100), Actuals(), rule, month=6).execution
    assert (found.rate, found.budget, found.status) == (None, None, None)
    why = Note.of("monitor.no_execution")
    assert found.reason == why
    assert why.message(lang).rstrip("。.") in spending(found, lang)
