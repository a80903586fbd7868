"""Counting verdicts and naming grades."""

from __future__ import annotations

from fractions import Fraction

from attrs import evolve
from scored import ALL_MET, MOF, entry, indicator, scored, table, three_levels

from kpieval.amounts import money
from kpieval.outcomes import Score
from kpieval.results import Compliance, Summary
from kpieval.scoring import score_project
from kpieval.tables import Actuals


def test_compliance_rate_is_met_over_decided() -> None:
    assert Compliance(9, 1, 5).rate == Fraction(9, 10)
    assert Compliance(0, 4, 0).rate == 0


def test_compliance_rate_is_null_at_nothing_over_nothing() -> None:
    assert Compliance(0, 0, 0).rate is None
    assert Compliance(0, 0, 7).rate is None


def test_compliance_adds_up() -> None:
    assert Compliance(1, 2, 3) + Compliance(10, 20, 30) == Compliance(11, 22, 33)


def test_a_project_counts_its_rows() -> None:
    result = scored(three_levels(), 数量="10人", 效果="9场")
    assert result.compliance == Compliance(1, 1, 1)


def test_a_decision_counts_as_the_person_decided() -> None:
    rows = table(indicator("≥10人", weight="90"))
    decided = Actuals((entry("指标", "9人", decided=("达成", "", "复核过")),))
    assert score_project(rows, decided, MOF).compliance == Compliance(1, 0, 0)


def test_one_grade_or_none() -> None:
    assert scored(three_levels(), **ALL_MET).grade == "优"
    open_ = scored(three_levels(), 数量="10人")
    assert open_.grade is None and len(open_.grades) > 1


def test_means_of_several_projects() -> None:
    full, open_ = scored(three_levels(), **ALL_MET), scored(three_levels())
    rich = evolve(open_, project=evolve(open_.project, budget=money(3_000_000)))
    summary = Summary((full, rich), MOF.name)
    assert summary.mean == Score(Fraction(50), Fraction(100))
    assert summary.weighted_mean == Score(Fraction(25), Fraction(100))


def test_no_mean_without_every_score_and_no_weighted_one_without_every_budget() -> None:
    full = scored(three_levels(), **ALL_MET)
    without_score = scored(three_levels(("50", None, None)))
    without_budget = evolve(full, project=evolve(full.project, budget=None))
    other = evolve(full.project, budget=money(5, "美元"))
    assert Summary((full, without_score), MOF.name).mean is None
    assert Summary((full, without_score), MOF.name).weighted_mean is None
    assert Summary((full, without_budget), MOF.name).mean == full.score
    assert Summary((full, without_budget), MOF.name).weighted_mean is None
    assert Summary((full, evolve(full, project=other)), MOF.name).weighted_mean is None
    assert Summary((), MOF.name).mean is None
    assert Summary((), MOF.name).weighted_mean is None


def test_a_budget_below_zero_gives_no_weighted_mean() -> None:
    full, open_ = scored(three_levels(), **ALL_MET), scored(three_levels())
    negative = evolve(open_, project=evolve(open_.project, budget=money(-500_000)))
    assert Summary((full, negative), MOF.name).weighted_mean is None


def test_a_summary_counts_all_projects() -> None:
    one = scored(three_levels(), **ALL_MET)
    other = scored(three_levels(), 数量="9人")
    summary = Summary((one, evolve(other, policy="x")), MOF.name)
    assert summary.compliance == Compliance(3, 1, 2)
    assert Summary((), MOF.name).compliance.rate is None
