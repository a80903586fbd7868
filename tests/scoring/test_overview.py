"""Lost points, the next grade and many projects, on projects of a few rows, in every report."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from attrs import evolve
from commands import validate
from scored import MOF, entry, indicator, table

from kpieval.actuals import Actual, Missing
from kpieval.messages import LANGUAGES
from kpieval.notes import Note
from kpieval.outcomes import Score
from kpieval.overview import Trouble, grade_counts, pending
from kpieval.reports import render
from kpieval.reports.as_text import WAITING
from kpieval.reports.report import Report
from kpieval.results import ProjectResult, Summary
from kpieval.scoring import score_indicator, score_project
from kpieval.shortfalls import next_grade, shortfalls
from kpieval.tables import ActualEntry, Actuals, DecisionCells, Indicator
from kpieval.wire.values import to_wire

Row = tuple[str, str, str]
"""Target, actual and weight."""


def project(*rows: Row, name: str = "项目甲", spent: str = "100万元") -> ProjectResult:
    """A project scored; its rows are called 甲0, 甲1 ..."""
    made: list[Indicator] = []
    done = [entry("全年执行数", spent)]
    for number, (target, actual, weight) in enumerate(rows):
        made.append(indicator(target, name=f"行{number}", weight=weight))
        done.append(entry(f"行{number}", actual))
    return score_project(table(*made, name=name), Actuals(tuple(done)), MOF)


def names(result: ProjectResult) -> list[str]:
    return ["执行" if one.row is None else one.row.indicator.name for one in shortfalls(result)]


GOOD = ("≥10人", "10人", "50")
EXACT = project(GOOD, ("≥10人", "7人", "30"), ("≥10人", "9人", "10"), spent="92.5万元")
OPEN = project(GOOD, ("≥10人", "7人", "30"), ("持续改善", "有所改善", "10"))
SURE = project(GOOD, ("≥10人", "7人", "30"), ("≥10人", "5人", "10"))
LUCKY = project(("≥10人", "6人", "60"), ("≥10人", "9人", "20"), ("≥10人", "", "10"))


def test_losses_are_listed_largest_first_with_the_execution() -> None:
    assert EXACT.score == Score.exactly(Fraction("89.25"))
    assert [str(one.lost) for one in shortfalls(EXACT)] == ["9", "1", "0.75"]
    assert names(EXACT) == ["行1", "行2", "执行"]


def test_the_next_grade_of_an_exact_score() -> None:
    wanted = next_grade(EXACT)
    assert wanted is not None
    assert (EXACT.grade, wanted.name, str(wanted.needed)) == ("良", "优", "0.75")
    assert [str(one.shortfall.lost) for one in wanted.candidates] == ["9", "1", "0.75"]
    assert all(one.certain for one in wanted.candidates)


def test_an_open_row_is_not_lost_and_may_give_the_grade() -> None:
    assert [str(one.lost) for one in shortfalls(OPEN)] == ["9", "0–10"]
    wanted = next_grade(OPEN)
    assert wanted is not None
    assert (wanted.name, str(wanted.needed)) == ("优", "0–9")
    found = [(one.shortfall.lost.high, one.certain) for one in wanted.candidates]
    assert found == [(10, True), (9, True)]


def test_a_row_that_needs_luck_is_told_apart() -> None:
    # 36 + 18 + [0, 10] + 10: 中 for sure, 良 lacks 6 to 16.
    wanted = next_grade(LUCKY)
    assert wanted is not None
    assert (wanted.name, str(wanted.needed)) == ("良", "6–16")
    assert [(one.shortfall.lost.high, one.certain) for one in wanted.candidates] == [(24, True)]
    near = project(("≥10人", "8人", "60"), ("≥10人", "9人", "20"), ("≥10人", "", "10"))
    wanted = next_grade(evolve(near, score=Score(Fraction(70), Fraction(79))))
    assert wanted is not None
    assert [(one.shortfall.lost.low, one.certain) for one in wanted.candidates] == [
        (12, True),
        (0, True),
        (2, False),
    ]


def test_there_is_no_next_grade_at_the_top_without_a_score_or_without_grades() -> None:
    best = project(GOOD, ("≥10人", "10人", "40"))
    assert best.grade == "优"
    assert next_grade(best) is None
    assert next_grade(evolve(EXACT, score=None)) is None
    assert next_grade(evolve(EXACT, grading=None)) is None
    assert shortfalls(best) == ()


MIXED = Summary((EXACT, OPEN, SURE, LUCKY), MOF.name)


def test_grades_are_counted_with_each_set_of_possible_ones_apart() -> None:
    found = [(one.grades, one.projects) for one in grade_counts(MIXED)]
    assert found == [(("优", "良"), 1), (("良",), 2), (("中",), 1)]
    ungraded = evolve(EXACT, grades=(), score=None)
    found = [
        (one.grades, one.projects) for one in grade_counts(Summary((ungraded, EXACT), MOF.name))
    ]
    assert found == [(("良",), 1), ((), 1)]


TROUBLES = project(
    ("≥12次", "", "10"),
    ("≥5外星币", "5", "10"),
    ("持续改善", "有所改善", "10"),
    ("≥3个", "3份", "10"),
    ("≥12次", "12", "10"),
    ("优", "优", "20"),
    ("≥40公里", "10-30公里", "20"),
    spent="",
)


def test_rows_wait_by_what_is_at_stake_and_then_by_their_trouble() -> None:
    found = [(one.stake, one.trouble) for one in pending(Summary((TROUBLES,), MOF.name))]
    assert found == [
        (10, Trouble.UNREADABLE),
        (10, Trouble.MISSING),
        (10, Trouble.MISSING),
        (10, Trouble.PROSE),
        (10, Trouble.UNCLEAR),
        (10, Trouble.UNCLEAR),
        (4, Trouble.BAND),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_waiting_row_says_why_and_what_to_do(lang: str) -> None:
    for one in pending(Summary((TROUBLES,), MOF.name)):
        assert one.name(lang)
        assert one.reason(lang)
        assert "{" not in one.advice(lang)
    band = pending(Summary((TROUBLES,), MOF.name))[-1]
    assert ("认定得分" if lang == "zh" else "decides the points") in band.advice(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("form", ["text", "md"])
def test_reports_tell_losses_the_next_grade_and_the_summary(form: str, lang: str) -> None:
    told = str(render(form, Report(MIXED, lang=lang, width=1000))).replace("\\", "")
    words = {
        "zh": (
            "失分：行1（9 分）、行2（1 分）、预算执行率（0.75 分）",
            "等级分布：优 或 良 1 个；良 2 个",
            "还差 0.75 分",
        ),
        "en": (
            "points lost: 行1 (9), 行2 (1) and budget execution (0.75)",
            "Grades: 优 or 良: 1; 良: 2",
            "0.75 points short",
        ),
    }[lang]
    assert [word for word in words if word not in told] == []
    assert (
        "项目甲 / 行2（10 分待定）" if lang == "zh" else "项目甲 / 行2 (10 points open)"
    ) in told


def test_a_text_names_five_rows_at_most_unless_it_explains() -> None:
    many = project(*(("≥10人", f"{n}人", "10") for n in range(1, 10)))
    short = str(render("text", Report(Summary((many,), MOF.name), width=1000)))
    assert "失分最多的 5 项（共 9 项）：行0（9 分）、行1（8 分）" in short
    assert "行5（" not in short
    whole = str(render("text", Report(Summary((many,), MOF.name), width=1000, explain=True)))
    assert "失分：行0（9 分）" in whole
    assert "行8（1 分）" in whole
    assert len(to_wire(many)["shortfalls"]) == 9


def test_one_project_has_no_summary_of_many() -> None:
    told = str(render("text", Report(Summary((OPEN,), MOF.name))))
    assert "等级分布" not in told
    assert "需要人处理" not in told


def test_the_document_has_all_of_it() -> None:
    document = json.loads(render("json", Report(MIXED)))
    validate("score", document)
    first = document["projects"][0]
    assert first["shortfalls"][0] == {
        "indicator": "行1",
        "row": 1,
        "weight": "30",
        "lost": {"low": "9", "high": "9"},
    }
    assert first["shortfalls"][2]["indicator"] is None
    assert first["next_grade"]["grade"] == "优"
    assert first["next_grade"]["candidates"][0]["certain"] is True
    assert document["total"]["grades"][0] == {"grades": ["优", "良"], "projects": 1}
    assert [one["trouble"] for one in document["total"]["pending"]] == ["missing", "prose"]
    assert document["total"]["pending"][0]["stake"] == "10"


def many(count: int) -> Summary:
    rows = (GOOD, ("≥10人", "7人", "30"), ("持续改善", "有所改善", "10"))
    one = project(*rows)
    return Summary(
        tuple(evolve(one, project=evolve(one.project, name=f"项目{n}")) for n in range(count)),
        MOF.name,
    )


def test_three_hundred_projects_name_the_worst_rows_and_count_the_rest() -> None:
    told = str(render("text", Report(many(300), width=1000)))
    assert told.count("分待定）：") == WAITING
    assert f"还有 {300 - WAITING} 项，共牵涉 {(300 - WAITING) * 10} 分" in told


def test_a_band_that_a_person_chose_waits_with_the_reason() -> None:
    decided = ActualEntry("行", "12人", decision=DecisionCells("部分达成", "", "现场看过"))
    rows = table(indicator("≥10人", name="行", weight="90"))
    (first, *_) = pending(Summary((score_project(rows, Actuals((decided,)), MOF),), "mof-2020"))
    assert first.trouble is Trouble.BAND
    assert first.cause == Note.of("decision.by_person", reason="现场看过")


def test_an_actual_that_nobody_could_read_waits_as_such() -> None:
    result = project(("≥10人", "9人", "90"))
    unread = score_indicator(
        result.indicators[0].indicator, Actual("九_人", Missing("unread")), MOF
    )
    (first,) = pending(Summary((evolve(result, indicators=(unread,)),), "mof-2020"))
    assert first.trouble is Trouble.UNREADABLE
