"""The assertions of ``kpieval.testing``: when they hold, when they fail, and what they say then."""

from __future__ import annotations

import traceback
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from commands import process

import kpieval
from kpieval import Actuals, AtLeast, Measured, Met, Project, Unmet, messages
from kpieval.errors import UnknownPolicyError, UnknownUnitError
from kpieval.testing import RowContext, assert_met, assert_project, assert_unmet

TABLE = """\
项目名称,一级指标,二级指标,三级指标,指标值,分值
培训,产出指标,数量指标,培训人数,≥600人,40
培训,产出指标,质量指标,合格率,≥90%,30
培训,满意度指标,满意度,满意度,≥90%,20
"""
FULL = {"培训人数": "640人", "合格率": "95%", "满意度": "92%"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project of three rows whose weights leave 10 points to the execution."""
    monkeypatch.chdir(tmp_path)
    Path("targets.csv").write_text(TABLE, "utf-8")
    return kpieval.read("targets.csv", year=2024)[0]


def said(call: Any, *args: Any, **options: Any) -> list[str]:
    """The lines of the failed assertion."""
    with pytest.raises(AssertionError) as caught:
        call(*args, **options)
    return str(caught.value).splitlines()


# --- one value


@pytest.mark.parametrize(
    ("target", "actual"),
    [("≤2.7万元", "26500元"), ("≥90%", "90%"), ("2024年12月底前", "2024年12月31日"), ("是", "是")],
)
def test_what_is_met_gives_its_verdict(target: str, actual: str) -> None:
    assert isinstance(assert_met(target, actual), Met)
    said(assert_unmet, target, actual)


@pytest.mark.parametrize(("target", "actual"), [(">500人", "500人"), ("≥90%", "89.99%")])
def test_what_is_missed_gives_its_verdict(target: str, actual: str) -> None:
    assert isinstance(assert_unmet(target, actual), Unmet)
    said(assert_met, target, actual)


@pytest.mark.parametrize(
    ("target", "actual"), [("≥600人", ""), ("≥600人", "640个"), ("600人", "640人"), ("好", "很好")]
)
def test_undetermined_is_neither(target: str, actual: str) -> None:
    for call in (assert_met, assert_unmet):
        assert "undetermined" in said(call, target, actual, lang="en")[0]


def test_the_message_is_the_way_from_the_texts_to_the_verdict() -> None:
    assert said(assert_met, "≤2.7万元", "2.8万元") == [
        "要求达标，结果是未达标",
        "目标原文：≤2.7万元",
        "读作：≤27000元",
        "实际原文：2.8万元",
        "实际读作：28000 元",
        "比较：不在目标之内（差 1000元），未达标",
    ]
    assert said(assert_unmet, "≤2.7万元", "26500元", lang="en")[::5] == [
        "expected unmet, found met",
        "comparison: inside the target (500元 to spare), met",
    ]


def test_what_was_parsed_is_taken_as_text_is() -> None:
    target = kpieval.parse_target("≥600人")
    actual = kpieval.parse_actual("640", like=target)
    assert isinstance(target.constraint, AtLeast)
    assert isinstance(actual.reading, Measured)
    for asked in (target, target.constraint):
        for done in (actual, actual.reading, "640"):
            assert assert_met(asked, done).margin == "40人"
    lines = said(assert_met, kpieval.parse_target("≥700人").constraint, actual.reading, lang="en")
    assert lines[1:3] == ["target as written: ≥700人", "read as: ≥700人"]
    assert "actual as written" not in "\n".join(lines)


def test_year_context_and_policy_decide_what_is_open() -> None:
    assert_met("12月底前", "11月30日", year=2024)
    assert_met("600人", "640人", context=RowContext("产出指标", "数量指标"))
    assert_unmet("500元", "640元", context=RowContext("产出指标", "成本指标"))
    said(assert_met, "约200人次", "205人次")
    assert_met("约200人次", "205人次", policy="mof-2020")
    assert_met("约200人次", "205人次", policy=kpieval.policy())


@pytest.mark.parametrize("lang", messages.LANGUAGES)
def test_an_actual_that_cannot_be_read_fails_and_names_the_fault(lang: str) -> None:
    with pytest.raises(AssertionError, match="KP101") as caught:
        assert_met("≥90%", "abc12#", lang=lang)
    assert "abc12#" in str(caught.value)
    assert isinstance(caught.value.__cause__, kpieval.ReadingError)
    said(assert_unmet, "≥90%", "abc12#")


def test_a_target_that_cannot_be_read_is_a_fault_of_the_test() -> None:
    with pytest.raises(UnknownUnitError):
        assert_met("≥5外星币", "5")
    with pytest.raises(UnknownPolicyError):
        assert_met("≥90%", "95%", policy="nobody")


@pytest.mark.parametrize(
    ("target", "actual", "options", "hint"),
    [
        (90, "95%", {}, "text such as '≥90%'"),
        ("≥90%", 0.95, {}, "text such as '95%'"),
        ("≥90%", None, {}, "'' when there is none"),
        ("≥90%", "95%", {"policy": 2020}, "name of one"),
    ],
)
def test_wrong_types_are_told_what_is_needed(
    target: Any, actual: Any, options: dict[str, Any], hint: str
) -> None:
    with pytest.raises(TypeError, match=hint):
        assert_met(target, actual, **options)


def test_pytest_shows_the_line_of_the_test_alone() -> None:
    with pytest.raises(AssertionError) as caught:
        assert_met("≥90%", "88%")
    hidden = [
        frame.f_locals.get("__tracebackhide__", False)
        for frame, _ in traceback.walk_tb(caught.value.__traceback__)
    ]
    assert hidden[0] is False
    assert hidden[1:] and all(hidden[1:])


# --- a project


def test_a_project_that_reaches_it_gives_its_result(project: Project) -> None:
    result = assert_project(project, FULL, at_least=90)
    assert result.score is not None and result.score.low == 90
    assert assert_project(project, Actuals.from_mapping(FULL), kpieval.policy()).grade == "优"


@pytest.mark.parametrize("least", [90, "90", Decimal("90.0"), Fraction(90)])
def test_the_bound_itself_is_reached_and_no_more(project: Project, least: Any) -> None:
    assert_project(project, FULL, at_least=least)
    said(assert_project, project, FULL, at_least=Fraction(least) + Fraction(1, 1000))


def test_the_low_end_counts_and_undetermined_rows_are_named(project: Project) -> None:
    actuals = {"培训人数": "640人", "合格率": "80%"}
    lines = said(assert_project, project, actuals, "mof-2020", at_least=80, lang="en")
    assert lines[:4] == [
        "培训: score 66.67–96.67: its low end does not reach the 80 that was asked for",
        "undetermined rows: 满意度",
        "- 合格率 (targets.csv:3): target ≥90%, actual 80%, outside the target (by 10百分点), "
        "unmet, attainment actual/target = 80/90 ≈ 88.89%, 30×80/90=26.6666…, rounded half-up to "
        "2 decimal places, 26.67 of 30 points.",
        "- 满意度 (targets.csv:4): target ≥90%, undetermined: there is no actual, so nothing can be "
        "decided; fill it in, 0–20 of 20 points possible.",
    ]
    assert lines[4] == "- budget execution unknown, 0.00–10.00 of 10.00 points possible"
    assert not any("培训人数" in line for line in lines)


def test_an_actual_that_finds_no_row_fails_even_a_good_score(project: Project) -> None:
    lines = said(assert_project, project, FULL | {"培训人次": "5"}, at_least=0)
    assert lines[0] == "培训：有实际值配不上唯一的指标"
    assert "KP206" in lines[1] and "培训人次" in lines[1]
    twice = Actuals.from_mapping(FULL) + Actuals.from_mapping({"合格率": "99%"})
    doubled = "\n".join(said(assert_project, project, twice, at_least=0))
    assert "实际值「合格率」与指标不是一一对应，有 2 处" in doubled


def test_a_project_without_a_total_reaches_nothing(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(TABLE.replace(",30\n", ",\n"), "utf-8")
    lines = said(assert_project, kpieval.read(path)[0], FULL, at_least=1)
    assert lines[0] == "培训：没有总分，无法确认达到要求的 1"
    assert any("KP201" in line for line in lines)


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ({"project": "targets.csv"}, r"kpieval.read\(FILE\)\[0\]"),
        ({"actuals": "actuals.csv"}, r"kpieval.read_actuals\(FILE\)"),
        ({"actuals": {"合格率": 0.95}}, "must be text"),
        ({"policy": 2020}, "name of one"),
        ({"at_least": 89.5}, "'89.5'"),
        ({"at_least": True}, "must be exact"),
    ],
)
def test_wrong_types_of_a_project_are_told_what_is_needed(
    given: dict[str, Any], hint: str, project: Project
) -> None:
    call: Any = assert_project
    with pytest.raises(TypeError, match=hint):
        call(**{"project": project, "actuals": FULL} | given)


def test_no_test_runner_is_needed() -> None:
    code = (
        "import sys, kpieval.testing as t; t.assert_met('≥90%', '95%'); "
        "print({'pytest', 'hypothesis', 'click', 'pint'} & set(sys.modules))"
    )
    done = process("-c", code)
    assert (done.returncode, done.stdout.strip()) == (0, b"set()"), done.stderr.decode()
