"""The fixtures that tests of other people use."""

from __future__ import annotations

import pytest

TABLE = "三级指标,二级指标,指标值,分值\n培训人次,数量指标,≥600人次,45\n合格率,质量指标,≥90%,45\n"
FILLED = "三级指标,指标值,实际完成值,分值\n培训人次,≥600人次,640人次,90\n"


@pytest.fixture
def passes(repository, run):
    """Check that a module of tests passes whole."""

    def passed(code: str, *args: str, n: int = 1) -> None:
        repository.makepyfile(f"import pytest\nimport kpieval\nfrom pathlib import Path\n{code}")
        run("-q", *args).assert_outcomes(passed=n)

    (repository.path / "targets.csv").write_text(TABLE, "utf-8")
    (repository.path / "filled.csv").write_text(FILLED, "utf-8")
    return passed


def test_the_policy(passes) -> None:
    passes("def test(kpi_policy):\n    assert kpi_policy is kpieval.policy('mof-2020')\n")


def test_a_project_with_its_own_actuals(passes) -> None:
    passes(
        """
def test(kpi_project):
    result = kpi_project("filled.csv")
    assert isinstance(result, kpieval.ProjectResult)
    assert result.score.low == 90 and not result.problems
    assert result.project.name == "filled"
"""
    )


def test_actuals_from_the_test(passes) -> None:
    passes(
        """
@pytest.mark.parametrize(("count", "verdict"), [(600, kpieval.Met), (599, kpieval.Unmet)])
def test(kpi_project, count, verdict):
    result = kpi_project("targets.csv", {"培训人次": f"{count}人次"})
    row, open_row = result.indicators
    assert isinstance(row.verdict, verdict)
    assert isinstance(open_row.verdict, kpieval.Undetermined)
""",
        n=2,
    )


def test_actuals_of_every_form(passes) -> None:
    passes(
        """
def values(result):
    assert not result.problems
    return [row.actual.source for row in result.indicators]

def test(kpi_project):
    Path("actuals.csv").write_text("三级指标,实际完成值\\n培训人次,640人次\\n", "utf-8")
    mapping = {("targets", "培训人次"): "640人次"}
    actuals = kpieval.Actuals.from_mapping({"培训人次": "640人次"})
    for given in (mapping, actuals, "actuals.csv", Path("actuals.csv"), Path("actuals.csv").resolve()):
        assert values(kpi_project("targets.csv", given)) == ["640人次", ""]
    assert values(kpi_project("targets.csv")) == ["", ""]
"""
    )


def test_what_fits_nothing_is_a_problem(passes) -> None:
    passes(
        """
def test(kpi_project):
    result = kpi_project("targets.csv", {"培训人数": "640人"})
    assert [problem.code for problem in result.problems] == ["KP206"]
    doubled = kpi_project("filled.csv", {"培训人次": "640人次"})
    assert [problem.code for problem in doubled.problems] == ["KP207"]
"""
    )


def test_a_file_is_looked_for_beside_the_test_then_at_the_root(repository, passes, run) -> None:
    folder = repository.path / "checks"
    folder.mkdir()
    (folder / "near.csv").write_text(FILLED, "utf-8")
    (folder / "targets.csv").write_text(FILLED, "utf-8")
    (folder / "test_near.py").write_text(
        """
import pytest, kpieval
def test(kpi_project):
    assert kpi_project("near.csv").project.name == "near"
    assert len(kpi_project("targets.csv").indicators) == 1
    assert kpi_project("filled.csv").project.name == "filled"
    with pytest.raises(kpieval.UnreadableFileError, match="nowhere.csv"):
        kpi_project("nowhere.csv")
""",
        "utf-8",
    )
    run().assert_outcomes(passed=1)


def test_one_of_several_projects(passes) -> None:
    passes(
        """
def test(kpi_project):
    text = "项目名称,三级指标,指标值,分值\\n甲,a,≥1人,90\\n乙,a,≥2人,90\\n"
    Path("two.csv").write_text(text, "utf-8")
    result = kpi_project("two.csv", {("乙", "a"): "2人"}, project="乙")
    assert (result.project.name, result.score.low, result.problems) == ("乙", 90, ())
    for name in (None, "丙"):
        with pytest.raises(LookupError, match="甲, 乙"):
            kpi_project("two.csv", project=name)
"""
    )


def test_years(passes) -> None:
    code = """
def test(kpi_project):
    text = "三级指标,指标值,实际完成值,分值\\na,12月底前,2024年12月20日,90\\n"
    Path("dated.csv").write_text(text, "utf-8")
    assert kpi_project("dated.csv").project.year == {}
    result = kpi_project("dated.csv", year=2024)
    assert isinstance(result.indicators[0].verdict, kpieval.Met)
"""
    passes(code.format(None))
    passes(code.format(2023), "--kpi-year", "2023")


def test_a_test_may_bring_its_own_policy(passes) -> None:
    passes(
        """
from attrs import evolve
from fractions import Fraction

@pytest.fixture
def kpi_policy():
    return evolve(kpieval.policy("mof-2020"), name="own", about_tolerance=Fraction(1, 5))

def test(kpi_project):
    text = "三级指标,指标值,实际完成值,分值\\na,约100人,115人,90\\n"
    Path("about.csv").write_text(text, "utf-8")
    result = kpi_project("about.csv")
    assert result.policy == "own"
    assert isinstance(result.indicators[0].verdict, kpieval.Met)
"""
    )


def test_the_fixtures_are_listed(repository, run) -> None:
    done = run("--fixtures")
    done.stdout.fnmatch_lines_random(["kpi_policy *", "kpi_project *"])
