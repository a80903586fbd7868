"""Which row passes, fails or is skipped; nothing but a met row ever passes."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from kpieval.cli.scoring import read, result
from kpieval.presets import policy
from kpieval.pytest_plugin.options import FAILURES
from kpieval.reports.checks import Checks
from kpieval.reports.findings import failed

HEADER = (
    "项目名称,二级指标,三级指标,指标值,实际完成值,分值,指标方向性,"
    "人工认定结论,人工认定得分,认定理由"
)
ROWS = {
    "met": "甲,数量指标,a,≥600人,640人,90,,,,",
    "exactly": "甲,数量指标,a,≥600人,600人,90,,,,",
    "unmet": "甲,数量指标,a,≥600人,599人,90,,,,",
    "missing": "甲,数量指标,a,≥600人,,90,,,,",
    "words": "甲,数量指标,a,营商环境持续改善,基本改善,90,,,,",
    "unread target": "甲,数量指标,a,≥5外星币,5,90,,,,",
    "no target": "甲,数量指标,a,,5,90,,,,",
    "unread actual": "甲,数量指标,a,≥600人,640外星币,90,,,,",
    "bad direction": "甲,数量指标,a,≥600人,640人,90,向上,,,",
    "bad direction, unmet": "甲,数量指标,a,≥600人,5人,90,向上,,,",
    "bad weight": "甲,数量指标,a,≥600人,640人,九十,,,,",
    "decided met": "甲,数量指标,a,营商环境持续改善,基本改善,90,,达成,,有佐证",
    "decided unmet": "甲,数量指标,a,≥600人,640人,90,,未达成,0,材料不实",
    "decided without a reason": "甲,数量指标,a,≥600人,640人,90,,达成,90,",
}
KINDS = {
    "met": set(),
    "exactly": set(),
    "unmet": {"unmet"},
    "missing": {"undetermined"},
    "words": {"undetermined"},
    "unread target": {"error", "undetermined"},
    "no target": {"error", "undetermined"},
    "unread actual": {"error", "undetermined"},
    "bad direction": {"error"},
    "bad direction, unmet": {"error", "unmet"},
    "bad weight": {"error"},
    "decided met": set(),
    "decided unmet": {"unmet"},
    "decided without a reason": {"error"},
}
CHOICES = [choice for size in range(len(FAILURES) + 1) for choice in combinations(FAILURES, size)]


def outcome(done: pytest.RunResult) -> str:
    """The one outcome of a run of one test."""
    counted = {name: n for name, n in done.parseoutcomes().items() if name != "warnings"}
    assert list(counted.values()) == [1], counted
    return next(iter(counted))


@pytest.mark.parametrize("case", ROWS)
def test_every_outcome_under_every_choice(case, table, run) -> None:
    table(ROWS[case], header=HEADER)
    for choice in CHOICES:
        done = run("--kpi-fail-on", ",".join(choice), "t.kpi.csv::甲/数量指标/a")
        wanted = "passed" if not KINDS[case] else "skipped"
        if KINDS[case] & set(choice):
            wanted = "failed"
        assert outcome(done) == wanted, (case, choice)


@pytest.mark.parametrize("case", ROWS)
def test_without_a_choice_unmet_and_errors_fail(case, table, run) -> None:
    table(ROWS[case], header=HEADER)
    done = run("t.kpi.csv::甲/数量指标/a")
    assert (outcome(done) == "failed") == bool(KINDS[case] & {"unmet", "error"})


@pytest.mark.parametrize("choice", CHOICES)
def test_a_run_fails_where_the_command_does(choice, repository, run) -> None:
    for number, row in enumerate(ROWS.values()):
        path = Path(repository.path) / f"t{number}.kpi.csv"
        path.write_text(f"{HEADER}\n{row}\n", "utf-8")
        given = read((str(path),), (), None)
        by_command = failed(result(given, policy("mof-2020")), Checks(choice))
        by_plugin = run("--kpi-fail-on", ",".join(choice), str(path)).ret
        assert by_plugin == int(by_command), (row, choice)
        path.unlink()


def test_a_fault_around_the_rows_is_a_test_of_its_own(table, run) -> None:
    table("甲,数量指标,a,≥1人,2人,30", "乙,数量指标,b,≥1人,2人,90")
    done = run("-v")
    done.assert_outcomes(passed=2, failed=1)
    done.stdout.fnmatch_lines(
        ["*::甲/数量指标/a PASSED*", "*::甲/KP202 FAILED*", "*::乙/数量指标/b PASSED*"]
    )
    done.stdout.fnmatch_lines(["[[]KP202[]] 甲：*30 分*", "t.kpi.csv:2: 有误*"])
    run("--kpi-fail-on", "unmet").assert_outcomes(passed=2, skipped=1)


def test_rows_of_one_name_have_each_its_own_actual(table, run) -> None:
    table("甲,数量指标,a,≥1人,2人,45", "甲,数量指标,a,≥3人,2人,45")
    done = run("-v")
    done.assert_outcomes(passed=1, failed=1)
    done.stdout.fnmatch_lines(["*::甲/数量指标/a PASSED*", "*::甲/数量指标/a#2 FAILED*"])


def test_a_second_fault_of_a_row_is_not_lost(table, run) -> None:
    row = "甲,数量指标,a,≥600人,640外星币,90,,达成,90,"
    table(row, header=HEADER)
    done = run("-v")
    done.assert_outcomes(failed=2)
    done.stdout.fnmatch_lines(["*::甲/数量指标/a FAILED*", "*::甲/KP204 FAILED*"])


def test_a_skip_has_its_reason_at_its_row(table, run) -> None:
    table("甲,数量指标,a,≥1人,2人,45", "甲,数量指标,b,≥1人,,45")
    done = run("-rs", "--kpi-lang", "en")
    done.stdout.fnmatch_lines(["SKIPPED [[]1[]] t.kpi.csv:3: target ≥1人, undetermined: *"])
